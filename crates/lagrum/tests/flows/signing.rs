//! A person signs on a machine that has nothing but the file and the key.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::support::{Ran, ended, entries, name, program};

/// A machine of Maja's, with what was sent to her.
struct Machine<'h> {
    hand: &'h Hand,
}

impl<'h> Machine<'h> {
    fn with(hand: &'h Hand, case: &str) -> Self {
        fs::create_dir_all(hand.path("machine")).unwrap();
        let out = hand.path("machine/to-sign.json");
        hand.run(&["to-sign", case, "--out", &out]).ok();
        for file in ["maja.key", "maja.passphrase"] {
            fs::copy(hand.path(file), hand.path(&format!("machine/{file}"))).unwrap();
        }
        Self { hand }
    }

    /// Signs what lies there.
    fn sign(&self, more: &[&str]) -> Ran {
        let mut command = program();
        command
            .current_dir(self.hand.path("machine"))
            .args(["sign", "to-sign.json"])
            .args(more);
        ended(&mut command)
    }

    fn files(&self) -> Vec<String> {
        let files = entries(Path::new(&self.hand.path("machine")));
        files.iter().map(|file| name(file)).collect()
    }

    fn to_sign(&self) -> Value {
        let file = fs::read(self.hand.path("machine/to-sign.json")).unwrap();
        serde_json::from_slice(&file).unwrap()
    }

    fn put(&self, file: &Value) {
        self.hand
            .write("machine/to-sign.json", serde_json::to_vec(file).unwrap());
    }
}

const AS_MAJA: [&str; 4] = ["--key", "maja.key", "--passphrase-file", "maja.passphrase"];

#[test]
fn counsel_signs_with_nothing_but_the_file_and_the_key_and_the_mandate_is_released() {
    let hand = Hand::ready();
    let case = hand.decided();
    let machine = Machine::with(&hand, &case);
    let before = machine.files();
    // What is typed must be the account whose data leaves.
    for wrong in ["", "ann", "anna@hand.example", "1", "yes"] {
        let ran = machine.sign(&[&AS_MAJA[..], &["--confirm", wrong]].concat());
        assert_eq!(ran.code, Some(1), "{wrong}: {}", ran.out);
        assert!(ran.err.contains("nothing was signed"), "{}", ran.err);
    }
    assert_eq!(machine.files(), before);
    let signed = machine
        .sign(&[&AS_MAJA[..], &["--confirm", "Ann@hand.example"]].concat())
        .ok();
    for shown in ["AM-1-26", "called back", "Olof Strand", "Maja Ek"] {
        assert!(signed.out.contains(shown), "{shown}: {}", signed.out);
    }
    assert_eq!(
        machine.files(),
        [
            "maja.key",
            "maja.passphrase",
            "to-sign.json",
            "to-sign.signatures"
        ]
    );
    // Anybody who works on the case can carry the signature; it stays Maja's.
    let lines = hand.path("machine/to-sign.signatures");
    let add = |case: &str| hand.run(&["--json", "add-signature", case, &lines]);
    let added = add(&case).ok().json();
    assert_eq!(
        (&added["signer"], &added["role"], &added["released"]),
        (&"Maja Ek".into(), &"counsel".into(), &false.into())
    );
    let events = hand.json(&["case", &case])["events"].clone();
    add(&case).ok();
    assert_eq!(
        hand.json(&["case", &case])["events"],
        events,
        "the same signature again changes nothing"
    );
    let elsewhere = add("2026-0099");
    assert_eq!(elsewhere.code, Some(1));
    assert!(
        elsewhere.err.contains(&format!("for case {case}")),
        "{}",
        elsewhere.err
    );
    assert_eq!(hand.approve(&case, "olof").ok().json()["released"], true);
    let events = hand.json(&["case", &case])["events"].clone();
    add(&case);
    assert_eq!(hand.json(&["case", &case])["events"], events);
    hand.run(&["agent", "run"]).ok();
    hand.run(&["deliver", &case]).ok();
}

/// Changes one character of the text at a path.
fn one_character(file: &mut Value, path: &str, at: usize) {
    let place = file.pointer_mut(path);
    let place = place.unwrap_or_else(|| panic!("{path}"));
    let mut text: Vec<_> = place.as_str().unwrap().chars().collect();
    let at = at % text.len();
    text[at] = if text[at] == 'x' { 'y' } else { 'x' };
    *place = text.into_iter().collect::<String>().into();
}

