//! The casework: demands that cannot be read, steps in the wrong order, wrong keys.

use std::fs;

use serde_json::Value;

use super::{AGENT_REFUSED, NOT_POSSIBLE, says};
use crate::by_hand::Hand;
use crate::support::{ended, program};

#[test]
fn what_cannot_be_read_is_kept_and_can_be_described_later() {
    let hand = Hand::ready();
    let scan: Vec<u8> = (0..4000_u32).map(|n| (n * 31 % 251) as u8 | 0x80).collect();
    let file = hand.write("scan.pdf", &scan);
    let mut nobody = program();
    nobody
        .arg("--dir")
        .arg(hand.path("provider"))
        .args(["intake", &file]);
    says(
        &ended(&mut nobody),
        NOT_POSSIBLE,
        &[
            "several people",
            "olof (Olof Strand",
            "maja (Maja Ek",
            "--as",
        ],
    );
    says(
        &hand.by("eva", &["intake", &file]),
        NOT_POSSIBLE,
        &["eva: not a person of user", "olof (Olof Strand"],
    );
    let taken = hand.run(&["intake", &file]).ok().out;
    assert!(
        taken.contains("Case 2026") || taken.contains("Case 20"),
        "{taken}"
    );
    assert!(
        taken.contains("is kept as it came") && !taken.contains("UTF-8"),
        "{taken}"
    );
    assert!(taken.contains("lagrum describe 20"), "{taken}");
    // The same again is the same case.
    let again = hand.json(&["intake", &file]);
    let case = again["cases"][0]["case"].as_str().unwrap();
    assert!(taken.contains(case));
    assert_eq!(hand.json(&["cases"])["total"], 1);
    // Every byte is there.
    let kept = hand.path("kept");
    hand.run(&["original", case, "--out", &kept]).ok();
    assert_eq!(fs::read(&kept).unwrap(), scan);

    let early = hand.run(&["authenticate", case, "--verified", "--how", "x"]);
    says(
        &early,
        NOT_POSSIBLE,
        &[case, "not described yet", "lagrum describe"],
    );
    says(
        &hand.run(&["describe", case, &file]),
        NOT_POSSIBLE,
        &["scan.pdf", "lagrum schema"],
    );
    let demand = hand.path("demand.toml");
    let nowhere = hand.run(&["describe", "2026-0099", &demand]);
    says(
        &nowhere,
        NOT_POSSIBLE,
        &["no case 2026-0099", "lagrum cases"],
    );
    // The description names what belongs to it: the scan is there already, the letter lies beside it.
    let text = hand.demand("AM-1-26");
    let named = |names: &str| format!("originals = [{names}]\n{text}");
    let lost = hand.write("lost.toml", named("\"scan.pdf\", \"lost.pdf\""));
    says(
        &hand.run(&["describe", case, &lost]),
        NOT_POSSIBLE,
        &["field `originals`", "lost.pdf"],
    );
    fs::remove_file(&file).unwrap();
    hand.write("letter.txt", "Enclosed.");
    let whole = hand.write("whole.toml", named("\"scan.pdf\", \"letter.txt\""));
    hand.run(&["describe", case, &whole]).ok();
    let shown = hand.json(&["case", case]);
    assert_eq!(shown["state"], "described");
    let names: Vec<_> = shown["originals"].as_array().unwrap().iter().collect();
    let names: Vec<_> = names.iter().map(|o| &o["file_name"]).collect();
    assert_eq!(names, ["scan.pdf", "whole.toml", "letter.txt"]);
    says(
        &hand.run(&["intake", &hand.path("none")]),
        NOT_POSSIBLE,
        &["none: No such file"],
    );
    // An original that a demand names has to lie beside it.
    let text = "originals = [\"lost.pdf\"]\n".to_owned() + &hand.demand("AM-2-26");
    let file = hand.write("with-original.toml", text);
    says(
        &hand.run(&["intake", &file]),
        NOT_POSSIBLE,
        &["field `originals`", "lost.pdf"],
    );
}

