use std::path::Path;

use rusqlite::{Connection, OpenFlags};

/// Counts in the record while the run that works with it goes on: it reads over a connection of its own, and writes
/// nothing.
pub(crate) struct Numbers(Connection);

impl Numbers {
    /// Of the record in `file`, which is open.
    pub(crate) fn of(file: &Path) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Self(Connection::open_with_flags(file, flags)?))
    }

    /// How many cards were to come into the public log and did not.
    pub(crate) fn cards_missing(&self) -> rusqlite::Result<u64> {
        self.one("select count(*) from card where state = 'missing'")
    }

    /// How many things were withheld and wait for counsel; nothing, where there is a list that nobody counted.
    pub(crate) fn to_review(&self) -> rusqlite::Result<Option<u64>> {
        self.one(
            "select case when count(*) = count(undecided) then coalesce(sum(undecided), 0) end
             from to_review",
        )
    }

    fn one<T: rusqlite::types::FromSql>(&self, query: &str) -> rusqlite::Result<T> {
        self.0.query_row(query, [], |row| row.get(0))
    }
}
