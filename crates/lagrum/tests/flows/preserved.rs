//! What an order to preserve freezes, on the command line alone: a copy in the vault of the region that nobody reads
//! before a mandate to hand over, that ends by its clock, and that outlives what the store forgets.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;

use crate::by_hand::Hand;
use crate::law::{european, taken};
use crate::support::{Ran, now};
use crate::web::browser::clock;
use crate::witnessed::{Serving, log_key, witness};

const AGENT: &str = "provider/agents/stockholm";

/// A provider, and a case with a European Preservation Order that is decided and waits for signatures.
fn decided() -> (Hand, String) {
    let hand = Hand::ready();
    let case = decided_at(&hand);
    (hand, case)
}

pub fn decided_at(hand: &Hand) -> String {
    decided_of(hand, "content")
}

fn decided_of(hand: &Hand, category: &str) -> String {
    let known = fs::read_to_string(hand.path(&format!("{AGENT}/recipients.toml"))).unwrap();
    let file = european(hand, "european-preservation-order", "KEEP-1", "");
    // The Swedish police stays known, for whoever hands over later.
    hand.write(&format!("{AGENT}/recipients.toml"), known);
    let demand = fs::read_to_string(&file).unwrap();
    hand.write(
        &file,
        demand.replace("\"content\"", &format!("{category:?}")),
    );
    let case = taken(hand, &file);
    hand.run(&["assess", &case]).ok();
    let decided = hand.json(&["decide", &case]);
    assert_eq!(
        decided["mandates"].as_array().unwrap().len(),
        1,
        "{decided}"
    );
    case
}

fn signed(hand: &Hand, case: &str) {
    hand.approve(case, "olof").ok();
    assert_eq!(hand.approve(case, "maja").ok().json()["released"], true);
}

/// The same, frozen and told to the desk. Gives what the agent says of the copy, too.
fn preserved() -> (Hand, String, Value) {
    let (hand, case) = decided();
    signed(&hand, &case);
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    let kept = ran[0]["outcome"]["preserved"].clone();
    let news = hand.json(&["settle"])["news"].clone();
    assert_eq!(news[0]["news"], "preserved", "{news}");
    assert_eq!(news[0]["kept"], kept, "{news}");
    // The agent hears that the desk knows.
    hand.run(&["agent", "run"]).ok();
    (hand, case, kept)
}

/// A demand of the Swedish police for the same account, and the same month: the whole way to the opened package.
fn produced(hand: &Hand, reference: &str, demand: &str) -> PathBuf {
    let file = hand.write(&format!("{reference}.toml"), demand);
    let case = taken(hand, &file);
    hand.run(&["assess", &case]).ok();
    hand.run(&["decide", &case]).ok();
    signed(hand, &case);
    let ran = hand.run(&["--json", "agent", "run"]);
    let told = ran.ok().json();
    assert!(told[0]["outcome"]["produced"].is_object(), "{told}");
    let package = hand.json(&["deliver", &case])["packages"][0].clone();
    let (to, key) = (hand.path(reference), hand.path("police.key"));
    let trust = hand.path("provider/trust.toml");
    let package = package.as_str().unwrap();
    let open = [
        "open",
        package,
        "--identity",
        &key,
        "--to",
        &to,
        "--trust",
        &trust,
    ];
    hand.anywhere(&open).ok();
    to.into()
}

/// The subjects of all messages in an opened package, by the source that it names.
fn subjects(package: &Path) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files(&package.join("items")) {
        let text = fs::read_to_string(&file).unwrap();
        let subject = text.lines().nth(1).unwrap().to_owned();
        let source = file.parent().unwrap().file_name().unwrap();
        let of = all.entry(source.to_str().unwrap().to_owned()).or_default();
        of.push(subject);
        of.sort();
    }
    all
}

fn files(below: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let Ok(entries) = fs::read_dir(below) else {
        return all;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(files(&path)),
            false => all.push(path),
        }
    }
    all.sort();
    all
}

