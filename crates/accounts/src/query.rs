//! Accounts in a database of the operator's own.

use lagrum_guest::{Database, GuestError};
use lagrum_model::Sha256Digest;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement};
use sha2::{Digest, Sha256};

use crate::marks::Marks;
use crate::{AccountsError, Columns, Input, Row};

/// The longest value, in bytes.
const LONGEST: usize = 64 << 10;

/// What takes each row, with its number.
pub(crate) type Each<'e> = &'e mut dyn FnMut(u64, &Row<'_>) -> Result<(), AccountsError>;

/// Hands each row of the query to `each`, with its number. Gives marks of the database and the digest
/// of the rows.
pub(crate) fn rows(
    input: &Input,
    query: &str,
    columns: &Columns,
    each: Each<'_>,
) -> Result<(Marks, Sha256Digest), AccountsError> {
    let database = Database::new(input.file().to_owned());
    let told = |cause: GuestError| AccountsError::Database {
        file: input.file().to_owned(),
        cause,
    };
    // Taken before: what is written from then on is seen at the next use.
    let marks = marks(input)?;
    let digest = database
        .read(|connection| asked(input, connection, query, columns, each))
        .map_err(told)??;
    Ok((marks, digest))
}

/// What shows that somebody wrote to the database.
pub(crate) fn marks(input: &Input) -> Result<Marks, AccountsError> {
    let database = Database::new(input.file().to_owned());
    let marks = database.marks().map_err(|cause| AccountsError::Database {
        file: input.file().to_owned(),
        cause,
    })?;
    Ok(Marks(marks))
}

fn asked(
    input: &Input,
    connection: &Connection,
    query: &str,
    columns: &Columns,
    each: Each<'_>,
) -> Result<Sha256Digest, AccountsError> {
    let whole = |why: String| AccountsError::Whole {
        table: input.shown(),
        why,
    };
    let refused = |error| AccountsError::Database {
        file: input.file().to_owned(),
        cause: lagrum_guest::refused(error),
    };
    let mut statement = connection
        .prepare(query)
        .map_err(|error| whole(format!("the query: {error}")))?;
    one_select(&statement).map_err(|why| whole(why.into()))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    columns.check(&input.shown(), &names, &input.rules)?;
    let mut digest = Sha256::new();
    let mut found = statement.query([]).map_err(refused)?;
    let mut number = 0;
    let mut texts = vec![String::new(); names.len()];
    while let Some(row) = found.next().map_err(refused)? {
        number += 1;
        for (place, text) in texts.iter_mut().enumerate() {
            let stored = row.get_ref(place).map_err(refused)?;
            written(stored, text).map_err(|why| AccountsError::Row {
                row: input.row(number, None),
                why: format!("column `{}`: {why}", names[place]),
            })?;
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text.as_bytes());
        }
        let values: Vec<_> = texts.iter().map(String::as_str).collect();
        each(
            number,
            &Row {
                names: &names,
                values: &values,
            },
        )?;
    }
    Ok(Sha256Digest(digest.finalize().into()))
}

fn one_select(statement: &Statement<'_>) -> Result<(), &'static str> {
    if statement.column_count() == 0 || !statement.readonly() {
        return Err("the query: write one `select`");
    }
    if statement.parameter_count() != 0 {
        return Err("the query: it has parameters, and nobody fills them in");
    }
    Ok(())
}

/// A stored value as the text that a file of comma-separated values would have.
fn written(stored: ValueRef<'_>, text: &mut String) -> Result<(), String> {
    text.clear();
    match stored {
        ValueRef::Null => {}
        ValueRef::Integer(number) => *text = number.to_string(),
        ValueRef::Text(bytes) if bytes.len() > LONGEST => {
            return Err("it is longer than 64 KiB".into());
        }
        ValueRef::Text(bytes) => {
            let read = std::str::from_utf8(bytes).map_err(|_| "it is not text in UTF-8")?;
            text.push_str(read);
        }
        ValueRef::Real(_) | ValueRef::Blob(_) => {
            return Err("it is neither text nor a whole number; cast it in the query".into());
        }
    }
    Ok(())
}
