//! Rows and their tables, and rows without a date.

use lagrum_durable::Scratch;

use jiff::{SignedDuration, Timestamp};
use lagrum_mandate::testing::account;
use lagrum_mandate::{AnswersRef, DemandAnswers};
use lagrum_model::testing::ACCOUNT;
use lagrum_model::{AccountIdentifier, DateRule};

use super::super::*;
use crate::testing::InMemory;
use crate::{Search, SearchOutcome};

const ROWS: &str = r#"{"identifier":{"kind":"email-address","value":"bjork@kvist.example"},"category":"traffic","dated":"2026-01-05T10:00:00Z","fields":{"ip":"192.0.2.1","port":4711,"note":null}}
{"identifier":{"kind":"email-address","value":"bjork@kvist.example"},"category":"traffic","dated":"2026-01-06T10:00:00Z","fields":{"ip":"192.0.2.2","agent":"a \"quoted\", one","tags":["x","y"]}}
"#;

/// The same as a table, columns in the order in which they are met.
const TABLE: &str = r#"identifier,dated,ip,port,note,agent,tags
bjork@kvist.example,2026-01-05T10:00:00Z,192.0.2.1,4711,,,
bjork@kvist.example,2026-01-06T10:00:00Z,192.0.2.2,,,"a ""quoted"", one","[""x"",""y""]"
"#;

