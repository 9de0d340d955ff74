//! Filling the fictional provider's stores.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use lagrum_durable::Scratch;
use lagrum_model::Period;
use lagrum_source::{SinkError, SourceError};
use lagrum_sources::{dates, import};
use rusqlite::{Connection, params};

use crate::{Step, made_mail};

/// How a mailbox is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Maildir,
    Mbox,
}

/// A mailbox of the demo: account, form, place below the provider's directory, and its share of
/// the mail.
pub const MAILBOXES: [(&str, Form, &str, u32); 5] = [
    (
        "alder@kvist.example",
        Form::Maildir,
        "agents/dublin/mail/alder",
        3,
    ),
    (
        "bjork@kvist.example",
        Form::Mbox,
        "agents/stockholm/mail/bjork.mbox",
        3,
    ),
    (
        "dogwood@kvist.example",
        Form::Maildir,
        "agents/dublin/mail/dogwood",
        2,
    ),
    (
        "elm@northwind.example",
        Form::Maildir,
        "agents/dublin/mail/elm",
        1,
    ),
    (
        "fir@kvist.example",
        Form::Maildir,
        "agents/seattle/mail/fir",
        1,
    ),
];

/// What was put in.
pub struct Filled {
    /// Number of messages.
    pub messages: u64,
    /// For each account, a period in the middle of its mail: from the instant of one message, which
    /// belongs to it, up to the instant of another, which does not.
    pub periods: BTreeMap<String, Period>,
}

