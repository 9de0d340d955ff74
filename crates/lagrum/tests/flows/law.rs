//! The law on the command line: the warrant of 2013 through the years, and clocks that run in a case.

use std::fs;
use std::path::Path;

use crate::by_hand::Hand;
use crate::support::Ran;

const EXAMPLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/examples/warrant-of-2013"
);

fn example(name: &str) -> String {
    let path = Path::new(EXAMPLE).join(name);
    path.to_str().unwrap().to_owned()
}

/// A day as an English page writes it.
fn in_words(day: &str) -> String {
    let day: jiff::civil::Date = day.parse().unwrap();
    day.strftime("%-d %B %Y").to_string()
}

/// The memo on the warrant, as the law stood on a day; without a desk.
fn memo(hand: &Hand, day: &str, language: &str) -> String {
    let received = format!("received={day}T09:00:00Z");
    hand.anywhere(&[
        "assess",
        &example("demand.toml"),
        "--holding",
        &example("subscriber.toml"),
        "--holding",
        &example("content.toml"),
        "--as-of",
        day,
        "--memo",
        "--lang",
        language,
        "--moment",
        &received,
    ])
    .ok()
    .out
    // A memo is wrapped for reading; what it says does not depend on where.
    .split_whitespace()
    .collect::<Vec<_>>()
    .join(" ")
}

#[test]
fn the_warrant_of_2013_gives_four_memos_each_with_its_sources() {
    let hand = Hand::people();
    let channel = "Treaty on Mutual Legal Assistance in Criminal Matters between the United States and Ireland of 18 January 2001";
    let statute = "18 U.S.C. §§ 2703(a), 2713; us.sca.content.warrant.abroad";
    let fourteen = "us.clock.comity.fourteen-days. Verified:";
    for (day, there, not_there) in [
        (
            "2013-12-04",
            &["us.sca.content.abroad.contested", "moves to vacate"][..],
            &[statute, fourteen, "Second Circuit", "2016/679"][..],
        ),
        (
            "2016-07-15",
            &[
                "Microsoft Corp. v. United States, 829 F.3d 197 (2d Cir., 14 July 2016)",
                "binds in the Second Circuit",
            ],
            &[statute, fourteen, "2016/679", "contested"],
        ),
        (
            "2018-03-24",
            &[
                statute,
                "Would otherwise be permitted by: Since the CLOUD Act",
                "provider.abroad.own-court",
            ],
            // No conflict with the law of a country that has an agreement was found: no motion, no clock.
            &["2016/679", "829 F.3d 197", fourteen],
        ),
        (
            "2026-11-20",
            &[
                statute,
                "Regulation (EU) 2016/679, Articles 44 and 48",
                "because two laws conflict",
            ],
            &["829 F.3d 197", "contested", fourteen],
        ),
    ] {
        let memo = memo(&hand, day, "en");
        for part in [
            "Produce: 1. Subscriber data of",
            "Challenge: 2. Content of",
            "18 U.S.C. § 2703(c)(1)(A), (B) and (d); us.sca.subscriber.other",
            channel,
            "section 75 of the Criminal Justice (Mutual Assistance) Act 2008",
            "not confirmed by counsel",
            "This is not legal advice",
            &format!("Law as of: {}", in_words(day)),
        ] {
            assert!(memo.contains(part), "{day}: `{part}` is missing in {memo}");
        }
        for part in there {
            assert!(memo.contains(part), "{day}: `{part}` is missing in {memo}");
        }
        for part in not_there {
            assert!(
                !memo.contains(part),
                "{day}: `{part}` is out of time in {memo}"
            );
        }
    }
}

#[test]
fn a_memo_speaks_one_language() {
    let hand = Hand::people();
    for (language, says) in [
        (
            "sv",
            &[
                "Rättens prövning begärs",
                "avtalet den 18 januari 2001",
                "Detta är inte juridisk rådgivning",
            ][..],
        ),
        (
            "da",
            &["Indbringes for retten", "traktaten af 18. januar 2001"],
        ),
    ] {
        let memo = memo(&hand, "2026-11-20", language);
        for part in says {
            assert!(memo.contains(part), "`{part}` is missing in {memo}");
        }
        for english in [
            "Ask through",
            "Forbidden",
            "promise",
            "not confirmed",
            "up to, not",
            "[",
            "the Union",
        ] {
            assert!(!memo.contains(english), "`{english}` in {memo}");
        }
    }
}

