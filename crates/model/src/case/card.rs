use serde::{Deserialize, Serialize};

use crate::Sha256Digest;

/// The card by which a case is counted in the public figures: where it lies in the log, and what it is. What
/// opens it is kept beside the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountCard {
    /// The number of the log's file of cards.
    pub slot: u64,
    /// Its place in the file, from 0.
    pub place: u32,
    /// SHA-256 of the card's 64 bytes.
    pub card: Sha256Digest,
}
