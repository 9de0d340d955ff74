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

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use lagrum_mandate::Orders;
use lagrum_model::{Category, DateRule, Period, Sha256Digest};
use serde::Deserialize;
use serde_json::{Map, Value};

use self::line::{Account, Line, instant};
use self::lines::Lines;
use crate::compressed::{self, Opened};
use crate::dates::{self, Interval};
use crate::{
    About, Aliases, Context, Counts, Record, Review, Run, SearchResult, Sink, Source, SourceConfig,
    SourceError, Wanted, beneath,
};

/// Accesses in JSON Lines.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessLogConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The files, in the order in which they are read: the oldest of a rotation first.
    pub paths: Vec<PathBuf>,
    /// The field that names the account.
    pub account_field: String,
    /// The field that says when.
    pub time_field: String,
    /// How it says it.
    pub time_format: TimeFormat,
    /// For each category that the log serves (`traffic`, `identification`), the fields that are
    /// handed over. Nothing else of a line leaves.
    pub fields: BTreeMap<Category, Vec<String>>,
}

/// How a log writes an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeFormat {
    /// Text with a zone, for example `2026-03-01T12:00:00+01:00` (RFC 3339).
    Rfc3339,
    /// A number: seconds since 1970-01-01T00:00:00Z, with or without a fraction.
    EpochSeconds,
    /// A number: milliseconds since 1970-01-01T00:00:00Z.
    EpochMilliseconds,
}

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
                date_rule: DateRule::EventTime,
            },
            files: config.paths.iter().map(named).collect(),
            account_field: config.account_field.clone(),
            time_field: config.time_field.clone(),
            time_format: config.time_format,
            fields: config.fields.clone().into_iter().collect(),
            aliases: aliases.clone(),
        })
    }

    /// Answers all that is asked with one reading of the files.
    fn answer(
        &self,
        asked: &[Asked<'_>],
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        let mut results = Vec::new();
        let mut search = Search {
            log: self,
            run,
            sink,
            watched: Vec::new(),
            lines: 0,
            unreadable: 0,
        };
        for (order, asked) in asked.iter().enumerate() {
            let served = self.fields.iter().find(|(one, _)| *one == asked.category);
            let result = match (served, asked.wanted) {
                (None, _) => SearchResult::NO_SUCH_CATEGORY,
                (_, None) => SearchResult::NO_SUCH_IDENTIFIER,
                (Some((_, fields)), Some(wanted)) => match self.aliases.of(wanted) {
                    Some(of) => SearchResult::Alias { of: of.to_owned() },
                    None => {
                        search.watch(wanted, Pass::new(order, fields, asked.period));
                        SearchResult::Searched(Counts::default())
                    }
                },
            };
            results.push(result);
        }
        if !search.watched.is_empty() {
            for (shown, file) in self.open_files()? {
                search.file(shown, file)?;
            }
        }
        for watched in &search.watched {
            for pass in &watched.passes {
                results[pass.order] = SearchResult::Searched(Counts {
                    examined: search.lines,
                    unreadable: search.unreadable - watched.unreadable,
                    ..pass.counts
                });
            }
        }
        Ok(results)
    }

    /// Opens all files before the first is read, so that a rotation in between loses nothing, and
    /// makes sure that none happened meanwhile.
    fn open_files(&self) -> Result<Vec<(&str, File)>, SourceError> {
        let id = &self.about.id;
        let mut opened = Vec::new();
        for (shown, path) in &self.files {
            let file = beneath::open_named_file(path)
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
                return Err(SourceError::changed(
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

    fn probe(&self) -> Result<(), SourceError> {
        self.open_files().map(|_| ())
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
}

/// Opens a log.
pub(crate) fn open(
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    let config: AccessLogConfig = config.read()?;
    let log = AccessLog::open(&config, context.base_directory, context.aliases)?;
    Ok(Box::new(log))
}

/// One order, as a log understands it.
struct Asked<'a> {
    wanted: Option<Wanted<'a>>,
    category: Category,
    period: Period,
}

/// All orders on their way through the log, together.
struct Search<'a> {
    log: &'a AccessLog,
    run: Run<'a>,
    sink: &'a mut dyn Sink,
    watched: Vec<Watched<'a>>,
    /// Lines looked at.
    lines: u64,
    /// Of them, those that are not objects.
    unreadable: u64,
}

/// One account, with the orders that name it.
struct Watched<'a> {
    wanted: Wanted<'a>,
    account: Account<'a>,
    passes: Vec<Pass<'a>>,
    /// Lines that are not objects but may mention the account: a person looks at them.
    unreadable: u64,
}

/// What one order takes of the lines of its account.
struct Pass<'a> {
    order: usize,
    fields: &'a [String],
    period: Period,
    counts: Counts,
}

impl<'a> Pass<'a> {
    fn new(order: usize, fields: &'a [String], period: Period) -> Self {
        Self {
            order,
            fields,
            period,
            counts: Counts::default(),
        }
    }
}

impl<'a> Search<'a> {
    fn watch(&mut self, wanted: Wanted<'a>, pass: Pass<'a>) {
        match self.watched.iter_mut().find(|one| one.wanted == wanted) {
            Some(watched) => watched.passes.push(pass),
            None => self.watched.push(Watched {
                wanted,
                account: Account::new(wanted),
                passes: vec![pass],
                unreadable: 0,
            }),
        }
    }

    fn file(&mut self, shown: &str, file: File) -> Result<(), SourceError> {
        let id = &self.log.about.id;
        let fail = |error: std::io::Error| SourceError::io(id, shown, error);
        let length = file.metadata().map_err(fail)?.len();
        let opened = compressed::open(file, Path::new(shown)).map_err(fail)?;
        let plain = matches!(opened, Opened::Plain(_));
        let mut lines = Lines::new(opened);
        let mut number = 0_u64;
        loop {
            let locator = || format!("{shown} line {}", number + 1);
            let Some(line) = lines
                .next()
                .map_err(|error| SourceError::io(id, locator(), error))?
            else {
                break;
            };
            number += 1;
            let line = match number {
                1 => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line),
                _ => line,
            };
            if number.is_multiple_of(4096) {
                self.run.go_on(id)?;
            }
            if !line.trim_ascii().is_empty() {
                self.line(shown, number, line)?;
            }
        }
        if plain && lines.read() < length {
            return Err(SourceError::changed(
                id,
                shown,
                "the log became shorter while it was read; search again",
            ));
        }
        Ok(())
    }

    fn line(&mut self, shown: &str, number: u64, bytes: &[u8]) -> Result<(), SourceError> {
        self.lines += 1;
        // Whether a line of nobody who is watched is an object at all is told by its ends, which
        // costs nothing.
        let text = bytes.trim_ascii();
        let object = text.starts_with(b"{") && text.ends_with(b"}");
        self.unreadable += u64::from(!object);
        let escaped = line::is_escaped(bytes);
        let mut read = None;
        let Self {
            log, sink, watched, ..
        } = self;
        for watched in watched {
            if !escaped && !watched.account.may_be_in(bytes) {
                continue;
            }
            watched.unreadable += u64::from(!object);
            // Decoded once, for whichever accounts it may mention.
            let read = read.get_or_insert_with(|| log.read(shown, number, bytes, self.run.now));
            read.deliver(log, watched, *sink)?;
        }
        Ok(())
    }
}

