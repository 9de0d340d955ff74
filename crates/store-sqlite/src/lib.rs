//! The desk's store in one SQLite file.
//!
//! **Invariant.** One connection writes, for one transaction at a time; others read, see only what
//! is final, and wait for nobody. What commits at the same moment from several threads shares one
//! wait for the disk (see [`SqliteDatabase::open`]). Several processes may use one file; it must lie
//! on a local disk, as SQLite's write-ahead log asks for.

mod error;
mod list;
mod read;
mod readers;
mod rows;
mod schema;
mod snapshot;
mod watch;
mod words;
mod write;
mod writer;

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use lagrum_store::{Database, ReadTransaction, StoreError, WriteTransaction};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use error::{failure, unavailable};
use readers::Readers;
use rows::Transaction;
pub use snapshot::Snapshot;
use writer::Writer;

/// How long anybody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// A SQLite file as the desk's database.
pub struct SqliteDatabase {
    writer: Option<Writer>,
    readers: Readers,
}

impl SqliteDatabase {
    /// Opens the file for reading and writing; makes it if it is not there, readable by its owner
    /// only.
    ///
    /// Transactions of several threads that end while others wait for their turn become final
    /// together, with one wait for the disk; if that fails, it fails for all of them.
    ///
    /// # Errors
    /// When the file cannot be used, is no database, or has a schema version that this program does
    /// not know.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(file)
            .map_err(|e| StoreError::Unavailable {
                source: format!("{}: {e}", file.display()).into(),
            })?;
        let writer = Writer::open(file)?;
        Ok(Self {
            writer: Some(writer),
            readers: Readers::new(file),
        })
    }

    /// Opens the file for reading only. Writing is refused.
    ///
    /// # Errors
    /// When the file is not there, cannot be read, or has a schema version that this program does not
    /// know.
    pub fn open_read_only(file: &Path) -> Result<Self, StoreError> {
        let readers = Readers::new(file);
        schema::still_known(&*readers.lease()?)?;
        Ok(Self {
            writer: None,
            readers,
        })
    }
}

impl Database for SqliteDatabase {
    fn read(&self) -> Result<Box<dyn ReadTransaction + '_>, StoreError> {
        let lease = self.readers.lease()?;
        lease.execute_batch("begin").map_err(failure)?;
        schema::still_known(&lease)?;
        Ok(Box::new(Transaction(lease)))
    }

    fn write(&self, _name: &'static str) -> Result<Box<dyn WriteTransaction + '_>, StoreError> {
        let writer = self.writer.as_ref();
        let writer = writer.ok_or_else(|| unavailable("it is open for reading only"))?;
        Ok(Box::new(Transaction(writer.turn()?)))
    }
}

/// A connection as this crate uses it.
fn connect(file: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    // No mutex: a connection is used by one thread at a time.
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file, flags).map_err(failure)?;
    connection
        .busy_handler(Some(wait_for_other_processes))
        .map_err(failure)?;
    connection.set_prepared_statement_cache_capacity(64);
    // A prepared statement keeps its plan; without this, a new value may have it made again.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(failure)?;
    // 8 MiB: the upper parts of all indexes stay in memory.
    connection
        .pragma_update(None, "cache_size", -8192)
        .map_err(failure)?;
    connection
        .pragma_update(None, "foreign_keys", true)
        .map_err(failure)?;
    Ok(connection)
}

/// Sleeps a little and says whether to try again. Sleeps are short and uneven, so that a process
/// finds the gap that another one leaves between two transactions.
fn wait_for_other_processes(tries: i32) -> bool {
    thread_local! {
        static SINCE: std::cell::Cell<Option<Instant>> = const { std::cell::Cell::new(None) };
    }
    let now = Instant::now();
    if tries == 0 {
        SINCE.set(Some(now));
    }
    let waited = SINCE.get().map_or(Duration::ZERO, |since| now - since);
    if waited > PATIENCE {
        return false;
    }
    let uneven = u64::from(waited.subsec_nanos() ^ std::process::id().wrapping_mul(2_654_435_761));
    std::thread::sleep(Duration::from_micros(100 + uneven % 1_400));
    true
}
