//! What the log's entries are: salted commitments to case events.

use std::fmt;

use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::hash::{Hash, hexadecimal, parse_hexadecimal};

/// Separates these commitments from every other use of SHA-256.
const DOMAIN: &[u8] = b"lagrum case event v1\n";
/// What everybody may read is committed to without a salt.
const PUBLIC: &[u8] = b"lagrum public entry v1\n";
/// What an entry commits to that stands for nothing.
const COVER: &[u8] = b"cover";

/// 32 random bytes that keep a commitment from being guessed: case events have few possible
/// values, so without a salt anyone could try them all.
///
/// Secret until the event is disclosed; therefore not shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(#[serde(with = "hexadecimal")] [u8; 32]);

impl Salt {
    /// A fresh salt from the caller's random source.
    pub fn generate(random: &mut impl CryptoRngCore) -> Self {
        let mut bytes = [0; 32];
        random.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A salt that was kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be kept with the event.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Salt(not shown)")
    }
}

/// One entry of the log: it fixes an event without telling what the event is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Commitment(#[serde(with = "hexadecimal")] [u8; 32]);

impl Commitment {
    /// Commits to `payload`: SHA-256 of the line `lagrum case event v1`, the salt, and the
    /// SHA-256 of the payload.
    pub fn of(salt: &Salt, payload: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN);
        hasher.update(salt.0);
        hasher.update(Sha256::digest(payload));
        Self(hasher.finalize().into())
    }

    /// Commits to nothing that happened. Without the salt nobody can tell it from the commitment to an event.
    #[must_use]
    pub fn cover(salt: &Salt) -> Self {
        Self::of(salt, COVER)
    }

    /// The entry of a text that everybody may read: SHA-256 of the line `lagrum public entry v1` and the
    /// SHA-256 of the text.
    #[must_use]
    pub fn public(text: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(PUBLIC);
        hasher.update(Sha256::digest(text));
        Self(hasher.finalize().into())
    }

    /// A commitment that was computed before.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// [`Error::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        parse_hexadecimal(text).map(Self).ok_or_else(|| {
            Error::malformed("commitment", "must be 64 lower-case hexadecimal digits")
        })
    }

    /// The 32 bytes that lie in the log.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of this entry as a leaf: SHA-256(0x00 || commitment), RFC 6962 section 2.1.
    pub fn leaf_hash(&self) -> Hash {
        tlog_tiles::record_hash(&self.0).into()
    }
}

impl fmt::Display for Commitment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Commitment({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_is_the_documented_hash_of_salt_and_payload() {
        let salt = Salt::from_bytes([7; 32]);
        let mut input = b"lagrum case event v1\n".to_vec();
        input.extend([7; 32]);
        input.extend(Sha256::digest(b"a case was opened"));
        let expected: [u8; 32] = Sha256::digest(&input).into();
        let commitment = Commitment::of(&salt, b"a case was opened");
        assert_eq!(commitment.as_bytes(), &expected);

        let mut leaf = vec![0];
        leaf.extend(expected);
        assert_eq!(commitment.leaf_hash().0[..], Sha256::digest(&leaf)[..]);
    }

    #[test]
    fn another_salt_or_another_payload_gives_another_commitment() {
        let one = Commitment::of(&Salt::from_bytes([1; 32]), b"event");
        assert_ne!(one, Commitment::of(&Salt::from_bytes([2; 32]), b"event"));
        assert_ne!(one, Commitment::of(&Salt::from_bytes([1; 32]), b"events"));
    }

    #[test]
    fn a_salt_is_hexadecimal_in_json_and_never_in_debug_output() {
        let salt = Salt::from_bytes([0xab; 32]);
        let json = serde_json::to_string(&salt).unwrap();
        assert_eq!(json, format!("\"{}\"", "ab".repeat(32)));
        assert_eq!(serde_json::from_str::<Salt>(&json).unwrap(), salt);
        assert!(!format!("{salt:?}").contains("ab"));
        for wrong in ["AB".repeat(32), "ab".repeat(31), "zz".repeat(32)] {
            assert!(serde_json::from_str::<Salt>(&format!("\"{wrong}\"")).is_err());
            assert!(Commitment::parse(&wrong).is_err());
        }
    }
}
