//! Accounts that are looked up one by one: what an answer may be, and what is refused.

use super::*;
use crate::testing::{Account as Made, by_hand as written, columns};
use crate::{Answer, At, Live, Whereabouts};
use std::path::Path;

const QUERY: &str = "database = \"postgres://lagrum@localhost/mail\"\nquery = \"select\"\n";

const LDAP: &str = "[ldap]
address = \"ldaps://ldap.b.example\"
bind = \"cn=lagrum,dc=b\"
password_file = \"secret\"
base = \"dc=b\"
filter = \"(mail=:identifier)\"
[ldap.columns]
address = \"mail\"
";

fn live(rules: &str) -> Live {
    match toml::from_str::<Whereabouts>(&format!("{QUERY}{rules}")) {
        Ok(Whereabouts::Live(live)) => live,
        other => panic!("{other:?}"),
    }
}

fn made(address: &str) -> Made {
    let text = format!("address = \"{address}\"\ncontroller = \"consumer\"");
    Made(toml::from_str(&text).unwrap())
}

/// A row: its address, its other names, and whether it is privileged.
type Stored = (&'static str, &'static str, &'static str);

fn answer(rows: &[&Stored]) -> Answer {
    let columns = [
        "address",
        "aliases",
        "privileged",
        "controller",
        "resides_in",
        "us_person",
        "public_authority_of",
    ];
    let row = |(address, aliases, privileged): &Stored| {
        [address, aliases, privileged, "consumer", "", "", ""]
            .map(str::to_owned)
            .to_vec()
    };
    Answer {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.iter().map(|one| row(one)).collect(),
    }
}

/// Looks `asked` up where `gives` says which rows are given for a name.
fn look_up(
    hand: &[Made],
    nobody: &[&str],
    asked: &str,
    gives: impl Fn(&str) -> Vec<&'static Stored>,
) -> Result<Found<Made>, AccountsError> {
    let dir = TempDir::new().unwrap();
    let nobody: Vec<_> = nobody.iter().map(|one| mail(one)).collect();
    let table = written(dir.path(), hand, &nobody).unwrap();
    live("").look_up(&columns(), &table, &mail(asked), &mut |name| {
        Ok(answer(&gives(name)))
    })
}

fn named(found: Result<Found<Made>, AccountsError>) -> String {
    match found {
        Ok(Found::Account(one)) => one.0.address.to_string(),
        Ok(Found::Alias(one)) => format!("alias of {}", one.0.address),
        Ok(Found::Nobody) => "nobody".into(),
        Ok(Found::Unknown) => "unknown".into(),
        Ok(Found::WithoutFacts(address)) => format!("no facts of {address}"),
        Err(error) => error.to_string(),
    }
}

static BO: Stored = ("Bo@b.example", "info@b.example b2@b.example", "no");
static ADA: Stored = ("ada@b.example", "", "yes");
static ALL: &[&Stored] = &[&BO, &ADA];

/// Compares as it should.
fn exactly(all: &'static [&'static Stored]) -> impl Fn(&str) -> Vec<&'static Stored> {
    move |name| {
        let is = |stored: &&&Stored| {
            let mut names = std::iter::once(stored.0).chain(stored.1.split(' '));
            names.any(|one| one.eq_ignore_ascii_case(name))
        };
        all.iter().filter(is).copied().collect()
    }
}

#[test]
fn a_name_is_an_account_an_alias_or_unknown_as_in_a_table() {
    let gives = || exactly(ALL);
    for (asked, found) in [
        ("BO@b.example", "Bo@b.example"),
        ("info@B.example", "alias of Bo@b.example"),
        ("eve@b.example", "nobody"),
        ("hand@b.example", "hand@b.example"),
        ("x@b.example", "unknown"),
    ] {
        let hand = [made("hand@b.example")];
        assert_eq!(
            named(look_up(&hand, &["eve@b.example"], asked, gives())),
            found
        );
    }
    let Ok(Found::Account(ada)) = look_up(&[], &[], "ada@b.example", gives()) else {
        panic!()
    };
    assert!(ada.0.privileged);
    // A query that knows accounts by their address alone tells their other names all the same.
    let by_address = |name: &str| match name {
        "bo@b.example" => vec![&BO],
        _ => vec![],
    };
    assert_eq!(
        named(look_up(&[], &[], "bo@b.example", by_address)),
        "Bo@b.example"
    );
    assert_eq!(
        named(look_up(&[], &[], "info@b.example", by_address)),
        "unknown"
    );
}

