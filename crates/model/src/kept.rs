use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Sha256Digest;

/// How a copy stands that an agent froze in the vault of its region under a mandate to preserve. Tells
/// nothing of what is inside but two numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// SHA-256 of the sealed copy. It names the copy: one that is kept for longer has the same.
    pub copy: Sha256Digest,
    /// Messages and rows in it that certainly lie inside the mandate.
    pub items: u64,
    /// Messages and rows in it that only a person can place inside or outside the mandate.
    pub for_review: u64,
    /// The sources that were searched, by their names.
    pub sources: Vec<String>,
    /// Until when it is kept (UTC): from then on the agent erases it.
    #[schemars(with = "crate::schema::Instant")]
    pub until: Timestamp,
    /// That it is erased. Absent: it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<KeptEnd>,
}

/// That a copy is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeptEnd {
    /// When, by the agent's clock (UTC).
    #[schemars(with = "crate::schema::Instant")]
    pub at: Timestamp,
    /// Why.
    pub because: WhyEnded,
}

/// What ended the keeping of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhyEnded {
    /// Its time was over.
    Expired,
    /// Somebody of the roster recalled the mandate.
    Recalled,
}

impl Kept {
    /// Whether the copy is there, as far as its agent said.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.ended.is_none()
    }
}
