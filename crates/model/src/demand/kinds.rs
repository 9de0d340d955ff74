//! The words of a demand file that stand for one of several kinds.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Disposition;

/// Kinds of authority that ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityKind {
    /// A court or a judge.
    Court,
    /// A public prosecutor.
    Prosecutor,
    /// Police.
    Police,
    /// A central authority for mutual legal assistance.
    CentralAuthority,
    /// An intelligence or security service.
    SecurityService,
    /// Tax, customs, competition and other authorities.
    OtherAuthority,
    /// A party to proceedings, or its lawyer: no authority.
    PrivateParty,
}

/// Kinds of instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InstrumentKind {
    /// A judge's warrant to search for and seize evidence.
    SearchWarrant,
    /// A subpoena: administrative, of a grand jury, or for trial.
    Subpoena,
    /// A court order under 18 U.S.C. § 2703(d).
    DisclosureOrder,
    /// A European Production Order Certificate (Regulation (EU) 2023/1543, Annex I).
    EuropeanProductionOrder,
    /// A European Preservation Order Certificate (Regulation (EU) 2023/1543, Annex II).
    EuropeanPreservationOrder,
    /// A request for mutual legal assistance, as such.
    MutualLegalAssistanceRequest,
    /// A court's order to produce, for example under section 75 of the Irish Criminal Justice
    /// (Mutual Assistance) Act 2008.
    ProductionOrder,
    /// A court's decision permitting a covert or coercive measure, for example under chapter 27 of
    /// the Swedish Code of Judicial Procedure.
    CourtDecision,
    /// A prosecutor's or investigation leader's decision.
    ProsecutorDecision,
    /// A police request that rests on a statute, without a court.
    PoliceRequest,
    /// A request to preserve data, pending process.
    PreservationRequest,
    /// A request that rests on danger alone.
    EmergencyRequest,
    /// A National Security Letter (18 U.S.C. § 2709).
    NationalSecurityLetter,
    /// An order or directive under the Foreign Intelligence Surveillance Act.
    ForeignIntelligenceOrder,
    /// A European Investigation Order (Directive 2014/41/EU), as such.
    EuropeanInvestigationOrder,
    /// An order to preserve under national law, for example chapter 27, section 16 of the Swedish
    /// Code of Judicial Procedure.
    PreservationOrder,
    /// A notice or authorisation to obtain communications data (Part 3 of the Investigatory Powers
    /// Act 2016).
    CommunicationsDataNotice,
    /// A warrant to intercept communications.
    InterceptionWarrant,
    /// An order under Article 10 of Regulation (EU) 2022/2065 that names no other legal basis.
    DigitalServicesOrder,
}

impl InstrumentKind {
    /// Whether it is a certificate of Regulation (EU) 2023/1543.
    #[must_use]
    pub fn is_certificate(self) -> bool {
        matches!(
            self,
            Self::EuropeanProductionOrder | Self::EuropeanPreservationOrder
        )
    }

    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::SearchWarrant,
        Self::Subpoena,
        Self::DisclosureOrder,
        Self::EuropeanProductionOrder,
        Self::EuropeanPreservationOrder,
        Self::MutualLegalAssistanceRequest,
        Self::ProductionOrder,
        Self::CourtDecision,
        Self::ProsecutorDecision,
        Self::PoliceRequest,
        Self::PreservationRequest,
        Self::EmergencyRequest,
        Self::NationalSecurityLetter,
        Self::ForeignIntelligenceOrder,
        Self::EuropeanInvestigationOrder,
        Self::PreservationOrder,
        Self::CommunicationsDataNotice,
        Self::InterceptionWarrant,
        Self::DigitalServicesOrder,
    ];

    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SearchWarrant => "search-warrant",
            Self::Subpoena => "subpoena",
            Self::DisclosureOrder => "disclosure-order",
            Self::EuropeanProductionOrder => "european-production-order",
            Self::EuropeanPreservationOrder => "european-preservation-order",
            Self::MutualLegalAssistanceRequest => "mutual-legal-assistance-request",
            Self::ProductionOrder => "production-order",
            Self::CourtDecision => "court-decision",
            Self::ProsecutorDecision => "prosecutor-decision",
            Self::PoliceRequest => "police-request",
            Self::PreservationRequest => "preservation-request",
            Self::EmergencyRequest => "emergency-request",
            Self::NationalSecurityLetter => "national-security-letter",
            Self::ForeignIntelligenceOrder => "foreign-intelligence-order",
            Self::EuropeanInvestigationOrder => "european-investigation-order",
            Self::PreservationOrder => "preservation-order",
            Self::CommunicationsDataNotice => "communications-data-notice",
            Self::InterceptionWarrant => "interception-warrant",
            Self::DigitalServicesOrder => "digital-services-order",
        }
    }
}

