use std::collections::BTreeMap;

use std::path::PathBuf;

use tempfile::TempDir;

use super::search::Ahead;
use super::*;
use crate::{Counts, Record, Review, Withheld};
use lagrum_model::{Covered, Gap};
use lagrum_source::SinkError;

mod files;
mod formats;
mod formats_odd;
mod odd;

use crate::testing::{Taken, at, gzip, period, run, write, zstandard};

const WANTED: Wanted<'static> = Wanted::Email("alder@kvist.example");

const LINES: &str = r#"{"time":"2026-02-28T23:59:59Z","user":"alder@kvist.example","ip":"192.0.2.1","action":"login"}
{"time":"2026-03-01T00:00:00Z","user":"Alder@Kvist.example","ip":"192.0.2.2","action":"login"}
{"time":"2026-03-02T00:00:00Z","user":"birch@kvist.example","ip":"192.0.2.3","action":"alder@kvist.example"}

{"time":"2026-03-03T01:00:00+01:00","user":"al\u0064er@kvist.example","ip":"192.0.2.4","secret":1}
{"time":"2026-03-04 00:00","user":"alder@kvist.example","ip":"192.0.2.5"}
{"user":"alder@kvist.example","ip":"192.0.2.6"}
{"time":"2026-03-05T00:00:00Z","user":"alder@kvist.example","ip":
Mar  5 00:00:00 sshd: something else
{"time":"1970-01-01T00:00:00Z","user":"alder@kvist.example"}
{"time":"2026-03-06T00:00:00Z","user":["alder@kvist.example"]}
{"time":"2026-03-07T00:00:00Z","user":"x","user":"alder@kvist.example"}
{"time":"2026-04-01T00:00:00Z","user":"alder@kvist.example","ip":"192.0.2.7"}
"#;

struct Store(TempDir);

impl Store {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let store = Self(TempDir::new().expect("a directory"));
        for (name, bytes) in files {
            write(&store.0.path().join(name), bytes);
        }
        store
    }

    fn open(&self, paths: &[&str]) -> AccessLog {
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        let config = AccessLogConfig {
            id: "logins".into(),
            paths: paths.iter().map(PathBuf::from).collect(),
            account_field: "user".into(),
            time_field: "time".into(),
            time_format: Some(TimeFormat::Rfc3339),
            address_field: Some("ip".into()),
            port_field: None,
            fields: BTreeMap::from([
                (Category::Identification, names(&["time", "ip"])),
                (Category::Traffic, names(&["action", "time", "ip"])),
            ]),
            ..AccessLogConfig::default()
        };
        AccessLog::open(&config, self.0.path(), None).expect("opened")
    }

    fn run(
        &self,
        paths: &[&str],
        category: Category,
    ) -> Result<(SearchResult, Taken), SourceError> {
        let found = self.run_ahead(paths, category, Ahead::default());
        // Read ahead in whatever pieces, it says the same.
        for piece in [1, 50, 4096] {
            let ahead = self.run_ahead(paths, category, Ahead { from: 0, piece });
            match (&found, &ahead) {
                (Ok(found), Ok(ahead)) => assert_eq!(found, ahead, "pieces of {piece}"),
                (Err(found), Err(ahead)) => assert_eq!(found.to_string(), ahead.to_string()),
                _ => panic!("{found:?} in one go, {ahead:?} in pieces of {piece}"),
            }
        }
        found
    }

    fn run_ahead(
        &self,
        paths: &[&str],
        category: Category,
        ahead: Ahead,
    ) -> Result<(SearchResult, Taken), SourceError> {
        let period = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
        let mut taken = Taken::default();
        let asked = Asked {
            wanted: Some(WANTED),
            category,
            period,
        };
        let mut log = self.open(paths);
        log.ahead = ahead;
        let mut results = log.answer(&[asked], run(), &mut taken)?;
        Ok((results.remove(0), taken))
    }
}

fn gaps(between: &[(&str, &str)]) -> Vec<Gap> {
    let gap = |(from, until): &(&str, &str)| Gap {
        from: at(from),
        until: at(until),
    };
    between.iter().map(gap).collect()
}

