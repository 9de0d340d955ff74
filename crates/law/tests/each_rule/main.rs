//! Each rule decides one request and just does not decide another, which differs in one fact.

#[path = "../common/mod.rs"]
mod common;
mod european_union;
mod united_states;

use std::collections::BTreeSet;

use common::*;
use jiff::civil::Date;
use lagrum_law::{LawPacks, Question};
use lagrum_model::{
    AuthorityKind, Basis, Category, Controller, Holding, InstrumentKind, IssuerKind,
};

use Category::{Content, Identification, Subscriber, Traffic};

struct Case {
    rule: &'static str,
    day: Date,
    basis: Basis,
    holding: Holding,
    named: bool,
    miss: fn(&mut Case),
}

fn case(rule: &'static str, basis: Basis, holding: Holding, miss: fn(&mut Case)) -> Case {
    Case {
        rule,
        day: TODAY,
        basis,
        holding,
        named: true,
        miss,
    }
}

impl Case {
    fn on(mut self, day: Date) -> Self {
        self.day = day;
        self
    }

    fn with(mut self, change: fn(&mut Case)) -> Self {
        change(&mut self);
        self
    }

    fn cited(&self, packs: &LawPacks) -> Vec<String> {
        let law = packs.in_force(self.day).unwrap();
        let question = Question {
            basis: &self.basis,
            holding: &self.holding,
            named: self.named,
        };
        let finding = law.find(&question).unwrap();
        finding
            .decided_by
            .into_iter()
            .chain(finding.overridden)
            .map(|c| c.rule)
            .collect()
    }
}

fn provider() -> Vec<Case> {
    let us = || holding(Subscriber, "US");
    vec![
        case("provider.unverified", us_subpoena(), us(), |c| {
            c.basis.authority.verified = true
        })
        .with(|c| c.basis.authority.verified = false),
        case("provider.unnamed", us_subpoena(), us(), |c| c.named = true).with(|c| c.named = false),
        case("provider.enterprise-customer", us_subpoena(), us(), |c| {
            c.basis.instrument.customer_cannot_be_asked = true;
        })
        .with(|c| c.holding.controller = Controller::Enterprise),
        case(
            "provider.content.needs-judge",
            us_emergency(),
            holding(Content, "US"),
            |c| {
                c.basis.emergency_believed = true;
            },
        )
        .with(|c| c.basis.emergency_believed = false),
        case(
            "provider.abroad.own-court",
            swedish_court_decision(),
            holding(Content, "IE"),
            |c| {
                c.holding.stored_in = country("SE");
            },
        ),
        case(
            "provider.abroad.foreign",
            danish_court_order(),
            holding(Traffic, "SE"),
            |c| {
                c.holding.category = Identification;
            },
        ),
        case("provider.preservation", us_subpoena(), us(), |c| {
            c.basis.instrument.kind = InstrumentKind::Subpoena;
        })
        .with(|c| c.basis.instrument.kind = InstrumentKind::PreservationRequest),
        case(
            "provider.mutual-assistance-request",
            us_subpoena(),
            us(),
            |c| {
                c.basis.instrument.kind = InstrumentKind::Subpoena;
            },
        )
        .with(|c| c.basis.instrument.kind = InstrumentKind::MutualLegalAssistanceRequest),
    ]
}

fn ireland_and_sweden() -> Vec<Case> {
    vec![
        case(
            "ie.mutual-assistance.section-75",
            section_75_order(),
            holding(Content, "IE"),
            |c| {
                c.basis.instrument.treaty = false;
            },
        ),
        case(
            "ie.foreign.direct",
            danish_court_order(),
            holding(Subscriber, "IE"),
            |c| {
                c.basis.addressee_country = country("DK");
            },
        )
        .with(|c| c.basis.addressee_country = country("IE")),
        case(
            "se.content.court",
            swedish_court_decision(),
            holding(Content, "SE"),
            |c| {
                c.basis.addressee_country = country("IE");
            },
        ),
        case(
            "se.traffic.court",
            swedish_court_decision(),
            holding(Identification, "SE"),
            |c| {
                c.basis.instrument.issued_by = IssuerKind::Prosecutor;
            },
        ),
        case(
            "se.subscriber.request",
            swedish_subscriber_request(),
            holding(Subscriber, "SE"),
            |c| {
                c.basis.authority.kind = AuthorityKind::OtherAuthority;
            },
        ),
        case(
            "se.foreign.direct",
            danish_court_order(),
            holding(Subscriber, "SE"),
            |c| {
                c.basis.instrument.country = country("SE");
            },
        ),
    ]
}

#[test]
fn each_rule_decides_one_request_and_just_does_not_decide_another() {
    let packs = LawPacks::embedded().unwrap();
    let cases: Vec<_> = [
        provider(),
        united_states::cases(),
        european_union::cases(),
        ireland_and_sweden(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut tried = BTreeSet::new();
    for mut case in cases {
        let name = case.rule;
        let cited = case.cited(&packs);
        assert!(
            cited.iter().any(|rule| rule == name),
            "{name} does not apply: {cited:?}"
        );
        (case.miss)(&mut case);
        let cited = case.cited(&packs);
        assert!(
            !cited.iter().any(|rule| rule == name),
            "{name} still applies: {cited:?}"
        );
        assert!(tried.insert(name), "{name} is tried twice");
    }
    let written: BTreeSet<_> = packs.rules().map(|rule| rule.id.as_str()).collect();
    assert_eq!(
        written, tried,
        "every rule is tried, and every rule tried is written"
    );
}
