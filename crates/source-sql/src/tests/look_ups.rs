//! Accounts that are made up, in every form that a table or a database has them in: each look-up says what is true.

use std::fs;

use lagrum_accounts::testing::{self, Account, MadeUp, Truth, asked, columns, is_true, made_up};
use lagrum_accounts::{
    AccountsError, Answer, Found, Input, Live, NoCheck, Spec, Table, Whereabouts,
};
use lagrum_model::EmailAddress;
use lagrum_source::SourceError;

use super::place;
use super::servers::Store;
use crate::address::Kind;
use crate::{LookUp, LookUpConfig};

/// Other names stand in a table of their own.
const QUERY: &str = "select mail as address, others as aliases, kind as controller, land as resides_in, us as us_person,
    secret as privileged, state as public_authority_of from person
    where lower(mail) = :identifier or id in (select person from other where lower(name) = :identifier)";

#[derive(Debug)]
enum Failed {
    Accounts(AccountsError),
    Store(SourceError),
}

impl From<AccountsError> for Failed {
    fn from(error: AccountsError) -> Self {
        Self::Accounts(error)
    }
}

impl From<SourceError> for Failed {
    fn from(error: SourceError) -> Self {
        Self::Store(error)
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accounts(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
        }
    }
}

fn opened(database: &str, query: &str) -> Result<LookUp, SourceError> {
    let config = LookUpConfig {
        database,
        password_file: None,
        query,
        timeout_seconds: 30,
    };
    LookUp::open("[accounts]", &config)
}

fn live(database: &str, query: &str) -> Live {
    let text = format!("database = {database:?}\nquery = {query:?}");
    match toml::from_str(&text) {
        Ok(Whereabouts::Live(live)) => live,
        other => panic!("{other:?}"),
    }
}

/// What is found where accounts live, besides those that are written by hand.
fn found(store: &Store, query: &str, name: &EmailAddress) -> Result<Found<Account>, Failed> {
    let dir = place();
    let by_hand = testing::by_hand(dir.path(), &[], &[])?;
    let look_up = opened(&store.address(), query)?;
    look_up.read(|ask| {
        live(&store.address(), query).look_up(&columns(), &by_hand, name, &mut |name| {
            let answered = ask(name)?;
            Ok(Answer {
                columns: answered.columns,
                rows: answered.rows,
            })
        })
    })
}

fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// The statements that fill a database with accounts. `ordered` says how texts are compared.
fn filled(made_up: &[MadeUp], ordered: &str) -> Vec<String> {
    let mut all = vec![
        format!(
            "create table person (id integer, mail varchar(300){ordered}, others varchar(1000), kind varchar(20), land varchar(2), us varchar(3), secret varchar(3), state varchar(2))"
        ),
        format!("create table other (person integer, name varchar(300){ordered})"),
        "create index of_mail on person (mail)".to_owned(),
    ];
    for (n, one) in made_up.iter().enumerate() {
        let facts = one.facts.iter().map(|fact| match fact.as_str() {
            "" => "null".to_owned(),
            fact => text(fact),
        });
        let facts: Vec<_> = facts.collect();
        all.push(format!(
            "insert into person values ({n}, {}, {}, {})",
            text(&one.address),
            text(&one.aliases.join(" ")),
            facts.join(", ")
        ));
        for alias in &one.aliases {
            all.push(format!("insert into other values ({n}, {})", text(alias)));
        }
    }
    all
}

#[test]
fn every_form_of_a_table_and_every_database_says_the_same_of_each_name_and_it_is_true() {
    let made_up = made_up(30);
    let asked = asked(&made_up);
    assert!(asked.len() > 200);
    let dir = place();
    let (users, rules) = testing::passwd(&made_up);
    fs::write(dir.path().join("accounts.csv"), testing::csv(&made_up)).unwrap();
    fs::write(dir.path().join("users"), users).unwrap();
    let sqlite = Store::Sqlite(place());
    sqlite.fill(&filled(&made_up, ""));
    let everybody = QUERY.split("where").next().unwrap();
    let file = sqlite.address().replace("sqlite:", "");
    for (form, aliases) in [
        ("csv = \"accounts.csv\"".to_owned(), true),
        (format!("database = {file:?}\nquery = {everybody:?}"), true),
        (format!("passwd = \"users\"\n{rules}"), false),
    ] {
        let input: Input = toml::from_str(&form).unwrap();
        let input = input.below(dir.path());
        let (columns, index) = (columns(), dir.path().join("index.sqlite"));
        let spec = Spec {
            index: &index,
            by_hand: ("agent.toml", &[]),
            nobody: &[],
            input: Some(&input),
            columns: &columns,
            settings: b"",
        };
        let table: Table<Account> = Table::open(&spec, &mut NoCheck).unwrap();
        for (name, truth) in &asked {
            let found = table.find(name).map(|(_, found)| found);
            is_true(&made_up, (name, truth), &found, (aliases, false));
        }
    }
    let mut databases = 0;
    for store in Store::each() {
        databases += 1;
        // A collation that takes letters for the same that are not: whoever is asked for is found, or it is refused.
        let loose = store.word("", "", " character set utf8mb4 collate utf8mb4_unicode_ci");
        store.fill(&filled(&made_up, loose));
        for (name, truth) in &asked {
            let found = found(&store, QUERY, name);
            let may_refuse = store.kind() != Kind::Sqlite;
            is_true(&made_up, (name, truth), &found, (true, may_refuse));
        }
    }
    assert!(databases >= 1);
    // One that compares to the byte refuses nothing.
    if let Some(store) = Store::mariadb() {
        store.fill(&filled(
            &made_up,
            " character set utf8mb4 collate utf8mb4_bin",
        ));
        let refused = asked.iter().filter(|(name, truth)| {
            let found = found(&store, QUERY, name);
            is_true(&made_up, (name, truth), &found, (true, true));
            matches!(truth, Truth::LooksLike(_)) && found.is_err()
        });
        // But for those of which small letters are made: `lower` knows more of them than an address does.
        let refused: Vec<_> = refused.map(|(name, _)| name.to_string()).collect();
        assert!(
            refused.iter().all(|name| name.contains('\u{d6}')),
            "{refused:?}"
        );
    }
}

