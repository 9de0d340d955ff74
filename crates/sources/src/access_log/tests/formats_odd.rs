//! Logs that are not as they should be, and such as others wrote.

use std::path::Path;

use jiff::tz::Offset;
use proptest::prelude::*;

use super::formats::{dovecot, found, local, log, log_of, opened, searched, truth};
use super::*;

#[test]
fn lines_of_syslog_that_name_no_year_are_read_only_with_the_operators_word() {
    let text = log(|event| {
        format!(
            "{} mx dovecot: {}",
            local(event.at, "Europe/Stockholm", "%b %e %H:%M:%S"),
            dovecot(event)
        )
    });
    let store = Store::new(&[("l.log", text.as_bytes())]);
    let rip = "fields.traffic = [\"rip\"]\n";
    // Without it nobody knows when: a person decides, and nothing is produced.
    let (counts, taken) = searched(&log_of(store.0.path(), "dovecot", rip)).expect("searched");
    assert_eq!((counts.selected, counts.for_review), (0, 14), "{taken:?}");
    for (more, field) in [
        ("zone = \"Europe/Stockholm\"", "year"),
        ("year = 2026", "zone"),
        ("zone = \"Europe/Kvist\"\nyear = 2026", "zone"),
        ("zone = \"Europe/Stockholm\"\nyear = \"soon\"", "year"),
        ("zone = \"Europe/Stockholm\"\nyear = 26", "year"),
    ] {
        let Err(error) = opened(store.0.path(), "dovecot", &format!("{more}\n{rip}")) else {
            panic!("{more}")
        };
        assert!(
            error.to_string().contains(&format!("field `{field}`")),
            "{error}"
        );
    }
    let within = format!("zone = \"Europe/Stockholm\"\nyear = \"within-a-year\"\n{rip}");
    let (_, taken) = searched(&log_of(store.0.path(), "dovecot", &within)).expect("searched");
    assert_eq!(found(&taken, "rip"), truth());
    // A log that goes over New Year twice is older than the operator says.
    let old = format!("Oct  1 12:00:00 mx dovecot: x: y\n{text}");
    let store = Store::new(&[(
        "l.log",
        [old.as_bytes(), b"Feb  1 12:00:00 mx dovecot: x: y\n"]
            .concat()
            .as_slice(),
    )]);
    let error = searched(&log_of(store.0.path(), "dovecot", &within)).expect_err("older");
    assert!(error.to_string().contains("year is not certain"), "{error}");
}

#[test]
fn an_hour_that_a_clock_has_twice_is_for_a_person_only_at_a_border() {
    let line = |at: &str| {
        format!("{at} mx dovecot: imap-login: Login: user=<alder@kvist.example>, rip=192.0.2.1\n")
    };
    let text = line("Oct 25 01:30:00") + &line("Oct 25 02:30:00") + &line("Oct 25 03:30:00");
    let store = Store::new(&[("l.log", text.as_bytes())]);
    let more = "zone = \"Europe/Stockholm\"\nyear = 2025\nfields.traffic = [\"rip\"]\n";
    let text = text.replace("Oct 25", "Oct 26");
    write(&store.0.path().join("l.log"), text.as_bytes());
    let log = log_of(store.0.path(), "dovecot", more);
    for (from, until, selected, for_review) in [
        ("2025-10-26T00:00:00Z", "2025-10-26T02:00:00Z", 1, 0),
        ("2025-10-26T00:00:00Z", "2025-10-26T01:00:00Z", 0, 1),
        ("2025-10-26T02:00:00Z", "2025-10-27T00:00:00Z", 1, 0),
        ("2025-10-25T23:00:00Z", "2025-10-27T00:00:00Z", 3, 0),
    ] {
        let asked = Asked {
            wanted: Some(WANTED),
            category: Category::Traffic,
            period: period(from, until),
        };
        let mut taken = Taken::default();
        let result = log
            .answer(&[asked], run(), &mut taken)
            .expect("searched")
            .remove(0);
        let SearchResult::Searched(counts) = result else {
            panic!("not searched")
        };
        assert_eq!(
            (counts.selected, counts.for_review),
            (selected, for_review),
            "{from} {until}"
        );
    }
}

