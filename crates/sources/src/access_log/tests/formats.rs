//! Each form of a log, written by a generator that knows what it wrote; and logs that others wrote.

use std::path::Path;
use std::process::{Command, Stdio};

use jiff::tz::{Offset, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::Context;

/// What happened: when, who signed in, from where.
#[derive(Clone, Debug)]
struct Event {
    at: Timestamp,
    who: Option<&'static str>,
    from: String,
}

const NAMES: [Option<&str>; 3] = [
    Some("alder@kvist.example"),
    Some("birch@kvist.example"),
    None,
];

/// A second before, at, and a second behind each border of March 2026 (UTC), an hour and a day apart from them,
/// by each of three; in the order of time.
fn events() -> Vec<Event> {
    let mut events = Vec::new();
    for border in ["2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"] {
        for seconds in [-86_400, -3_600, -1, 0, 1, 3_600, 86_400] {
            for who in NAMES {
                let number = events.len();
                events.push(Event {
                    at: super::at(border) + SignedDuration::from_secs(seconds),
                    who,
                    from: format!("192.0.2.{number}"),
                });
            }
        }
    }
    events
}

/// When and from where the account came in March: what a search has to give.
fn truth() -> Vec<(Timestamp, String)> {
    let (from, until) = (
        super::at("2026-03-01T00:00:00Z"),
        super::at("2026-04-01T00:00:00Z"),
    );
    let theirs = events()
        .into_iter()
        .filter(|event| event.who == NAMES[0] && event.at >= from && event.at < until);
    theirs.map(|event| (event.at, event.from)).collect()
}

fn local(at: Timestamp, zone: &str, format: &str) -> String {
    let zone = TimeZoneDatabase::bundled().get(zone).expect("a zone");
    let (east, of_hour) = (
        zone.to_offset(at).seconds() / 60,
        zone.to_offset(at).seconds().abs() / 60,
    );
    let sign = if east < 0 { '-' } else { '+' };
    let (hours, minutes) = (of_hour / 60, of_hour % 60);
    let format = format
        .replace("%:z", &format!("{sign}{hours:02}:{minutes:02}"))
        .replace("%z", &format!("{sign}{hours:02}{minutes:02}"));
    zone.to_datetime(at).strftime(&format).to_string()
}

/// Writes all events, each as a line.
fn log(line: impl Fn(&Event) -> String) -> String {
    events().iter().map(|event| line(event) + "\n").collect()
}

/// Opens a log of this kind in `l.log*`.
fn opened(base: &Path, kind: &str, more: &str) -> Result<Box<dyn Source>, SourceError> {
    let paths = if more.contains("paths") {
        ""
    } else {
        "paths = [\"l.log\"]\n"
    };
    let text = format!("kind = \"access-log-{kind}\"\nid = \"logins\"\n{paths}{more}\n");
    let config: SourceConfig = toml::from_str(&text).expect("a configuration");
    let context = Context {
        base_directory: base,
    };
    super::super::open(&config, &context)
}

/// The same, as a log.
fn log_of(base: &Path, kind: &str, more: &str) -> AccessLog {
    let paths = if more.contains("paths") {
        ""
    } else {
        "paths = [\"l.log\"]\n"
    };
    let text = format!("id = \"logins\"\n{paths}{more}\n");
    let word = format!("access-log-{kind}");
    let kind = LogKind::ALL.iter().find(|(one, _)| *one == word);
    let config = AccessLogConfig {
        kind: kind.expect("a kind").1,
        ..toml::from_str(&text).expect("a configuration")
    };
    AccessLog::open(&config, base).expect("opened")
}

fn searched_for(log: &AccessLog, wanted: Wanted<'_>) -> Result<(Counts, Taken), SourceError> {
    let mut taken = Taken::default();
    let asked = Asked {
        wanted: Some(wanted),
        category: Category::Traffic,
        period: period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
    };
    let SearchResult::Searched(counts) = log.answer(&[asked], run(), &mut taken)?.remove(0) else {
        panic!("not searched")
    };
    Ok((counts, taken))
}

fn searched(log: &AccessLog) -> Result<(Counts, Taken), SourceError> {
    searched_for(log, WANTED)
}

/// Dates and addresses of what was handed over.
fn found(taken: &Taken, field: &str) -> Vec<(Timestamp, String)> {
    let record = |(_, dated, fields): &(String, Option<Timestamp>, String)| {
        let fields: serde_json::Value = serde_json::from_str(fields).expect("JSON");
        let address = fields[field].as_str().expect("an address").to_owned();
        (dated.expect("dated"), address)
    };
    taken.records.iter().map(record).collect()
}

fn user(event: &Event) -> &str {
    event.who.unwrap_or("-")
}

fn dovecot(event: &Event) -> String {
    let from = &event.from;
    match event.who {
        Some(user) => format!(
            "imap-login: Login: user=<{user}>, method=PLAIN, rip={from}, lip=10.0.0.1, mpid=1, TLS, session=<aB+{}>",
            event.at.as_second()
        ),
        None => format!(
            "imap-login: Disconnected (no auth attempts in 0 secs): user=<>, rip={from}, lip=10.0.0.1"
        ),
    }
}

fn postfix(event: &Event) -> String {
    let from = &event.from;
    match event.who {
        Some(user) => format!(
            "4F1A2B3C{}: client=home.example[{from}], sasl_method=PLAIN, sasl_username={user}",
            event.at.as_second()
        ),
        None => format!("connect from unknown[{from}]"),
    }
}

const STOCKHOLM: &str = "zone = \"Europe/Stockholm\"\nyear = 2026\n";

#[test]
fn each_form_of_a_log_gives_what_its_generator_wrote() {
    let zone = "Europe/Stockholm";
    let syslog = |event: &Event| local(event.at, zone, "%b %e %H:%M:%S");
    let iso = |event: &Event| local(event.at, "Asia/Kathmandu", "%Y-%m-%dT%H:%M:%S.000000%:z");
    let web = |event: &Event| local(event.at, "America/New_York", "%d/%b/%Y:%H:%M:%S %z");
    let journal = |event: &Event, program: &str, message: &str| {
        let at = event.at.as_microsecond().to_string();
        let entry = serde_json::json!({"__REALTIME_TIMESTAMP": at, "_HOSTNAME": "mx", "SYSLOG_IDENTIFIER": program, "_PID": "7", "MESSAGE": message});
        entry.to_string()
    };
    let table = |separator: u8, header: bool| {
        let mut writer = csv::WriterBuilder::new();
        let mut writer = writer
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        if header {
            writer
                .write_record(["note", "when", "who", "ip"])
                .expect("memory");
        }
        for event in events() {
            let row = [
                "a \"quoted\", one; more",
                &event.at.to_string(),
                event.who.unwrap_or(""),
                &event.from,
            ];
            writer.write_record(row).expect("memory");
        }
        String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8")
    };
    let csv = "account_field = \"who\"\ntime_field = \"when\"\ntime_format = \"rfc3339\"\nfields.traffic = [\"ip\", \"when\"]\n";
    let named =
        format!("{csv}separator = \";\"\ncolumns = [\"note\", \"when\", \"who\", \"ip\"]\n");
    let rip = "fields.traffic = [\"rip\", \"time\", \"event\"]\n";
    let by_rip = format!("{STOCKHOLM}{rip}");
    let pairs =
        format!("{STOCKHOLM}account_field = \"acct\"\nfields.traffic = [\"addr\", \"time\"]\n");
    for (name, kind, more, field, text) in [
        ("table", "csv", csv, "ip", table(b',', true)),
        (
            "table without names",
            "csv",
            &*named,
            "ip",
            table(b';', false),
        ),
        (
            "web",
            "combined",
            "fields.traffic = [\"address\", \"request\"]\n",
            "address",
            log(|event| {
                format!(
                    "{} - {} [{}] \"GET /?a=\\\"b HTTP/1.1\" 200 12 \"-\" \"Mozilla (\\\"x\\\") [1] y\"",
                    event.from,
                    user(event),
                    web(event)
                )
            }),
        ),
        (
            "web, common",
            "combined",
            "fields.traffic = [\"address\"]\n",
            "address",
            log(|event| {
                format!(
                    "{} - {} [{}] \"GET / HTTP/1.1\" 304 -",
                    event.from,
                    user(event),
                    web(event)
                )
            }),
        ),
        (
            "syslog of RFC 3164",
            "syslog",
            &*pairs,
            "addr",
            log(|event| {
                format!(
                    "<38>{} mx sshd[12]: op=login acct={} addr={} res=success",
                    syslog(event),
                    user(event),
                    event.from
                )
            }),
        ),
        (
            "syslog of RFC 5424",
            "syslog",
            "account_field = \"who@32473.user\"\nfields.traffic = [\"who@32473.ip\"]\n",
            "who@32473.ip",
            log(|event| {
                format!(
                    "<165>1 {} mx app - ID47 [x y=\"z\\]\"][who@32473 user=\"{}\" ip=\"{}\"] \u{feff}text",
                    iso(event),
                    user(event),
                    event.from
                )
            }),
        ),
        (
            "syslog with zones",
            "syslog",
            "account_field = \"acct\"\nfields.traffic = [\"addr\"]\n",
            "addr",
            log(|event| {
                format!(
                    "{} mx sshd[12]: acct={}, addr={}",
                    iso(event),
                    user(event),
                    event.from
                )
            }),
        ),
        (
            "Dovecot in syslog",
            "dovecot",
            &*by_rip,
            "rip",
            log(|event| format!("{} mx dovecot: {}", syslog(event), dovecot(event))),
        ),
        (
            "Dovecot's own log",
            "dovecot",
            &*by_rip,
            "rip",
            log(|event| {
                format!(
                    "{} {}",
                    syslog(event),
                    dovecot(event).replacen(": ", ": Info: ", 1)
                )
            }),
        ),
        (
            "Dovecot in a journal",
            "dovecot",
            rip,
            "rip",
            log(|event| journal(event, "dovecot", &dovecot(event))),
        ),
        (
            "Postfix in syslog",
            "postfix",
            &*by_rip,
            "rip",
            log(|event| {
                format!(
                    "{} mx postfix/submission/smtpd[4]: {}",
                    syslog(event),
                    postfix(event)
                )
            }),
        ),
        (
            "Postfix in a journal",
            "postfix",
            rip,
            "rip",
            log(|event| journal(event, "postfix/smtpd", &postfix(event))),
        ),
        (
            "a journal",
            "journal",
            "account_field = \"APP_USER\"\nfields.traffic = [\"APP_IP\"]\n",
            "APP_IP",
            log(|event| {
                let at = event.at.as_microsecond().to_string();
                serde_json::json!({"__REALTIME_TIMESTAMP": at, "APP_USER": event.who, "APP_IP": event.from}).to_string()
            }),
        ),
        (
            "JSON with paths",
            "jsonl",
            "account_field = \"user.name\"\ntime_field = \"event.at\"\ntime_format = \"epoch-milliseconds\"\nfields.traffic = [\"source.net.ip\"]\n",
            "source.net.ip",
            log(|event| {
                serde_json::json!({"event": {"at": event.at.as_millisecond()}, "user": {"id": 1, "name": event.who}, "source": {"net": {"ip": event.from}}}).to_string()
            }),
        ),
    ] {
        let store = Store::new(&[("l.log", text.as_bytes())]);
        let log = log_of(store.0.path(), kind, more);
        let (counts, taken) = searched(&log).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found(&taken, field), truth(), "{name}");
        assert_eq!(counts.examined, events().len() as u64, "{name}");
        assert_eq!(
            (counts.unreadable, counts.for_review),
            (0, 0),
            "{name}: {taken:?}"
        );
        let all = events();
        let covers = Covered {
            first: all[0].at,
            last: all[all.len() - 1].at,
        };
        assert_eq!(counts.covers, Some(covers), "{name}");
    }
}

