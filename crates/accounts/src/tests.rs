//! What a table of accounts accepts, what it refuses and with which line, and when it is read again.

use std::fs;
use std::path::PathBuf;

use lagrum_model::Controller;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::*;
use lagrum_model::EmailAddress;

mod changes;
mod live;
mod passwd;
mod queries;
mod rules;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Account {
    address: EmailAddress,
    aliases: Vec<EmailAddress>,
    controller: String,
    privileged: bool,
}

impl Entry for Account {
    fn address(&self) -> &EmailAddress {
        &self.address
    }
    fn aliases(&self) -> &[EmailAddress] {
        &self.aliases
    }
    fn of(row: &Row<'_>) -> Result<Self, String> {
        let facts = Facts::of(row)?;
        Ok(Self {
            address: facts.address,
            aliases: facts.aliases,
            controller: match facts.controller {
                Controller::Consumer => "consumer".into(),
                Controller::Enterprise => "enterprise".into(),
            },
            privileged: facts.privileged,
        })
    }
}

const HEADER: &str =
    "address,aliases,controller,resides_in,us_person,privileged,public_authority_of";

/// A directory with a table and an index.
struct Place {
    dir: TempDir,
    input: Option<Input>,
    by_hand: Vec<Account>,
    nobody: Vec<EmailAddress>,
}

