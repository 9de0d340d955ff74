//! The rows of a file, one after the other, each a line of JSON.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use lagrum_model::Covered;
use lagrum_sources::{OpenedRows, RowGroup, RowsAsked, RowsFault, Skipped, TimeFormat};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use crate::column::{Column, Stored};
use crate::fault::{AGAIN, caught, damaged, inconsistent};
use crate::footer;
use crate::page::Budget;
use crate::schema::{self, Kind, Node};
use crate::skip::Dated;
use crate::value::As;

/// The most bytes that the values of a row may have.
const ROW: usize = 8 << 20;

/// The most rows for each byte of a group: what nobody packs so is made to cost, and no log.
const ROWS_OF_A_BYTE: u64 = 4096;

/// Opens a file.
///
/// # Errors
/// When it is no Parquet file, one that is not read, or not as the configuration says.
pub(crate) fn open(
    file: File,
    asked: &RowsAsked<'_>,
    memory: usize,
) -> Result<OpenedRows, RowsFault> {
    let length = file.metadata()?.len();
    let (about, limit) = footer::read(&file, length)?;
    let tree = schema::tree(about.file_metadata().schema_descr()).map_err(RowsFault::Damaged)?;
    let mut columns = Vec::new();
    for name in asked.names {
        columns.push(tree.find(name).map_err(RowsFault::Damaged)?);
    }
    let column = |place: usize| columns.get(place).copied().flatten();
    if let Some(account) = column(0) {
        names_accounts(account)?;
    }
    let time = column(1);
    if let Some(time) = time {
        says_when(time, asked)?;
    }
    let dated = time.and_then(|time| Dated::of(time, asked.time_format));
    let mut skipped = Skipped {
        columns: columns.iter().map(Option::is_some).collect(),
        ..Skipped::default()
    };
    let (mut groups, mut wanted, mut all) = (Vec::new(), VecDeque::new(), 0_u64);
    for (place, group) in about.row_groups().iter().enumerate() {
        let rows = rows_of(group, limit)
            .ok_or_else(|| RowsFault::Damaged(format!("its footer is damaged; {AGAIN}")))?;
        all = all.saturating_add(rows);
        let span = dated.and_then(|dated| dated.span(group));
        if let Some((first, last)) = span.filter(|(first, last)| (asked.outside)(*first, *last)) {
            skipped.rows = skipped.rows.saturating_add(rows);
            for end in [first, last] {
                skipped.covers = Some(Covered::and(skipped.covers, end));
            }
            continue;
        }
        if rows == 0 {
            continue;
        }
        let number = place as u64 + 1;
        groups.push(RowGroup { number, rows });
        wanted.push_back(place);
    }
    if u64::try_from(about.file_metadata().num_rows()) != Ok(all) {
        return Err(RowsFault::Damaged(format!(
            "its footer counts other rows than its groups have; {AGAIN}"
        )));
    }
    let lines = Lines {
        file: Arc::new(file),
        about,
        limit,
        tree: Arc::new(tree),
        wanted,
        budget: Arc::new(Budget::new(memory)),
        group: None,
        line: Vec::new(),
        given: 0,
        failed: None,
    };
    Ok(OpenedRows {
        lines: Box::new(lines),
        groups,
        skipped,
    })
}

/// How many rows a group has, if that may be so in a file of so many bytes.
fn rows_of(group: &RowGroupMetaData, limit: u64) -> Option<u64> {
    let rows = u64::try_from(group.num_rows()).ok()?;
    let mut bytes = 0_u64;
    for column in group.columns() {
        bytes = bytes.saturating_add(u64::try_from(column.compressed_size()).ok()?);
    }
    (bytes <= limit && rows <= bytes.saturating_mul(ROWS_OF_A_BYTE)).then_some(rows)
}

/// A column of a kind that names nobody would have every row be somebody else's.
fn names_accounts(account: &Node) -> Result<(), RowsFault> {
    let why = match account.single() {
        Some(As::Plain | As::Unsigned | As::Text | As::Uuid) => return Ok(()),
        Some(_) => "is of a type that names no account",
        None => "is no column with one value in each row",
    };
    Err(RowsFault::Config(
        "account_field",
        format!(
            "`{}` {why}; name a column of text or whole numbers",
            account.name
        ),
    ))
}

/// Whether the column says when in the way that the configuration tells.
fn says_when(time: &Node, asked: &RowsAsked<'_>) -> Result<(), RowsFault> {
    let fault = |field: &'static str, why: &str| {
        Err(RowsFault::Config(field, format!("`{}` {why}", time.name)))
    };
    match (time.single(), asked.time_format) {
        (None, _) => fault("time_field", "is no column with one value in each row"),
        (Some(As::Timestamp(..) | As::Int96), Some(_)) => fault(
            "time_format",
            "says itself how it is written; take `time_format` out",
        ),
        (Some(As::Timestamp(_, false) | As::Int96), None) if !asked.zone => fault(
            "zone",
            "tells no zone; write in which its times are told: `zone = \"UTC\"`, `zone = \"Europe/Stockholm\"`",
        ),
        (Some(As::Timestamp(..) | As::Int96), None) => Ok(()),
        (Some(_), None) => fault(
            "time_format",
            "is no TIMESTAMP; write as what it tells the time: `time_format = \"rfc3339\"`, `time_format = \"epoch-seconds\"`",
        ),
        (Some(As::Text), Some(_)) => Ok(()),
        (Some(As::Plain | As::Unsigned), Some(TimeFormat::Rfc3339)) => fault(
            "time_format",
            "holds numbers; write `epoch-seconds` or what they are",
        ),
        (Some(As::Plain | As::Unsigned), Some(_)) => Ok(()),
        (Some(_), Some(_)) => fault("time_field", "is of a type that tells no instant"),
    }
}

