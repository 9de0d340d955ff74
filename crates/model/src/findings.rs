use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::CountryCode;

/// What the provider itself found about a demand, and counsel recorded. Never the authority's
/// claim: whoever takes in a demand that a machine of an authority wrote leaves it empty.
///
/// Absent means: not found, and every rule that asks for it takes the stricter side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderFindings {
    /// The law of another country that disclosure would collide with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Conflict>,
    /// Which of the closed list of an addressee's own objections to a European order stands
    /// (Articles 10(5) to (8) and 16(4) of Regulation (EU) 2023/1543).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<Objection>,
    /// A ground of Chapter V of Regulation (EU) 2016/679 other than its Article 48, and a legal
    /// basis in its Article 6, carry the transfer in this case.
    #[serde(default, skip_serializing_if = "is_false")]
    pub transfer_ground: bool,
    /// What is asked for has no visible connection with what is investigated.
    #[serde(default, skip_serializing_if = "is_false")]
    pub relevance_doubted: bool,
    /// The law of the country where the data lies does not forbid the disclosure.
    #[serde(default, skip_serializing_if = "is_false")]
    pub foreign_law_cleared: bool,
    /// Counsel admitted in the authority's country confirmed that the instrument is valid there and
    /// binds the addressed company. Asked for where no law pack covers that country.
    #[serde(default, skip_serializing_if = "is_false")]
    pub local_law_confirmed: bool,
    /// Professional privilege does not stand against the disclosure of data that is kept for a
    /// person bound by professional secrecy.
    #[serde(default, skip_serializing_if = "is_false")]
    pub privilege_cleared: bool,
    /// What is asked for lies outside what the notified authority objected to, and the conditions
    /// that it set are told to the authority that asks (Article 12(4) of Regulation (EU) 2023/1543).
    #[serde(default, skip_serializing_if = "is_false")]
    pub partial_refusal_settled: bool,
}

/// A collision between the law that the demand rests on and the law of another country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The country whose law stands against disclosure.
    pub country: CountryCode,
    /// What that law does.
    pub ground: ConflictGround,
    /// Counsel confirmed that the country is a qualifying foreign government: an executive agreement
    /// in force, and a law that gives providers similar rights (18 U.S.C. § 2703(h)(1)(A)).
    #[serde(default, skip_serializing_if = "is_false")]
    pub qualifying_government: bool,
    /// What came of the objection, once it was raised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ConflictOutcome>,
}

/// What the other country's law does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictGround {
    /// It forbids the disclosure.
    Forbids,
    /// It merely has no similar provision: no ground of an objection (Article 17(2)(a) of
    /// Regulation (EU) 2023/1543).
    NoSimilarProvision,
    /// The data merely lies there: no ground of an objection (Article 17(2)(b) of Regulation (EU)
    /// 2023/1543).
    PlaceOfStorage,
}

impl ConflictGround {
    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Forbids => "forbids",
            Self::NoSimilarProvision => "no-similar-provision",
            Self::PlaceOfStorage => "place-of-storage",
        }
    }
}

/// What came of an objection for conflict of laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictOutcome {
    /// It is before the court or the issuing authority: preserve, and do not produce.
    Pending,
    /// The competent court weighed both laws and ordered the disclosure.
    DisclosureOrdered,
    /// The competent court quashed, modified or lifted the order.
    OrderLifted,
    /// The time to raise it passed (14 days of 18 U.S.C. § 2703(h)(2); 10 days of Article 17(2) of
    /// Regulation (EU) 2023/1543).
    OutOfTime,
}

impl ConflictOutcome {
    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::DisclosureOrdered => "disclosure-ordered",
            Self::OrderLifted => "order-lifted",
            Self::OutOfTime => "out-of-time",
        }
    }
}

/// An addressee's own objection to a European order. The list is closed: fundamental rights, double
/// jeopardy and dual criminality are for the enforcing authority (Article 12 of Regulation (EU)
/// 2023/1543).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Objection {
    /// Immunity, privilege, or the rules on freedom of the press, as far as the certificate itself
    /// shows it (Article 10(5)).
    ImmunityOrPrivilege,
    /// The certificate is incomplete (Article 10(6)).
    Incomplete,
    /// It has a manifest error (Article 10(6)).
    ManifestError,
    /// It does not say enough to be carried out (Article 10(6)).
    InsufficientInformation,
    /// It cannot be carried out for reasons that are not the addressee's (Article 10(7)).
    Impossible,
    /// The data was not stored when the order was received (Articles 3(8) and 16(4)(d)).
    NotStored,
    /// The service is none that the Regulation covers (Article 16(4)(e)).
    ServiceNotCovered,
    /// Another reason, which the addressee must state (Article 10(8)).
    OtherReason,
}

impl Objection {
    /// The spelling used in demand files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ImmunityOrPrivilege => "immunity-or-privilege",
            Self::Incomplete => "incomplete",
            Self::ManifestError => "manifest-error",
            Self::InsufficientInformation => "insufficient-information",
            Self::Impossible => "impossible",
            Self::NotStored => "not-stored",
            Self::ServiceNotCovered => "service-not-covered",
            Self::OtherReason => "other-reason",
        }
    }
}

/// For serde: a fact that is not there is not written.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
pub(crate) fn is_false(value: &bool) -> bool {
    !*value
}

/// For serde: a set of facts none of which is there is not written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
