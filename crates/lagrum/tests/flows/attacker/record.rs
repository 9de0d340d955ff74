//! The record, changed by somebody who has the desk's database and its master key, in every way that
//! fits within the database.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use lagrum_log::Commitment;
use lagrum_model::{CaseId, Sha256Digest};
use serde_json::json;

use super::vault::Opened;
use crate::by_hand::Hand;
use crate::support::{files_below, logged, name};

fn opened(hand: &Hand, case: &str) -> Opened {
    let id = CaseId::parse(case).unwrap();
    Opened::new(Path::new(&hand.path("provider")), &id)
}

/// A second case, which nothing is done to.
fn another(hand: &Hand) -> String {
    hand.write("demand.toml", hand.demand("AM-2-26"));
    hand.decided()
}

/// What `desk verify` says, which must find faults.
fn verified(hand: &Hand) -> String {
    let ran = hand.by("maja", &["desk", "verify"]);
    assert_eq!(ran.code, Some(3), "{}{}", ran.out, ran.err);
    let json = hand.by("maja", &["--json", "desk", "verify"]);
    assert_eq!(json.code, Some(3));
    let faults = json.json()["faults"].as_array().unwrap().len();
    assert_eq!(json.json()["verified"]["faults"], faults);
    ran.out
}

/// Nothing can be seen or done in `case` but that it is damaged, and everything in `other`.
fn stops_only(hand: &Hand, case: &str, other: &str, told: &str) {
    let key = hand.path("maja.key");
    let secret = hand.path("maja.passphrase");
    for arguments in [
        &["case", case][..],
        &["note", case, "a note"],
        &["to-sign", case, "--out", &hand.path("to-sign")],
        &["deliver", case],
        &[
            "approve",
            case,
            "--key",
            &key,
            "--passphrase-file",
            &secret,
            "--confirm",
            "ann@hand.example",
        ],
    ] {
        let ran = hand.run(arguments);
        assert_ne!(ran.code, Some(0), "{arguments:?}: {}", ran.out);
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
    }
    hand.run(&["cases"]).ok();
    hand.run(&["case", other]).ok();
    hand.run(&["settle"]).ok();
    let number = hand.json(&["case", other])["events"]
        .as_array()
        .unwrap()
        .len()
        + 1;
    hand.run(&["note", other, "a note"]).ok();
    hand.run(&["log", "proof", other, &number.to_string()]).ok();
}

#[test]
fn an_event_that_was_rewritten_and_sealed_again_is_told_by_the_public_log() {
    let hand = Hand::ready();
    let case = hand.decided();
    let other = another(&hand);
    hand.approve(&case, "olof").ok();
    hand.run(&["desk", "verify"]).ok();
    let words = [("called back".to_owned(), "never asked".to_owned())];
    assert_eq!(opened(&hand, &case).exchange(&words), 1);
    let what = "event 4 of case 2026-0001 is not what the public log has";
    stops_only(&hand, &case, &other, what);
    let proof = hand.run(&["log", "proof", &case, "4"]);
    assert_ne!(proof.code, Some(0), "{}", proof.out);
    assert!(
        proof.err.contains("is not what the public log has"),
        "{}",
        proof.err
    );
    let told = verified(&hand);
    assert!(
        told.contains("Case 2026-0001, event 4: it is not what the public log has"),
        "{told}"
    );
    assert!(!told.contains("2026-0002,"), "{told}");
}

#[test]
fn the_logs_own_files_changed_with_the_event_do_not_hide_it() {
    let hand = Hand::ready();
    let case = hand.decided();
    let provider = hand.path("provider");
    let old = logged(Path::new(&provider))
        .into_iter()
        .find(|event| event.number == 4)
        .unwrap();
    let words = [("called back".to_owned(), "never asked".to_owned())];
    opened(&hand, &case).exchange(&words);
    let new = logged(Path::new(&provider))
        .into_iter()
        .find(|event| event.number == 4)
        .unwrap();
    assert_ne!(old.commitment, new.commitment);
    // In the entry bundles and in the tiles over them.
    let hash = |commitment: &Commitment| commitment.leaf_hash().0;
    let pairs = [
        (*old.commitment.as_bytes(), *new.commitment.as_bytes()),
        (hash(&old.commitment), hash(&new.commitment)),
    ];
    let mut changed = 0;
    for file in files_below(&Path::new(&provider).join("log")) {
        let mut bytes = fs::read(&file).unwrap();
        for (from, to) in &pairs {
            if let Some(at) = bytes.windows(32).position(|window| window == from) {
                bytes[at..at + 32].copy_from_slice(to);
                changed += 1;
            }
        }
        fs::write(&file, &bytes).unwrap();
    }
    assert!(changed >= 2, "bundle and tile");
    let ran = hand.run(&["case", &case]);
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    assert!(ran.err.contains("the log is damaged"), "{}", ran.err);
    let told = verified(&hand);
    assert!(told.contains("the log is damaged"), "{told}");
}