#[test]
fn a_rotated_log_in_every_packing_is_read_whole_and_oldest_first() {
    if Command::new("xz")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        println!("SKIPPED: the program `xz` is not there");
        return;
    }
    let line = |event: &Event| {
        format!(
            "{} mx dovecot: {}",
            local(event.at, "Europe/Stockholm", "%b %e %H:%M:%S"),
            dovecot(event)
        )
    };
    let lines: Vec<_> = events().iter().map(|event| line(event) + "\n").collect();
    let part = |number: usize| lines[number * 11..lines.len().min((number + 1) * 11)].concat();
    let store = Store::new(&[
        ("mail.log.3.gz", &gzip(part(0).as_bytes())),
        ("mail.log.1.zst", &zstandard(part(2).as_bytes())),
        ("mail.log", part(3).as_bytes()),
        ("mail.log.2", part(1).as_bytes()),
        ("other.log", b"none"),
    ]);
    let path = store.0.path().join("mail.log.2");
    let packed = Command::new("xz").args(["-9", "-f"]).arg(path).status();
    assert!(packed.expect("xz").success());
    let more = format!("{STOCKHOLM}paths = [\"mail.log*\"]\nfields.traffic = [\"rip\"]\n");
    let (counts, taken) = searched(&log_of(store.0.path(), "dovecot", &more)).expect("searched");
    assert_eq!(found(&taken, "rip"), truth());
    assert_eq!((counts.examined, counts.for_review), (42, 0), "{taken:?}");
}