#[test]
fn a_row_of_somebody_else_and_two_rows_are_refused() {
    static BJORK: Stored = ("bj\u{f6}rk@b.example", "", "no");
    static TWICE: Stored = ("bo@b.example", "", "yes");
    static OWN: Stored = ("own@b.example", "own@b.example", "no");
    static SHARES: Stored = ("cy@b.example", "info@b.example", "no");
    static NONE: Stored = ("", "", "no");
    static WILD: Stored = ("wild@b.example", "*@b.example", "no");
    static UNSAID: Stored = ("unsaid@b.example", "", "");
    for (asked, says) in [
        // A collation that takes letters for the same that are not.
        (
            "bjork@b.example",
            &["`bj\u{f6}rk@b.example`", "to the byte"][..],
        ),
        ("bo@b.example", &["`bo@b.example`", "more than one row"]),
        ("own@b.example", &["among its other names"]),
        // Found by its address, it says of another's name that it is its own.
        ("cy@b.example", &["`info@b.example`", "more than one row"]),
        ("none@b.example", &["`address` is empty"]),
        ("wild@b.example", &["a wildcard"]),
        ("unsaid@b.example", &["`privileged` is empty"]),
    ] {
        let gives = |name: &str| match name {
            "bjork@b.example" => vec![&BJORK],
            "bo@b.example" => vec![&BO, &TWICE],
            "own@b.example" => vec![&OWN],
            "cy@b.example" => vec![&SHARES],
            "info@b.example" => vec![&SHARES, &BO],
            "none@b.example" => vec![&NONE],
            "wild@b.example" => vec![&WILD],
            "unsaid@b.example" => vec![&UNSAID],
            _ => vec![],
        };
        let why = named(look_up(&[], &[], asked, gives));
        for say in says {
            assert!(why.contains(say), "{asked}: {say}: {why}");
        }
    }
}

#[test]
fn a_name_of_the_account_that_is_another_accounts_too_is_refused() {
    let gives = || exactly(ALL);
    // By hand, as an account and as nobody: whichever of its names is asked for.
    for asked in ["bo@b.example", "info@b.example", "b2@b.example"] {
        for taken in ["bo@b.example", "info@b.example", "b2@b.example"] {
            let why = named(look_up(&[made(taken)], &[], asked, gives()));
            assert!(why.contains("by hand as well"), "{asked} {taken}: {why}");
            let why = named(look_up(&[], &[taken], asked, gives()));
            assert!(why.contains("by hand as well"), "{asked} {taken}: {why}");
        }
    }
    // Its other name is the address of somebody else, whose row says nothing of it.
    static TAKEN: Stored = ("info@b.example", "", "no");
    let by_address = |name: &str| match name {
        "bo@b.example" => vec![&BO],
        "info@b.example" => vec![&TAKEN],
        _ => vec![],
    };
    let why = named(look_up(&[], &[], "bo@b.example", by_address));
    assert!(
        why.contains("`info@b.example` is a name of `info@b.example` as well"),
        "{why}"
    );
    // Found by another name, and not by its address.
    let lost = |name: &str| match name {
        "info@b.example" => vec![&BO],
        _ => vec![],
    };
    let why = named(look_up(&[], &[], "info@b.example", lost));
    assert!(why.contains("not by its address"), "{why}");
}

#[test]
fn names_that_read_alike_are_refused_as_far_as_they_can_be_asked_for() {
    static WIDE: Stored = ("\u{ff41}da@b.example", "", "no");
    static SMALL: Stored = ("bj\u{f6}rk@b.example", "", "no");
    static LARGE: Stored = ("bj\u{d6}rk@b.example", "", "no");
    static WITH: Stored = ("joe@b.example", "\u{ff41}da@b.example", "no");
    for (asked, all, hand) in [
        ("\u{ff41}da@b.example", &[&WIDE, &ADA][..], ""),
        ("bj\u{d6}rk@b.example", &[&SMALL, &LARGE], ""),
        ("joe@b.example", &[&WITH, &ADA], ""),
        ("\u{ff41}da@b.example", &[&WIDE], "ada@b.example"),
        ("ada@b.example", &[&ADA], "\u{ff41}da@b.example"),
        ("bj\u{f6}rk@b.example", &[&SMALL], "bj\u{d6}rk@b.example"),
    ] {
        let hand: Vec<_> = (!hand.is_empty()).then(|| made(hand)).into_iter().collect();
        let gives = |name: &str| {
            let all = all
                .iter()
                .filter(|one| one.0.to_ascii_lowercase() == name || one.1 == name);
            all.copied().collect()
        };
        let why = named(look_up(&hand, &[], asked, gives));
        assert!(why.contains("read alike"), "{asked}: {why}");
    }
    assert_eq!(
        named(look_up(&[], &[], "bj\u{f6}rk@b.example", |name| {
            if name == SMALL.0 {
                vec![&SMALL]
            } else {
                vec![]
            }
        })),
        SMALL.0
    );
}

#[test]
fn a_look_up_that_fails_is_a_failure_and_no_unknown_account() {
    let dir = TempDir::new().unwrap();
    let table = written(
        dir.path(),
        &[made("hand@b.example")],
        &[mail("eve@b.example")],
    )
    .unwrap();
    let down = |_: &str| {
        Err(AccountsError::Whole {
            table: "the server".into(),
            why: "is away".into(),
        })
    };
    // Also of what is written by hand: whether it stands there, too, nobody knows then.
    for asked in ["bo@b.example", "hand@b.example", "eve@b.example"] {
        let found: Result<Found<Made>, _> =
            live("").look_up(&columns(), &table, &mail(asked), &mut |name| down(name));
        assert!(
            found.unwrap_err().to_string().contains("is away"),
            "{asked}"
        );
    }
    // Also where it fails behind the first answer.
    let mut asked = 0;
    let found: Result<Found<Made>, _> =
        live("").look_up(&columns(), &table, &mail("bo@b.example"), &mut |name| {
            asked += 1;
            match asked {
                1 => Ok(answer(&[&BO])),
                _ => down(name),
            }
        });
    assert!(found.unwrap_err().to_string().contains("is away"));
}