#[test]
fn an_event_that_was_removed_leaves_its_entry_in_the_public_log() {
    let hand = Hand::ready();
    let case = hand.decided();
    let other = another(&hand);
    let vault = opened(&hand, &case);
    // From the middle: nothing is shown any more.
    vault.execute("create table kept as select * from event where number = 1 and event = 3; delete from event where number = 1 and event = 3");
    stops_only(&hand, &case, &other, "event 3 of case 2026-0001 is missing");
    let told = verified(&hand);
    assert!(
        told.contains("Case 2026-0001, event 3: it is missing"),
        "{told}"
    );
    vault.execute("insert into event select * from kept");
    hand.run(&["desk", "verify"]).ok();
    // From the end, with all that names it: the case is whole as far as it goes, and the log tells.
    let events = hand.json(&["case", &case])["events"]
        .as_array()
        .unwrap()
        .len();
    vault.execute(&format!(
        "delete from event where number = 1 and event = {events};
         delete from log_entry where number = 1 and event = {events};
         update case_file set events = {events} - 1 where number = 1;
         update summary set events = {events} - 1 where number = 1"
    ));
    let told = verified(&hand);
    assert!(
        told.contains("whose event is not here: an event was removed"),
        "{told}"
    );
}

#[test]
fn an_entry_that_is_kept_as_lost_is_told_unless_the_log_says_so_to_everybody() {
    let hand = Hand::ready();
    let case = hand.decided();
    another(&hand);
    let vault = opened(&hand, &case);
    let events = hand.json(&["case", &case])["events"]
        .as_array()
        .unwrap()
        .len();
    vault.execute(&format!(
        "insert into log_lost select position, commitment from log_entry where number = 1 and event = {events};
         delete from event where number = 1 and event = {events};
         delete from log_entry where number = 1 and event = {events};
         update case_file set events = {events} - 1 where number = 1;
         update summary set events = {events} - 1 where number = 1"
    ));
    let told = verified(&hand);
    assert!(
        told.contains("is kept as lost, and nobody stated the loss"),
        "{told}"
    );
    // Who has the database can have the desk state it, too: then it stands in the log for good.
    vault.execute(
        "insert into log_notice (kind, text) select 'loss', cast('lagrum/log/v1/loss' || char(10)
             || 'origin hand.example/log' || char(10) || 'entries ' || position || ' ' || position
             || char(10) || 'lost 1' || char(10) || 'at 1' || char(10) || 'why nothing to see'
             || char(10) || char(10) as blob) from log_lost",
    );
    hand.run(&["settle"]).ok();
    let shown = std::fs::read_dir(hand.path("provider/log/notices")).unwrap();
    let shown = shown.filter(|entry| {
        let text = std::fs::read_to_string(entry.as_ref().unwrap().path()).unwrap();
        text.contains("why nothing to see")
    });
    assert_eq!(shown.count(), 1);
    let said = hand.run(&["desk", "verify"]);
    assert!(
        said.out
            .contains("nobody can say any more what they stand for, as the log says itself: 1"),
        "{}",
        said.out
    );
}

#[test]
fn a_loss_that_the_log_was_never_given_hides_nothing_and_is_not_published() {
    let hand = Hand::ready();
    let case = hand.decided();
    let copied = |name: &str| {
        let file = hand.path(name);
        opened(&hand, &case).execute(&format!("vacuum into '{file}'"));
        file
    };
    let older = copied("older.sqlite");
    hand.json(&["note", &case, "which somebody wants to be gone"]);
    // An older database, made to look as new as the log: what it lacks is kept as lost, and a text says so that the
    // log was never given. No key is needed for it.
    let newer = copied("newer.sqlite");
    for beside in ["-wal", "-shm"] {
        let _ = fs::remove_file(hand.path(&format!("provider/desk/desk.sqlite{beside}")));
    }
    fs::copy(&older, hand.path("provider/desk/desk.sqlite")).unwrap();
    opened(&hand, &case).execute(&format!(
        "attach '{newer}' as newer;
         drop trigger log_notice_stays;
         insert into log_lost select position, commitment from newer.log_entry
             where position not in (select position from log_entry);
         update log_state set size = (select size from newer.log_state),
             head_size = (select head_size from newer.log_state),
             head_root = (select head_root from newer.log_state);
         delete from unplaced;
         insert into log_notice (kind, text, position)
             select 'loss', cast('lagrum/log/v1/loss' || char(10) || 'origin hand.example/log' || char(10)
                 || 'entries ' || min(position) || ' ' || max(position) || char(10)
                 || 'lost ' || count(*) || char(10) || 'at 1' || char(10) || 'why nothing to see'
                 || char(10) || char(10) as blob), 900000000 from log_lost"
    ));
    let told = verified(&hand);
    for part in [
        "is kept as lost, and nobody stated the loss",
        "kept as entry 900000000 of the log",
    ] {
        assert!(told.contains(part), "`{part}` is missing in {told}");
    }
    assert!(!told.contains("as the log says itself"), "{told}");
    // The desk goes on, and nothing of that text gets into what everybody reads.
    hand.json(&["note", &case, "another"]);
    assert!(!Path::new(&hand.path("provider/log/notices/900000000")).exists());
    let list = fs::read_to_string(hand.path("provider/log/notices/list")).unwrap_or_default();
    assert!(!list.contains("900000000"), "{list}");
    verified(&hand);
}

