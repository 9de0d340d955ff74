//! What goes wrong, and what wants to.

use lagrum_model::Category;
use lagrum_source::{Record, Rehearsed, SearchResult, Sink, SinkError, Source as _, SourceError};
use serde_json::json;

use super::servers::Store;
use super::{Taken, failed, opened, place, search, search_with};
use crate::address::Kind;
use crate::database::Sql;

/// A database with people and what they wrote; `table` is what the operator writes of it.
fn config(store: &Store, table: &str) -> String {
    config_of(
        &store.address(),
        "select id as account, mail as named from people where mail = :identifier",
        table,
    )
}

fn config_of(address: &str, account: &str, table: &str) -> String {
    format!(
        "kind = \"sql\"\nid = \"forum\"\nzone = \"UTC\"\ndatabase = \"{address}\"\naccount = \"{account}\"\n[[table]]\n{table}"
    )
}

const NOTES: &str = "name = \"notes\"\ncategory = \"content\"\ncolumns = [\"id\", \"body\"]\nkey = \"person\"\nrow = \"id\"\ndate = \"at\"\n";

fn at_home(text: &str) -> Result<Sql, SourceError> {
    opened(text, std::path::Path::new("/"))
}

fn people(store: &Store, more: &[&str]) {
    let stamp = store.word("text", "timestamp", "datetime");
    let mut statements = vec![
        "create table people (id integer, mail varchar(200))".to_owned(),
        format!("create table notes (id integer, person integer, at {stamp}, body {})", store.word("", "text", "longtext")),
        "insert into people values (1, 'ann@kvist.example'), (2, 'birk@kvist.example')".to_owned(),
        "insert into notes values (1, 1, '2026-01-05 10:00:00', 'hello'), (2, 2, '2026-01-05 10:00:00', 'another''s')".to_owned(),
    ];
    statements.extend(more.iter().map(|one| (*one).to_owned()));
    store.fill(&statements);
}

#[test]
fn an_account_is_one_or_none_and_two_of_one_name_fail() {
    for store in Store::each() {
        people(
            &store,
            &["insert into people values (3, 'two@kvist.example'), (4, 'two@kvist.example')"],
        );
        let source = at_home(&config(&store, NOTES)).unwrap();
        let taken = search(&source, "ann@kvist.example", Category::Content).unwrap();
        assert_eq!(taken.names(), ["table notes id 1"], "{:?}", store.kind());
        let mut nothing = Taken::default();
        let unknown = search_with(
            &source,
            "nobody@kvist.example",
            Category::Content,
            &mut nothing,
        );
        assert_eq!(unknown.unwrap(), SearchResult::UnknownAccount);
        let other = search_with(
            &source,
            "ann@kvist.example",
            Category::Traffic,
            &mut nothing,
        );
        assert_eq!(other.unwrap(), SearchResult::NO_SUCH_CATEGORY);
        let error = failed(search(&source, "two@kvist.example", Category::Content));
        assert!(error.to_string().contains("several accounts"), "{error}");
        assert!(!error.to_string().contains("two@"), "{error}");
        // Whatever the statement compares, the name that it gives back decides.
        let everybody = "select id as account, mail as named from people where :identifier <> ''";
        let source = at_home(&config_of(&store.address(), everybody, NOTES)).unwrap();
        let taken = search(&source, "birk@kvist.example", Category::Content).unwrap();
        assert_eq!(taken.names(), ["table notes id 2"]);
    }
}

