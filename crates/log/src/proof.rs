//! Proofs that an entry is in the log, which anyone can check offline (c2sp.org/tlog-proof).

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::checkpoint::SignedCheckpoint;
use crate::commitment::Commitment;
use crate::error::Error;
use crate::hash::Hash;
use crate::merkle;
use crate::policy::{CheckpointPolicy, VerifiedCheckpoint};
use crate::text;

const WHAT: &str = "inclusion proof";
const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// The most application bytes that a proof may carry: 1 MiB.
const MAXIMUM_EXTRA: usize = 1 << 20;

/// Where an entry is in the tree of one checkpoint, and the hashes that lead from it to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: SignedCheckpoint,
}

impl Inclusion {
    pub(crate) fn new(index: u64, hashes: Vec<Hash>, checkpoint: SignedCheckpoint) -> Self {
        Self {
            index,
            hashes,
            checkpoint,
        }
    }

    /// Position of the entry in the log, from 0. Not verified.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The checkpoint in which the entry is said to be. Not verified.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// The same proof with another text of the same checkpoint, for example with more cosignatures.
    ///
    /// # Errors
    /// [`Error::NotProved`] if it is another checkpoint.
    pub fn with_checkpoint(self, checkpoint: SignedCheckpoint) -> Result<Self, Error> {
        if checkpoint.body() != self.checkpoint.body() {
            return Err(refused("the other checkpoint is not the same one"));
        }
        Ok(Self { checkpoint, ..self })
    }

    /// Checks that `commitment` is the entry at this index under a checkpoint that `policy`
    /// believes (RFC 6962 section 2.1.1).
    ///
    /// # Errors
    /// [`Error::NotProved`].
    pub fn verify(
        &self,
        policy: &CheckpointPolicy,
        commitment: &Commitment,
    ) -> Result<VerifiedInclusion, Error> {
        let checkpoint = policy.verify(&self.checkpoint)?;
        let leaf = commitment.leaf_hash();
        merkle::check_inclusion(&self.hashes, &checkpoint.head(), self.index, leaf)?;
        Ok(VerifiedInclusion {
            index: self.index,
            checkpoint,
        })
    }
}

/// That a commitment is in the log. Only [`Inclusion::verify`] and [`Proof::verify`] make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedInclusion {
    index: u64,
    checkpoint: VerifiedCheckpoint,
}

impl VerifiedInclusion {
    /// Position of the entry in the log, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The checkpoint in which it is.
    pub fn checkpoint(&self) -> &VerifiedCheckpoint {
        &self.checkpoint
    }
}

/// A proof as a file (`.tlog-proof`): an inclusion, and bytes that mean something to the
/// application, such as the salt and the event. The extra bytes are not protected by anything.
#[derive(Clone, PartialEq, Eq)]
pub struct Proof {
    extra: Vec<u8>,
    inclusion: Inclusion,
}

impl Proof {
    /// A proof that carries `extra`, at most 1 MiB; an empty `extra` leaves the line out.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn new(inclusion: Inclusion, extra: Vec<u8>) -> Result<Self, Error> {
        if extra.len() > MAXIMUM_EXTRA {
            return Err(Error::TooLarge {
                what: "the extra data of a proof, in bytes,",
                limit: MAXIMUM_EXTRA as u64,
            });
        }
        Ok(Self { extra, inclusion })
    }

    /// Reads the text strictly; every proof has exactly one text.
    ///
    /// # Errors
    /// [`Error::Malformed`], naming the line.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let (proof, checkpoint) = text::divide(bytes, text::MAXIMUM_TEXT, WHAT)?;
        let mut lines = proof.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            let rule = "must be `c2sp.org/tlog-proof@v1`";
            return Err(Error::malformed("inclusion proof, first line", rule));
        }
        let mut extra = Vec::new();
        if let Some(encoded) = lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            extra = BASE64_STANDARD
                .decode(encoded)
                .ok()
                .filter(|extra| !extra.is_empty() && extra.len() <= MAXIMUM_EXTRA)
                .ok_or_else(|| {
                    let rule = "must be 1 byte to 1 MiB in base64, or be left out";
                    Error::malformed("inclusion proof, line `extra`", rule)
                })?;
            lines.next();
        }
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .ok_or_else(|| Error::malformed(WHAT, "must have a line `index <number>`"))?;
        let index = text::decimal(index, "inclusion proof, line `index`")?;
        let hashes = text::hashes(lines, "inclusion proof, hash lines")?;
        let checkpoint = SignedCheckpoint::parse(checkpoint.as_bytes())?;
        Ok(Self {
            extra,
            inclusion: Inclusion::new(index, hashes, checkpoint),
        })
    }

    /// The application's bytes, empty if there are none. Not verified, and not protected by the
    /// log's signature: compare them with the commitment.
    pub fn extra(&self) -> &[u8] {
        &self.extra
    }

    /// The inclusion. Not verified.
    pub fn inclusion(&self) -> &Inclusion {
        &self.inclusion
    }

    /// See [`Inclusion::verify`].
    ///
    /// # Errors
    /// [`Error::NotProved`].
    pub fn verify(
        &self,
        policy: &CheckpointPolicy,
        commitment: &Commitment,
    ) -> Result<VerifiedInclusion, Error> {
        self.inclusion.verify(policy, commitment)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{FIRST_LINE}\n");
        if !self.extra.is_empty() {
            text.push_str(&format!("extra {}\n", BASE64_STANDARD.encode(&self.extra)));
        }
        text.push_str(&format!("index {}\n", self.inclusion.index));
        text::write_hashes(&mut text, &self.inclusion.hashes);
        write!(formatter, "{text}\n{}", self.inclusion.checkpoint)
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The extra bytes may be about a person.
        write!(formatter, "Proof({:?})", self.inclusion)
    }
}

fn refused(rule: &'static str) -> Error {
    Error::NotProved { what: WHAT, rule }
}

#[cfg(test)]
mod tests;
