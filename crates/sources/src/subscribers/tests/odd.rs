//! Databases that nobody expected.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::*;

/// The names and bytes of everything in a directory.
fn everything(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(directory).expect("a directory");
    entries
        .map(|entry| {
            let entry = entry.expect("an entry");
            let bytes = fs::read(entry.path()).expect("a file");
            (entry.file_name().into_string().expect("text"), bytes)
        })
        .collect()
}

fn table(directory: &Path, journal: &str) -> Connection {
    let connection = Connection::open(directory.join("users.db")).expect("a database");
    connection
        .execute_batch(&format!(
            "PRAGMA journal_mode = {journal}; CREATE TABLE users (email, name);
             INSERT INTO users VALUES ('alder@kvist.example', 'Al Der');"
        ))
        .expect("rows");
    connection
}

fn ask(directory: &Path) -> Result<(SearchResult, Taken), SourceError> {
    let config = Store::config("email", &["name"]);
    let source = Subscribers::open(&config, directory)?;
    let mut taken = Taken::default();
    let wanted = Some(Wanted::Email("alder@kvist.example"));
    let mut results = source.answer(&[wanted], run(), &mut taken)?;
    Ok((results.remove(0), taken))
}

#[test]
fn a_row_that_would_weigh_too_much_as_json_is_before_a_person() {
    // A control character is six letters in JSON, a quotation mark and a byte are two.
    for (name, taken, for_review) in [
        (
            "printf('%.1000000c', char(1)) || printf('%.500000c', char(1))",
            0,
            1,
        ),
        ("printf('%.1000000c', char(1))", 1, 0),
        ("printf('%.4194000c', char(34))", 1, 0),
        ("zeroblob(4194000)", 1, 0),
        ("zeroblob(4194305)", 0, 1),
    ] {
        let base = TempDir::new().expect("a directory");
        table(base.path(), "delete")
            .execute_batch(&format!("UPDATE users SET name = {name}"))
            .expect("a row");
        let (result, found) = ask(base.path()).expect("searched");
        let counts = (found.records.len(), found.reviews.len());
        assert_eq!(counts, (taken, for_review), "{name}: {result:?}");
    }
}

#[test]
fn a_stored_name_that_is_like_the_accounts_is_before_a_person() {
    for (stored, wanted) in [
        (
            "x'616c646572406b766973742e6578616d706c65'",
            "alder@kvist.example",
        ),
        ("'alder@kvist.example' || char(13)", "alder@kvist.example"),
        ("'  alder@kvist.example'", "alder@kvist.example"),
        ("'alder@kvist.example' || char(0)", "alder@kvist.example"),
        (
            "'al' || char(8203) || 'der@kvist.example'",
            "alder@kvist.example",
        ),
        (
            "'bjo' || char(776) || 'rn@kvist.example'",
            "bj\u{f6}rn@kvist.example",
        ),
        (
            "cast(x'626af6726e406b766973742e6578616d706c65' as text)",
            "bj\u{f6}rn@kvist.example",
        ),
        ("'<alder@kvist.example>'", "alder@kvist.example"),
    ] {
        let base = TempDir::new().expect("a directory");
        let connection = Connection::open(base.path().join("users.db")).expect("a database");
        connection
            .execute_batch(&format!(
                "CREATE TABLE users (email, name);
                 INSERT INTO users VALUES ('birch@kvist.example', 'B'), ({stored}, 'Al Der');"
            ))
            .expect("rows");
        let config = Store::config("email", &["name"]);
        let source = Subscribers::open(&config, base.path()).expect("opened");
        let mut taken = Taken::default();
        let results = source.answer(&[Some(Wanted::Email(wanted))], run(), &mut taken);
        let counts = Counts {
            examined: 1,
            for_review: 1,
            ..Counts::default()
        };
        assert_eq!(
            results.expect("searched"),
            [SearchResult::Searched(counts)],
            "{stored}"
        );
        assert!(taken.records.is_empty(), "{stored}");
        assert_eq!(taken.review_locators(), ["table users row 1"], "{stored}");
    }
}

#[test]
fn a_row_under_another_name_of_the_account_is_the_accounts() {
    let base = TempDir::new().expect("a directory");
    let connection = table(base.path(), "delete");
    let alias = "INSERT INTO users VALUES ('Info@kvist.example', 'By alias')";
    connection.execute(alias, []).expect("a row");
    let config = Store::config("email", &["name"]);
    let source = Subscribers::open(&config, base.path()).expect("opened");
    let mut taken = Taken::default();
    let wanted = Some(Wanted::Email("alder@kvist.example"));
    source
        .answer(&[wanted], run(), &mut taken)
        .expect("searched");
    assert_eq!(taken.records.len(), 2);
}