#[test]
fn a_demand_with_a_mistake_is_kept_and_the_field_named() {
    let hand = Hand::ready();
    let demand = hand.demand("AM-3-26");
    for (right, wrong, parts) in [
        (
            "reference =",
            "referense =",
            &["`referense`", "`reference`"][..],
        ),
        (
            "\"lagrum-demand/2\"",
            "\"lagrum-demand/9\"",
            &["`format`", "lagrum-demand/2"],
        ),
        (
            "reference = \"AM-3-26\"",
            "reference = \" \"",
            &["`reference`", "file number"],
        ),
        (
            "country = \"SE\"\nkind",
            "country = \"Sweden\"\nkind",
            &["`authority.country`", "ISO 3166-1"],
        ),
        (
            "kind = \"police\"",
            "kind = \"cops\"",
            &["`authority.kind`", "`police`"],
        ),
        (
            "court-decision",
            "court-ruling",
            &["`instrument.kind`", "`court-decision`"],
        ),
        (
            "2026-03-02",
            "2026-13-02",
            &["`instrument.issued_on`", "month"],
        ),
        (
            "until = \"2026-02-01",
            "until = \"2025-02-01",
            &["`part[0].period`", "`until`", "later than `from`"],
        ),
        (
            "from = \"2026-01-01T00:00:00+01:00\"",
            "from = \"2026-01-01\"",
            &["`part[0].period.from`"],
        ),
        (
            "categories = [\"content\"]",
            "categories = []",
            &["`part[0].categories`", "at least one"],
        ),
        (
            "categories = [\"content\"]",
            "categories = [\"everything\"]",
            &["`part[0].categories[0]`", "`content`"],
        ),
        (
            "ann@hand.example",
            "ann",
            &["`part[0].identifiers[0].value`", "local@domain"],
        ),
        (
            "email-address",
            "shoe-size",
            &["`part[0].identifiers[0]", "`email-address`"],
        ),
        ("[[part]]", "[[part", &["TOML", "unclosed"]),
    ] {
        assert!(demand.contains(right), "{right}");
        let file = hand.write("wrong.toml", demand.replacen(right, wrong, 1));
        let taken = hand.json(&["intake", &file]);
        let why = &taken["cases"][0]["unreadable"];
        assert!(why.is_object(), "{wrong}: {taken}");
        let why = match (&why["field"]["field"], &why["field"]["why"]) {
            (Value::String(field), Value::String(why)) => format!("field `{field}`: {why}"),
            _ => why["not-text"].as_str().unwrap().to_owned(),
        };
        for part in parts {
            assert!(why.contains(part), "{wrong}: `{part}` is missing in: {why}");
        }
        let shown = hand
            .run(&["case", taken["cases"][0]["case"].as_str().unwrap()])
            .ok()
            .out;
        assert!(shown.contains("cannot be read"), "{shown}");
    }
}

