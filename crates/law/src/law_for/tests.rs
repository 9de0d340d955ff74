#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use cedar_policy::Decision;
use jiff::civil::{Date, date};
use lagrum_model::{Category, Controller, CountryCode, Disposition};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::*;
use crate::LawPacks;

const DAYS: [Date; 5] = [
    date(2013, 12, 4),
    date(2017, 1, 1),
    date(2018, 3, 24),
    date(2021, 6, 1),
    date(2026, 11, 21),
];

static LAWS: LazyLock<Vec<Arc<Law>>> = LazyLock::new(|| {
    let packs = LawPacks::embedded().unwrap();
    DAYS.map(|day| packs.in_force(day).unwrap()).into()
});

fn countries() -> impl Strategy<Value = &'static str> {
    // `ZZ` is in no group.
    select(vec![
        "US", "US", "IE", "SE", "SE", "DK", "DE", "GB", "AU", "ZZ",
    ])
}

/// One of `words`, as it stands in files.
fn word(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(words.to_vec())
}

fn kinds() -> impl Strategy<Value = &'static str> {
    word(&[
        "search-warrant",
        "subpoena",
        "disclosure-order",
        "european-production-order",
        "european-preservation-order",
        "mutual-legal-assistance-request",
        "production-order",
        "court-decision",
        "prosecutor-decision",
        "police-request",
        "preservation-request",
        "emergency-request",
        "national-security-letter",
    ])
}

prop_compose! {
    /// Mostly the authority, the instrument and the company are of one country, so that something
    /// is permitted now and then.
    fn bases()(
        country in countries(),
        others in (countries(), countries()),
        alike in (prop::bool::weighted(0.8), prop::bool::weighted(0.7)),
        authority in word(&["court", "prosecutor", "police", "central-authority", "security-service"]),
        kind in kinds(),
        issued_by in word(&["judge", "judge", "prosecutor", "police", "other"]),
        validated_by in prop::option::weighted(0.2, word(&["judge", "prosecutor"])),
        notification in prop::option::of(word(&["not-required", "pending", "cleared", "refused"])),
        months in prop::option::of(prop_oneof![Just(35_u32), Just(36), any::<u32>()]),
        likely in prop::collection::vec(prop::bool::weighted(0.85), 8),
        flags in prop::collection::vec(any::<bool>(), 8),
    ) -> Basis {
        let mut value = json!({
            "authority": {"country": country, "kind": authority, "verified": likely[0]},
            "instrument": {
                "kind": kind,
                "country": if alike.0 { country } else { others.0 },
                "issued_on": "2013-11-30",
                "issued_by": issued_by,
                "signed": likely[1],
                "qualified_signature": likely[2],
                "treaty": flags[0],
                "customer_cannot_be_asked": likely[3],
                "interim": !likely[4],
                "rank_confirmed": likely[5],
                "certified": likely[6],
            },
            "addressee_country": if alike.1 { country } else { others.1 },
            "listed_offence": flags[1],
            "emergency": flags[2],
            "emergency_believed": flags[2] && flags[3],
            "received_at": "2013-12-03T09:00:00Z",
        });
        if !likely[7] {
            value["since"] = json!({"withdrawn": flags[4], "partly_refused": flags[5]});
        }
        for (field, word) in [("validated_by", validated_by), ("notification", notification)] {
            if let Some(word) = word {
                value["instrument"][field] = json!(word);
            }
        }
        if let Some(months) = months {
            value["maximum_penalty_months"] = Value::from(months);
        }
        serde_json::from_value(value).expect("the facts of a demand")
    }
}

/// A period that is over when the demand is received, one that goes on, one that begins later, and
/// one that is open.
fn periods() -> impl Strategy<Value = Option<AskedPeriod>> {
    let at = |text: &str| -> Option<jiff::Timestamp> { Some(text.parse().unwrap()) };
    let period = |from, until| Some(AskedPeriod::new(from, until).unwrap());
    prop_oneof![
        3 => Just(lagrum_model::testing::long_ago()),
        1 => Just(period(at("2013-01-01T00:00:00Z"), at("2013-12-31T00:00:00Z"))),
        1 => Just(period(at("2013-12-10T00:00:00Z"), at("2013-12-31T00:00:00Z"))),
        1 => Just(period(at("2013-01-01T00:00:00Z"), None)),
        1 => Just(None),
    ]
}

