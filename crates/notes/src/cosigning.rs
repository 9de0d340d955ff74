//! The key with which a witness makes cosignatures of ML-DSA-44.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ml_dsa::MlDsa44;
use ml_dsa::signature::{Keypair as _, Signer as _};
use rand_core::CryptoRngCore;
use signed_note::Verifier as _;
use zeroize::Zeroizing;

use crate::ml_dsa::{LENGTH_RULE, MlDsaPublic, fits, message};
use crate::role::{ML_DSA_COSIGNATURE, Witness};
use crate::signing::{ID_RULE, SECRET_PREFIX, divide_secret};
use crate::verifying::{NAME_RULE, is_name};
use crate::{NoteError, VerifyingKey};

/// A witness' signing key of ML-DSA-44 under a name, beside its Ed25519 key.
///
/// The secret bytes are overwritten when the key is dropped.
pub struct MlDsaKey {
    name: String,
    key: ml_dsa::SigningKey<MlDsa44>,
}

impl MlDsaKey {
    /// Makes a new key from the caller's random source.
    ///
    /// # Errors
    /// [`NoteError::Key`] if `name` is not a key name (as [`SigningKey::generate`](crate::SigningKey::generate)), or has
    /// more than 255 bytes.
    pub fn generate(random: &mut impl CryptoRngCore, name: &str) -> Result<Self, NoteError> {
        let mut seed = Zeroizing::new([0; 32]);
        random.fill_bytes(seed.as_mut());
        Self::from_seed(&seed, name)
    }

    /// The key that follows from 32 secret bytes (FIPS 204, algorithm 6).
    ///
    /// # Errors
    /// As [`MlDsaKey::generate`].
    pub fn from_seed(seed: &[u8; 32], name: &str) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::signing::<Witness>(NAME_RULE));
        }
        if !fits(name) {
            return Err(NoteError::signing::<Witness>(LENGTH_RULE));
        }
        let seed = Zeroizing::new(ml_dsa::Seed::from(*seed));
        Ok(Self {
            name: name.to_owned(),
            key: ml_dsa::SigningKey::from_seed(&seed),
        })
    }

    /// The form in which the key is kept: that of [`SigningKey::to_secret`](crate::SigningKey::to_secret), with the
    /// signature type 0x06 and the seed. Anybody who has it can cosign in this name.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<String> {
        let mut material = Zeroizing::new([ML_DSA_COSIGNATURE; 33]);
        material[1..].copy_from_slice(self.key.as_seed());
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(*material));
        let id = self.verifying_key().key_id();
        Zeroizing::new(format!(
            "{SECRET_PREFIX}{}+{id:08x}+{}",
            self.name, *encoded
        ))
    }

    /// Reads what [`MlDsaKey::to_secret`] wrote, and nothing else but newlines after it.
    ///
    /// # Errors
    /// [`NoteError::Key`]; the message never contains the text.
    pub fn from_secret(text: &str) -> Result<Self, NoteError> {
        let (name, seed) = divide_secret::<Witness>(text, ML_DSA_COSIGNATURE)?;
        let key = Self::from_seed(&seed, name)?;
        if *key.to_secret() != text.trim_end_matches(['\r', '\n']) {
            return Err(NoteError::signing::<Witness>(ID_RULE));
        }
        Ok(key)
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey<Witness> {
        VerifyingKey::of_ml_dsa(&self.name, MlDsaPublic::of(self.key.verifying_key()))
    }

    /// The line with which a witness says that it saw `text`, the body of a checkpoint, at `time`: seconds since
    /// 1970-01-01T00:00:00Z (POSIX) by its own clock (c2sp.org/tlog-cosignature, `subtree/v1`). The same key, text and
    /// time always give the same line (FIPS 204, the deterministic variant).
    ///
    /// # Errors
    /// When the time is not one that the form can hold, or is 0, which is none; when `text` is no checkpoint, or its origin
    /// has more than 255 bytes; when the key cannot sign.
    pub fn cosign(&self, text: &str, time: u64) -> Result<String, NoteError> {
        let wrong = |rule: &str| NoteError::Note(rule.into());
        if time == 0 || time >= 1 << 63 {
            return Err(wrong("the time of a cosignature is above 0 and below 2^63"));
        }
        let message = message(&self.name, time, text.as_bytes()).ok_or_else(|| {
            wrong(
                "a cosigned checkpoint has an origin of at most 255 bytes, a size and a root hash",
            )
        })?;
        let signature = self.key.try_sign(&message);
        let signature = signature.map_err(|e| NoteError::Note(e.to_string()))?;
        let bytes = [
            &self.verifying_key().key_id().to_be_bytes()[..],
            &time.to_be_bytes(),
            &signature.encode(),
        ]
        .concat();
        Ok(format!(
            "\u{2014} {} {}",
            self.name,
            BASE64_STANDARD.encode(bytes)
        ))
    }
}

impl fmt::Debug for MlDsaKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.verifying_key().key_id();
        write!(formatter, "MlDsaKey({}+{id:08x})", self.name)
    }
}

#[cfg(test)]
mod tests;