#[test]
fn an_original_that_was_exchanged_is_told() {
    let hand = Hand::ready();
    let case = hand.decided();
    let other = another(&hand);
    let first = hand.json(&["case", &case])["originals"][0]["sha256"].clone();
    let digest: Sha256Digest = serde_json::from_value(first).unwrap();
    opened(&hand, &case).replace_original(&digest, b"another demand");
    let ran = hand.run(&["original", &case]);
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    assert!(
        ran.err
            .contains("an original of case 2026-0001 was changed"),
        "{}",
        ran.err
    );
    hand.run(&["original", &other]).ok();
    let told = verified(&hand);
    assert!(
        told.contains("Case 2026-0001: original 1 was changed"),
        "{told}"
    );
}

#[test]
fn a_signature_that_nobody_made_is_told_and_releases_nothing() {
    let hand = Hand::ready();
    let (case, other) = (hand.decided(), another(&hand));
    hand.approve(&case, "olof").ok();
    hand.approve(&other, "maja").ok();
    let shown = hand.json(&["case", &case])["events"].clone();
    let mandate = shown
        .as_array()
        .unwrap()
        .iter()
        .find_map(|event| event["what"].get("mandate"))
        .unwrap();
    let maja = json!({"kind": "person", "id": "maja", "name": "Maja Ek", "role": "counsel"});
    let approved = |signature: &str, signer: &str| json!({"event": "approved", "mandate": mandate, "signer": signer, "role": "counsel", "signature": signature});
    // Made up in her key's name; her genuine one under another mandate; one in no known name.
    let genuine = hand.json(&["case", &other])["events"].clone();
    let genuine = genuine
        .as_array()
        .unwrap()
        .iter()
        .find_map(|event| event["what"].get("signature"))
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned();
    let mut made_up = BASE64_STANDARD
        .decode(genuine.split(' ').nth(2).unwrap())
        .unwrap();
    made_up[10] ^= 1;
    let made_up = format!("— hand.example/maja {}", BASE64_STANDARD.encode(made_up));
    let stranger = made_up.replace("hand.example/maja", "hand.example/nobody");
    let vault = opened(&hand, &case);
    for (signature, signer) in [
        (made_up.as_str(), "Maja Ek"),
        (&genuine, "Maja Ek"),
        (&stranger, "Maja Ek"),
        (&made_up, "Nina Ny"),
        ("nothing at all", "Maja Ek"),
    ] {
        let number = vault.add(maja.clone(), approved(signature, signer));
        hand.run(&["settle"]).ok();
        let what = format!("case 2026-0001 is damaged: event {number}: ");
        stops_only(&hand, &case, &other, &what);
        let told = verified(&hand);
        assert!(
            told.contains(&format!("Case 2026-0001, event {number}: ")),
            "{told}"
        );
        vault.execute(&format!(
            "delete from event where number = 1 and event = {number};
             delete from log_entry where number = 1 and event = {number};
             update case_file set events = {number} - 1 where number = 1"
        ));
    }
    // Released by one person's word, and asked to be sent.
    let number = vault.add(maja, json!({"event": "mandated", "mandate": mandate}));
    let text = vault.text(number);
    assert!(text.contains("mandated"));
    let told = hand.run(&["settle"]).ok();
    let what = format!("event {number}: not two people signed the mandate");
    stops_only(&hand, &case, &other, &what);
    let exchange = files_below(Path::new(&hand.path("provider/exchange")));
    assert!(
        exchange
            .iter()
            .all(|file| !name(file).starts_with("2026-0001")),
        "{exchange:?} {}",
        told.out
    );
}

