//! Lines of logs and rows of tables in which something is odd, among those of other people.

use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, types::Value};
use serde_json::json;

use super::dates::instant;
use super::made::{Account, Lies, Marks, Period, Store, Thing, Truth, one_of};
use super::mail::gzip;
use crate::support::Dice;

/// A thing that is stored, and whose it is; nobody's, if nobody here is asked about.
pub type Whose = (Option<usize>, Thing);

/// The files of the first log, the oldest first.
pub const LOG: [&str; 3] = ["logins.jsonl.2.gz", "logins.jsonl.1.gz", "logins.jsonl"];
/// The other one.
pub const EVENTS: &str = "events.jsonl";
/// How many lines an account has.
const LINES: usize = 6;

/// A line that is not stored yet.
struct Line {
    account: Option<usize>,
    text: String,
    marks: Vec<String>,
    truth: Truth,
    plain: bool,
}

/// Writes the lines of logs.
pub struct Writer<'w> {
    pub dice: &'w mut Dice,
    pub marks: &'w mut Marks,
    /// The zone in which most times are written.
    pub zone: TimeZone,
}

impl Writer<'_> {
    /// Writes the log of logins, which was rotated twice, below this folder.
    pub fn logins(&mut self, folder: &Path, accounts: &[Account]) -> Vec<Whose> {
        let mut lines = Vec::new();
        for (number, account) in accounts.iter().enumerate() {
            if account.store == Store::Log {
                lines.extend((0..LINES).map(|_| self.login(number, account)));
                lines.extend(self.of_nobody(account, |at| json!(at.to_string()).to_string()));
            }
        }
        let third = lines.len() / 3;
        let mut things = Vec::new();
        self.shuffle(&mut lines);
        for (at, file) in LOG.into_iter().enumerate() {
            let rest = lines.split_off(if at == 2 { lines.len() } else { third });
            let (text, stored) = stored(file, lines);
            lines = rest;
            things.extend(stored);
            let bytes = if file.ends_with("gz") {
                gzip(text.as_bytes())
            } else {
                text.into_bytes()
            };
            fs::write(folder.join(file), bytes).unwrap();
        }
        things
    }

    /// Writes the log of events, whose time is a number, below this folder.
    pub fn events(&mut self, folder: &Path, accounts: &[Account]) -> Vec<Whose> {
        let (mut lines, mut first) = (Vec::new(), Vec::new());
        for (number, account) in accounts.iter().enumerate() {
            if account.store != Store::Events {
                continue;
            }
            let own = (0..LINES).map(|_| self.event(number, account));
            if account.form == "hole" && first.is_empty() {
                first.extend(own);
            } else {
                lines.extend(own);
            }
            lines.extend(self.of_nobody(account, epoch));
        }
        self.shuffle(&mut lines);
        first.extend(lines);
        let (text, things) = stored(EVENTS, first);
        // A file that was cut to nothing while it was written to begins with a hole.
        let hole = "\0".repeat(70_000);
        fs::write(folder.join(EVENTS), hole + &text).unwrap();
        things
    }

    fn login(&mut self, number: usize, account: &Account) -> Line {
        let inside = self.dice.below(2) == 0;
        let mut at = instant(self.dice, account.period, inside);
        if account.form == "fractions" {
            at = edge(self.dice, account.period, inside);
        }
        let east = match account.form {
            "offsets" => one_of(self.dice, &[0, 19_800, -12_600, 50_400, -43_200]),
            _ => self.zone.to_offset(at).seconds().into(),
        };
        let mut time = rfc3339(at, east);
        if account.form == "small letters" {
            time = time.to_lowercase();
        }
        let address = match account.form {
            "upper case" => account.address.to_uppercase(),
            "escapes" => account.address.replace('@', "\\u0040"),
            _ => account.address.clone(),
        };
        let marks = self.marks.next("A");
        Line {
            account: Some(number),
            text: format!(
                r#"{{"time": "{time}", "account": "{address}", "event": "{}", "secret": "stays"}}"#,
                marks[0]
            ),
            marks,
            truth: account.period.truth(at, at),
            plain: account.plain,
        }
    }

    fn event(&mut self, number: usize, account: &Account) -> Line {
        let inside = self.dice.below(2) == 0;
        let at = match account.form {
            "fractions" => edge(self.dice, account.period, inside),
            _ => instant(self.dice, account.period, inside),
        };
        let time = match account.form {
            "exponent" => {
                let digits = at.as_second().to_string();
                format!("{}.{}e9", &digits[..1], &digits[1..])
            }
            _ => epoch(at),
        };
        let marks = self.marks.next("A");
        let (address, mark) = (&account.address, &marks[0]);
        let rest = format!(r#""event": "{mark}", "secret": "stays""#);
        let text = match account.form {
            "renamed" => format!(r#"{{"time": {time}, "user": "{address}", {rest}}}"#),
            "nested" => format!(r#"{{"time": {time}, "user": {{"mail": "{address}"}}, {rest}}}"#),
            "twice" => format!(
                r#"{{"time": {time}, "account": "nobody@kvist.example", "account": "{address}", {rest}}}"#
            ),
            "alias" => {
                let alias = alias(account);
                format!(r#"{{"time": {time}, "account": "{alias}", {rest}}}"#)
            }
            _ => format!(r#"{{"time": {time}, "account": "{address}", {rest}}}"#),
        };
        Line {
            account: Some(number),
            text,
            marks,
            truth: account.period.truth(at, at),
            plain: account.plain,
        }
    }

    /// Lines of others: whose names are nearly the account's, and one that is broken.
    fn of_nobody(&mut self, account: &Account, time: impl Fn(Timestamp) -> String) -> Vec<Line> {
        let at = instant(self.dice, account.period, true);
        let (address, time) = (&account.address, time(at));
        let mut line = |text: String| {
            let marks = self.marks.next("A");
            Line {
                account: None,
                text: text.replace("@MARK@", &marks[0]),
                marks,
                truth: Truth::Outside,
                plain: true,
            }
        };
        vec![
            line(format!(
                r#"{{"time": {time}, "account": "x{address}", "event": "@MARK@"}}"#
            )),
            line(format!(
                r#"{{"time": {time}, "account": "{address}.org", "event": "@MARK@"}}"#
            )),
            line(format!(
                r#"{{"time": {time}, "account": "someone@kvist.example", "event": "\x22@MARK@\x22"}}"#
            )),
        ]
    }

    fn shuffle(&mut self, lines: &mut [Line]) {
        for at in (1..lines.len()).rev() {
            lines.swap(at, self.dice.below(at as u64 + 1) as usize);
        }
    }
}

/// The other name of an account.
pub fn alias(account: &Account) -> String {
    format!("other-{}", account.address)
}

/// An instant at the edge of the period, some nanoseconds to this or that side.
fn edge(dice: &mut Dice, period: Period, inside: bool) -> Timestamp {
    let nanos = SignedDuration::from_nanos(one_of(dice, &[1, 10, 300, 999_999_999]));
    match (inside, dice.below(2)) {
        (true, 0) => period.from + nanos,
        (true, _) => period.until - nanos,
        (false, 0) => period.from - nanos,
        (false, _) => period.until + nanos,
    }
}

fn rfc3339(at: Timestamp, east: i64) -> String {
    let local = at + SignedDuration::from_secs(east);
    let minutes = east.abs() / 60;
    let sign = if east < 0 { '-' } else { '+' };
    let zone = match east {
        0 => "Z".to_owned(),
        _ => format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
    };
    local.strftime("%Y-%m-%dT%H:%M:%S%.f").to_string() + &zone
}

fn epoch(at: Timestamp) -> String {
    match at.subsec_nanosecond() {
        0 => at.as_second().to_string(),
        nanos => format!("{}.{nanos:09}", at.as_second()),
    }
}

fn stored(file: &'static str, lines: Vec<Line>) -> (String, Vec<Whose>) {
    let mut text = String::new();
    let things = lines.into_iter().enumerate().map(|(number, line)| {
        text += &line.text;
        text.push('\n');
        let thing = Thing {
            marks: line.marks,
            truth: line.truth,
            plain: line.plain,
            lies: Lies::Line(file, number + 1),
            whole: None,
        };
        (line.account, thing)
    });
    let things = things.collect();
    (text, things)
}

/// Writes the table of subscribers.
pub fn subscribers(file: &Path, accounts: &[Account], marks: &mut Marks) -> Vec<Whose> {
    let database = Connection::open(file).unwrap();
    database
        .execute(
            "create table subscriber (address, name text, secret text)",
            [],
        )
        .unwrap();
    let mut things = Vec::new();
    let mut row = |account: Option<usize>, address: Value, truth, plain| {
        let marks = marks.next("A");
        let values = (address, &marks[0]);
        database
            .execute("insert into subscriber values (?1, ?2, 'stays')", values)
            .unwrap();
        let thing = Thing {
            marks,
            truth,
            plain,
            lies: Lies::Row,
            whole: None,
        };
        things.push((account, thing));
    };
    for (number, account) in accounts.iter().enumerate() {
        if account.store != Store::Subscribers {
            continue;
        }
        let address = &account.address;
        let text = |text: String| Value::Text(text);
        let written = match account.form {
            "bytes" => Value::Blob(address.clone().into_bytes()),
            "line end" => text(format!("{address}\r")),
            "byte order mark" => text(format!("\u{feff}{address}")),
            "decomposed" => text(address.replace('ö', "o\u{308}")),
            "space" => text(format!("{address} ")),
            "tab" => text(format!("\t{address}")),
            "zero width" => text(address.replace("kvist", "kv\u{200b}ist")),
            "upper case" => text(address.to_uppercase()),
            _ => text(address.clone()),
        };
        let mut own = |address| row(Some(number), address, Truth::Inside, account.plain);
        if account.form == "two rows" {
            own(written.clone());
        }
        own(written);
        row(None, text(format!("x{address}")), Truth::Outside, true);
        row(None, text(format!("{address}.org")), Truth::Outside, true);
    }
    things
}
