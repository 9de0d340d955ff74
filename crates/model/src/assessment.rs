use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    AccountIdentifier, AskedPeriod, Category, ClockStanding, Controller, CountryCode, EmailAddress,
    Holding, Identifier, Objection, Sha256Digest, SubCategory,
};

/// The answer for one part of a demand.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// Hand it over.
    Produce,
    /// Keep it as it is until the authority sends the instrument that orders production, or the time
    /// is over. Nothing is handed over.
    Preserve,
    /// Not this part, or not all of it, though what else the demand asks for is produced: the instrument
    /// reaches less than it asks for.
    Narrow,
    /// No: invalid, unverified, not named, or without any legal basis.
    Reject,
    /// Ask the enterprise customer, who is the controller.
    RedirectToCustomer,
    /// Ask through mutual legal assistance or another agreed channel.
    RedirectToTreatyChannel,
    /// Two laws conflict: object before the court that issued it.
    Challenge,
    /// Not yet: the law suspends the duty until something happens, for example until the notified
    /// authority has not refused in time (Article 10(2) of Regulation (EU) 2023/1543). Never an
    /// answer: it is assessed again then.
    Wait,
    /// Lawful, but nothing is there.
    NoData,
    /// The law stands not against it, but this provider has no means to find an account by what the
    /// demand says: nobody can tell whether there is anything. No refusal.
    NotLookedUp,
    /// What the authority sent is incomplete, manifestly wrong or says too little: it is asked, and
    /// where the law says so the duty is suspended until it answers. No refusal.
    Ask,
    /// Counsel answers by hand, outside this system. No refusal.
    ByHand,
    /// The law stands not against it, and an agent can find out whose account it is: that is done first,
    /// under a mandate of its own, and nothing leaves. Never the last word: it is assessed again then.
    LookUp,
}

impl Disposition {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Produce,
        Self::Preserve,
        Self::Narrow,
        Self::Reject,
        Self::RedirectToCustomer,
        Self::RedirectToTreatyChannel,
        Self::Challenge,
        Self::Wait,
        Self::NoData,
        Self::NotLookedUp,
        Self::Ask,
        Self::ByHand,
        Self::LookUp,
    ];

    /// The spelling used in files and in the law packs' `@route`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Produce => "produce",
            Self::Preserve => "preserve",
            Self::Narrow => "narrow",
            Self::Reject => "reject",
            Self::RedirectToCustomer => "redirect-to-customer",
            Self::RedirectToTreatyChannel => "redirect-to-treaty-channel",
            Self::Challenge => "challenge",
            Self::Wait => "wait",
            Self::NoData => "no-data",
            Self::NotLookedUp => "not-looked-up",
            Self::Ask => "ask",
            Self::ByHand => "by-hand",
            Self::LookUp => "look-up",
        }
    }

    /// Reads the word of [`Disposition::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|disposition| disposition.as_str() == text)
    }

    /// Whether an agent is sent to look for something that is answered: to produce, to state under signature
    /// that there is nothing, or to find out whose account it is.
    #[must_use]
    pub fn is_carried_out(self) -> bool {
        matches!(self, Self::Produce | Self::NoData | Self::LookUp)
    }

    /// Whether the law lets the provider do what the part asks for, so that an agent gets a mandate for it.
    /// No other answer can be turned into one of these by a person.
    #[must_use]
    pub fn is_granted(self) -> bool {
        self.is_carried_out() || self == Self::Preserve
    }

    /// Whether more would be done by this answer than by the one that the law proposes.
    #[must_use]
    pub fn is_laxer_than(self, proposed: Self) -> bool {
        self.is_granted()
            && (!proposed.is_granted()
                || self.is_carried_out() != proposed.is_carried_out()
                || (self == Self::LookUp) != (proposed == Self::LookUp))
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Produce => "produce",
            Self::Preserve => "preserve",
            Self::Narrow => "narrow",
            Self::Reject => "reject",
            Self::RedirectToCustomer => "redirect to customer",
            Self::RedirectToTreatyChannel => "redirect to treaty channel",
            Self::Challenge => "challenge",
            Self::Wait => "wait",
            Self::NoData => "no data",
            Self::NotLookedUp => "cannot be looked up here",
            Self::Ask => "ask",
            Self::ByHand => "answer by hand",
            Self::LookUp => "look up whose account it is",
        })
    }
}

