//! Under which certificates browsers reach the desk, as the processes that serve it tell.

use jiff::{SignedDuration, Timestamp};
use lagrum_store::StoreError;
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};

use crate::shelved::CERTIFICATE;
use crate::{CommandError, Desk};

/// How often a process tells it.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// A process that told nothing for so long serves no more.
pub(crate) const GONE: SignedDuration = SignedDuration::from_mins(3);
/// So long after that it is remembered that it did.
const KEPT: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The certificate that a process has in use: not what lies in its file, which it may be unable to use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServedUnder {
    /// Under which address browsers reach the desk.
    pub origin: String,
    /// Until when the certificate is good (UTC).
    pub until: Timestamp,
    /// When the process told it (UTC).
    pub seen: Timestamp,
}

impl ServedUnder {
    /// Whether it is to be told now, where this was told before by the same process.
    #[must_use]
    pub fn is_to_be_told(&self, before: Option<&Self>) -> bool {
        before.is_none_or(|before| {
            (&before.origin, before.until) != (&self.origin, self.until)
                || self.seen.duration_since(before.seen) >= AGAIN
        })
    }
}

impl Desk {
    /// Keeps what a process tells of the certificate that it has in use. `process` is its own, made by chance.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn keep_served(
        &self,
        process: &[u8],
        served: &ServedUnder,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), CommandError> {
        // Words and instants: that cannot fail.
        let bytes = serde_json::to_vec(served).unwrap_or_default();
        let until = Some(served.seen + KEPT);
        let shelf = self.shelf();
        Ok(shelf.put(CERTIFICATE, process, &bytes, until, random)?)
    }

    /// What the processes told that serve the desk, or did lately.
    pub(crate) fn served(&self, now: Timestamp) -> Result<Vec<ServedUnder>, StoreError> {
        let kept = self.shelf().all(CERTIFICATE, now)?;
        let read = kept
            .iter()
            .filter_map(|bytes| serde_json::from_slice(bytes).ok());
        Ok(read.collect())
    }
}