#[test]
fn an_altered_file_is_refused_before_the_passphrase_is_asked() {
    let hand = Hand::ready();
    let case = hand.decided();
    let machine = Machine::with(&hand, &case);
    let genuine = machine.to_sign();
    let events = genuine["events"].as_array().unwrap();
    let place = |kind: &str| {
        let found = events
            .iter()
            .position(|event| event["what"]["event"] == kind);
        found.unwrap_or_else(|| panic!("{kind}: {genuine}"))
    };
    let what = |kind: &str, field: &str| format!("/events/{}/what/{field}", place(kind));
    let text = genuine["texts"][0].as_str().unwrap();
    let mut changes: Vec<(String, usize)> = (0..text.len())
        .step_by(37)
        .map(|at| ("/texts/0".to_owned(), at))
        .collect();
    for (path, at) in [
        (what("mandate-drafted", "text"), 60),
        (what("mandate-drafted", "mandate"), 3),
        (what("described", "demand/reference"), 0),
        (what("described", "demand/authority/name"), 2),
        (what("described", "demand/instrument/provision"), 5),
        (what("described", "demand/recipient/key"), 30),
        (what("described", "demand/part/0/identifiers/0/value"), 0),
        (what("assessed", "assessment/parts/0/identifier/value"), 0),
        (what("assessed", "assessment/parts/0/holding/region"), 0),
    ] {
        changes.push((path, at));
    }
    let refused = |why: &str| {
        let ran = machine.sign(&["--key", "maja.key", "--confirm", "ann@hand.example"]);
        assert!(matches!(ran.code, Some(1 | 3)), "{why}: {}", ran.out);
        // It would have asked, and told that there is no terminal.
        assert!(!ran.err.contains("passphrase"), "{why}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{why}: {}", ran.err);
    };
    for (path, at) in changes {
        let mut file = genuine.clone();
        one_character(&mut file, &path, at);
        assert_ne!(file, genuine);
        machine.put(&file);
        refused(&format!("{path}, character {at}"));
    }
    // Not verified, decided otherwise, an event left out.
    let mut file = genuine.clone();
    *file
        .pointer_mut(&what("authenticated", "verified"))
        .unwrap() = false.into();
    machine.put(&file);
    refused("not verified");
    let mut file = genuine.clone();
    *file
        .pointer_mut(&what("decided", "answers/0/disposition"))
        .unwrap() = "reject".into();
    machine.put(&file);
    refused("rejected");
    for (at, event) in events.iter().enumerate() {
        // That a file was received changes nothing that is signed.
        if event["what"]["event"] == "received" {
            continue;
        }
        let mut file = genuine.clone();
        file["events"].as_array_mut().unwrap().remove(at);
        machine.put(&file);
        refused(&format!("without event {at}: {}", event["what"]["event"]));
    }
    // As it was, it is the passphrase that is missing.
    machine.put(&genuine);
    let ran = machine.sign(&["--key", "maja.key", "--confirm", "ann@hand.example"]);
    assert!(ran.err.contains("passphrase"), "{}", ran.err);
    assert!(!machine.files().contains(&"to-sign.signatures".to_owned()));
}

