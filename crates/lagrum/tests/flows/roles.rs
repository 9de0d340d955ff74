//! Who may do what, asked at the command line: people.toml decides, and nothing that anybody says.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{Ran, files_below};
use crate::world::contains;

/// A provider at which an auditor and an administrator work, too.
fn staffed() -> Hand {
    let hand = Hand::ready();
    let user = lagrum_access::current_user().unwrap();
    let more = [
        ("ada", "Ada Lind", "auditor"),
        ("adam", "Adam Holm", "administrator"),
        ("dina", "Dina Berg", "data-operator"),
    ]
    .map(|(id, name, role)| {
        format!(
            "\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\nrole = \"{role}\"\nuser = \"{user}\"\n"
        )
    });
    hand.append("provider/desk/people.toml", &more.concat());
    hand
}

#[track_caller]
fn not_allowed(ran: &Ran, who_may: &str) {
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    for part in ["not allowed", who_may, "lagrum access matrix"] {
        assert!(ran.err.contains(part), "`{part}` is missing in {}", ran.err);
    }
}

fn events(hand: &Hand, case: &str) -> Value {
    hand.json(&["case", case])["events"].clone()
}

#[test]
fn only_counsel_says_that_a_danger_is_believed() {
    let hand = staffed();
    let danger = "\n[emergency]\nthreat_to = \"person\"\nfacts = \"a child is missing\"\n";
    hand.write("demand.toml", hand.demand("AM-1-26") + danger);
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap();
    let called = ["call-back", case, "--confirmed", "--answered-by", "K. Ek"];
    hand.by("maja", &called).ok();
    hand.run(&["authenticate", case, "--verified", "--how", "called back"])
        .ok();
    let before = events(&hand, case);
    let believe = [
        "emergency",
        case,
        "--believed",
        "--why",
        "the call was convincing",
    ];
    not_allowed(&hand.run(&believe), "counsel");
    assert_eq!(events(&hand, case), before);
    let empty = hand.by("maja", &["emergency", case, "--believed", "--why", " "]);
    assert_eq!(empty.code, Some(1));
    assert!(empty.err.contains("believed"), "{}", empty.err);
    hand.by("maja", &believe).ok();
    let after = events(&hand, case);
    let last = after.as_array().unwrap().last().unwrap();
    assert_eq!(last["actor"]["name"], "Maja Ek");
    assert_eq!(last["reason"], "the call was convincing");
}

#[test]
fn only_counsel_describes_a_case_with_the_providers_own_findings() {
    let hand = staffed();
    let findings = hand.demand("AM-2-26") + "\n[findings]\nrelevance_doubted = true\n";
    let file = hand.write("findings.toml", findings);
    // Taken in by an analyst, it is a file like any other: it describes nothing.
    let taken = hand.json(&["intake", &file]);
    let told = &taken["cases"][0]["unreadable"]["field"];
    assert_eq!(told["field"], "findings", "{taken}");
    let case = taken["cases"][0]["case"].as_str().unwrap();
    assert_eq!(hand.json(&["case", case])["state"], "received");
    let ran = hand.run(&["describe", case, &file]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.err.contains("only counsel"), "{}", ran.err);
    assert_eq!(hand.json(&["case", case])["state"], "received");
    hand.by("maja", &["describe", case, &file]).ok();
    let shown = hand.json(&["case", case]);
    assert_eq!(shown["demand"]["findings"]["relevance_doubted"], true);
}

#[test]
fn only_counsel_writes_reads_and_proves_a_privileged_note() {
    let hand = staffed();
    let case = hand.decided();
    let secret = "our advice is to give way";
    not_allowed(
        &hand.run(&["note", &case, "mine", "--privileged"]),
        "counsel",
    );
    hand.by("maja", &["note", &case, secret, "--privileged"])
        .ok();
    hand.run(&["note", &case, "the officer called again"]).ok();
    let all = events(&hand, &case);
    let number = all.as_array().unwrap().len() - 1;
    let number = number.to_string();
    let out = hand.path("to-sign.json");
    hand.run(&["to-sign", &case, "--out", &out]).ok();
    let twice = hand.run(&["to-sign", &case, "--out", &out]);
    assert_eq!(twice.code, Some(1), "{}", twice.out);
    let told = twice.err.contains("is there already") && twice.err.contains("(--out)");
    assert!(told && twice.err.contains(&out), "{}", twice.err);
    let analyst = [
        hand.run(&["case", &case]).ok().out,
        hand.run(&["--json", "case", &case]).ok().out,
        hand.run(&["memo", &case]).ok().out,
        hand.by("ada", &["--json", "case", &case]).ok().out,
        fs::read_to_string(&out).unwrap(),
    ];
    for told in analyst {
        assert!(!told.contains("give way"), "{told}");
    }
    assert!(all.to_string().contains("the officer called again"));
    for who in ["olof", "ada"] {
        not_allowed(&hand.by(who, &["log", "proof", &case, &number]), "counsel");
    }
    // Counsel takes the note from the desk, which cannot read it, and opens it elsewhere.
    let counsel = hand.by("maja", &["--json", "case", &case]).ok().out;
    assert!(!counsel.contains("give way"), "{counsel}");
    let file = hand.path("note.age");
    let fetch = ["sealed-note", &case, &number, "--out", &file];
    not_allowed(&hand.run(&fetch), "counsel");
    hand.by("maja", &fetch).ok();
    let open = |who: &str| {
        let (key, typed) = (format!("{who}.key"), format!("{who}.passphrase"));
        let with = [
            "--key",
            &hand.path(&key),
            "--passphrase-file",
            &hand.path(&typed),
        ];
        hand.anywhere(&[&["sealed-note", "--file", &file][..], &with].concat())
    };
    assert_eq!(open("maja").ok().out.trim_end(), secret);
    let refused = open("olof");
    let says = refused.err.contains("does not open with this key");
    assert!(refused.code == Some(1) && says, "{}", refused.err);
    // In the database, in what is said of it, in the log's files: nowhere.
    for file in files_below(Path::new(&hand.path(""))) {
        let bytes = fs::read(&file).unwrap();
        assert!(!contains(&bytes, b"give way"), "{}", file.display());
    }
    let proof = hand.by("maja", &["log", "proof", &case, &number]).ok().out;
    assert!(proof.contains("c2sp.org/tlog-proof"), "{proof}");
}