/// What a look at the store shows: each file with its bytes, its time of change and its mode.
fn store(hand: &Hand) -> Vec<(PathBuf, Vec<u8>, i64, i64, u32)> {
    let all = files(Path::new(&hand.path(&format!("{AGENT}/mail"))));
    let seen = |file: PathBuf| {
        let about = fs::metadata(&file).unwrap();
        let bytes = fs::read(&file).unwrap();
        (file, bytes, about.mtime(), about.ctime(), about.mode())
    };
    all.into_iter().map(seen).collect()
}

fn vault(hand: &Hand) -> Vec<PathBuf> {
    files(Path::new(&hand.path(&format!("{AGENT}/vault"))))
}

#[track_caller]
fn refused_with(ran: &Ran, code: &str, part: &str) {
    assert_eq!(ran.code, Some(4), "{}{}", ran.out, ran.err);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told[0]["outcome"]["code"], code, "{told}");
    let why = told[0]["outcome"]["refused"].as_str().unwrap();
    assert!(why.contains(part), "`{part}` is missing in {why}");
}

#[test]
fn an_order_to_preserve_freezes_a_copy_that_nobody_reads_and_leaves_no_trace_in_the_store() {
    let (hand, case) = decided();
    let before = store(&hand);
    signed(&hand, &case);
    // Nothing is said to be preserved before the agent said so.
    let held = |text: &str| text.contains("A sealed copy is kept");
    assert!(!held(&hand.run(&["case", &case]).ok().out));
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    let kept = &ran[0]["outcome"]["preserved"];
    // As the dates were made: three inside, and one that nobody can date.
    assert_eq!(
        (&kept["items"], &kept["for_review"]),
        (&3.into(), &1.into()),
        "{ran}"
    );
    assert_eq!(kept["sources"], serde_json::json!(["mail"]), "{ran}");
    assert_eq!(store(&hand), before, "the store is as it was");

    hand.run(&["settle"]).ok();
    let text = hand.run(&["case", &case]).ok().out;
    assert!(held(&text), "{text}");
    let shown = hand.json(&["case", &case]);
    assert_eq!(shown["state"], "decided", "{shown}");
    let events = shown["events"].as_array().unwrap();
    let event = events.last().unwrap();
    assert_eq!(event["what"]["event"], "preserved", "{event}");
    // Sixty days from the receipt, as the clock of the law says.
    let until: Timestamp = kept["until"].as_str().unwrap().parse().unwrap();
    let days = until.duration_since(now()).as_hours() / 24;
    assert!((59..=62).contains(&days), "{until}");
    // It is in the public log as all that happens is.
    let log = hand.json(&["log", "verify"]);
    assert_eq!(log["entries"], events.len(), "{log}");
    hand.run(&["desk", "verify"]).ok();

    // For its owner alone, and nowhere in the clear: neither there, nor in what the desk and the wire have.
    let copies = vault(&hand);
    assert_eq!(copies.len(), 2, "{copies:?}");
    for file in &copies {
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", file.display());
    }
    let provider = hand.path("provider");
    for file in files(Path::new(&provider)) {
        if file.starts_with(hand.path(&format!("{AGENT}/mail"))) {
            continue;
        }
        let bytes = fs::read(&file).unwrap();
        let clear = bytes.windows(13).any(|part| part == b"Subject: hej ");
        assert!(!clear, "{}", file.display());
    }
    // With every key that lies outside the region the copy stays shut.
    let copy = copies
        .iter()
        .find(|file| file.extension().is_some_and(|one| one == "copy"));
    let copy = copy.unwrap().to_str().unwrap();
    for key in ["police.key", "stranger.key"] {
        let opened = hand.anywhere(&[
            "open",
            copy,
            "--identity",
            &hand.path(key),
            "--to",
            &hand.path("no"),
        ]);
        assert_ne!(opened.code, Some(0), "{}", opened.out);
    }
    // Of what is preserved nothing is handed over, on this order.
    let nothing = hand.run(&["deliver", &case]);
    assert_eq!(nothing.code, Some(1), "{}", nothing.out);
    // Twice is once.
    assert_eq!(
        hand.run(&["--json", "agent", "run"]).ok().json(),
        serde_json::json!([])
    );
    assert_eq!(vault(&hand), copies);
}

