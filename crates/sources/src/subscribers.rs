//! Subscriber records in SQLite.
//!
//! The database is opened for reading only, and nothing is left beside it ([`lagrum_guest`]). There is one
//! statement, fixed by checked names from the configuration; whose row it is, a function decides that
//! compares the stored name with all wanted ones, so that the table is read once for all orders and
//! nothing else of other people's rows is touched. A record is the present state, so no date decides.
//!
//! A row whose name is like an account's without being it (a line end, decomposed letters, bytes, a
//! number that lost its zeros) goes to a person: it is never the reason to say that there is no such
//! account.

mod database;
mod look_up;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lagrum_mandate::{LookUps, Orders};
use lagrum_model::{Category, DateRule, SubCategory};
use memchr::memchr;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use self::database::Database;
use crate::likeness::{AllNames, NAME_LIMIT, Named};
use crate::{
    About, Context, Counts, LiesIn, RECORD_JSON_LIMIT, RECORD_LIMIT, Record, Review, Run,
    SearchResult, Seen, Sink, Source, SourceConfig, SourceError, Wanted,
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
    /// In which box below the category each column lies: `sub_categories.name = ["full_name"]`. A column
    /// of which it is not said leaves only where all subscriber data does.
    #[serde(default)]
    pub sub_categories: BTreeMap<SubCategory, Vec<String>>,
    /// The column with the account's telephone number, if accounts are looked up by it.
    #[serde(default)]
    pub telephone_column: Option<String>,
    /// The column with the provider's own name or number of the account, if accounts are looked up by
    /// it.
    #[serde(default)]
    pub user_id_column: Option<String>,
}

/// The most columns that are handed over.
const COLUMNS_LIMIT: usize = 100;

/// The function of the statement that says how a stored name lies to the wanted accounts.
const NAMED: &str = "lagrum_named";

/// A table with one row, or several, for each account.
pub(crate) struct Subscribers {
    about: About,
    database: Database,
    table: Table,
}

/// A column, and its value as JSON.
type Written<'t> = (&'t str, Box<RawValue>);

/// The checked names.
struct Table {
    name: String,
    account: String,
    columns: Vec<String>,
    telephone: Option<String>,
    user_id: Option<String>,
}

impl Subscribers {
    /// Checks the configuration. What is wrong with the database itself concerns those alone who
    /// order something from it, and is told when they do.
    pub(crate) fn open(
        config: &SubscribersConfig,
        base_directory: &Path,
    ) -> Result<Self, SourceError> {
        Ok(Self {
            about: About {
                id: config.id.clone(),
                kind: "subscribers-sqlite",
                categories: vec![Category::Subscriber],
                date_rule: DateRule::PresentState,
                lies_in: LiesIn::fields(
                    [(Category::Subscriber, config.columns.clone())],
                    &config.sub_categories,
                )
                .map_err(|why| SourceError::config(&config.id, "sub_categories", why))?,
            },
            database: Database::new(&config.id, base_directory.join(&config.database)),
            table: Table::check(config)?,
        })
    }

