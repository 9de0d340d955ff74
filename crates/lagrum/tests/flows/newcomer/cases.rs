//! The casework: demands that cannot be read, steps in the wrong order, wrong keys.

use std::fs;

use rusqlite::Connection;

use super::{AGENT_REFUSED, NOT_POSSIBLE, says};
use crate::by_hand::Hand;

#[test]
fn what_cannot_be_read_is_kept_and_can_be_described_later() {
    let hand = Hand::ready();
    let scan: Vec<u8> = (0..4000_u32).map(|n| (n * 31 % 251) as u8 | 0x80).collect();
    let file = hand.write("scan.pdf", &scan);
    says(
        &hand.run(&["intake", &file]),
        NOT_POSSIBLE,
        &["who acts", "--as", "LAGRUM_AS"],
    );
    let taken = hand.by(&["intake", &file]).ok().out;
    assert!(
        taken.contains("Case 2026") || taken.contains("Case 20"),
        "{taken}"
    );
    assert!(
        taken.contains("is kept") && taken.contains("not UTF-8"),
        "{taken}"
    );
    assert!(taken.contains("lagrum intake --for 20"), "{taken}");
    // The same again is the same case.
    let again = hand.json(&["intake", &file]);
    let case = again["cases"][0]["case"].as_str().unwrap();
    assert!(taken.contains(case));
    assert_eq!(hand.json(&["cases"]).as_array().unwrap().len(), 1);
    // Every byte is there.
    let desk = Connection::open(hand.path("provider/desk/desk.sqlite")).unwrap();
    let kept: Vec<u8> = desk
        .query_row("select bytes from original", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, scan);
    drop(desk);

    let early = hand.by(&["authenticate", case, "--verified", "--how", "x"]);
    says(&early, NOT_POSSIBLE, &[case, "describe the demand first"]);
    says(
        &hand.by(&["intake", "--for", case, &file]),
        NOT_POSSIBLE,
        &["scan.pdf", "lagrum schema"],
    );
    let demand = hand.path("demand.toml");
    let nowhere = hand.by(&["intake", "--for", "2026-0099", &demand]);
    says(
        &nowhere,
        NOT_POSSIBLE,
        &["no case 2026-0099", "lagrum cases"],
    );
    hand.by(&["intake", "--for", case, &demand]).ok();
    assert_eq!(hand.json(&["case", case])["state"], "described");
    says(
        &hand.by(&["intake", &hand.path("none")]),
        NOT_POSSIBLE,
        &["none: No such file"],
    );
    // An original that a demand names has to lie beside it.
    let text = "original = \"lost.pdf\"\n".to_owned() + &hand.demand("AM-2-26");
    let file = hand.write("with-original.toml", text);
    says(
        &hand.by(&["intake", &file]),
        NOT_POSSIBLE,
        &["field `original`", "lost.pdf"],
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
            "\"lagrum-demand/1\"",
            "\"lagrum-demand/9\"",
            &["`format`", "lagrum-demand/1"],
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
            &["`scope.period`", "`until`", "later than `from`"],
        ),
        (
            "from = \"2026-01-01T00:00:00+01:00\"",
            "from = \"2026-01-01\"",
            &["`scope.period.from`"],
        ),
        (
            "categories = [\"content\"]",
            "categories = []",
            &["`scope.categories`", "at least one"],
        ),
        (
            "categories = [\"content\"]",
            "categories = [\"everything\"]",
            &["`scope.categories[0]`", "`content`"],
        ),
        (
            "ann@hand.example",
            "ann",
            &["`scope.identifiers[0].value`", "local@domain"],
        ),
        (
            "email-address",
            "shoe-size",
            &["`scope.identifiers[0]", "`email-address`"],
        ),
        ("[scope]", "[scope", &["not a demand file", "TOML"]),
    ] {
        assert!(demand.contains(right), "{right}");
        let file = hand.write("wrong.toml", demand.replacen(right, wrong, 1));
        let taken = hand.json(&["intake", &file]);
        let why = taken["cases"][0]["unreadable"]
            .as_str()
            .unwrap_or_else(|| panic!("{wrong}: {taken}"));
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
    let wrong = |arguments: &[&str], parts: &[&str]| says(&hand.by(arguments), NOT_POSSIBLE, parts);
    wrong(&["assess", case], &[case, "lagrum authenticate"]);
    wrong(&["decide", case], &[case, "lagrum assess"]);
    wrong(
        &["authenticate", case, "--verified", "--how", " "],
        &["how the sender was checked"],
    );
    wrong(&["close", case], &[case, "before the case is closed"]);
    wrong(
        &["deliver", case],
        &["Nothing has been produced", "lagrum agent run"],
    );
    let nobody = hand.run(&["authenticate", case, "--verified", "--how", "x"]);
    says(&nobody, NOT_POSSIBLE, &["who acts", "--as"]);
    hand.by(&["authenticate", case, "--verified", "--how", "called back"])
        .ok();
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
    says(
        &hand.run(&["assess", case]),
        NOT_POSSIBLE,
        &["who acts", "--as"],
    );
    hand.by(&["assess", case]).ok();
    let how = ["N=DISPOSITION", "challenge"];
    for part in ["reject", "0=reject", "1=maybe", "one=reject"] {
        wrong(&["decide", case, "--part", part], &[part, how[0], how[1]]);
    }
    wrong(
        &["decide", case, "--part", "9=reject"],
        &["part 9", "are 1 to 1"],
    );
    hand.by(&["decide", case]).ok();
    wrong(&["assess", case], &["already decided"]);
    wrong(
        &["authenticate", case, "--verified", "--how", "x"],
        &["before it is decided"],
    );
    wrong(&["deliver", case], &["Nothing has been produced"]);
    assert!(
        hand.run(&["agent", "run"])
            .ok()
            .out
            .contains("No mandate waits")
    );
    hand.approve(case, "olof").ok();
    wrong(&["close", case], &["have it signed", "decide again"]);
    hand.approve(case, "maja").ok();
    wrong(&["close", case], &["an agent still has a mandate"]);
    wrong(
        &["deliver", case],
        &["Nothing has been produced", "lagrum agent run"],
    );
    hand.run(&["agent", "run"]).ok();
    wrong(&["close", case], &["lagrum deliver"]);
    hand.by(&["deliver", case]).ok();
    hand.by(&["close", case]).ok();
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
    hand.by(&["authenticate", case, "--verified", "--how", "called back"])
        .ok();
    let found = hand.json(&["assess", case]);
    assert_ne!(found["parts"][0]["finding"]["disposition"], "produce");
    let laxer = hand.by(&["decide", case, "--part", "1=produce"]);
    says(&laxer, NOT_POSSIBLE, &[case, "Part 1"]);
    assert_eq!(hand.json(&["case", case])["state"], "assessed");
    // Stricter is always possible.
    hand.by(&[
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
        hand.run(&["approve", &case, "--key", key, "--passphrase-file", file])
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
        &["not a key file", "lagrum key new"],
    );
    says(
        &sign(&hand.path("police.key"), &secret),
        NOT_POSSIBLE,
        &["not a key file", "lagrum key new"],
    );
    let unasked = hand.run(&["approve", &case, "--key", &olof]);
    says(
        &unasked,
        NOT_POSSIBLE,
        &["no terminal", "--passphrase-file"],
    );
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
        &["hand.example/out", "not on the roster", "operator"],
    );
    sign(&olof, &secret).ok();
    says(
        &sign(&olof, &secret),
        NOT_POSSIBLE,
        &[&case, "no mandate waits", "Olof Strand"],
    );
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
        ran.out.contains("refused") && ran.out.contains("ann"),
        "{}",
        ran.out
    );
    assert_eq!(hand.json(&["case", &case])["state"], "not-produced");
    says(
        &hand.by(&["deliver", &case]),
        NOT_POSSIBLE,
        &["Nothing has been produced"],
    );
    // It is back: the same mandate is carried out.
    fs::rename(&away, &mail).unwrap();
    hand.run(&["agent", "run"]).ok();
    assert_eq!(hand.json(&["case", &case])["state"], "produced");
    // A mistake in the agent's own file.
    hand.append(
        "provider/agents/lulea/agent.toml",
        "\n[[source]]\nkind = \"floppy\"\n",
    );
    says(
        &hand.run(&["agent", "run"]),
        NOT_POSSIBLE,
        &["lulea/agent.toml", "floppy"],
    );
}
