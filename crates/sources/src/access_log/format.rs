//! How the lines of a log are written, and what a line of each kind says.

mod combined;
mod export;
mod frame;
mod mail_servers;
mod pairs;
mod table;

use std::io::{self, Cursor, Read as _};

use jiff::Timestamp;
use serde_json::value::RawValue;

pub(super) use self::table::Table;
use self::table::{Row, Rows};
use super::clock::{Clock, Running};
use super::entry::{Entry, Fields};
use super::instant::{TimeFormat, instant, instant_in_text};
use super::line;
use super::rows::Rows as RowsOf;
use crate::compressed::Opened;
use crate::dates::Interval;

/// The place of the time's field among the names that are asked for; the account's is before it.
const TIME: usize = 1;

/// The fields of a journal from which a line of syslog is made.
const JOURNAL: [&str; 5] = [
    "MESSAGE",
    "__REALTIME_TIMESTAMP",
    "_HOSTNAME",
    "SYSLOG_IDENTIFIER",
    "_PID",
];

/// How a log is written.
#[derive(Clone, Debug)]
pub(super) enum Format {
    /// An object of JSON on each line.
    Json(TimeFormat),
    /// What `journalctl` writes with `-o json` or `-o export`: the same, with its own time.
    Journal,
    /// A table.
    Csv(Table, TimeFormat),
    /// Of web servers.
    Combined,
    /// Syslog, or a journal with such messages.
    Syslog(Option<Clock>, Message),
    /// Rows of files of another form.
    Rows(RowsOf),
}

/// What the message of a line of syslog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// `key=value`.
    Pairs,
    /// Dovecot's.
    Dovecot,
    /// Postfix's.
    Postfix,
}

impl Format {
    /// What a line is, with its article, and what several are.
    pub(super) fn noun(&self) -> (&'static str, &'static str) {
        match self {
            Self::Json(_) => ("a JSON object", "JSON objects"),
            Self::Journal => ("an entry of a journal", "entries of a journal"),
            Self::Csv(..) => ("a row of the table", "rows of the table"),
            Self::Combined => (
                "a line of the combined format",
                "lines of the combined format",
            ),
            Self::Syslog(..) => ("a line of syslog", "lines of syslog"),
            Self::Rows(_) => ("a row", "rows"),
        }
    }

    /// What the operator is told of a file that is none.
    pub(super) fn wanted(&self) -> &'static str {
        match self {
            Self::Json(_) => "JSON Lines, one object on each line",
            Self::Journal => "`journalctl` writes it with `-o json` or `-o export`",
            Self::Csv(..) => "comma-separated values (RFC 4180), one row on each line",
            Self::Combined => "the common or combined format of web servers",
            Self::Syslog(..) => {
                "syslog (RFC 3164, RFC 5424, or with RFC 3339 times), or as `journalctl` writes it with `-o json` or `-o export`"
            }
            Self::Rows(_) => "rows of columns",
        }
    }

    /// Whether most lines name no account, so that a stretch without one means nothing.
    pub(super) fn is_of_many(&self) -> bool {
        matches!(self, Self::Combined | Self::Syslog(..) | Self::Journal)
    }

    /// Whether lines are objects of JSON, in which a broken one may still say whose it is.
    pub(super) fn is_json(&self) -> bool {
        matches!(self, Self::Json(_) | Self::Journal | Self::Rows(_))
    }

    /// Whether a line says the same whatever stands before it.
    pub(super) fn reads_each_line_alone(&self) -> bool {
        matches!(
            self,
            Self::Json(_) | Self::Journal | Self::Combined | Self::Rows(_)
        )
    }

    /// The lines of a file that was opened, and whether they are those that are stored, byte for byte: what
    /// `journalctl -o export` writes becomes lines.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn input(&self, mut opened: Opened) -> io::Result<(Box<dyn io::Read + Send>, bool)> {
        let plain = matches!(opened, Opened::Plain(_));
        if !matches!(self, Self::Journal | Self::Syslog(..)) {
            return Ok((Box::new(opened), plain));
        }
        let mut beginning = Vec::new();
        (&mut opened)
            .take(export::BEGINNING.len() as u64)
            .read_to_end(&mut beginning)?;
        let exported = beginning == export::BEGINNING;
        let whole = Cursor::new(beginning).chain(opened);
        Ok(match exported {
            true => (Box::new(export::Export::new(whole)), false),
            false => (Box::new(whole), plain),
        })
    }

    /// Reads the lines of one file, which was last changed at `changed` (UTC).
    pub(super) fn reading(&self, now: Timestamp, changed: Option<Timestamp>) -> Reading<'_> {
        let (mut rows, mut clock) = (None, None);
        match self {
            Self::Csv(table, _) => rows = Some(Rows::new(table)),
            Self::Syslog(of, _) => clock = of.as_ref(),
            Self::Json(_) | Self::Journal | Self::Combined | Self::Rows(_) => {}
        }
        Reading {
            format: self,
            rows,
            running: Running::new(clock, now, changed),
        }
    }
}

