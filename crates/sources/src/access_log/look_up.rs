//! Who used an Internet address, and port, at an instant: one reading of the log for all that is asked.

use std::borrow::Cow;
use std::net::IpAddr;

use lagrum_model::{AccountIdentifier, AddressAt, Identifier, Period};
use serde_json::value::RawValue;

use super::AccessLog;
use super::format::Read;
use super::lines::Lines;
use super::rotation;
use super::rows;
use super::search::bare_line;
use crate::{Run, Seen, SourceError};

/// One question, and what is seen of it.
struct Wanted<'a> {
    place: usize,
    address: &'a AddressAt,
    window: Period,
    seen: Seen,
}

impl AccessLog {
    /// Answers all that is asked with one reading of the files.
    pub(super) fn who_used(
        &self,
        asked: &[(&AccountIdentifier, Option<Period>)],
        run: Run<'_>,
    ) -> Result<Vec<Option<Seen>>, SourceError> {
        let mut answers: Vec<Option<Seen>> = asked.iter().map(|_| None).collect();
        let Some(from) = &self.from else {
            return Ok(answers);
        };
        let questions = asked.iter().copied().enumerate();
        let mut wanted: Vec<_> = questions
            .filter_map(|(place, (identifier, window))| {
                let (Identifier::IpAddress(address), Some(window)) = (identifier.get(), window)
                else {
                    return None;
                };
                let port = from.port_field.is_some();
                let seen = Seen {
                    port,
                    ..Seen::default()
                };
                Some(Wanted {
                    place,
                    address,
                    window,
                    seen,
                })
            })
            .collect();
        if wanted.is_empty() {
            return Ok(answers);
        }
        let mut names = vec![
            self.account_field.clone(),
            self.time_field.clone(),
            from.address_field.clone(),
        ];
        names.extend(from.port_field.clone());
        let mut there = false;
        for rotation::Opened { shown, file, .. } in
            rotation::open(&self.files).map_err(|fault| self.fault(fault))?
        {
            let id = &self.about.id;
            let windows: Vec<_> = wanted.iter().map(|one| one.window).collect();
            let input = self.input(&shown, file, run, &names, &windows)?;
            for one in &mut wanted {
                one.seen.examined += input.skipped.rows;
            }
            there |= input.skipped.rows > 0 && input.skipped.columns.get(2) == Some(&true);
            let mut reading = input.reading;
            let mut lines = Lines::new(input.lines);
            loop {
                let at = lines.number();
                let fail =
                    |error| SourceError::io(id, rows::place(&shown, &input.groups, at), error);
                let Some(line) = lines.next().map_err(fail)? else {
                    break;
                };
                if line.number.is_multiple_of(4096) {
                    run.go_on(id)?;
                }
                let bytes = bare_line(line.bytes);
                if bytes.is_empty() {
                    continue;
                }
                let read = match line.too_long {
                    true => None,
                    false => match reading.line(bytes, &names) {
                        Ok(Read::Of(fields)) => Some(fields).filter(|fields| !fields.twice),
                        Ok(Read::Foreign) => None,
                        Ok(Read::Header) => continue,
                        Err(why) => return Err(SourceError::damaged(id, &shown, why)),
                    },
                };
                let Some(fields) = read else {
                    for one in &mut wanted {
                        one.seen.examined += 1;
                        one.seen.unreadable += 1;
                    }
                    continue;
                };
                there |= fields.values[2].is_some();
                let dated = fields.at.and_then(|at| at.exact());
                let entry = Entry {
                    account: text(fields.values[0].as_deref()),
                    dated,
                    address: address(fields.values[2].as_deref()),
                    port: fields.values.get(3).map(|port| number(port.as_deref())),
                };
                for one in &mut wanted {
                    one.look_at(&entry);
                }
            }
            self.unchanged(&shown, &input.whole, lines.read())?;
        }
        let examined = wanted.iter().any(|one| one.seen.examined > 0);
        if examined && !there {
            let why = format!(
                "no line of the log has a field `{}`; write the name that stands in the log, at the top of each object",
                from.address_field
            );
            return Err(SourceError::config(&self.about.id, "address_field", why));
        }
        for one in wanted {
            answers[one.place] = Some(one.seen);
        }
        Ok(answers)
    }
}

