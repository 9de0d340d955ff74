//! SQLite keeps every promise of the port.

use std::path::PathBuf;
use std::sync::Arc;

use lagrum_store::testing::{Place, scratch};
use lagrum_store::{Database, StoreError};
use lagrum_store_sqlite::SqliteDatabase;
use rusqlite::Connection;

struct File(tempfile::TempDir);

impl File {
    fn new() -> Result<Self, String> {
        scratch().map(Self)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("desk.sqlite")
    }

    fn raw(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }
}

impl Place for File {
    fn open(&self) -> Result<Arc<dyn Database>, StoreError> {
        Ok(Arc::new(SqliteDatabase::open(&self.path())?))
    }

    fn tamper(&self, statements: &str) -> Result<(), String> {
        self.raw()
            .execute_batch(statements)
            .map_err(|e| e.to_string())
    }

    fn unguard(&self) {
        self.raw()
            .execute_batch(
                "drop trigger event_stays; drop trigger event_remains;
                 drop trigger log_entry_stays; drop trigger log_entry_remains;
                 drop trigger log_cover_stays; drop trigger log_cover_remains;
                 drop trigger log_notice_stays; drop trigger log_notice_remains;
                 drop trigger log_lost_stays; drop trigger log_lost_remains;
                 drop trigger count_card_stays",
            )
            .unwrap();
    }

    fn pretend_version(&self, version: i64) {
        self.raw()
            .pragma_update(None, "user_version", version)
            .unwrap();
    }

    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.0.path()).unwrap();
        let read = |file: std::io::Result<std::fs::DirEntry>| std::fs::read(file.unwrap().path());
        files.flat_map(|file| read(file).unwrap()).collect()
    }
}

lagrum_store::promises!(File::new);

/// It does not depend on the database, and takes a while.
#[test]
fn a_busy_day_looks_like_a_quiet_one() {
    lagrum_store::testing::a_busy_day_looks_like_a_quiet_one(&File::new().unwrap());
}

#[test]
fn a_store_that_is_opened_for_reading_writes_nothing() {
    let file = File::new().unwrap();
    let missing = SqliteDatabase::open_read_only(&file.path());
    assert!(matches!(
        missing.err(),
        Some(StoreError::Unavailable { .. })
    ));
    assert!(!file.path().exists());
    drop(file.open().unwrap());
    let database = SqliteDatabase::open_read_only(&file.path()).unwrap();
    assert_eq!(database.read().unwrap().cases_after(None, 10).unwrap(), []);
    let refused = database.write("test");
    assert!(matches!(
        refused.err(),
        Some(StoreError::Unavailable { .. })
    ));
}

#[test]
fn the_file_is_for_its_owner_only() {
    use std::os::unix::fs::MetadataExt;
    let file = File::new().unwrap();
    drop(file.open().unwrap());
    let mode = std::fs::metadata(file.path()).unwrap().mode();
    assert_eq!(mode & 0o777, 0o600);
}