/// Nothing ticked, or some boxes of any category.
fn boxes() -> impl Strategy<Value = Vec<SubCategory>> {
    prop_oneof![
        Just(Vec::new()),
        prop::sample::subsequence(SubCategory::ALL.to_vec(), 0..=SubCategory::ALL.len()),
        select(SubCategory::ALL.to_vec()).prop_map(|one| vec![one]),
    ]
}

fn holdings() -> impl Strategy<Value = Holding> {
    let of = |code: &str| CountryCode::parse(code).unwrap();
    (
        select(Category::ALL.to_vec()),
        countries(),
        prop::bool::weighted(0.2),
        prop::option::of(countries()),
        prop::option::of(any::<bool>()),
        prop::bool::weighted(0.2),
    )
        .prop_map(
            move |(category, stored_in, enterprise, resides, us_person, privileged)| Holding {
                category,
                region: lagrum_model::Region::parse("somewhere").unwrap(),
                stored_in: of(stored_in),
                controller: if enterprise {
                    Controller::Enterprise
                } else {
                    Controller::Consumer
                },
                holder_resides_in: resides.map(of),
                holder_is_us_person: us_person,
                privileged,
                public_authority_of: None,
                service: None,
            },
        )
}

/// The decision of Cedar's own authorizer over all rules in force, and the rules that it names.
fn plain(law: &Law, question: &Question<'_>) -> (Decision, BTreeSet<String>) {
    let (request, entities) = law.in_cedar(question).unwrap();
    let response = Authorizer::new().is_authorized(&request, law.policies(), &entities);
    assert_eq!(response.diagnostics().errors().count(), 0);
    let rules = response.diagnostics().reason().map(ToString::to_string);
    (response.decision(), rules.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_law_for_one_demand_finds_what_the_whole_law_finds_and_what_cedar_decides(
        basis in bases(),
        held in prop::collection::vec((holdings(), prop::bool::weighted(0.85), periods(), boxes()), 3),
        at in 0..DAYS.len(),
    ) {
        let law = &LAWS[at];
        let narrow = law.for_basis(&basis).unwrap();
        for (holding, named, period, ticked) in &held {
            let question = Question { basis: &basis, holding, named: *named, period: *period, sub_categories: ticked };
            let part = narrow.part(*named, *period).unwrap();
            let found = part.find(holding, ticked).unwrap();
            // What is cut is found for what is left of the period and of the boxes, and nothing else is.
            let reached = part.reach(holding, ticked).unwrap();
            match &reached.within {
                None => prop_assert_eq!(&reached, &found),
                Some(within) => {
                    let mut left = question;
                    if let Some(cut) = within.period {
                        prop_assert_eq!(cut.until(), basis.received_at);
                        let asked = period.unwrap_or_default().until();
                        prop_assert!(asked > cut.until() || asked.is_none());
                        left.period = Some(cut);
                    }
                    if !within.sub_categories.is_empty() {
                        let asked = SubCategory::asked(ticked, holding.category);
                        let covered = SubCategory::asked(&within.sub_categories, holding.category);
                        prop_assert!(covered.len() < asked.len());
                        prop_assert!(covered.iter().all(|one| asked.contains(one)));
                        prop_assert!(reached.proposed().is_granted());
                        left.sub_categories = &within.sub_categories;
                    }
                    prop_assert!(!found.disposition.is_granted());
                    let exactly = law.find(&left).unwrap();
                    prop_assert_eq!(reached.proposed(), exactly.disposition);
                    prop_assert_eq!(&reached.decided_by, &exactly.decided_by);
                }
            }
            prop_assert_eq!(&found, &law.find(&question).unwrap());

            let (decision, rules) = plain(law, &question);
            prop_assert_eq!(decision == Decision::Allow, found.disposition.is_granted());
            // Cedar names the rules that determined its decision.
            let asked = SubCategory::asked(ticked, holding.category);
            let (permits, forbids) = part.applying(&part.whole, &Held::new(holding, &asked)).unwrap();
            let determined = if forbids.is_empty() { permits } else { forbids };
            let determined: BTreeSet<_> = determined.iter().map(|rule| rule.id.clone()).collect();
            prop_assert_eq!(determined, rules);
        }
    }
}

/// Guards the test above: were every request refused for the same reason, it would say little.
#[test]
fn the_random_demands_are_permitted_and_refused_and_most_rules_are_left_out() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let (mut produced, mut kept) = (0, 0);
    let law = &LAWS[4];
    for _ in 0..4_000 {
        let basis = bases().new_tree(&mut runner).unwrap().current();
        let holding = holdings().new_tree(&mut runner).unwrap().current();
        let narrow = law.for_basis(&basis).unwrap();
        kept += narrow.kept.len();
        let part = narrow
            .part(true, lagrum_model::testing::long_ago())
            .unwrap();
        let found = part.reach(&holding, &[]).unwrap();
        produced += usize::from(found.disposition == Disposition::Produce || found.is_in_part());
    }
    let rules = law.rules().count();
    println!(
        "{produced} of 4000 produced; {} of {rules} rules kept",
        kept / 4_000
    );
    assert!(produced > 10, "{produced}");
    assert!(kept / 4_000 < rules / 2, "{} of {rules}", kept / 4_000);
}