#[test]
fn steps_in_the_wrong_order_are_refused_with_the_right_one() {
    let hand = Hand::ready();
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap();
    let wrong =
        |arguments: &[&str], parts: &[&str]| says(&hand.run(arguments), NOT_POSSIBLE, parts);
    wrong(&["assess", case], &[case, "lagrum authenticate"]);
    wrong(&["decide", case], &[case, "lagrum assess"]);
    wrong(
        &["authenticate", case, "--verified", "--how", " "],
        &["how the sender was checked", "must not be empty"],
    );
    wrong(&["close", case], &[case, "before the case is closed"]);
    wrong(
        &["deliver", case],
        &["Nothing has been produced", "lagrum agent run"],
    );
    hand.verified(case);
    wrong(&["decide", case], &["lagrum assess"]);
    wrong(
        &["assess", case, "--as-of", "1970-01-01"],
        &["1970-01-01", "earliest day"],
    );
    wrong(
        &["assess", "nothing.toml"],
        &["nothing.toml", "neither a case", "nor a file"],
    );
    wrong(
        &["assess", "2026-0099"],
        &["no case 2026-0099", "lagrum cases"],
    );
    hand.run(&["assess", case]).ok();
    let how = ["N=DISPOSITION", "challenge"];
    for part in ["reject", "0=reject", "1=maybe", "one=reject"] {
        wrong(&["decide", case, "--part", part], &[part, how[0], how[1]]);
    }
    wrong(
        &["decide", case, "--part", "9=reject", "--reason", "x"],
        &["no part 9", "has 1 part"],
    );
    hand.run(&["decide", case]).ok();
    wrong(&["assess", case], &["already decided"]);
    wrong(
        &["authenticate", case, "--verified", "--how", "x"],
        &["already decided"],
    );
    wrong(&["deliver", case], &["not signed yet", "lagrum approve"]);
    assert!(
        hand.run(&["agent", "run"])
            .ok()
            .out
            .contains("No mandate waits")
    );
    hand.approve(case, "olof").ok();
    wrong(
        &["close", case],
        &["not signed yet", "change the decision", "lagrum approve"],
    );
    hand.approve(case, "maja").ok();
    wrong(
        &["close", case],
        &["An agent has a mandate", "lagrum agent run"],
    );
    wrong(
        &["deliver", case],
        &["Nothing has been produced", "lagrum agent run"],
    );
    hand.run(&["agent", "run"]).ok();
    wrong(&["close", case], &["lagrum deliver"]);
    hand.run(&["deliver", case]).ok();
    wrong(
        &["close", case],
        &["Counsel has to decide", "--duties-live-on"],
    );
    hand.run(&["close", case, "--duties-live-on"]).ok();
    wrong(
        &["log", "proof", case, "99"],
        &["has no event 99", "lagrum case"],
    );
}

#[test]
fn an_answer_laxer_than_the_law_is_refused() {
    let hand = Hand::ready();
    let text = hand
        .demand("AM-4-26")
        .replace("kind = \"judge\"", "kind = \"police\"");
    let file = hand.write("no-judge.toml", text);
    let taken = hand.json(&["intake", &file]);
    let case = taken["cases"][0]["case"].as_str().unwrap();
    hand.verified(case);
    let found = hand.json(&["assess", case])["assessment"].clone();
    assert_ne!(found["parts"][0]["finding"]["disposition"], "produce");
    let laxer = hand.run(&["decide", case, "--part", "1=produce", "--reason", "x"]);
    says(&laxer, NOT_POSSIBLE, &[case, "Part 1"]);
    assert_eq!(hand.json(&["case", case])["state"], "assessed");
    // Stricter is always possible.
    hand.run(&[
        "decide",
        case,
        "--part",
        "1=challenge",
        "--reason",
        "counsel objects",
    ])
    .ok();
    assert_eq!(
        hand.json(&["case", case])["answers"][0]["disposition"],
        "challenge"
    );
}