#[test]
fn xz_that_is_cut_off_or_asks_for_too_much_is_damaged_and_never_a_smaller_result() {
    let line = |event: &Event| {
        serde_json::json!({"user": event.who, "time": event.at.to_string(), "ip": event.from})
            .to_string()
    };
    let store = Store::new(&[("l", log(line).as_bytes())]);
    let path = store.0.path().join("l");
    let pack = |arguments: &[&str]| {
        let packed = Command::new("xz")
            .args(arguments)
            .arg("-kc")
            .arg(&path)
            .output();
        packed.ok().map(|packed| packed.stdout)
    };
    let Some(whole) = pack(&["-6"]) else {
        println!("SKIPPED: the program `xz` is not there");
        return;
    };
    let refused = |bytes: &[u8]| {
        let store = Store::new(&[("l.jsonl.xz", bytes)]);
        store
            .run(&["l.jsonl.xz"], Category::Traffic)
            .expect_err("refused")
    };
    let store = Store::new(&[("l.jsonl.xz", &[&whole[..], &whole].concat())]);
    let (_, taken) = store
        .run(&["l.jsonl.xz"], Category::Traffic)
        .expect("two streams");
    assert_eq!(taken.records.len(), 2 * truth().len());
    for cut in (7..whole.len()).step_by(13) {
        refused(&whole[..cut]);
    }
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    refused(&changed);
    refused(&[&whole[..], b"behind"].concat());
    // A dictionary of 192 MiB.
    let large = pack(&["--lzma2=dict=192MiB"]).expect("packed");
    let why = refused(&large).to_string();
    assert!(why.contains("memory"), "{why}");
}

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