#[test]
fn names_that_a_collation_takes_for_equal_are_told_apart() {
    let Some(store) = Store::mariadb() else {
        return;
    };
    store.fill(&[
        "create table people (login varchar(50), mail varchar(200)) collate utf8mb4_general_ci".into(),
        "create table notes (id integer, person varchar(50), at datetime, body text) collate utf8mb4_general_ci".into(),
        "insert into people values ('bjork', 'bjork@kvist.example'), ('björk', 'björk@kvist.example')".into(),
        "insert into notes values (1, 'bjork', '2026-01-05 10:00:00', 'a'), (2, 'björk', '2026-01-05 10:00:00', 'b')".into(),
    ]);
    let account = "select login as account, mail as named from people where mail = :identifier";
    let loose = at_home(&config_of(&store.address(), account, NOTES)).unwrap();
    let error = failed(search(&loose, "bjork@kvist.example", Category::Content));
    assert!(error.to_string().contains("to the byte"), "{error}");
    let exact =
        format!("{NOTES}statement = \"select * from notes where binary person = :account\"\n");
    let exact = at_home(&config_of(&store.address(), account, &exact)).unwrap();
    let taken = search(&exact, "bjork@kvist.example", Category::Content).unwrap();
    assert_eq!(taken.names(), ["table notes id 1"]);
}

#[test]
fn a_row_above_the_limit_goes_to_a_person_and_hostile_content_leaves_as_it_is() {
    let hostile = "=1+1'\"\n\u{202e}</script>\t`; drop table notes; --\\ \u{1}é😀";
    for store in Store::each() {
        let quoted = match store.kind() {
            Kind::Mysql => hostile.replace('\\', "\\\\").replace('\'', "''"),
            _ => hostile.replace('\'', "''"),
        };
        let size = 4 << 20;
        let large = match store.kind() {
            Kind::Sqlite => format!("cast(zeroblob({}) as text)", size + 1),
            _ => format!("repeat('x', {})", size + 1),
        };
        people(
            &store,
            &[
                &format!("insert into notes values (3, 1, '2026-01-06 10:00:00', '{quoted}')"),
                &format!("insert into notes select 4, 1, '2026-01-06 10:00:00', {large}"),
                "insert into notes values (5, 1, '2026-01-06 10:00:00', null)",
                "insert into notes values (6, 1, null, 'when?')",
            ],
        );
        let source = at_home(&config(&store, NOTES)).unwrap();
        let taken = search(&source, "ann@kvist.example", Category::Content).unwrap();
        let kind = store.kind();
        assert_eq!(
            taken.records["table notes id 3"]["notes.body"],
            json!(hostile),
            "{kind:?}"
        );
        assert_eq!(taken.records["table notes id 5"]["notes.body"], json!(null));
        let (why, bytes) = &taken.reviews["table notes id 4"];
        assert!(why.contains("4 MiB") && bytes.is_none(), "{kind:?}: {why}");
        let (why, bytes) = &taken.reviews["table notes id 6"];
        assert_eq!(why, "the row has no date");
        assert_eq!(bytes.as_ref().unwrap()["notes.body"], "when?");
    }
}

#[test]
fn values_of_each_type_leave_without_loss() {
    for store in Store::each() {
        let (columns, values, right) = match store.kind() {
            Kind::Sqlite => (
                "w, d, f, b, t, z",
                "9007199254740993, '1.10', 0.1, x'00ff', cast(x'ff' as text), '2026-01-05 10:00:00.5'",
                json!({"w": 9_007_199_254_740_993_i64, "d": "1.10", "f": 0.1, "b": {"base64": "AP8="},
                    "t": {"base64": "/w=="}, "z": "2026-01-05 10:00:00.5"}),
            ),
            Kind::Postgres => (
                "w bigint, d numeric, f real, b bytea, t text[], z timestamptz",
                "9007199254740993, 1.10, 0.1, '\\x00ff', '{a,b}', '2026-01-05 10:00:00.5+01'",
                json!({"w": 9_007_199_254_740_993_i64, "d": "1.10", "f": 0.1, "b": {"base64": "AP8="},
                    "t": "{a,b}", "z": "2026-01-05T09:00:00.5Z"}),
            ),
            Kind::Mysql => (
                "w bigint unsigned, d decimal(10,2), f float, b blob, t time, z datetime(6)",
                "18446744073709551615, 1.10, 0.1, x'00ff', '-26:00:01', '2026-01-05 10:00:00.5'",
                json!({"w": u64::MAX, "d": "1.10", "f": 0.1, "b": {"base64": "AP8="},
                    "t": "-26:00:01.000000", "z": "2026-01-05T10:00:00.5Z"}),
            ),
        };
        people(
            &store,
            &[
                &format!("create table odd (person integer, {columns})"),
                &format!("insert into odd values (1, {values})"),
            ],
        );
        let table = "name = \"odd\"\ncategory = \"subscriber\"\nundated = true\ncolumns = [\"w\", \"d\", \"f\", \"b\", \"t\", \"z\"]\nkey = \"person\"\n";
        let source = at_home(&config(&store, table)).unwrap();
        let taken = search(&source, "ann@kvist.example", Category::Subscriber).unwrap();
        for (name, value) in right.as_object().unwrap() {
            let found = &taken.records["table odd row 1"][format!("odd.{name}")];
            assert_eq!(found, value, "{:?} {name}", store.kind());
        }
    }
}

