use jiff::civil::date;
use lagrum_model::testing::{PERMITTED, demand};

use super::*;
use crate::Directory;

const DIRECTORY: &str = r#"
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
[[account]]
address = "bjork@kvist.example"
aliases = ["b@kvist.example"]
controller = "consumer"
holdings = [{ region = "stockholm", categories = ["content"] }, { region = "dublin", categories = ["content"] }]
[[account]]
address = "elm@northwind.example"
aliases = ["e@northwind.example"]
controller = "enterprise"
customer = "Northwind Ltd"
holdings = [{ region = "stockholm", categories = ["content"] }]
[[account]]
address = "bare@kvist.example"
controller = "consumer"
holdings = [{ region = "stockholm", categories = ["subscriber"] }]
"#;

fn parts(kind: &str, value: &str) -> Vec<(Disposition, Option<String>, Option<String>)> {
    let part = format!(
        r#"
[[part]]
identifiers = [{{ kind = "{kind}", value = {value} }}]
categories = ["content"]
"#
    );
    let demand = demand(&[PERMITTED, &part]);
    let base = tempfile::TempDir::new().unwrap();
    let file = base.path().join("directory.toml");
    std::fs::write(&file, DIRECTORY).unwrap();
    let directory = Directory::open(&file, &base.path().join("accounts.sqlite")).unwrap();
    let packs = LawPacks::embedded().unwrap();
    let day = date(2026, 11, 21);
    let law = packs.in_force(day).unwrap();
    let received = "2026-11-03T09:00:00Z".parse().unwrap();
    let happened = Moments::new().with(lagrum_model::Moment::Received, received);
    let basis = facts_at(&demand, (true, false), &happened, &packs, received).unwrap();
    let assessment = assess(&demand, &basis, &directory, &packs, &law).unwrap();
    assert_eq!(assessment.as_of, day);
    let told = |part: Part| {
        let region = part.holding.map(|holding| holding.region.to_string());
        (part.finding.disposition, region, part.note)
    };
    assessment.parts.into_iter().map(told).collect()
}

fn mail(address: &str) -> Vec<(Disposition, Option<String>, Option<String>)> {
    parts("email-address", &format!("\"{address}\""))
}

#[test]
fn one_demand_gets_different_answers_for_different_places() {
    let found = mail("Bjork@Kvist.example");
    assert_eq!(found[0].0, Disposition::Produce);
    assert_eq!(found[0].1.as_deref(), Some("stockholm"));
    assert_eq!(found[1].1.as_deref(), Some("dublin"));
    assert!(
        !found[1].0.is_carried_out(),
        "Dublin is not Sweden: {found:?}"
    );
}

#[test]
fn an_alias_is_named_and_never_followed() {
    let found = mail("b@kvist.example");
    assert_eq!((found.len(), found[0].0), (1, Disposition::Reject));
    let note = found[0].2.as_deref().unwrap();
    assert!(note.contains("alias of bjork@kvist.example"), "{note}");
    let found = mail("e@northwind.example");
    assert_eq!(
        found[0].0,
        Disposition::RedirectToCustomer,
        "the stricter answer stays"
    );
}

#[test]
fn what_is_not_there_is_answered_by_a_search_where_it_would_be() {
    let found = mail("rowan@kvist.example");
    assert_eq!(found[0].0, Disposition::NoData);
    assert_eq!(found[0].1.as_deref(), Some("stockholm"));
    let found = mail("bare@kvist.example");
    assert_eq!(found[0].0, Disposition::NoData);
}

#[test]
fn what_names_nobody_and_what_cannot_be_looked_up_is_not_searched() {
    for (kind, value) in [
        ("network", "\"198.51.100.0/24\""),
        ("user-id", "\"*\""),
        ("user-id", "\"4711\""),
        ("phone-number", "\"+46850000000\""),
        (
            "ip-address",
            "{ address = \"198.51.100.7\", at = \"2026-01-02T00:00:00Z\" }",
        ),
    ] {
        let found = parts(kind, value);
        assert_eq!(found[0].0, Disposition::Reject, "{kind}");
        assert_eq!(found[0].1, None);
    }
}
