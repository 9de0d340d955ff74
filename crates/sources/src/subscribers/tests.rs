use tempfile::TempDir;

use rusqlite::Connection;

use super::*;
use crate::testing::{Taken, run};

mod odd;

struct Store(TempDir);

impl Store {
    fn new() -> Self {
        let store = Self(TempDir::new().expect("a directory"));
        let connection = Connection::open(store.0.path().join("users.db")).expect("a database");
        connection
            .execute_batch(
                r#"CREATE TABLE users (email TEXT, number INTEGER, name TEXT, "order" TEXT, photo BLOB, paid REAL);
                INSERT INTO users VALUES
                    ('Alder@kvist.example', 7, 'Al Der', 'gold', x'00ff', 1.5),
                    ('birch@kvist.example', 8, 'O''Birch', NULL, NULL, NULL),
                    ('alder@kvist.example.evil', 9, 'Evil', NULL, NULL, NULL),
                    ('Åsa@kvist.example', 10, 'Åsa', NULL, NULL, NULL);"#,
            )
            .expect("rows");
        store
    }

    fn config(account_column: &str, columns: &[&str]) -> SubscribersConfig {
        SubscribersConfig {
            sub_categories: std::collections::BTreeMap::new(),
            id: "users".into(),
            database: "users.db".into(),
            table: "users".into(),
            account_column: account_column.into(),
            telephone_column: None,
            user_id_column: None,
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
        }
    }

    fn open(&self, config: &SubscribersConfig) -> Result<Subscribers, SourceError> {
        Subscribers::open(config, self.0.path())
    }

    fn run(&self, account_column: &str, wanted: Wanted<'_>) -> (SearchResult, Taken) {
        let config = Self::config(
            account_column,
            &["name", "order", "photo", "paid", "number"],
        );
        let mut taken = Taken::default();
        let source = self.open(&config).expect("opened");
        let results = source.answer(&[Some(wanted)], run(), &mut taken);
        (results.expect("searched").remove(0), taken)
    }
}

#[test]
fn exactly_the_account_and_exactly_the_columns_are_handed_over() {
    let (outcome, taken) = Store::new().run("email", Wanted::Email("alder@kvist.example"));
    let counts = Counts {
        examined: 1,
        selected: 1,
        ..Counts::default()
    };
    assert_eq!(outcome, SearchResult::Searched(counts));
    let (locator, dated, fields) = &taken.records[0];
    assert_eq!((locator.as_str(), dated), ("table users row 1", &None));
    assert_eq!(
        fields,
        r#"{"name":"Al Der","order":"gold","photo":{"hex":"00ff"},"paid":1.5,"number":7}"#
    );
    assert_eq!(taken.records.len(), 1);
}

#[test]
fn an_account_that_is_not_there_is_unknown() {
    let store = Store::new();
    for wanted in [
        Wanted::Email("nobody@kvist.example"),
        Wanted::Email("asa@kvist.example"),
        Wanted::Exact("alder"),
        Wanted::Exact("' OR 1=1 --"),
    ] {
        let (outcome, taken) = store.run("email", wanted);
        assert_eq!(outcome, SearchResult::UnknownAccount);
        assert!(taken.records.is_empty());
    }
}

#[test]
fn an_alias_is_named_and_not_followed() {
    let (outcome, taken) = Store::new().run("email", Wanted::Email("office@kvist.example"));
    assert_eq!(
        outcome,
        SearchResult::Alias {
            of: "birch@kvist.example".into()
        }
    );
    assert!(taken.records.is_empty());
}

#[test]
fn a_number_is_found_only_as_it_is_written() {
    let store = Store::new();
    assert!(matches!(
        store.run("number", Wanted::Exact("7")).0,
        SearchResult::Searched(_)
    ));
    // A column of numbers may have lost what the name had.
    for other in ["007", "7.0", " 7", "+7"] {
        let (outcome, taken) = store.run("number", Wanted::Exact(other));
        assert!(matches!(outcome, SearchResult::Searched(_)), "{other}");
        assert!(
            taken.records.is_empty() && taken.reviews.len() == 1,
            "{other}"
        );
    }
    assert_eq!(
        store.run("number", Wanted::Exact("70")).0,
        SearchResult::UnknownAccount
    );
}

#[test]
fn a_name_that_is_none_is_refused_when_the_source_opens() {
    let store = Store::new();
    for (account, columns) in [
        ("email", &[][..]),
        ("email", &["name", "NAME"]),
        ("email", &["name\" FROM users --"]),
        ("email", &["1st"]),
        ("em ail", &["name"]),
    ] {
        assert!(
            store.open(&Store::config(account, columns)).is_err(),
            "{account} {columns:?}"
        );
    }
}

#[test]
fn what_is_not_in_the_database_is_named_by_its_field_and_stops_only_its_own_orders() {
    let store = Store::new();
    for field in ["table", "account_column", "columns"] {
        let mut config = Store::config("email", &["name"]);
        match field {
            "table" => config.table = "nothing".into(),
            "account_column" => config.account_column = "nothing".into(),
            _ => config.columns.push("nothing".into()),
        }
        let source = store.open(&config).expect("opened");
        for error in [
            source.probe().expect_err(field),
            source
                .answer(
                    &[Some(Wanted::Email("alder@kvist.example"))],
                    run(),
                    &mut Taken::default(),
                )
                .expect_err(field),
        ] {
            let SourceError::Config { field: named, .. } = &error else {
                panic!("{error}")
            };
            assert_eq!(named, field, "{error}");
            assert!(error.to_string().contains("nothing"), "{error}");
        }
    }
}

#[test]
fn a_database_that_is_away_is_an_error_and_not_an_unknown_account() {
    let store = Store::new();
    let source = store
        .open(&Store::config("email", &["name"]))
        .expect("opened");
    let path = store.0.path().join("users.db");
    std::fs::rename(&path, store.0.path().join("away")).expect("moved");
    let ask = || {
        let wanted = Some(Wanted::Email("alder@kvist.example"));
        source.answer(&[wanted], run(), &mut Taken::default())
    };
    for error in [source.probe().expect_err("gone"), ask().expect_err("gone")] {
        assert!(
            error.retryable() && error.to_string().contains("users.db"),
            "{error}"
        );
    }
    assert!(!path.exists(), "nothing is made in its place");
    std::fs::rename(store.0.path().join("away"), &path).expect("moved");
    assert!(ask().is_ok());
}
