//! Whoever runs the machines learns whether the programs work, and nothing of anybody's case.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::by_hand::Hand;
use crate::far_agent::{signed, until};
use crate::support::{answers, ended, files_below, name, program, scratch};

/// The texts of a demand and its people that must be in no log, beside the numbers of cases.
const NEVER: [&str; 14] = [
    "bjork",
    "kvist",
    "olof",
    "maja",
    "strand",
    "nord",
    "polis",
    "am-20426",
    "narkotika",
    "tingsr",
    "decision",
    "-0001",
    "lund",
    "stockholm",
];

#[test]
fn at_the_finest_level_the_log_holds_nothing_of_a_case() {
    let place = scratch();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/first-case");
    let copied = ended(Command::new("cp").arg("-r").arg(example).arg(place.path()));
    assert_eq!(copied.code, Some(0), "{}", copied.err);
    let here = place.path().join("first-case");
    let mut told = String::new();
    let mut run = |line: &str| {
        let mut command = program();
        command.env("LAGRUM_LOG", "trace").current_dir(&here);
        let ran = ended(command.args(line.split(' ')));
        assert!(ran.err.contains("lagrum: event="), "{line}: {}", ran.err);
        told.push_str(&ran.err);
        ran.code
    };
    for secret in ["maja.passphrase", "olof.passphrase"] {
        let own = fs::Permissions::from_mode(0o600);
        fs::set_permissions(here.join(secret), own).expect("a file of one's own");
    }
    for key in [
        "key new maja.key --name kvist.example/maja --passphrase-file maja.passphrase",
        "key new olof.key --name kvist.example/olof --passphrase-file olof.passphrase",
        "key new police.key --recipient",
    ] {
        assert_eq!(run(key), Some(0));
    }
    let public = fs::read_to_string(here.join("police.key.pub")).expect("a key");
    for file in ["demand.toml", "authorities.toml"] {
        let text = fs::read_to_string(here.join(file)).expect("a file");
        let text = text.replace("RECIPIENT", public.trim());
        fs::write(here.join(file), text).expect("a file");
    }
    let init = "init --provider Kvist --domain kvist.example --region stockholm=SE \
                --person Maja_Ek=counsel=maja.key.pub --person Olof_Strand=analyst=olof.key.pub \
                --recipient Polismyndigheten=SE=police.key.pub";
    let mut words = program();
    let init = init.split_whitespace().map(|word| word.replace('_', " "));
    let made = ended(
        words
            .env("LAGRUM_LOG", "trace")
            .current_dir(&here)
            .args(init),
    );
    assert_eq!(made.code, Some(0), "{}", made.err);
    for file in ["directory.toml", "authorities.toml"] {
        let to = here.join("lagrum-data/desk").join(file);
        fs::copy(here.join(file), to).expect("copied");
    }
    let agent = here.join("lagrum-data/agents/stockholm/agent.toml");
    let stores = fs::read_to_string(here.join("stores.toml")).expect("a file");
    let before = fs::read_to_string(&agent).expect("a file");
    fs::write(&agent, before + &stores).expect("a file");

    assert_eq!(run("--as olof intake demand.toml"), Some(0));
    let cases = ended(
        program()
            .current_dir(&here)
            .args(["--as", "olof", "--json", "cases"]),
    );
    let found = cases.json().to_string();
    let number = found.find("-0001").expect("the case is listed");
    let case = &found[number - 4..number + 5];
    for (line, code) in [
        (
            format!("--as olof call-back {case} --confirmed --answered-by Ek"),
            0,
        ),
        (
            format!("--as olof authenticate {case} --verified --how called"),
            0,
        ),
        (
            format!("--as olof emergency {case} --believed --why because"),
            1,
        ),
        (format!("--as nobody case {case}"), 1),
        (format!("--as olof assess {case}"), 0),
        (format!("--as olof decide {case}"), 0),
        (
            format!(
                "--as olof approve {case} --key olof.key --passphrase-file olof.passphrase --confirm bjork@kvist.example"
            ),
            0,
        ),
        (
            format!(
                "--as maja approve {case} --key maja.key --passphrase-file maja.passphrase --confirm bjork@kvist.example"
            ),
            0,
        ),
        ("agent run".to_owned(), 0),
        (format!("--as olof deliver {case}"), 0),
        (format!("--as olof close {case} --duties-live-on"), 0),
        ("log verify".to_owned(), 0),
    ] {
        assert_eq!(run(&line), Some(code), "{line}");
    }

    // What people are told goes to the same stream; a line of the log begins with its instant.
    let log: Vec<_> = told.lines().filter(|line| line.starts_with("20")).collect();
    assert!(
        log.iter().all(|line| line.contains(" lagrum: event=")),
        "{log:?}"
    );
    for expected in [
        "event=\"command-done\" code=\"intake\"",
        "event=\"not-allowed\" code=\"judge-emergency\"",
        "event=\"not-known\"",
        "event=\"settled\" count=",
        "event=\"mandate-carried-out\"",
        "event=\"command-done\" code=\"log\"",
    ] {
        let there = log.iter().any(|line| line.contains(expected));
        assert!(there, "{expected} is not in:\n{}", log.join("\n"));
    }
    let mut never: Vec<String> = NEVER.map(str::to_owned).to_vec();
    let secrets = files_below(&here).into_iter().filter(|file| {
        let ending = file.extension().unwrap_or_default();
        ending == "passphrase" || ending == "key"
    });
    never.extend(secrets.map(|file| {
        let secret = fs::read_to_string(file).expect("a secret");
        secret.lines().last().expect("a line").to_lowercase()
    }));
    assert!(never.len() > NEVER.len() + 4, "{never:?}");
    for line in &log {
        let small = line.to_lowercase();
        for text in &never {
            assert!(!small.contains(text.as_str()), "`{text}` in: {line}");
        }
    }
}

