//! Demands and holdings for the tests, each the plain case of its kind.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use lagrum_law::{Law, LawPacks, Question};
use lagrum_model::{
    AuthorityKind, Basis, Category, Controller, Disposition, Finding, Holding, InstrumentKind,
    IssuerKind, Notification, Region,
};

pub use lagrum_model::testing::{basis, country, long_ago};

pub const TODAY: Date = date(2026, 11, 21);

pub fn law(date: Date) -> Arc<Law> {
    LawPacks::embedded()
        .expect("the packs load")
        .in_force(date)
        .expect("the day is covered")
}

/// What the law of a day finds, the demand being dated five days before and received on that day.
pub fn find(law: &Law, basis: &Basis, holding: &Holding) -> Finding {
    let mut basis = basis.clone();
    basis.instrument.issued_on = law.as_of() - 5.days();
    let received = law
        .as_of()
        .to_zoned_datetime(TimeZone::UTC)
        .expect("an instant");
    basis.received_at = Some(received.timestamp());
    law.find(&Question {
        basis: &basis,
        holding,
        named: true,
        period: long_ago(),
        sub_categories: &[],
    })
    .expect("no rule fails")
}

pub fn rules(finding: &Finding) -> Vec<&str> {
    finding
        .decided_by
        .iter()
        .map(|citation| citation.rule.as_str())
        .collect()
}

pub fn overridden(finding: &Finding) -> Vec<&str> {
    finding
        .overridden
        .iter()
        .map(|citation| citation.rule.as_str())
        .collect()
}

/// The disposition and the deciding rules, to compare at once.
pub fn decided(finding: &Finding) -> (Disposition, Vec<&str>) {
    (finding.disposition, rules(finding))
}

pub fn holding(category: Category, stored_in: &str) -> Holding {
    Holding::new(
        category,
        Region::parse("somewhere").expect("a region in a test"),
        country(stored_in),
        Controller::Consumer,
    )
}

/// A search warrant of a judge in New York, served on the company in the United States.
pub fn new_york_warrant() -> Basis {
    basis(
        "US",
        AuthorityKind::Prosecutor,
        InstrumentKind::SearchWarrant,
        IssuerKind::Judge,
        "US",
    )
}

pub fn us_subpoena() -> Basis {
    basis(
        "US",
        AuthorityKind::Prosecutor,
        InstrumentKind::Subpoena,
        IssuerKind::Other,
        "US",
    )
}

pub fn us_disclosure_order() -> Basis {
    basis(
        "US",
        AuthorityKind::Prosecutor,
        InstrumentKind::DisclosureOrder,
        IssuerKind::Judge,
        "US",
    )
}

/// An emergency request of the FBI, with the danger claimed and believed.
pub fn us_emergency() -> Basis {
    let mut basis = basis(
        "US",
        AuthorityKind::Police,
        InstrumentKind::EmergencyRequest,
        IssuerKind::Police,
        "US",
    );
    basis.emergency = true;
    basis.emergency_believed = true;
    basis
}

/// An order of the Irish District Court that carries out a foreign request.
pub fn section_75_order() -> Basis {
    let mut basis = basis(
        "IE",
        AuthorityKind::Police,
        InstrumentKind::ProductionOrder,
        IssuerKind::Judge,
        "IE",
    );
    basis.instrument.treaty = true;
    basis
}

pub fn swedish_court_decision() -> Basis {
    basis(
        "SE",
        AuthorityKind::Police,
        InstrumentKind::CourtDecision,
        IssuerKind::Judge,
        "SE",
    )
}

pub fn swedish_subscriber_request() -> Basis {
    basis(
        "SE",
        AuthorityKind::Police,
        InstrumentKind::PoliceRequest,
        IssuerKind::Police,
        "SE",
    )
}

pub fn danish_court_order() -> Basis {
    basis(
        "DK",
        AuthorityKind::Police,
        InstrumentKind::CourtDecision,
        IssuerKind::Judge,
        "SE",
    )
}

/// A complete European Production Order of a German issuer, to the Irish establishment.
pub fn german_production_order(issued_by: IssuerKind) -> Basis {
    let mut basis = basis(
        "DE",
        AuthorityKind::Prosecutor,
        InstrumentKind::EuropeanProductionOrder,
        issued_by,
        "IE",
    );
    basis.instrument.qualified_signature = true;
    basis.instrument.notification = Some(Notification::Cleared);
    basis.maximum_penalty_months = Some(60);
    basis
}

/// The same while the enforcing authority may still refuse.
pub fn german_order_not_yet_cleared() -> Basis {
    let mut basis = german_production_order(IssuerKind::Judge);
    basis.instrument.notification = Some(Notification::Pending);
    basis
}

pub fn german_preservation_order() -> Basis {
    let mut basis = german_production_order(IssuerKind::Prosecutor);
    basis.instrument.kind = InstrumentKind::EuropeanPreservationOrder;
    basis
}

/// A British order under the executive agreement, for an account holder in London.
pub fn british_agreement_order() -> Basis {
    let mut basis = basis(
        "GB",
        AuthorityKind::CentralAuthority,
        InstrumentKind::ProductionOrder,
        IssuerKind::Judge,
        "US",
    );
    basis.instrument.treaty = true;
    basis.maximum_penalty_months = Some(36);
    basis
}

/// The folder of the packs.
pub const LAW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../law");

/// Copies the folder of the packs, or a part of it.
pub fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