/// What a rule does when it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It gives a legal basis.
    Permit,
    /// It stops what is asked for, whatever else permits it.
    Forbid,
}

/// One rule of a law pack that applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The rule's name, for example `us.sca.content.warrant`.
    pub rule: String,
    /// What it does.
    pub effect: Effect,
    /// The provision.
    pub cite: String,
    /// What it means, in one plain sentence.
    pub says: String,
    /// How far this reading is verified: `primary text`, `secondary`, or `unverified`.
    pub verified: String,
}

/// The law applied to one holding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What the law proposes to do.
    pub disposition: Disposition,
    /// What the requesting authority can do instead, if not all is produced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// The rules that decided it. For a refusal without a forbidding rule the list is empty:
    /// nothing permits it.
    pub decided_by: Vec<Citation>,
    /// Rules that would have permitted what a forbidding rule stopped: the other side of a
    /// conflict of laws.
    #[serde(default)]
    pub overridden: Vec<Citation>,
    /// The State through which the authority can ask instead, where the advice names a way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<CountryCode>,
    /// With which form it is told to the authority, where the law has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// How far the law lets the part reach, where it asks for more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
}

impl Finding {
    /// Whether it is narrowed to some boxes below the category: what lies in them is handed over.
    #[must_use]
    pub fn is_in_part(&self) -> bool {
        let within = self.within.as_ref();
        self.disposition == Disposition::Narrow
            && within.is_some_and(|within| !within.sub_categories.is_empty())
    }

    /// Whether something is handed over, and less than the part asks for: some of the boxes, or a shorter period.
    #[must_use]
    pub fn reaches_less(&self) -> bool {
        self.proposed() == Disposition::Produce && self.within.as_ref().is_some_and(Within::is_less)
    }

    /// The answer that the law proposes: what is narrowed to a part of it is handed over for that part.
    #[must_use]
    pub fn proposed(&self) -> Disposition {
        match self.is_in_part() {
            true => Disposition::Produce,
            false => self.disposition,
        }
    }
}

/// The form of Annex III to Regulation (EU) 2023/1543, with which an addressee says why it does not
/// do what a certificate asks for, or asks what it lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The reason that is ticked.
    pub reason: FormReason,
    /// Whether it goes to the enforcing authority as well as to the issuing authority.
    pub enforcing_authority: bool,
}

/// The reasons of section D of that form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FormReason {
    /// The certificate is incomplete.
    Incomplete,
    /// It contains manifest errors.
    ManifestErrors,
    /// It does not say enough to be carried out.
    InsufficientInformation,
    /// The data was not stored by or for the provider at receipt.
    NotStored,
    /// It cannot be done for other reasons that are not the addressee's.
    Impossible,
    /// No authority of Article 4 issued or validated it.
    NotIssuedOrValidated,
    /// Traffic data or content for an offence outside Article 5(4).
    Offence,
    /// The service is not covered.
    ServiceNotCovered,
    /// Immunities, privileges, or the rules on freedom of the press.
    ImmunityOrPrivilege,
    /// The law of a third country; section E says more.
    ThirdCountryLaw,
    /// Another reason, in words (point (b) of the section).
    Other,
}

impl FormReason {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Incomplete,
        Self::ManifestErrors,
        Self::InsufficientInformation,
        Self::NotStored,
        Self::Impossible,
        Self::NotIssuedOrValidated,
        Self::Offence,
        Self::ServiceNotCovered,
        Self::ImmunityOrPrivilege,
        Self::ThirdCountryLaw,
        Self::Other,
    ];

    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::ManifestErrors => "manifest-errors",
            Self::InsufficientInformation => "insufficient-information",
            Self::NotStored => "not-stored",
            Self::Impossible => "impossible",
            Self::NotIssuedOrValidated => "not-issued-or-validated",
            Self::Offence => "offence",
            Self::ServiceNotCovered => "service-not-covered",
            Self::ImmunityOrPrivilege => "immunity-or-privilege",
            Self::ThirdCountryLaw => "third-country-law",
            Self::Other => "other",
        }
    }
}