const AGENT: &str = "provider/agents/stockholm";

/// What Dovecot's tool says of an account that it may not open.
const TOOL: &str = r#"#!/bin/sh
case "$*" in
*mutf7*) echo INBOX ;;
*) echo "doveadm(ann@hand.example)<566>: Fatal: /var/mail/ann: Permission denied" >&2; exit 77 ;;
esac
"#;

/// An agent that is served as a service is: both of its streams go to one file.
struct Served {
    child: Child,
    file: String,
}

impl Served {
    fn new(hand: &Hand, to: &str, json: bool) -> Self {
        let file = hand.path(to);
        let out = fs::File::create(&file).expect("made");
        let mut command = hand.command("olof");
        command.env("LAGRUM_LOG", "trace");
        command.args(json.then_some("--json"));
        command.args(["agent", "serve", "--region", "stockholm"]);
        command.stderr(out.try_clone().expect("the same file"));
        let child = command.stdin(Stdio::null()).stdout(out).spawn();
        Self {
            child: child.expect("started"),
            file,
        }
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.file).expect("text")
    }

    /// All that it wrote, once it stopped.
    fn stopped(mut self) -> String {
        let id = self.child.id().to_string();
        ended(Command::new("kill").args(["-TERM", &id])).ok();
        assert!(self.child.wait().expect("ended").success());
        self.said()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether the account, its name or a case is in a text.
fn names_somebody(text: &str, cases: &[String]) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case("ann"))
        || text.contains("hand.example")
        || cases.iter().any(|case| text.contains(case.as_str()))
}

#[test]
fn what_a_served_agent_writes_names_neither_an_account_nor_a_case() {
    let hand = Hand::ready();
    let out = PathBuf::from(hand.path("provider/exchange/stockholm/out"));
    let sent = |kind: &str| {
        let of_kind = |file: &&PathBuf| name(file).ends_with(kind);
        answers(&out).iter().filter(of_kind).count()
    };
    let mut cases = vec![];
    let mut sign = |reference: &str| {
        hand.write("demand.toml", hand.demand(reference));
        cases.push(signed(&hand));
    };
    let people = Served::new(&hand, "people.out", false);
    sign("first");
    until("the first is carried out", || sent(".receipt") == 1);
    // A file lies where a folder of the account should be.
    let odd = hand.path(&format!("{AGENT}/mail/ann/.ann"));
    fs::create_dir_all(format!("{odd}/cur")).expect("made");
    fs::write(format!("{odd}/new"), "ann").expect("written");
    sign("second");
    until("the second is refused", || {
        sent(".refusal") > 0 && people.said().contains("failures.jsonl")
    });
    let people = people.stopped();
    fs::remove_dir_all(odd).expect("removed");
    let tool = hand.write(&format!("{AGENT}/tool"), TOOL);
    fs::set_permissions(tool, fs::Permissions::from_mode(0o755)).expect("set");
    let source = "\n[[source]]\nkind = \"doveadm\"\nid = \"dovecot\"\nprogram = \"tool\"\n";
    hand.append(&format!("{AGENT}/agent.toml"), source);
    sign("third");
    let machines = Served::new(&hand, "machines.out", true);
    until("the third is refused", || {
        sent(".refusal") > 0 && machines.said().contains("\"denied\"")
    });
    let machines = machines.stopped();

    // From a timer, the output of a run goes there as well.
    let file = fs::File::create(hand.path("timer.out")).expect("made");
    let about = file.metadata().expect("there");
    let mut timer = hand.command("olof");
    timer.env("JOURNAL_STREAM", format!("{}:{}", about.dev(), about.ino()));
    timer
        .stdout(file.try_clone().expect("the same"))
        .stderr(file);
    let ran = timer
        .args(["agent", "run", "--region", "stockholm"])
        .status();
    assert_eq!(ran.expect("ran").code(), Some(4));
    let timer = fs::read_to_string(hand.path("timer.out")).expect("text");
    for text in [&people, &machines, &timer] {
        assert!(!names_somebody(text, &cases), "{text}");
    }
    for (text, says) in [
        (&people, "stockholm: a mandate was carried out."),
        (&people, "was refused, class `source`; `"),
        (&people, "number 1 in failures.jsonl"),
        (&people, "`lagrum agent run` at a terminal says the rest"),
        (&machines, "\"number\": "),
        (&machines, "\"code\": \"source\""),
        (&timer, "was refused, class `source`; `denied`, number "),
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }

    // Who asks is told all, and the region has written it down.
    let asked = hand.run(&["agent", "run", "--region", "stockholm"]);
    assert!(
        asked.out.contains("doveadm(ann@hand.example)"),
        "{}",
        asked.out
    );
    assert!(asked.out.contains(&cases[2]), "{}", asked.out);
    let kept = fs::read_to_string(hand.path(&format!("{AGENT}/state/failures.jsonl")));
    assert!(names_somebody(&kept.expect("written down"), &cases));
}
