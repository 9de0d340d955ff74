//! What comes in at the gate.

use lagrum_log::Salt;
use lagrum_model::Sha256Digest;
use serde::{Deserialize, Serialize};

/// What arrived. Nothing in it may be believed.
#[derive(Clone)]
pub struct UntrustedMandate {
    /// A signed note (c2sp.org/signed-note) whose text claims to be a mandate.
    pub note: Vec<u8>,
    /// A proof (c2sp.org/tlog-proof) whose extra data claims to be the [`LoggedEvent`].
    pub proof: Vec<u8>,
    /// What claims to be the text of the [`DemandAnswers`](crate::DemandAnswers) that the mandate names; empty, if it names
    /// none.
    pub answers: Vec<u8>,
}

/// The event that released the mandate, opened for the agent: the log itself shows only a salted
/// commitment to it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoggedEvent {
    /// The salt of the commitment.
    pub salt: Salt,
    /// The event's exact text (JSON).
    pub event: String,
}

impl UntrustedMandate {
    /// SHA-256 of the text that claims to be a mandate, to name it in a refusal; of all that
    /// arrived, if it is no note.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        let end = self.note.windows(2).rposition(|pair| pair == b"\n\n");
        Sha256Digest::of(end.map_or(&self.note, |end| &self.note[..=end]))
    }
}
