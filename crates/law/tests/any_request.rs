//! What holds for any request whatever.

mod common;

use std::sync::LazyLock;

use common::country;
use jiff::civil::{Date, date};
use lagrum_law::{Law, LawPacks, Question, Route};
use lagrum_model::{
    AuthorityFacts, AuthorityKind, Basis, Category, Controller, CountryCode, Disposition, Effect,
    Holding, InstrumentFacts, InstrumentKind, IssuerKind, Notification, Region,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// One day in each stretch of law.
const DAYS: [Date; 9] = [
    date(2011, 1, 1),
    date(2013, 12, 4),
    date(2015, 1, 1),
    date(2017, 1, 1),
    date(2018, 3, 24),
    date(2018, 5, 25),
    date(2021, 6, 1),
    date(2024, 6, 1),
    date(2026, 11, 21),
];

static LAWS: LazyLock<Vec<Law>> = LazyLock::new(|| {
    let packs = LawPacks::embedded().unwrap();
    DAYS.iter()
        .map(|&day| packs.in_force(day).unwrap())
        .collect()
});

fn countries() -> impl Strategy<Value = CountryCode> {
    // `ZZ` is in no group.
    select(vec!["US", "IE", "SE", "DK", "DE", "GB", "NO", "AU", "ZZ"]).prop_map(country)
}

fn issuers() -> impl Strategy<Value = IssuerKind> {
    select(vec![
        IssuerKind::Judge,
        IssuerKind::Prosecutor,
        IssuerKind::Police,
        IssuerKind::Other,
    ])
}

fn instruments() -> impl Strategy<Value = InstrumentFacts> {
    let kinds = select(vec![
        InstrumentKind::SearchWarrant,
        InstrumentKind::Subpoena,
        InstrumentKind::DisclosureOrder,
        InstrumentKind::EuropeanProductionOrder,
        InstrumentKind::EuropeanPreservationOrder,
        InstrumentKind::MutualLegalAssistanceRequest,
        InstrumentKind::ProductionOrder,
        InstrumentKind::CourtDecision,
        InstrumentKind::ProsecutorDecision,
        InstrumentKind::PoliceRequest,
        InstrumentKind::PreservationRequest,
        InstrumentKind::EmergencyRequest,
        InstrumentKind::NationalSecurityLetter,
    ]);
    let notifications = select(vec![
        Notification::NotRequired,
        Notification::Pending,
        Notification::Cleared,
        Notification::Refused,
    ]);
    (
        (kinds, countries(), issuers(), option::of(issuers())),
        (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
        option::of(notifications),
    )
        .prop_map(
            |((kind, country, issued_by, validated_by), flags, notification)| InstrumentFacts {
                kind,
                country,
                issued_by,
                validated_by,
                signed: flags.0,
                qualified_signature: flags.1,
                treaty: flags.2,
                notification,
                customer_cannot_be_asked: flags.3,
                interim: false,
                rank_confirmed: false,
                certified: false,
                valid_until: None,
                digital_services: None,
            },
        )
}

fn bases() -> impl Strategy<Value = Basis> {
    let kinds = select(vec![
        AuthorityKind::Court,
        AuthorityKind::Prosecutor,
        AuthorityKind::Police,
        AuthorityKind::CentralAuthority,
        AuthorityKind::SecurityService,
        AuthorityKind::OtherAuthority,
    ]);
    (
        (countries(), kinds, prop::bool::weighted(0.8)),
        instruments(),
        (
            countries(),
            option::of(prop_oneof![Just(35), Just(36), any::<u32>()]),
        ),
        (any::<bool>(), any::<bool>(), any::<bool>()),
        // Often the instrument is of the authority's own country, and the company too.
        (prop::bool::weighted(0.6), prop::bool::weighted(0.4)),
    )
        .prop_map(
            |(authority, mut instrument, (addressee, months), flags, own)| {
                let country = authority.0;
                if own.0 {
                    instrument.country = country;
                }
                Basis {
                    authority: AuthorityFacts {
                        country,
                        kind: authority.1,
                        verified: authority.2,
                    },
                    instrument,
                    addressee_country: if own.1 { country } else { addressee },
                    maximum_penalty_months: months,
                    listed_offence: flags.0,
                    emergency: flags.1,
                    emergency_believed: flags.2,
                    purpose: None,
                    sentence: None,
                    findings: lagrum_model::ProviderFindings::default(),
                }
            },
        )
}

fn holdings() -> impl Strategy<Value = Holding> {
    (
        select(Category::ALL.to_vec()),
        countries(),
        prop::bool::weighted(0.2),
        option::of(countries()),
    )
        .prop_map(
            |(category, stored_in, enterprise, holder_resides_in)| Holding {
                category,
                region: Region::parse("somewhere").unwrap(),
                stored_in,
                controller: if enterprise {
                    Controller::Enterprise
                } else {
                    Controller::Consumer
                },
                holder_resides_in,
                holder_is_us_person: None,
                privileged: false,
                public_authority_of: None,
            },
        )
}

/// A good demand of which some facts are exchanged for any others: most requests made of nothing but
/// chance are refused for several reasons at once, and would let a single missing one pass unseen.
fn nearly_good() -> impl Strategy<Value = (Basis, Holding)> {
    let good = select(vec![
        (common::new_york_warrant(), "US"),
        (common::us_subpoena(), "US"),
        (common::us_disclosure_order(), "US"),
        (common::us_emergency(), "US"),
        (common::section_75_order(), "IE"),
        (common::swedish_court_decision(), "SE"),
        (common::swedish_subscriber_request(), "SE"),
        (common::german_production_order(IssuerKind::Judge), "IE"),
        (
            common::german_production_order(IssuerKind::Prosecutor),
            "IE",
        ),
        (common::british_agreement_order(), "US"),
    ]);
    let exchanged = prop::collection::vec(prop::bool::weighted(0.1), 18);
    (good, bases(), holdings(), exchanged).prop_map(
        |((mut basis, place), other, mut held, exchanged)| {
            let mut exchanged = exchanged.into_iter();
            macro_rules! exchange {
            ($($field:ident).+) => {
                if exchanged.next().unwrap() {
                    basis.$($field).+ = other.$($field).+;
                }
            };
        }
            exchange!(authority.country);
            exchange!(authority.kind);
            exchange!(authority.verified);
            exchange!(instrument.kind);
            exchange!(instrument.country);
            exchange!(instrument.issued_by);
            exchange!(instrument.validated_by);
            exchange!(instrument.signed);
            exchange!(instrument.qualified_signature);
            exchange!(instrument.treaty);
            exchange!(instrument.notification);
            exchange!(instrument.customer_cannot_be_asked);
            exchange!(addressee_country);
            exchange!(maximum_penalty_months);
            exchange!(listed_offence);
            exchange!(emergency);
            exchange!(emergency_believed);
            if !exchanged.next().unwrap() {
                held.stored_in = country(place);
            }
            (basis, held)
        },
    )
}

fn requests() -> impl Strategy<Value = (Basis, Holding)> {
    prop_oneof![1 => (bases(), holdings()), 3 => nearly_good()]
}

fn judge(basis: &Basis) -> bool {
    basis.instrument.issued_by == IssuerKind::Judge
        || basis.instrument.validated_by == Some(IssuerKind::Judge)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_produced_that_the_promise_excludes(
        (basis, holding) in requests(),
        named in prop::bool::weighted(0.8),
        at in 0..DAYS.len(),
    ) {
        let question = Question { basis: &basis, holding: &holding, named };
        let finding = LAWS[at].find(&question).expect("no rule fails");

        if finding.disposition == Disposition::Produce {
            let instrument = &basis.instrument;
            prop_assert!(basis.authority.verified, "unverified");
            prop_assert!(named, "unnamed");
            let emergency = basis.emergency
                && basis.emergency_believed
                && basis.authority.country == country("US");
            prop_assert!(
                holding.category != Category::Content || judge(&basis) || emergency,
                "content without a judge outside an emergency that the provider believes"
            );
            prop_assert!(
                holding.controller == Controller::Consumer || instrument.customer_cannot_be_asked,
                "an enterprise customer was not asked first"
            );
            if instrument.kind == InstrumentKind::EuropeanProductionOrder {
                let intrusive = matches!(holding.category, Category::Traffic | Category::Content);
                prop_assert!(!intrusive || judge(&basis), "by a prosecutor under the Regulation");
                prop_assert!(instrument.qualified_signature, "without a qualified signature");
                prop_assert!(DAYS[at] >= date(2026, 8, 18), "before the Regulation applied");
                prop_assert!(basis.authority.country != country("DK"), "Denmark is not bound");
            }
            prop_assert!(!finding.decided_by.is_empty(), "without a legal basis");
            prop_assert!(finding.decided_by.iter().all(|c| c.effect == Effect::Permit));
            prop_assert!(finding.overridden.is_empty() && finding.instead.is_none());
        } else {
            prop_assert!(Route::ALL.iter().any(|r| r.disposition() == finding.disposition));
            prop_assert!(finding.decided_by.iter().all(|c| c.effect == Effect::Forbid));
            prop_assert!(finding.overridden.iter().all(|c| c.effect == Effect::Permit));
            let instead = finding.instead.unwrap_or_default();
            prop_assert!(instead.ends_with('.') && !instead.contains(['{', '}']), "{}", instead);
        }
        for citation in finding.decided_by.iter().chain(&finding.overridden) {
            for text in [&citation.rule, &citation.cite, &citation.says, &citation.verified] {
                prop_assert!(!text.trim().is_empty(), "{} lacks a text", citation.rule);
            }
        }
    }
}

/// Guards the test above: were every request refused, it would say nothing.
#[test]
fn random_requests_reach_every_answer() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..5_000 {
        let (basis, holding) = requests().new_tree(&mut runner).unwrap().current();
        for law in [&LAWS[4], &LAWS[8]] {
            let finding = law
                .find(&Question {
                    basis: &basis,
                    holding: &holding,
                    named: true,
                })
                .unwrap();
            *seen.entry(finding.disposition).or_insert(0) += 1;
        }
    }
    println!("{seen:?}");
    for route in Route::ALL {
        assert!(
            seen.contains_key(&route.disposition()),
            "{route:?} never occurred: {seen:?}"
        );
    }
    assert!(seen[&Disposition::Produce] > 1_000, "{seen:?}");
}
