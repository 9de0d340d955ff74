//! The transcript: one chain of hashes through everything that the verifier reads.

use curve25519_dalek::scalar::Scalar;
use sha2::{Digest, Sha512};

use crate::error::Refused;

/// The state after what was read so far.
#[derive(Clone)]
pub(crate) struct Chain([u8; 64]);

impl Chain {
    /// Begins with a fixed label and parts that each carry their length.
    pub(crate) fn begin(label: &[u8], parts: &[&[u8]]) -> Self {
        let mut hash = Sha512::new();
        hash.update(label);
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// Goes on with the next part of the proof.
    pub(crate) fn then(&self, part: &[u8]) -> Self {
        let hash = Sha512::new()
            .chain_update(self.0)
            .chain_update((part.len() as u64).to_le_bytes())
            .chain_update(part);
        Self(hash.finalize().into())
    }

    /// The challenge of this name.
    ///
    /// # Errors
    ///
    /// If it is zero, which happens to nobody who did not look for it.
    pub(crate) fn challenge(&self, name: &str) -> Result<Scalar, Refused> {
        let hash = Sha512::new()
            .chain_update(self.0)
            .chain_update("challenge ")
            .chain_update(name)
            .chain_update("\n");
        let scalar = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
        (scalar != Scalar::ZERO)
            .then_some(scalar)
            .ok_or(Refused::Challenge)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_the_one_of_the_document() {
        let chain = Chain(Sha512::digest([]).into());
        assert_eq!(
            hex::encode(chain.challenge("w").unwrap().as_bytes()),
            "3940b5eea8dd0213634a93aa8c849a51f882b537600bb31aecfbe53e29a1f70b"
        );
    }
}
