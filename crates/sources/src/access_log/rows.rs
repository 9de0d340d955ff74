//! Logs whose files hold rows of columns and no lines: whoever knows the form makes a line of JSON of each row,
//! and everything else is as of any other log.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use lagrum_model::Covered;
use serde_json::value::RawValue;

use super::clock;
use super::instant::{TimeFormat, instant, instant_in_text, rfc3339};
use super::line::text_of;
use crate::dates::Interval;

/// A form of files that hold rows.
pub trait RowForm: fmt::Debug + Send + Sync {
    /// The word that the configuration writes as `kind`.
    fn kind(&self) -> &'static str;

    /// Makes lines of a file: of each row one object of JSON, in the order of the file, each ended by a line feed.
    ///
    /// # Errors
    /// When the file is none of this form, or not as the configuration says. What shows itself only later comes
    /// as an error of [`OpenedRows::lines`].
    fn open(&self, file: File, asked: &RowsAsked<'_>) -> Result<OpenedRows, RowsFault>;
}

/// What a file of rows is asked for.
pub struct RowsAsked<'a> {
    /// The columns that are read, each by its name or its path (`user.id`): the account's, the time's, and others.
    pub names: &'a [String],
    /// How the time's column says it, if it does not say so itself.
    pub time_format: Option<TimeFormat>,
    /// Whether the configuration says in which zone a time is told that names none.
    pub zone: bool,
    /// Whether nobody asks for anything between these two instants (UTC, both included), and what lies there is no
    /// lost time. Rows that are all dated between them need not be read.
    pub outside: &'a dyn Fn(Timestamp, Timestamp) -> bool,
}

/// A file of rows, open.
pub struct OpenedRows {
    /// Its lines.
    pub lines: Box<dyn Read + Send>,
    /// The groups of which they are, in their order.
    pub groups: Vec<RowGroup>,
    /// What was passed over.
    pub skipped: Skipped,
}

/// Rows that stand together in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// Its number in the file, from 1.
    pub number: u64,
    /// How many rows it has.
    pub rows: u64,
}

/// Rows that were passed over, because every one of them is dated where nobody asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// How many.
    pub rows: u64,
    /// From when to when they are dated.
    pub covers: Option<Covered>,
    /// Which of the columns that were asked for the file has.
    pub columns: Vec<bool>,
}

/// Why a file of rows cannot be read.
#[derive(Debug)]
pub enum RowsFault {
    /// The system refused.
    Io(io::Error),
    /// It is damaged, or nothing that is read here: what, and what to do.
    Damaged(String),
    /// It is not as the configuration says: the field, and its rule.
    Config(&'static str, String),
}

impl From<io::Error> for RowsFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// How a log of rows says when.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub(super) form: Arc<dyn RowForm>,
    pub(super) time_format: Option<TimeFormat>,
    pub(super) zone: Option<TimeZone>,
}

impl Rows {
    /// When, as the value of the time's column says it.
    ///
    /// # Errors
    /// A sentence, where it shows that what the operator says of the zone is not so.
    pub(super) fn at(&self, value: &RawValue) -> Result<Option<Interval>, String> {
        let text = value.get().starts_with('"');
        let exact = |at: Timestamp| Interval::between(at, at);
        match self.time_format {
            Some(format) if text => Ok(instant_in_text(value, format).map(exact)),
            Some(format) => Ok(instant(value, format).map(exact)),
            None => {
                let Some(text) = text_of(value) else {
                    return Ok(None);
                };
                if let Some(at) = rfc3339(&text) {
                    return Ok(Some(exact(at)));
                }
                match (&self.zone, text.parse::<DateTime>()) {
                    (Some(zone), Ok(local)) => clock::interval(zone, local),
                    _ => Ok(None),
                }
            }
        }
    }
}

/// Where in a file a line is, counted as the file is: by lines, or by the rows of its groups.
pub(super) fn place(shown: &str, groups: &[RowGroup], line: u64) -> String {
    let mut before = 0;
    for group in groups {
        if line <= before + group.rows {
            return format!("{shown} row group {} row {}", group.number, line - before);
        }
        before += group.rows;
    }
    format!("{shown} line {line}")
}

/// What tells that a file was written to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp(u64, [i64; 4]);

impl Stamp {
    pub(super) fn of(file: &File) -> io::Result<Self> {
        let about = file.metadata()?;
        let times = [
            about.mtime(),
            about.mtime_nsec(),
            about.ctime(),
            about.ctime_nsec(),
        ];
        Ok(Self(about.len(), times))
    }
}
