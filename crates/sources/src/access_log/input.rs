//! The lines of one file of a log, however it keeps them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;

use super::format::{Format, Reading};
use super::rows::{RowGroup, RowsAsked, RowsFault, Skipped, Stamp};
use super::{AccessLog, changed};
use crate::dates::{self, Interval, Position};
use crate::{Run, SourceError, compressed};
use lagrum_model::Period;

/// A file of the log, about to be read.
pub(super) struct Input<'l> {
    pub(super) lines: Box<dyn Read + Send>,
    pub(super) reading: Reading<'l>,
    /// How many bytes the file has.
    pub(super) length: u64,
    /// The groups of its rows, if it holds rows.
    pub(super) groups: Vec<RowGroup>,
    pub(super) skipped: Skipped,
    pub(super) whole: Whole,
}

/// What is needed of a file to tell at its end whether it is the same.
pub(super) struct Whole {
    length: u64,
    /// Whether its lines are those that are stored, byte for byte.
    plain: bool,
    /// Of a file of rows: itself, and what it was when it was opened.
    rows: Option<(File, Stamp)>,
}

impl AccessLog {
    /// Opens the lines of a file for whoever asks for these columns and periods.
    ///
    /// # Errors
    /// When it cannot be read, or is no file of the log.
    pub(super) fn input(
        &self,
        shown: &str,
        file: File,
        run: Run<'_>,
        names: &[String],
        periods: &[Period],
    ) -> Result<Input<'_>, SourceError> {
        let id = &self.about.id;
        let fail = |error: std::io::Error| SourceError::io(id, shown, error);
        let length = file.metadata().map_err(fail)?.len();
        let reading = self.format.reading(run.now, changed(&file).map_err(fail)?);
        let Format::Rows(rows) = &self.format else {
            let opened = compressed::open(file, Path::new(shown)).map_err(fail)?;
            let (lines, plain) = self.format.input(opened).map_err(fail)?;
            return Ok(Input {
                lines,
                reading,
                length,
                groups: Vec::new(),
                skipped: Skipped::default(),
                whole: Whole {
                    length,
                    plain,
                    rows: None,
                },
            });
        };
        let stamp = Stamp::of(&file).map_err(fail)?;
        let same = file.try_clone().map_err(fail)?;
        let outside = |earliest: Timestamp, latest: Timestamp| {
            let all = Interval::between(earliest, latest);
            let known = [earliest, latest].map(|at| Interval::between(at, at));
            (known.iter()).all(|at| dates::plausible(*at, run.now).is_ok())
                && (periods.iter()).all(|period| all.position(period) == Position::Outside)
        };
        let asked = RowsAsked {
            names,
            time_format: rows.time_format,
            zone: rows.zone.is_some(),
            outside: &outside,
        };
        let whole = Whole {
            length,
            plain: false,
            rows: Some((same, stamp)),
        };
        let opened = rows.form.open(file, &asked).map_err(|fault| {
            let error = match fault {
                RowsFault::Io(error) => fail(error),
                RowsFault::Damaged(why) => SourceError::damaged(id, shown, why),
                RowsFault::Config(field, why) => {
                    SourceError::config(id, field, format!("{shown}: {why}"))
                }
            };
            self.unless_changed(shown, &whole, error)
        })?;
        Ok(Input {
            lines: opened.lines,
            reading,
            length,
            groups: opened.groups,
            skipped: opened.skipped,
            whole,
        })
    }

    /// Whether a file is still what was opened, of which so many bytes were `read`.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn unchanged(
        &self,
        shown: &str,
        whole: &Whole,
        read: u64,
    ) -> Result<(), SourceError> {
        let id = &self.about.id;
        let why = match &whole.rows {
            Some((file, stamp)) => {
                let now = Stamp::of(file).map_err(|error| SourceError::io(id, shown, error))?;
                (now != *stamp).then_some(
                    "the file was written to while it was read; search again when its writer is done with it",
                )
            }
            None => (whole.plain && read < whole.length)
                .then_some("the log became shorter while it was read; search again"),
        };
        why.map_or(Ok(()), |why| Err(SourceError::changed(id, shown, why)))
    }

    /// What went wrong with a file: that it changed, if it did.
    pub(super) fn unless_changed(
        &self,
        shown: &str,
        whole: &Whole,
        error: SourceError,
    ) -> SourceError {
        match self.unchanged(shown, whole, whole.length) {
            Err(changed) => changed,
            Ok(()) => error,
        }
    }
}
