//! Whether a demand comes from whom it names.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A call to the authority that a demand names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallBack {
    /// The number that was called: the one that the provider has of the authority, never one that
    /// stands in the demand.
    pub number: String,
    /// Who answered, as they gave their name.
    pub answered_by: String,
    /// When (UTC).
    #[schemars(with = "crate::schema::Instant")]
    pub at: Timestamp,
    /// Whether they confirmed that the demand is theirs.
    pub confirmed: bool,
}

/// Something about the sender that is not as the provider knows the authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SenderWarning {
    /// No authority of that name and country is in the provider's list.
    UnknownAuthority,
    /// The address is in none of the authority's domains.
    OtherDomain {
        /// The address, as the demand or its arrival has it.
        address: String,
    },
    /// It came from another number than the one that the provider has.
    OtherNumber {
        /// The number, as the arrival has it.
        number: String,
    },
    /// The authority is of another kind than the provider knows it to be.
    OtherKind,
    /// An officer of another authority sent it through the door.
    OtherAuthority {
        /// The officer's authority.
        name: String,
    },
}

impl SenderWarning {
    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::UnknownAuthority => "unknown-authority",
            Self::OtherDomain { .. } => "other-domain",
            Self::OtherNumber { .. } => "other-number",
            Self::OtherKind => "other-kind",
            Self::OtherAuthority { .. } => "other-authority",
        }
    }
}
