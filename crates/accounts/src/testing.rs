//! Accounts that are made up, with the truth about each name, for the tests of all that they are looked up in.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lagrum_model::{Controller, EmailAddress};
use serde::{Deserialize, Serialize};

use crate::{AccountsError, Columns, Entry, FACTS, Facts, Found, Row, Spec, Table};

/// An account that is nothing but its facts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account(pub Facts);

impl Entry for Account {
    fn address(&self) -> &EmailAddress {
        &self.0.address
    }
    fn aliases(&self) -> &[EmailAddress] {
        &self.0.aliases
    }
    fn of(row: &Row<'_>) -> Result<Self, String> {
        Facts::of(row).map(Self)
    }
}

/// The columns of such an account.
#[must_use]
pub fn columns() -> Columns {
    Columns {
        required: FACTS.map(str::to_owned).to_vec(),
        optional: vec!["aliases".into()],
    }
}

/// A table of accounts that are written by hand, in `directory`.
///
/// # Errors
/// As [`Table::open`].
pub fn by_hand(
    directory: &std::path::Path,
    accounts: &[Account],
    nobody: &[EmailAddress],
) -> Result<Table<Account>, AccountsError> {
    let (index, columns) = (directory.join("by-hand.sqlite"), columns());
    let spec = Spec {
        index: &index,
        by_hand: ("agent.toml", accounts),
        nobody,
        input: None,
        columns: &columns,
        settings: b"",
    };
    Table::open(&spec, &mut crate::NoCheck)
}

/// An account that was made up: its values as a table writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeUp {
    /// Its address.
    pub address: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// `controller`, `resides_in`, `us_person`, `privileged`, `public_authority_of`.
    pub facts: [String; 5],
}

/// What a name names, in truth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// The account at this place of the list.
    Account(usize),
    /// The same, by another of its names.
    Alias(usize),
    /// Nobody. Somebody is called so that a database may take it for the same.
    LooksLike(usize),
    /// Nobody.
    Unknown,
}

/// So many accounts, none of which is another's double: with capital letters, other names, letters beyond ASCII, and
/// signs that mean something to a database.
#[must_use]
pub fn made_up(count: usize) -> Vec<MadeUp> {
    let local = |n: usize| match n % 10 {
        0 => format!("user{n}"),
        1 => format!("Capital.{n}"),
        2 => format!("o'neil{n}"),
        3 => format!("bj\u{f6}rk{n}"),
        4 => format!("plus+tag{n}"),
        5 => format!("under_score{n}"),
        6 => format!("a--b{n}"),
        7 => format!("a`b#{n}"),
        8 => format!("$1&|!={n}"),
        _ => format!("\u{65e5}\u{672c}{n}"),
    };
    let made = (0..count).map(|n| {
        let domain = ["b.example", "c.example", "Xn--Bcher-Kva.example"][n % 3];
        let aliases = match n % 4 {
            1 => vec![format!("alias{n}@b.example")],
            3 => vec![format!("Other.{n}@c.example"), format!("d'{n}@b.example")],
            _ => Vec::new(),
        };
        let one = |these: &[&str], step: usize| these[n / step % these.len()].to_owned();
        MadeUp {
            address: format!("{}@{domain}", local(n)),
            aliases,
            facts: [
                one(&["consumer", "enterprise"], 3),
                one(&["SE", "", "US"], 1),
                one(&["", "yes", "no"], 2),
                one(&["no", "no", "no", "yes"], 1),
                one(&["", "", "", "", "DK"], 1),
            ],
        }
    });
    made.collect()
}

/// Names to ask for, with what each of them names.
#[must_use]
pub fn asked(made_up: &[MadeUp]) -> Vec<(EmailAddress, Truth)> {
    let mut all = Vec::new();
    let mut ask = |name: &str, truth: Truth| {
        // Not every sign may stand in an address: such a name never gets so far.
        if let Ok(name) = EmailAddress::parse(name) {
            all.push((name, truth));
        }
    };
    for (n, one) in made_up.iter().enumerate() {
        ask(&one.address, Truth::Account(n));
        ask(&one.address.to_ascii_uppercase(), Truth::Account(n));
        for alias in &one.aliases {
            ask(alias, Truth::Alias(n));
            ask(&alias.to_ascii_uppercase(), Truth::Alias(n));
        }
        let alike = one.address.replace('\u{f6}', "o");
        if alike != one.address {
            ask(&alike, Truth::LooksLike(n));
            ask(
                &one.address.replace('\u{f6}', "\u{d6}"),
                Truth::LooksLike(n),
            );
        }
        ask(&format!("x{}", one.address), Truth::Unknown);
        ask(&one.address.replacen('@', "x@", 1), Truth::Unknown);
        ask(&format!("{}x", one.address), Truth::Unknown);
        let (local, domain) = one.address.split_once('@').unwrap_or_default();
        if local.contains('_') {
            ask(
                &format!("{}@{domain}", local.replace('_', "-")),
                Truth::Unknown,
            );
        }
        ask(&format!("{local}@elsewhere.example"), Truth::Unknown);
    }
    for injected in [
        "'or'1'='1",
        "x'or/**/1=1--",
        "x'--",
        "'||'user0",
        "user0'#",
        "user0%",
        "user_",
        "%",
        "*",
        "user*",
        "user0/*",
        "$1",
        "?",
        "{}",
        "user0\u{200d}",
        "|mail=*",
        "user0&objectClass=*",
    ] {
        ask(&format!("{injected}@b.example"), Truth::Unknown);
    }
    ask("user\u{ff10}@b.example", Truth::LooksLike(0));
    all
}

