//! What the operator writes of a log, and what is checked of it before anything is opened.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use lagrum_model::{Category, SubCategory};
use serde::Deserialize;

use super::clock::{Clock, Year};
use super::format::{Format, Message, Table};
use super::instant::TimeFormat;
use super::rows::{RowForm, Rows};
use crate::SourceError;

/// The most fields that are handed over for one category, and the longest name of one, in bytes: more
/// the check of a package does not read.
const FIELDS_LIMIT: usize = 1000;
const NAME_LIMIT: usize = 1 << 10;
/// How deep the path of a field may lead.
const PATH_LIMIT: usize = 16;

/// Accesses in a log.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessLogConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// How its lines are written: the kind of the source says it.
    #[serde(skip)]
    pub kind: LogKind,
    /// The files, in the order in which they are read: the oldest of a rotation first. In the name of
    /// a file `*` stands for anything and `?` for one byte; what a pattern matches is read oldest
    /// first, and links that it matches are not followed.
    pub paths: Vec<PathBuf>,
    /// The field that names the account: of JSON also one within others (`user.id`). Not where the kind itself
    /// says whose a line is.
    #[serde(default)]
    pub account_field: String,
    /// The field that says when. Not where the kind itself says it.
    #[serde(default)]
    pub time_field: String,
    /// How it says it.
    #[serde(default)]
    pub time_format: Option<TimeFormat>,
    /// The zone in which a time that names none is told (`Europe/Stockholm`), and its `year`. For lines of
    /// syslog as RFC 3164 has them, and for Dovecot's own log.
    #[serde(default)]
    pub zone: Option<String>,
    /// Of which year such a time is: a number, or `within-a-year`, which promises that no line is older.
    #[serde(default)]
    pub year: Option<YearRule>,
    /// What stands between the fields of a table; a comma unless said otherwise.
    #[serde(default)]
    pub separator: Option<char>,
    /// The columns of a table whose files do not name them in their first row.
    #[serde(default)]
    pub columns: Option<Vec<String>>,
    /// The field that tells the Internet address from which somebody came, if it is looked up in this
    /// log who used an address: a log of accesses that succeeded, since whoever tries to come in as
    /// somebody else is not that person.
    #[serde(default)]
    pub address_field: Option<String>,
    /// The field that tells the source port, if there is one.
    #[serde(default)]
    pub port_field: Option<String>,
    /// For each category that the log serves (`traffic`, `identification`), the fields that are
    /// handed over. Nothing else of a line leaves.
    pub fields: BTreeMap<Category, Vec<String>>,
    /// In which box below its category each of them lies: `sub_categories.location = ["cell"]`. A field of
    /// which it is not said leaves only where all of the category does.
    #[serde(default)]
    pub sub_categories: BTreeMap<SubCategory, Vec<String>>,
}

/// How the lines of a log are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogKind {
    /// JSON Lines.
    #[default]
    JsonLines,
    /// Comma-separated values.
    Csv,
    /// The common and the combined format of web servers.
    Combined,
    /// Syslog, with `key=value` in its messages.
    Syslog,
    /// Dovecot's lines, in syslog, in a journal or in a file of its own.
    Dovecot,
    /// Postfix's lines, in syslog or in a journal.
    Postfix,
    /// What `journalctl` writes with `-o json` or `-o export`.
    Journal,
    /// Rows of files of another form, by its word.
    Rows(&'static str),
}

impl LogKind {
    /// Each, by the word that the configuration writes as `kind`.
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("access-log-jsonl", Self::JsonLines),
        ("access-log-csv", Self::Csv),
        ("access-log-combined", Self::Combined),
        ("access-log-syslog", Self::Syslog),
        ("access-log-dovecot", Self::Dovecot),
        ("access-log-postfix", Self::Postfix),
        ("access-log-journal", Self::Journal),
    ];

    pub(super) fn word(self) -> &'static str {
        if let Self::Rows(word) = self {
            return word;
        }
        let found = Self::ALL.iter().find(|(_, kind)| *kind == self);
        found.map_or("access-log-jsonl", |(word, _)| word)
    }

    /// The field that names the account, where the kind says it itself.
    fn account(self) -> Option<&'static str> {
        match self {
            Self::Combined | Self::Dovecot | Self::Postfix => Some("user"),
            Self::JsonLines | Self::Csv | Self::Syslog | Self::Journal | Self::Rows(_) => None,
        }
    }

    /// The field that says when, where the kind says it itself.
    fn time(self) -> Option<&'static str> {
        match self {
            Self::Combined | Self::Syslog | Self::Dovecot | Self::Postfix => Some("time"),
            Self::Journal => Some("__REALTIME_TIMESTAMP"),
            Self::JsonLines | Self::Csv | Self::Rows(_) => None,
        }
    }

    /// Whether times may stand there that name no zone and no year.
    fn has_clock(self) -> bool {
        matches!(self, Self::Syslog | Self::Dovecot | Self::Postfix)
    }

    /// Whether every line is an access that succeeded, if the operator says so.
    fn looks_up(self) -> bool {
        matches!(self, Self::JsonLines | Self::Csv | Self::Rows(_))
    }
}

