//! Stores and demands that are made up, with the truth about them.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use lagrum_model::{Category, Period};
use proptest::prelude::*;
use proptest::sample::select;

use super::provider::NOW;

/// The accounts; each lies in a store of another form.
pub const ACCOUNTS: [&str; 4] = [
    "ada@made-up.example",
    "Bo.Ek@made-up.example",
    "cy+list@made-up.example",
    "ida@made-up.example",
];
/// Another name of the first account. A demand that names it is not followed.
pub const ALIAS: &str = "ada.alias@made-up.example";
/// 2015-01-01T00:00:00Z.
const BASE: Timestamp = Timestamp::constant(1_420_070_400, 0);

/// Where something stands to the mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    Inside,
    Outside,
    ForAPerson,
}

/// Everything of one case.
#[derive(Clone, Debug)]
pub struct MadeUp {
    pub period: Period,
    named: Vec<bool>,
    unknown_named: bool,
    alias_named: bool,
    categories: BTreeSet<Category>,
    messages: Vec<Message>,
    pub lines: Vec<LogLine>,
    pub rows: Vec<usize>,
}

/// A message in the store of an account.
#[derive(Clone, Debug)]
pub struct Message {
    pub account: usize,
    pub folder: usize,
    pub bytes: Vec<u8>,
    when: When,
}

/// A line of the access log.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// The account as the line writes it.
    pub written: String,
    account: Option<usize>,
    /// The time as the line writes it.
    pub time: Option<String>,
    when: When,
}

/// When something was, as far as what is written tells.
#[derive(Clone, Copy, Debug)]
enum When {
    Between(Timestamp, Timestamp),
    /// As [`When::Between`], but written so that the second reader, which must agree before
    /// anything is produced, finds no date: a time of day with nothing behind it.
    ForOneReader(Timestamp, Timestamp),
    NotKnown,
}

impl When {
    fn at(instant: Timestamp) -> Self {
        Self::Between(instant, instant)
    }

    fn to(self, period: &Period) -> Truth {
        let (earliest, latest, certain) = match self {
            Self::Between(earliest, latest) => (earliest, latest, true),
            Self::ForOneReader(earliest, latest) => (earliest, latest, false),
            Self::NotKnown => return Truth::ForAPerson,
        };
        let (from, until) = (period.from(), period.until());
        if latest < from || until <= earliest {
            Truth::Outside
        } else if certain && from <= earliest && latest < until {
            Truth::Inside
        } else {
            Truth::ForAPerson
        }
    }
}

impl MadeUp {
    /// The identifiers of the mandate.
    pub fn named(&self) -> Vec<String> {
        let accounts = ACCOUNTS
            .iter()
            .zip(&self.named)
            .filter(|(_, named)| **named);
        let mut all: Vec<_> = accounts.map(|(account, _)| (*account).to_owned()).collect();
        if self.unknown_named || all.is_empty() {
            all.push("nobody@made-up.example".into());
        }
        if self.alias_named {
            all.push(ALIAS.into());
        }
        all
    }

    /// The categories of the mandate.
    pub fn categories(&self) -> Vec<Category> {
        self.categories.iter().copied().collect()
    }

    /// Whether the table of subscribers has a row of this account.
    pub fn has_row(&self, account: usize) -> bool {
        self.rows.contains(&account)
    }

    /// The messages of all accounts.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter()
    }

    /// Whose, of which category, and its number: and how it stands to the mandate. Only what can
    /// concern a named account is listed; anything else that is produced is wrong.
    pub fn truths(&self) -> Vec<((String, Category, usize), Truth)> {
        let mut all = Vec::new();
        let mut add = |account: usize, category, number, truth| {
            if self.named[account] && self.categories.contains(&category) {
                all.push(((ACCOUNTS[account].to_owned(), category, number), truth));
            }
        };
        for (number, message) in self.messages.iter().enumerate() {
            add(
                message.account,
                Category::Content,
                number,
                message.when.to(&self.period),
            );
        }
        for (number, line) in self.lines.iter().enumerate() {
            let Some(account) = line.account else {
                continue;
            };
            for category in [Category::Traffic, Category::Identification] {
                add(account, category, number, line.when.to(&self.period));
            }
        }
        for (number, account) in self.rows.iter().enumerate() {
            add(*account, Category::Subscriber, number, Truth::Inside);
        }
        all
    }
}

