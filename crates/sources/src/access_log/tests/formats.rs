//! Each form of a log, written by a generator that knows what it wrote; and logs that others wrote.

use std::path::Path;
use std::process::{Command, Stdio};

use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::Context;

/// What happened: when, who signed in, from where.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) at: Timestamp,
    pub(super) who: Option<&'static str>,
    pub(super) from: String,
}

const NAMES: [Option<&str>; 3] = [
    Some("alder@kvist.example"),
    Some("birch@kvist.example"),
    None,
];

/// A second before, at, and a second behind each border of March 2026 (UTC), an hour and a day apart from them,
/// by each of three; in the order of time.
pub(super) fn events() -> Vec<Event> {
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
pub(super) fn truth() -> Vec<(Timestamp, String)> {
    let (from, until) = (
        super::at("2026-03-01T00:00:00Z"),
        super::at("2026-04-01T00:00:00Z"),
    );
    let theirs = events()
        .into_iter()
        .filter(|event| event.who == NAMES[0] && event.at >= from && event.at < until);
    theirs.map(|event| (event.at, event.from)).collect()
}

pub(super) fn local(at: Timestamp, zone: &str, format: &str) -> String {
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
pub(super) fn log(line: impl Fn(&Event) -> String) -> String {
    events().iter().map(|event| line(event) + "\n").collect()
}

/// Opens a log of this kind in `l.log*`.
pub(super) fn opened(base: &Path, kind: &str, more: &str) -> Result<Box<dyn Source>, SourceError> {
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
pub(super) fn log_of(base: &Path, kind: &str, more: &str) -> AccessLog {
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
    AccessLog::open(&config, base, None).expect("opened")
}

pub(super) fn searched_for(
    log: &AccessLog,
    wanted: Wanted<'_>,
) -> Result<(Counts, Taken), SourceError> {
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

pub(super) fn searched(log: &AccessLog) -> Result<(Counts, Taken), SourceError> {
    searched_for(log, WANTED)
}

/// Dates and addresses of what was handed over.
pub(super) fn found(taken: &Taken, field: &str) -> Vec<(Timestamp, String)> {
    let record = |(_, dated, fields): &(String, Option<Timestamp>, String)| {
        let fields: serde_json::Value = serde_json::from_str(fields).expect("JSON");
        let address = fields[field].as_str().expect("an address").to_owned();
        (dated.expect("dated"), address)
    };
    taken.records.iter().map(record).collect()
}

pub(super) fn user(event: &Event) -> &str {
    event.who.unwrap_or("-")
}

pub(super) fn dovecot(event: &Event) -> String {
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

pub(super) fn postfix(event: &Event) -> String {
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
    let export = |event: &Event, program: &str, message: &str| {
        let at = event.at.as_microsecond();
        format!(
            "__CURSOR=s=1\n__REALTIME_TIMESTAMP={at}\n_HOSTNAME=mx\nSYSLOG_IDENTIFIER={program}\n_PID=7\nMESSAGE={message}\n"
        )
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
            "Dovecot in an exported journal",
            "dovecot",
            rip,
            "rip",
            log(|event| export(event, "dovecot", &dovecot(event))),
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