/// The accounts as comma-separated values.
#[must_use]
pub fn csv(made_up: &[MadeUp]) -> String {
    let mut text = String::from(
        "address,aliases,controller,resides_in,us_person,privileged,public_authority_of\n",
    );
    for one in made_up {
        let quoted = |value: &str| format!("\"{}\"", value.replace('"', "\"\""));
        let values = [one.address.clone(), one.aliases.join(" ")];
        let values = values.iter().chain(&one.facts).map(|value| quoted(value));
        let _ = writeln!(text, "{}", values.collect::<Vec<_>>().join(","));
    }
    text
}

/// The accounts as a passwd-file, and the rules that say their facts.
#[must_use]
pub fn passwd(made_up: &[MadeUp]) -> (String, String) {
    let (mut users, mut rules) = (String::new(), String::new());
    let mut of_facts: BTreeMap<&[String; 5], Vec<&str>> = BTreeMap::new();
    for one in made_up {
        let _ = writeln!(
            users,
            "{}:{{PLAIN}}secret:1000:1000::/home:/bin/false:",
            one.address
        );
        of_facts.entry(&one.facts).or_default().push(&one.address);
    }
    for (facts, addresses) in of_facts {
        let _ = writeln!(rules, "[[rule]]\naddresses = {addresses:?}");
        for (column, value) in FACTS[1..].iter().zip(facts) {
            let _ = writeln!(rules, "{column} = {value:?}");
        }
    }
    (users, rules)
}

/// Whether what was found is the truth. `aliases`: other names are known there. `may_refuse`: a name that looks like an
/// account's may be refused instead of being unknown.
///
/// # Panics
/// If it is not.
pub fn is_true<E: std::fmt::Display>(
    made_up: &[MadeUp],
    (asked, truth): (&EmailAddress, &Truth),
    found: &Result<Found<Account>, E>,
    (aliases, may_refuse): (bool, bool),
) {
    let facts = |account: &Account, n: usize| {
        let (one, Account(facts)) = (&made_up[n], account);
        assert_eq!(facts.address.as_written(), one.address, "{asked}");
        let mut names: Vec<_> = facts.aliases.iter().map(EmailAddress::as_written).collect();
        let mut right: Vec<_> = one.aliases.iter().map(String::as_str).collect();
        names.sort_unstable();
        right.sort_unstable();
        assert_eq!(names, if aliases { right } else { Vec::new() }, "{asked}");
        let country = |country: Option<_>| {
            country.map_or_else(String::new, |one: lagrum_model::CountryCode| {
                one.to_string()
            })
        };
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let says = [
            match facts.controller {
                Controller::Consumer => "consumer".to_owned(),
                Controller::Enterprise => "enterprise".to_owned(),
            },
            country(facts.resides_in),
            facts.us_person.map_or_else(String::new, yes),
            yes(facts.privileged),
            country(facts.public_authority_of),
        ];
        assert_eq!(says, one.facts, "{asked}");
    };
    match (truth, found) {
        (Truth::Account(n), Ok(Found::Account(account))) => facts(account, *n),
        (Truth::Alias(n), Ok(Found::Alias(account))) if aliases => facts(account, *n),
        (Truth::Alias(_), Ok(Found::Unknown)) if !aliases => {}
        (Truth::Unknown | Truth::LooksLike(_), Ok(Found::Unknown)) => {}
        (Truth::LooksLike(_), Err(_)) if may_refuse => {}
        (_, Ok(found)) => panic!("{asked}: in truth {truth:?}, found {found:?}"),
        (_, Err(error)) => panic!("{asked}: in truth {truth:?}, refused: {error}"),
    }
}
