use lagrum_notes::{VerifyingKey, role};
use serde::{Deserialize, Serialize};

use super::CheckpointPolicy;
use crate::error::Error;

/// The most keys that a log can have had.
const MOST: usize = 32;

/// A key with which a log signed before it got another: its word counts for the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerKey {
    /// The key.
    pub key: VerifyingKey<role::Log>,
    /// How many entries the log had when its key was changed. Checkpoints of at most so many entries are
    /// believed by this key, and none that is longer.
    pub until: u64,
}

impl CheckpointPolicy {
    /// Believes checkpoints by keys that the log had as well, as far as each of them reaches.
    ///
    /// # Errors
    /// [`Error::Key`] if one of them is of another log, stands there twice, or is the log's key of now or a
    /// witness'.
    pub fn with_former(mut self, former: Vec<FormerKey>) -> Result<Self, Error> {
        let wrong = |rule| Error::Key {
            what: "former key of the log",
            rule,
        };
        if former.len() > MOST {
            return Err(wrong("must be one of at most 32"));
        }
        for (position, FormerKey { key, .. }) in former.iter().enumerate() {
            if key.name() != self.log.name() {
                return Err(wrong(
                    "must have the log's name: a log keeps its name when its key changes",
                ));
            }
            if key.same_key(&self.log) {
                return Err(wrong("must be another than the log's key of now"));
            }
            if self.witnesses.iter().any(|witness| witness.same_key(key)) {
                return Err(wrong("must be no witness' key"));
            }
            if former[..position]
                .iter()
                .any(|other| other.key.same_key(key))
            {
                return Err(wrong("must stand there once"));
            }
        }
        self.former = former;
        Ok(self)
    }
}