/// As it stands in a configuration.
fn input(text: &str) -> Input {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn mail(address: &str) -> EmailAddress {
    EmailAddress::parse(address).unwrap()
}

fn by_hand(address: &str, aliases: &[&str]) -> Account {
    Account {
        address: mail(address),
        aliases: aliases.iter().map(|alias| mail(alias)).collect(),
        controller: "consumer".into(),
        privileged: false,
    }
}

impl Place {
    fn new() -> Self {
        Self {
            dir: tempfile::TempDir::new().unwrap(),
            input: None,
            by_hand: Vec::new(),
            nobody: Vec::new(),
        }
    }

    fn csv(text: impl AsRef<[u8]>) -> Self {
        let mut place = Self::new();
        place.input = Some(input(&format!("csv = {:?}", place.path("accounts.csv"))));
        place.write(text);
        place
    }

    /// With this under the header.
    fn rows(rows: &str) -> Self {
        Self::csv(format!("{HEADER}\n{rows}"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, text: impl AsRef<[u8]>) {
        fs::write(self.path("accounts.csv"), text).unwrap();
    }

    fn open(&self) -> Result<Table<Account>, AccountsError> {
        let columns = Columns {
            required: FACTS.map(str::to_owned).to_vec(),
            optional: vec!["aliases".into()],
        };
        let index = self.path("index.sqlite");
        let spec = Spec {
            index: &index,
            by_hand: ("agent.toml", &self.by_hand),
            nobody: &self.nobody,
            input: self.input.as_ref(),
            columns: &columns,
            settings: b"",
        };
        Table::open(&spec, &mut NoCheck)
    }

    fn find(&self, address: &str) -> Found<Account> {
        self.open().unwrap().find(&mail(address)).unwrap().1
    }

    /// It is refused, and this is said.
    fn refused(&self, says: &[&str]) {
        let why = match self.open() {
            Ok(_) => panic!("it should say {says:?}"),
            Err(error) => error.to_string(),
        };
        for say in says {
            assert!(why.contains(say), "{say}: {why}");
        }
        assert!(!self.path("index.sqlite").exists(), "{why}");
        assert!(!self.path(".index.sqlite.partial").exists(), "{why}");
    }
}

fn address_of(found: Found<Account>) -> String {
    match found {
        Found::Account(account) => account.address.to_string(),
        Found::Alias(account) => format!("alias of {}", account.address),
        Found::WithoutFacts(address) => format!("no facts of {address}"),
        Found::Nobody => "nobody".into(),
        Found::Unknown => "unknown".into(),
    }
}

#[test]
fn an_address_names_an_account_an_alias_nobody_or_is_unknown() {
    let mut place = Place::rows("Bo@b.example,info@b.example B2@b.example,enterprise,SE,,yes,\n");
    place.by_hand.push(by_hand("ada@b.example", &[]));
    place.nobody.push(mail("eve@b.example"));
    for (address, names) in [
        ("bo@B.example", "Bo@b.example"),
        ("b2@b.example", "alias of Bo@b.example"),
        ("INFO@b.example", "alias of Bo@b.example"),
        ("ada@b.example", "ada@b.example"),
        ("Eve@b.example", "nobody"),
        ("bo2@b.example", "unknown"),
        ("o@b.example", "unknown"),
    ] {
        assert_eq!(address_of(place.find(address)), names, "{address}");
    }
    let Found::Account(bo) = place.find("bo@b.example") else {
        panic!()
    };
    assert!(bo.privileged && bo.controller == "enterprise");
}

#[test]
fn one_address_in_two_rows_is_refused_with_both_lines() {
    let row = |address: &str| format!("{address},,consumer,,,no,\n");
    let two = |one: &str, other: &str| Place::rows(&(row(one) + &row("x@b.example") + &row(other)));
    // The same row twice, in another letter case, and where one is the other's alias.
    two("bo@b.example", "bo@b.example").refused(&["line 2", "line 4", "stands twice"]);
    two("bo@b.example", "BO@b.EXAMPLE").refused(&["line 2", "line 4", "stands twice"]);
    Place::rows("bo@b.example,ada@b.example,consumer,,,no,\nada@b.example,,consumer,,,yes,\n")
        .refused(&["line 2", "line 3", "`ada@b.example` stands twice"]);
    // One alias of two accounts, and of one account twice.
    Place::rows(
        "bo@b.example,c@b.example,consumer,,,no,\nada@b.example,c@b.example,consumer,,,no,\n",
    )
    .refused(&["line 2", "line 3", "`c@b.example` stands twice"]);
    Place::rows("bo@b.example,bo@b.example,consumer,,,no,\n").refused(&["line 2", "stands twice"]);
    // By hand and in the table; nobody and in the table.
    let mut place = Place::rows(&row("bo@b.example"));
    place
        .by_hand
        .push(by_hand("ada@b.example", &["bo@b.example"]));
    place.refused(&["agent.toml: [[account]] `ada@b.example`", "line 2", "twice"]);
    let mut place = Place::rows(&row("bo@b.example"));
    place.nobody.push(mail("Bo@b.example"));
    place.refused(&["`nobody`", "line 2", "twice"]);
}

#[test]
fn names_that_become_one_when_letters_are_normalised_are_refused_with_both_lines() {
    let row = |address: &str| format!("{address},,consumer,,,no,\n");
    // Not composed, or with what nobody sees: no name at all.
    for (wrong, says) in [
        ("bjo\u{308}rk@b.example", "two characters"),
        ("bj\u{200b}ork@b.example", "U+200B"),
        ("bjork@b.example\u{a0}", "U+00A0"),
        ("bjork@b.example ", "U+0020"),
        ("\u{212a}ivi@b.example", "normalization form C"),
    ] {
        Place::rows(&(row("x@b.example") + &row(wrong))).refused(&["line 3", says]);
    }
    // Composed, and still read alike: letter case beyond ASCII, a ligature, wide and raised letters.
    for (one, other) in [
        ("bj\u{d6}rk@b.example", "bj\u{f6}rk@b.example"),
        ("\u{fb01}nn@b.example", "finn@b.example"),
        ("\u{ff42}o@b.example", "bo@b.example"),
        ("bo\u{b2}@b.example", "bo2@b.example"),
        ("\u{3a3}a@b.example", "\u{3c3}a@b.example"),
    ] {
        Place::rows(&(row(one) + &row(other))).refused(&["line 2", "line 3", "read alike"]);
        Place::rows(&(row(other) + &row(one))).refused(&["line 2", "line 3", "read alike"]);
        let alias = format!("x@b.example,{one},consumer,,,no,\n");
        Place::rows(&(alias + &row(other))).refused(&["line 2", "line 3", "read alike"]);
    }
    let place = Place::rows(&(row("bj\u{f6}rk@b.example") + &row("bjork@b.example")));
    assert_eq!(
        address_of(place.find("bj\u{f6}rk@b.example")),
        "bj\u{f6}rk@b.example"
    );
    assert_eq!(
        address_of(place.find("BJ\u{f6}rk@b.example")),
        "bj\u{f6}rk@b.example"
    );
    assert_eq!(address_of(place.find("bj\u{d6}rk@b.example")), "unknown");
}

#[test]
fn an_account_without_its_facts_is_refused_with_its_line() {
    let first = "x@b.example,,consumer,,,no,\n";
    for (row, says) in [
        ("bo@b.example,,,SE,,no,\n", "`controller` is empty"),
        ("bo@b.example,,consumer,SE,,,\n", "`privileged` is empty"),
        (",,consumer,SE,,no,\n", "`address` is empty"),
        ("bo@b.example,,Consumer,SE,,no,\n", "consumer or enterprise"),
        ("bo@b.example,,consumer,SE,,perhaps,\n", "yes or no"),
        ("bo@b.example,,consumer,SE,maybe,no,\n", "`us_person`"),
        ("bo@b.example,,consumer,Sweden,,no,\n", "`resides_in`"),
        (
            "bo@b.example,,consumer,SE,,no,XYZ\n",
            "`public_authority_of`",
        ),
        ("bo,,consumer,SE,,no,\n", "write local@domain"),
        ("b%@b.example,,consumer,SE,,no,\n", "a wildcard"),
        ("bo@b.example,*@b.example,consumer,SE,,no,\n", "a wildcard"),
        (
            "bo@b.example,c@b.example  d@b.example,consumer,,,no,\n",
            "`aliases`",
        ),
        ("bo@b.example,,consumer,SE,,no\n", "6 fields"),
        ("bo@b.example,,consumer,SE,,no,,\n", "8 fields"),
    ] {
        Place::rows(&format!("{first}{row}")).refused(&["accounts.csv line 3", says]);
    }
    for gone in FACTS {
        let header: Vec<_> = HEADER.split(',').filter(|name| *name != gone).collect();
        let says = format!("column `{gone}` is missing");
        Place::csv(header.join(",") + "\n").refused(&[&says]);
    }
    Place::csv("").refused(&["`address` is missing"]);
    Place::csv(format!("{HEADER},salary\n")).refused(&["column `salary`"]);
    Place::csv(format!("{HEADER},aliases\n")).refused(&["`aliases` is there twice"]);
    Place::csv(HEADER.replace(',', ";")).refused(&["separated by commas"]);
}

#[test]
fn a_file_is_read_as_spreadsheets_write_it_and_what_is_odd_in_it_is_refused() {
    let row = "bo@b.example,,consumer,,,no,";
    let (bom, header) = ("\u{feff}", HEADER);
    for text in [
        format!("{header}\n{row}\n"),
        format!("{header}\r\n{row}\r\n"),
        format!("{bom}{header}\r\n{row}"),
        format!("{header}\n\n\n{row}\n\n"),
        format!("{header}\n\"bo@b.example\",\"\",\"consumer\",\"\",\"\",\"no\",\"\"\n"),
    ] {
        let place = Place::csv(text);
        assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    }
    for (odd, says) in [
        ("\"bo@b.example\n\",,consumer,,,no,\n", "a line end"),
        ("\"bo\r\n@b.example\",,consumer,,,no,\n", "a line end"),
        ("bo@b.example\0,,consumer,,,no,\n", "U+0000"),
        ("bo@b.example,,consumer,,,no\0,\n", "yes or no"),
        ("\u{feff}bo@b.example,,consumer,,,no,\n", "U+FEFF"),
        ("bo@b.example,,consumer,,,\"no\n\",\n", "yes or no"),
        ("\"bo@b.example,,consumer,,,no,\n", "1 fields"),
    ] {
        Place::rows(&format!("x@b.example,,consumer,,,no,\n{odd}")).refused(&["line 3", says]);
    }
    // The line that is named is that of the file, also after one that goes over two.
    Place::rows("x@b.example,,consumer,,,\"n\no\",\n").refused(&["line 2"]);
    let mut latin = format!("{HEADER}\nx@b.example,,consumer,,,no,\n").into_bytes();
    latin.extend(b"bj\xf6rk@b.example,,consumer,,,no,\n");
    Place::csv(latin).refused(&["line 3", "UTF-8"]);
    let wide: Vec<u8> = HEADER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Place::csv(wide).refused(&["accounts.csv"]);
    // A quotation mark that is not closed does not take the whole file into memory.
    let many = format!("{row}\n").repeat(10_000);
    Place::rows(&format!("x@b.example,,consumer,,,no,\n\"{many}"))
        .refused(&["line 3", "not closed"]);
    Place::rows(&format!("\"{}", "x".repeat(3 << 20))).refused(&["line 2", "not closed"]);
}

#[test]
fn accounts_by_hand_are_few() {
    let mut place = Place::new();
    let many = 0..5_001;
    place.by_hand = many
        .map(|n| by_hand(&format!("a{n}@b.example"), &[]))
        .collect();
    place.refused(&["agent.toml", "5000", "csv"]);
    place.by_hand.pop();
    assert_eq!(address_of(place.find("a4999@b.example")), "a4999@b.example");
}

#[test]
fn a_table_that_others_can_change_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::rows("bo@b.example,,consumer,,,no,\n");
    let mode = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(place.path("accounts.csv"), mode(0o666)).unwrap();
    place.refused(&["chmod go-w"]);
}