#[test]
fn the_desk_takes_no_signature_of_a_stranger_and_none_that_was_changed() {
    let hand = Hand::ready();
    let case = hand.decided();
    let machine = Machine::with(&hand, &case);
    let secret = hand.path("maja.passphrase");
    for (file, key) in [
        ("out.key", "hand.example/out"),
        // The name of somebody who may sign does not help.
        ("false.key", "hand.example/maja"),
    ] {
        let path = hand.path(&format!("machine/{file}"));
        let new = [
            "key",
            "new",
            &path,
            "--name",
            key,
            "--passphrase-file",
            &secret,
        ];
        hand.anywhere(&new).ok();
        let with = ["--key", file, "--passphrase-file", "maja.passphrase"];
        let out = [
            "--confirm",
            "ann@hand.example",
            "--out",
            "strange.signatures",
        ];
        machine.sign(&[&with[..], &out[..]].concat()).ok();
        let lines = hand.path("machine/strange.signatures");
        let ran = hand.run(&["add-signature", &case, &lines]);
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        fs::remove_file(lines).unwrap();
    }
    let ok = ["--confirm", "ann@hand.example"];
    machine.sign(&[&AS_MAJA[..], &ok[..]].concat()).ok();
    let lines = hand.path("machine/to-sign.signatures");
    let genuine: Value = serde_json::from_slice(&fs::read(&lines).unwrap()).unwrap();
    let line = genuine["signatures"][0]["line"].as_str().unwrap();
    for (why, path, value) in [
        ("another mandate", "/signatures/0/mandate", "0".repeat(64)),
        (
            "a changed line",
            "/signatures/0/line",
            line.replace(&line[40..44], "AAAA"),
        ),
        ("no line", "/signatures/0/line", "rubbish".to_owned()),
    ] {
        let mut changed = genuine.clone();
        *changed.pointer_mut(path).unwrap() = value.into();
        assert_ne!(changed, genuine);
        let file = hand.write("changed.signatures", changed.to_string());
        let ran = hand.run(&["add-signature", &case, &file]);
        assert_eq!(ran.code, Some(1), "{why}: {}", ran.out);
        assert!(!ran.err.contains("panicked"), "{why}: {}", ran.err);
    }
    let mut none = genuine.clone();
    none["signatures"] = Value::Array(vec![]);
    let file = hand.write("none.signatures", none.to_string());
    assert_eq!(hand.run(&["add-signature", &case, &file]).code, Some(1));
    assert_eq!(hand.json(&["case", &case])["state"], "decided");
}

#[test]
fn one_person_recalls_a_mandate_that_two_released() {
    let hand = Hand::ready();
    let case = hand.decided();
    let recall = |who: &str| {
        hand.run(&[
            "--json",
            "recall",
            &case,
            "--why",
            "the authority withdrew it",
            "--key",
            &hand.path(&format!("{who}.key")),
            "--passphrase-file",
            &hand.path(&format!("{who}.passphrase")),
        ])
    };
    // Nothing is out yet.
    let early = recall("olof");
    assert_eq!(early.code, Some(1));
    assert!(early.err.contains("nothing to recall"), "{}", early.err);
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    let told = recall("olof").ok().json();
    assert_eq!(told["by"][0], "Olof Strand");
    assert_eq!(told["published"], true);
    let run = hand.run(&["--json", "agent", "run"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.contains("it was recalled"), "{}", run.out);
    hand.json(&["settle"]);
    let shown = hand.run(&["case", &case]).ok().out;
    assert!(shown.contains("it was recalled"), "{shown}");
    let events = hand.json(&["case", &case])["events"].to_string();
    let why = "Olof Strand recalled it: the authority withdrew it";
    assert!(events.contains(why), "{events}");
    let delivered = hand.run(&["deliver", &case]);
    assert_eq!(delivered.code, Some(1), "{}", delivered.out);
}

#[test]
fn nothing_is_signed_unseen_and_what_lies_with_the_desk_is_no_list_of_ones_own() {
    let hand = Hand::ready();
    let case = hand.decided();
    let machine = Machine::with(&hand, &case);
    let own = hand.path("provider/trust.toml");
    let known = "known to you since";
    let not_compared = "not compared with a list of recipients of your own";
    // A machine reads the result; whoever sits there sees the page all the same.
    let confirmed = [&AS_MAJA[..], &["--confirm", "ann@hand.example", "--json"]].concat();
    let ran = machine.sign(&confirmed).ok();
    assert_eq!(ran.json()["case"], case.as_str());
    for shown in ["AM-1-26", not_compared] {
        assert!(ran.err.contains(shown), "{shown}: {}", ran.err);
    }
    fs::remove_file(hand.path("machine/to-sign.signatures")).unwrap();
    let ran = machine
        .sign(&[&confirmed[..], &["--trust", &own]].concat())
        .ok();
    assert!(ran.err.contains(known), "{}", ran.err);
    // On the desk's host the file of that name is the desk's, whoever wrote into it.
    let page = hand.page_signed(&case, "olof", "ann@hand.example");
    assert!(
        page.contains(not_compared) && !page.contains(known),
        "{page}"
    );
}
