//! The columns that other providers print. No law asks for them: they are here so that figures can be compared.
//!
//! What the facts of a case do not carry is a blank cell. In all of these tables that is:
//! - the name of a country: it stands as its two letters (ISO 3166-1);
//! - what kind of identifier was named, so that Apple's kinds `device` and `financial_identifier` are in `account`;
//! - accounts preserved, restricted or deleted; whether an account is a consumer's or an enterprise's;
//! - whether data was asked for as it comes in (a wiretap, a pen register).
//!
//! A request counts as disclosed if anything was produced. A request of which content was produced counts under content,
//! whatever else was produced; one that is not answered yet counts as received alone.

mod apple;
mod github;
mod google;
mod microsoft;
mod toolkit;

use lagrum_model::{Act, InstrumentKind};

use crate::demand::Kind;
pub use apple::apple;
pub use github::{GitHub, github};
pub use google::google;
pub use microsoft::{microsoft, microsoft_content_stored_abroad};
pub use toolkit::transparency_reporting_toolkit;

/// What others tell apart, whatever its name at home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Process {
    SearchWarrant,
    /// What a court ordered that is no search warrant.
    CourtOrder,
    /// What binds without a court: a subpoena, a prosecutor's decision, a police request that rests on a statute.
    Subpoena,
    /// What a private party sent.
    Civil,
    /// What rests on danger alone.
    Emergency,
    /// What asks only to keep data.
    Preservation,
    /// What comes through mutual legal assistance, as such.
    Other,
}

fn process(kind: &Kind) -> Process {
    use InstrumentKind as Kind;
    if kind.is_private {
        return Process::Civil;
    }
    if kind.instrument.act() == Act::Preserve {
        return Process::Preservation;
    }
    match kind.instrument {
        Kind::SearchWarrant => Process::SearchWarrant,
        Kind::EmergencyRequest => Process::Emergency,
        Kind::Subpoena | Kind::ProsecutorDecision | Kind::PoliceRequest => Process::Subpoena,
        Kind::DisclosureOrder
        | Kind::EuropeanProductionOrder
        | Kind::EuropeanInvestigationOrder
        | Kind::ProductionOrder
        | Kind::CourtDecision
        | Kind::DigitalServicesOrder => Process::CourtOrder,
        Kind::MutualLegalAssistanceRequest
        | Kind::PreservationRequest
        | Kind::PreservationOrder
        | Kind::EuropeanPreservationOrder
        // These are not counted, and are never a [`crate::Demand`].
        | Kind::NationalSecurityLetter
        | Kind::ForeignIntelligenceOrder
        | Kind::CommunicationsDataNotice
        | Kind::InterceptionWarrant => Process::Other,
    }
}

#[cfg(test)]
mod tests;
