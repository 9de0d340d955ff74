//! What holds for any request whatever.

use std::sync::{Arc, LazyLock};

use crate::common::country;
use crate::random::{requests, times};
use jiff::civil::{Date, date};
use lagrum_law::{Law, LawPacks, Question, Route};
use lagrum_model::{
    AuthorityKind, Basis, Category, ConflictOutcome, Controller, CountryCode, Disposition, Effect,
    InstrumentKind, IssuerKind, Purpose,
};
use proptest::prelude::*;

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

static LAWS: LazyLock<Vec<Arc<Law>>> = LazyLock::new(|| {
    let packs = LawPacks::embedded().unwrap();
    DAYS.iter()
        .map(|&day| packs.in_force(day).unwrap())
        .collect()
});

fn judge(basis: &Basis) -> bool {
    basis.instrument.issued_by == IssuerKind::Judge
        || basis.instrument.validated_by == Some(IssuerKind::Judge)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 768, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_produced_that_the_promise_excludes(
        (mut basis, holding) in requests(),
        times in times(),
        named in prop::bool::weighted(0.8),
        at in 0..DAYS.len(),
    ) {
        let period = times.over(&mut basis, DAYS[at]);
        let question = Question { basis: &basis, holding: &holding, named, period, sub_categories: &[] };
        let finding = LAWS[at].find(&question).expect("no rule fails");

        let instrument = &basis.instrument;
        let act = instrument.kind.act();
        if finding.disposition.is_granted() {
            prop_assert_eq!(finding.disposition, act.granted(), "another act than was asked for");
            prop_assert!(basis.authority.verified, "unverified");
            prop_assert!(named, "unnamed");
            prop_assert!(basis.authority.kind != AuthorityKind::PrivateParty, "a private party");
            prop_assert!(basis.purpose != Some(Purpose::Other), "civil proceedings");
            prop_assert!(!basis.since.withdrawn && !basis.since.validation_refused, "stopped");
            let end = period.and_then(|period| period.until());
            prop_assert!(
                end.zip(basis.received_at).is_some_and(|(end, received)| end <= received),
                "what was not stored"
            );
            prop_assert!(instrument.issued_on <= DAYS[at].tomorrow().unwrap(), "dated ahead");
            prop_assert!(
                instrument.valid_until.is_none_or(|last| last >= DAYS[at])
                    || instrument.kind == InstrumentKind::CommunicationsDataNotice,
                "on an expired authorisation"
            );
            prop_assert!(!finding.decided_by.is_empty(), "without a legal basis");
            prop_assert!(finding.decided_by.iter().all(|c| c.effect == Effect::Permit));
            prop_assert!(finding.overridden.is_empty() && finding.instead.is_none());
        } else {
            prop_assert!(Route::ALL.iter().any(|r| r.disposition() == finding.disposition));
            prop_assert!(finding.decided_by.iter().all(|c| c.effect == Effect::Forbid));
            prop_assert!(finding.overridden.iter().all(|c| c.effect == Effect::Permit));
            let instead = finding.instead.clone().unwrap_or_default();
            prop_assert!(instead.ends_with('.') && !instead.contains(['{', '}']), "{}", instead);
        }
        if finding.disposition == Disposition::Produce {
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
            let union = |code: CountryCode| {
                ["IE", "SE", "DK", "DE"].contains(&code.as_str())
                    || (code.as_str() == "GB" && DAYS[at] < date(2021, 1, 1))
            };
            let ordered = basis.findings.conflict.is_some_and(|conflict| {
                conflict.country == holding.stored_in
                    && conflict.outcome == Some(ConflictOutcome::DisclosureOrdered)
            });
            prop_assert!(
                DAYS[at] < date(2018, 5, 25)
                    || !union(holding.stored_in)
                    || union(basis.authority.country)
                    || basis.authority.country == country("NO")
                    || union(instrument.country)
                    || (ordered && basis.findings.transfer_ground),
                "from the Union to a third country without a treaty, a court and a ground of transfer"
            );
            prop_assert!(!basis.findings.relevance_doubted, "without visible relevance");
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
    for _ in 0..2_000 {
        let (mut basis, holding) = requests().new_tree(&mut runner).unwrap().current();
        let times = times().new_tree(&mut runner).unwrap().current();
        for law in [&LAWS[4], &LAWS[8]] {
            let period = times.over(&mut basis, law.as_of());
            let finding = law
                .find(&Question {
                    basis: &basis,
                    holding: &holding,
                    named: true,
                    period,
                    sub_categories: &[],
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
    assert!(seen[&Disposition::Produce] > 400, "{seen:?}");
    assert!(seen[&Disposition::Preserve] > 50, "{seen:?}");
}