#[test]
fn a_rule_that_fails_on_the_demand_alone_fails_the_finding_in_both_ways() {
    // The validator refuses no overflow, so a careless rule can fail; then nothing is found.
    let folder = tempfile::tempdir().unwrap();
    copy(
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../law")),
        folder.path(),
    );
    let rule = r#"
@id("us.careless") @cite("none") @says("A rule that overflows.") @verified("unverified; not confirmed by counsel")
@route("reject") @instead("Nothing.")
forbid (principal, action, resource)
when { context has maximum_penalty_months && context.maximum_penalty_months * 9223372036854775807 > 1 };
"#;
    std::fs::write(folder.path().join("us/careless.cedar"), rule).unwrap();
    let law = LawPacks::from_dir(folder.path())
        .unwrap()
        .in_force(DAYS[4])
        .unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    use proptest::strategy::ValueTree;
    let mut basis = bases().new_tree(&mut runner).unwrap().current();
    let holding = holdings().new_tree(&mut runner).unwrap().current();
    basis.maximum_penalty_months = Some(2);
    let question = Question {
        basis: &basis,
        holding: &holding,
        named: true,
        period: None,
        sub_categories: &[],
    };
    for failed in [
        law.find(&question).unwrap_err(),
        law.for_basis(&basis)
            .unwrap()
            .part(true, None)
            .unwrap()
            .reach(&holding, &[])
            .unwrap_err(),
    ] {
        assert!(
            matches!(&failed, LawError::Evaluation { rule, .. } if rule == "us.careless"),
            "{failed}"
        );
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What the law finds for an order of the United States with which `kind` of instrument.
fn reached(kind: &str, category: Category, ticked: &[SubCategory]) -> Finding {
    let mut basis = lagrum_model::testing::basis(
        "US",
        lagrum_model::AuthorityKind::Police,
        serde_json::from_value(json!(kind)).unwrap(),
        lagrum_model::IssuerKind::Judge,
        "US",
    );
    basis.instrument.rank_confirmed = true;
    basis.instrument.certified = true;
    let us = CountryCode::parse("US").unwrap();
    let region = lagrum_model::Region::parse("somewhere").unwrap();
    let holding = Holding::new(category, region, us, Controller::Consumer);
    let law = LAWS[4].for_basis(&basis).unwrap();
    let part = law.part(true, lagrum_model::testing::long_ago()).unwrap();
    part.reach(&holding, ticked).unwrap()
}

#[test]
fn an_order_for_all_traffic_data_reaches_all_but_where_the_device_was() {
    use SubCategory::{Duration, Location, Routing};
    let found = reached("disclosure-order", Category::Traffic, &[]);
    let within = found.within.as_ref().unwrap();
    let mut all = SubCategory::asked(&[], Category::Traffic);
    all.retain(|one| *one != Location);
    assert_eq!(found.disposition, Disposition::Narrow);
    assert_eq!(found.proposed(), Disposition::Produce);
    assert!(found.instead.as_ref().unwrap().contains("warrant"));
    assert_eq!(within.sub_categories, all);
    assert_eq!(within.by[0].rule, "us.location.warrant");
    // Who asks for it among others gets the others; who asks for it alone gets nothing.
    let found = reached(
        "disclosure-order",
        Category::Traffic,
        &[Location, Duration, Routing],
    );
    assert_eq!(found.within.unwrap().sub_categories, [Duration, Routing]);
    let found = reached("disclosure-order", Category::Traffic, &[Location]);
    assert_eq!(found.disposition, Disposition::Narrow);
    assert_eq!(found.within, None);
    let found = reached("disclosure-order", Category::Traffic, &[Duration, Routing]);
    assert_eq!(
        (found.disposition, found.within),
        (Disposition::Produce, None)
    );
    let found = reached("search-warrant", Category::Traffic, &[]);
    assert_eq!(
        (found.disposition, found.within),
        (Disposition::Produce, None)
    );
}

#[test]
fn a_letter_for_the_subscriber_reaches_its_three_fields_and_no_box_that_holds_more() {
    use SubCategory::{Identity, LengthOfService, Name, Payment, PostalAddress, Service};
    let letter = |ticked: &[SubCategory]| {
        let found = reached("national-security-letter", Category::Subscriber, ticked);
        (
            found.disposition,
            found.within.map(|within| within.sub_categories),
        )
    };
    let three = vec![Name, PostalAddress, LengthOfService];
    assert_eq!(letter(&[]), (Disposition::Narrow, Some(three.clone())));
    assert_eq!(
        letter(&[Identity, Service, Payment]),
        (Disposition::Narrow, Some(three.clone()))
    );
    assert_eq!(letter(&three), (Disposition::Produce, None));
    assert_eq!(letter(&[Payment]), (Disposition::Narrow, None));
    let found = reached("national-security-letter", Category::Traffic, &[]);
    assert_eq!(found.disposition, Disposition::Narrow);
}

#[test]
fn a_period_without_an_end_reaches_to_the_receipt_in_whichever_part_of_a_second_that_was() {
    let law = &LAWS[4];
    let instant = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let (from, end) = (
        instant("2020-01-01T00:00:00Z"),
        instant("2027-01-01T00:00:00Z"),
    );
    for kind in [
        "search-warrant",
        "subpoena",
        "preservation-request",
        "european-production-order",
    ] {
        let european = kind == "european-production-order";
        let (asks, at) = if european { ("DE", "IE") } else { ("US", "US") };
        let mut basis = lagrum_model::testing::basis(
            asks,
            lagrum_model::AuthorityKind::Prosecutor,
            serde_json::from_value(json!(kind)).unwrap(),
            lagrum_model::IssuerKind::Judge,
            at,
        );
        basis.instrument.issued_on = date(2026, 11, 1);
        basis.instrument.qualified_signature = true;
        basis.instrument.notification = Some(lagrum_model::Notification::NotRequired);
        let country = CountryCode::parse(at).unwrap();
        let region = lagrum_model::Region::parse("somewhere").unwrap();
        let ticked = [SubCategory::Name];
        let holding = Holding::new(Category::Subscriber, region, country, Controller::Consumer);
        for fraction in ["", ".123", ".123000001", ".999999999"] {
            let received = instant(&format!("2026-11-03T09:00:00{fraction}Z"));
            basis.received_at = Some(received);
            for (from, until) in [(None, None), (Some(from), None), (None, Some(end))] {
                let asked = AskedPeriod::new(from, until).unwrap();
                let of_demand = law.for_basis(&basis).unwrap();
                let part = of_demand.part(true, Some(asked)).unwrap();
                let found = part.reach(&holding, &ticked).unwrap();
                let told = format!("{kind}, received {received}: {found:?}");
                assert!(found.disposition.is_granted(), "{told}");
                let within = found.within.expect("what is covered").period;
                let end = within.and_then(|period| period.until()).expect(&told);
                assert!(end <= received, "{told}");
                assert_eq!(end, lagrum_model::receipt(received), "{told}");
            }
        }
    }
}
