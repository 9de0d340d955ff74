//! Subscriber records in SQLite.
//!
//! The database is opened for reading only. There is one statement, fixed when the source is
//! opened: its table and columns are checked names from the configuration, and the account is
//! bound as a parameter. A record is the present state, so no date decides.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lagrum_mandate::Orders;
use lagrum_model::{Category, DateRule};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    About, Aliases, Context, Counts, Record, Run, SearchResult, Sink, Source, SourceConfig,
    SourceError, Wanted,
};

/// Subscribers in SQLite. The database is opened for reading only.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscribersConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The database file.
    pub database: PathBuf,
    /// The table or view.
    pub table: String,
    /// The column that names the account.
    pub account_column: String,
    /// The columns that are handed over, in this order.
    pub columns: Vec<String>,
}

/// How long a search waits for somebody who writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// A table with one row, or several, for each account.
pub(crate) struct Subscribers {
    about: About,
    database: PathBuf,
    table: Table,
    aliases: Aliases,
}

/// The checked names.
struct Table {
    name: String,
    account: String,
    columns: Vec<String>,
}

impl Subscribers {
    pub(crate) fn open(
        config: &SubscribersConfig,
        base_directory: &Path,
        aliases: &Aliases,
    ) -> Result<Self, SourceError> {
        let id = &config.id;
        let table = Table::check(config)?;
        let database = base_directory.join(&config.database);
        let wrong = |error: rusqlite::Error| {
            let why = format!("{}: {error}", database.display());
            SourceError::config(id, "database", why)
        };
        let connection = connect(&database).map_err(wrong)?;
        for collation in ["NOCASE", "BINARY"] {
            connection
                .prepare(&table.statement(collation))
                .map_err(|error| {
                    let why = format!(
                        "{error}; the table and all columns must be in {}",
                        database.display()
                    );
                    SourceError::config(id, "table, account_column or columns", why)
                })?;
        }
        Ok(Self {
            about: About {
                id: id.clone(),
                kind: "subscribers-sqlite",
                categories: vec![Category::Subscriber],
                date_rule: DateRule::PresentState,
            },
            database,
            table,
            aliases: aliases.clone(),
        })
    }

    /// The answer for one account, over an open connection.
    fn one(
        &self,
        connection: &Connection,
        order: usize,
        wanted: Wanted<'_>,
        sink: &mut dyn Sink,
    ) -> Result<SearchResult, SourceError> {
        let id = &self.about.id;
        if let Some(of) = self.aliases.of(wanted) {
            return Ok(SearchResult::Alias { of: of.to_owned() });
        }
        let fail = |error| refused(id, error);
        let collation = match wanted {
            // SQLite's NOCASE lowers the ASCII letters and nothing else.
            Wanted::Email(_) => "NOCASE",
            Wanted::Exact(_) => "BINARY",
        };
        let mut statement = connection
            .prepare_cached(&self.table.statement(collation))
            .map_err(fail)?;
        let mut rows = statement.query([wanted.name()]).map_err(fail)?;
        let mut counts = Counts::default();
        while let Some(row) = rows.next().map_err(fail)? {
            // A column of numbers would find `7` for `007`.
            if !is_account(row.get_ref(0).map_err(fail)?, wanted) {
                continue;
            }
            counts.examined += 1;
            let mut fields = Map::new();
            for (index, column) in self.table.columns.iter().enumerate() {
                let stored = row.get_ref(index + 1).map_err(fail)?;
                fields.insert(column.clone(), value(stored));
            }
            let locator = format!("table {} row {}", self.table.name, counts.examined);
            let record = Record {
                source: id,
                locator: &locator,
                dated: None,
                fields: &fields,
            };
            sink.record(order, &record)?;
            counts.selected += 1;
        }
        Ok(if counts.examined == 0 {
            SearchResult::UnknownAccount
        } else {
            SearchResult::Searched(counts)
        })
    }
}

impl Source for Subscribers {
    fn about(&self) -> &About {
        &self.about
    }

