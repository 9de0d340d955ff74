//! A small pool of connections that only read.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use lagrum_store::StoreError;
use rusqlite::{Connection, OpenFlags};

use crate::error::{failure, unavailable};
use crate::{PATIENCE, connect};

/// More would wait for the processor instead.
const MOST: usize = 8;

pub(crate) struct Readers {
    file: PathBuf,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Connection>,
    open: usize,
}

impl Readers {
    pub(crate) fn new(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            pool: Mutex::default(),
            returned: Condvar::new(),
        }
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection for one transaction; waits for one while all are in use.
    pub(crate) fn lease(&self) -> Result<ReaderLease<'_>, StoreError> {
        let busy = |pool: &mut Pool| pool.idle.is_empty() && pool.open >= MOST;
        let (mut pool, _) = self
            .returned
            .wait_timeout_while(self.pool(), PATIENCE, busy)
            .unwrap_or_else(PoisonError::into_inner);
        let connection = match pool.idle.pop() {
            Some(connection) => connection,
            None if pool.open >= MOST => return Err(unavailable("too many read at once")),
            None => {
                pool.open += 1;
                drop(pool);
                self.open().inspect_err(|_| self.one_less())?
            }
        };
        Ok(ReaderLease {
            readers: self,
            connection: Some(connection),
        })
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let connection = connect(&self.file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection
            .pragma_update(None, "query_only", true)
            .map_err(failure)?;
        Ok(connection)
    }

    fn one_less(&self) {
        self.pool().open -= 1;
        self.returned.notify_one();
    }
}

/// A connection that goes back to the pool.
pub(crate) struct ReaderLease<'r> {
    readers: &'r Readers,
    connection: Option<Connection>,
}

impl Deref for ReaderLease<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("taken only when it drops")
    }
}

impl Drop for ReaderLease<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        let clean = connection.is_autocommit() || connection.execute_batch("rollback").is_ok();
        if clean {
            self.readers.pool().idle.push(connection);
            self.readers.returned.notify_one();
        } else {
            self.readers.one_less();
        }
    }
}
