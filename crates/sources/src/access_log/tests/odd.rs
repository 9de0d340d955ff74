//! Logs that nobody expected. What a line is, the test knows that wrote it.

use super::*;

const ALDER: &str = "alder@kvist.example";

fn line(account: &str, event: &str) -> String {
    format!(
        "{{\"time\":\"2026-03-09T12:00:00Z\",\"user\":\"{account}\",\"ip\":\"192.0.2.7\",\"action\":\"{event}\"}}\n"
    )
}

fn search(files: &[(&str, &[u8])]) -> Result<(Counts, Taken), SourceError> {
    let store = Store::new(files);
    let paths: Vec<_> = files.iter().map(|(name, _)| *name).collect();
    searched(&store, &paths)
}

fn searched(store: &Store, paths: &[&str]) -> Result<(Counts, Taken), SourceError> {
    let (result, taken) = store.run(paths, Category::Traffic)?;
    let SearchResult::Searched(counts) = result else {
        panic!("{result:?}")
    };
    Ok((counts, taken))
}

fn refused(files: &[(&str, &[u8])]) -> String {
    search(files).expect_err("refused").to_string()
}

/// The events of the lines that were handed over.
fn events(taken: &Taken) -> Vec<String> {
    taken
        .records
        .iter()
        .map(|(.., fields)| {
            let fields: serde_json::Value = serde_json::from_str(fields).expect("json");
            fields["action"].as_str().expect("text").to_owned()
        })
        .collect()
}

#[test]
fn what_is_no_json_lines_is_refused_with_what_it_is() {
    let good = line(ALDER, "A").repeat(20);
    let utf_16 = |mark: &[u16], to: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = mark.iter().copied().chain(good.encode_utf16());
        units.flat_map(to).collect()
    };
    let combined =
        "192.0.2.0 - alder [09/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"UA\"\n";
    let tar = {
        let mut block = vec![0; 1024];
        block[..7].copy_from_slice(b"l.jsonl");
        block[257..262].copy_from_slice(b"ustar");
        block
    };
    for (bytes, says) in [
        (utf_16(&[0xfeff], u16::to_le_bytes), "UTF-16"),
        (utf_16(&[0xfeff], u16::to_be_bytes), "UTF-16"),
        (utf_16(&[], u16::to_le_bytes), "UTF-16"),
        (b"BZh91AY&SY".to_vec(), "packed with bzip2"),
        (b"\x04\x22\x4d\x18abc\ndef".to_vec(), "packed with lz4"),
        (b"PK\x03\x04".to_vec(), "zip archive"),
        (gzip(&gzip(good.as_bytes())), "packed with gzip"),
        (gzip(&tar), "tar archive"),
        (zstandard(b"\xfd7zXZ\0\0\x04"), "packed with xz"),
        (combined.repeat(3).into_bytes(), "combined format"),
        (b"time=1 user=alder\ntime=2 user=alder\n".to_vec(), "logfmt"),
        (b"time,user,ip\n1,alder,2\n".to_vec(), "a table"),
        (b"[\n{\"user\":\"x\"},\n".to_vec(), "several lines"),
        (b"{\n\"user\":\"x\"\n}\n".to_vec(), "several lines"),
        (b"\x81\x00\xff\n\xfe\x02\n".to_vec(), "none of its"),
    ] {
        let why = refused(&[("good.jsonl", good.as_bytes()), ("odd.log", &bytes)]);
        assert!(
            why.contains("odd.log") && why.contains(says),
            "{says}: {why}"
        );
    }
}

#[test]
fn lines_that_nobody_can_read_are_told_by_their_place() {
    let text = "plain text line\n".repeat(1000) + &line(ALDER, "A");
    let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!((counts.selected, counts.unreadable), (1, 1000));
    let [(locator, why, ..)] = taken.reviews.as_slice() else {
        panic!("{:?}", taken.reviews)
    };
    assert_eq!(locator, "l.jsonl line 1");
    assert!(
        why.contains("1000 of the 1001 lines") && why.contains("line 1000"),
        "{why}"
    );
    // One alone, too; a line that is being written is such a line.
    for odd in [
        "{\"time\":\"2026-03-0",
        "# log of kvist",
        "{'user': 'birch'}",
        "{}{}",
    ] {
        let text = line(ALDER, "A") + odd;
        let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
        assert_eq!((counts.selected, counts.unreadable), (1, 1), "{odd}");
        assert_eq!(taken.review_locators(), ["l.jsonl line 2"], "{odd}");
    }
}