    /// Answers all orders with one reading of the table.
    fn answer(
        &self,
        asked: &[Option<Wanted<'_>>],
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        let mut results = Vec::new();
        let mut watched = Vec::new();
        let aliases = run.accounts.aliases();
        for (order, wanted) in asked.iter().enumerate() {
            results.push(match wanted {
                None => SearchResult::NO_SUCH_IDENTIFIER,
                Some(wanted) => match aliases.of(*wanted) {
                    Some(of) => SearchResult::Alias { of: of.to_owned() },
                    None => {
                        let others = aliases.names_of(*wanted);
                        let names: Vec<_> = std::iter::once(*wanted).chain(others).collect();
                        watched.push((order, AllNames::new(&names), Counts::default()));
                        SearchResult::UnknownAccount
                    }
                },
            });
        }
        if watched.is_empty() {
            return Ok(results);
        }
        self.database.read(|connection| {
            self.table.is_in(&self.database, connection)?;
            self.rows(connection, &mut watched, run, sink)
        })?;
        for (order, _, counts) in watched {
            if counts.examined > 0 || counts.for_review > 0 {
                results[order] = SearchResult::Searched(counts);
            }
        }
        Ok(results)
    }

    fn rows(
        &self,
        connection: &rusqlite::Connection,
        watched: &mut [(usize, AllNames, Counts)],
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), SourceError> {
        let id = &self.about.id;
        let fail = |error| self.database.refused(error);
        // The function outlives this call, as far as its type says.
        let wanted: Vec<_> = watched.iter().map(|(_, names, _)| names.clone()).collect();
        let (rows_seen, addresses) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicBool::new(false)),
        );
        let (row_seen, address) = (Arc::clone(&rows_seen), Arc::clone(&addresses));
        connection
            .create_scalar_function(
                NAMED,
                1,
                FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY,
                move |context| {
                    let stored = context.get_raw(0);
                    row_seen.store(true, Ordering::Relaxed);
                    if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = stored
                        && memchr(b'@', bytes).is_some()
                    {
                        address.store(true, Ordering::Relaxed);
                    }
                    Ok(wanted
                        .iter()
                        .any(|names| named(stored, names) != Named::Other))
                },
            )
            .map_err(fail)?;
        let mut statement = connection.prepare(&self.table.statement()).map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        let mut number = 0_u64;
        while let Some(row) = rows.next().map_err(fail)? {
            run.go_on(id)?;
            number += 1;
            let locator = format!("table {} row {number}", self.table.name);
            let stored = row.get_ref(0).map_err(fail)?;
            let weight: i64 = row.get(1).map_err(fail)?;
            for (order, names, counts) in watched.iter_mut() {
                let named = named(stored, names);
                if named == Named::Other {
                    continue;
                }
                counts.examined += 1;
                let why = if named == Named::Alike {
                    format!(
                        "the column `{}` holds what is like the account's name and is not it",
                        self.table.account
                    )
                } else {
                    match self.table.fields(row, weight).map_err(fail)? {
                        Ok(fields) => {
                            let fields: Vec<(&str, &RawValue)> = fields
                                .iter()
                                .map(|(name, value)| (*name, &**value))
                                .collect();
                            let record = Record {
                                source: id,
                                locator: &locator,
                                dated: None,
                                fields: &fields,
                            };
                            sink.record(*order, &record)?;
                            counts.selected += 1;
                            continue;
                        }
                        Err(why) => why,
                    }
                };
                sink.for_review(*order, &Review::of(id, &locator, &why), None)?;
                counts.for_review += 1;
            }
        }
        if rows_seen.load(Ordering::Relaxed) && !addresses.load(Ordering::Relaxed) {
            self.no_addresses(watched, sink)?;
        }
        Ok(())
    }

    /// A table that names its accounts by another kind of name has no answer about an address.
    fn no_addresses(
        &self,
        watched: &mut [(usize, AllNames, Counts)],
        sink: &mut dyn Sink,
    ) -> Result<(), SourceError> {
        let locator = format!("table {}", self.table.name);
        let why = format!(
            "the column `{}` holds no address in any row, so that nobody can say from an address which rows are the account's",
            self.table.account
        );
        for (order, names, counts) in watched {
            if names.is_address() && counts.examined == 0 {
                sink.for_review(*order, &Review::of(&self.about.id, &locator, &why), None)?;
                counts.unread();
            }
        }
        Ok(())
    }
}

impl Source for Subscribers {
    fn about(&self) -> &About {
        &self.about
    }

    fn probe(&self) -> Result<(), SourceError> {
        self.database
            .read(|connection| self.table.is_in(&self.database, connection))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        // An agent asks each source for the categories alone that it serves.
        if orders
            .iter()
            .any(|order| order.category() != Category::Subscriber)
        {
            return Ok(orders
                .iter()
                .map(|_| SearchResult::NO_SUCH_CATEGORY)
                .collect());
        }
        let asked: Vec<_> = orders
            .iter()
            .map(|order| Wanted::of(order.identifier()))
            .collect();
        self.answer(&asked, run, sink)
    }

    fn look_up(
        &self,
        wanted: &LookUps<'_>,
        run: Run<'_>,
    ) -> Result<Vec<Option<Seen>>, SourceError> {
        self.whose(&wanted.iter().collect::<Vec<_>>(), run)
    }
}