#[test]
fn a_table_of_another_kind_of_name_has_no_answer_about_an_address() {
    let base = TempDir::new().expect("a directory");
    let connection = table(base.path(), "delete");
    connection
        .execute_batch("DELETE FROM users; INSERT INTO users VALUES ('birch', 'B'), (7, 'Seven')")
        .expect("rows");
    let (result, taken) = ask(base.path()).expect("searched");
    let not_complete = Counts {
        for_review: 1,
        unreadable: 1,
        ..Counts::default()
    };
    assert_eq!(result, SearchResult::Searched(not_complete));
    assert_eq!(taken.review_locators(), ["table users"]);
    // A name without its domain may be the account's.
    connection
        .execute("INSERT INTO users VALUES ('alder', 'A')", [])
        .expect("a row");
    let (_, taken) = ask(base.path()).expect("searched");
    assert_eq!(taken.review_locators(), ["table users row 1"]);
    // A table without rows has nobody.
    connection.execute("DELETE FROM users", []).expect("empty");
    assert_eq!(
        ask(base.path()).expect("searched").0,
        SearchResult::UnknownAccount
    );
}

#[test]
fn all_orders_are_answered_with_one_reading() {
    let base = TempDir::new().expect("a directory");
    let connection = table(base.path(), "delete");
    connection
        .execute_batch("INSERT INTO users VALUES ('birch@kvist.example', 'B'), (7, 'Seven')")
        .expect("rows");
    let config = Store::config("email", &["name"]);
    let source = Subscribers::open(&config, base.path()).expect("opened");
    let asked = [
        Some(Wanted::Exact("7")),
        None,
        Some(Wanted::Email("nobody@kvist.example")),
        Some(Wanted::Email("alder@kvist.example")),
    ];
    let results = source
        .answer(&asked, run(), &mut Taken::default())
        .expect("searched");
    let one = SearchResult::Searched(Counts {
        examined: 1,
        selected: 1,
        ..Counts::default()
    });
    assert_eq!(
        results,
        [
            one.clone(),
            SearchResult::NO_SUCH_IDENTIFIER,
            SearchResult::UnknownAccount,
            one
        ]
    );
}

#[test]
fn nothing_is_left_beside_the_database_and_nothing_in_it_is_changed() {
    // A write-ahead log that nobody has open; one that somebody has; one left by a program that was
    // killed; and none.
    for state in ["closed", "open", "killed", "rollback"] {
        let base = TempDir::new().expect("a directory");
        let work = TempDir::new().expect("a directory");
        let place = if state == "killed" {
            work.path()
        } else {
            base.path()
        };
        let journal = if state == "rollback" { "delete" } else { "wal" };
        let writer = table(place, journal);
        let writer = match state {
            "open" => Some(writer),
            "killed" => {
                // What lies there while it is open is what stays when it is killed.
                for entry in fs::read_dir(work.path()).expect("a directory") {
                    let from = entry.expect("an entry");
                    fs::copy(from.path(), base.path().join(from.file_name())).expect("copied");
                }
                drop(writer);
                None
            }
            _ => {
                drop(writer);
                None
            }
        };
        let before = everything(base.path());
        assert_eq!(
            before.len(),
            if matches!(state, "open" | "killed") {
                3
            } else {
                1
            },
            "{state}"
        );
        fs::set_permissions(base.path(), fs::Permissions::from_mode(0o555)).expect("read only");
        let (_, taken) = ask(base.path()).expect(state);
        assert_eq!(taken.records.len(), 1, "{state}");
        let after = everything(base.path());
        fs::set_permissions(base.path(), fs::Permissions::from_mode(0o755)).expect("writable");
        assert_eq!(
            after.keys().collect::<Vec<_>>(),
            before.keys().collect::<Vec<_>>(),
            "{state}"
        );
        // A reader of an open log notes itself in the index, which is memory that processes share.
        for (name, bytes) in before
            .iter()
            .filter(|(name, _)| state != "open" || !name.ends_with("-shm"))
        {
            assert!(after[name] == *bytes, "{state}: {name}");
        }
        drop(writer);
    }
}

#[test]
fn what_a_writer_did_last_is_seen() {
    let base = TempDir::new().expect("a directory");
    let writer = table(base.path(), "wal");
    writer
        .execute("UPDATE users SET name = 'New'", [])
        .expect("written");
    let (_, taken) = ask(base.path()).expect("read");
    assert!(taken.records[0].2.contains("New"));
}

