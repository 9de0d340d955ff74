use super::*;

fn database(base: &Path, mode: &str) -> (Database, Connection) {
    let file = base.join("users.db");
    let owner = Connection::open(&file).unwrap();
    owner
        .pragma_update(None, "journal_mode", mode)
        .and_then(|()| owner.execute_batch("create table t (a); insert into t values (1)"))
        .unwrap();
    (Database::new(file), owner)
}

fn rows(database: &Database) -> i64 {
    let count = |c: &Connection| c.query_row("select count(*) from t", [], |row| row.get(0));
    database.read(count).unwrap().unwrap()
}

#[test]
fn every_write_changes_the_marks_and_no_reading_does() {
    for mode in ["delete", "wal"] {
        let base = tempfile::TempDir::new().unwrap();
        let (database, owner) = database(base.path(), mode);
        let before = database.marks().unwrap();
        assert_eq!(rows(&database), 1);
        assert_eq!(database.marks().unwrap(), before, "{mode}");
        owner.execute("insert into t values (2)", []).unwrap();
        assert_ne!(database.marks().unwrap(), before, "{mode}");
        assert_eq!(rows(&database), 2);
        // Closing the last connection of a write-ahead log brings it into the file.
        let before = database.marks().unwrap();
        drop(owner);
        assert_eq!(database.marks().unwrap() == before, mode == "delete");
        assert_eq!(rows(&database), 2);
    }
}

#[test]
fn nothing_is_left_beside_a_database_that_nobody_has_open() {
    for mode in ["delete", "wal"] {
        let base = tempfile::TempDir::new().unwrap();
        let (database, owner) = database(base.path(), mode);
        drop(owner);
        assert_eq!(rows(&database), 1);
        assert_eq!(fs::read_dir(base.path()).unwrap().count(), 1, "{mode}");
    }
}
