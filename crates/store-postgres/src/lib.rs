//! The desk's store in a PostgreSQL database, for several desk processes at once.
//!
//! **Invariant.** A change locks the row of its case before it reads it, so people who work on one
//! case wait for each other and nobody else does. A connection that is lost in the middle leaves
//! nothing; one that is lost while a change is made final leaves all or nothing, and the store above
//! finds out which, since the locks of the lost transaction outlive it.
//!
//! The server must be on this machine: see [`PostgresDatabase::open`]. What is erased goes at once
//! from the tables; the server's own write-ahead log and its backups keep it as long as they are
//! kept.

mod address;
mod error;
mod list;
mod pool;
mod read;
mod rows;
mod schema;
#[cfg(feature = "testing")]
pub mod testing;
mod watch;
mod write;

use lagrum_store::{Database, ReadTransaction, StoreError, WriteTransaction};

use pool::Pool;
use rows::Transaction;

/// A PostgreSQL database as the desk's.
pub struct PostgresDatabase(Pool);

impl PostgresDatabase {
    /// Connects to a database, and makes the tables if they are not there. `address` is a connection
    /// string as PostgreSQL's own programs take it, for example
    /// `host=/run/postgresql user=lagrum dbname=lagrum`.
    ///
    /// # Errors
    /// [`StoreError::Address`] when the server would be on another machine, since the connection is
    /// not encrypted; when it cannot be reached; when its tables have a version that this program does
    /// not know.
    pub fn open(address: &str) -> Result<Self, StoreError> {
        let pool = Pool::new(address::parse(address)?);
        pool.prepare_tables()?;
        Ok(Self(pool))
    }
}

impl Database for PostgresDatabase {
    fn read(&self) -> Result<Box<dyn ReadTransaction + '_>, StoreError> {
        let begin = "begin isolation level repeatable read, read only";
        Ok(Box::new(Transaction::new(self.0.lease(begin)?)))
    }

    fn write(&self, _name: &'static str) -> Result<Box<dyn WriteTransaction + '_>, StoreError> {
        let begin = "begin isolation level read committed, read write";
        let mut lease = self.0.lease(begin)?;
        schema::still_known(&lease.query(schema::VERSION, &[])?)?;
        Ok(Box::new(Transaction::new(lease)))
    }
}