/// Of which year a time is that names none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum YearRule {
    /// Of this one.
    Of(i16),
    /// `within-a-year`: of the last year in which its day is not in the future.
    Word(String),
}

/// The fields that tell the address from which somebody came.
#[derive(Clone, Debug)]
pub(super) struct From {
    pub(super) address_field: String,
    pub(super) port_field: Option<String>,
}

/// What was checked.
pub(super) struct Settings {
    pub(super) format: Format,
    pub(super) account_field: String,
    pub(super) time_field: String,
    pub(super) from: Option<From>,
}

impl AccessLogConfig {
    /// Checks all but the paths.
    pub(super) fn check(&self, form: Option<Arc<dyn RowForm>>) -> Result<Settings, SourceError> {
        let fault = |field: &str, why: &str| Err(SourceError::config(&self.id, field, why));
        let kind = self.kind;
        let own = |field: &'static str, written: &str, of_kind: Option<&'static str>| match (
            of_kind, written,
        ) {
            (Some(name), "") => Ok(name.to_owned()),
            (Some(name), _) => Err(SourceError::config(
                &self.id,
                field,
                format!("a log of this kind says it in `{name}`; take the line out"),
            )),
            (None, "") => Err(SourceError::config(
                &self.id,
                field,
                "is empty; name the field",
            )),
            (None, written) => Ok(written.to_owned()),
        };
        let account_field = own("account_field", &self.account_field, kind.account())?;
        let time_field = own("time_field", &self.time_field, kind.time())?;
        let time_format = match (kind.time(), self.time_format) {
            (Some(_), Some(_)) => {
                return fault(
                    "time_format",
                    "a log of this kind says it; take the line out",
                );
            }
            // The columns of rows say it themselves, if this is not there.
            (None, None) if matches!(kind, LogKind::Rows(_)) => TimeFormat::Rfc3339,
            (None, None) => return fault("time_format", "is missing; say how the time is written"),
            (_, format) => format.unwrap_or(TimeFormat::Rfc3339),
        };
        let rows = form.map(|form| self.rows(form)).transpose()?;
        if rows.is_none() && !kind.has_clock() && (self.zone.is_some() || self.year.is_some()) {
            return fault(
                "zone",
                "the times of this kind name their zone; take `zone` and `year` out",
            );
        }
        if kind != LogKind::Csv && (self.separator.is_some() || self.columns.is_some()) {
            return fault(
                "columns",
                "a log of this kind is no table; take `columns` and `separator` out",
            );
        }
        self.check_fields()?;
        let format = match kind {
            LogKind::Rows(_) => match rows {
                Some(rows) => Format::Rows(rows),
                None => return fault("kind", "is read by another crate"),
            },
            LogKind::JsonLines => Format::Json(time_format),
            LogKind::Journal => Format::Journal,
            LogKind::Csv => Format::Csv(self.table(&account_field, &time_field)?, time_format),
            LogKind::Combined => Format::Combined,
            LogKind::Syslog => Format::Syslog(self.clock()?, Message::Pairs),
            LogKind::Dovecot => Format::Syslog(self.clock()?, Message::Dovecot),
            LogKind::Postfix => Format::Syslog(self.clock()?, Message::Postfix),
        };
        let from = self.from(&account_field, &time_field)?;
        Ok(Settings {
            format,
            account_field,
            time_field,
            from,
        })
    }

    /// Of rows that tell a time without its zone, the zone is enough: their columns name the year.
    fn rows(&self, form: Arc<dyn RowForm>) -> Result<Rows, SourceError> {
        let fault = |field: &str, why: String| Err(SourceError::config(&self.id, field, why));
        if self.year.is_some() {
            return fault(
                "year",
                "a log of this kind says it; take the line out".into(),
            );
        }
        let zone = match &self.zone {
            None => None,
            Some(_) if self.time_format.is_some() => {
                return fault(
                    "zone",
                    "`time_format` says which instant is meant; take one of the two out".into(),
                );
            }
            Some(zone) => Some(self.zone(zone)?),
        };
        Ok(Rows {
            form,
            time_format: self.time_format,
            zone,
        })
    }