/// The measure that an instrument permits or orders, where one kind of instrument serves for several:
/// a court's decision may open a mailbox, or only what its messages show from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// To read messages in secret: hemlig avlyssning (27 kap. 18 § of the Swedish Code of Judicial
    /// Procedure), telefonaflytning (§ 780(1)(1) of the Danish one), a wiretap.
    Interception,
    /// To learn of messages what is not their content: hemlig övervakning (27 kap. 19 §),
    /// teleoplysning (§ 780(1)(3)), a pen register or trap and trace device, an authorisation under
    /// section 6A or 7C of the Irish Act of 2011.
    Surveillance,
    /// To seize: beslag.
    Seizure,
    /// To order somebody who is not suspected to hand over what may be evidence: edition (§ 804 of
    /// the Danish Code), a production order under section 75 of the Irish Act of 2008.
    Edition,
    /// To search a place.
    Search,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Interception,
        Self::Surveillance,
        Self::Seizure,
        Self::Edition,
        Self::Search,
    ];

    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interception => "interception",
            Self::Surveillance => "surveillance",
            Self::Seizure => "seizure",
            Self::Edition => "edition",
            Self::Search => "search",
        }
    }
}

/// What an instrument asks the provider to do with data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Hand it over.
    Disclose,
    /// Keep it as it is, and hand over nothing (Article 16 of the Convention on Cybercrime).
    Preserve,
}

impl Act {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Disclose, Self::Preserve];

    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disclose => "disclose",
            Self::Preserve => "preserve",
        }
    }

    /// The disposition of a part for which the law requires or allows the act.
    #[must_use]
    pub fn granted(self) -> Disposition {
        match self {
            Self::Disclose => Disposition::Produce,
            Self::Preserve => Disposition::Preserve,
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl InstrumentKind {
    /// What an instrument of this kind asks for.
    #[must_use]
    pub fn act(self) -> Act {
        match self {
            Self::PreservationRequest
            | Self::PreservationOrder
            | Self::EuropeanPreservationOrder => Act::Preserve,
            Self::SearchWarrant
            | Self::Subpoena
            | Self::DisclosureOrder
            | Self::EuropeanProductionOrder
            | Self::MutualLegalAssistanceRequest
            | Self::ProductionOrder
            | Self::CourtDecision
            | Self::ProsecutorDecision
            | Self::PoliceRequest
            | Self::EmergencyRequest
            | Self::NationalSecurityLetter
            | Self::ForeignIntelligenceOrder
            | Self::EuropeanInvestigationOrder
            | Self::CommunicationsDataNotice
            | Self::InterceptionWarrant
            | Self::DigitalServicesOrder => Act::Disclose,
        }
    }
}

impl fmt::Display for InstrumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('-', " "))
    }
}

impl AuthorityKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Court,
        Self::Prosecutor,
        Self::Police,
        Self::CentralAuthority,
        Self::SecurityService,
        Self::OtherAuthority,
        Self::PrivateParty,
    ];

    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Prosecutor => "prosecutor",
            Self::Police => "police",
            Self::CentralAuthority => "central-authority",
            Self::SecurityService => "security-service",
            Self::OtherAuthority => "other-authority",
            Self::PrivateParty => "private-party",
        }
    }
}

/// In which capacity somebody issued or validated an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IssuerKind {
    /// A judge, a court or an investigating judge.
    Judge,
    /// A public prosecutor.
    Prosecutor,
    /// A police officer.
    Police,
    /// Somebody else.
    Other,
}

impl IssuerKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Judge, Self::Prosecutor, Self::Police, Self::Other];

    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Judge => "judge",
            Self::Prosecutor => "prosecutor",
            Self::Police => "police",
            Self::Other => "other",
        }
    }
}

/// Kinds of signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureForm {
    /// By hand, with or without a stamp.
    Handwritten,
    /// Electronic, but not qualified.
    Electronic,
    /// A qualified electronic signature or seal (Regulation (EU) No 910/2014).
    Qualified,
}

/// State of the notification to the enforcing authority (Article 8 of Regulation (EU) 2023/1543).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Notification {
    /// Not required: offence and person are in the issuing State (Article 8(2)).
    NotRequired,
    /// Notified; its time to raise a ground for refusal still runs (Article 8(4)).
    Pending,
    /// It raised none in time, or cleared the order early (Article 10(2)).
    Cleared,
    /// It raised a ground for refusal (Article 12).
    Refused,
}

impl Notification {
    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotRequired => "not-required",
            Self::Pending => "pending",
            Self::Cleared => "cleared",
            Self::Refused => "refused",
        }
    }
}

/// What a danger threatens (Article 3(18) of Regulation (EU) 2023/1543; 18 U.S.C. § 2702(b)(8)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ThreatTo {
    /// Life, physical integrity or safety of a person.
    Person,
    /// A critical infrastructure, with such consequence.
    CriticalInfrastructure,
}