#[test]
fn nobody_signs_with_a_wrong_key_or_twice() {
    let hand = Hand::ready();
    let case = hand.decided();
    let (olof, secret) = (hand.path("olof.key"), hand.path("olof.passphrase"));
    let sign = |key: &str, file: &str| {
        hand.run(&[
            "approve",
            &case,
            "--key",
            key,
            "--passphrase-file",
            file,
            "--confirm",
            "ann@hand.example",
        ])
    };
    let wrong = hand.path("maja.passphrase");
    says(
        &sign(&olof, &wrong),
        NOT_POSSIBLE,
        &["olof.key", "passphrase does not open"],
    );
    says(
        &sign(&hand.path("none.key"), &secret),
        NOT_POSSIBLE,
        &["none.key: No such file"],
    );
    says(
        &sign(&hand.path("demand.toml"), &secret),
        NOT_POSSIBLE,
        &["others than its owner can read", "chmod go="],
    );
    says(
        &sign(&hand.path("police.key"), &secret),
        NOT_POSSIBLE,
        &["not a key file", "lagrum key new"],
    );
    let confirm = ["--confirm", "ann@hand.example"];
    let unasked = hand.run(&[&["approve", &case, "--key", &olof], &confirm[..]].concat());
    says(
        &unasked,
        NOT_POSSIBLE,
        &["no terminal", "--passphrase-file"],
    );
    let unread = hand.run(&[
        "approve",
        &case,
        "--key",
        &olof,
        "--passphrase-file",
        &secret,
    ]);
    says(&unread, NOT_POSSIBLE, &["nothing was signed", "--confirm"]);
    let outsider = hand.path("outsider.key");
    hand.anywhere(&[
        "key",
        "new",
        &outsider,
        "--name",
        "hand.example/out",
        "--passphrase-file",
        &secret,
    ])
    .ok();
    says(
        &sign(&outsider, &secret),
        NOT_POSSIBLE,
        &[
            "hand.example/out",
            "does not belong to anybody on the roster",
            "operator",
        ],
    );
    sign(&olof, &secret).ok();
    let events = hand.json(&["case", &case])["events"].clone();
    let again = sign(&olof, &secret).ok().out;
    assert!(again.contains("One more person has to sign"), "{again}");
    assert_eq!(hand.json(&["case", &case])["events"], events);
    assert_eq!(hand.json(&["case", &case])["state"], "partly-approved");
}

#[test]
fn an_agent_that_cannot_work_says_why_and_the_case_waits() {
    let hand = Hand::ready();
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    // The store is gone.
    let (mail, away) = (
        hand.path("provider/agents/stockholm/mail/ann"),
        hand.path("away"),
    );
    fs::rename(&mail, &away).unwrap();
    let ran = hand.run(&["agent", "run"]);
    assert_eq!(ran.code, Some(AGENT_REFUSED), "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("refused") && ran.out.contains("stands in the region"),
        "{}",
        ran.out
    );
    let news = hand.run(&["settle"]).ok().out;
    assert!(
        news.contains("did not produce") && news.contains("unreachable"),
        "{news}"
    );
    assert_eq!(hand.json(&["case", &case])["state"], "not-produced");
    says(
        &hand.run(&["deliver", &case]),
        NOT_POSSIBLE,
        &["Nothing has been produced"],
    );
    // It is back: the same mandate is carried out.
    fs::rename(&away, &mail).unwrap();
    hand.run(&["agent", "run"]).ok();
    hand.run(&["settle"]).ok();
    assert_eq!(hand.json(&["case", &case])["state"], "produced");
    // Mistakes in the agent's own file.
    let settings = "provider/agents/lulea/agent.toml";
    let right = fs::read_to_string(hand.path(settings)).unwrap();
    for (wrong, parts) in [
        (
            right.replace("roster.toml", "rooster.toml"),
            ["`roster` of agent.toml", "rooster.toml: No such file"],
        ),
        (
            right.replace("[[account]]", "[account]"),
            ["lulea/agent.toml", "double brackets"],
        ),
    ] {
        assert_ne!(wrong, right);
        hand.write(settings, wrong);
        says(&hand.run(&["agent", "run"]), NOT_POSSIBLE, &parts);
    }
    hand.write(settings, right.replace("exchange/lulea", "exchange/lule"));
    let told = hand.run(&["agent", "run"]).ok().err;
    let named = told.contains("exchange/lule is not there") && told.contains("region lulea");
    assert!(named, "{told}");
    hand.write(settings, right);
    hand.append(settings, "\n[[source]]\nkind = \"floppy\"\n");
    says(
        &hand.run(&["agent", "run"]),
        NOT_POSSIBLE,
        &["lulea/agent.toml", "floppy"],
    );
}