    fn probe(&self) -> Result<(), SourceError> {
        let fail = |error| refused(&self.about.id, error);
        let connection = connect(&self.database).map_err(fail)?;
        let statement = connection.prepare(&self.table.statement("BINARY"));
        statement.map(|_| ()).map_err(fail)
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        let id = &self.about.id;
        let connection = connect(&self.database).map_err(|error| refused(id, error))?;
        let one = |(place, order): (usize, lagrum_mandate::Order<'_>)| {
            run.go_on(id)?;
            if order.category() != Category::Subscriber {
                return Ok(SearchResult::NO_SUCH_CATEGORY);
            }
            match Wanted::of(order.identifier()) {
                Some(wanted) => self.one(&connection, place, wanted, sink),
                None => Ok(SearchResult::NO_SUCH_IDENTIFIER),
            }
        };
        orders.iter().enumerate().map(one).collect()
    }
}

/// Opens a table of subscribers in an SQLite database.
pub(crate) fn open(
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    let config: SubscribersConfig = config.read()?;
    let source = Subscribers::open(&config, context.base_directory, context.aliases)?;
    Ok(Box::new(source))
}

/// What SQLite refused, in its class.
fn refused(id: &str, error: rusqlite::Error) -> SourceError {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure
            | ErrorCode::OutOfMemory,
        ) => SourceError::unreachable(id, "database", error),
        Some(
            ErrorCode::PermissionDenied
            | ErrorCode::AuthorizationForStatementDenied
            | ErrorCode::ReadOnly,
        ) => SourceError::denied(id, "database", error),
        _ => SourceError::damaged(id, "database", error),
    }
}

impl Table {
    fn check(config: &SubscribersConfig) -> Result<Self, SourceError> {
        let checked = |field: &str, name: &str| {
            let mut bytes = name.bytes();
            let first = bytes
                .next()
                .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
            if first
                && name.len() <= 64
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                Ok(name.to_owned())
            } else {
                let why =
                    format!("`{name}`: write a name of ASCII letters, digits and `_`, at most 64");
                Err(SourceError::config(&config.id, field, why))
            }
        };
        let fault = |why: &str| Err(SourceError::config(&config.id, "columns", why));
        let columns = config
            .columns
            .iter()
            .map(|column| checked("columns", column))
            .collect::<Result<Vec<_>, _>>()?;
        if columns.is_empty() {
            return fault("names no column; write at least one");
        }
        let mut sorted: Vec<_> = columns
            .iter()
            .map(|column| column.to_ascii_lowercase())
            .collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
            return fault("names a column twice; keep one");
        }
        Ok(Self {
            name: checked("table", &config.table)?,
            account: checked("account_column", &config.account_column)?,
            columns,
        })
    }

    /// The statement. Every column is qualified, because SQLite would take an unknown name in
    /// quotation marks that stands alone for a piece of text.
    fn statement(&self, collation: &str) -> String {
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|column| format!("t.\"{column}\""))
            .collect();
        let columns = columns.join(", ");
        let (name, account) = (&self.name, &self.account);
        format!(
            "SELECT t.\"{account}\", {columns} FROM main.\"{name}\" AS t \
             WHERE t.\"{account}\" = ?1 COLLATE {collation} ORDER BY t.\"{account}\", {columns}"
        )
    }
}

fn connect(database: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Whether the stored account is the wanted one.
fn is_account(stored: ValueRef<'_>, wanted: Wanted<'_>) -> bool {
    match stored {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).is_ok_and(|text| wanted.is(text)),
        ValueRef::Integer(number) => wanted.is(&number.to_string()),
        _ => false,
    }
}

/// A stored value as JSON. What JSON has no form for (bytes, text that is not UTF-8) becomes
/// `{"hex": "…"}`.
fn value(stored: ValueRef<'_>) -> Value {
    match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => serde_json::Number::from_f64(number)
            .map_or_else(|| Value::String(number.to_string()), Value::Number),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => json!({ "hex": hex::encode(bytes) }),
        },
        ValueRef::Blob(bytes) => json!({ "hex": hex::encode(bytes) }),
    }
}

#[cfg(test)]
mod tests;