#[test]
fn what_the_store_forgot_since_is_handed_over_from_the_vault_and_nothing_beyond_the_order() {
    let (hand, _, _) = preserved();
    let demand = hand.demand("AM-1-26");
    let all = produced(&hand, "AM-1-26", &demand);
    // What both have is handed over once.
    let whole = ["Subject: hej 1", "Subject: hej 2", "Subject: hej 3"].map(String::from);
    assert_eq!(
        subjects(&all),
        BTreeMap::from([("mail".into(), whole.to_vec())])
    );

    // The account holder deletes two; one of them lies outside what the next order covers.
    for number in [1, 3] {
        fs::remove_file(hand.path(&format!("{AGENT}/mail/ann/cur/{number}:2,S"))).unwrap();
    }
    let shorter = hand
        .demand("AM-2-26")
        .replace("2026-02-01T00:00:00+01:00", "2026-01-31T00:00:00+01:00");
    let package = produced(&hand, "AM-2-26", &shorter);
    let found = subjects(&package);
    assert_eq!(found["mail"], ["Subject: hej 2"], "{found:?}");
    assert_eq!(found["vault-mail"], ["Subject: hej 1"], "{found:?}");
    let statement = fs::read_to_string(package.join("statement.json")).unwrap();
    assert!(statement.contains("\"vault-mail\""), "{statement}");
    // Whoever gets it checks it as any other.
    let trust = hand.path("provider/trust.toml");
    hand.anywhere(&["verify", package.to_str().unwrap(), "--trust", &trust])
        .ok();
}

#[test]
fn of_what_was_kept_of_a_log_the_statement_tells_how_far_the_log_reached_then() {
    let hand = Hand::ready();
    let case = decided_of(&hand, "traffic");
    let line = |user: &str, time: &str| format!("{{\"user\":\"{user}\",\"time\":\"{time}\"}}\n");
    let log = format!("{AGENT}/login.jsonl");
    let then = line("bo@hand.example", "2026-01-02T00:00:00Z")
        + &line("ann@hand.example", "2026-01-05T00:00:00Z")
        + &line("bo@hand.example", "2026-02-10T00:00:00Z");
    hand.write(&log, &then);
    let config = hand.path(&format!("{AGENT}/agent.toml"));
    let more = "\n[[source]]\nkind = \"access-log-jsonl\"\nid = \"login\"\npaths = [\"login.jsonl\"]\n\
        account_field = \"user\"\ntime_field = \"time\"\ntime_format = \"rfc3339\"\n\
        [source.fields]\ntraffic = [\"time\"]\n";
    let whole = fs::read_to_string(&config).unwrap() + more;
    hand.write(&config, whole);
    signed(&hand, &case);
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    // What is older than February is rotated away.
    hand.write(&log, line("bo@hand.example", "2026-02-10T00:00:00Z"));
    let package = produced(
        &hand,
        "AM-1-26",
        &hand.demand("AM-1-26").replace("\"content\"", "\"traffic\""),
    );
    let statement = fs::read_to_string(package.join("statement.json")).unwrap();
    let statement: Value = serde_json::from_str(&statement).unwrap();
    let of = |source: &str| {
        let all = statement["searches"].as_array().unwrap();
        let found = all.iter().find(|one| one["source"] == source);
        found.unwrap_or_else(|| panic!("{statement}"))["outcome"].clone()
    };
    let (now, kept) = (of("login"), of("vault-login"));
    assert_eq!(
        (&now["produced"], &kept["produced"]),
        (&0.into(), &1.into()),
        "{statement}"
    );
    assert_eq!(now["covers"]["first"], "2026-02-10T00:00:00Z", "{now}");
    assert_eq!(kept["covers"]["first"], "2026-01-02T00:00:00Z", "{kept}");
    assert_eq!(kept["covers"]["last"], "2026-02-10T00:00:00Z", "{kept}");
    // The period of the order ends within the second of two gaps.
    let gaps = kept["gaps"].as_array().unwrap();
    assert_eq!(gaps[0]["from"], "2026-01-02T00:00:00Z", "{kept}");
    assert_eq!(gaps[0]["until"], "2026-01-05T00:00:00Z", "{kept}");
    assert_eq!(
        (gaps.len(), &gaps[1]["until"]),
        (2, &"2026-01-31T23:00:00Z".into())
    );
    assert_eq!(now["gaps"], Value::Null, "{now}");
}