/// What a line says, as far as it can be read.
struct Entry<'l> {
    account: Text<'l>,
    dated: Option<jiff::Timestamp>,
    address: Told<IpAddr>,
    /// Absent: the log has no ports.
    port: Option<Told<u16>>,
}

/// What a field says.
#[derive(Clone, Copy, PartialEq)]
enum Told<T> {
    /// This.
    This(T),
    /// Nothing: it is not there, null, empty or `-`.
    Nothing,
    /// Something that cannot be read.
    Unreadable,
}

enum Text<'l> {
    This(Cow<'l, str>),
    Nobody,
    Unreadable,
}

impl Wanted<'_> {
    fn look_at(&mut self, entry: &Entry<'_>) {
        self.seen.examined += 1;
        let apart = |told: &Told<IpAddr>| match told {
            Told::This(address) => *address != self.address.address(),
            Told::Nothing => true,
            Told::Unreadable => false,
        };
        if apart(&entry.address) || entry.dated.is_some_and(|at| !self.window.contains(at)) {
            return;
        }
        let port = match (self.address.port(), entry.port) {
            (Some(wanted), Some(Told::This(port))) if port != wanted => return,
            // A line that tells no port may be the one.
            (Some(_), Some(Told::Nothing | Told::Unreadable)) => false,
            _ => true,
        };
        match &entry.account {
            // Nobody had signed in.
            Text::Nobody => {}
            Text::This(name)
                if port && entry.dated.is_some() && entry.address != Told::Unreadable =>
            {
                self.seen.fits(name);
            }
            Text::This(_) | Text::Unreadable => self.seen.unreadable += 1,
        }
    }
}

fn text(value: Option<&RawValue>) -> Text<'_> {
    let Some(raw) = value.map(RawValue::get) else {
        return Text::Nobody;
    };
    match raw.as_bytes().first() {
        Some(b'n') => Text::Nobody,
        Some(b'"') => match serde_json::from_str::<Cow<'_, str>>(raw) {
            Ok(text) if matches!(text.trim(), "" | "-") => Text::Nobody,
            Ok(text) => Text::This(text),
            Err(_) => Text::Unreadable,
        },
        Some(b'0'..=b'9' | b'-') => Text::This(raw.into()),
        _ => Text::Unreadable,
    }
}

fn address(value: Option<&RawValue>) -> Told<IpAddr> {
    match text(value) {
        Text::Nobody => Told::Nothing,
        Text::Unreadable => Told::Unreadable,
        Text::This(text) => match text.trim().parse::<IpAddr>() {
            Ok(address) => Told::This(address.to_canonical()),
            Err(_) => Told::Unreadable,
        },
    }
}