#[test]
fn an_auditor_reads_everything_but_changes_nothing() {
    let hand = staffed();
    let case = hand.decided();
    let file = hand.path("demand.toml");
    for reading in [
        &["cases"][..],
        &["case", &case],
        &["burden", "show", &case],
        &["memo", &case],
        &["original", &case],
        &["log", "proof", &case, "1"],
        &["log", "verify"],
        &["access", "matrix"],
    ] {
        hand.by("ada", reading).ok();
    }
    let before = events(&hand, &case);
    let other = hand.write("other.toml", hand.demand("AM-2-26"));
    let (key, secret) = (hand.path("maja.key"), hand.path("maja.passphrase"));
    let approve = [
        "approve",
        &case,
        "--key",
        &key,
        "--passphrase-file",
        &secret,
    ];
    let approve = [&approve[..], &["--confirm", "ann@hand.example"]].concat();
    for changing in [
        &["intake", &other][..],
        &["describe", &case, &other],
        &["attach", &case, &file],
        &["call-back", &case, "--confirmed", "--answered-by", "x"],
        &["authenticate", &case, "--verified", "--how", "x"],
        &["emergency", &case, "--believed", "--why", "x"],
        &["assess", &case],
        &["decide", &case],
        &approve,
        &["to-sign", &case, "--out", &hand.path("out.json")],
        &["deliver", &case],
        &["close", &case],
        &[
            "record",
            &case,
            "cleared=2026-03-02T10:00:00Z",
            "--how",
            "x",
        ],
        &["assign", &case, "maja"],
        &["note", &case, "x"],
        &["settle"],
        &["desk", "rebuild"],
        &["desk", "compare"],
    ] {
        let ran = hand.by("ada", changing);
        assert_eq!(ran.code, Some(1), "{changing:?}: {}", ran.out);
        assert!(ran.err.contains("not allowed"), "{changing:?}: {}", ran.err);
    }
    assert_eq!(events(&hand, &case), before);
    assert_eq!(hand.json(&["cases"])["total"], 1);
}

#[test]
fn an_administrator_runs_the_desk_and_reads_no_case() {
    let hand = staffed();
    let case = hand.decided();
    for who in ["adam", "dina"] {
        hand.by(who, &["settle"]).ok();
        for reading in [
            &["cases"][..],
            &["case", &case],
            &["memo", &case],
            &["original", &case],
            &["log", "proof", &case, "1"],
            &["to-sign", &case, "--out", &hand.path("out.json")],
        ] {
            let ran = hand.by(who, reading);
            assert_eq!(ran.code, Some(1), "{who} {reading:?}: {}", ran.out);
            assert!(ran.err.contains("not allowed"), "{reading:?}: {}", ran.err);
            for told in ["ann", "AM-1-26", "Polis"] {
                assert!(!ran.err.contains(told), "{}", ran.err);
            }
        }
    }
    let made = hand.by("adam", &["--json", "desk", "rebuild"]).ok().json();
    assert_eq!(made["cases"], 1);
    hand.by("adam", &["desk", "compare"]).ok();
    not_allowed(&hand.by("dina", &["desk", "rebuild"]), "administrator");
}

#[test]
fn a_user_who_has_nobody_is_nobody() {
    let hand = staffed();
    let people = fs::read_to_string(hand.path("provider/desk/people.toml")).unwrap();
    let user = lagrum_access::current_user().unwrap();
    let elsewhere = people.replace(&format!("user = \"{user}\""), "user = \"somebody-else\"");
    assert_ne!(people, elsewhere);
    hand.write("provider/desk/people.toml", elsewhere);
    for who in ["olof", "maja"] {
        let ran = hand.by(who, &["cases"]);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(ran.err.contains("nobody in people.toml"), "{}", ran.err);
    }
}
