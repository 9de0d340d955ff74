//! Comma-separated values (RFC 4180), a row on each line.
//!
//! A row that goes on over several lines is not read: its lines are told as those that nobody can read. Which
//! lines those are is certain, for quotation marks stand only where RFC 4180 lets them; behind the first that
//! stands elsewhere nothing of the file is read, since what looks like a row there may be the text of a field.

use std::borrow::Cow;

use super::super::entry::{Entry, Fields};

/// What the operator says of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::access_log) struct Table {
    /// What stands between two fields.
    pub(in crate::access_log) separator: u8,
    /// The names of the columns; `None`: the first row of each file names them.
    pub(in crate::access_log) columns: Option<Vec<String>>,
}

/// The rows of one file on their way.
pub(super) struct Rows<'t> {
    table: &'t Table,
    columns: Option<Cow<'t, [String]>>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A line begins a row.
    Between,
    /// A field in quotation marks goes on.
    Quoted,
    /// Where a row begins nobody can say.
    Lost,
}

/// What a line is.
pub(super) enum Row<'l> {
    /// A row.
    Of(Fields<'l>),
    /// The names of the columns.
    Header,
    /// Nothing that can be read.
    Foreign,
}

impl<'t> Rows<'t> {
    pub(super) fn new(table: &'t Table) -> Self {
        Self {
            table,
            columns: table.columns.as_deref().map(Cow::Borrowed),
            state: State::Between,
        }
    }

    /// Reads a line. `needed` are the names that a table has to have.
    ///
    /// # Errors
    /// What is wrong with the names of the columns.
    pub(super) fn read<'l>(
        &mut self,
        line: &'l str,
        names: &[String],
        needed: &[String],
    ) -> Result<Row<'l>, String> {
        if self.state == State::Lost {
            return Ok(Row::Foreign);
        }
        let before = self.state;
        let (cells, after) = cells(line, self.table.separator, before == State::Quoted);
        self.state = after;
        let cells = match (cells, before, after) {
            (Some(cells), State::Between, State::Between) => cells,
            _ => return Ok(Row::Foreign),
        };
        let Some(columns) = &self.columns else {
            let columns: Vec<_> = cells.into_iter().map(Cow::into_owned).collect();
            if let Some(missing) = needed.iter().find(|name| !columns.contains(name)) {
                return Err(format!(
                    "has no column `{missing}` in its first row, which names them; write `columns`, if the file does not name them itself, and `separator`, if between its fields another sign stands than `{}`",
                    char::from(self.table.separator).escape_default()
                ));
            }
            let mut sorted = columns.clone();
            sorted.sort_unstable();
            if sorted.windows(2).any(|two| two[0] == two[1]) {
                return Err("names a column twice in its first row".into());
            }
            self.columns = Some(Cow::Owned(columns));
            return Ok(Row::Header);
        };
        if cells.len() != columns.len() {
            return Ok(Row::Foreign);
        }
        if cells
            .iter()
            .zip(columns.iter())
            .all(|(cell, name)| cell == name)
        {
            return Ok(Row::Header);
        }
        let mut entry = Entry::default();
        for (name, cell) in columns.iter().zip(cells) {
            // Only what is asked for is copied.
            if names.contains(name) {
                entry.push(name.clone(), cell);
            }
        }
        Ok(entry.select(names, None).map_or(Row::Foreign, Row::Of))
    }
}

/// The fields of a line, and where it leaves the reader; no fields, if it is not one row.
fn cells(line: &str, separator: u8, quoted: bool) -> (Option<Vec<Cow<'_, str>>>, State) {
    let bytes = line.as_bytes();
    let mut cells = Vec::new();
    let (mut at, mut inside) = (0, quoted);
    loop {
        if inside || bytes.get(at) == Some(&b'"') {
            let from = if inside { at } else { at + 1 };
            inside = false;
            let mut end = from;
            let mut doubled = false;
            loop {
                match (bytes.get(end), bytes.get(end + 1)) {
                    (None, _) => return (None, State::Quoted),
                    (Some(b'"'), Some(b'"')) => {
                        doubled = true;
                        end += 2;
                    }
                    (Some(b'"'), _) => break,
                    _ => end += 1,
                }
            }
            let text = &line[from..end];
            cells.push(match doubled {
                true => Cow::Owned(text.replace("\"\"", "\"")),
                false => Cow::Borrowed(text),
            });
            at = end + 1;
        } else {
            let rest = &bytes[at..];
            let length = memchr::memchr(separator, rest).unwrap_or(rest.len());
            if memchr::memchr(b'"', &rest[..length]).is_some() {
                return (None, State::Lost);
            }
            cells.push(Cow::Borrowed(&line[at..at + length]));
            at += length;
        }
        match bytes.get(at) {
            None => return (Some(cells), State::Between),
            Some(byte) if *byte == separator => at += 1,
            Some(_) => return (None, State::Lost),
        }
    }
}