/// Everything at once.
pub fn made_up() -> impl Strategy<Value = MadeUp> {
    let span = prop_oneof![1..120_i64, 3_600..172_800_i64, 86_400..20_000_000_i64];
    let period = (0..30_000_000_i64, span).prop_map(|(start, length)| {
        let from = BASE + SignedDuration::from_secs(start);
        Period::new(from, from + SignedDuration::from_secs(length)).unwrap()
    });
    period.prop_flat_map(|period| {
        let demand = (
            prop::collection::vec(any::<bool>(), ACCOUNTS.len()),
            prop::bool::weighted(0.2),
            prop::bool::weighted(0.2),
            prop::collection::btree_set(select(&Category::ALL[..]), 1..=4),
        );
        let messages = prop::collection::vec(
            (0..ACCOUNTS.len(), 0..3_usize, mail(period), any::<bool>()),
            0..48,
        );
        let lines = prop::collection::vec(line(period), 0..24);
        let rows = prop::collection::vec(0..ACCOUNTS.len(), 0..6);
        (demand, messages, lines, rows).prop_map(move |(demand, messages, lines, rows)| {
            let (named, unknown_named, alias_named, categories) = demand;
            let messages = messages.into_iter().enumerate().map(|(number, drawn)| {
                let (account, folder, (fields, when), crlf) = drawn;
                // The second account's mbox keeps the line ends of its separators.
                let end = if crlf && account != 1 { "\r\n" } else { "\n" };
                let bytes = text(number, &fields, end).into_bytes();
                Message {
                    account,
                    folder,
                    bytes,
                    when,
                }
            });
            MadeUp {
                period,
                named,
                unknown_named,
                alias_named,
                categories,
                messages: messages.collect(),
                lines,
                rows,
            }
        })
    })
}

/// A message with these Date fields, and with other dates that must not count.
fn text(number: usize, date_fields: &[String], end: &str) -> String {
    let mut lines = vec![
        "Received: from a by b; Thu, 01 Jan 2015 00:00:00 +0000".to_owned(),
        "X-Date: Fri, 02 Jan 2015 00:00:00 +0000".to_owned(),
        format!("Message-ID: <{number}@made-up.example>"),
    ];
    lines.extend(date_fields.iter().cloned());
    lines.extend([
        "Resent-Date: Sat, 03 Jan 2015 00:00:00 +0000".to_owned(),
        "Subject: made up".to_owned(),
        String::new(),
        format!("Message {number}."),
        "Date: Sun, 04 Jan 2015 00:00:00 +0000".to_owned(),
    ]);
    lines.into_iter().map(|line| line + end).collect()
}

/// An instant: often just before, at, or just after one end of the period.
fn instant(period: Period) -> impl Strategy<Value = Timestamp> {
    let end = select(vec![period.from(), period.until()]);
    let near = prop_oneof![-2..=2_i64, -100_000..100_000_i64];
    prop_oneof![
        3 => (end, near).prop_map(|(end, by)| end + SignedDuration::from_secs(by)),
        2 => (0..50_000_000_i64).prop_map(|by| BASE + SignedDuration::from_secs(by)),
    ]
}

fn offset() -> impl Strategy<Value = i64> {
    (-48..=56_i64).prop_map(|quarters| quarters * 900)
}

/// `+HHMM`, or `+HH:MM`.
fn zone(offset: i64, between: &str) -> String {
    let minutes = offset.abs() / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
}

/// A date as mail writes it. `local` is what the clock on the wall showed.
fn written(local: Timestamp, style: u8, zone: &str) -> String {
    let format = match style {
        0 => "%a, %d %b %Y %H:%M:%S",
        1 => "%d %b %Y %H:%M:%S",
        2 => "%a, %-d %b %y %H:%M:%S",
        _ => "%a,  %d %b %Y (a comment) %H:%M:%S",
    };
    format!("{} {zone}", local.strftime(format))
        .trim_end()
        .to_owned()
}

