use std::fs;

use tempfile::TempDir;

use super::*;

const PLACES: &str = r#"
[[entity]]
name = "Kvist Mail AB"
country = "SE"
region = "stockholm"
[[place]]
region = "stockholm"
country = "SE"
[[place]]
region = "dublin"
country = "IE"
"#;

const HEADER: &str =
    "address,controller,customer,resides_in,us_person,privileged,public_authority_of,holdings";

fn opened(base: &TempDir, toml: &str) -> Result<Directory, OpenError> {
    let file = base.path().join("directory.toml");
    fs::write(&file, format!("{PLACES}{toml}")).unwrap();
    Directory::open(&file, &base.path().join("accounts.sqlite"))
}

fn with_rows(rows: &str) -> (TempDir, Result<Directory, OpenError>) {
    let base = tempfile::TempDir::new().unwrap();
    fs::write(base.path().join("a.csv"), format!("{HEADER}\n{rows}")).unwrap();
    let directory = opened(&base, "[accounts]\ncsv = \"a.csv\"\n");
    (base, directory)
}

fn refused(directory: Result<Directory, OpenError>, says: &[&str]) {
    let Err(error) = directory else {
        panic!("it should say {says:?}")
    };
    for say in says {
        assert!(error.to_string().contains(say), "{say}: {error}");
    }
}

fn held(directory: &Directory, address: &str) -> Held {
    held_as_told(directory, address, &Told::new())
}

fn held_as_told(directory: &Directory, address: &str, told: &Told<'_>) -> Held {
    let identifier = Identifier::EmailAddress(EmailAddress::parse(address).unwrap());
    let country = CountryCode::parse("SE").unwrap();
    let region = Region::parse("stockholm").unwrap();
    let consumer = Controller::Consumer;
    let placeless = Holding::new(Category::Content, region, country, consumer);
    let identifier = identifier.try_into().unwrap();
    directory
        .of(&identifier, Category::Content, &placeless, told)
        .unwrap()
}

#[test]
fn accounts_come_from_a_table_as_they_do_from_the_file() {
    let row = "elm@n.example,enterprise,Northwind Ltd,IE,no,yes,,stockholm: subscriber; dublin: content traffic\n";
    let (base, directory) = with_rows(row);
    let directory = directory.unwrap();
    let Held::Here { holdings, customer } = held(&directory, "ELM@n.example") else {
        panic!()
    };
    assert_eq!(customer.as_deref(), Some("Northwind Ltd"));
    let [holding] = &*holdings else {
        panic!("{holdings:?}")
    };
    assert_eq!(holding.region.as_str(), "dublin");
    assert_eq!(holding.stored_in.as_str(), "IE");
    assert!(holding.privileged && holding.holder_is_us_person == Some(false));
    assert_eq!(held(&directory, "oak@n.example"), Held::Nobody);
    // What changes is seen by the next command, and by the next look in this one.
    fs::write(base.path().join("a.csv"), format!("{HEADER}\n")).unwrap();
    directory.refresh().unwrap();
    assert_eq!(held(&directory, "elm@n.example"), Held::Nobody);
    fs::write(base.path().join("a.csv"), "nothing\n").unwrap();
    assert!(directory.refresh().is_err());
}

#[test]
fn what_a_table_says_of_places_that_nobody_knows_is_refused_with_its_line() {
    let first = "a@n.example,consumer,,,,no,,stockholm: content\n";
    for (holdings, says) in [
        ("oslo: content", "no [[place]] has the region `oslo`"),
        ("stockholm: content; dublin: mail", "not a category"),
        ("stockholm content", "REGION: CATEGORY"),
        ("stockholm:", "names no category"),
        ("stockholm: content content", "named twice"),
        ("stockholm: content; stockholm: content", "named twice"),
        ("Stockholm: content", "region `Stockholm`"),
        ("", "`holdings` is empty"),
    ] {
        let row = format!("{first}b@n.example,consumer,,,,no,,{holdings}\n");
        refused(with_rows(&row).1, &["a.csv line 3", says]);
    }
    let row = "b@n.example,consumer,Northwind,,,no,,stockholm: content\n";
    refused(with_rows(row).1, &["line 2", "enterprise"]);
}

#[test]
fn accounts_that_are_written_twice_or_lie_nowhere_are_refused() {
    let account = |address: &str, alias: &str, region: &str| {
        format!(
            "[[account]]\naddress = \"{address}\"\naliases = [\"{alias}\"]\ncontroller = \"consumer\"\nholdings = [{{ region = \"{region}\", categories = [\"content\"] }}]\n"
        )
    };
    let base = tempfile::TempDir::new().unwrap();
    let one = account("a@n.example", "b@n.example", "dublin");
    for (other, says) in [
        (
            account("A@n.example", "c@n.example", "dublin"),
            "stands twice",
        ),
        (
            account("c@n.example", "a@n.example", "dublin"),
            "`a@n.example` stands twice",
        ),
        (
            account("b@n.example", "c@n.example", "dublin"),
            "`b@n.example` stands twice",
        ),
        (account("c@n.example", "d@n.example", "oslo"), "`oslo`"),
        (
            "[[entity]]\nname = \"X\"\ncountry = \"NO\"\nregion = \"oslo\"\n".into(),
            "`oslo`",
        ),
    ] {
        refused(
            opened(&base, &format!("{one}{other}")),
            &["directory.toml", says],
        );
    }
    assert!(opened(&base, &one).is_ok());
}

