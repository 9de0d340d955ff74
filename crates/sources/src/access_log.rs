//! Access logs in JSON Lines: one object on each line, plain, gzip or Zstandard.
//!
//! A line belongs to the account when its account field, after JSON is decoded, is the account.
//! Of such a line only the fields leave that the configuration names for the ordered category.
//! Before JSON is decoded, lines that cannot belong to the account are passed over by their bytes;
//! a line with a backslash is always decoded, because it may write the account with escapes.

mod line;
mod lines;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_mandate::Order;
use lagrum_model::{Category, Period, Sha256Digest};
use serde_json::{Map, Value};

use self::line::{Account, Line, instant};
use self::lines::Lines;
use crate::accounts::{Aliases, NO_SUCH_CATEGORY, NO_SUCH_IDENTIFIER, Wanted};
use crate::compressed::{self, Opened};
use crate::config::{AccessLogConfig, TimeFormat};
use crate::dates::{self, Interval};
use crate::mail::Delivery;
use crate::{About, Outcome, Record, Review, Sink, Source, SourceError, store};

/// One log, which may be rotated over several files.
pub(crate) struct AccessLog {
    about: About,
    files: Vec<(String, PathBuf)>,
    account_field: String,
    time_field: String,
    time_format: TimeFormat,
    fields: Vec<(Category, Vec<String>)>,
    aliases: Aliases,
}

impl AccessLog {
    pub(crate) fn open(
        config: &AccessLogConfig,
        base_directory: &Path,
        aliases: &Aliases,
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
        let named = |path: &PathBuf| {
            (
                path.to_string_lossy().into_owned(),
                base_directory.join(path),
            )
        };
        Ok(Self {
            about: About {
                id: config.id.clone(),
                kind: "access-log-jsonl",
                categories: config.fields.keys().copied().collect(),
                date_rule: "the time field of the line, as an instant in UTC; where it is missing or cannot be read, a person decides",
            },
            files: config.paths.iter().map(named).collect(),
            account_field: config.account_field.clone(),
            time_field: config.time_field.clone(),
            time_format: config.time_format,
            fields: config.fields.clone().into_iter().collect(),
            aliases: aliases.clone(),
        })
    }

    /// Searches all files for one account.
    fn run(
        &self,
        wanted: Wanted<'_>,
        category: Category,
        period: &Period,
        now: Timestamp,
        sink: &mut dyn Sink,
    ) -> Result<Outcome, SourceError> {
        let Some((_, fields)) = self.fields.iter().find(|(served, _)| *served == category) else {
            return Ok(NO_SUCH_CATEGORY);
        };
        if let Some(of) = self.aliases.of(wanted) {
            return Ok(Outcome::Alias { of: of.to_owned() });
        }
        let mut search = Search {
            log: self,
            account: Account::new(wanted),
            fields,
            period,
            now,
            delivery: Delivery::new(&self.about.id, sink),
        };
        for (shown, file) in self.open_files()? {
            search.file(shown, file)?;
        }
        Ok(Outcome::Searched(search.delivery.counts))
    }

    /// Opens all files before the first is read, so that a rotation in between loses nothing, and
    /// makes sure that none happened meanwhile.
    fn open_files(&self) -> Result<Vec<(&str, File)>, SourceError> {
        let id = &self.about.id;
        let mut opened = Vec::new();
        for (shown, path) in &self.files {
            let file = store::open_named_file(path)
                .map_err(|closed| SourceError::io(id, shown, closed.into_io()))?;
            opened.push((shown.as_str(), file));
        }
        for ((shown, file), (_, path)) in opened.iter().zip(&self.files) {
            let fail = |error| SourceError::io(id, *shown, error);
            let (then, now) = (
                file.metadata().map_err(fail)?,
                path.metadata().map_err(fail)?,
            );
            if (then.dev(), then.ino()) != (now.dev(), now.ino()) {
                return Err(SourceError::store(
                    id,
                    *shown,
                    "the log was rotated while its files were opened; search again",
                ));
            }
        }
        Ok(opened)
    }
}

impl Source for AccessLog {
    fn about(&self) -> &About {
        &self.about
    }

