//! Access logs: JSON Lines, tables, the formats of web servers, syslog, the lines of mail servers and journals;
//! plain, gzip, Zstandard or xz; and rows of another form ([`RowForm`]).
//!
//! A line belongs to the account when its account field, decoded, is the account or one of its other names. Of
//! such a line only the fields leave that the configuration names for the ordered category, each value as it is
//! written.
//!
//! A line that may be about the account goes to a person: one whose account field is like the
//! account's name without being it, or says nobody, while the account stands elsewhere in the line;
//! one of somebody else that mentions the account; one that cannot be read and mentions it. What nobody
//! can read is told by its place; a file in which nothing can be read is no log, and refused.

mod clock;
mod config;
mod entry;
mod format;
mod input;
mod instant;
mod line;
mod lines;
mod look_up;
mod mention;
mod rotation;
mod rows;
#[cfg(feature = "testing")]
pub mod rows_testing;
mod search;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use lagrum_mandate::{LookUps, Orders};
use lagrum_model::{Category, DateRule, Period};

use self::config::Settings;
pub use self::config::{AccessLogConfig, LogKind, YearRule};
use self::format::Format;
pub use self::instant::TimeFormat;
use self::rotation::{Entry, Fault, FaultKind};
pub use self::rows::{OpenedRows, RowForm, RowGroup, RowsAsked, RowsFault, Skipped};
use crate::{
    About, Context, LiesIn, Run, SearchResult, Seen, Sink, Source, SourceConfig, SourceError,
    Wanted,
};

/// One log, which may be rotated over several files.
pub(crate) struct AccessLog {
    about: About,
    files: Vec<Entry>,
    account_field: String,
    time_field: String,
    format: Format,
    fields: Vec<(Category, Vec<String>)>,
    /// Where somebody came from, if that is looked up here.
    from: Option<config::From>,
    ahead: search::Ahead,
}

impl AccessLog {
    pub(crate) fn open(
        config: &AccessLogConfig,
        base_directory: &Path,
        form: Option<Arc<dyn RowForm>>,
    ) -> Result<Self, SourceError> {
        let fault = |why: &str| Err(SourceError::config(&config.id, "paths", why));
        let mut sorted = config.paths.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.is_empty() {
            return fault("names no file; write at least one");
        }
        if sorted.len() != config.paths.len() {
            return fault("names a file twice; keep one");
        }
        let Settings {
            format,
            account_field,
            time_field,
            from,
        } = config.check(form)?;
        let entry = |path: &std::path::PathBuf| {
            Entry::new(path, base_directory)
                .map_err(|why| SourceError::config(&config.id, "paths", why))
        };
        Ok(Self {
            about: About {
                id: config.id.clone(),
                kind: config.kind.word(),
                categories: config.fields.keys().copied().collect(),
                date_rule: DateRule::EventTime,
                lies_in: LiesIn::fields(config.fields.clone(), &config.sub_categories)
                    .map_err(|why| SourceError::config(&config.id, "sub_categories", why))?,
            },
            files: config.paths.iter().map(entry).collect::<Result<_, _>>()?,
            account_field,
            time_field,
            format,
            fields: config.fields.clone().into_iter().collect(),
            from,
            ahead: search::Ahead::default(),
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

/// When a file was last changed (UTC), if its file system says so in a way that an instant can hold.
fn changed(file: &File) -> io::Result<Option<Timestamp>> {
    use std::os::unix::fs::MetadataExt;
    Ok(Timestamp::from_second(file.metadata()?.mtime()).ok())
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
    let kind = LogKind::ALL.iter().find(|(word, _)| *word == config.kind);
    let config = AccessLogConfig {
        kind: kind.map(|(_, kind)| *kind).unwrap_or_default(),
        ..config.read()?
    };
    let log = AccessLog::open(&config, context.base_directory, None)?;
    Ok(Box::new(log))
}

/// Opens a log whose files hold rows of the form `form`.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open_rows(
    config: &SourceConfig,
    context: &Context<'_>,
    form: Arc<dyn RowForm>,
) -> Result<Box<dyn Source>, SourceError> {
    let config = AccessLogConfig {
        kind: LogKind::Rows(form.kind()),
        ..config.read()?
    };
    let log = AccessLog::open(&config, context.base_directory, Some(form))?;
    Ok(Box::new(log))
}

/// One order, as a log understands it.
struct Asked<'a> {
    wanted: Option<Wanted<'a>>,
    category: Category,
    period: Period,
}
