//! The mark beside an agent's key, by which the key works with the newest record and with no other.

use jiff::Timestamp;
use lagrum_mandate::Nonce;
use lagrum_model::Sha256Digest;
use serde::{Deserialize, Serialize};

/// What lies beside the agent's key, apart from the record: which record belongs to the key, and how
/// much it knew when this was written.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    pub(super) record: String,
    pub(super) carried: u64,
    pub(super) recalled: u64,
    /// The latest instant (UTC) at which the agent worked.
    pub(super) latest: String,
    /// How many entries of the log it has seen.
    pub(super) seen: u64,
    /// The mandate that was about to be recorded, and is among those that `carried` counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) begun: Option<Begun>,
}

/// A mandate whose package is sealed and that is about to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begun {
    pub(super) nonce: Nonce,
    pub(super) mandate: Sha256Digest,
}

impl Mark {
    /// Whether a record that knows `knows` may be an older one than this was written for.
    pub(super) fn is_ahead_of(&self, knows: &Self) -> bool {
        let instant = |mark: &Self| mark.latest.parse::<Timestamp>().ok();
        self.carried > knows.carried
            || self.recalled > knows.recalled
            || instant(self) > instant(knows)
            || self.seen > knows.seen
    }
}

/// The longest mark that is read.
pub(super) const LONGEST_MARK: u64 = 4 << 10;
