//! What each command prints with `--json`: a program that reads it today must be able to read it
//! tomorrow. The forms stand in `json_forms.txt`, as paths; a new one is added there by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::by_hand::Hand;
use crate::passphrase;

/// The paths of everything in a value: `cases[].due.at`.
fn paths(value: &Value, at: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inside) in fields {
                // Digests, moments and later additions are names that data chooses.
                let chosen = name.len() == 64 || at.ends_with("moments");
                let name = if chosen { "*" } else { name };
                paths(inside, &format!("{at}.{name}"), all);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                paths(item, &format!("{at}[]"), all);
            }
        }
        _ => {
            all.insert(at.to_owned());
        }
    }
}

fn form(command: &str, told: &Value, text: &mut String) {
    let mut all = BTreeSet::new();
    paths(told, "", &mut all);
    text.push_str(&format!("{command}\n"));
    for path in all {
        text.push_str(&format!("  {path}\n"));
    }
}

/// What is told of a package that is sealed with a passphrase, and of the letter that goes with it.
fn of_a_passphrase(text: &mut String) {
    let hand = passphrase::hand();
    passphrase::pin(&hand, passphrase::NUMBER).ok();
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    let shown = passphrase::show(&hand, &case, "olof").ok().json();
    form("agent passphrase --key", &shown, text);
    for (command, arguments) in [
        ("agent passphrase", &["agent", "passphrase", &case][..]),
        ("told", &["told", &case]),
        ("letter", &["letter", &case]),
        ("letter KIND", &["letter", &case, "production"]),
    ] {
        form(command, &hand.json(arguments), text);
    }
    for (command, arguments) in [
        ("audit", &["--json", "audit"][..]),
        (
            "audit --kind",
            &["--json", "audit", "--kind", "by-passphrase"],
        ),
    ] {
        form(command, &hand.by("ada", arguments).ok().json(), text);
    }
}

#[test]
fn the_json_of_each_command_keeps_its_form() {
    let hand = Hand::ready();
    let mut text = String::new();
    let mut tell = |command: &str, arguments: &[&str]| -> Value {
        let told = hand.json(arguments);
        form(command, &told, &mut text);
        told
    };
    let taken = tell("intake", &["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let case = case.as_str();
    tell("call-back", &["call-back", case]);
    tell(
        "call-back --confirmed",
        &["call-back", case, "--confirmed", "--answered-by", "K. Ek"],
    );
    tell(
        "authenticate",
        &["authenticate", case, "--verified", "--how", "called back"],
    );
    tell("assess CASE", &["assess", case]);
    tell("assess FILE", &["assess", &hand.path("demand.toml")]);
    tell("memo", &["memo", case]);
    tell(
        "record",
        &[
            "record",
            case,
            "served=2026-03-03T08:00:00Z",
            "--how",
            "letter",
        ],
    );
    tell("assign", &["assign", case, "olof"]);
    tell("note", &["note", case, "called the officer"]);
    let work = ["burden", "work", case, "other", "5", "--cost", "1 EUR"];
    tell("burden work", &work);
    let paid = ["burden", "reimbursed", case, "paid", "1 EUR"];
    let paid = tell("burden reimbursed", &paid)["entry"].to_string();
    let back = ["burden", "take-back", case, &paid, "--reason", "so"];
    tell("burden take-back", &back);
    tell("burden show", &["burden", "show", case]);
    tell("assess again", &["assess", case]);
    tell("decide", &["decide", case]);
    let export = hand.path("to-sign.json");
    tell("to-sign", &["to-sign", case, "--out", &export]);
    let (key, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let signed = hand.path("signed");
    tell(
        "sign",
        &[
            "sign",
            &export,
            "--key",
            &key,
            "--passphrase-file",
            &secret,
            "--confirm",
            "ann@hand.example",
            "--out",
            &signed,
        ],
    );
    tell("add-signature", &["add-signature", case, &signed]);
    form(
        "approve",
        &hand.approve(case, "maja").ok().json(),
        &mut text,
    );
    let mut tell = |command: &str, arguments: &[&str]| -> Value {
        let told = hand.json(arguments);
        form(command, &told, &mut text);
        told
    };
    tell("agent run", &["agent", "run"]);
    tell("settle", &["settle"]);
    let delivered = tell("deliver", &["deliver", case]);
    let package = delivered["packages"][0].as_str().unwrap().to_owned();
    tell("close", &["close", case, "--duties-live-on"]);
    let second = hand.write("second.toml", hand.demand("AM-2-26"));
    let second = hand.json(&["intake", &second])["cases"][0]["case"].clone();
    let second = second.as_str().unwrap().to_owned();
    let why = ["--reason", "the authority wrote again"];
    tell("reopen", &[&["reopen", case][..], &why].concat());
    tell("link", &[&["link", case, &second][..], &why].concat());
    tell("cases", &["cases"]);
    tell("case", &["case", case]);
    tell(
        "original",
        &["original", case, "1", "--out", &hand.path("original")],
    );
    tell("log verify", &["log", "verify"]);
    tell("log proof", &["log", "proof", case, "1"]);
    tell("verify", &["verify", &package]);
    tell(
        "open",
        &[
            "open",
            &package,
            "--identity",
            &hand.path("police.key"),
            "--to",
            &hand.path("opened"),
        ],
    );
    tell("desk verify", &["desk", "verify"]);
    tell("access matrix", &["access", "matrix"]);
    form("check", &hand.run(&["check", "--json"]).json(), &mut text);
    of_a_passphrase(&mut text);

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/json_forms.txt");
    if std::env::var("LAGRUM_GOLDEN").is_ok_and(|what| what == "write") {
        fs::write(&file, &text).unwrap();
    }
    let golden = fs::read_to_string(&file).unwrap_or_default();
    let missing: Vec<_> = text
        .lines()
        .filter(|line| !golden.contains(*line))
        .collect();
    let gone: Vec<_> = golden
        .lines()
        .filter(|line| !text.contains(*line))
        .collect();
    assert!(
        golden == text,
        "new: {missing:#?}\ngone: {gone:#?}\nIf this is meant, LAGRUM_GOLDEN=write writes the file; say it in CHANGELOG.md"
    );
}