/// The Date fields of a message, and when it was.
fn mail(period: Period) -> impl Strategy<Value = (Vec<String>, When)> {
    let field = |value: String| format!("Date: {value}");
    let exact = (instant(period), offset(), 0..4_u8).prop_map(move |(at, offset, style)| {
        let local = at + SignedDuration::from_secs(offset);
        (
            vec![field(written(local, style, &zone(offset, "")))],
            When::at(at),
        )
    });
    let names = vec![
        ("GMT", 0),
        ("UT", 0),
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("MST", -7),
        ("PDT", -7),
    ];
    let named = (instant(period), select(names)).prop_map(move |(at, (name, hours))| {
        let local = at + SignedDuration::from_hours(hours);
        (vec![field(written(local, 0, name))], When::at(at))
    });
    let no_zone = (
        instant(period),
        select(vec!["", "CEST", "XYZ", "MET DST", "J"]),
    )
        .prop_map(move |(local, name)| {
            let earliest = local - SignedDuration::from_hours(14);
            let latest = local + SignedDuration::from_hours(12);
            let between = if name.is_empty() {
                When::ForOneReader(earliest, latest)
            } else {
                When::Between(earliest, latest)
            };
            (vec![field(written(local, 0, name))], between)
        });
    let twice = (instant(period), offset(), offset()).prop_map(move |(at, one, other)| {
        let fields = [one, other].map(|offset| {
            field(written(
                at + SignedDuration::from_secs(offset),
                0,
                &zone(offset, ""),
            ))
        });
        (fields.to_vec(), When::at(at))
    });
    let contradictory = (instant(period), 1..100_000_i64).prop_map(move |(at, by)| {
        let other = at + SignedDuration::from_secs(by);
        let fields = [at, other].map(|at| field(written(at, 0, "+0000")));
        (fields.to_vec(), When::NotKnown)
    });
    let future = (25..200_000_i64).prop_map(move |hours| {
        let at = NOW + SignedDuration::from_hours(hours);
        (vec![field(written(at, 0, "+0000"))], When::NotKnown)
    });
    let lost = select(vec![
        vec![],
        vec!["Date: Sun, 30 Nov 0002 00:00:00 -0800 (PST)"],
        vec!["Date: Fri, 31 Dec 1706 04:19:00 -0800"],
        vec!["Date: Mon, 31 Dec 1979 16:00:00 -0800 (PST)"],
        vec!["Date: Tue, 01 Jan 1980 00:00:00 +0000"],
        vec!["Date: sometime in spring"],
        vec!["Date:"],
        vec!["Date: 2015-03-01T12:00:00Z"],
        vec!["Date: Sun, 01 Mar 2015 12:00:00 PM"],
        vec!["Date: Sun, 31 Feb 2015 12:00:00 +0000"],
        vec!["Date: Sun, 01 Mar 2015 25:00:00 +0000"],
    ])
    .prop_map(|fields| {
        (
            fields.into_iter().map(str::to_owned).collect(),
            When::NotKnown,
        )
    });
    prop_oneof![6 => exact, 3 => named, 2 => no_zone, 1 => twice, 1 => contradictory, 1 => future, 2 => lost]
}

/// A line of the access log.
fn line(period: Period) -> impl Strategy<Value = LogLine> {
    let account = (0..ACCOUNTS.len(), 0..6_u8).prop_map(|(account, how)| {
        let name = ACCOUNTS[account];
        match how {
            0 => (name.to_uppercase(), Some(account)),
            1 => (format!("x{name}"), None),
            2 => (format!("{name}.example"), None),
            3 => (name.replace("made-up", "made.up"), None),
            _ => (name.to_owned(), Some(account)),
        }
    });
    let exact = (instant(period), offset()).prop_map(|(at, offset)| {
        let local = at + SignedDuration::from_secs(offset);
        let text = format!(
            "{}{}",
            local.strftime("%Y-%m-%dT%H:%M:%S"),
            zone(offset, ":")
        );
        (Some(text), When::at(at))
    });
    let lost = select(vec![
        None,
        Some("yesterday"),
        Some("2015-03-01T12:00:00"),
        Some(""),
    ])
    .prop_map(|text| (text.map(str::to_owned), When::NotKnown));
    (account, prop_oneof![6 => exact, 1 => lost]).prop_map(|((written, account), (time, when))| {
        LogLine {
            written,
            account,
            time,
            when,
        }
    })
}
