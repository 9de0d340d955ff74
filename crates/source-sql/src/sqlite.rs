//! SQLite: the file is read as a guest, and left as it was ([`lagrum_guest`]).

use std::path::PathBuf;

use lagrum_guest::{Database, GuestError};
use lagrum_source::SourceError;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};

use crate::address::Kind;
use crate::ask::{Ask, Plan, ROWS, Row, Session, qualified};
use crate::cell::Cell;
use crate::fault::Fault;
use crate::statement::Statement;

/// How many statements are kept ready: each table has a few.
const KEPT: usize = 256;

struct Sqlite<'c>(&'c Connection);

/// Opens the database, lets `reader` read it in one transaction, and closes it again.
pub(crate) fn read<T>(
    file: PathBuf,
    reader: impl FnOnce(&mut dyn Session) -> Result<T, SourceError>,
) -> Result<T, Fault> {
    let read = Database::new(file).read(|connection| {
        connection.set_prepared_statement_cache_capacity(KEPT);
        // All statements see the same instant; writers wait, or write beside it.
        connection.execute_batch("BEGIN").map_err(refused)?;
        Ok(reader(&mut Sqlite(connection))?)
    });
    read.map_err(told)?
}

fn told(error: GuestError) -> Fault {
    let why = error.to_string();
    match error {
        GuestError::Unreachable(_) => Fault::Unreachable(why),
        GuestError::Denied(_) => Fault::Denied(why),
        GuestError::Damaged(_) => Fault::Damaged(why),
        GuestError::Changed => Fault::Changed(why),
        GuestError::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            Fault::Denied(why)
        }
        GuestError::Io(_) => Fault::Unreachable(why),
    }
}

fn refused(error: rusqlite::Error) -> Fault {
    let wrong = matches!(error, rusqlite::Error::SqlInputError { .. })
        || matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::Unknown | ErrorCode::TypeMismatch | ErrorCode::ReadOnly)
        );
    match wrong {
        // What SQLite calls a mistake in the statement is also a name that it does not find.
        true => Fault::Statement(match error {
            // With the whole statement around it nobody finds what is wrong.
            rusqlite::Error::SqlInputError { msg, .. } => {
                format!("{msg}; correct the statement, or the table and the columns that are named")
            }
            other => other.to_string(),
        }),
        false => told(lagrum_guest::refused(error)),
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Int(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::Bytes(bytes) => bytes.as_slice().into(),
            other => ToSqlOutput::Owned(other.text().map_or(Value::Null, Value::Text)),
        })
    }
}

/// The whole statement, and its parameters in their order.
fn written(ask: &Ask<'_>) -> (String, Vec<String>) {
    let (inner, names) = ask.statement.numbered('?');
    let column = |name: &str| qualified(Kind::Sqlite, name);
    // A column may hold values of any kind, and a comparison would lose those of another: every row is looked at.
    let all = ask.around(Kind::Sqlite, &inner, None, column, |name| {
        format!("octet_length({})", column(name))
    });
    (all, names)
}

impl Session for Sqlite<'_> {
    fn rows(
        &mut self,
        ask: &Ask<'_>,
        each: &mut dyn FnMut(Row) -> Result<(), SourceError>,
    ) -> Result<(), Fault> {
        let (all, names) = written(ask);
        let mut statement = self.0.prepare_cached(&all).map_err(refused)?;
        if !statement.readonly() {
            return Err(Fault::Statement("would change the database".into()));
        }
        let values: Result<Vec<_>, _> = names.iter().map(|name| ask.value(name)).collect();
        let mut rows = statement
            .query(params_from_iter(values?))
            .map_err(refused)?;
        let count = ask.small.len() + ask.fields.len();
        while let Some(row) = rows.next().map_err(refused)? {
            let weight: i64 = row.get(0).map_err(refused)?;
            let cells = (1..=count).map(|place| row.get_ref(place).map(cell));
            let cells = cells.collect::<Result<_, _>>().map_err(refused)?;
            each(ask.row(u64::try_from(weight).unwrap_or(u64::MAX), cells))?;
        }
        Ok(())
    }

    fn columns(&mut self, statement: &Statement) -> Result<Vec<String>, Fault> {
        let (inner, _) = statement.numbered('?');
        let statement = self.0.prepare(&inner).map_err(refused)?;
        let names = statement.column_names();
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    fn plan(&mut self, ask: &Ask<'_>) -> Result<Plan, Fault> {
        let (all, _) = written(ask);
        let explain = format!("explain query plan {all}");
        let mut statement = self.0.prepare(&explain).map_err(refused)?;
        // Parameters without a value are nothing, and a plan does not depend on them.
        let rows = statement.raw_query().mapped(|row| row.get::<_, String>(3));
        let lines = rows.collect::<Result<Vec<_>, _>>().map_err(refused)?;
        let scanned = |line: &String| {
            let of = line.strip_prefix("SCAN ")?.split(' ').next()?;
            (of != ROWS && of != "CONSTANT" && !of.starts_with('(')).then(|| of.to_owned())
        };
        Ok(Plan {
            statement: all,
            scans: lines.iter().filter_map(scanned).collect(),
            lines,
        })
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Cell::Text(text.to_owned()),
            Err(_) => Cell::Bytes(bytes.to_vec()),
        },
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
    }
}