#[test]
fn whoever_signed_once_and_left_is_named_so_that_old_cases_are_read() {
    let hand = Hand::ready();
    let (case, _) = hand.delivered();
    let roster = fs::read_to_string(hand.path("provider/desk/roster.toml")).unwrap();
    // Maja leaves; Nina, with a key of her own, comes.
    let (_, theirs) = roster.split_once("name = \"Maja Ek\"").unwrap();
    let new = hand.path("nina.key");
    let secret = hand.path("nina.passphrase");
    lagrum_durable::private_file(Path::new(&secret), b"a sentence of Nina's").unwrap();
    hand.anywhere(&[
        "key",
        "new",
        &new,
        "--name",
        "hand.example/nina",
        "--passphrase-file",
        &secret,
    ])
    .ok();
    let key = theirs
        .lines()
        .find(|line| line.starts_with("key = "))
        .unwrap()
        .to_owned();
    let public = fs::read_to_string(hand.path("nina.key.pub")).unwrap();
    let changed = roster
        .replace("id = \"maja\"", "id = \"nina\"")
        .replace("name = \"Maja Ek\"", "name = \"Nina Ny\"")
        .replace(&key, &format!("key = \"{}\"", public.trim()));
    hand.write("provider/desk/roster.toml", changed);
    let ran = hand.run(&["case", &case]);
    assert_eq!(ran.code, Some(1));
    for part in [
        "Maja Ek (counsel)",
        "not on the roster",
        "`former` of desk.toml",
    ] {
        assert!(ran.err.contains(part), "`{part}` is missing in {}", ran.err);
    }
    hand.write(
        "provider/desk/former.toml",
        format!("[[person]]\nid = \"maja\"\nname = \"Maja Ek\"\nrole = \"counsel\"\n{key}\n"),
    );
    let config = fs::read_to_string(hand.path("provider/desk/desk.toml")).unwrap();
    hand.write(
        "provider/desk/desk.toml",
        format!("former = \"former.toml\"\n{config}"),
    );
    hand.run(&["case", &case]).ok();
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn a_list_that_was_changed_is_told_by_going_through_everything() {
    let hand = Hand::ready();
    let (case, other) = (hand.decided(), another(&hand));
    let vault = opened(&hand, &case);
    vault.execute(
        "update summary set state = 'closed', rank = 2, reference = 'AM-9-26' where number = 1",
    );
    hand.run(&["cases"]).ok();
    let told = verified(&hand);
    for what in ["state", "reference"] {
        let fault = format!("Case 2026-0001: the list shows another {what}");
        assert!(told.contains(&fault), "{told}");
    }
    hand.run(&["case", &case]).ok();
    // A row that cannot be read takes no other from the list.
    vault.execute("update summary set state = 'gone' where number = 1");
    let listed = hand.run(&["--json", "cases"]).ok();
    assert_eq!(listed.json()["cases"].as_array().unwrap().len(), 1);
    assert_eq!(listed.json()["cases"][0]["case"], other.as_str());
    assert!(listed.err.contains("case 2026-0001"), "{}", listed.err);
    // One of a case that never was, and one that is not shown at all.
    vault.execute(
        "pragma foreign_keys = off; delete from summary where number = 2;
         insert into summary select year, 7, name, received_at, 'closed', rank, authority, authority_folded, authority_country, reference, reference_folded, instrument, owner, due_at, due_clock, answers, parts, waiting_for, waiting_roles, events, desk_group, route, beside from summary where number = 1;
         insert into summary select year, 8, name, received_at, 'closed', rank, authority, authority_folded, authority_country, reference, reference_folded, instrument, owner, due_at, due_clock, answers, parts, waiting_for, waiting_roles, events, desk_group, route, beside from summary where number = 1",
    );
    let told = verified(&hand);
    assert!(
        told.contains("Case 2026-0002: the list does not show it"),
        "{told}"
    );
    assert!(
        told.contains("Case 2026-0007: the list shows a case that is not there"),
        "{told}"
    );
}

#[test]
fn a_log_that_is_away_lets_people_work_and_nobody_sign_or_hand_over() {
    let hand = Hand::ready();
    let case = hand.decided();
    let (log, away) = (hand.path("provider/log"), hand.path("log-away"));
    fs::rename(&log, &away).unwrap();
    fs::write(&log, "in its place").unwrap();
    let ran = hand.run(&["case", &case]).ok();
    assert!(
        ran.err
            .contains("could not be compared with the public log"),
        "{}",
        ran.err
    );
    hand.run(&["note", &case, "while it was away"]).ok();
    let ran = hand.approve(&case, "olof");
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    assert!(
        ran.err.contains("nothing is signed or handed over"),
        "{}",
        ran.err
    );
    assert_eq!(hand.by("maja", &["desk", "verify"]).code, Some(3));
    fs::remove_file(&log).unwrap();
    fs::rename(&away, &log).unwrap();
    hand.run(&["settle"]).ok();
    hand.approve(&case, "olof").ok();
    hand.run(&["desk", "verify"]).ok();
}