/// Fills the stores below `root` from `mail`, or with made mail. `now` is the present (UTC).
pub fn fill(
    root: &Path,
    mail: Option<&Path>,
    now: Timestamp,
    tell: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Filled> {
    let mut boxes = MAILBOXES
        .iter()
        .map(|(account, form, place, _)| Mailbox::create(account, *form, &root.join(place)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let turns: Vec<usize> = MAILBOXES
        .iter()
        .enumerate()
        .flat_map(|(at, (_, _, _, share))| vec![at; *share as usize])
        .collect();
    let mut count = 0;
    let mut add = |content: &mut dyn Read| -> std::io::Result<()> {
        // No two neighbours in one mailbox, so that each gets mail of all times.
        boxes[turns[(count % turns.len() as u64) as usize]].add(content, count, now)?;
        count += 1;
        tell(Step::Filling(count)).map_err(std::io::Error::other)
    };
    match mail {
        None => {
            for number in 0..made_mail::MESSAGES {
                add(&mut made_mail::message(number).as_slice())?;
            }
        }
        Some(path) => {
            import::messages_of(path, &Scratch::new(root), &mut |message| {
                // A message whose end is in doubt would not come back as it went in.
                if !message.certain {
                    return Ok(());
                }
                add(message.content).map_err(|error| SourceError::from(SinkError::from(error)))
            })
            .with_context(|| path.display().to_string())?;
        }
    }
    let periods = boxes
        .into_iter()
        .map(Mailbox::finish)
        .collect::<anyhow::Result<BTreeMap<_, _>>>()?;
    subscribers(
        &root.join("agents/seattle/subscribers.sqlite"),
        &[
            (
                "alder@kvist.example",
                "A. Alder",
                "12 Reserved Street, Dublin",
                "2011-03-02",
            ),
            (
                "fir@kvist.example",
                "F. Fir",
                "1 Example Avenue, Seattle",
                "2010-07-21",
            ),
        ],
    )?;
    subscribers(
        &root.join("agents/dublin/subscribers.sqlite"),
        &[
            (
                "dogwood@kvist.example",
                "D. Dogwood",
                "Beispielweg 3, Berlin",
                "2019-11-30",
            ),
            (
                "elm@northwind.example",
                "Northwind Ltd",
                "4 Sample Quay, Dublin",
                "2015-01-12",
            ),
        ],
    )?;
    subscribers(
        &root.join("agents/stockholm/subscribers.sqlite"),
        &[(
            "bjork@kvist.example",
            "B. Björk",
            "Exempelgatan 5, Stockholm",
            "2012-05-06",
        )],
    )?;
    let dublin = root.join("agents/dublin/logins.jsonl.gz");
    let gzip = flate2::write::GzEncoder::new(File::create(&dublin)?, flate2::Compression::fast());
    log_of("dogwood@kvist.example", &periods, gzip)?.finish()?;
    let stockholm = root.join("agents/stockholm/logins.jsonl.zst");
    let zstandard = zstd::Encoder::new(File::create(&stockholm)?, 3)?;
    log_of("bjork@kvist.example", &periods, zstandard)?.finish()?;
    Ok(Filled {
        messages: count,
        periods,
    })
}

struct Mailbox {
    account: &'static str,
    root: PathBuf,
    mbox: Option<BufWriter<File>>,
    added: u64,
    dates: Vec<Timestamp>,
}

impl Mailbox {
    fn create(account: &'static str, form: Form, root: &Path) -> anyhow::Result<Self> {
        let mbox = match form {
            Form::Mbox => {
                fs::create_dir_all(root.parent().unwrap_or(root))?;
                Some(BufWriter::new(File::create(root)?))
            }
            Form::Maildir => {
                for folder in ["", ".Archive"] {
                    for part in ["cur", "new", "tmp"] {
                        fs::create_dir_all(root.join(folder).join(part))?;
                    }
                }
                None
            }
        };
        Ok(Self {
            account,
            root: root.to_owned(),
            mbox,
            added: 0,
            dates: vec![],
        })
    }

    fn add(&mut self, content: &mut dyn Read, number: u64, now: Timestamp) -> std::io::Result<()> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        if let Some(exact) = dates::established(header_of(&bytes), now)
            .ok()
            .and_then(|date| date.exact())
        {
            self.dates.push(exact);
        }
        self.added += 1;
        let Some(mbox) = &mut self.mbox else {
            let folder = if self.added.is_multiple_of(5) {
                ".Archive/cur"
            } else {
                "cur"
            };
            let name = format!("{:010}.M{number}P1.kvist:2,S", 1_700_000_000 + number);
            return fs::write(self.root.join(folder).join(name), bytes);
        };
        // mboxrd: a line that would look like the beginning of a message gets a `>` in front.
        mbox.write_all(b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n")?;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let quoted = line.iter().position(|byte| *byte != b'>').unwrap_or(0);
            if line[quoted..].starts_with(b"From ") {
                mbox.write_all(b">")?;
            }
            mbox.write_all(line)?;
        }
        if !bytes.ends_with(b"\n") {
            mbox.write_all(b"\n")?;
        }
        mbox.write_all(b"\n")
    }

    fn finish(mut self) -> anyhow::Result<(String, Period)> {
        if let Some(mut mbox) = self.mbox.take() {
            mbox.flush()?;
        }
        Ok((self.account.to_owned(), middle(self.dates)?))
    }
}

fn header_of(message: &[u8]) -> &[u8] {
    let end = |blank: &[u8]| {
        message
            .windows(blank.len())
            .position(|window| window == blank)
    };
    match (end(b"\n\n"), end(b"\r\n\r\n")) {
        (Some(one), Some(other)) => &message[..one.min(other) + 2],
        (Some(end), None) | (None, Some(end)) => &message[..end + 2],
        (None, None) => message,
    }
}

/// From the instant that a quarter of the mail is older than, to the one that a quarter is newer
/// than.
fn middle(mut dates: Vec<Timestamp>) -> anyhow::Result<Period> {
    dates.sort_unstable();
    dates.dedup();
    let (from, until) = match dates.len() {
        0 | 1 => {
            let at = dates
                .first()
                .copied()
                .unwrap_or(Timestamp::constant(1_262_304_000, 0));
            (at, at + SignedDuration::from_hours(24))
        }
        n => (dates[n / 4], dates[(n * 3 / 4).max(n / 4 + 1).min(n - 1)]),
    };
    Ok(Period::new(from, until)?)
}

fn subscribers(file: &Path, rows: &[(&str, &str, &str, &str)]) -> anyhow::Result<()> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "create table subscriber (
             address text primary key, name text, postal_address text, opened_on text,
             means_of_payment text, password_digest text) strict",
    )?;
    for (address, name, postal_address, opened_on) in rows {
        connection.execute(
            "insert into subscriber values ($1, $2, $3, $4, 'card ending 0000', 'never leaves')",
            params![address, name, postal_address, opened_on],
        )?;
    }
    Ok(())
}

/// Logins of an account, before, inside and after its period.
fn log_of<W: Write>(
    account: &str,
    periods: &BTreeMap<String, Period>,
    mut to: W,
) -> anyhow::Result<W> {
    let period = periods.get(account).context("no period")?;
    let span = period
        .until()
        .duration_since(period.from())
        .as_secs()
        .max(8);
    for step in -2..=10_i64 {
        let at = period.from() + SignedDuration::from_secs(span * step / 8);
        for who in [account, "someone-else@kvist.example"] {
            let line = serde_json::json!({
                "time": at.to_string(), "account": who, "event": "login",
                "ip": format!("198.51.100.{}", step + 7), "client": "imap",
            });
            writeln!(to, "{line}")?;
        }
    }
    Ok(to)
}