/// Opens a table of subscribers in an SQLite database.
pub(crate) fn open(
    config: &SourceConfig,
    context: &Context<'_>,
) -> Result<Box<dyn Source>, SourceError> {
    let config: SubscribersConfig = config.read()?;
    let source = Subscribers::open(&config, context.base_directory)?;
    Ok(Box::new(source))
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
        let optional =
            |field, name: Option<&str>| name.map(|name| checked(field, name)).transpose();
        let fault = |why: &str| Err(SourceError::config(&config.id, "columns", why));
        let columns = config
            .columns
            .iter()
            .map(|column| checked("columns", column))
            .collect::<Result<Vec<_>, _>>()?;
        if columns.is_empty() {
            return fault("names no column; write at least one");
        }
        if columns.len() > COLUMNS_LIMIT {
            return fault("names more than 100 columns; use a view with fewer");
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
            telephone: optional("telephone_column", config.telephone_column.as_deref())?,
            user_id: optional("user_id_column", config.user_id_column.as_deref())?,
        })
    }

    /// The fields of a row whose columns weigh so many bytes in the database, or why a person has to
    /// look: they weigh too much there, or would as JSON.
    fn fields(
        &self,
        row: &rusqlite::Row<'_>,
        weight: i64,
    ) -> rusqlite::Result<Result<Vec<Written<'_>>, String>> {
        if !usize::try_from(weight).is_ok_and(|weight| weight <= RECORD_LIMIT) {
            return Ok(Err(format!(
                "the columns to hand over hold {weight} bytes, and 4 MiB is the most that a row may hold"
            )));
        }
        let (mut fields, mut written) = (Vec::new(), 0);
        for (index, column) in self.columns.iter().enumerate() {
            let value = value(row.get_ref(index + 2)?);
            written += value.get().len();
            if written > RECORD_JSON_LIMIT {
                return Ok(Err("the columns to hand over hold so many control characters that they weigh more than 8 MiB as JSON".to_owned()));
            }
            fields.push((column.as_str(), value));
        }
        Ok(Ok(fields))
    }

    /// The statement: the account, what the columns weigh together, and the columns, if that is not
    /// too much. Every column is qualified, because SQLite would take an unknown name in quotation
    /// marks that stands alone for a piece of text. There is no `ORDER BY`: a table that nobody writes
    /// is read in one order, and sorting would hold all rows in memory.
    fn statement(&self) -> String {
        let weights: Vec<_> = self
            .columns
            .iter()
            .map(|column| format!("coalesce(octet_length(t.\"{column}\"), 0)"))
            .collect();
        let weight = weights.join(" + ");
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|column| format!("CASE WHEN {weight} <= {RECORD_LIMIT} THEN t.\"{column}\" END"))
            .collect();
        let (name, account, columns) = (&self.name, &self.account, columns.join(", "));
        format!(
            "SELECT t.\"{account}\", {weight}, {columns} FROM main.\"{name}\" AS t \
             WHERE octet_length(t.\"{account}\") <= {NAME_LIMIT} AND {NAMED}(t.\"{account}\")"
        )
    }

    /// Looks for table and columns one by one, so that the right one is named.
    fn is_in(
        &self,
        database: &Database,
        connection: &rusqlite::Connection,
    ) -> Result<(), SourceError> {
        let look = |field: &str, name: &str, what: &str| {
            let statement = format!("SELECT {what} FROM main.\"{}\" AS t", self.name);
            match connection.prepare(&statement) {
                Ok(_) => Ok(()),
                // What SQLite calls a mistake in the statement is a name that it does not find.
                Err(error)
                    if matches!(error, rusqlite::Error::SqlInputError { .. })
                        || error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) =>
                {
                    let why = format!("`{name}` is not in the database: {error}");
                    Err(SourceError::config(database.id(), field, why))
                }
                Err(error) => Err(database.refused(error)),
            }
        };
        let column = |name: &str| format!("t.\"{name}\"");
        look("table", &self.name, "1")?;
        look("account_column", &self.account, &column(&self.account))?;
        for name in &self.columns {
            look("columns", name, &column(name))?;
        }
        for (field, name) in [
            ("telephone_column", &self.telephone),
            ("user_id_column", &self.user_id),
        ] {
            if let Some(name) = name {
                look(field, name, &column(name))?;
            }
        }
        Ok(())
    }
}

/// How a stored name lies to an account.
fn named(stored: ValueRef<'_>, names: &AllNames) -> Named {
    match stored {
        ValueRef::Null => Named::Other,
        ValueRef::Integer(number) => names.of_text(&number.to_string()),
        // A number with a fraction is no name, but may have been one.
        ValueRef::Real(number) => match names.of_text(&format!("{number:?}")) {
            Named::Other => names.of_bytes(number.to_string().as_bytes()),
            _ => Named::Alike,
        },
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => names.of_text(text),
            Err(_) => names.of_bytes(bytes),
        },
        ValueRef::Blob(bytes) => names.of_bytes(bytes),
    }
}

/// A stored value as JSON. What JSON has no form for (bytes, text that is not UTF-8) becomes
/// `{"hex": "…"}`.
fn value(stored: ValueRef<'_>) -> Box<RawValue> {
    let value = match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => serde_json::Number::from_f64(number)
            .map_or_else(|| Value::String(number.to_string()), Value::Number),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => json!({ "hex": hex::encode(bytes) }),
        },
        ValueRef::Blob(bytes) => json!({ "hex": hex::encode(bytes) }),
    };
    to_raw_value(&value).expect("a value is JSON")
}

#[cfg(test)]
mod tests;
