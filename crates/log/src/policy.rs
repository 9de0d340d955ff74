//! Whose checkpoints are believed.

use lagrum_notes::{VerifyingKey, divide_cosignature, role};
use signed_note::{Note, Verifier, VerifierList};

use crate::checkpoint::SignedCheckpoint;
use crate::error::Error;
use crate::head::Head;

mod file;
mod former;
#[cfg(test)]
mod tests;

pub use file::PolicyError;
pub use former::FormerKey;

/// One log, and which witnesses must have seen a checkpoint of it.
#[derive(Clone, Debug)]
pub struct CheckpointPolicy {
    log: VerifyingKey<role::Log>,
    former: Vec<FormerKey>,
    witnesses: Vec<VerifyingKey<role::Witness>>,
    addresses: Vec<(VerifyingKey<role::Witness>, String)>,
    quorum: Quorum,
}

/// Which witnesses are enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Quorum {
    /// The witness with this key.
    Witness(VerifyingKey<role::Witness>),
    /// So many of these.
    Of { needed: usize, members: Vec<Quorum> },
}

impl Quorum {
    /// Whoever signed the log is enough.
    pub(crate) fn nobody() -> Self {
        Self::Of {
            needed: 0,
            members: Vec::new(),
        }
    }

    fn is_met(&self, saw: &dyn Fn(&VerifyingKey<role::Witness>) -> bool) -> bool {
        match self {
            Self::Witness(key) => saw(key),
            Self::Of { needed, members } => {
                members.iter().filter(|member| member.is_met(saw)).count() >= *needed
            }
        }
    }

    fn asks_nobody(&self) -> bool {
        self.is_met(&|_| false)
    }
}

/// That a witness saw this checkpoint, and when it said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// The witness' name, from the policy.
    pub witness: String,
    /// The witness' own clock: seconds since 1970-01-01T00:00:00Z (POSIX).
    pub time: u64,
}

/// A checkpoint that satisfied a [`CheckpointPolicy`]. There is no other way to make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCheckpoint {
    checkpoint: SignedCheckpoint,
    cosignatures: Vec<Cosignature>,
    seen_at: Option<u64>,
}

impl CheckpointPolicy {
    /// Believes every checkpoint that `log` signed.
    pub fn of_log(log: VerifyingKey<role::Log>) -> Self {
        Self {
            log,
            former: Vec::new(),
            witnesses: Vec::new(),
            addresses: Vec::new(),
            quorum: Quorum::nobody(),
        }
    }

    /// The same log and the keys it had, whoever cosigned.
    pub fn without_witnesses(&self) -> Self {
        Self {
            former: self.former.clone(),
            ..Self::of_log(self.log.clone())
        }
    }

