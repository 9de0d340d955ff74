//! What a newer version of the program made, and this one does not read: it says so, and changes nothing.

use std::fs;
use std::path::Path;

use lagrum_model::Sha256Digest;
use rusqlite::Connection;

use super::older;
use crate::by_hand::Hand;
use crate::support::Ran;

/// Gives a database a version that no program knows yet. Gives what it was.
fn newer(file: &str) -> i64 {
    let database = Connection::open(file).unwrap();
    let was: i64 = database
        .query_row("pragma user_version", [], |row| row.get(0))
        .unwrap();
    database
        .pragma_update(None, "user_version", was + 1)
        .unwrap();
    was
}

fn back_to(file: &str, version: i64) {
    let database = Connection::open(file).unwrap();
    database
        .pragma_update(None, "user_version", version)
        .unwrap();
}

#[track_caller]
fn refused(ran: &Ran, says: &[&str]) {
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    for part in says {
        assert!(ran.err.contains(part), "`{part}` is missing in {}", ran.err);
    }
    for wrong in ["damaged", "backup", "panicked", "begin --again"] {
        assert!(!ran.err.contains(wrong), "`{wrong}` is in {}", ran.err);
    }
}

#[test]
fn a_desk_refuses_a_database_that_a_newer_one_brought_up() {
    let mut hand = Hand::ready();
    let (case, _) = hand.delivered();
    let file = hand.path("provider/desk/desk.sqlite");
    let was = newer(&file);
    let programs = [None, older()];
    for program in programs {
        hand.run_by(program.as_deref());
        for command in [
            &["cases"][..],
            &["case", &case],
            &["settle"],
            &["desk", "verify"],
        ] {
            let says = [&*format!("have version {}", was + 1), "or a newer one"];
            refused(&hand.run(command), &says);
        }
    }
    // It is what it was.
    back_to(&file, was);
    hand.run_by(None);
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn an_agent_refuses_a_record_that_a_newer_one_brought_up_and_nobody_is_told_to_begin_it_again() {
    let hand = Hand::ready();
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    let file = hand.path("provider/agents/stockholm/state/ledger.sqlite");
    let was = newer(&file);
    let ran = hand.run(&["agent", "run", "--region", "stockholm"]);
    refused(
        &ran,
        &[
            &format!("this record has version {}", was + 1),
            "or a newer one",
        ],
    );
    back_to(&file, was);
    let ran = hand.json(&["agent", "run", "--region", "stockholm"]);
    assert!(ran[0]["outcome"]["produced"].is_object(), "{ran}");
}

/// Changes a file of an opened package, and has `seal.note` name it: what holds with the package itself still holds.
fn rewritten(package: &Path, file: &str, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(package.join(file)).unwrap();
    let changed = change(text.clone());
    assert_ne!(changed, text);
    fs::write(package.join(file), &changed).unwrap();
    let digest = |text: &str| Sha256Digest::of(text.as_bytes()).to_string();
    let seal = fs::read_to_string(package.join("seal.note")).unwrap();
    fs::write(
        package.join("seal.note"),
        seal.replace(&digest(&text), &digest(&changed)),
    )
    .unwrap();
}

#[test]
fn a_package_that_a_newer_agent_made_is_not_called_wrong_and_not_called_right() {
    let hand = Hand::ready();
    let (_, package) = hand.delivered();
    let key = hand.path("police.key");
    let open = |to: &str| {
        let to = hand.path(to);
        hand.anywhere(&["open", &package, "--identity", &key, "--to", &to])
            .ok();
        to
    };
    let after =
        |brace: &str, text: String| text.replacen(brace, &format!("{brace}\n  \"dreamt\": 1,"), 1);
    let statement = open("statement");
    rewritten(Path::new(&statement), "statement.json", |text| {
        after("{", text)
    });
    let mandate = open("mandate");
    rewritten(Path::new(&mandate), "mandate.note", |text| after("{", text));
    let form = open("form");
    rewritten(Path::new(&form), "mandate.note", |text| {
        text.replacen("lagrum-mandate/1", "lagrum-mandate/2", 1)
    });
    for (directory, file, what) in [
        (&statement, "statement.json", "the field `dreamt`"),
        (&mandate, "mandate.note", "the field `dreamt`"),
        (&form, "mandate.note", "the form `lagrum-mandate/2`"),
    ] {
        let says = [
            "cannot be checked with this version",
            file,
            what,
            "or a newer one",
        ];
        refused(&hand.anywhere(&["verify", directory]), &says);
    }
    // What is broken is still called that.
    let broken = open("broken");
    rewritten(Path::new(&broken), "statement.json", |text| {
        text.replacen("\"searches\"", "", 1)
    });
    let ran = hand.anywhere(&["verify", &broken]);
    assert_eq!(ran.code, Some(3), "{}{}", ran.out, ran.err);
}