fn number(value: Option<&RawValue>) -> Told<u16> {
    match text(value) {
        Text::Nobody => Told::Nothing,
        Text::Unreadable => Told::Unreadable,
        Text::This(text) => match text.trim().parse() {
            Ok(port) => Told::This(port),
            Err(_) => Told::Unreadable,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use lagrum_model::Category;

    use super::super::{AccessLogConfig, TimeFormat};
    use super::*;
    use crate::testing::{at, run};

    const LINES: &str = r#"{"time":"2026-08-20T19:03:00Z","user":"alder@kvist.example","ip":"198.51.100.23","port":51234}
{"time":"2026-08-20T19:04:05Z","user":"birch@kvist.example","ip":"::ffff:198.51.100.23","port":"51235"}
{"time":"2026-08-20T19:04:06Z","user":"Birch@Kvist.example","ip":"198.51.100.23","port":51235}
{"time":"2026-08-20T19:04:07Z","user":null,"ip":"198.51.100.23","port":51234}
{"time":"2026-08-20T19:04:08Z","user":"cedar@kvist.example","ip":"198.51.100.24","port":51234}
{"time":"2026-08-20T19:04:09Z","user":"elm@kvist.example","ip":"2001:db8::7"}
no line of a log
{"time":"2026-08-20T19:04:10Z","user":"fir@kvist.example","ip":"kvist-gw","port":1}
{"time":"2026-08-21T19:04:10Z","user":"fir@kvist.example","ip":"kvist-gw","port":1}
{"user":"oak@kvist.example","ip":"203.0.113.9","port":1}
"#;

    fn log(port_field: Option<&str>) -> (tempfile::TempDir, AccessLog) {
        let base = tempfile::TempDir::new().expect("a directory");
        fs::write(base.path().join("login.jsonl"), LINES).expect("a log");
        let config = AccessLogConfig {
            id: "logins".into(),
            paths: vec!["login.jsonl".into()],
            account_field: "user".into(),
            time_field: "time".into(),
            time_format: Some(TimeFormat::Rfc3339),
            address_field: Some("ip".into()),
            port_field: port_field.map(str::to_owned),
            fields: BTreeMap::from([(Category::Identification, vec!["ip".to_owned()])]),
            ..AccessLogConfig::default()
        };
        let opened = AccessLog::open(&config, base.path(), None).expect("opened");
        (base, opened)
    }

    /// Names, whether the port was compared, lines that fit, lines that nobody can read.
    fn used(log: &AccessLog, text: &str) -> (Vec<String>, bool, u64, u64) {
        let identifier = Identifier::IpAddress(text.parse().expect("an address"));
        let identifier = AccountIdentifier::try_from(identifier).expect("one user");
        let window = Period::new(at("2026-08-20T19:03:11Z"), at("2026-08-20T19:05:12Z"));
        let asked = [(&identifier, Some(window.expect("a window")))];
        let mut seen = log.who_used(&asked, run()).expect("read");
        let seen = seen.remove(0).expect("the log knows addresses");
        assert_eq!(seen.examined, 10);
        let names = seen.names.into_iter().collect();
        (names, seen.port, seen.matched, seen.unreadable)
    }

    #[test]
    fn who_used_an_address_and_port_is_told_within_the_window() {
        let (_base, log) = log(Some("port"));
        let instant = "at 2026-08-20T19:04:11Z";
        let ask = |who: &str| used(&log, &format!("{who} {instant}"));
        let birch = ["Birch@Kvist.example", "birch@kvist.example"].map(str::to_owned);
        // The line that is none; the one whose address cannot be read tells another port.
        assert_eq!(
            ask("198.51.100.23 port 51235"),
            (birch.to_vec(), true, 2, 1)
        );
        // Nobody had signed in, or the line lies outside the window.
        assert_eq!(ask("198.51.100.23 port 51234"), (vec![], true, 0, 1));
        // Without a port everybody behind the address.
        assert_eq!(ask("198.51.100.23").2, 2);
        // A line without a port may be the one that is asked for.
        assert_eq!(ask("2001:db8::7 port 9"), (vec![], true, 0, 2));
        assert_eq!(ask("2001:db8::7").0, ["elm@kvist.example"]);
        // A line without a time may lie in the window.
        assert_eq!(ask("203.0.113.9"), (vec![], true, 0, 3));
        assert_eq!(ask("203.0.113.10"), (vec![], true, 0, 2));
    }

    #[test]
    fn a_log_without_ports_says_so_and_one_without_the_field_is_refused() {
        let (_base, without) = log(None);
        let found = used(&without, "198.51.100.23 port 7 at 2026-08-20T19:04:11Z");
        assert_eq!((found.1, found.2), (false, 2));
        let (base, _) = log(None);
        let config = |field: &str, port: Option<&str>| AccessLogConfig {
            id: "logins".into(),
            paths: vec!["login.jsonl".into()],
            account_field: "user".into(),
            time_field: "time".into(),
            time_format: Some(TimeFormat::Rfc3339),
            address_field: Some(field.into()),
            port_field: port.map(str::to_owned),
            fields: BTreeMap::from([(Category::Identification, vec!["ip".to_owned()])]),
            ..AccessLogConfig::default()
        };
        let wrong = AccessLog::open(&config("remote", None), base.path(), None).expect("opened");
        let identifier = Identifier::IpAddress(
            "203.0.113.9 at 2026-08-20T19:04:11Z"
                .parse()
                .expect("an address"),
        );
        let identifier = AccountIdentifier::try_from(identifier).expect("one user");
        let window = Period::new(at("2026-08-20T19:03:11Z"), at("2026-08-20T19:05:12Z"));
        let error = wrong
            .who_used(&[(&identifier, Some(window.expect("a window")))], run())
            .expect_err("no such field");
        assert!(error.to_string().contains("`remote`"), "{error}");
        assert!(AccessLog::open(&config("user", None), base.path(), None).is_err());
        assert!(AccessLog::open(&config("ip", Some("time")), base.path(), None).is_err());
    }
}
