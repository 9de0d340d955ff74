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
    let told = |part: Part| {
        let region = part.holding.map(|holding| holding.region.to_string());
        (part.finding.disposition, region, part.note)
    };
    let assessment = assessed(&format!(
        r#"
[[part]]
identifiers = [{{ kind = "{kind}", value = {value} }}]
categories = ["content"]
"#
    ));
    assessment.parts.into_iter().map(told).collect()
}

fn assessed(parts: &str) -> Assessment {
    assessed_whole(&demand(&[PERMITTED, parts]))
}

fn assessed_whole(demand: &Demand) -> Assessment {
    tried(demand).unwrap()
}

fn tried(demand: &Demand) -> Result<Assessment, CommandError> {
    let base = tempfile::TempDir::new().unwrap();
    let file = base.path().join("directory.toml");
    std::fs::write(&file, DIRECTORY).unwrap();
    let directory = Directory::open(&file, &base.path().join("accounts.sqlite")).unwrap();
    let packs = LawPacks::embedded().unwrap();
    let day = date(2026, 11, 21);
    let law = packs.in_force(day).unwrap();
    let received = "2026-11-03T09:00:00Z".parse().unwrap();
    let happened = Moments::new().with(lagrum_model::Moment::Received, received);
    let basis = facts_at(demand, (true, false), &happened, &packs, received).unwrap();
    let assessment = assess(demand, &basis, &directory, &packs, &law)?;
    assert_eq!(assessment.as_of, day);
    Ok(assessment)
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
fn nobody_is_told_that_an_account_is_not_there_before_the_order_is_complete_and_its_wait_is_over() {
    let order = |address: &str, notification| {
        let mut order = demand(&[
            PERMITTED,
            &format!(
                r#"
[authority]
name = "Staatsanwaltschaft Hamburg"
country = "DE"
kind = "prosecutor"
[instrument]
kind = "european-production-order"
country = "DE"
provision = "§ 100a StPO"
issued_by = {{ name = "Amtsgericht Hamburg", kind = "judge" }}
signatures = [{{ name = "J", form = "qualified" }}]
[[part]]
identifiers = [{{ kind = "email-address", value = "{address}@kvist.example" }}]
categories = ["content"]
"#
            ),
        ]);
        order.instrument.measure = None;
        order.instrument.notification = notification;
        let found = assessed_whole(&order).parts.swap_remove(0);
        (found.finding.disposition, found.holding.is_some())
    };
    use lagrum_model::Notification::{Cleared, Pending, Refused};
    for (notification, account, nobody) in [
        // The enforcing authority may still refuse: that there is nothing is an answer, too.
        (Some(Pending), Disposition::Wait, Disposition::Wait),
        (None, Disposition::Ask, Disposition::Ask),
        (Some(Refused), Disposition::Reject, Disposition::Reject),
        (Some(Cleared), Disposition::Produce, Disposition::NoData),
    ] {
        let found = order("bjork", notification);
        assert_eq!(found, (account, true), "{notification:?}");
        // Nobody is called so; and an account that has nothing of the kind.
        for address in ["rowan", "bare"] {
            let found = order(address, notification);
            assert_eq!(found, (nobody, true), "{address}: {notification:?}");
        }
    }
}

#[test]
fn what_names_nobody_and_what_cannot_be_looked_up_is_not_searched() {
    for (kind, value) in [
        ("network", "\"198.51.100.0/24\""),
        (
            "network",
            "{ range = \"198.51.100.0/24\", from = \"2026-01-02T00:00:00Z\" }",
        ),
        ("area", "\"150 m around 37.41, -77.72\""),
        ("search-term", "\"the person who posted yesterday\""),
        ("user-id", "\"*\""),
        ("email-address", "\"*@kvist.example\""),
    ] {
        let found = parts(kind, value);
        assert_eq!(found[0].0, Disposition::Reject, "{kind}");
        assert_eq!(found[0].1, None);
    }
    for (kind, value) in [
        ("user-id", "\"4711\""),
        ("phone-number", "\"+46850000000\""),
        ("imei", "\"490154203237518\""),
        ("imsi", "\"240990123456789\""),
        ("mac-address", "\"00:1b:63:84:45:e6\""),
        (
            "ip-address",
            "{ address = \"198.51.100.7\", at = \"2026-01-02T00:00:00Z\" }",
        ),
    ] {
        let found = assessed(&format!(
            "[[part]]\nidentifiers = [{{ kind = \"{kind}\", value = {value} }}]\ncategories = [\"content\"]"
        ));
        let [part] = found.parts.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(part.finding.disposition, Disposition::NotLookedUp, "{kind}");
        // The law permits it, and says so; the way out is told.
        assert!(!part.finding.decided_by.is_empty(), "{kind}");
        let instead = part.finding.instead.as_deref().unwrap();
        assert!(
            instead.contains(kind) && instead.contains("mail address"),
            "{instead}"
        );
    }
}

#[test]
fn a_demand_that_names_nobody_is_a_part_that_is_refused_with_its_reason() {
    for categories in ["\"content\"", "\"traffic\", \"content\""] {
        let found = assessed(&format!(
            "[[part]]\nidentifiers = []\ncategories = [{categories}]"
        ));
        assert_eq!(found.parts.len(), categories.split(',').count());
        for part in &found.parts {
            assert_eq!(part.identifier, Identifier::Nobody);
            assert_eq!(part.finding.disposition, Disposition::Reject);
            assert_eq!(part.finding.decided_by[0].rule, "provider.unnamed");
        }
    }
    // Beside one that names somebody.
    let found = assessed(
        "[[part]]\nidentifiers = []\ncategories = [\"content\"]\n[[part]]\nidentifiers = [{ kind = \"email-address\", value = \"elm@northwind.example\" }]\ncategories = [\"content\"]",
    );
    assert_eq!(found.parts.len(), 2);
    assert_eq!(found.parts[0].finding.disposition, Disposition::Reject);
}

#[test]
fn a_name_in_letters_that_look_like_others_is_found_by_nobody_and_it_is_said() {
    let found = mail("bj\u{f6}rk@kvist.example");
    assert_eq!(found[0].2.as_deref(), Some("no account of this name"));
    // U+043E is Cyrillic.
    let found = mail("bj\u{43e}rk@kvist.example");
    let note = found[0].2.as_deref().unwrap();
    assert!(note.contains("U+043E, which looks like `o`"), "{note}");
}

#[test]
fn a_demand_to_another_company_of_the_same_country_is_not_taken_for_ours() {
    let addressed = |name: &str| {
        let addressee = format!("addressee = {{ entity = {name:?}, country = \"SE\" }}");
        tried(&demand(&[PERMITTED, &addressee]))
    };
    for ours in ["Kvist Mail AB", "KVIST MAIL, AB.", "kvist-mail  ab"] {
        assert!(addressed(ours).is_ok(), "{ours}");
    }
    for other in [
        "Annan Mail AB",
        "Kvist Mail",
        "Kvist Mail AB Holding",
        "AB Kvist Mail",
    ] {
        let refused = addressed(other).unwrap_err();
        let CommandError::Invalid(Refusal::NoCompany {
            addressee,
            companies,
        }) = refused
        else {
            panic!("{other}: {refused}")
        };
        assert_eq!(addressee.entity, other);
        assert_eq!(companies[0].entity, "Kvist Mail AB");
    }
}

#[test]
fn a_demand_to_a_company_in_another_country_is_refused_with_the_names_of_both() {
    let elsewhere = "addressee = { entity = \"Kvist Mail Oy\", country = \"FI\" }";
    let refused = tried(&demand(&[PERMITTED, elsewhere])).unwrap_err();
    let CommandError::Invalid(Refusal::NoCompany {
        addressee,
        companies,
    }) = refused
    else {
        panic!("{refused}")
    };
    let named = |one: &Addressee| format!("{} {}", one.entity, one.country);
    assert_eq!(named(&addressee), "Kvist Mail Oy FI");
    let companies: Vec<_> = companies.iter().map(named).collect();
    assert_eq!(companies, ["Kvist Mail AB SE"]);
}