#[test]
fn a_row_within_a_field_of_a_table_is_no_row() {
    let csv = "account_field = \"who\"\ntime_field = \"when\"\ntime_format = \"rfc3339\"\nfields.traffic = [\"ip\"]\n";
    let real = "2026-03-02T00:00:00Z,alder@kvist.example,192.0.2.1";
    let forged = "2026-03-02T00:00:00Z,alder@kvist.example,192.0.2.66";
    for (text, produced) in [
        // Somebody else's field holds a line end and what looks like a row.
        (
            format!("when,who,ip\n{real}\n2026-03-02T00:00:00Z,birch,\"x\n{forged}\n\"\n{real}\n"),
            2,
        ),
        // Behind a mark that stands where none may, nothing is certain.
        (
            format!("when,who,ip\n{real}\n2026-03-02T00:00:00Z,bi\"rch,x\n{real}\n"),
            1,
        ),
        (
            format!("when,who,ip\n{real}\n2026-03-02T00:00:00Z,\"birch\"x,x\n{real}\n"),
            1,
        ),
        // Another number of fields.
        (format!("when,who,ip\n{real},more\n{real}\n"), 1),
    ] {
        let store = Store::new(&[("l.log", text.as_bytes())]);
        let (counts, taken) = searched(&log_of(store.0.path(), "csv", csv)).expect("searched");
        assert_eq!(counts.selected, produced, "{text} {taken:?}");
        assert!(counts.for_review > 0, "{text}");
        assert!(
            found(&taken, "ip").iter().all(|(_, ip)| ip == "192.0.2.1"),
            "{text}"
        );
    }
    let store = Store::new(&[("l.log", real.as_bytes())]);
    let error = searched(&log_of(store.0.path(), "csv", csv)).expect_err("no names");
    assert!(error.to_string().contains("no column `who`"), "{error}");
}

#[test]
fn a_line_says_whose_it_is_once_and_a_file_of_another_form_is_refused() {
    let line = |more: &str| {
        format!(
            "2026-03-02T00:00:00Z mx dovecot: imap-login: Login: user=<birch@kvist.example>, rip=192.0.2.1{more}\n"
        )
    };
    // A name that somebody tried holds what looks like another field.
    let text = line("") + &line(", user=<alder@kvist.example>");
    let store = Store::new(&[("l.log", text.as_bytes())]);
    let rip = "fields.traffic = [\"rip\"]\n";
    let (counts, _) = searched(&log_of(store.0.path(), "dovecot", rip)).expect("searched");
    assert_eq!((counts.selected, counts.for_review), (0, 1));
    for (kind, more, text) in [
        (
            "combined",
            "fields.traffic = [\"address\"]\n",
            "{\"a\":1}\n{\"a\":2}\n",
        ),
        (
            "dovecot",
            rip,
            "192.0.2.1 - - [10/Oct/2025:13:55:36 -0700] \"GET / HTTP/1.0\" 200 1\n1.2.3.4 x\n",
        ),
    ] {
        let store = Store::new(&[("l.log", text.as_bytes())]);
        let error = searched(&log_of(store.0.path(), kind, more)).expect_err(kind);
        assert!(
            error
                .to_string()
                .contains("none of its 2 lines is a line of"),
            "{error}"
        );
    }
}

#[test]
fn a_mailbox_that_a_mail_log_mentions_often_is_told_with_a_few_lines() {
    let mut text = "2026-03-02T00:00:00Z mx postfix/smtpd[1]: 4F1A2B3C: client=a[192.0.2.1], sasl_username=birch@kvist.example\n".to_owned();
    for number in 0..50 {
        text += &format!(
            "2026-03-02T00:00:01Z mx postfix/qmgr[2]: 4F1A2B3C{number}: from=<alder@kvist.example>, size=1, nrcpt=1 (queue active)\n"
        );
    }
    let store = Store::new(&[("l.log", text.as_bytes())]);
    let (counts, taken) = searched(&log_of(
        store.0.path(),
        "postfix",
        "fields.traffic = [\"rip\"]\n",
    ))
    .expect("searched");
    assert_eq!((counts.selected, counts.for_review), (0, 21));
    assert!(
        taken.reviews[20].1.starts_with("30 more lines"),
        "{:?}",
        taken.reviews[20]
    );
}