#[test]
fn only_the_accounts_lines_of_the_period_leave_and_of_them_only_the_fields_of_the_category() {
    let store = Store::new(&[("login.jsonl", LINES.as_bytes())]);
    let (outcome, taken) = store
        .run(&["login.jsonl"], Category::Identification)
        .expect("searched");
    let SearchResult::Searched(counts) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        counts,
        Counts {
            examined: 12,
            selected: 2,
            repeated: 0,
            for_review: 8,
            unreadable: 1,
            removed: 0,
            bytes: 0,
            covers: Some(Covered {
                first: at("2026-02-28T23:59:59Z"),
                last: at("2026-04-01T00:00:00Z"),
            }),
            gaps: gaps(&[
                ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
                ("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
                ("2026-03-03T00:00:00Z", "2026-03-06T00:00:00Z"),
                ("2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z"),
                ("2026-03-07T00:00:00Z", "2026-04-01T00:00:00Z"),
            ]),
            absent: vec![],
        }
    );
    let records: Vec<_> = taken
        .records
        .iter()
        .map(|(locator, dated, fields)| format!("{locator} | {} | {fields}", dated.expect("dated")))
        .collect();
    assert_eq!(
        records,
        [
            r#"login.jsonl line 2 | 2026-03-01T00:00:00Z | {"time":"2026-03-01T00:00:00Z","ip":"192.0.2.2"}"#,
            r#"login.jsonl line 5 | 2026-03-03T00:00:00Z | {"time":"2026-03-03T01:00:00+01:00","ip":"192.0.2.4"}"#,
        ]
    );
    assert_eq!(
        taken.review_locators(),
        // Line 3 is somebody else's and mentions the account; line 9 is nobody's, which is told last.
        [3, 6, 7, 8, 10, 11, 12, 9].map(|line| format!("login.jsonl line {line}"))
    );
    assert_eq!(taken.reviews[1].2.as_deref(), Some("2026-03-04 00:00"));
    assert_eq!(taken.records[0].1, Some(at("2026-03-01T00:00:00Z")));
    let (_, traffic) = store
        .run(&["login.jsonl"], Category::Traffic)
        .expect("searched");
    assert_eq!(
        traffic.records[0].2,
        r#"{"action":"login","time":"2026-03-01T00:00:00Z","ip":"192.0.2.2"}"#
    );
}

#[test]
fn what_the_log_does_not_serve_is_said() {
    let store = Store::new(&[("login.jsonl", LINES.as_bytes())]);
    let (outcome, taken) = store
        .run(&["login.jsonl"], Category::Content)
        .expect("answered");
    assert_eq!(outcome, SearchResult::NO_SUCH_CATEGORY);
    assert_eq!(taken, Taken::default());
}

#[test]
fn an_alias_is_named_and_not_followed() {
    let store = Store::new(&[("login.jsonl", LINES.as_bytes())]);
    let period = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
    let wanted = Wanted::Email("info@kvist.example");
    let log = store.open(&["login.jsonl"]);
    let asked = Asked {
        wanted: Some(wanted),
        category: Category::Traffic,
        period,
    };
    let results = log.answer(&[asked], run(), &mut Taken::default());
    assert_eq!(
        results.expect("answered"),
        [SearchResult::Alias {
            of: "alder@kvist.example".into()
        }]
    );
}

#[test]
fn rotated_and_compressed_files_are_read_in_the_order_of_the_configuration() {
    let (old, new) = LINES.split_at(LINES.find("\n\n").expect("an empty line") + 2);
    let store = Store::new(&[
        ("login.jsonl.2.zst", &zstandard(old.as_bytes())),
        ("login.jsonl.1", &gzip(new.as_bytes())),
        (
            "login.jsonl",
            b"\xef\xbb\xbf{\"time\":\"2026-03-09T00:00:00Z\",\"user\":\"alder@kvist.example\"}",
        ),
    ]);
    let paths = ["login.jsonl.2.zst", "login.jsonl.1", "login.jsonl"];
    let (_, taken) = store.run(&paths, Category::Traffic).expect("searched");
    let locators: Vec<_> = taken
        .records
        .iter()
        .map(|record| record.0.as_str())
        .collect();
    assert_eq!(
        locators,
        [
            "login.jsonl.2.zst line 2",
            "login.jsonl.1 line 1",
            "login.jsonl line 1"
        ]
    );
}