#[test]
fn what_an_account_has_twice_is_handed_over_twice_from_store_and_vault_together() {
    let (hand, case) = decided();
    let mail = hand.path(&format!("{AGENT}/mail/ann/cur"));
    let message = |number: u32| Path::new(&mail).join(format!("{number}:2,S"));
    fs::copy(message(1), message(4)).unwrap();
    signed(&hand, &case);
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    assert_eq!(ran[0]["outcome"]["preserved"]["items"], 4, "{ran}");
    hand.run(&["settle"]).ok();
    let ones = |found: &BTreeMap<String, Vec<String>>, source: &str| {
        let of = found.get(source).map_or(&[][..], Vec::as_slice);
        of.iter().filter(|one| *one == "Subject: hej 1").count()
    };
    for (gone, in_store, in_vault) in [(None, 2, 0), (Some(4), 1, 1), (Some(1), 0, 2)] {
        if let Some(number) = gone {
            fs::remove_file(message(number)).unwrap();
        }
        let reference = format!("AM-{in_vault}-26");
        let package = produced(&hand, &reference, &hand.demand(&reference));
        let found = subjects(&package);
        let counted = (ones(&found, "mail"), ones(&found, "vault-mail"));
        assert_eq!(counted, (in_store, in_vault), "{found:?}");
    }
}

#[test]
fn a_copy_that_is_damaged_or_without_its_key_stops_a_production_and_is_never_no_data() {
    for ending in ["copy", "key"] {
        let (hand, _, _) = preserved();
        let found = vault(&hand);
        let file = found
            .iter()
            .find(|file| file.extension().is_some_and(|one| one == ending))
            .unwrap();
        match ending {
            "key" => fs::remove_file(file).unwrap(),
            _ => {
                let mut bytes = fs::read(file).unwrap();
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
                fs::write(file, bytes).unwrap();
            }
        }
        let case = hand.decided();
        signed(&hand, &case);
        let ran = hand.run(&["--json", "agent", "run"]);
        refused_with(&ran, "source", "cannot be opened");
    }
}

#[test]
fn an_agent_without_a_vault_says_so_and_nothing_is_said_to_be_preserved() {
    let (hand, case) = decided();
    let file = format!("{AGENT}/agent.toml");
    let text = fs::read_to_string(hand.path(&file)).unwrap();
    assert!(text.contains("vault = \"vault\"\n"), "{text}");
    hand.write(&file, text.replace("vault = \"vault\"\n", ""));
    signed(&hand, &case);
    let ran = hand.run(&["--json", "agent", "run"]);
    refused_with(&ran, "act", "no vault");
    hand.run(&["settle"]).ok();
    let text = hand.run(&["case", &case]).ok().out;
    assert!(text.contains("cannot preserve here"), "{text}");
    assert!(!text.contains("A sealed copy is kept"), "{text}");
    assert!(vault(&hand).is_empty());
}