#[test]
fn what_a_kind_says_itself_is_not_written_again() {
    let base = TempDir::new().expect("a directory");
    write(&base.path().join("l.log"), b"");
    let fields = "fields.traffic = [\"ip\"]\n";
    for (kind, more, field) in [
        ("dovecot", "account_field = \"user\"", "account_field"),
        ("combined", "time_field = \"time\"", "time_field"),
        ("combined", "time_format = \"rfc3339\"", "time_format"),
        (
            "combined",
            "zone = \"Europe/Stockholm\"\nyear = 2026",
            "zone",
        ),
        ("combined", "columns = [\"a\"]", "columns"),
        ("combined", "address_field = \"address\"", "address_field"),
        ("postfix", "address_field = \"rip\"", "address_field"),
        ("syslog", "", "account_field"),
        ("journal", "", "account_field"),
        (
            "csv",
            "account_field = \"a\"\ntime_field = \"b\"",
            "time_format",
        ),
        (
            "csv",
            "account_field = \"a\"\ntime_field = \"b\"\ntime_format = \"rfc3339\"\ncolumns = [\"a\"]",
            "columns",
        ),
        (
            "csv",
            "account_field = \"a\"\ntime_field = \"b\"\ntime_format = \"rfc3339\"\nseparator = \"x\"",
            "separator",
        ),
    ] {
        let Err(error) = opened(base.path(), kind, &format!("{more}\n{fields}")) else {
            panic!("{kind} {more}")
        };
        assert!(
            error.to_string().contains(&format!("field `{field}`")),
            "{error}"
        );
    }
    let source = opened(base.path(), "dovecot", fields).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(source.about().kind, "access-log-dovecot");
}

/// Where logs of others lie.
fn shared() -> Option<PathBuf> {
    let shared = std::env::var_os("LAGRUM_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let logs = shared.join("logs");
    if logs.is_dir() {
        return Some(logs);
    }
    println!("SKIPPED: ../shared/data/logs is not there");
    None
}

#[test]
fn logs_that_nobody_of_us_wrote_are_read_to_the_last_line() {
    let Some(logs) = shared() else { return };
    let path = logs.join("elastic/apache_access.log");
    let text = std::fs::read_to_string(&path).expect("a log");
    let more = format!("paths = [{path:?}]\nfields.traffic = [\"address\", \"time\"]\n");
    let (counts, _) = searched(&log_of(&logs, "combined", &more)).expect("searched");
    // What can be seen in it with another program: no line of it names anybody.
    assert_eq!(counts.examined, text.lines().count() as u64);
    assert!(counts.unreadable < 5, "{counts:?}");
    assert_eq!(
        counts.covers.map(|covers| covers.first),
        Some(super::at("2015-05-17T10:05:00Z"))
    );
    let path = logs.join("loghub/OpenSSH_2k.log");
    let text = std::fs::read_to_string(&path).expect("a log");
    let theirs = text
        .lines()
        .filter(|line| line.trim_end().ends_with("user=root"))
        .count();
    assert!(theirs > 100);
    let more = format!(
        "paths = [{path:?}]\nzone = \"UTC\"\nyear = 2015\naccount_field = \"user\"\nfields.traffic = [\"rhost\", \"time\"]\n"
    );
    let log = log_of(&logs, "syslog", &more);
    let mut taken = Taken::default();
    let asked = Asked {
        wanted: Some(Wanted::Exact("root")),
        category: Category::Traffic,
        period: period("2015-12-01T00:00:00Z", "2016-01-01T00:00:00Z"),
    };
    let result = log
        .answer(&[asked], run(), &mut taken)
        .expect("searched")
        .remove(0);
    let SearchResult::Searched(counts) = result else {
        panic!("not searched")
    };
    assert_eq!(counts.selected, theirs as u64);
    assert_eq!(counts.unreadable, 0);
}

proptest! {
    /// Whatever a line holds, it is read as what it is or not at all, and nothing of it panics.
    #[test]
    fn no_line_is_a_danger(bytes in prop::collection::vec(any::<u8>(), 0..200), number in 0..6_usize) {
        let beginnings = ["", "Mar  5 01:02:03 mx dovecot: ", "<1>1 2026-03-05T00:00:00Z a b c d ", "2026-03-05T00:00:00Z mx postfix/smtpd[1]: ", "1.2.3.4 - a [10/Oct/2025:13:55:36 -0700] \"", "{\"MESSAGE\":\""];
        let line = [beginnings[number].as_bytes(), &bytes].concat();
        let names = ["user", "time", "rip"].map(str::to_owned);
        let offset = Offset::UTC.to_time_zone();
        let clock = Some(super::super::clock::Clock { zone: offset, year: super::super::clock::Year::WithinAYear });
        let table = format::Table { separator: b',', columns: None };
        for format in [
            Format::Combined,
            Format::Journal,
            Format::Csv(table, TimeFormat::Rfc3339),
            Format::Syslog(clock.clone(), format::Message::Dovecot),
            Format::Syslog(clock.clone(), format::Message::Postfix),
            Format::Syslog(clock, format::Message::Pairs),
        ] {
            let mut reading = format.reading(run().now, None);
            let _ = reading.line(&line, &names);
            let _ = reading.line(&line, &names);
        }
    }
}