#[test]
fn what_looks_like_a_piece_of_a_statement_is_a_name_like_any_other() {
    for store in Store::each() {
        store.fill(&filled(&made_up(3), ""));
        let look_up = opened(&store.address(), QUERY).unwrap();
        for name in [
            "' or '1'='1",
            "'; drop table person; --",
            "%",
            "_",
            "*",
            "",
            "\\",
            "user0@b.example' --",
            ":identifier",
            "$1",
            "?",
        ] {
            let answered = look_up.read(|ask| ask(name)).unwrap();
            assert!(answered.rows.is_empty(), "{name}: {answered:?}");
        }
        assert_eq!(store.count("person"), 3);
        let answered = look_up.read(|ask| ask("user0@b.example")).unwrap();
        assert_eq!(answered.rows.len(), 1);
        assert_eq!(answered.columns[0], "address");
    }
}

#[test]
fn a_database_that_does_not_answer_or_answers_otherwise_is_a_failure_and_never_nobody() {
    let class = |found: Result<Found<Account>, Failed>| match found {
        Err(Failed::Store(error)) => {
            assert!(
                !error.outside().contains("b.example"),
                "{}",
                error.outside()
            );
            error.class()
        }
        other => panic!("{other:?}"),
    };
    let name = EmailAddress::parse("user0@b.example").unwrap();
    for store in Store::each() {
        store.fill(&filled(&made_up(3), ""));
        for (query, right) in [
            (QUERY.replace("from person", "from away"), "configuration"),
            (QUERY.replace("secret as", "secrets as"), "configuration"),
            (QUERY.replace(":identifier", "'x'"), "configuration"),
            (QUERY.replace(":identifier", ":account"), "configuration"),
            (
                QUERY.replace("us as us_person", "1.5 as us_person"),
                "configuration",
            ),
            (
                QUERY.replace("select mail", "delete from person; select mail"),
                "configuration",
            ),
        ] {
            assert_eq!(class(found(&store, &query, &name)), right, "{query}");
        }
        assert_eq!(store.count("person"), 3);
        // Two rows are seen, and no third is asked for.
        let everybody = QUERY.replace("where", "where :identifier <> '' or");
        let look_up = opened(&store.address(), &everybody).unwrap();
        assert_eq!(look_up.read(|ask| ask("x")).unwrap().rows.len(), 2);
        match found(&store, &everybody, &name) {
            Err(Failed::Accounts(error)) => {
                assert!(error.to_string().contains("more than one row"), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
    for store in Store::own() {
        store.fill(&filled(&made_up(3), ""));
        assert!(matches!(found(&store, QUERY, &name), Ok(Found::Account(_))));
        store.stop();
        assert_eq!(class(found(&store, QUERY, &name)), "unreachable");
    }
    let away = opened("sqlite:/nowhere/at/all.db", QUERY).unwrap();
    assert!(away.read(|ask| ask("x")).is_err());
}

#[test]
fn what_is_wrong_with_a_look_up_is_said_before_anything_is_asked() {
    for (database, query, says) in [
        ("postgres://a:s3cret@localhost/b", QUERY, "`database`"),
        ("postgres://a@db.example/b", QUERY, "`database`"),
        ("postgres://a@localhost/b", "delete from person", "`query`"),
        ("postgres://a@localhost/b", "select 1", "everybody"),
    ] {
        let why = opened(database, query).unwrap_err().to_string();
        assert!(why.contains(says), "{why}");
        assert!(!why.contains("s3cret"), "{why}");
    }
}
