use std::fmt::Write as _;
use std::fs;

use lagrum_accounts::testing::{self, Account, MadeUp, asked, columns, is_true, made_up};
use lagrum_accounts::{AccountsError, Answer, Found, Whereabouts};
use lagrum_model::EmailAddress;

use super::asks::Asks;
use super::server::{PASSWORD, SUFFIX, Slapd, base64, certificate, free_port, restrict, root};
use crate::{Answered, LdapFault};

/// The entries of accounts, in LDIF; values in base64, since not every letter may stand there as it is.
fn entries(made_up: &[MadeUp]) -> String {
    let mut all = String::new();
    for (n, one) in made_up.iter().enumerate() {
        let mut line = |attribute: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(all, "{attribute}:: {}", base64(value.as_bytes()));
            }
        };
        line("dn", &format!("cn=n{n},ou=people,{SUFFIX}"));
        line("objectClass", "account9");
        line("cn", &format!("n{n}"));
        line("address", &one.address);
        for alias in &one.aliases {
            line("otherAddress", alias);
        }
        for (attribute, fact) in ["kind", "land", "usPerson", "secret", "state"]
            .iter()
            .zip(&one.facts)
        {
            line(attribute, fact);
        }
        all.push('\n');
    }
    all
}

#[derive(Debug)]
enum Failed {
    Accounts(AccountsError),
    Server(LdapFault),
}

impl From<AccountsError> for Failed {
    fn from(error: AccountsError) -> Self {
        Self::Accounts(error)
    }
}

impl From<LdapFault> for Failed {
    fn from(error: LdapFault) -> Self {
        Self::Server(error)
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accounts(error) => error.fmt(f),
            Self::Server(error) => error.fmt(f),
        }
    }
}

#[test]
fn a_directory_says_of_each_name_what_a_table_does_and_it_is_true() {
    let Some(root) = root() else { return };
    let made_up = made_up(60);
    let server = Slapd::start(&root, &entries(&made_up), "", "ldap");
    let look_up = Asks::new(server.port, server.password()).open().unwrap();
    let by_hand = testing::by_hand(server.place.path(), &[], &[]).unwrap();
    let text = "database = \"postgres://a@localhost/b\"\nquery = \"select\"";
    let Ok(Whereabouts::Live(live)) = toml::from_str(text) else {
        panic!()
    };
    let asked = asked(&made_up);
    assert!(asked.len() > 400);
    for (name, truth) in &asked {
        let found: Result<Found<Account>, Failed> = look_up.read(|ask| {
            live.look_up(&columns(), &by_hand, name, &mut |name: &str| {
                let Answered { columns, rows } = ask(name)?;
                Ok(Answer { columns, rows })
            })
        });
        // A directory compares letters in other forms of them, too: then the entry is not that of the name.
        is_true(&made_up, (name, truth), &found, (true, true));
    }
    let nobody = EmailAddress::parse("nobody@b.example").unwrap();
    let found: Result<Found<Account>, Failed> = look_up.read(|ask| {
        live.look_up(&columns(), &by_hand, &nobody, &mut |name: &str| {
            let Answered { columns, rows } = ask(name)?;
            Ok(Answer { columns, rows })
        })
    });
    assert!(matches!(found, Ok(Found::Unknown)), "{found:?}");
}

#[test]
fn what_looks_like_a_piece_of_a_filter_is_a_name_like_any_other() {
    let Some(root) = root() else { return };
    let server = Slapd::start(&root, &entries(&made_up(3)), "", "ldap");
    let asks = Asks::new(server.port, server.password());
    for name in [
        "*",
        "user*",
        "*)(cn=*",
        "x)(|(cn=*",
        "\\2a",
        "user0@b.example)(cn=*",
        "\0",
        "",
    ] {
        match asks.ask(name) {
            Ok(found) => assert!(found.rows.is_empty(), "{name}: {found:?}"),
            // A value that can be none of the attribute's.
            Err(error) => assert!(matches!(error, LdapFault::Refused(_)), "{name}: {error}"),
        }
    }
    assert_eq!(asks.ask("user0@b.example").unwrap().rows.len(), 1);
}