fn somebody() -> AccountIdentifier {
    account(ACCOUNT)
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn mandate() -> Mandate {
    Mandate {
        categories: vec![Category::Traffic, Category::Subscriber],
        ..lagrum_mandate::testing::mandate()
    }
}

/// A package that agrees with itself, with these items; each has its category and its kind.
fn package(items: &[(&str, &str, Category)]) -> InMemory {
    package_of(&mandate(), None, items)
}

/// The same of this mandate, whose statement has these answers.
fn package_of(
    mandate: &Mandate,
    answers: Option<DemandAnswers>,
    items: &[(&str, &str, Category)],
) -> InMemory {
    let statement = statement(mandate, answers, items);
    package_with(mandate, &statement, items)
}

/// What a package with these items says of itself.
fn statement(
    mandate: &Mandate,
    answers: Option<DemandAnswers>,
    items: &[(&str, &str, Category)],
) -> Statement {
    let produced = items
        .iter()
        .filter(|(path, ..)| !path.ends_with(".csv"))
        .map(|(path, content, _)| match path.ends_with(".jsonl") {
            true => content.lines().count() as u64,
            false => 1,
        })
        .sum();
    Statement {
        answers,
        mandate: mandate.digest(),
        region: mandate.region.clone(),
        began_at: instant("2026-11-21T12:00:00Z"),
        ended_at: instant("2026-11-21T12:01:00Z"),
        searches: vec![Search {
            identifier: somebody(),
            category: Category::Traffic,
            source: "logins".into(),
            date_rule: DateRule::EventTime,
            limited: None,
            outcome: SearchOutcome::Searched {
                produced,
                repeated: 0,
                for_review: 0,
                unreadable: 0,
                removed: 0,
                covers: None,
                gaps: vec![],
                absent: vec![],
            },
        }],
        released: None,
    }
}

fn package_with(
    mandate: &Mandate,
    statement: &Statement,
    items: &[(&str, &str, Category)],
) -> InMemory {
    package_stored(mandate, statement, items, None)
}

/// The same, in whose manifest the store says this of the date of each.
fn package_stored(
    mandate: &Mandate,
    statement: &Statement,
    items: &[(&str, &str, Category)],
    stored: Option<&str>,
) -> InMemory {
    let manifest: String = items
        .iter()
        .map(|(path, content, category)| {
            let line = ManifestLine {
                path: (*path).into(),
                sha256: Sha256Digest::of(content.as_bytes()),
                length: content.len() as u64,
                kind: match path.rsplit_once('.') {
                    Some((_, "csv")) => ItemKind::RecordsCsv,
                    Some((_, "jsonl")) => ItemKind::RecordsJson,
                    Some((_, "eml")) => ItemKind::Message,
                    _ => ItemKind::Object,
                },
                identifier: somebody(),
                category: *category,
                source: "logins".into(),
                name: None,
                media_type: None,
                dated: match path.rsplit_once('.') {
                    Some((_, "eml")) => Some(instant("2026-01-05T10:00:00Z")),
                    Some((_, "inside")) => Some(instant("2026-01-05T10:00:00Z")),
                    Some((_, "outside")) => Some(instant("2026-02-01T00:00:00Z")),
                    _ => None,
                },
                dated_as_stored: stored.map(str::to_owned),
                released: None,
            };
            serde_json::to_string(&line).unwrap() + "\n"
        })
        .collect();
    let items = items
        .iter()
        .map(|(path, content, _)| ((*path).to_owned(), content.as_bytes().to_vec()));
    InMemory::sealed(
        mandate.to_text().as_bytes(),
        &serde_json::to_vec(statement).unwrap(),
        manifest.as_bytes(),
        items,
    )
}

fn judge(items: &[(&str, &str, Category)]) -> Result<Checked, String> {
    judged(&mut package(items))
}

fn judged(package: &mut InMemory) -> Result<Checked, String> {
    let scratch = Scratch::new(&std::env::temp_dir());
    let checked = check(package, &Against::Itself, &scratch, &mut KeepNothing);
    checked.map_err(|e| e.to_string())
}

#[test]
fn a_package_tells_of_the_rest_of_the_demand_exactly_what_its_mandate_names() {
    let answers = |answer: &str| -> DemandAnswers {
        let part = serde_json::json!({
            "identifier": {"kind": "email-address", "value": "a@b.example"},
            "category": "content", "answer": answer, "by": [0],
        });
        let rule = serde_json::json!({"rule": "se.x", "cite": "RB 1:1", "says": "It forbids it."});
        let whole = serde_json::json!({"parts": [part], "rules": [rule]});
        serde_json::from_value(whole).unwrap()
    };
    let said = answers("reject");
    let names = Mandate {
        answers: Some(AnswersRef {
            sha256: said.digest(),
            here: vec![],
        }),
        ..mandate()
    };
    let of = |mandate: &Mandate, answers| judged(&mut package_of(mandate, answers, &[]));
    assert!(of(&names, Some(said.clone())).is_ok());
    let mut torn = said.clone();
    torn.rules[0].says = "It permits it.".into();
    for (mandate, answers, says) in [
        (
            &names,
            Some(answers("produce")),
            "not what the mandate names",
        ),
        (&names, Some(torn), "not what the mandate names"),
        (&names, None, "is missing"),
        (&mandate(), Some(said), "does not name it"),
    ] {
        let why = of(mandate, answers).unwrap_err();
        assert!(why.contains(says), "{why}");
    }
}

#[test]
fn a_package_that_was_made_outside_the_life_of_its_mandate_is_refused() {
    let (from, until) = (mandate().issued_at, mandate().expires_at);
    let judge = |began: Timestamp, ended: Timestamp| {
        let mut statement = statement(&mandate(), None, &[]);
        (statement.began_at, statement.ended_at) = (began, ended);
        judged(&mut package_with(&mandate(), &statement, &[]))
    };
    let second = SignedDuration::from_secs(1);
    assert!(judge(from, until - second).is_ok());
    // The desk's clock may be a little ahead of the agent's, and no more.
    assert!(judge(from - CLOCK_TOLERANCE, from).is_ok());
    for (began, ended) in [
        (from, until),
        (until, until + second),
        (until + second, from),
        (from - CLOCK_TOLERANCE - second, from),
        (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH),
    ] {
        let why = judge(began, ended).unwrap_err();
        assert!(why.contains("and its mandate lived from"), "{why}");
    }
}

#[test]
fn a_message_is_held_against_the_date_that_the_statement_names_and_no_other() {
    const IN: &str = "Mon, 05 Jan 2026 11:00:00 +0100";
    const OUT: &str = "Mon, 05 Jan 2025 11:00:00 +0100";
    let message = |received: &str, date: &str| {
        format!("Received: by mx.example; {received}\r\nDate: {date}\r\n\r\ntext\r\n")
    };
    let mandate = Mandate {
        categories: vec![Category::Content],
        ..mandate()
    };
    let judge = |rule: DateRule, message: &str, stored: Option<&str>| {
        let items = [("items/logins/000001.eml", message, Category::Content)];
        let mut statement = statement(&mandate, None, &items);
        statement.searches[0].category = Category::Content;
        statement.searches[0].date_rule = rule;
        judged(&mut package_stored(&mandate, &statement, &items, stored))
    };
    let (header_in, received_in) = (message(OUT, IN), message(IN, OUT));
    let (header, received) = (DateRule::MessageDate, DateRule::ReceivedField);
    let (internal, delivered) = (DateRule::InternalDate, DateRule::DeliveryTime);
    for (rule, message, stored) in [
        (header, &header_in, None),
        (received, &received_in, None),
        (
            internal,
            &message(OUT, OUT),
            Some(" 5-Jan-2026 11:00:00 +0100"),
        ),
        (internal, &message(OUT, OUT), Some("1767607200")),
        (delivered, &message(OUT, OUT), Some("1767607200")),
    ] {
        let judged = judge(rule, message, stored);
        assert!(judged.is_ok(), "{rule} {judged:?}");
    }
    for (rule, message, stored, says) in [
        (header, &received_in, None, "date outside"),
        (received, &header_in, None, "date outside"),
        (internal, &message(IN, IN), None, "is missing"),
        (delivered, &message(IN, IN), None, "is missing"),
        (
            internal,
            &message(IN, IN),
            Some(" 5-Jan-2025 11:00:00 +0100"),
            "date outside",
        ),
        (
            delivered,
            &message(IN, IN),
            Some("1736071200"),
            "date outside",
        ),
        // What does not decide, nobody ordered.
        (
            header,
            &header_in,
            Some("1767607200"),
            "which does not decide",
        ),
        (
            received,
            &received_in,
            Some("1767607200"),
            "which does not decide",
        ),
        // Inside, and not what the manifest says beside it.
        (
            delivered,
            &message(IN, IN),
            Some("1767607201"),
            "not the one that the store says",
        ),
        (
            DateRule::EventTime,
            &message(IN, IN),
            None,
            "no date of messages",
        ),
    ] {
        let why = judge(rule, message, stored).unwrap_err();
        assert!(why.contains(says), "{rule} {stored:?}: {why}");
    }
}

#[test]
fn two_dates_never_decide_in_one_source() {
    let mut statement = statement(&mandate(), None, &[]);
    statement.searches.push(statement.searches[0].clone());
    statement.searches[1].date_rule = DateRule::PresentState;
    let why = judged(&mut package_with(&mandate(), &statement, &[])).unwrap_err();
    assert!(why.contains("two dates"), "{why}");
}

fn with_table(table: &str) -> Result<Checked, String> {
    judge(&[
        ("records/logins-traffic-0001.jsonl", ROWS, Category::Traffic),
        ("records/logins-traffic-0001.csv", table, Category::Traffic),
    ])
}

#[test]
fn rows_and_a_table_that_says_the_same_are_accepted() {
    assert_eq!(with_table(TABLE).unwrap().rows, 2);
    // Nobody needs the order of columns, and an empty cell is an empty cell.
    let other_order = "identifier,dated,tags,note,agent,port,ip\n\
        bjork@kvist.example,2026-01-05T10:00:00Z,,,,4711,192.0.2.1\n\
        bjork@kvist.example,2026-01-06T10:00:00Z,\"[\"\"x\"\",\"\"y\"\"]\",,\"a \"\"quoted\"\", one\",,192.0.2.2\n";
    with_table(other_order).unwrap();
}

#[test]
fn a_table_that_says_anything_else_than_its_rows_is_refused() {
    let (heading, rows) = TABLE.split_once('\n').unwrap();
    let (first, second) = rows.split_once('\n').unwrap();
    let changed = [
        TABLE.replace("192.0.2.2", "192.0.2.3"),
        TABLE.replace("2026-01-06", "2026-01-07"),
        TABLE
            .replacen("bjork@", "birch@", 2)
            .replacen("birch@", "bjork@", 1),
        TABLE.replace("4711,,,", ",4711,,"),
        TABLE.replace("4711,,,", "4711,secret,,"),
        TABLE.replace("note", "other"),
        TABLE
            .replace(",tags", ",tags,more")
            .replace(",,,\n", ",,,,\n")
            .replace("]\"\n", "]\",\n"),
        format!("{heading}\n{first}\n"),
        format!("{heading}\n{second}{first}\n"),
        format!("{TABLE}{first}\n"),
        format!("{TABLE}secret\n"),
        String::new(),
        heading.to_owned(),
        TABLE.replace("identifier,dated", "dated,identifier"),
    ];
    for table in changed {
        let why = with_table(&table).expect_err(&table);
        assert!(why.contains("records/logins-traffic-0001.csv"), "{why}");
    }
}

#[test]
fn values_are_compared_to_the_digit_and_cells_as_a_spreadsheet_may_have_them() {
    let row = |fields: &str| {
        ROWS.lines()
            .next()
            .unwrap()
            .split_once("\"fields\"")
            .unwrap()
            .0
            .to_owned()
            + &format!("\"fields\":{fields}}}\n")
    };
    let judge = |fields: &str, cell: &str| {
        let table =
            format!("identifier,dated,x\nbjork@kvist.example,2026-01-05T10:00:00Z,{cell}\n");
        judge(&[
            ("records/a.jsonl", &row(fields), Category::Traffic),
            ("records/a.csv", &table, Category::Traffic),
        ])
    };
    for (fields, cell) in [
        (
            r#"{"x":340282366920938463463374607431768211455}"#,
            "340282366920938463463374607431768211455",
        ),
        (r#"{"x":0.10}"#, "0.10"),
        (r#"{"x":{"a":1,"a":2}}"#, r#""{""a"":1,""a"":2}""#),
        (r#"{"x":"=1+1"}"#, "'=1+1"),
        (r#"{"x":"a;=1+1"}"#, "a;'=1+1"),
        (r#"{"x":-5}"#, "-5"),
    ] {
        judge(fields, cell).expect(fields);
    }
    for (fields, cell) in [
        (
            r#"{"x":340282366920938463463374607431768211455}"#,
            "3.402823669209385e38",
        ),
        (r#"{"x":0.10}"#, "0.1"),
        (r#"{"x":"=1+1"}"#, "=1+1"),
        (r#"{"x":"a;=1+1"}"#, "a;=1+1"),
        (r#"{"x":1,"x":2}"#, "2"),
    ] {
        judge(fields, cell).expect_err(fields);
    }
}

#[test]
fn rows_come_with_their_table_and_a_table_with_its_rows() {
    let rows = ("records/a.jsonl", ROWS, Category::Traffic);
    let table = ("records/a.csv", TABLE, Category::Traffic);
    let other = ("records/b.csv", TABLE, Category::Traffic);
    let again = ("records/b.jsonl", ROWS, Category::Traffic);
    judge(&[rows, table]).unwrap();
    for (items, says) in [
        (&[rows][..], "table of the last rows is missing"),
        (&[table], "without the rows"),
        (&[table, rows], "without the rows"),
        (&[rows, other], "not the table of the rows before it"),
        (&[rows, again, table], "missing"),
        (&[rows, table, other], "without the rows"),
    ] {
        let why = judge(items).unwrap_err();
        assert!(why.contains(says), "{why}");
    }
}

#[test]
fn only_a_subscriber_record_may_have_no_date() {
    let row = |category: &str| {
        format!(
            "{{\"identifier\":{{\"kind\":\"email-address\",\"value\":\"bjork@kvist.example\"}},\"category\":\"{category}\",\"fields\":{{\"name\":\"B\"}}}}\n"
        )
    };
    let table = "identifier,dated,name\nbjork@kvist.example,,B\n";
    let judge = |category: Category| {
        let row = row(category.as_str());
        judge(&[
            ("records/a.jsonl", &row, category),
            ("records/a.csv", table, category),
        ])
    };
    assert_eq!(judge(Category::Subscriber).unwrap().rows, 1);
    let why = judge(Category::Traffic).unwrap_err();
    assert!(why.contains("a row has no date"), "{why}");
}

#[test]
fn an_object_that_no_reader_can_date_needs_a_date_of_its_source_in_the_period() {
    let object = |path: &'static str| judge(&[(path, "bytes", Category::Traffic)]);
    assert_eq!(object("items/files/000001.inside").unwrap().messages, 1);
    for path in ["items/files/000001.outside", "items/files/000001.bin"] {
        let why = object(path).unwrap_err();
        assert!(why.contains("date lies outside"), "{why}");
    }
}

#[test]
fn a_manifest_s_line_has_an_end() {
    let mut made = package(&[]);
    let endless = "0".repeat(MANIFEST_LINE_LIMIT as usize + 1);
    let digest = |bytes: &[u8]| Sha256Digest::of(bytes).to_string();
    let at = HEAD.iter().position(|name| *name == MANIFEST).unwrap();
    let (_, manifest) = &mut made.0[at];
    let (old, new) = (digest(manifest), digest(endless.as_bytes()));
    *manifest = endless.into_bytes();
    let (_, seal) = &mut made.0[HEAD.len() - 1];
    *seal = String::from_utf8_lossy(seal)
        .replace(&old, &new)
        .into_bytes();
    let scratch = Scratch::new(&std::env::temp_dir());
    let error = check(&mut made, &Against::Itself, &scratch, &mut KeepNothing).unwrap_err();
    assert!(error.to_string().contains("a line is longer"), "{error}");
}

/// Rows of which each has these fields, and a table of no row.
fn rows_with(fields: impl Iterator<Item = String>) -> String {
    let begin = ROWS.split_once("\"fields\"").unwrap().0;
    fields
        .map(|fields| format!("{begin}\"fields\":{{{fields}}}}}\n"))
        .collect()
}

#[test]
fn no_row_is_longer_or_wider_than_an_agent_writes_one() {
    let many = |count: usize| -> String {
        let all: Vec<_> = (0..count)
            .map(|number| format!("\"f{number}\":1"))
            .collect();
        all.join(",")
    };
    let refused = |rows: &str| {
        let rows = ("records/a.jsonl", rows, Category::Traffic);
        judge(&[
            rows,
            ("records/a.csv", "identifier,dated\n", Category::Traffic),
        ])
        .unwrap_err()
    };
    let long = format!("\"x\":\"{}\"", "x".repeat(crate::layout::ROW_LIMIT));
    let name = format!("\"{}\":1", "x".repeat(crate::layout::FIELD_NAME_LIMIT + 1));
    for (rows, says) in [
        (rows_with([long].into_iter()), "a row is longer than 10 MiB"),
        (rows_with([many(1001)].into_iter()), "more than 1000 fields"),
        (
            rows_with((0..1001).map(|number| format!("\"f{number}\":1"))),
            "more than 1000 fields",
        ),
        (rows_with([name].into_iter()), "longer than 1 KiB"),
    ] {
        let why = refused(&rows);
        assert!(why.contains(says), "{why}");
    }
    let names: Vec<_> = (0..1000).map(|number| format!("f{number}")).collect();
    let table = format!(
        "identifier,dated,{}\nbjork@kvist.example,2026-01-05T10:00:00Z{}\n",
        names.join(","),
        ",1".repeat(1000)
    );
    let rows = rows_with([many(1000)].into_iter());
    let widest = [
        ("records/a.jsonl", rows.as_str(), Category::Traffic),
        ("records/a.csv", &table, Category::Traffic),
    ];
    judge(&widest).expect("as wide as it may be");
}

#[test]
fn no_row_of_a_table_is_longer_or_wider_than_the_rows_before_it() {
    let (heading, _) = TABLE.split_once('\n').unwrap();
    for (table, says) in [
        (",".repeat(1 << 20), "more cells"),
        (format!("{heading}\n{}", ",".repeat(1 << 20)), "more cells"),
        (format!("{heading}\n,,\n"), "fewer cells"),
        (
            format!("{heading}\n\"{}", "x".repeat(crate::layout::ROW_LIMIT + 1)),
            "longer than 10 MiB",
        ),
        (
            "x".repeat(crate::layout::ROW_LIMIT + 1),
            "longer than 10 MiB",
        ),
    ] {
        let why = with_table(&table).expect_err(says);
        assert!(why.contains(says), "{why}");
    }
}