#[test]
fn a_log_that_is_missing_or_cut_off_is_an_error() {
    let whole = gzip(LINES.as_bytes());
    let frame = zstandard(LINES.as_bytes());
    let store = Store::new(&[
        ("whole.gz", &whole),
        ("cut.gz", &whole[..whole.len() - 1]),
        ("early.gz", &whole[..whole.len() / 2]),
        ("cut.zst", &frame[..frame.len() - 1]),
        ("empty.gz", b""),
        ("empty.jsonl", b""),
    ]);
    assert!(
        store
            .run(&["whole.gz", "empty.jsonl"], Category::Traffic)
            .is_ok()
    );
    for bad in ["cut.gz", "early.gz", "cut.zst", "empty.gz", "nowhere.jsonl"] {
        let error = store
            .run(&["whole.gz", bad], Category::Traffic)
            .expect_err(bad)
            .to_string();
        assert!(error.contains(bad), "{error}");
    }
}

/// What each order of a search was given.
#[derive(Default)]
struct ByOrder(BTreeMap<usize, Taken>);

impl Sink for ByOrder {
    fn item(
        &mut self,
        order: usize,
        item: &crate::Item<'_>,
        content: &mut dyn std::io::Read,
    ) -> Result<(), SinkError> {
        self.0.entry(order).or_default().item(order, item, content)
    }
    fn record(&mut self, order: usize, record: &Record<'_>) -> Result<(), SinkError> {
        self.0.entry(order).or_default().record(order, record)
    }
    fn for_review(
        &mut self,
        order: usize,
        review: &Review<'_>,
        withheld: Option<Withheld<'_>>,
    ) -> Result<(), SinkError> {
        let taken = self.0.entry(order).or_default();
        taken.for_review(order, review, withheld)
    }
}

/// Bytes that this thread asked the system to read so far.
fn bytes_read() -> u64 {
    let io = std::fs::read_to_string("/proc/thread-self/io").expect("Linux counts");
    let line = io.lines().find_map(|line| line.strip_prefix("rchar: "));
    line.and_then(|count| count.parse().ok()).expect("a number")
}