#[test]
fn a_copy_is_erased_when_counsel_recalls_its_mandate() {
    let (hand, case, _) = preserved();
    let (key, secret) = (hand.path("maja.key"), hand.path("maja.passphrase"));
    let recall = [
        "recall",
        &case,
        "--key",
        &key,
        "--passphrase-file",
        &secret,
        "--why",
        "withdrawn",
    ];
    hand.run(&recall).ok();
    hand.run(&["settle"]).ok();
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    let ended = &ran[0]["outcome"]["preserved"]["ended"];
    assert_eq!(ended["because"], "recalled", "{ran}");
    assert!(vault(&hand).is_empty());
    hand.run(&["settle"]).ok();
    let text = hand.run(&["case", &case]).ok().out;
    assert!(text.contains("the mandate was recalled"), "{text}");
    assert!(!text.contains("A sealed copy is kept"), "{text}");
    // It is told once.
    assert_eq!(
        hand.run(&["--json", "agent", "run"]).ok().json(),
        serde_json::json!([])
    );
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn a_copy_is_kept_for_longer_under_a_further_mandate_and_is_erased_by_its_clock() {
    let Some(clock) = clock() else {
        println!("SKIPPED: no libfaketime; dev/test installs it");
        return;
    };
    let (hand, case, kept) = preserved();
    let json = |by: &str, arguments: &[&str]| {
        let ran = hand.later(&clock, by, "olof", &[&["--json"], arguments].concat());
        ran.ok().json()
    };
    // The authority asks for thirty days more, and two people sign for them.
    let asked = format!("extended={}", now().round(jiff::Unit::Second).unwrap());
    json("+1m", &["record", &case, &asked, "--how", "their letter"]);
    let decided = json("+2m", &["decide", &case]);
    assert_eq!(
        decided["mandates"].as_array().unwrap().len(),
        1,
        "{decided}"
    );
    for who in ["olof", "maja"] {
        let (key, secret) = (
            hand.path(&format!("{who}.key")),
            hand.path(&format!("{who}.passphrase")),
        );
        json(
            "+3m",
            &[
                "approve",
                &case,
                "--key",
                &key,
                "--passphrase-file",
                &secret,
                "--confirm",
                "ann@hand.example",
            ],
        );
    }
    let ran = json("+4m", &["agent", "run"]);
    let longer = &ran[0]["outcome"]["preserved"];
    assert_eq!(longer["copy"], kept["copy"], "{ran}");
    let until = |kept: &Value| {
        kept["until"]
            .as_str()
            .unwrap()
            .parse::<Timestamp>()
            .unwrap()
    };
    let days = until(longer).duration_since(until(&kept)).as_hours() / 24;
    assert!((29..=31).contains(&days), "{ran}");
    json("+5m", &["settle"]);
    json("+6m", &["agent", "run"]);
    assert_eq!(vault(&hand).len(), 2);

    // The first time is over, and it is still there; so it is the day after the second, of which no witness says that
    // it is over.
    assert_eq!(json("+63d", &["agent", "run"]), serde_json::json!([]));
    let day_after = until(longer).duration_since(now()).as_secs() + 36 * 3600;
    let day_after = format!("+{day_after}");
    assert_eq!(json(&day_after, &["agent", "run"]), serde_json::json!([]));
    assert_eq!(vault(&hand).len(), 2);
    let ran = json("+95d", &["agent", "run"]);
    assert_eq!(
        ran[0]["outcome"]["preserved"]["ended"]["because"], "expired",
        "{ran}"
    );
    assert!(vault(&hand).is_empty());
    json("+95d", &["settle"]);
    let text = hand
        .later(&clock, "+95d", "olof", &["case", &case])
        .ok()
        .out;
    assert!(text.contains("its time was over"), "{text}");
    assert_eq!(json("+95d", &["agent", "run"]), serde_json::json!([]));
}

#[test]
fn a_clock_that_is_ahead_alone_erases_nothing_and_makes_nothing_be_passed_over() {
    let Some(clock) = clock() else {
        println!("SKIPPED: no libfaketime; dev/test installs it");
        return;
    };
    let hand = Hand::ready();
    let log = log_key(&hand);
    let (mut witness, key) = witness(&hand, "peer", &log);
    let policy = |address: &str| {
        let policy = format!("log {log}\nwitness peer {key} {address}\nquorum peer\n");
        hand.write(&format!("{AGENT}/log.policy"), &policy);
        hand.write("provider/desk/log.policy", &policy);
    };
    policy(&witness.address);
    let config = fs::read_to_string(hand.path("provider/desk/desk.toml")).unwrap();
    hand.write(
        "provider/desk/desk.toml",
        format!("log_policy = \"log.policy\"\n{config}"),
    );
    let case = decided_at(&hand);
    signed(&hand, &case);
    hand.run(&["log", "cosign"]).ok();
    hand.run(&["settle"]).ok();
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    let kept = &ran[0]["outcome"]["preserved"];
    let until: Timestamp = kept["until"].as_str().unwrap().parse().unwrap();
    hand.run(&["settle"]).ok();
    hand.run(&["log", "cosign"]).ok();
    // The agent hears that the desk knows.
    hand.run(&["agent", "run"]).ok();
    // What is asked for next is the same account's.
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let next = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    hand.verified(&next);
    hand.run(&["assess", &next]).ok();

    // All clocks of the provider run ahead of the end, by an hour and then by three days.
    let after = |hours: i64| {
        let until = until.duration_since(now()).as_secs();
        format!("+{}", until + hours * 3600)
    };
    let later = |hours: i64, arguments: &[&str]| {
        let arguments = [&["--json"], arguments].concat();
        hand.later(&clock, &after(hours), "olof", &arguments)
    };
    later(1, &["decide", &next]).ok();
    for who in ["olof", "maja"] {
        let [key, secret] = ["key", "passphrase"].map(|what| hand.path(&format!("{who}.{what}")));
        let approve = ["approve", &next, "--key", &key, "--passphrase-file"];
        let confirm = [&secret, "--confirm", "ann@hand.example"];
        later(1, &[&approve[..], &confirm].concat()).ok();
    }
    later(1, &["log", "cosign"]).ok();
    later(1, &["settle"]).ok();
    let ran = later(1, &["agent", "run"]);
    refused_with(&ran, "source", "neither read nor erased");
    assert_eq!(vault(&hand).len(), 2);
    let ran = later(72, &["agent", "run"]);
    assert_eq!(ran.code, Some(4), "{}{}", ran.out, ran.err);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    let why = told[0]["outcome"]["waits"].as_str().unwrap();
    assert!(why.contains("neither read nor erased"), "{told}");
    assert_eq!(vault(&hand).len(), 2);

    // Somebody else's clock comes there, too.
    drop(witness);
    let place = hand.path("peer");
    let mut serve = hand.command("olof");
    serve
        .env("LD_PRELOAD", &clock)
        .env("FAKETIME", after(72))
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .args([
            "--json",
            "witness",
            "serve",
            &place,
            "--listen",
            "127.0.0.1:0",
        ]);
    witness = Serving::new(serve);
    policy(&witness.address);
    later(72, &["log", "cosign"]).ok();
    let ran = later(73, &["agent", "run"]);
    let ran: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        ran[0]["outcome"]["preserved"]["ended"]["because"], "expired",
        "{ran}"
    );
    assert!(vault(&hand).is_empty());
}

#[test]
fn a_copy_that_the_record_does_not_know_is_not_erased_and_stops_a_production() {
    let Some(clock) = clock() else {
        println!("SKIPPED: no libfaketime; dev/test installs it");
        return;
    };
    let (hand, _, _) = preserved();
    let copies = vault(&hand);
    // The record is lost, and begun again.
    for file in [
        "state/ledger.sqlite",
        "state/ledger.sqlite-wal",
        "state/ledger.sqlite-shm",
    ] {
        let _ = fs::remove_file(hand.path(&format!("{AGENT}/{file}")));
    }
    // Mandates count that are issued after it began.
    let begin = ["agent", "begin", "--again"];
    hand.later(&clock, "-10m", "olof", &begin).ok();
    hand.run(&["agent", "run"]).ok();
    assert_eq!(vault(&hand), copies);
    let case = hand.decided();
    signed(&hand, &case);
    let ran = hand.run(&["--json", "agent", "run"]);
    refused_with(&ran, "source", "the record is not the newest");
    assert_eq!(vault(&hand), copies);
}