/// One line that may mention somebody who is watched.
struct ReadLine<'l> {
    locator: String,
    bytes: &'l [u8],
    /// Its fields; none if it is not one object with each field once.
    fields: Option<Map<String, Value>>,
    /// Its instant, or why a person has to look.
    dated: Result<jiff::Timestamp, &'static str>,
}

impl AccessLog {
    fn read<'l>(
        &self,
        shown: &str,
        number: u64,
        bytes: &'l [u8],
        now: jiff::Timestamp,
    ) -> ReadLine<'l> {
        let fields = serde_json::from_slice::<Line>(bytes)
            .ok()
            .map(|line| line.0);
        let time = fields.as_ref().and_then(|line| line.get(&self.time_field));
        let dated = match instant(time, self.time_format) {
            None => Err(
                "the time field of the line is missing or not written as the configuration says",
            ),
            Some(dated) if dates::plausible(Interval::between(dated, dated), now).is_err() => Err(
                "the time of the line is lost: it lies before 1982 or more than a day in the future",
            ),
            Some(dated) => Ok(dated),
        };
        ReadLine {
            locator: format!("{shown} line {number}"),
            bytes,
            fields,
            dated,
        }
    }
}

impl ReadLine<'_> {
    /// Gives the line to the orders of one account, as far as it is theirs.
    fn deliver(
        &self,
        log: &AccessLog,
        watched: &mut Watched<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), SourceError> {
        let Some(fields) = &self.fields else {
            let why =
                "the line may mention the account, but is not one JSON object with each field once";
            return self.review(log, watched, why, None, sink);
        };
        match watched.account.is(fields.get(&log.account_field)) {
            Some(false) => return Ok(()),
            Some(true) => {}
            None => {
                let why = "the account field of the line is neither text nor a whole number";
                return self.review(log, watched, why, None, sink);
            }
        }
        let dated = match self.dated {
            Ok(dated) => dated,
            Err(why) => {
                return self.review(log, watched, why, fields.get(&log.time_field), sink);
            }
        };
        for pass in &mut watched.passes {
            if !pass.period.contains(dated) {
                continue;
            }
            let ordered: Map<String, Value> = pass
                .fields
                .iter()
                .filter_map(|name| Some((name.clone(), fields.get(name)?.clone())))
                .collect();
            let record = Record {
                source: &log.about.id,
                locator: &self.locator,
                dated: Some(dated),
                fields: &ordered,
            };
            sink.record(pass.order, &record)?;
            pass.counts.selected += 1;
        }
        Ok(())
    }

    /// A person decides about the line, for each order of the account.
    fn review(
        &self,
        log: &AccessLog,
        watched: &mut Watched<'_>,
        why: &str,
        time: Option<&Value>,
        sink: &mut dyn Sink,
    ) -> Result<(), SourceError> {
        let raw_date = time.map(|time| match time {
            Value::String(text) => text.chars().take(200).collect(),
            other => other.to_string().chars().take(200).collect::<String>(),
        });
        let review = Review {
            source: &log.about.id,
            locator: &self.locator,
            why,
            raw_date: raw_date.as_deref(),
            sha256: Some(Sha256Digest::of(self.bytes)),
        };
        for pass in &mut watched.passes {
            sink.for_review(pass.order, &review)?;
            pass.counts.for_review += 1;
        }
        Ok(())
    }
}
