//! Secrecy and notice: who tells the account holder, from when on the provider may, and what it
//! does about an order of secrecy until then. The rules stand in `law/<pack>/notice.toml`.

mod data;
mod engine;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use data::NoticeRule;
pub use engine::Notices;

/// Who may tell the account holder of one demand, and what the provider does next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The rule that decides: of several the strictest. Absent if no pack says anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who tells the account holder.
    pub who: Teller,
    /// Whether the provider may.
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

/// Who tells the account holder.
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

/// Whether the provider may tell the account holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum MayTell {
    /// It may.
    Yes,
    /// It must.
    Must,
    /// It must not.
    No {
        /// Until when (UTC). Absent: no end is known.
        until: Option<Timestamp>,
    },
}

impl MayTell {
    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Must => "must",
            Self::No { until: None } => "no",
            Self::No { until: Some(_) } => "no-until",
        }
    }
}

/// What the provider does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NextStep {
    /// Tell the account holder.
    Tell,
    /// Wait until the order of secrecy ends, and tell then.
    WaitAndTell,
    /// The order ends soon: find out whether it is renewed; challenge a renewal, or tell.
    RenewalOrTell,
    /// The order names no end: ask for one, or challenge it.
    AskForEnd,
    /// Ask on what the prohibition rests: the provision that would bear it does not reach this
    /// instrument.
    AskForBasis,
    /// Notify the government that a court's review is wanted.
    AskForReview,
    /// Leave it to the authority.
    AuthorityTells,
    /// Ask the authority whether it has told the account holder, and whether the provider may.
    AskWhetherTold,
    /// Ask for the authority's permission.
    AskPermission,
    /// Ask counsel: no rule that can be relied on was found.
    AskCounsel,
}

impl NextStep {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Tell,
        Self::WaitAndTell,
        Self::RenewalOrTell,
        Self::AskForEnd,
        Self::AskForBasis,
        Self::AskForReview,
        Self::AuthorityTells,
        Self::AskWhetherTold,
        Self::AskPermission,
        Self::AskCounsel,
    ];

    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tell => "tell",
            Self::WaitAndTell => "wait-and-tell",
            Self::RenewalOrTell => "renewal-or-tell",
            Self::AskForEnd => "ask-for-end",
            Self::AskForBasis => "ask-for-basis",
            Self::AskForReview => "ask-for-review",
            Self::AuthorityTells => "authority-tells",
            Self::AskWhetherTold => "ask-whether-told",
            Self::AskPermission => "ask-permission",
            Self::AskCounsel => "ask-counsel",
        }
    }
}

#[cfg(test)]
mod tests;