#[test]
fn two_entries_are_two_rows_however_many_there_are() {
    let Some(root) = root() else { return };
    let mut many = made_up(8);
    for one in &mut many {
        one.aliases = vec!["all@b.example".into()];
    }
    for count in [2, 3, 8] {
        let server = Slapd::start(&root, &entries(&many[..count]), "", "ldap");
        let found = Asks::new(server.port, server.password()).ask("all@b.example");
        assert_eq!(found.unwrap().rows.len(), 2, "{count}");
    }
    // A limit of the server's own that hides the second is no single row.
    let server = Slapd::start(&root, &entries(&many), "sizelimit 1", "ldap");
    let mut asks = Asks::new(server.port, server.password());
    let rows = asks.ask("all@b.example").unwrap().rows.len();
    assert_eq!(rows, 2, "the root of a directory has no limit");
    drop(server);
    let reader = format!(
        "dn: cn=few,{SUFFIX}\nobjectClass: person\ncn: few\nsn: few\nuserPassword: {PASSWORD}\n\n"
    );
    let server = Slapd::start(&root, &(reader + &entries(&many)), "sizelimit 1", "ldap");
    asks = Asks::new(server.port, server.password());
    asks.bind = format!("cn=few,{SUFFIX}");
    assert!(asks.refused("all@b.example").contains("result 4"));
}

#[test]
fn whoever_refers_to_another_server_does_not_say_that_nobody_is_called_that() {
    let Some(root) = root() else { return };
    let elsewhere = format!(
        "dn: ou=elsewhere,ou=people,{SUFFIX}\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: ldap://127.0.0.1:1/ou=elsewhere,{SUFFIX}\n\n"
    );
    let server = Slapd::start(&root, &(entries(&made_up(3)) + &elsewhere), "", "ldap");
    let mut asks = Asks::new(server.port, server.password());
    for name in ["nobody@b.example", "user0@b.example"] {
        assert!(
            asks.refused(name).contains("refers to another server"),
            "{name}"
        );
    }
    // The base itself lies elsewhere.
    asks.base = format!("ou=elsewhere,ou=people,{SUFFIX}");
    assert!(
        asks.refused("user0@b.example")
            .contains("refers to another server")
    );
}

#[test]
fn a_server_that_does_not_let_in_answer_or_have_the_base_is_a_failure() {
    let Some(root) = root() else { return };
    let mut server = Slapd::start(&root, &entries(&made_up(3)), "", "ldap");
    let new = || Asks::new(server.port, server.password());
    let mut asks = new();
    asks.base = format!("ou=away,{SUFFIX}");
    assert!(
        asks.refused("user0@b.example")
            .contains("field `base`: there is no such entry")
    );
    let mut asks = new();
    asks.bind = format!("cn=other,{SUFFIX}");
    assert!(asks.refused("user0@b.example").contains("sign in"));
    let wrong = server.place.path().join("wrong");
    fs::write(&wrong, "other").unwrap();
    restrict(&wrong);
    let mut asks = new();
    asks.password = wrong.clone();
    assert!(asks.refused("user0@b.example").contains("sign in"));
    fs::write(&wrong, "\n").unwrap();
    assert!(asks.refused("user0@b.example").contains("no password"));
    let asks = new();
    server.stop();
    assert!(matches!(asks.ask("user0@b.example"), Err(LdapFault::Io(_))));
}

#[test]
fn an_attribute_with_several_values_is_told_of_other_names_alone() {
    let Some(root) = root() else { return };
    let entry = format!(
        "dn: cn=x,ou=people,{SUFFIX}\nobjectClass: account9\ncn: x\naddress: x@b.example\naddress: y@b.example\notherAddress: z@b.example\notherAddress: w@b.example\nkind: consumer\nsecret: no\n\n"
    );
    let server = Slapd::start(&root, &entry, "", "ldap");
    let mut asks = Asks::new(server.port, server.password());
    for name in ["x@b.example", "y@b.example", "z@b.example"] {
        assert!(
            asks.refused(name)
                .contains("attribute `address`: has several values")
        );
    }
    asks.columns.remove("address");
    let answered = asks.ask("z@b.example").unwrap();
    let place = answered
        .columns
        .iter()
        .position(|column| column == "aliases")
        .unwrap();
    assert_eq!(answered.rows[0][place], "w@b.example z@b.example");
}

