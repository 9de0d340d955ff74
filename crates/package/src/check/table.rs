//! Whether a table (CSV) says what the rows (JSON Lines) before it say.
//!
//! Both are reduced to the same digest, row by row and in bounded memory: identifier, date and the
//! cells that are not empty, by the names of their columns. The table is read, not written again; its
//! cells must be those that a spreadsheet takes for no formula ([`crate::cell`]).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use lagrum_model::Sha256Digest;
use sha2::{Digest, Sha256};

use crate::cell::harmless;
use crate::layout::{ManifestLine, RecordLine};

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
    pub(super) fn push(&mut self, row: &RecordLine) {
        let column = |name: &str| harmless(name).into_owned();
        let names = row.fields.names();
        let cells = names.map(|name| (column(name), row.cell(name)));
        self.digest
            .push(&row.identifier_cell(), &row.dated_cell(), cells);
        self.columns.extend(row.fields.names().map(column));
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
        let mut reader = csv::Reader::from_reader(table);
        let heading = reader.headers().map_err(TableFault::from)?.clone();
        let mut names = heading.iter();
        if (names.next(), names.next()) != (Some("identifier"), Some("dated")) {
            return differs("its first two columns are not `identifier` and `dated`");
        }
        let columns: BTreeSet<String> = names.clone().map(str::to_owned).collect();
        if columns.len() != names.clone().count() || columns != self.columns {
            return differs("its columns are not the fields of the rows before it");
        }
        let mut digest = RowsDigest::default();
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row).map_err(TableFault::from)? {
            let cells = names.clone().zip(row.iter().skip(2));
            digest.push(
                row.get(0).unwrap_or_default(),
                row.get(1).unwrap_or_default(),
                cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())),
            );
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

impl From<csv::Error> for TableFault {
    fn from(error: csv::Error) -> Self {
        let words = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            _ => Self::Differs(format!("it is not a table in CSV: {words}")),
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