#[test]
fn what_would_write_is_refused_by_the_database_where_it_hides_in_a_function() {
    for store in Store::each() {
        let (makes, calls) = match store.kind() {
            // No function of SQLite's own writes.
            Kind::Sqlite => continue,
            Kind::Postgres => (
                "create function hidden() returns integer language sql as $$ insert into notes values (9, 1, now(), 'x') returning 1 $$",
                vec![
                    "hidden()",
                    "set_config('transaction_read_only', 'off', false)",
                ],
            ),
            Kind::Mysql => (
                "create function hidden() returns integer begin insert into notes values (9, 1, now(), 'x'); return 1; end",
                vec!["hidden()"],
            ),
        };
        people(&store, &[makes]);
        for call in calls {
            let table = format!(
                "{}statement = \"select id, person, at, {call} as body from notes where person = :account\"\n",
                NOTES
            );
            let source = at_home(&config(&store, &table)).unwrap();
            let error = failed(search(&source, "ann@kvist.example", Category::Content));
            assert!(error.to_string().contains("table notes"), "{error}");
            assert!(!error.retryable(), "{error}");
            assert_eq!(store.count("notes"), 2, "{:?}", store.kind());
        }
    }
}

/// Stops the server, or writes, when the first row has come.
struct Breaking<'s>(&'s Store, u32);

impl Sink for Breaking<'_> {
    fn item(
        &mut self,
        _: usize,
        _: &lagrum_source::Item<'_>,
        _: &mut dyn std::io::Read,
    ) -> Result<(), SinkError> {
        Ok(())
    }

    fn record(&mut self, _: usize, _: &Record<'_>) -> Result<(), SinkError> {
        self.1 += 1;
        if self.1 == 1 {
            match self.0.kind() {
                Kind::Sqlite => self
                    .0
                    .fill(&["insert into people values (9, 'new@kvist.example')".into()]),
                _ => self.0.stop(),
            }
        }
        Ok(())
    }

    fn for_review(
        &mut self,
        _: usize,
        _: &lagrum_source::Review<'_>,
        _: Option<lagrum_source::Withheld<'_>>,
    ) -> Result<(), SinkError> {
        Ok(())
    }
}

