//! How many accounts the desk was told of, and when.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::Ledger;

/// What came with version 11: of how many accounts each question was, and when it was answered, in seconds since
/// 1970-01-01T00:00:00Z (POSIX).
pub(super) const INQUIRED: &str = "
    create table inquired (
        nonce text primary key, at integer not null, accounts integer not null
    ) strict;
    create index inquired_at on inquired (at);
    pragma user_version = 11;
";

/// Records within a transaction that a question was answered.
pub(super) fn record(
    all: &Connection,
    nonce: &str,
    accounts: u64,
    at: Timestamp,
) -> Result<(), rusqlite::Error> {
    all.execute(
        "insert into inquired (nonce, at, accounts) values ($1, $2, $3)",
        params![nonce, at.as_second(), accounts],
    )?;
    Ok(())
}

impl Ledger {
    /// Of how many accounts the desk was told after `since` (UTC).
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn inquired_since(&self, since: Timestamp) -> Result<u64, rusqlite::Error> {
        self.connection.query_row(
            "select coalesce(sum(accounts), 0) from inquired where at > $1",
            [since.as_second()],
            |row| row.get(0),
        )
    }
}