#[test]
fn a_mandate_of_twenty_accounts_and_two_categories_reads_the_log_once() {
    let account = |number: u64| format!("account{number}@kvist.example");
    let names: Vec<_> = (0..20).map(account).collect();
    let mut log = String::new();
    for number in 0..6_000_u64 {
        // Some accounts that nobody asked for, some lines for a person, some of nobody.
        let whose = account(number % 30);
        let line = match number % 97 {
            0 => format!("{{\"user\":\"{whose}\",\"ip\":\"192.0.2.1\"}}\n"),
            1 => format!("{{\"user\":\"{whose}\",\"time\":\n"),
            2 => "something else\n".to_owned(),
            _ => format!(
                "{{\"time\":\"2026-0{}-03T00:00:00Z\",\"user\":\"{whose}\",\"ip\":\"192.0.2.9\",\"action\":\"login\"}}\n",
                1 + number / 30 % 5
            ),
        };
        log.push_str(&line);
    }
    let store = Store::new(&[("login.jsonl", log.as_bytes())]);
    let source = store.open(&["login.jsonl"]);
    let asked = || {
        names.iter().flat_map(|name| {
            [Category::Identification, Category::Traffic].map(|category| Asked {
                wanted: Some(Wanted::Email(name)),
                category,
                period: period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
            })
        })
    };
    let together: Vec<_> = asked().collect();
    assert_eq!(together.len(), 40);
    let mut by_order = ByOrder::default();
    let before = bytes_read();
    let results = source
        .answer(&together, run(), &mut by_order)
        .expect("searched");
    let read = bytes_read() - before;
    let size = log.len() as u64;
    assert!(
        read >= size && read < size + (64 << 10),
        "read {read} bytes of a log of {size}"
    );

    // Each order gets what it would get alone.
    for (order, alone) in asked().enumerate() {
        let mut taken = Taken::default();
        let result = source
            .answer(&[alone], run(), &mut taken)
            .expect("searched");
        assert_eq!(results[order], result[0], "order {order}");
        assert_eq!(by_order.0[&order], taken, "order {order}");
        let SearchResult::Searched(ref counts) = result[0] else {
            panic!("{result:?}")
        };
        assert!(counts.selected > 20 && counts.for_review > 3 && counts.unreadable > 50);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    /// Each search of the test is made in one go and in pieces, and compared.
    #[test]
    fn whatever_a_log_holds_and_however_its_lines_end_it_is_read_ahead_as_from_line_to_line(
        lines in proptest::collection::vec((0..14_usize, 0..6_usize), 0..80),
    ) {
        let known: Vec<_> = LINES.lines().collect();
        let mut log = Vec::new();
        for (line, end) in lines {
            let line = known.get(line).map_or(&b"{\"user\":null}"[..], |line| line.as_bytes());
            log.extend_from_slice(line);
            log.extend_from_slice([&b"\n"[..], b"\r\n", b"\r", b"\n\n", b"\0\0", b""][end]);
        }
        let store = Store::new(&[("login.jsonl", &log)]);
        let _ = store.run(&["login.jsonl"], Category::Traffic);
    }
}

#[test]
fn a_line_beyond_the_limit_is_the_same_read_ahead() {
    let long = vec![b'x'; lines::LIMIT + (1 << 20)];
    let line =
        "{\"time\":\"2026-03-03T00:00:00Z\",\"user\":\"alder@kvist.example\",\"ip\":\"1\"}\n";
    let log = [
        line.as_bytes(),
        &long,
        b"alder@kvist.example\n",
        line.as_bytes(),
    ]
    .concat();
    let store = Store::new(&[("login.jsonl", &log)]);
    let read = |piece| {
        let ahead = Ahead { from: 0, piece };
        let category = Category::Traffic;
        store
            .run_ahead(&["login.jsonl"], category, ahead)
            .expect("searched")
    };
    let one = store.run_ahead(
        &["login.jsonl"],
        Category::Traffic,
        Ahead {
            from: u64::MAX,
            piece: 1,
        },
    );
    let one = one.expect("searched");
    assert_eq!(one.1.review_locators(), ["login.jsonl line 2"]);
    assert_eq!(read(64 << 10), one);
    assert_eq!(read(40 << 20), one);
}

#[test]
fn a_log_of_short_lines_of_which_each_is_told_is_the_same_read_ahead() {
    let line =
        "{\"time\":\"2026-03-03T00:00:00Z\",\"user\":\"alder@kvist.example\",\"ip\":\"1\"}\n";
    let log = [
        "x\r\n".repeat(5_000),
        line.repeat(3),
        "\ny".repeat(3_000),
        line.into(),
    ]
    .concat();
    let store = Store::new(&[("login.jsonl", log.as_bytes())]);
    let read = |from, piece| {
        let ahead = Ahead { from, piece };
        let category = Category::Traffic;
        let found = store.run_ahead(&["login.jsonl"], category, ahead);
        found.expect("searched")
    };
    let one = read(u64::MAX, 1);
    assert_eq!(one.1.records.len(), 3);
    for piece in [4096, 8192, 1 << 20] {
        assert_eq!(read(0, piece), one, "pieces of {piece}");
    }
}

#[test]
fn a_search_that_is_ended_from_outside_has_no_result() {
    let line = "{\"time\":\"2026-03-03T00:00:00Z\",\"user\":\"alder@kvist.example\"}\n";
    let store = Store::new(&[("login.jsonl", line.repeat(5_000).as_bytes())]);
    let cancelled = std::sync::atomic::AtomicBool::new(true);
    let run = Run {
        cancelled: &cancelled,
        ..run()
    };
    let asked = Asked {
        wanted: Some(WANTED),
        category: Category::Traffic,
        period: period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
    };
    let mut log = store.open(&["login.jsonl"]);
    for from in [u64::MAX, 0] {
        log.ahead = Ahead { from, piece: 1000 };
        let result = log.answer(std::slice::from_ref(&asked), run, &mut Taken::default());
        assert!(matches!(result, Err(SourceError::Cancelled { .. })));
    }
}