impl FormReason {
    /// Reads the word of [`FormReason::as_str`].
    ///
    /// # Errors
    /// A sentence that lists the words.
    pub fn parse(text: &str) -> Result<Self, String> {
        crate::by_word(text, &Self::ALL, Self::as_str, "is no ground of Annex III")
    }
}

impl From<Objection> for FormReason {
    fn from(objection: Objection) -> Self {
        match objection {
            Objection::Incomplete => Self::Incomplete,
            Objection::ManifestError => Self::ManifestErrors,
            Objection::InsufficientInformation => Self::InsufficientInformation,
            Objection::NotStored => Self::NotStored,
            Objection::Impossible => Self::Impossible,
            Objection::ServiceNotCovered => Self::ServiceNotCovered,
            Objection::ImmunityOrPrivilege => Self::ImmunityOrPrivilege,
            Objection::OtherReason => Self::Other,
        }
    }
}

/// What the law covers of what a part asks for, where that is less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// What is left of the period that was asked for (UTC). Absent: all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<AskedPeriod>,
    /// What is left of the category. Empty: all that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_categories: Vec<SubCategory>,
    /// Whether the period that was asked for had no end: then it ends with the receipt, and nothing of it is cut.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// The rules that cut it, or those that reach no further.
    pub by: Vec<Citation>,
}

impl Within {
    /// Whether less is left than was asked for.
    #[must_use]
    pub fn is_less(&self) -> bool {
        !self.sub_categories.is_empty() || (self.period.is_some() && !self.open)
    }
}

/// One part of a demand: one identifier, one category, one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The part of the demand that asks for it, counted from 0.
    pub asked_in: usize,
    /// Whose data, as the demand names it.
    pub identifier: Identifier,
    /// The account that an agent found it to be, where the demand names it by something else than its
    /// address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<EmailAddress>,
    /// Which kind.
    pub category: Category,
    /// Which boxes below the category are ticked. Empty: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_categories: Vec<SubCategory>,
    /// The holding, if the identifier names an account here. Without one, nothing is known to be
    /// held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holding: Option<Holding>,
    /// What the law says.
    pub finding: Finding,
    /// What the analyst should know besides, for example that the identifier is an alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Part {
    /// By what an agent is told whose data it is: the account that was found, or else what the demand
    /// says, if that names one.
    #[must_use]
    pub fn named(&self) -> Option<AccountIdentifier> {
        let found = self.account.clone().map(Identifier::EmailAddress);
        found
            .unwrap_or_else(|| self.identifier.clone())
            .try_into()
            .ok()
    }

    /// Which boxes below the category may be handed over or kept, if the rest of the finding says so.
    /// Empty: all of it.
    #[must_use]
    pub fn covered(&self) -> &[SubCategory] {
        match &self.finding.within {
            Some(within) if !within.sub_categories.is_empty() => &within.sub_categories,
            _ => &self.sub_categories,
        }
    }
}

/// The law applied to a whole demand, part by part, as it stood on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The day whose law was applied.
    #[schemars(with = "crate::schema::Day")]
    pub as_of: Date,
    /// SHA-256 over the law packs that were used.
    pub law: Sha256Digest,
    /// How the clocks of the demand stood then, by the names of their rules; a clock that nothing
    /// started or that is done is not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clocks: BTreeMap<String, ClockStanding>,
    /// Each part with its finding.
    pub parts: Vec<Part>,
}

impl Assessment {
    /// The dispositions that occur, each once, in the order of [`Disposition`].
    #[must_use]
    pub fn dispositions(&self) -> Vec<Disposition> {
        let mut all: Vec<_> = self
            .parts
            .iter()
            .map(|part| part.finding.disposition)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether some of the data is kept for an enterprise customer.
    #[must_use]
    pub fn concerns_enterprise(&self) -> bool {
        let held = self.parts.iter().filter_map(|part| part.holding.as_ref());
        held.into_iter()
            .any(|held| held.controller == Controller::Enterprise)
    }
}