    fn search(
        &self,
        order: &Order<'_>,
        now: Timestamp,
        sink: &mut dyn Sink,
    ) -> Result<Outcome, SourceError> {
        match Wanted::of(order.identifier()) {
            Some(wanted) => self.run(wanted, order.category(), &order.period(), now, sink),
            None => Ok(NO_SUCH_IDENTIFIER),
        }
    }
}

/// One search on its way.
struct Search<'a> {
    log: &'a AccessLog,
    account: Account<'a>,
    fields: &'a [String],
    period: &'a Period,
    now: Timestamp,
    delivery: Delivery<'a>,
}

impl Search<'_> {
    fn file(&mut self, shown: &str, file: File) -> Result<(), SourceError> {
        let id = self.delivery.id;
        let fail = |error: std::io::Error| SourceError::io(id, shown, error);
        let length = file.metadata().map_err(fail)?.len();
        let opened = compressed::open(file, Path::new(shown)).map_err(fail)?;
        let plain = matches!(opened, Opened::Plain(_));
        let mut lines = Lines::new(opened);
        let mut number = 0_u64;
        loop {
            let at = || format!("{shown} line {}", number + 1);
            let Some(line) = lines
                .next()
                .map_err(|error| SourceError::io(id, at(), error))?
            else {
                break;
            };
            number += 1;
            let line = match number {
                1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line),
                _ => line,
            };
            if !line.trim_ascii().is_empty() {
                self.line(shown, number, line)?;
            }
        }
        if plain && lines.read() < length {
            return Err(SourceError::store(
                id,
                shown,
                "the log became shorter while it was read; search again",
            ));
        }
        Ok(())
    }

    fn line(&mut self, shown: &str, number: u64, bytes: &[u8]) -> Result<(), SourceError> {
        self.delivery.counts.examined += 1;
        let candidate = self.account.may_be_in(bytes);
        if !candidate {
            // It is not the account's, whatever it says. Whether it is an object at all is told by
            // its ends, which costs nothing.
            let text = bytes.trim_ascii();
            if !(text.starts_with(b"{") && text.ends_with(b"}")) {
                self.delivery.counts.unreadable += 1;
            }
            return Ok(());
        }
        let locator = format!("{shown} line {number}");
        let Ok(Line(object)) = serde_json::from_slice::<Line>(bytes) else {
            let why =
                "the line may mention the account, but is not one JSON object with each field once";
            return self.review(&locator, why, None, bytes);
        };
        match self.account.is(object.get(&self.log.account_field)) {
            Some(false) => return Ok(()),
            Some(true) => {}
            None => {
                let why = "the account field of the line is neither text nor a whole number";
                return self.review(&locator, why, None, bytes);
            }
        }
        let time = object.get(&self.log.time_field);
        let Some(dated) = instant(time, self.log.time_format) else {
            let why =
                "the time field of the line is missing or not written as the configuration says";
            return self.review(&locator, why, time, bytes);
        };
        if dates::plausible(Interval::between(dated, dated), self.now).is_err() {
            let why = "the time of the line is lost: it lies before 1982 or more than a day in the future";
            return self.review(&locator, why, time, bytes);
        }
        if !self.period.contains(dated) {
            return Ok(());
        }
        let fields: Map<String, Value> = self
            .fields
            .iter()
            .filter_map(|name| Some((name.clone(), object.get(name)?.clone())))
            .collect();
        self.delivery.sink.record(&Record {
            source: self.delivery.id,
            locator: &locator,
            dated: Some(dated),
            fields: &fields,
        })?;
        self.delivery.counts.selected += 1;
        Ok(())
    }

    fn review(
        &mut self,
        locator: &str,
        why: &str,
        time: Option<&Value>,
        line: &[u8],
    ) -> Result<(), SourceError> {
        let raw_date = time.map(|time| match time {
            Value::String(text) => text.chars().take(200).collect(),
            other => other.to_string().chars().take(200).collect::<String>(),
        });
        self.delivery.review(&Review {
            source: self.delivery.id,
            locator,
            why,
            raw_date: raw_date.as_deref(),
            sha256: Some(Sha256Digest::of(line)),
        })
    }
}