#[test]
fn before_an_account_is_named_the_columns_and_the_rules_for_addresses_are_looked_at() {
    let rule = |whose: &str| {
        format!(
            "[[rule]]\n{whose}\ncontroller = \"consumer\"\nresides_in = \"\"\nus_person = \"\"\npublic_authority_of = \"\"\nprivileged = true\n"
        )
    };
    let checked =
        |rules: &str, columns_there: &[&str], rows: &dyn Fn(&str) -> Vec<[&'static str; 2]>| {
            live(rules).check::<Made, AccountsError>(&columns(), &mut |name| {
                let rows = rows(name).into_iter();
                Ok(Answer {
                    columns: columns_there.iter().map(|one| (*one).to_owned()).collect(),
                    rows: rows.map(|row| row.map(str::to_owned).to_vec()).collect(),
                })
            })
        };
    let two = ["address", "aliases"];
    let alm = |name: &str| match name {
        "alm@b.example" | "a2@b.example" => vec![["alm@b.example", "a2@b.example"]],
        _ => vec![],
    };
    let others = rule("all_others = true");
    checked(&others, &two, &alm).unwrap();
    checked(
        &(rule("addresses = [\"ALM@b.example\"]") + &others),
        &two,
        &alm,
    )
    .unwrap();
    for (rules, columns_there, says) in [
        ("", &two[..], "`controller` is missing"),
        (&others, &["address", "salary"], "`salary`"),
        (&others, &["address", "privileged"], "one of the two"),
        (
            &(rule("addresses = [\"alm@b.exampel\"]") + &others),
            &two,
            "no account there",
        ),
        (
            &(rule("addresses = [\"a2@b.example\"]") + &others),
            &two,
            "another name",
        ),
    ] {
        let why = checked(rules, columns_there, &alm).unwrap_err().to_string();
        assert!(why.contains(says), "{says}: {why}");
    }
    // Who does not ask for the name gives everybody.
    let everybody = |_: &str| vec![["alm@b.example", ""]];
    let why = checked(&others, &two, &everybody).unwrap_err().to_string();
    assert!(why.contains("`:identifier`"), "{why}");
}

#[test]
fn where_accounts_are_looked_up_is_said_so_that_nothing_is_mistaken() {
    let wrong = |text: &str| toml::from_str::<Whereabouts>(text).unwrap_err().to_string();
    for (text, says) in [
        (
            "database = \"postgres://a@localhost/b\"",
            "write one of these",
        ),
        (
            "database = \"postgres://a@localhost/b\"\nquery = \"x\"\ncsv = \"y\"",
            "write one of these",
        ),
        (
            "database = \"users.db\"\nquery = \"select where mail = :identifier\"",
            "sqlite:",
        ),
        (
            "database = \"users.db\"\nquery = \"select\"\npassword_file = \"x\"",
            "`password_file`",
        ),
        ("csv = \"x\"\ntimeout_seconds = 5", "`timeout_seconds`"),
        (&format!("csv = \"x\"\n{LDAP}"), "write one of these"),
        (&format!("{QUERY}{LDAP}"), "write one of these"),
        (
            &format!("timeout_seconds = 5\n{LDAP}"),
            "write one of these",
        ),
        (&LDAP.replace("base", "basis"), "`basis`"),
        (&LDAP.replace("base = \"dc=b\"\n", ""), "`base`"),
    ] {
        let why = wrong(text);
        assert!(why.contains(says), "{text}: {why}");
    }
    // The desk holds no password of a store.
    for (text, field) in [(QUERY, "`database`"), (LDAP, "`ldap`")] {
        let why = toml::from_str::<Input>(text).unwrap_err().to_string();
        assert!(
            why.contains("by agents alone") && why.contains(field),
            "{why}"
        );
    }
}

#[test]
fn a_directory_is_one_place_of_accounts_and_its_files_lie_beside_the_configuration() {
    let rules = "[[rule]]\nall_others = true\nus_person = \"\"\n";
    let ca = "certificates = \"ca.pem\"\ntimeout_seconds = 7\n[ldap.columns]";
    let text = LDAP.replace("[ldap.columns]", ca) + rules;
    let Whereabouts::Live(live) = toml::from_str::<Whereabouts>(&text)
        .unwrap()
        .below("/etc/lagrum".as_ref())
    else {
        panic!()
    };
    let At::Ldap(directory) = live.at else {
        panic!("{live:?}")
    };
    assert_eq!(directory.password_file, Path::new("/etc/lagrum/secret"));
    let certificates = directory.certificates.as_deref();
    assert_eq!(certificates, Some(Path::new("/etc/lagrum/ca.pem")));
    assert_eq!(directory.timeout_seconds, 7);
    assert_eq!(directory.columns["address"], "mail");
}