    /// Reads a policy (c2sp.org/tlog-policy) of one log. One without a `quorum` line is refused: who
    /// wants to believe the log alone says `quorum none`.
    ///
    /// # Errors
    /// [`PolicyError`], with the line and the rule.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        file::parse(text)
    }

    /// Believes a checkpoint that `log` signed and at least `required` of `witnesses` cosigned.
    ///
    /// # Errors
    /// [`Error::Key`] if `required` cannot be reached, or if one key would count twice: two
    /// witnesses with one name or one key, or the log's own key as a witness.
    pub fn new(
        log: VerifyingKey<role::Log>,
        witnesses: Vec<VerifyingKey<role::Witness>>,
        required: usize,
    ) -> Result<Self, Error> {
        let wrong = |rule| Error::Key {
            what: "checkpoint policy",
            rule,
        };
        if required > witnesses.len() {
            return Err(wrong("must not require more witnesses than it names"));
        }
        for (position, witness) in witnesses.iter().enumerate() {
            if witness.same_key(&log) {
                return Err(wrong("must not name the log's own key as a witness"));
            }
            if witnesses[..position]
                .iter()
                .any(|other| other.name() == witness.name() || other.same_key(witness))
            {
                return Err(wrong("must name each witness and each witness key once"));
            }
        }
        let members = witnesses
            .iter()
            .map(|witness| Quorum::Witness(witness.clone()))
            .collect();
        Ok(Self {
            log,
            former: Vec::new(),
            witnesses,
            addresses: Vec::new(),
            quorum: Quorum::Of {
                needed: required,
                members,
            },
        })
    }

    /// The log's key, with which it signs now.
    pub fn log(&self) -> &VerifyingKey<role::Log> {
        &self.log
    }

    /// The witnesses.
    pub fn witnesses(&self) -> &[VerifyingKey<role::Witness>] {
        &self.witnesses
    }

    /// The witnesses that the policy says how to reach, each with the address below which it answers
    /// (c2sp.org/tlog-policy; c2sp.org/tlog-witness, the submission prefix).
    pub fn addresses(&self) -> impl Iterator<Item = (&VerifyingKey<role::Witness>, &str)> {
        self.addresses
            .iter()
            .map(|(key, address)| (key, address.as_str()))
    }

    /// Whether it believes the log alone.
    pub fn asks_no_witness(&self) -> bool {
        self.quorum.asks_nobody()
    }

    /// Checks origin, the log's signature and the witnesses' cosignatures. Signatures of other
    /// keys are ignored, a wrong signature of a known key is refused (c2sp.org/signed-note).
    ///
    /// # Errors
    /// [`Error::NotProved`], saying which of them is missing or wrong.
    pub fn verify(&self, checkpoint: &SignedCheckpoint) -> Result<VerifiedCheckpoint, Error> {
        let wrong = |rule| Error::NotProved {
            what: "checkpoint",
            rule,
        };
        if checkpoint.origin() != self.log.name() {
            return Err(wrong(
                "is of another log: its origin is not the trusted one",
            ));
        }
        let note = Note::from_bytes(checkpoint.text().as_bytes())
            .map_err(|_| wrong("is not a signed note"))?;
        // A former key's word about what came after it is no more than a stranger's.
        let size = checkpoint.unverified_head().size;
        let former = self.former.iter().filter(|former| size <= former.until);
        let logs: Vec<_> = former
            .map(|former| &former.key)
            .chain([&self.log])
            .collect();
        let mut known: Vec<Box<dyn Verifier>> = Vec::new();
        for log in &logs {
            known.push(Box::new((*log).clone()));
        }
        for witness in &self.witnesses {
            known.push(Box::new(witness.clone()));
        }
        let (signatures, _) = note
            .verify(&VerifierList::new(known))
            .map_err(|_| wrong("has no signature, or a wrong one, of a trusted key"))?;

        let (mut by_log, mut seen) = (false, Vec::new());
        for signature in signatures {
            if logs
                .iter()
                .any(|log| signature.name() == log.name() && signature.id() == log.key_id())
            {
                by_log = true;
            } else if let Some((time, _)) = divide_cosignature(signature.signature()) {
                let mut known = self.witnesses.iter();
                let by = known
                    .find(|key| signature.name() == key.name() && signature.id() == key.key_id());
                // Without a time it does not say that it saw nothing larger.
                seen.extend(by.filter(|_| time > 0).map(|key| (key, time)));
            }
        }
        if !by_log {
            return Err(wrong("is not signed by the log"));
        }
        let saw = |since: u64| {
            let seen = &seen;
            move |key: &VerifyingKey<role::Witness>| {
                let mut found = seen.iter();
                found.any(|(by, time)| *by == key && *time >= since)
            }
        };
        if !self.quorum.is_met(&saw(0)) {
            return Err(wrong("is cosigned by fewer witnesses than required"));
        }
        // The newest instant after which enough of them still saw it.
        let seen_at = (!self.asks_no_witness())
            .then(|| {
                let times = seen.iter().map(|(_, time)| *time);
                times.filter(|time| self.quorum.is_met(&saw(*time))).max()
            })
            .flatten();
        Ok(VerifiedCheckpoint {
            checkpoint: checkpoint.clone(),
            cosignatures: by_name(&seen),
            seen_at,
        })
    }
}

/// What each witness said last, whichever of its keys it said it with.
fn by_name(seen: &[(&VerifyingKey<role::Witness>, u64)]) -> Vec<Cosignature> {
    let mut said: Vec<Cosignature> = Vec::new();
    for (key, time) in seen {
        match said.iter_mut().find(|one| one.witness == key.name()) {
            Some(one) => one.time = one.time.max(*time),
            None => said.push(Cosignature {
                witness: key.name().to_owned(),
                time: *time,
            }),
        }
    }
    said
}

impl VerifiedCheckpoint {
    /// The head that the log committed to.
    pub fn head(&self) -> Head {
        self.checkpoint.unverified_head()
    }

    /// The log's origin.
    pub fn origin(&self) -> &str {
        self.checkpoint.origin()
    }

    /// The signed text.
    pub fn signed(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// When enough of the policy's witnesses had seen it, by their own clocks: seconds since
    /// 1970-01-01T00:00:00Z (POSIX). Absent if the policy asks for none.
    pub fn seen_at(&self) -> Option<u64> {
        self.seen_at
    }

    /// Which witnesses of the policy cosigned, each once, and when: the later time, if with two keys.
    pub fn cosignatures(&self) -> &[Cosignature] {
        &self.cosignatures
    }
}
