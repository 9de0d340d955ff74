use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use lagrum_store::StoreError;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::connect;
use crate::error::{failure, unavailable};

/// The database as it was at one instant, however long it is copied and whoever writes meanwhile.
pub struct Snapshot(Connection);

impl Snapshot {
    /// Fixes the instant.
    ///
    /// # Errors
    /// When the file is not there or cannot be read.
    pub fn of(file: &Path) -> Result<Self, StoreError> {
        let connection = connect(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        // A transaction begins to see with its first question.
        connection
            .execute_batch("begin; select count(*) from sqlite_schema;")
            .map_err(failure)?;
        Ok(Self(connection))
    }

    /// Writes what was there into a new file, readable by its owner only.
    ///
    /// # Errors
    /// When the file is there already, or one of the two files cannot be used.
    pub fn copy_to(self, file: &Path) -> Result<(), StoreError> {
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(file)
            .map_err(|e| StoreError::Unavailable {
                source: format!("{}: {e}", file.display()).into(),
            })?;
        let mut copy = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(failure)?;
        let backup = Backup::new(&self.0, &mut copy).map_err(failure)?;
        // All at once: it is one reading, and nobody waits for it.
        match backup.step(-1).map_err(failure)? {
            StepResult::Done => {}
            _ => return Err(unavailable("the database was busy while it was copied")),
        }
        drop(backup);
        copy.close().map_err(|(_, e)| failure(e))
    }
}

#[cfg(test)]
mod tests {
    use lagrum_store::Database;

    use super::*;
    use crate::SqliteDatabase;

    #[test]
    #[allow(
        clippy::disallowed_methods,
        reason = "what tests make belongs to nobody"
    )]
    fn a_copy_is_what_was_there_when_it_was_begun() {
        let dir = tempfile::tempdir().unwrap();
        let (file, copy) = (dir.path().join("one"), dir.path().join("copy"));
        let database = SqliteDatabase::open(&file).unwrap();
        let arrange = |groups: &str| {
            let mut transaction = database.write("test").unwrap();
            transaction.put_arranged(groups).unwrap();
            transaction.commit().unwrap();
        };
        arrange("before");
        let snapshot = Snapshot::of(&file).unwrap();
        arrange("after");
        snapshot.copy_to(&copy).unwrap();
        let copied = SqliteDatabase::open_read_only(&copy).unwrap();
        assert_eq!(copied.read().unwrap().arranged().unwrap(), "before");
        assert_eq!(database.read().unwrap().arranged().unwrap(), "after");
        // Nothing that is there is written over.
        assert!(Snapshot::of(&file).unwrap().copy_to(&copy).is_err());
    }
}
