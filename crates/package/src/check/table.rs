//! Whether a table (CSV) says what the rows (JSON Lines) before it say.
//!
//! Both are reduced to the same digest, row by row and in bounded memory: identifier, date and the
//! cells that are not empty, by the names of their columns. The table is read, not written again; its
//! cells must be those that a spreadsheet takes for no formula ([`crate::cell`]).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read};

use csv_core::ReadFieldResult;
use lagrum_model::Sha256Digest;
use sha2::{Digest, Sha256};

use crate::cell::{self, harmless};
use crate::layout::{FIELDS_LIMIT, ManifestLine, ROW_LIMIT, RecordLine};

/// The rows of one file of JSON Lines, waiting for their table.
pub(super) struct Rows {
    of: ManifestLine,
    digest: RowsDigest,
    columns: BTreeSet<String>,
}

impl Rows {
    /// No row yet of the file of `line`.
    pub(super) fn new(line: &ManifestLine) -> Self {
        Self {
            of: line.clone(),
            digest: RowsDigest::default(),
            columns: BTreeSet::new(),
        }
    }

    /// One more row.
    ///
    /// # Errors
    /// When the rows together have too many fields.
    pub(super) fn push(&mut self, row: &RecordLine) -> Result<(), String> {
        let column = |name: &str| harmless(name).into_owned();
        let cells = row.fields.iter();
        let cells = cells.map(|(name, value)| (column(name), cell::of(value)));
        self.digest
            .push(&row.identifier_cell(), &row.dated_cell(), cells);
        self.columns.extend(row.fields.names().map(column));
        if self.columns.len() > FIELDS_LIMIT {
            return Err(format!("its rows have more than {FIELDS_LIMIT} fields"));
        }
        Ok(())
    }

    /// Reads the table `line` to its end, and compares.
    ///
    /// # Errors
    /// A sentence that says what differs, or what reading said.
    pub(super) fn compare(self, line: &ManifestLine, table: impl Read) -> Result<(), TableFault> {
        let differs = |why: &str| Err(TableFault::Differs(why.to_owned()));
        let same_place = self.of.path.strip_suffix(".jsonl") == line.path.strip_suffix(".csv");
        if !same_place
            || self.of.identifier != line.identifier
            || self.of.category != line.category
            || self.of.source != line.source
        {
            return differs("it is not the table of the rows before it");
        }
        let mut table = Table::new(table);
        let mut heading = Vec::new();
        table.row(FIELDS_LIMIT + 2, |_, name| heading.push(name.to_owned()))?;
        let Some(names) = heading
            .strip_prefix(&["identifier".to_owned(), "dated".to_owned()])
            .map(<[_]>::to_vec)
        else {
            return differs("its first two columns are not `identifier` and `dated`");
        };
        let columns: BTreeSet<String> = names.iter().cloned().collect();
        if columns.len() != names.len() || columns != self.columns {
            return differs("its columns are not the fields of the rows before it");
        }
        let mut digest = RowsDigest::default();
        loop {
            let (mut first, mut cells) = ([String::new(), String::new()], BTreeMap::new());
            let count = table.row(heading.len(), |place, cell| match place.checked_sub(2) {
                None => cell.clone_into(&mut first[place]),
                Some(_) if cell.is_empty() => {}
                Some(column) => drop(cells.insert(names[column].clone(), cell.to_owned())),
            })?;
            match count {
                0 => break,
                whole if whole == heading.len() => {}
                _ => return differs("a row has fewer cells than the heading"),
            }
            digest.push(&first[0], &first[1], cells.into_iter());
        }
        if digest.finish() != self.digest.finish() {
            return differs("it says something else than the rows before it");
        }
        Ok(())
    }
}

/// Why a table is refused.
pub(super) enum TableFault {
    /// It is not the table of its rows.
    Differs(String),
    /// It cannot be read.
    Io(std::io::Error),
}

impl From<io::Error> for TableFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A table, read cell by cell: no row of it decides how much memory that takes.
struct Table<R> {
    input: BufReader<R>,
    reader: csv_core::Reader,
    cell: Vec<u8>,
}

impl<R: Read> Table<R> {
    fn new(table: R) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, table),
            reader: csv_core::Reader::new(),
            cell: vec![0; 1 << 10],
        }
    }

    /// Gives the cells of the next row, each with its place, and says how many there are: none at the
    /// end.
    fn row(&mut self, most: usize, mut each: impl FnMut(usize, &str)) -> Result<usize, TableFault> {
        let differs = |why: String| Err(TableFault::Differs(why));
        let (mut count, mut weight, mut filled) = (0, 0, 0);
        loop {
            let input = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                input => input?,
            };
            let (result, read, written) = self.reader.read_field(input, &mut self.cell[filled..]);
            self.input.consume(read);
            filled += written;
            weight += written;
            if weight > ROW_LIMIT {
                return differs(format!(
                    "a row of it is longer than {} MiB",
                    ROW_LIMIT >> 20
                ));
            }
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => self.cell.resize(self.cell.len() * 2, 0),
                ReadFieldResult::End => return Ok(count),
                ReadFieldResult::Field { record_end } => {
                    if count == most {
                        return differs("a row of it has more cells than it may have".into());
                    }
                    let Ok(cell) = std::str::from_utf8(&self.cell[..filled]) else {
                        return differs("a cell of it is not text in UTF-8".into());
                    };
                    each(count, cell);
                    count += 1;
                    filled = 0;
                    if record_end {
                        return Ok(count);
                    }
                }
            }
        }
    }
}

/// A digest over rows, the same whatever the order of their columns.
#[derive(Default)]
struct RowsDigest(Sha256);

impl RowsDigest {
    fn push(
        &mut self,
        identifier: &str,
        dated: &str,
        cells: impl Iterator<Item = (String, String)>,
    ) {
        // A missing field, a null and an empty text are one empty cell.
        let cells: BTreeMap<_, _> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
        self.0.update((cells.len() as u64).to_be_bytes());
        let texts = cells.iter().flat_map(|(name, cell)| [name, cell]);
        for text in [identifier, dated]
            .into_iter()
            .chain(texts.map(String::as_str))
        {
            self.0.update((text.len() as u64).to_be_bytes());
            self.0.update(text);
        }
    }

    fn finish(self) -> Sha256Digest {
        Sha256Digest(self.0.finalize().into())
    }
}
