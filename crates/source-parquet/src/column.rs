//! One column of one group of rows, value by value.

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parquet::basic::Encoding;
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::metadata::ColumnChunkMetaData;

use crate::codec::Codec;
use crate::fault::{AGAIN, damaged, inconsistent};
use crate::page::{Budget, FEW, Pages};

/// How many rows are read at once: of a column that has one value in each, and of one that may have several.
const ROWS: usize = 512;
const ROWS_OF_SEVERAL: usize = 32;

/// A value as it is stored.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stored<'v> {
    Bool(bool),
    Int(i32),
    Long(i64),
    /// Nanoseconds of the day, and the day.
    Int96(u64, u32),
    Float(f32),
    Double(f64),
    Bytes(&'v [u8]),
}

/// Values as the library gives them.
enum Values {
    Bool(Vec<bool>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Int96(Vec<Int96>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<ByteArray>),
    Fixed(Vec<FixedLenByteArray>),
}

/// A column on its way.
pub(crate) struct Column {
    reader: ColumnReader,
    /// The level of a value that is there.
    most: i16,
    repeats: bool,
    rows: usize,
    came: Arc<AtomicUsize>,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Values,
    /// How many levels there are, the next of them, and the next value.
    levels: usize,
    level: usize,
    value: usize,
    ended: bool,
}

impl Column {
    /// Opens the column that `about` describes, whose bytes end before `limit`.
    ///
    /// # Errors
    /// When it lies elsewhere, or is packed in a way that is not read.
    pub(crate) fn open(
        file: &Arc<File>,
        about: &ColumnChunkMetaData,
        limit: u64,
        budget: &Arc<Budget>,
    ) -> io::Result<Self> {
        if about.file_path().is_some() {
            return Err(damaged(
                "a column lies in another file, which is not read; have the log written in one",
            ));
        }
        let codec = Codec::of(about.compression()).map_err(|name| {
            damaged(&format!(
                "a column is packed with {name}, which is not read; have the log written with Zstandard, Snappy, gzip, LZ4 (raw), or unpacked"
            ))
        })?;
        // Some writers name the place of a dictionary that is not there as 0.
        let data = about.data_page_offset();
        let begins = about
            .dictionary_page_offset()
            .filter(|at| (4..data).contains(at));
        let at = u64::try_from(begins.unwrap_or(data)).ok();
        let length = u64::try_from(about.compressed_size()).ok();
        let end = at
            .zip(length)
            .and_then(|(at, length)| at.checked_add(length));
        let (Some(at), Some(end)) = (at.filter(|at| *at >= 4), end.filter(|end| *end <= limit))
        else {
            return Err(damaged(
                "its footer names a place that the file does not have",
            ));
        };
        let column = about.column_descr_ptr();
        let came = Arc::new(AtomicUsize::new(0));
        let few = (about.encodings()).any(|one| one == Encoding::DELTA_BYTE_ARRAY);
        let (most, repeats) = (column.max_def_level(), column.max_rep_level() > 0);
        let pages = Pages {
            file: Arc::clone(file),
            at,
            end,
            codec,
            column: Arc::clone(&column),
            few,
            budget: Arc::clone(budget),
            came: Arc::clone(&came),
            held: 0,
            dictionary: None,
        };
        let reader = get_column_reader(column, Box::new(pages));
        let values = match &reader {
            ColumnReader::BoolColumnReader(_) => Values::Bool(Vec::new()),
            ColumnReader::Int32ColumnReader(_) => Values::Int(Vec::new()),
            ColumnReader::Int64ColumnReader(_) => Values::Long(Vec::new()),
            ColumnReader::Int96ColumnReader(_) => Values::Int96(Vec::new()),
            ColumnReader::FloatColumnReader(_) => Values::Float(Vec::new()),
            ColumnReader::DoubleColumnReader(_) => Values::Double(Vec::new()),
            ColumnReader::ByteArrayColumnReader(_) => Values::Bytes(Vec::new()),
            ColumnReader::FixedLenByteArrayColumnReader(_) => Values::Fixed(Vec::new()),
        };
        Ok(Self {
            reader,
            most,
            repeats,
            rows: match (few, repeats) {
                (true, _) => FEW,
                (false, true) => ROWS_OF_SEVERAL,
                (false, false) => ROWS,
            },
            came,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            values,
            levels: 0,
            level: 0,
            value: 0,
            ended: false,
        })
    }