#[test]
fn a_server_that_stops_or_a_file_that_changes_in_the_middle_is_no_smaller_result() {
    let mut stores = vec![Store::Sqlite(place())];
    stores.extend(Store::own());
    for store in stores {
        let write_ahead = match store.kind() {
            Kind::Sqlite => vec![],
            _ => (3..100).map(|id| format!("insert into notes select {id}, 1, '2026-01-06 10:00:00', repeat('x', 1000000)")).collect(),
        };
        if let Store::Sqlite(place) = &store {
            let owner = rusqlite::Connection::open(place.path().join("it.db")).unwrap();
            owner.pragma_update(None, "journal_mode", "wal").unwrap();
        }
        people(
            &store,
            &write_ahead.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        let source = at_home(&config(&store, NOTES)).unwrap();
        let mut sink = Breaking(&store, 0);
        let error = search_with(&source, "ann@kvist.example", Category::Content, &mut sink);
        let error = failed(error);
        assert!(error.retryable(), "{:?}: {error}", store.kind());
        let error = match store.kind() {
            Kind::Sqlite => continue,
            _ => failed(source.probe()),
        };
        assert!(error.retryable(), "{:?}: {error}", store.kind());
    }
}

#[test]
fn a_rehearsal_shows_each_statement_and_warns_where_a_whole_table_is_read() {
    for store in Store::each() {
        people(&store, &["create index on_mail on people (mail)"]);
        let source = at_home(&config(&store, NOTES)).unwrap();
        let warned = |all: &[Rehearsed]| -> Vec<String> {
            let warned = all.iter().filter(|one| !one.warnings.is_empty());
            warned.map(|one| one.what.clone()).collect()
        };
        let all = source.rehearse().unwrap();
        assert_eq!(all.len(), 2);
        assert!(all[1].statement.contains("from notes") || all[1].statement.contains("notes"));
        assert!(all.iter().all(|one| !one.plan.is_empty()), "{all:?}");
        assert_eq!(
            warned(&all),
            ["table notes"],
            "{:?}: {all:#?}",
            store.kind()
        );
        store.fill(&["create index on_person on notes (person)".into()]);
        let all = source.rehearse().unwrap();
        assert!(warned(&all).is_empty(), "{:?}: {all:#?}", store.kind());
        let wrong = NOTES.replace("\"body\"", "\"boddy\"");
        let error = failed(at_home(&config(&store, &wrong)).unwrap().rehearse());
        assert!(error.to_string().contains("boddy"), "{error}");
    }
}

#[test]
fn a_date_without_a_zone_is_refused_until_the_operator_says_where_it_lies() {
    for store in Store::each() {
        people(&store, &[]);
        let text = config(&store, NOTES).replace("zone = \"UTC\"\n", "");
        let source = at_home(&text).unwrap();
        let found = search(&source, "ann@kvist.example", Category::Content);
        match store.kind() {
            // A text may have a zone of its own; those that have none go to a person.
            Kind::Sqlite => assert_eq!(found.unwrap().put_aside(), ["table notes id 1"]),
            _ => assert!(failed(found).to_string().contains("zone = \"UTC\"")),
        }
    }
}

#[test]
fn a_wrong_password_is_denied_and_not_repeated() {
    let Some(store) = Store::mariadb() else {
        return;
    };
    people(
        &store,
        &[
            "create user reader@localhost identified by 'r1ght'",
            "grant select on *.* to reader@localhost",
        ],
    );
    let place = place();
    for (password, lets_in) in [("r1ght\n", true), ("wr0ng", false)] {
        let file = place.path().join("password");
        std::fs::write(&file, password).unwrap();
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&file, owner_only).unwrap();
        let text = config(&store, NOTES).replace("root@", "reader@");
        let source = opened(
            &format!("password_file = \"password\"\n{text}"),
            place.path(),
        )
        .unwrap();
        match lets_in {
            true => source.probe().unwrap(),
            false => {
                let error = failed(source.probe());
                assert!(matches!(error, SourceError::Denied { .. }), "{error}");
                assert!(!error.to_string().contains("wr0ng"), "{error}");
            }
        }
    }
}

#[test]
fn a_key_that_is_too_long_to_be_followed_ends_the_search_and_passes_nothing_over() {
    let child = "[[table]]\nname = \"files\"\ncategory = \"content\"\ncolumns = [\"id\"]\nkey = \"note\"\nparent = \"notes\"\nof = \"body\"\ndated_by_parent = true\n";
    for store in Store::each() {
        let text = store.word("text", "text", "longtext");
        let long = "k".repeat(5000);
        people(
            &store,
            &[
                &format!("create table files (id integer, note {text})"),
                "insert into files values (1, 'hello')",
                &format!("insert into files values (2, '{long}')"),
            ],
        );
        let source = at_home(&config(&store, &format!("{NOTES}{child}"))).unwrap();
        let search = || search(&source, "ann@kvist.example", Category::Content);
        let found = search().unwrap().names().len();
        assert_eq!(found, 2, "a note and its file: {:?}", store.kind());
        store.fill(&[format!(
            "insert into notes values (3, 1, '2026-01-06 10:00:00', '{long}')"
        )]);
        let error = failed(search()).to_string();
        assert!(error.contains("longer than 4096 bytes"), "{error}");
        // It is that one alone: what nothing hangs under may be as long as it is.
        let alone = at_home(&config(&store, NOTES)).unwrap();
        let taken = super::search(&alone, "ann@kvist.example", Category::Content).unwrap();
        assert_eq!(taken.names().len(), 2, "{:?}", store.kind());
    }
}