#[test]
fn a_line_that_holds_the_account_elsewhere_is_before_a_person() {
    let nested = |place: &str| format!("{{\"time\":\"2026-03-09T12:00:00Z\",{place}}}\n");
    let good = line(ALDER, "A") + &line("birch@kvist.example", "B");
    for place in [
        r#""email":"alder@kvist.example""#,
        r#""user":null,"to":["x","Alder@Kvist.example"]"#,
        r#""user":"","a":{"b":{"c":"<alder@kvist.example>"}}"#,
        r#""user":"-","message":"login of alder@kvist.example failed""#,
        r#""user":{"email":"alder@kvist.example"}"#,
        r#""user":"alder","email":"al\u0064er@kvist.example""#,
        r#""user":"birch@kvist.example","on_behalf_of":"alder@kvist.example""#,
        r#""user":"alder@kvist.example\r""#,
        r#""user":"alder\u200b@kvist.example""#,
        r#""json":"{\"user\":\"alder@kvist.example\"}""#,
        // Known by another name.
        r#""login":"info@kvist.example""#,
    ] {
        let text = good.clone() + &nested(place);
        let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
        assert_eq!(taken.review_locators(), ["l.jsonl line 3"], "{place}");
        assert_eq!((counts.selected, counts.for_review), (1, 1), "{place}");
        // What certainly lies outside the period concerns nobody.
        let outside = text.replacen("2026-03-09", "2026-03-10", 2);
        let outside = outside.replace("2026-03-09", "2026-01-09");
        let (_, taken) = search(&[("l.jsonl", outside.as_bytes())]).expect("searched");
        assert_eq!(taken.review_locators(), [""; 0], "{place}");
    }
    for place in [
        r#""user":"birch@kvist.example","to":"balder@kvist.example""#,
        r#""user":"alder@kvist.example.evil""#,
        r#""user":null,"to":"birch@kvist.example""#,
    ] {
        let text = good.clone() + &nested(place);
        let (_, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
        assert_eq!(taken.review_locators(), [""; 0], "{place}");
    }
}

#[test]
fn many_lines_of_others_that_mention_the_account_are_told_by_number() {
    let other = "{\"time\":\"2026-03-09T12:00:00Z\",\"user\":\"birch@kvist.example\",\"to\":\"alder@kvist.example\"}\n";
    let text = line(ALDER, "A") + &other.repeat(500);
    let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!((counts.selected, counts.for_review), (1, 21));
    let (locator, why, ..) = &taken.reviews[20];
    assert_eq!(locator, "l.jsonl");
    assert!(
        why.contains("480 more") && why.contains("line 501"),
        "{why}"
    );
}

#[test]
fn a_name_that_the_agent_knows_for_the_account_is_the_account() {
    let text = line(ALDER, "BYNAME") + &line("Info@kvist.example", "BYALIAS");
    let (_, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(events(&taken), ["BYNAME", "BYALIAS"]);
    assert!(taken.reviews.is_empty());
}

#[test]
fn other_peoples_broken_lines_are_theirs() {
    let text = line(ALDER, "MINE")
        + r#"{"time":"2026-03-09T12:00:00Z","user":"ek@kvist.example","action":"UA \x22Mobile\x22"}
{"time":"2026-03-09T12:00:00Z","user":"-","action":"\xE5\xE4"}
{"time":"2026-03-09T12:00:00Z","user":"oak@kvist.example","action":"half \"}
"#;
    let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!((counts.selected, counts.unreadable), (1, 0));
    assert!(taken.reviews.is_empty(), "{:?}", taken.reviews);
    // The account's own broken lines are, however the name is escaped.
    for name in [
        "alder@kvist.example",
        r"al\x64er@kvist.example",
        r"\u0061lder\x40kvist.example",
    ] {
        let text = line(ALDER, "MINE")
            + &format!("{{\"user\":\"{name}\",\"action\":\"\\x22\",\"time\":1}}\n");
        let (_, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
        let [(locator, why, _, Some(_))] = taken.reviews.as_slice() else {
            panic!("{name}: {:?}", taken.reviews)
        };
        assert_eq!(locator, "l.jsonl line 2");
        assert!(why.contains("mentions the account"), "{why}");
    }
}

#[test]
fn a_configured_field_that_occurs_nowhere_is_refused_and_one_that_ends_is_told() {
    let renamed = |count| {
        line("birch@kvist.example", "B")
            .replace("user", "account")
            .repeat(count)
    };
    let why = refused(&[("l.jsonl", renamed(3).as_bytes())]);
    assert!(
        why.contains("account_field") && why.contains("`user`"),
        "{why}"
    );
    let other_time = line("birch@kvist.example", "B").replace("\"time\"", "\"ts\"");
    let why = refused(&[("l.jsonl", other_time.as_bytes())]);
    assert!(
        why.contains("time_field") && why.contains("`time`"),
        "{why}"
    );

    let text = line(ALDER, "A").repeat(5) + &renamed(30);
    let (_, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(taken.review_locators(), ["l.jsonl line 6"]);
    assert!(
        taken.reviews[0].1.contains("another name"),
        "{:?}",
        taken.reviews
    );
    // A whole file of the rotation.
    let (old, new) = (line(ALDER, "A"), renamed(2));
    let files = [("l.jsonl.1", old.as_bytes()), ("l.jsonl", new.as_bytes())];
    let (_, taken) = search(&files).expect("searched");
    assert_eq!(taken.review_locators(), ["l.jsonl"]);
    // Visitors without a name come and go.
    let visitor = "{\"time\":\"2026-03-09T12:00:00Z\",\"ip\":\"192.0.2.9\"}\n";
    let text = (visitor.repeat(30) + &line(ALDER, "A")).repeat(3) + &visitor.repeat(29);
    let (_, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(taken.review_locators(), [""; 0]);
}

#[test]
fn a_log_of_another_kind_of_name_has_no_answer_about_an_address() {
    let text = line("alder", "A") + &line("birch", "B") + &line("4711", "C");
    let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!((counts.selected, counts.for_review), (0, 2));
    // The name without its domain, and the log itself.
    let told = &taken.reviews;
    assert!(told[0].1.contains("like the account's name"), "{told:?}");
    assert!(told[1].1.contains("no address"), "{told:?}");
    let text = text + &line("birch@kvist.example", "B");
    let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!((counts.selected, counts.for_review), (0, 1));
    assert_eq!(taken.review_locators(), ["l.jsonl line 1"]);
}

#[test]
fn a_handed_over_field_that_no_line_has_is_told() {
    let text = line(ALDER, "A").replace("\"ip\"", "\"remote_ip\"");
    let (counts, _) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(counts.absent, ["ip"]);
    // Of what is handed over, that is; not of other people's lines.
    let text = text + &line("birch@kvist.example", "B");
    let (counts, _) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(counts.absent, ["ip"]);
    let text = text + &line(ALDER, "A");
    let (counts, _) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(counts.absent, [""; 0]);
}

#[test]
fn values_are_handed_over_as_they_are_written() {
    for value in [
        "340282366920938463463374607431768211455",
        "0.12345678901234567890",
        "-0",
        "1E+400",
        r#"{"ip":"192.0.2.1","ip":"192.0.2.99"}"#,
        r#"[ 1,  {"a":1.50} ]"#,
        r#""\u00e5\/\ud800""#,
        "18446744073709551616",
    ] {
        let text = line(ALDER, "A").replace("\"A\"", value);
        let (_, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
        let [(.., fields)] = taken.records.as_slice() else {
            panic!("{value}: {taken:?}")
        };
        assert!(
            fields.starts_with(&format!("{{\"action\":{value},")),
            "{fields}"
        );
    }
}

#[test]
fn holes_and_marks_take_no_line_away() {
    let two = line(ALDER, "ONE") + &line(ALDER, "TWO");
    let mut hole = vec![0; 1 << 20];
    hole.extend_from_slice(two.as_bytes());
    let mut middle = line(ALDER, "ONE").into_bytes();
    middle.extend_from_slice(b"{\"time\":\"2026-03-09T12");
    middle.extend_from_slice(&[0; 4096]);
    middle.extend_from_slice(line(ALDER, "TWO").as_bytes());
    let mark = b"\xef\xbb\xbf";
    let joined = [
        mark,
        line(ALDER, "ONE").as_bytes(),
        mark,
        line(ALDER, "TWO").as_bytes(),
    ]
    .concat();
    let sequence = two.replace("{\"time", "\u{1e}{\"time");
    for (what, bytes, reviews) in [
        ("a hole before", hole.clone(), 0),
        ("a packed hole", gzip(&hole), 0),
        ("a hole in a line", middle, 1),
        ("a hole behind", [two.as_bytes(), &[0; 4096]].concat(), 0),
        ("marks", joined, 0),
        ("separators", sequence.into_bytes(), 0),
        ("CR", two.replace('\n', "\r").into_bytes(), 0),
        ("CR LF", two.replace('\n', "\r\n").into_bytes(), 0),
    ] {
        let (_, taken) = search(&[("l.jsonl", &bytes)]).expect(what);
        assert_eq!(events(&taken), ["ONE", "TWO"], "{what}");
        assert_eq!(taken.reviews.len(), reviews, "{what}: {:?}", taken.reviews);
    }
}

#[test]
fn what_lies_beside_the_log_is_told_and_patterns_take_it_in() {
    let of = |day: &str, event: &str| {
        let line = line(ALDER, event).replace("2026-03-09", day);
        line.into_bytes()
    };
    let store = Store::new(&[
        ("l.jsonl.2.gz", &gzip(&of("2026-03-09", "OLDEST"))),
        ("l.jsonl.1", &of("2026-07-09", "OLD")),
        ("l.jsonl", &of("2026-08-09", "NEW")),
        ("error.jsonl.1", b"no log of ours"),
    ]);
    let paths = ["l.jsonl.1", "l.jsonl"];
    let (counts, taken) = searched(&store, &paths).expect("searched");
    assert_eq!(taken.review_locators(), ["l.jsonl.2.gz"]);
    assert_eq!(
        counts.covers,
        Some(Covered {
            first: at("2026-07-09T12:00:00Z"),
            last: at("2026-08-09T12:00:00Z"),
        })
    );
    let (counts, taken) = searched(&store, &["l.jsonl*"]).expect("searched");
    assert_eq!(events(&taken), ["OLDEST"]);
    assert!(taken.reviews.is_empty());
    assert_eq!(counts.examined, 3);
    // A name beside the pattern that it matches is read once.
    let (counts, _) = searched(&store, &["l.jsonl", "l.jsonl*"]).expect("searched");
    assert_eq!(counts.examined, 3);
    std::os::unix::fs::symlink("/etc/passwd", store.0.path().join("l.jsonl.3")).expect("a link");
    let (_, taken) = searched(&store, &["l.jsonl*"]).expect("searched");
    assert_eq!(taken.review_locators(), ["l.jsonl.3"]);
    let why = searched(&store, &["x*"])
        .expect_err("nothing there")
        .to_string();
    assert!(why.contains("x*"), "{why}");
}

#[test]
fn a_line_or_a_row_beyond_the_limit_is_before_a_person() {
    let long = |account: &str, length: usize| line(account, &"x".repeat(length));
    let text = line(ALDER, "A")
        + &long(ALDER, 17 << 20)
        + &long("birch@kvist.example", 17 << 20)
        + &long(ALDER, 5 << 20)
        + &line(ALDER, "B");
    let (counts, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(events(&taken), ["A", "B"]);
    assert_eq!(
        taken.review_locators(),
        ["l.jsonl line 2", "l.jsonl line 4", "l.jsonl line 3"]
    );
    assert!(taken.reviews[0].1.contains("16 MiB") && taken.reviews[1].1.contains("4 MiB"));
    assert_eq!(counts.unreadable, 1, "the neighbour's");
    // The name at the end of such a line is seen as well.
    let late = format!(
        "{{\"x\":\"{}\",\"user\":\"{ALDER}\"}}\n",
        "x".repeat(17 << 20)
    );
    let text = line(ALDER, "A") + &late;
    let (_, taken) = search(&[("l.jsonl", text.as_bytes())]).expect("searched");
    assert_eq!(taken.review_locators(), ["l.jsonl line 2"]);
}
