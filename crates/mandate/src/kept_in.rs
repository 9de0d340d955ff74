use jiff::Timestamp;
use lagrum_model::Sha256Digest;
use serde::{Deserialize, Serialize};

/// That what is found is sealed to nobody: a copy stays where the data lies, until its time is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptIn {
    /// Where.
    pub kept_in: Vault,
    /// Until when (UTC): from then on the agent erases it.
    pub until: Timestamp,
    /// The mandate under which the copy was frozen, if this one only keeps it for longer: then nothing is
    /// searched. Absent: the mandate is to freeze.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<Sha256Digest>,
}

/// The words that say so in the text that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Vault {
    /// The only ones.
    #[serde(rename = "the vault of the region; nobody gets it without a mandate to hand over")]
    Region,
}

impl KeptIn {
    /// The name of the place, where a recipient has its name.
    pub const NAME: &'static str = "the vault of the region";

    /// A copy that is frozen now, and kept until then (UTC).
    #[must_use]
    pub fn until(until: Timestamp) -> Self {
        Self {
            kept_in: Vault::Region,
            until,
            extends: None,
        }
    }

    /// The copy that was frozen under `mandate`, kept until then (UTC) instead.
    #[must_use]
    pub fn longer(mandate: Sha256Digest, until: Timestamp) -> Self {
        Self {
            extends: Some(mandate),
            ..Self::until(until)
        }
    }
}
