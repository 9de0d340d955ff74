//! What an account is to its room, and what an index tells of it.

use std::path::Path;

use lagrum_model::EmailAddress;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{AccountsError, Columns, Input, Row};

/// The most accounts that are written by hand: every command reads them all, and this many cost it
/// some 50 ms and 30 MB.
pub(crate) const BY_HAND: usize = 5_000;

/// An account, as one room writes it down.
pub trait Entry: Clone + Serialize + DeserializeOwned {
    /// Its address.
    fn address(&self) -> &EmailAddress;

    /// Other addresses that lead to it.
    fn aliases(&self) -> &[EmailAddress];

    /// Reads it out of a row.
    ///
    /// # Errors
    /// Which column is wrong, and why.
    fn of(row: &Row<'_>) -> Result<Self, String>;
}

/// What else has to hold of accounts before they are used, held when they are indexed. It may keep
/// tables of its own in the index.
pub trait Check<A> {
    /// Before the first account: makes tables.
    ///
    /// # Errors
    /// When the index cannot be written.
    fn begin(&mut self, index: &Connection) -> rusqlite::Result<()>;

    /// One account. `id` is its place in the index.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    fn account(&mut self, index: &Connection, id: i64, account: &A) -> Result<(), String>;

    /// One account for which there is no rule that says its facts; what is in its row is still of the
    /// table. Nobody finds it, and what is its own has to be nobody else's.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    fn without_facts(
        &mut self,
        index: &Connection,
        id: i64,
        address: &EmailAddress,
        row: &Row<'_>,
    ) -> Result<(), String>;

    /// All of them.
    ///
    /// # Errors
    /// What is wrong between them.
    fn end(&mut self, index: &Indexed<'_, A>) -> Result<(), AccountsError>;
}

/// Nothing else has to hold.
#[derive(Clone, Copy, Debug)]
pub struct NoCheck;

impl<A> Check<A> for NoCheck {
    fn begin(&mut self, _: &Connection) -> rusqlite::Result<()> {
        Ok(())
    }
    fn account(&mut self, _: &Connection, _: i64, _: &A) -> Result<(), String> {
        Ok(())
    }
    fn without_facts(
        &mut self,
        _: &Connection,
        _: i64,
        _: &EmailAddress,
        _: &Row<'_>,
    ) -> Result<(), String> {
        Ok(())
    }
    fn end(&mut self, _: &Indexed<'_, A>) -> Result<(), AccountsError> {
        Ok(())
    }
}

/// Of what an index is made, and where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Spec<'s, A> {
    /// The index. Its directory is there, and for the program alone.
    pub index: &'s Path,
    /// Accounts written by hand, and the name of the file in which they stand.
    pub by_hand: (&'s str, &'s [A]),
    /// Addresses that are certainly nobody's.
    pub nobody: &'s [EmailAddress],
    /// The rest of the accounts.
    pub input: Option<&'s Input>,
    /// The columns of a row.
    pub columns: &'s Columns,
    /// Whatever else a [`Check`] goes by: when it changes, everything is checked anew.
    pub settings: &'s [u8],
}

/// What an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<A> {
    /// This account.
    Account(A),
    /// This account, by another of its names.
    Alias(A),
    /// An account of the table, or another name of one, for which there is no rule: nothing is known of
    /// it that the law asks for. Its address in the table.
    WithoutFacts(EmailAddress),
    /// Certainly nobody.
    Nobody,
    /// Nothing is known of it.
    Unknown,
}

impl<A> Found<A> {
    /// Whether something is written down of it.
    pub(crate) fn is_written_down(&self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

/// An index on its way: all accounts are in it.
pub struct Indexed<'i, A> {
    pub(crate) connection: &'i Connection,
    pub(crate) spec: &'i Spec<'i, A>,
}

/// Finds what an address names.
pub(crate) fn find<A: Entry>(
    connection: &Connection,
    normal: &str,
) -> rusqlite::Result<Option<(Option<i64>, Found<A>)>> {
    let mut statement = connection.prepare_cached(
        "select name.account, name.alias, account.entry, account.address
         from name left join account on account.id = name.account where name.normal = $1",
    )?;
    let row = |row: &rusqlite::Row<'_>| {
        let account: Option<i64> = row.get(0)?;
        let found = match account {
            None => Found::Nobody,
            Some(_) if row.get_ref(2)? == ValueRef::Null => {
                let address = EmailAddress::parse(row.get_ref(3)?.as_str()?);
                Found::WithoutFacts(address.map_err(|why| unreadable(3, why))?)
            }
            Some(_) => {
                let entry = row.get_ref(2)?.as_str()?;
                let entry = serde_json::from_str(entry).map_err(|error| unreadable(2, error))?;
                match row.get(1)? {
                    true => Found::Alias(entry),
                    false => Found::Account(entry),
                }
            }
        };
        Ok((account, found))
    };
    statement.query_row([normal], row).optional()
}

impl<A: Entry> Indexed<'_, A> {
    /// The index, for the tables that a [`Check`] keeps in it.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        self.connection
    }

    /// What a name in normal form names, and the place of the account in the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(&self, normal: &str) -> Result<(Option<i64>, Found<A>), AccountsError> {
        let found = find(self.connection, normal).map_err(|error| self.failed(error))?;
        Ok(found.unwrap_or((None, Found::Unknown)))
    }

    /// Where the account at a place of the index is written down, for whoever has to mend it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn written_at(&self, id: i64) -> Result<String, AccountsError> {
        written_at(self.connection, self.spec, id).map_err(|error| self.failed(error))
    }

    /// What SQLite said of the index.
    #[must_use]
    pub fn failed(&self, cause: rusqlite::Error) -> AccountsError {
        let file = self.spec.index.to_owned();
        AccountsError::Index { file, cause }
    }
}

fn unreadable(
    place: usize,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(place, rusqlite::types::Type::Text, error.into())
}

pub(crate) fn label<A>(spec: &Spec<'_, A>, row: u64, address: &EmailAddress) -> String {
    match (row, spec.input) {
        (0, _) | (_, None) => format!("{}: [[account]] `{address}`", spec.by_hand.0),
        (row, Some(input)) => input.row(row, Some(address.as_written())),
    }
}

/// Where an account is written down.
pub(crate) fn written_at<A: Entry>(
    connection: &Connection,
    spec: &Spec<'_, A>,
    id: i64,
) -> rusqlite::Result<String> {
    let mut statement =
        connection.prepare_cached("select row, entry, address from account where id = $1")?;
    statement.query_row([id], |row| {
        let number: i64 = row.get(0)?;
        let address = match row.get::<_, Option<String>>(1)? {
            Some(entry) => {
                let entry: A =
                    serde_json::from_str(&entry).map_err(|error| unreadable(1, error))?;
                entry.address().clone()
            }
            None => {
                EmailAddress::parse(&row.get::<_, String>(2)?).map_err(|why| unreadable(2, why))?
            }
        };
        Ok(label(spec, number.cast_unsigned(), &address))
    })
}