#[test]
fn a_password_goes_over_a_secured_connection_to_who_is_vouched_for_and_nowhere_else() {
    let Some(root) = root() else { return };
    let made = super::server::place();
    let vouches = certificate(made.path(), "localhost");
    let other = certificate(made.path(), "other.example");
    let below = made.path().display();
    for name in ["localhost", "other.example"] {
        let settings = format!(
            "TLSCertificateFile {below}/{name}.pem\nTLSCertificateKeyFile {below}/{name}.key"
        );
        for scheme in ["ldap", "ldaps"] {
            let server = Slapd::start(&root, &entries(&made_up(3)), &settings, scheme);
            let mut asks = Asks::new(server.port, server.password());
            asks.address = format!("{scheme}://localhost:{}", server.port);
            for (trusted, in_order) in [(&vouches, name == "localhost"), (&other, false)] {
                asks.certificates = Some(trusted.clone());
                match asks.ask("user0@b.example") {
                    Ok(found) => assert!(in_order && found.rows.len() == 1, "{scheme} {name}"),
                    Err(LdapFault::Certificate) => assert!(!in_order, "{scheme} {name}"),
                    Err(other) => panic!("{scheme} {name}: {other}"),
                }
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_look_up_is_said_before_anything_is_asked() {
    let made = super::server::place();
    let password = made.path().join("password");
    fs::write(&password, PASSWORD).unwrap();
    restrict(&password);
    let says = |change: &dyn Fn(&mut Asks), says: &str| {
        let mut asks = Asks::new(free_port(), password.clone());
        change(&mut asks);
        let why = match asks.open() {
            Ok(_) => panic!("it should say {says}"),
            Err(error) => error.to_string(),
        };
        assert!(
            why.contains(says) && !why.contains(PASSWORD),
            "{says}: {why}"
        );
    };
    says(
        &|asks| asks.address = "http://localhost".into(),
        "field `address`",
    );
    says(&|asks| asks.address = "ldap://".into(), "names no host");
    says(
        &|asks| asks.address = "ldap://localhost/dc=b?mail".into(),
        "more than host",
    );
    says(&|asks| asks.address = "ldap://localhost:x".into(), "port");
    says(&|asks| asks.bind = String::new(), "field `bind`");
    says(&|asks| asks.base = String::new(), "field `base`");
    says(&|asks| asks.filter = "(mail=*)".into(), "everybody");
    says(&|asks| asks.seconds = 0, "1 to 600");
    says(
        &|asks| {
            asks.columns.insert("address".into(), "ma il".into());
        },
        "field `columns`",
    );
    says(
        &|asks| asks.certificates = Some("/nowhere.pem".into()),
        "field `certificates`",
    );
    let empty = made.path().join("empty.pem");
    fs::write(&empty, "").unwrap();
    says(
        &|asks| asks.certificates = Some(empty.clone()),
        "holds no certificate",
    );
}

#[test]
fn an_attribute_that_nobody_has_or_may_see_is_a_fault_before_anybody_is_asked_for() {
    let Some(root) = root() else { return };
    let made_up = made_up(12);
    // A user who may look for everything, and may not read who is privileged.
    let hidden = format!(
        "access to attrs=secret by dn.exact=\"cn=few,{SUFFIX}\" search by anonymous auth\naccess to * by dn.exact=\"cn=few,{SUFFIX}\" read by anonymous auth"
    );
    let reader = format!(
        "dn: cn=few,{SUFFIX}\nobjectClass: person\ncn: few\nsn: few\nuserPassword: {PASSWORD}\n\n"
    );
    let server = Slapd::start(&root, &(reader + &entries(&made_up)), &hidden, "ldap");
    let new = || Asks::new(server.port, server.password());
    new().open().unwrap().check().unwrap();
    let refused = |change: &dyn Fn(&mut Asks), says: &[&str]| {
        let mut asks = new();
        change(&mut asks);
        let why = asks.open().unwrap().check().unwrap_err().to_string();
        assert!(
            says.iter().all(|says| why.contains(says)),
            "{says:?}: {why}"
        );
        asks
    };
    let column = |column: &'static str, attribute: &'static str| {
        move |asks: &mut Asks| {
            asks.columns.insert(column.into(), attribute.into());
        }
    };
    // Nobody has it, the directory does not know it, and it knows it by another name.
    refused(&column("aliases", "seeAlso"), &["`columns`", "`seeAlso`"]);
    refused(
        &column("aliases", "otherAdress"),
        &["`columns`", "`otherAdress`"],
    );
    refused(
        &column("aliases", "1.3.6.1.4.1.55555.7"),
        &["`columns`", "55555.7"],
    );
    let slips = [
        ("(otherAddress=", "(otherAdress=", "`otherAdress`"),
        ("objectClass=account9", "objectClass=accounts", "`address`"),
        ("(objectClass=account9)", "(!(shadowFlag=1))", "`address`"),
    ];
    for (right, slip, says) in slips {
        let filter = super::asks::FILTER.replace(right, slip);
        let asks = refused(&|asks| asks.filter = filter.clone(), &["`filter`", says]);
        // Who is asked for all the same looks like nobody.
        if right.contains("account9") {
            assert!(asks.ask("user0@b.example").unwrap().rows.is_empty());
        }
    }
    let asks = refused(
        &|asks| asks.bind = format!("cn=few,{SUFFIX}"),
        &["`columns`", "`secret`"],
    );
    let answered = asks.ask("user0@b.example").unwrap();
    let place = answered
        .columns
        .iter()
        .position(|column| column == "privileged");
    assert_eq!(answered.rows[0][place.unwrap()], "");
}