    fn zone(&self, name: &str) -> Result<TimeZone, SourceError> {
        let no_zone = |_| {
            let why = format!("`{name}` is no zone; write one such as `Europe/Stockholm`");
            SourceError::config(&self.id, "zone", why)
        };
        TimeZoneDatabase::bundled().get(name).map_err(no_zone)
    }

    fn check_fields(&self) -> Result<(), SourceError> {
        let fault = |why: &str| Err(SourceError::config(&self.id, "fields", why));
        if self.fields.is_empty() {
            return fault("serves no category; write `fields.identification` or `fields.traffic`");
        }
        for (category, names) in &self.fields {
            if !matches!(category, Category::Identification | Category::Traffic) {
                return fault("a log serves `identification` and `traffic` only");
            }
            if names.len() > FIELDS_LIMIT || names.iter().any(|name| name.len() > NAME_LIMIT) {
                return fault("write at most 1000 fields, each with a name of at most 1 KiB");
            }
            let mut distinct = names.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if names.is_empty() || distinct.len() != names.len() {
                return fault("write each field once, and at least one for each category");
            }
        }
        let handed_over = self.fields.values().flatten();
        let asked = [&self.account_field, &self.time_field];
        let asked = asked
            .into_iter()
            .chain(&self.address_field)
            .chain(&self.port_field);
        let deep = |name: &&String| name.matches('.').count() >= PATH_LIMIT;
        if handed_over.chain(asked).any(|name| deep(&name)) {
            return fault("a path leads through at most 16 fields");
        }
        Ok(())
    }

    fn table(&self, account: &str, time: &str) -> Result<Table, SourceError> {
        let fault = |field: &str, why: &str| Err(SourceError::config(&self.id, field, why));
        let separator = match self.separator.map(u8::try_from) {
            None => b',',
            Some(Ok(sign @ (b'\t' | b' '..=b'~')))
                if sign != b'"' && !sign.is_ascii_alphanumeric() =>
            {
                sign
            }
            Some(_) => return fault("separator", "write one sign, such as `;`, or a tab"),
        };
        if let Some(columns) = &self.columns {
            let mut distinct = columns.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if distinct.len() != columns.len() {
                return fault("columns", "names a column twice");
            }
            if ![account, time]
                .iter()
                .all(|name| columns.iter().any(|one| one == name))
            {
                return fault("columns", "does not name `account_field` and `time_field`");
            }
        }
        Ok(Table {
            separator,
            columns: self.columns.clone(),
        })
    }

    fn clock(&self) -> Result<Option<Clock>, SourceError> {
        let fault = |field: &str, why: String| Err(SourceError::config(&self.id, field, why));
        let (zone, year) = match (&self.zone, &self.year) {
            (None, None) => return Ok(None),
            (Some(zone), Some(year)) => (zone, year),
            (Some(_), None) => {
                return fault(
                    "year",
                    "is missing beside `zone`; write a year, or \"within-a-year\"".into(),
                );
            }
            (None, Some(_)) => return fault("zone", "is missing beside `year`".into()),
        };
        let year = match year {
            YearRule::Of(year @ 1982..=9998) => Year::Of(*year),
            YearRule::Word(word) if word == "within-a-year" => Year::WithinAYear,
            _ => return fault("year", "write a year, or \"within-a-year\"".into()),
        };
        let zone = self.zone(zone)?;
        Ok(Some(Clock { zone, year }))
    }

    fn from(&self, account: &String, time: &String) -> Result<Option<From>, SourceError> {
        let fault = |field: &str, why: &str| Err(SourceError::config(&self.id, field, why));
        match (&self.address_field, &self.port_field) {
            (None, Some(_)) => fault("port_field", "needs `address_field` beside it"),
            (None, None) => Ok(None),
            (Some(_), _) if !self.kind.looks_up() => fault(
                "address_field",
                "a log of this kind also tells of attempts that failed, so that nobody is looked up in it; take the line out",
            ),
            (Some(address_field), port_field) => {
                let names = [account, time, address_field];
                let mut names: Vec<_> = names.into_iter().chain(port_field).collect();
                let written = names.len();
                names.sort_unstable();
                names.dedup();
                if names.len() < written || names.iter().any(|name| name.is_empty()) {
                    return fault(
                        "address_field",
                        "write a field of its own for account, time, address and port",
                    );
                }
                Ok(Some(From {
                    address_field: address_field.clone(),
                    port_field: port_field.clone(),
                }))
            }
        }
    }
}
