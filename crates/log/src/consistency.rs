//! Proofs that the log only grew (RFC 6962 section 2.1.2).

use std::fmt;

use crate::checkpoint::SignedCheckpoint;
use crate::error::Error;
use crate::hash::Hash;
use crate::head::Head;
use crate::merkle;
use crate::policy::VerifiedCheckpoint;
use crate::text;

const WHAT: &str = "consistency proof";

/// That the tree of a checkpoint starts with all the entries of an older, smaller tree.
///
/// Its text is the request `add-checkpoint` of c2sp.org/tlog-witness, so it can be sent to a
/// witness as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyProof {
    old_size: u64,
    hashes: Vec<Hash>,
    checkpoint: SignedCheckpoint,
}

impl ConsistencyProof {
    pub(crate) fn new(old_size: u64, hashes: Vec<Hash>, checkpoint: SignedCheckpoint) -> Self {
        Self {
            old_size,
            hashes,
            checkpoint,
        }
    }

    /// Reads the text strictly; every proof has exactly one text.
    ///
    /// # Errors
    /// [`Error::Malformed`], naming the line.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let (proof, checkpoint) = text::divide(bytes, text::MAXIMUM_TEXT, WHAT)?;
        let mut lines = proof.split('\n');
        let old_size = lines
            .next()
            .and_then(|line| line.strip_prefix("old "))
            .ok_or_else(|| Error::malformed(WHAT, "must start with a line `old <size>`"))?;
        Ok(Self {
            old_size: text::decimal(old_size, "consistency proof, line `old`")?,
            hashes: text::hashes(lines, "consistency proof, hash lines")?,
            checkpoint: SignedCheckpoint::parse(checkpoint.as_bytes())?,
        })
    }

    /// Number of entries in the older tree. Not verified.
    pub fn old_size(&self) -> u64 {
        self.old_size
    }

    /// The newer checkpoint. Not verified.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// Whether the hashes lead from the one head to the other.
    fn leads(&self, old: &Head, new: &Head) -> Result<(), Error> {
        if old.size > 0 {
            return merkle::check_consistency(&self.hashes, old, new);
        }
        // Every tree starts with the entries of the empty one; c2sp.org/tlog-witness has an
        // empty proof for it.
        let whole = *old == Head::EMPTY && (new.size > 0 || old == new);
        if whole && self.hashes.is_empty() {
            return Ok(());
        }
        Err(Error::NotProved {
            what: WHAT,
            rule: "must be empty when it starts from the empty tree",
        })
    }
}

impl fmt::Display for ConsistencyProof {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("old {}\n", self.old_size);
        text::write_hashes(&mut text, &self.hashes);
        write!(formatter, "{text}\n{}", self.checkpoint)
    }
}

/// Checks that the tree of a checkpoint starts with all the entries of a head that was believed before, as a
/// witness does that keeps of each log what it cosigned last. The empty tree is [`Head::EMPTY`].
///
/// # Errors
/// [`Error::NotProved`] if the proof is for other heads than these, or does not lead from the one to the other.
pub fn verify_growth(
    old: &Head,
    new: &VerifiedCheckpoint,
    proof: &ConsistencyProof,
) -> Result<(), Error> {
    if proof.old_size != old.size || proof.checkpoint.body() != new.signed().body() {
        return Err(Error::NotProved {
            what: WHAT,
            rule: "is for other checkpoints than these",
        });
    }
    proof.leads(old, &new.head())
}

/// Checks that the tree of `new` starts with all the entries of the tree of `old`.
///
/// # Errors
/// [`Error::NotProved`] if the checkpoints are of different logs, the proof is for other
/// checkpoints, or it does not lead from the one root to the other.
pub fn verify_consistency(
    old: &VerifiedCheckpoint,
    new: &VerifiedCheckpoint,
    proof: &ConsistencyProof,
) -> Result<(), Error> {
    let wrong = |rule| Error::NotProved { what: WHAT, rule };
    if old.origin() != new.origin() {
        return Err(wrong("the two checkpoints are of different logs"));
    }
    verify_growth(&old.head(), new, proof)
}