#[test]
fn what_changed_between_two_days_is_shown_with_its_provisions() {
    let hand = Hand::people();
    let ran = hand.anywhere(&[
        "law",
        "diff",
        "2016-07-15",
        "2026-11-20",
        &example("demand.toml"),
        "--stored-in",
        "IE",
    ]);
    let text = ran.ok().out;
    for part in [
        "- us.sca.content.abroad.second-circuit",
        "- us.sca.content.warrant.abroad",
        "- eu.gdpr.article-48.order",
        "(Regulation (EU) 2016/679, Articles 44 and 48)",
        "Challenge",
    ] {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
}

#[test]
fn every_name_of_the_list_can_be_explained_in_three_languages() {
    let hand = Hand::people();
    let all = hand.anywhere(&["--json", "law", "list"]).ok().json();
    let all = all.as_array().unwrap();
    assert!(all.len() > 180, "{}", all.len());
    for kind in ["permit", "forbid", "preserve", "clock", "notice"] {
        let one = all.iter().find(|one| one["is"] == kind).unwrap();
        let id = one["id"].as_str().unwrap();
        for (language, advice) in [
            ("en", "This is not legal advice"),
            ("sv", "Detta är inte juridisk rådgivning"),
            ("da", "ikke juridisk rådgivning"),
        ] {
            let text = hand
                .anywhere(&["law", "explain", id, "--lang", language])
                .ok()
                .out;
            assert!(text.starts_with(id) && text.contains(advice), "{text}");
        }
    }
    let ran = hand.anywhere(&["law", "explain", "us.nothing"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("lagrum law list"), "{}", ran.err);
}

/// A production order for content from Germany, and a preservation order, as described by hand.
pub fn european(hand: &Hand, kind: &str, reference: &str, notification: &str) -> String {
    // The authority's key is known as a German one.
    for region in ["lulea", "stockholm"] {
        let file = format!("provider/agents/{region}/recipients.toml");
        let known = fs::read_to_string(hand.path(&file)).unwrap();
        hand.write(&file, known.replace("\"SE\"", "\"DE\""));
    }
    hand.append(
        "provider/desk/authorities.toml",
        "\n[[authority]]\nname = \"Staatsanwaltschaft Berlin\"\ncountry = \"DE\"\nkind = \"prosecutor\"\ndomains = [\"polisen.example\"]\ntelephone = \"+49 30 555 01 04\"\n",
    );
    let demand = hand
        .demand(reference)
        .replace(
            "name = \"Polismyndigheten\"\ncountry = \"SE\"\nkind = \"police\"",
            "name = \"Staatsanwaltschaft Berlin\"\ncountry = \"DE\"\nkind = \"prosecutor\"",
        )
        .replace(
            "kind = \"court-decision\"\nmeasure = \"interception\"\ncountry = \"SE\"",
            &format!("kind = \"{kind}\"\ncountry = \"DE\"\n{notification}"),
        )
        .replace(
            "Rättegångsbalken 27 kap. 18 och 21 §§",
            "Regulation (EU) 2023/1543",
        )
        .replace("form = \"handwritten\"", "form = \"qualified\"")
        .replace("2026-03-02", "2026-11-02");
    hand.write(&format!("{reference}.toml"), demand)
}

pub fn taken(hand: &Hand, file: &str) -> String {
    let told = hand.json(&["intake", file]);
    assert_eq!(
        told["cases"][0]["unreadable"],
        serde_json::Value::Null,
        "{told}"
    );
    let case = told["cases"][0]["case"].as_str().unwrap().to_owned();
    hand.verified(&case);
    case
}

#[track_caller]
fn refused(ran: &Ran, part: &str) {
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.err.contains(part), "`{part}` is missing in {}", ran.err);
}

#[test]
fn an_order_waits_for_the_enforcing_authority_and_its_clocks_run() {
    let hand = Hand::ready();
    let file = european(
        &hand,
        "european-production-order",
        "WAIT-1",
        "notification = \"pending\"",
    );
    let case = taken(&hand, &file);
    let case = case.as_str();
    let found = hand.json(&["assess", case])["assessment"].clone();
    assert_eq!(
        found["parts"][0]["finding"]["disposition"], "wait",
        "{found}"
    );
    refused(&hand.run(&["decide", case]), "lagrum record");

    // The list tells what is due, and the case by which clock.
    let cases = hand.json(&["cases", "--by-deadline"])["cases"].clone();
    assert_eq!(cases[0]["case"], case);
    assert!(cases[0]["due"]["at"].is_string(), "{cases}");
    let text = hand.run(&["case", case]).ok().out;
    assert!(
        text.contains("Deadlines") && text.contains("Not before"),
        "{text}"
    );

    // What is recorded lies in the past, and is known from somewhere.
    let ahead = [
        "record",
        case,
        "cleared=2126-01-01T00:00:00Z",
        "--how",
        "letter",
    ];
    refused(&hand.run(&ahead), "in the future");
    refused(
        &hand.run(&[
            "record",
            case,
            "blessed=2026-11-03T00:00:00Z",
            "--how",
            "letter",
        ]),
        "`blessed` is not known",
    );
    let received = hand.json(&["case", case])["moments"]["received"][0].clone();
    let cleared = format!("cleared={}", received.as_str().unwrap());
    refused(
        &hand.run(&["record", case, &cleared, "--how", " "]),
        "how this is known",
    );
    let told = hand
        .run(&["record", case, &cleared, "--how", "their letter"])
        .ok()
        .err;
    assert!(told.contains(&format!("lagrum assess {case}")), "{told}");
    let found = hand.json(&["assess", case])["assessment"].clone();
    assert_eq!(
        found["parts"][0]["finding"]["disposition"], "produce",
        "{found}"
    );
    assert_eq!(
        hand.json(&["decide", case])["mandates"]
            .as_array()
            .unwrap()
            .len(),
        1
    );

    // Two sign it; then the authority refuses after all, and the agent finds no mandate any more.
    hand.approve(case, "olof").ok();
    hand.approve(case, "maja").ok();
    let refusal = cleared.replace("cleared", "refused");
    hand.run(&["record", case, &refusal, "--how", "their second letter"])
        .ok();
    assert_eq!(
        hand.run(&["--json", "agent", "run"]).ok().json(),
        serde_json::json!([])
    );
    refused(&hand.run(&["deliver", case]), "Nothing has been produced");
    hand.run(&["close", case]).ok();
}

#[test]
fn an_order_to_preserve_is_preserved_and_hands_nothing_over() {
    let hand = Hand::ready();
    let file = european(&hand, "european-preservation-order", "KEEP-1", "");
    let case = taken(&hand, &file);
    let case = case.as_str();
    let found = hand.json(&["assess", case])["assessment"].clone();
    let finding = &found["parts"][0]["finding"];
    assert_eq!(finding["disposition"], "preserve", "{found}");
    assert_eq!(
        finding["decided_by"][0]["rule"],
        "eu.2023-1543.preservation"
    );
    refused(
        &hand.run(&["decide", case, "--part", "1=produce", "--reason", "x"]),
        "never laxer",
    );
    let told = hand.run(&["decide", case]).ok().out;
    assert!(told.contains("Part 1: to be preserved"), "{told}");
    assert!(told.contains("keeps a sealed copy once two"), "{told}");
    assert_eq!(
        hand.run(&["--json", "agent", "run"]).ok().json(),
        serde_json::json!([])
    );
    // Nobody closes it before it is carried out.
    refused(&hand.run(&["close", case, "--duties-live-on"]), "sign");
    hand.approve(case, "olof").ok();
    hand.approve(case, "maja").ok();
    let ran = hand.run(&["--json", "agent", "run"]).ok().json();
    assert!(ran[0]["outcome"]["preserved"]["copy"].is_string(), "{ran}");
    hand.run(&["settle"]).ok();
    refused(&hand.run(&["deliver", case]), "othing");
    let text = hand.run(&["case", case]).ok().out;
    assert!(text.contains("Keep until"), "{text}");
    refused(&hand.run(&["close", case]), "Something still runs");
    let closed = hand.run(&["close", case, "--duties-live-on"]).ok().out;
    assert!(closed.contains("Keep until"), "{closed}");
    let due = hand.json(&["cases", "--by-deadline"])["cases"][0]["due"]["clock"].clone();
    assert_eq!(due, "eu.clock.preservation.sixty-days");
}

#[test]
fn what_needs_no_notification_is_handed_over_while_the_rest_waits() {
    let hand = Hand::ready();
    let file = european(
        &hand,
        "european-production-order",
        "PART-1",
        "notification = \"pending\"",
    );
    let both = std::fs::read_to_string(&file).unwrap().replace(
        "categories = [\"content\"]",
        "categories = [\"subscriber\", \"content\"]",
    );
    std::fs::write(&file, both).unwrap();
    let table = rusqlite::Connection::open(hand.path("provider/agents/stockholm/people.sqlite"));
    table
        .unwrap()
        .execute_batch("create table person (address text, name text); insert into person values ('ann@hand.example', 'Ann')")
        .unwrap();
    hand.append(
        "provider/agents/stockholm/agent.toml",
        "\n[[source]]\nkind = \"subscribers-sqlite\"\nid = \"people\"\ndatabase = \"people.sqlite\"\ntable = \"person\"\naccount_column = \"address\"\ncolumns = [\"address\", \"name\"]\n",
    );
    let case = taken(&hand, &file);
    let case = case.as_str();
    hand.run(&["assess", case]).ok();
    let due = hand.json(&["cases"])["cases"][0]["due"]["clock"].clone();
    assert_eq!(due, "eu.clock.production.not-notified");
    let decided = hand.json(&["decide", case]);
    assert_eq!(decided["waiting"], serde_json::json!([2]), "{decided}");
    let carried_out = |times: usize| {
        hand.approve(case, "olof").ok();
        hand.approve(case, "maja").ok();
        hand.run(&["agent", "run"]).ok();
        let told = hand.json(&["deliver", case]);
        assert_eq!(told["packages"].as_array().unwrap().len(), times, "{told}");
    };
    carried_out(1);
    // The officer who opens the first package reads what is not in it, and until when it waits.
    let packages = hand.json(&["deliver", case])["packages"].clone();
    let (key, to) = (hand.path("police.key"), hand.path("first"));
    let package = packages[0].as_str().unwrap();
    hand.anywhere(&["open", package, "--identity", &key, "--to", &to])
        .ok();
    let summary = fs::read_to_string(hand.path("first/SUMMARY.txt")).unwrap();
    for told in [
        "answers a part of your demand",
        "Content of ann@hand.example: not answered yet; it waits until",
        "Permitted by",
        "Olof Strand (analyst)",
    ] {
        assert!(summary.contains(told), "`{told}` is missing in\n{summary}");
    }
    let shown = hand.json(&["case", case]);
    assert_eq!(shown["state"], "waiting");
    refused(&hand.run(&["close", case]), "still pending");

    let received = shown["moments"]["received"][0].as_str().unwrap();
    let cleared = format!("cleared={received}");
    hand.run(&["record", case, &cleared, "--how", "their letter"])
        .ok();
    hand.run(&["assess", case]).ok();
    let decided = hand.json(&["decide", case]);
    assert_eq!(decided["waiting"], serde_json::json!([]), "{decided}");
    carried_out(2);
    hand.run(&["close", case, "--duties-live-on"]).ok();
    let state = hand.json(&["cases"])["cases"][0]["state"].clone();
    assert_eq!(
        state, "duties-run",
        "counsel owes a review of what was withheld"
    );
}