/// The two places ask, and one account is listed.
const ASKING: &str = r#"
[[account]]
address = "elm@n.example"
controller = "consumer"
holdings = [{ region = "dublin", categories = ["content"] }]
"#;

fn asking() -> (TempDir, Directory) {
    let base = tempfile::TempDir::new().unwrap();
    let places = PLACES.replace(
        "country = \"SE\"\n[[place]]",
        "country = \"SE\"\nasks = true\n[[place]]",
    );
    let file = base.path().join("directory.toml");
    fs::write(&file, format!("{places}asks = true\n{ASKING}")).unwrap();
    let directory = Directory::open(&file, &base.path().join("accounts.sqlite")).unwrap();
    (base, directory)
}

fn known(resides_in: &str, categories: &[Category]) -> AccountKnown {
    AccountKnown {
        controller: Controller::Consumer,
        resides_in: CountryCode::parse(resides_in).ok(),
        us_person: None,
        privileged: false,
        public_authority_of: None,
        categories: categories.to_vec(),
    }
}

#[test]
fn what_stands_in_no_list_is_asked_of_every_region_that_is_to_be_asked() {
    let (_base, directory) = asking();
    let region = |name: &str| Region::parse(name).unwrap();
    let (stockholm, dublin) = (region("stockholm"), region("dublin"));
    let address = |text: &str| EmailAddress::parse(text).unwrap();
    let asked = directory.asked_about(&address("oak@n.example")).unwrap();
    assert_eq!(asked, [&stockholm, &dublin]);
    // What is listed is asked of nobody.
    let asked = directory.asked_about(&address("elm@n.example")).unwrap();
    assert!(asked.is_empty());
    assert!(matches!(
        held(&directory, "elm@n.example"),
        Held::Here { .. }
    ));
    let (nobody, unknown) = (AccountNamed::Nobody {}, AccountNamed::Unknown {});
    let both = vec![stockholm.clone(), dublin.clone()];
    assert_eq!(held(&directory, "oak@n.example"), Held::NotTold(both));
    let mut told = Told::new();
    told.insert(&stockholm, &nobody);
    let left = held_as_told(&directory, "oak@n.example", &told);
    assert_eq!(left, Held::NotTold(vec![dublin.clone()]));
    told.insert(&dublin, &unknown);
    let left = held_as_told(&directory, "oak@n.example", &told);
    assert_eq!(left, Held::Nobody);
}

#[test]
fn what_agents_told_holds_with_the_facts_of_each_region() {
    let (_base, directory) = asking();
    let region = |name: &str| Region::parse(name).unwrap();
    let (stockholm, dublin) = (region("stockholm"), region("dublin"));
    let here = AccountNamed::Account {
        known: known("SE", &[Category::Content]),
    };
    let there = AccountNamed::Account {
        known: known("IE", &[Category::Content, Category::Traffic]),
    };
    let empty = AccountNamed::Account {
        known: known("SE", &[Category::Traffic]),
    };
    let alias = AccountNamed::Alias {
        of: EmailAddress::parse("oak@n.example").unwrap(),
        known: known("IE", &[Category::Content]),
    };
    let nobody = AccountNamed::Nobody {};
    let held = |in_stockholm: &AccountNamed, in_dublin: &AccountNamed| {
        let told = Told::from([(&stockholm, in_stockholm), (&dublin, in_dublin)]);
        held_as_told(&directory, "oak@n.example", &told)
    };
    let lies = |holdings: &[Holding]| -> Vec<(String, Option<String>)> {
        let of = |one: &Holding| {
            let resides = one.holder_resides_in.map(|country| country.to_string());
            (format!("{} {}", one.region, one.stored_in), resides)
        };
        holdings.iter().map(of).collect()
    };
    let se = |place: &str, resides: &str| (place.to_owned(), Some(resides.to_owned()));
    let Held::Here { holdings, .. } = held(&here, &there) else {
        panic!()
    };
    assert_eq!(
        lies(&holdings),
        [se("dublin IE", "IE"), se("stockholm SE", "SE")]
    );
    // An account goes before another name of one, and is in one region alone.
    let Held::Here { holdings, .. } = held(&here, &alias) else {
        panic!()
    };
    assert_eq!(lies(&holdings), [se("stockholm SE", "SE")]);
    let Held::Nothing(holding) = held(&empty, &nobody) else {
        panic!()
    };
    assert_eq!(holding.region, stockholm);
    let Held::Alias { of, holdings } = held(&nobody, &alias) else {
        panic!()
    };
    assert_eq!(of, "oak@n.example");
    assert_eq!(lies(&holdings), [se("dublin IE", "IE")]);
}
