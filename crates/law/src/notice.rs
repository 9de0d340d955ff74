//! Secrecy and notice: who tells whom of a demand, whether the provider must, may, may not yet or
//! must not, and what it does next. The rules stand in `law/<pack>/notice.toml`.
//!
//! **Invariant.** "Tell" is the next step only where the provider must tell, something was handed
//! over, the sender is verified, no danger lasts and no prohibition stands; what a pack says cannot
//! change that. What the provider merely may do is never the next step.

mod data;
mod engine;

use jiff::Timestamp;
use lagrum_model::Moment;
use serde::{Deserialize, Serialize};

pub use data::NoticeRule;
pub use engine::{Notices, Situation};

/// Who tells whom of one demand, whether the provider does, and what it does next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The rule that decides: of several the strictest. Absent if no pack says anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who tells.
    pub who: Teller,
    /// Who is told.
    pub whom: Told,
    /// Whether the provider must, may, may not yet or must not.
    pub may_tell: MayTell,
    /// What the provider does next.
    pub next_step: NextStep,
    /// Until when it does that (UTC), where there is an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_by: Option<Timestamp>,
    /// The provision.
    pub cite: String,
    /// What it means, in one plain sentence.
    pub says: String,
    /// How far the reading is verified.
    pub verified: String,
}

/// Who tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Teller {
    /// The authority or its court.
    Authority,
    /// The provider.
    Provider,
    /// Nobody is bound to.
    Nobody,
}

impl Teller {
    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Provider => "provider",
            Self::Nobody => "nobody",
        }
    }
}

/// Who is told.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// The person whose account it is.
    #[default]
    AccountHolder,
    /// The customer that is the controller of the data, which the provider processes for it.
    Controller,
}

impl Told {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::AccountHolder, Self::Controller];

    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountHolder => "account-holder",
            Self::Controller => "controller",
        }
    }

    /// What is recorded once they are told.
    #[must_use]
    pub fn moment(self) -> Moment {
        match self {
            Self::AccountHolder => Moment::AccountHolderTold,
            Self::Controller => Moment::ControllerTold,
        }
    }
}

/// Whether the provider tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum MayTell {
    /// It must.
    Must,
    /// It may; whether it does, counsel chooses.
    May,
    /// It may not yet.
    NotYet {
        /// What has to happen first.
        waits_for: WaitsFor,
        /// Before which instant (UTC) it must not in any case, where one is stated.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// It must not, and no end of that is known.
    MustNot,
}

impl MayTell {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::May => "may",
            Self::NotYet { .. } => "not-yet",
            Self::MustNot => "must-not",
        }
    }
}

/// What has to happen before the provider may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaitsFor {
    /// The order of secrecy ends.
    Order,
    /// The danger on which the demand rests is over.
    DangerOver,
    /// A person at the provider verified that the demand comes from its authority.
    Verified,
    /// The authority permits it.
    Permission,
    /// Counsel finds out what the law says.
    Counsel,
}

impl WaitsFor {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Order,
        Self::DangerOver,
        Self::Verified,
        Self::Permission,
        Self::Counsel,
    ];

    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::DangerOver => "danger-over",
            Self::Verified => "verified",
            Self::Permission => "permission",
            Self::Counsel => "counsel",
        }
    }
}

/// What the provider does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextStep {
    /// Tell.
    Tell,
    /// Tell at the latest when effect is given to the demand.
    TellWithEffect,
    /// Counsel chooses whether to tell, and when.
    Choose,
    /// Wait until the order of secrecy ends.
    WaitForEnd,
    /// The order ends soon: find out whether it is renewed.
    AskForRenewal,
    /// The order names no end: ask for one, or challenge it.
    AskForEnd,
    /// Ask on what the prohibition rests: the provision that would bear it does not reach this
    /// instrument.
    AskForBasis,
    /// Notify the government that a court's review is wanted.
    AskForReview,
    /// Wait until the danger is over.
    WaitForDanger,
    /// Find out whether the demand is genuine.
    Verify,
    /// Leave it to the authority.
    AuthorityTells,
    /// Ask the authority whether it has told the account holder, and whether the provider may.
    AskWhetherTold,
    /// Ask for the authority's permission.
    AskPermission,
    /// Ask counsel: no rule that can be relied on was found.
    AskCounsel,
    /// Nothing: it was told.
    Nothing,
}

impl NextStep {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Tell,
        Self::TellWithEffect,
        Self::Choose,
        Self::WaitForEnd,
        Self::AskForRenewal,
        Self::AskForEnd,
        Self::AskForBasis,
        Self::AskForReview,
        Self::WaitForDanger,
        Self::Verify,
        Self::AuthorityTells,
        Self::AskWhetherTold,
        Self::AskPermission,
        Self::AskCounsel,
        Self::Nothing,
    ];

    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tell => "tell",
            Self::TellWithEffect => "tell-with-effect",
            Self::Choose => "choose",
            Self::WaitForEnd => "wait-for-end",
            Self::AskForRenewal => "ask-for-renewal",
            Self::AskForEnd => "ask-for-end",
            Self::AskForBasis => "ask-for-basis",
            Self::AskForReview => "ask-for-review",
            Self::WaitForDanger => "wait-for-danger",
            Self::Verify => "verify",
            Self::AuthorityTells => "authority-tells",
            Self::AskWhetherTold => "ask-whether-told",
            Self::AskPermission => "ask-permission",
            Self::AskCounsel => "ask-counsel",
            Self::Nothing => "nothing",
        }
    }
}

#[cfg(test)]
mod proof;
#[cfg(test)]
mod tests;