    /// The levels of what comes next: that of repetition, and that of definition. Nothing at the end.
    ///
    /// # Errors
    /// When the column is damaged.
    pub(crate) fn peek(&mut self) -> io::Result<Option<(i16, i16)>> {
        if self.level == self.levels && !self.ended {
            self.fill()?;
        }
        if self.level == self.levels {
            return Ok(None);
        }
        let level = |levels: &[i16], absent| match absent {
            true => Ok(0),
            false => levels.get(self.level).copied().ok_or_else(inconsistent),
        };
        let definition = level(&self.definitions, self.most == 0)?;
        let repetition = level(&self.repetitions, !self.repeats)?;
        match (0..=self.most).contains(&definition) {
            true => Ok(Some((repetition, definition))),
            false => Err(inconsistent()),
        }
    }

    /// Passes over what comes next, which is no value.
    pub(crate) fn pass(&mut self) {
        self.level += 1;
    }

    /// Takes the value that comes next.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn take(&mut self) -> io::Result<Stored<'_>> {
        let at = self.value;
        (self.level, self.value) = (self.level + 1, at + 1);
        let stored = match &self.values {
            Values::Bool(all) => all.get(at).map(|one| Stored::Bool(*one)),
            Values::Int(all) => all.get(at).map(|one| Stored::Int(*one)),
            Values::Long(all) => all.get(at).map(|one| Stored::Long(*one)),
            Values::Float(all) => all.get(at).map(|one| Stored::Float(*one)),
            Values::Double(all) => all.get(at).map(|one| Stored::Double(*one)),
            Values::Bytes(all) => all.get(at).map(|one| Stored::Bytes(one.data())),
            Values::Fixed(all) => all.get(at).map(|one| Stored::Bytes(one.data())),
            Values::Int96(all) => all.get(at).map(|one| match one.data() {
                [low, high, day] => Stored::Int96(u64::from(*low) | (u64::from(*high) << 32), *day),
                _ => Stored::Int96(u64::MAX, 0),
            }),
        };
        stored.ok_or_else(inconsistent)
    }

    fn fill(&mut self) -> io::Result<()> {
        self.came.store(0, Ordering::Relaxed);
        self.definitions.clear();
        self.repetitions.clear();
        (self.levels, self.level, self.value) = (0, 0, 0);
        let (definitions, repetitions) = (&mut self.definitions, &mut self.repetitions);
        macro_rules! read {
            ($reader:expr, $values:expr) => {{
                $values.clear();
                $reader.read_records(self.rows, Some(definitions), Some(repetitions), $values)
            }};
        }
        let read = match (&mut self.reader, &mut self.values) {
            (ColumnReader::BoolColumnReader(one), Values::Bool(all)) => read!(one, all),
            (ColumnReader::Int32ColumnReader(one), Values::Int(all)) => read!(one, all),
            (ColumnReader::Int64ColumnReader(one), Values::Long(all)) => read!(one, all),
            (ColumnReader::Int96ColumnReader(one), Values::Int96(all)) => read!(one, all),
            (ColumnReader::FloatColumnReader(one), Values::Float(all)) => read!(one, all),
            (ColumnReader::DoubleColumnReader(one), Values::Double(all)) => read!(one, all),
            (ColumnReader::ByteArrayColumnReader(one), Values::Bytes(all)) => read!(one, all),
            (ColumnReader::FixedLenByteArrayColumnReader(one), Values::Fixed(all)) => {
                read!(one, all)
            }
            _ => return Err(inconsistent()),
        };
        let (_, _, levels) = read.map_err(of_library)?;
        self.levels = levels;
        self.ended = levels == 0;
        Ok(())
    }
}

/// What the library says of a page, without what it says of its bytes.
fn of_library(error: parquet::errors::ParquetError) -> io::Error {
    use parquet::errors::ParquetError;
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(_) => inconsistent(),
        },
        ParquetError::General(why) | ParquetError::EOF(why) | ParquetError::NYI(why) => {
            damaged(&format!("a page cannot be decoded ({why}); {AGAIN}"))
        }
        _ => inconsistent(),
    }
}
