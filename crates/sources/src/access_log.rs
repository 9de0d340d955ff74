//! Access logs in JSON Lines: one object on each line, plain, gzip or Zstandard.
//!
//! A line belongs to the account when its account field, after JSON is decoded, is the account or
//! one of its other names. Of such a line only the fields leave that the configuration names for the
//! ordered category, each value as it is written.
//!
//! A line that may be about the account goes to a person: one whose account field is like the
//! account's name without being it, or says nobody, while the account stands elsewhere in the line;
//! one of somebody else that mentions the account; one that is no object and mentions it. What nobody
//! can read is told by its place; a file in which nothing can be read is no log, and refused.

mod instant;
mod line;
mod lines;
mod look_up;
mod mention;
mod rotation;
mod search;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lagrum_mandate::{LookUps, Orders};
use lagrum_model::{Category, DateRule, Period, SubCategory};
use serde::Deserialize;

use self::rotation::{Entry, Fault, FaultKind};
use crate::{
    About, Context, LiesIn, Run, SearchResult, Seen, Sink, Source, SourceConfig, SourceError,
    Wanted,
};

/// The most fields that are handed over for one category, and the longest name of one, in bytes: more
/// the check of a package does not read.
const FIELDS_LIMIT: usize = 1000;
const NAME_LIMIT: usize = 1 << 10;

/// Accesses in JSON Lines.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessLogConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The files, in the order in which they are read: the oldest of a rotation first. In the name of
    /// a file `*` stands for anything and `?` for one byte; what a pattern matches is read oldest
    /// first, and links that it matches are not followed.
    pub paths: Vec<PathBuf>,
    /// The field that names the account.
    pub account_field: String,
    /// The field that says when.
    pub time_field: String,
    /// How it says it.
    pub time_format: TimeFormat,
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

/// How a log writes an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeFormat {
    /// Text with a zone, for example `2026-03-01T12:00:00+01:00` (RFC 3339).
    Rfc3339,
    /// A number: seconds since 1970-01-01T00:00:00Z, with or without a fraction, read exactly.
    EpochSeconds,
    /// A number: milliseconds since then, with or without a fraction.
    EpochMilliseconds,
    /// A number: microseconds since then.
    EpochMicroseconds,
    /// A number: nanoseconds since then.
    EpochNanoseconds,
}

/// One log, which may be rotated over several files.
pub(crate) struct AccessLog {
    about: About,
    files: Vec<Entry>,
    account_field: String,
    time_field: String,
    time_format: TimeFormat,
    fields: Vec<(Category, Vec<String>)>,
    /// Where somebody came from, if that is looked up here.
    from: Option<look_up::From>,
}

impl AccessLog {
    pub(crate) fn open(
        config: &AccessLogConfig,
        base_directory: &Path,
    ) -> Result<Self, SourceError> {
        let fault = |field: &str, why: &str| Err(SourceError::config(&config.id, field, why));
        let mut sorted = config.paths.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.is_empty() {
            return fault("paths", "names no file; write at least one");
        }
        if sorted.len() != config.paths.len() {
            return fault("paths", "names a file twice; keep one");
        }
        if config.account_field.is_empty() {
            return fault("account_field", "is empty; name the field");
        }
        if config.time_field.is_empty() {
            return fault("time_field", "is empty; name the field");
        }
        if config.fields.is_empty() {
            return fault(
                "fields",
                "serves no category; write `fields.identification` or `fields.traffic`",
            );
        }
        for (category, names) in &config.fields {
            if !matches!(category, Category::Identification | Category::Traffic) {
                return fault("fields", "a log serves `identification` and `traffic` only");
            }
            if names.len() > FIELDS_LIMIT || names.iter().any(|name| name.len() > NAME_LIMIT) {
                return fault(
                    "fields",
                    "write at most 1000 fields, each with a name of at most 1 KiB",
                );
            }
            let mut distinct = names.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if names.is_empty() || distinct.len() != names.len() {
                return fault(
                    "fields",
                    "write each field once, and at least one for each category",
                );
            }
        }
        let from = match (&config.address_field, &config.port_field) {
            (None, Some(_)) => {
                return fault("port_field", "needs `address_field` beside it");
            }
            (None, None) => None,
            (Some(address_field), port_field) => {
                let names = [&config.account_field, &config.time_field, address_field];
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
                Some(look_up::From {
                    address_field: address_field.clone(),
                    port_field: port_field.clone(),
                })
            }
        };
        let entry = |path: &PathBuf| {
            Entry::new(path, base_directory)
                .map_err(|why| SourceError::config(&config.id, "paths", why))
        };
        Ok(Self {
            about: About {
                id: config.id.clone(),
                kind: "access-log-jsonl",
                categories: config.fields.keys().copied().collect(),
                date_rule: DateRule::EventTime,
                lies_in: LiesIn::fields(config.fields.clone(), &config.sub_categories)
                    .map_err(|why| SourceError::config(&config.id, "sub_categories", why))?,
            },
            files: config.paths.iter().map(entry).collect::<Result<_, _>>()?,
            account_field: config.account_field.clone(),
            time_field: config.time_field.clone(),
            time_format: config.time_format,
            fields: config.fields.clone().into_iter().collect(),
            from,
        })
    }

    /// What a fault of the files is for a search.
    fn fault(&self, Fault(shown, kind): Fault) -> SourceError {
        match kind {
            FaultKind::Io(error) => SourceError::io(&self.about.id, shown, error),
            FaultKind::Changed => SourceError::changed(
                &self.about.id,
                shown,
                "the log was rotated while its files were opened; search again",
            ),
        }
    }
}

impl Source for AccessLog {
    fn about(&self) -> &About {
        &self.about
    }

    fn probe(&self) -> Result<(), SourceError> {
        let opened = rotation::open(&self.files);
        opened.map(|_| ()).map_err(|fault| self.fault(fault))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        let asked: Vec<_> = orders
            .iter()
            .map(|order| Asked {
                wanted: Wanted::of(order.identifier()),
                category: order.category(),
                period: order.period(),
            })
            .collect();
        self.answer(&asked, run, sink)
    }

    fn look_up(
        &self,
        wanted: &LookUps<'_>,
        run: Run<'_>,
    ) -> Result<Vec<Option<Seen>>, SourceError> {
        self.who_used(&wanted.iter().collect::<Vec<_>>(), run)
    }
}

/// Opens a log.
pub(crate) fn open(
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    let config: AccessLogConfig = config.read()?;
    let log = AccessLog::open(&config, context.base_directory)?;
    Ok(Box::new(log))
}

/// One order, as a log understands it.
struct Asked<'a> {
    wanted: Option<Wanted<'a>>,
    category: Category,
    period: Period,
}
