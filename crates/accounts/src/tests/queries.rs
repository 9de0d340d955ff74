use super::*;

const QUERY: &str = "select mail as address, kind as controller, null as resides_in,
    null as us_person, secret as privileged, null as public_authority_of from users";

fn database(query: &str, rows: &str) -> (Place, Connection) {
    let mut place = Place::new();
    let file = place.path("users.db");
    let owner = Connection::open(&file).unwrap();
    owner
        .execute_batch("create table users (mail, kind, secret, salary)")
        .unwrap();
    if !rows.is_empty() {
        let insert = format!("insert into users values {rows}");
        owner.execute(&insert, []).unwrap();
    }
    place.input = Some(input(&format!("database = {file:?}\nquery = {query:?}")));
    (place, owner)
}

#[test]
fn accounts_come_from_the_operators_own_database_which_stays_as_it_is() {
    for mode in ["delete", "wal"] {
        let (place, owner) = database(QUERY, "('bo@b.example', 'enterprise', 1, 5)");
        owner.pragma_update(None, "journal_mode", mode).unwrap();
        drop(owner);
        let before = fs::read(place.path("users.db")).unwrap();
        let Found::Account(bo) = place.find("BO@b.example") else {
            panic!()
        };
        assert!(bo.privileged && bo.controller == "enterprise");
        assert_eq!(fs::read(place.path("users.db")).unwrap(), before);
        for beside in ["users.db-wal", "users.db-shm", "users.db-journal"] {
            assert!(!place.path(beside).exists(), "{beside} {mode}");
        }
    }
}

#[test]
fn a_query_gives_the_columns_that_are_asked_for_and_no_others() {
    let rows = "('bo@b.example', 'enterprise', 1, 5)";
    for (query, says) in [
        (QUERY.replace(" from", ", salary from"), "column `salary`"),
        ("select * from users".into(), "column `mail`"),
        (
            QUERY.replace("null as resides_in,", ""),
            "`resides_in` is missing",
        ),
        (QUERY.replace("mail as address", "mail"), "column `mail`"),
        (QUERY.replace("us_person", "resides_in"), "twice"),
        (format!("{QUERY} where mail = $1"), "parameters"),
        (format!("{QUERY}; delete from users"), "query"),
        ("delete from users".into(), "one `select`"),
        ("delete from users returning mail".into(), "one `select`"),
        ("attach 'x.db' as x".into(), "one `select`"),
        ("pragma journal_mode = wal".into(), "query"),
        ("select * from away".into(), "no such table"),
        (String::new(), "query"),
    ] {
        let (place, _owner) = database(&query, rows);
        place.refused(&[says]);
        assert!(!place.path("x.db").exists());
    }
}

#[test]
fn a_row_of_a_query_that_is_wrong_is_named() {
    let first = "('x@b.example', 'consumer', 0, 5)";
    for (row, says) in [
        ("(null, 'consumer', 0, 5)", ["row 2", "`address` is empty"]),
        ("(7, 'consumer', 0, 5)", ["`7`", "local@domain"]),
        ("(x'626f', 'consumer', 0, 5)", ["row 2", "neither text"]),
        ("(1.5, 'consumer', 0, 5)", ["row 2", "neither text"]),
        (
            "(cast(x'ff40' as text), 'consumer', 0, 5)",
            ["row 2", "UTF-8"],
        ),
        (
            "('bo@b.example', 'consumer', null, 5)",
            ["`bo@b.example`", "`privileged` is empty"],
        ),
        (
            "('bo@b.example', null, 0, 5)",
            ["`bo@b.example`", "`controller` is empty"],
        ),
        (
            "('bo@b.example' || char(0), 'consumer', 0, 5)",
            ["bo@b.example", "U+0000"],
        ),
        (
            "('bo@b.example' || char(10), 'consumer', 0, 5)",
            ["bo@b.example", "a line end"],
        ),
        (
            "('X@b.example', 'consumer', 0, 5)",
            ["`X@b.example`", "stands twice"],
        ),
        (
            "(hex(zeroblob(40000)), 'consumer', 0, 5)",
            ["row 2", "64 KiB"],
        ),
    ] {
        let (place, _owner) = database(QUERY, &format!("{first}, {row}"));
        place.refused(&says);
    }
}

#[test]
fn a_database_that_is_none_is_refused() {
    let mut place = Place::new();
    let file = place.path("users.db");
    place.input = Some(input(&format!("database = {file:?}\nquery = {QUERY:?}")));
    place.refused(&["users.db"]);
    fs::write(place.path("users.db"), "no database, by far").unwrap();
    place.refused(&["not an SQLite database"]);
}

#[test]
fn what_is_written_to_the_database_is_seen_at_the_next_use() {
    for mode in ["delete", "wal"] {
        let (place, owner) = database(QUERY, "('bo@b.example', 'consumer', 0, 5)");
        owner.pragma_update(None, "journal_mode", mode).unwrap();
        assert_eq!(address_of(place.find("ada@b.example")), "unknown");
        let row = "insert into users values ('ada@b.example', 'consumer', 1, 0)";
        owner.execute(row, []).unwrap();
        assert_eq!(address_of(place.find("ada@b.example")), "ada@b.example");
        // What makes the table wrong is refused, and the old index is not used instead.
        owner.execute("update users set secret = null", []).unwrap();
        assert!(place.open().is_err());
    }
}