/// A group of rows that is read.
struct Group {
    columns: Vec<Column>,
    left: u64,
}

/// The rows of a file on their way.
struct Lines {
    file: Arc<File>,
    about: ParquetMetaData,
    /// Where the footer begins: no column reaches there.
    limit: u64,
    tree: Arc<Node>,
    /// The groups that are still to be read.
    wanted: VecDeque<usize>,
    budget: Arc<Budget>,
    group: Option<Group>,
    /// The line that is given out now, and how much of it was.
    line: Vec<u8>,
    given: usize,
    /// Why nothing more comes.
    failed: Option<String>,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(why) = &self.failed {
            return Err(damaged(why));
        }
        if self.given == self.line.len() {
            match caught(|| self.next()) {
                Ok(true) => {}
                Ok(false) => return Ok(0),
                Err(error) => {
                    self.group = None;
                    self.failed = Some(error.to_string());
                    return Err(error);
                }
            }
        }
        let rest = &self.line[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

impl Lines {
    /// Makes the next line; `false`: there is none.
    fn next(&mut self) -> io::Result<bool> {
        self.line.clear();
        self.given = 0;
        loop {
            let Some(group) = &mut self.group else {
                let Some(place) = self.wanted.pop_front() else {
                    return Ok(false);
                };
                self.group = Some(self.open(place)?);
                continue;
            };
            if group.left == 0 {
                for column in &mut group.columns {
                    if column.peek()?.is_some() {
                        return Err(inconsistent());
                    }
                }
                self.group = None;
                continue;
            }
            group.left -= 1;
            write(&self.tree, 0, &mut group.columns, &mut self.line)?;
            self.line.push(b'\n');
            return Ok(true);
        }
    }

    fn open(&self, place: usize) -> io::Result<Group> {
        let about = self
            .about
            .row_groups()
            .get(place)
            .ok_or_else(inconsistent)?;
        let columns = about.columns().iter();
        let columns = columns
            .map(|column| Column::open(&self.file, column, self.limit, &self.budget))
            .collect::<io::Result<Vec<_>>>()?;
        if columns.len() != self.tree.columns.len() {
            return Err(inconsistent());
        }
        let left = u64::try_from(about.num_rows()).map_err(|_| inconsistent())?;
        Ok(Group { columns, left })
    }
}

/// The level of definition of what comes next of a column, which has to repeat at this level.
fn next(columns: &mut [Column], column: usize, repetition: i16) -> io::Result<i16> {
    let column = columns.get_mut(column).ok_or_else(inconsistent)?;
    match column.peek()? {
        Some((found, definition)) if found == repetition => Ok(definition),
        _ => Err(inconsistent()),
    }
}

/// Writes an element of a row, which begins at this level of repetition.
fn write(
    node: &Node,
    repetition: i16,
    columns: &mut [Column],
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let first = node.columns.start;
    if let Some((there, again)) = node.repeated {
        if next(columns, first, repetition)? < there {
            out.extend_from_slice(b"[]");
            return absent(node, repetition, there, columns);
        }
        out.push(b'[');
        write_one(node, repetition, columns, out)?;
        let column = |columns: &mut [Column]| match columns.get_mut(first) {
            Some(column) => column.peek(),
            None => Err(inconsistent()),
        };
        while column(columns)?.is_some_and(|(repeats, _)| repeats == again) {
            out.push(b',');
            write_one(node, again, columns, out)?;
        }
        out.push(b']');
        return Ok(());
    }
    if let Some(there) = node.optional
        && next(columns, first, repetition)? < there
    {
        out.extend_from_slice(b"null");
        return absent(node, repetition, there, columns);
    }
    write_one(node, repetition, columns, out)
}

/// Writes an element that is there.
fn write_one(
    node: &Node,
    repetition: i16,
    columns: &mut [Column],
    out: &mut Vec<u8>,
) -> io::Result<()> {
    match &node.kind {
        Kind::Only(inner) => write(inner, repetition, columns, out),
        Kind::Fields(fields) => {
            let mut between = b'{';
            for field in fields {
                out.push(between);
                between = b',';
                out.extend_from_slice(&field.key);
                write(field, repetition, columns, out)?;
            }
            out.push(b'}');
            Ok(())
        }
        Kind::Column(of) => {
            next(columns, node.columns.start, repetition)?;
            let column = columns.get_mut(node.columns.start);
            let stored = column.ok_or_else(inconsistent)?.take()?;
            if let Stored::Bytes(bytes) = &stored
                && bytes.len() + out.len() > ROW
            {
                return Err(too_long());
            }
            of.write(stored, out);
            match out.len() > 8 * ROW {
                true => Err(too_long()),
                false => Ok(()),
            }
        }
    }
}

fn too_long() -> io::Error {
    damaged(
        "a row holds more than 8 MiB, which is not read; take the file out of `paths`, and answer from it by hand",
    )
}

/// Passes over all columns of an element that is not there: none of them may say that it is.
fn absent(node: &Node, repetition: i16, there: i16, columns: &mut [Column]) -> io::Result<()> {
    for column in node.columns.clone() {
        if next(columns, column, repetition)? >= there {
            return Err(inconsistent());
        }
        columns.get_mut(column).ok_or_else(inconsistent)?.pass();
    }
    Ok(())
}
