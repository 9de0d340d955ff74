use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::Counts;
use crate::testing::{Taken, at, gzip, now, period, write, zstandard};

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
            time_format: TimeFormat::Rfc3339,
            fields: BTreeMap::from([
                (Category::Identification, names(&["time", "ip"])),
                (Category::Traffic, names(&["action", "time", "ip"])),
            ]),
        };
        let alias = (
            "info@kvist.example".to_owned(),
            "alder@kvist.example".to_owned(),
        );
        let aliases = Aliases::try_from(BTreeMap::from([alias])).expect("aliases");
        AccessLog::open(&config, self.0.path(), &aliases).expect("opened")
    }

    fn run(&self, paths: &[&str], category: Category) -> Result<(Outcome, Taken), SourceError> {
        let period = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
        let mut taken = Taken::default();
        let outcome = self
            .open(paths)
            .run(WANTED, category, &period, now(), &mut taken)?;
        Ok((outcome, taken))
    }
}

#[test]
fn only_the_accounts_lines_of_the_period_leave_and_of_them_only_the_fields_of_the_category() {
    let store = Store::new(&[("login.jsonl", LINES.as_bytes())]);
    let (outcome, taken) = store
        .run(&["login.jsonl"], Category::Identification)
        .expect("searched");
    let Outcome::Searched(counts) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        counts,
        Counts {
            examined: 12,
            selected: 2,
            for_review: 6,
            unreadable: 1,
            bytes: 0
        }
    );
    let records: Vec<_> = taken
        .records
        .iter()
        .map(|(locator, dated, fields)| {
            let fields = serde_json::to_string(fields).expect("json");
            format!("{locator} | {} | {fields}", dated.expect("dated"))
        })
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
        [6, 7, 8, 10, 11, 12].map(|line| format!("login.jsonl line {line}"))
    );
    assert_eq!(taken.reviews[0].2.as_deref(), Some("2026-03-04 00:00"));
    assert_eq!(taken.records[0].1, Some(at("2026-03-01T00:00:00Z")));
    let (_, traffic) = store
        .run(&["login.jsonl"], Category::Traffic)
        .expect("searched");
    let fields = serde_json::to_string(&traffic.records[0].2).expect("json");
    assert_eq!(
        fields,
        r#"{"action":"login","time":"2026-03-01T00:00:00Z","ip":"192.0.2.2"}"#
    );
}

#[test]
fn what_the_log_does_not_serve_is_said() {
    let store = Store::new(&[("login.jsonl", LINES.as_bytes())]);
    let (outcome, taken) = store
        .run(&["login.jsonl"], Category::Content)
        .expect("answered");
    assert_eq!(outcome, NO_SUCH_CATEGORY);
    assert_eq!(taken, Taken::default());
}

#[test]
fn an_alias_is_named_and_not_followed() {
    let store = Store::new(&[("login.jsonl", LINES.as_bytes())]);
    let period = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
    let wanted = Wanted::Email("info@kvist.example");
    let log = store.open(&["login.jsonl"]);
    let outcome = log.run(
        wanted,
        Category::Traffic,
        &period,
        now(),
        &mut Taken::default(),
    );
    assert_eq!(
        outcome.expect("answered"),
        Outcome::Alias {
            of: "alder@kvist.example".into()
        }
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

#[test]
fn a_line_without_end_is_an_error() {
    let store = Store::new(&[("login.jsonl", &vec![b'x'; (16 << 20) + 2])]);
    let error = store
        .run(&["login.jsonl"], Category::Traffic)
        .expect_err("long")
        .to_string();
    assert!(
        error.contains("login.jsonl line 1") && error.contains("16 MiB"),
        "{error}"
    );
}