#[test]
fn a_database_that_cannot_be_read_says_why_and_whether_to_try_again() {
    let locked = TempDir::new().expect("a directory");
    let writer = table(locked.path(), "delete");
    writer.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    let torn = TempDir::new().expect("a directory");
    let open = table(torn.path(), "wal");
    fs::remove_file(torn.path().join("users.db-shm")).expect("removed");
    let damaged = TempDir::new().expect("a directory");
    drop(table(damaged.path(), "delete"));
    let mut bytes = fs::read(damaged.path().join("users.db")).expect("a file");
    bytes[4096..].fill(0xff);
    fs::write(damaged.path().join("users.db"), &bytes).expect("a file");
    let other = TempDir::new().expect("a directory");
    fs::write(other.path().join("users.db"), b"email,name\n").expect("a file");
    let empty = TempDir::new().expect("a directory");
    fs::write(empty.path().join("users.db"), b"").expect("a file");
    let hot = TempDir::new().expect("a directory");
    {
        // A write that was cut off: the journal still names the old pages.
        let work = TempDir::new().expect("a directory");
        let writer = table(work.path(), "delete");
        writer
            .execute_batch(
                "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; \
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) \
                INSERT INTO users SELECT 'x' || i, hex(randomblob(200)) FROM n;",
            )
            .expect("half written");
        for name in ["users.db", "users.db-journal"] {
            fs::copy(work.path().join(name), hot.path().join(name)).expect("copied");
        }
    }
    for (store, retryable, says) in [
        (&locked, true, "locked"),
        (&torn, true, "-shm"),
        (&damaged, false, "malformed"),
        (&other, false, "not an SQLite database"),
        (&empty, false, "empty"),
        (&hot, false, "cut off"),
    ] {
        let error = ask(store.path()).expect_err(says);
        assert_eq!(error.retryable(), retryable, "{error}");
        let error = error.to_string();
        assert!(
            error.contains(says) && error.contains("users.db"),
            "{says}: {error}"
        );
    }
    drop((writer, open));
}

#[test]
fn a_write_while_the_file_is_read_as_it_stands_makes_the_reading_worthless() {
    let base = TempDir::new().expect("a directory");
    drop(table(base.path(), "wal"));
    let database = Database::new("users", base.path().join("users.db"));
    let whole = database.read(|_| Ok(1));
    assert_eq!(whole.expect("nobody wrote"), 1);
    let meddled = database.read(|_| {
        let writer = Connection::open(base.path().join("users.db")).expect("a database");
        writer.execute("DELETE FROM users", []).expect("written");
        Ok(1)
    });
    assert!(matches!(meddled, Err(SourceError::Changed { .. })));
    let meddled = database.read(|_| {
        // Still open when the reading ends.
        let writer = Connection::open(base.path().join("users.db")).expect("a database");
        writer
            .execute("INSERT INTO users VALUES ('x', 'y')", [])
            .expect("written");
        std::mem::forget(writer);
        Ok(1)
    });
    assert!(matches!(meddled, Err(SourceError::Changed { .. })));
}

#[test]
fn a_row_that_is_too_heavy_is_before_a_person_and_its_neighbours_cost_nothing() {
    let base = TempDir::new().expect("a directory");
    let connection = table(base.path(), "delete");
    connection
        .execute_batch(
            "INSERT INTO users VALUES ('birch@kvist.example', zeroblob(40000000)),
                 ('ALDER@kvist.example', zeroblob(40000000));",
        )
        .expect("rows");
    let (result, taken) = ask(base.path()).expect("searched");
    let counts = Counts {
        examined: 2,
        selected: 1,
        for_review: 1,
        ..Counts::default()
    };
    assert_eq!(result, SearchResult::Searched(counts));
    assert!(taken.reviews[0].1.contains("40000000") && taken.reviews[0].1.contains("4 MiB"));
}

#[test]
fn nothing_of_what_is_read_goes_to_a_file_of_sqlite() {
    let base = TempDir::new().expect("a directory");
    drop(table(base.path(), "delete"));
    let database = Database::new("users", base.path().join("users.db"));
    let (store, written) = database
        .read(|connection| {
            let store: i64 = connection
                .query_row("PRAGMA temp_store", [], |row| row.get(0))
                .expect("a number");
            Ok((store, connection.execute("DELETE FROM users", [])))
        })
        .expect("read");
    assert_eq!(store, 2, "memory");
    assert!(
        written
            .expect_err("read only")
            .to_string()
            .contains("readonly")
    );
}
