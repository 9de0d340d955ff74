//! Whose checkpoints are believed.

use lagrum_notes::{VerifyingKey, divide_cosignature, role};
use signed_note::{Note, Verifier, VerifierList};

use crate::checkpoint::SignedCheckpoint;
use crate::error::Error;
use crate::head::Head;

/// One log, and how many of which witnesses must have seen a checkpoint of it.
#[derive(Clone, Debug)]
pub struct CheckpointPolicy {
    log: VerifyingKey<role::Log>,
    witnesses: Vec<VerifyingKey<role::Witness>>,
    required: usize,
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
}

impl CheckpointPolicy {
    /// Believes every checkpoint that `log` signed.
    pub fn of_log(log: VerifyingKey<role::Log>) -> Self {
        Self {
            log,
            witnesses: Vec::new(),
            required: 0,
        }
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
        Ok(Self {
            log,
            witnesses,
            required,
        })
    }

    /// The log's key.
    pub fn log(&self) -> &VerifyingKey<role::Log> {
        &self.log
    }

    /// The witnesses.
    pub fn witnesses(&self) -> &[VerifyingKey<role::Witness>] {
        &self.witnesses
    }

    /// How many of them must have cosigned.
    pub fn required(&self) -> usize {
        self.required
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
        let mut known: Vec<Box<dyn Verifier>> = vec![Box::new(self.log.clone())];
        for witness in &self.witnesses {
            known.push(Box::new(witness.clone()));
        }
        let (signatures, _) = note
            .verify(&VerifierList::new(known))
            .map_err(|_| wrong("has no signature, or a wrong one, of a trusted key"))?;

        let (mut by_log, mut cosignatures) = (false, Vec::new());
        for signature in signatures {
            if signature.name() == self.log.name() && signature.id() == self.log.key_id() {
                by_log = true;
            } else if let Some((time, _)) = divide_cosignature(signature.signature()) {
                let witness = signature.name().to_owned();
                cosignatures.push(Cosignature { witness, time });
            }
        }
        if !by_log {
            return Err(wrong("is not signed by the log"));
        }
        if cosignatures.len() < self.required {
            return Err(wrong("is cosigned by fewer witnesses than required"));
        }
        Ok(VerifiedCheckpoint {
            checkpoint: checkpoint.clone(),
            cosignatures,
        })
    }
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

    /// Which witnesses of the policy cosigned, and when.
    pub fn cosignatures(&self) -> &[Cosignature] {
        &self.cosignatures
    }
}