#[test]
fn a_configuration_with_a_fault_is_refused_and_the_field_named() {
    let whole = config_of(
        "sqlite:it.db",
        "select id as account, mail as named from people where mail = :identifier",
        NOTES,
    );
    assert!(at_home(&whole).is_ok());
    let child = "[[table]]\nname = \"files\"\ncategory = \"content\"\ncolumns = [\"id\"]\nkey = \"note\"\nparent = \"notes\"\nof = \"id\"\n";
    for (from, to, words) in [
        ("sqlite:it.db", "postgres://a@db.example/b", "`database`"),
        (":identifier", "'x'", "`account`"),
        (
            ":identifier",
            ":identifier and id = :account",
            "only `:identifier`",
        ),
        ("zone = \"UTC\"", "zone = \"Europe/Stockholm\"", "`zone`"),
        ("date = \"at\"", "", "which column's instant"),
        ("date = \"at\"", "undated = true", "only subscriber data"),
        ("date = \"at\"", "date = \"at\"\nundated = true", "keep one"),
        ("date = \"at\"", "dated_by_parent = true", "no `parent`"),
        (
            "date = \"at\"",
            "date = \"at\"\nof = \"other\"",
            "none of `account_keys`",
        ),
        (
            "date = \"at\"",
            "date = \"at\"\nstatement = \"delete from notes\"",
            "neither SELECT",
        ),
        (
            "date = \"at\"",
            "date = \"at\"\nstatement = \"select * from notes\"",
            "everybody",
        ),
        (
            "date = \"at\"",
            "date = \"at\"\nstatement = \"select * from notes where person = :account and at > :from\"",
            "set around the statement",
        ),
        (
            "date = \"at\"",
            "date = \"at\"\nstatement = \"select * from notes where person = :account and x = :other\"",
            "`:other`",
        ),
        (
            "date = \"at\"",
            "date = \"at\"\nsub_categories = { routing = [\"body\"] }",
            "no box of content",
        ),
        (
            "date = \"at\"",
            "date = \"at\"\nsub_categories = { messages = [\"gone\"] }",
            "`gone`",
        ),
        ("[\"id\", \"body\"]", "[\"id\", \"id\"]", "twice"),
        ("[\"id\", \"body\"]", "[\"id; drop\"]", "ASCII letters"),
        (
            "key = \"person\"",
            "key = \"person\"\ntable = \"a b\"",
            "ASCII letters",
        ),
        (
            "name = \"notes\"",
            "name = \"notes\"\nunknown = 1",
            "unknown",
        ),
        (
            "id = \"forum\"",
            "id = \"forum\"\ntimeout_seconds = 0",
            "`timeout_seconds`",
        ),
    ] {
        let text = whole.replacen(from, to, 1);
        assert_ne!(text, whole, "{from}");
        let error = match at_home(&text) {
            Err(error) => error.to_string(),
            Ok(_) => panic!("opened with {to}"),
        };
        assert!(error.contains(words), "{to}: {error}");
    }
    for (more, words) in [
        ("", "which column's instant"),
        ("dated_by_parent = true\n", ""),
        ("date = \"at\"\nstatement = \"select 1\"\n", "everybody"),
    ] {
        let opened = at_home(&format!("{whole}{child}{more}"));
        match words {
            "" => assert!(opened.is_ok()),
            words => assert!(opened.err().unwrap().to_string().contains(words)),
        }
    }
}
