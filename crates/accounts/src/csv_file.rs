//! Accounts in a file of comma-separated values.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use lagrum_durable::{FileError, open_settings};
use lagrum_model::Sha256Digest;
use sha2::{Digest, Sha256};

use crate::marks::Marks;
use crate::{AccountsError, Columns, Input, Row};

/// The longest row, in bytes. A quotation mark that is never closed would make one of a whole file.
const LONGEST: u64 = 64 << 10;
/// How much is read at once, in bytes.
const BUFFER: usize = 64 << 10;

/// The file as it goes by: its digest, and how far it may be read until the next row has to be there.
struct Watched {
    file: File,
    digest: Sha256,
    read: u64,
    most: Rc<Cell<u64>>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read > self.most.get() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.file.read(buffer)?;
        self.digest.update(&buffer[..read]);
        self.read += read as u64;
        Ok(read)
    }
}

/// The marks and the digest of a file.
pub(crate) fn digest(file: &Path) -> Result<(Marks, Sha256Digest), AccountsError> {
    let mut opened = open_settings(file)?;
    let fault = FileError::of("read", file);
    let marks = Marks::of(&opened, file)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match opened.read(&mut buffer) {
            Ok(0) => return Ok((marks, Sha256Digest(digest.finalize().into()))),
            Ok(read) => digest.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(fault(error).into()),
        }
    }
}

/// Hands each row to `each`, with the line on which it begins. Gives marks and digest of what was
/// read.
pub(crate) fn rows(
    input: &Input,
    columns: &Columns,
    each: &mut dyn FnMut(u64, &Row<'_>) -> Result<(), AccountsError>,
) -> Result<(Marks, Sha256Digest), AccountsError> {
    let path = input.file();
    let file = open_settings(path)?;
    let before = Marks::of(&file, path)?;
    let most = Rc::new(Cell::new(LONGEST));
    let watched = Watched {
        file,
        digest: Sha256::new(),
        read: 0,
        most: Rc::clone(&most),
    };
    let mut reader = ReaderBuilder::new()
        .buffer_capacity(BUFFER)
        .has_headers(false)
        .from_reader(watched);
    let mut record = StringRecord::new();
    let mut names: Option<Vec<String>> = None;
    loop {
        let begins = reader.position().line();
        let more = reader
            .read_record(&mut record)
            .map_err(|error| fault(input, begins, error))?;
        if !more {
            break;
        }
        most.set(reader.position().byte() + LONGEST + BUFFER as u64);
        let line = record.position().map_or(begins, csv::Position::line);
        match &names {
            None => {
                let header: Vec<_> = record.iter().map(str::to_owned).collect();
                columns.check(&input.shown(), &header, &input.rules)?;
                names = Some(header);
            }
            Some(names) => {
                let values: Vec<_> = record.iter().collect();
                let values = &values;
                each(line, &Row { names, values })?;
            }
        }
    }
    if names.is_none() {
        columns.check(&input.shown(), &[], &input.rules)?;
    }
    let watched = reader.into_inner();
    if Marks::of(&watched.file, path)? != before {
        return Err(AccountsError::Whole {
            table: input.shown(),
            why: "it was written to while it was read; have it replaced as a whole, and try again"
                .into(),
        });
    }
    Ok((before, Sha256Digest(watched.digest.finalize().into())))
}

fn fault(input: &Input, begins: u64, error: csv::Error) -> AccountsError {
    let at = error.position().map_or(begins, csv::Position::line);
    let why = match error.into_kind() {
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!(
            "it has {len} fields, and the first row names {expected_len} columns; write each field, empty where nothing is known"
        ),
        ErrorKind::Utf8 { .. } => "it is not text in UTF-8".into(),
        ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            "this row is longer than 64 KiB: is a quotation mark not closed?".into()
        }
        ErrorKind::Io(error) => return FileError::new("read", input.file(), error).into(),
        other => format!("{other:?}"),
    };
    let row = input.row(at, None);
    AccountsError::Row { row, why }
}