/// The lines of one file on their way.
pub(super) struct Reading<'f> {
    format: &'f Format,
    rows: Option<Rows<'f>>,
    running: Running<'f>,
}

/// What a line is.
pub(super) enum Read<'l> {
    /// One of the log.
    Of(Fields<'l>),
    /// The names of columns.
    Header,
    /// None of the log.
    Foreign,
}

impl<'l> From<Option<Fields<'l>>> for Read<'l> {
    fn from(fields: Option<Fields<'l>>) -> Self {
        fields.map_or(Self::Foreign, Self::Of)
    }
}

impl Reading<'_> {
    /// Reads a line, and of it the fields `names`, of which the first is the account's and the second the time's.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the whole file.
    pub(super) fn line<'l>(
        &mut self,
        line: &'l [u8],
        names: &[String],
    ) -> Result<Read<'l>, String> {
        match self.format {
            Format::Json(format) => {
                let mut fields = line::fields(line, names);
                if let Some(fields) = &mut fields {
                    let at = fields.values[TIME]
                        .as_deref()
                        .and_then(|time| instant(time, *format));
                    fields.at = at.map(|at| Interval::between(at, at));
                }
                Ok(fields.into())
            }
            Format::Rows(rows) => {
                let mut fields = line::fields(line, names);
                if let Some(fields) = &mut fields
                    && let Some(at) = fields.values[TIME].as_deref()
                {
                    fields.at = rows.at(at)?;
                }
                Ok(fields.into())
            }
            Format::Journal => {
                let mut fields = line::fields(line, names);
                if let Some(fields) = &mut fields {
                    fields.at = fields.values[TIME].as_deref().and_then(microseconds);
                }
                Ok(fields.into())
            }
            Format::Csv(_, format) => {
                let (Ok(text), Some(rows)) = (std::str::from_utf8(line), &mut self.rows) else {
                    return Ok(Read::Foreign);
                };
                Ok(match rows.read(text, names, &names[..=TIME])? {
                    Row::Of(mut fields) => {
                        let time = fields.values[TIME].as_deref();
                        let at = time.and_then(|time| instant_in_text(time, *format));
                        fields.at = at.map(|at| Interval::between(at, at));
                        Read::Of(fields)
                    }
                    Row::Header => Read::Header,
                    Row::Foreign => Read::Foreign,
                })
            }
            Format::Combined => {
                let text = std::str::from_utf8(line).ok();
                Ok(text.and_then(|text| combined::read(text, names)).into())
            }
            Format::Syslog(_, message) if line.starts_with(b"{") => {
                Ok(from_journal(line, *message, names).into())
            }
            Format::Syslog(_, message) => {
                let Ok(text) = std::str::from_utf8(line) else {
                    return Ok(Read::Foreign);
                };
                let Some(frame) = frame::read(text, &mut self.running)? else {
                    return Ok(Read::Foreign);
                };
                let frame::Frame {
                    at,
                    mut entry,
                    program,
                    message: said,
                } = frame;
                message.add(&mut entry, program, said);
                Ok(entry.select(names, at).into())
            }
        }
    }
}

impl Message {
    fn add<'l>(self, entry: &mut Entry<'l>, program: Option<&str>, said: &'l str) {
        match self {
            Self::Pairs => pairs::add(entry, said),
            Self::Dovecot if program.is_none_or(|program| program == "dovecot") => {
                mail_servers::dovecot(entry, said);
            }
            Self::Postfix if program.is_some_and(|program| program.starts_with("postfix")) => {
                mail_servers::postfix(entry, said);
            }
            // Lines of other programs say nothing of whose they are.
            Self::Dovecot | Self::Postfix => {}
        }
    }
}

/// The time of a journal: microseconds since 1970 (UTC), as text.
fn microseconds(value: &RawValue) -> Option<Interval> {
    let at = instant_in_text(value, TimeFormat::EpochMicroseconds)?;
    Some(Interval::between(at, at))
}

/// An entry of a journal, as the line of syslog that it was.
fn from_journal<'l>(line: &'l [u8], message: Message, names: &[String]) -> Option<Fields<'l>> {
    let read = line::fields(line, &JOURNAL.map(str::to_owned))?;
    if read.twice {
        return None;
    }
    let text = |place: usize| {
        let value: &RawValue = read.values[place].as_deref()?;
        serde_json::from_str::<String>(value.get()).ok()
    };
    let at = read.values[1].as_deref().and_then(microseconds);
    let (said, time, host, program, pid) = (text(0)?, text(1), text(2), text(3), text(4));
    let mut entry = Entry::default();
    for (name, text) in [
        ("time", &time),
        ("host", &host),
        ("program", &program),
        ("pid", &pid),
    ] {
        entry.push_some(name, text.as_deref());
    }
    entry.push("message", &*said);
    message.add(&mut entry, program.as_deref(), &said);
    entry.select(names, at)
}
