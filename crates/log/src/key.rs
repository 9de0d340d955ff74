//! The log's signing key, and the public keys of logs and witnesses.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use signed_note::{Signer, Verifier};
use zeroize::Zeroizing;

use crate::error::Error;

/// Signature type of a log's Ed25519 signature (c2sp.org/signed-note).
const ED25519: u8 = 0x01;
/// Signature type of a witness' timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature).
const COSIGNATURE: u8 = 0x04;
/// What an encoded signing key starts with.
const SECRET_PREFIX: &str = "PRIVATE+KEY+";

/// The log's Ed25519 signing key together with the log's origin, which is also the key's name.
///
/// The secret bytes are overwritten when the key is dropped.
pub struct LogKey {
    origin: String,
    id: u32,
    key: SigningKey,
}

impl LogKey {
    /// Makes a new key from the caller's random source for the log named `origin`.
    ///
    /// # Errors
    /// [`Error::Key`] if `origin` is not a key name: non-empty, no spaces, no `+`, no control
    /// characters (c2sp.org/signed-note). An address without scheme, such as `log.example.com/1`,
    /// is usual.
    pub fn generate(random: &mut impl CryptoRngCore, origin: &str) -> Result<Self, Error> {
        let mut seed = Zeroizing::new([0; 32]);
        random.fill_bytes(seed.as_mut());
        Self::from_seed(&seed, origin)
    }

    /// The key of RFC 8032 section 5.1.5 that follows from 32 secret bytes.
    ///
    /// # Errors
    /// As [`LogKey::generate`].
    pub fn from_seed(seed: &[u8; 32], origin: &str) -> Result<Self, Error> {
        check_name("log origin", origin)?;
        let key = SigningKey::from_bytes(seed);
        let id = key_id(origin, ED25519, &key.verifying_key());
        let origin = origin.to_owned();
        Ok(Self { origin, id, key })
    }

    /// The form in which the key is kept: `PRIVATE+KEY+<origin>+<id>+<base64>`, as Go's
    /// `sumdb/note` writes it. Whoever has it can sign as the log.
    pub fn to_secret_string(&self) -> Zeroizing<String> {
        let mut material = Zeroizing::new([ED25519; 33]);
        material[1..].copy_from_slice(self.key.as_bytes());
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(*material));
        Zeroizing::new(format!(
            "{SECRET_PREFIX}{}+{:08x}+{}",
            self.origin, self.id, *encoded
        ))
    }

    /// Reads what [`LogKey::to_secret_string`] wrote.
    ///
    /// # Errors
    /// [`Error::Key`]; the message never contains the text.
    pub fn from_secret_string(text: &str) -> Result<Self, Error> {
        let wrong = |rule| Error::Key {
            what: "log signing key",
            rule,
        };
        let form = "must have the form PRIVATE+KEY+<origin>+<id>+<base64>";
        let rest = text.strip_prefix(SECRET_PREFIX).ok_or(wrong(form))?;
        let (origin, rest) = rest.split_once('+').ok_or(wrong(form))?;
        let (_, encoded) = rest.split_once('+').ok_or(wrong(form))?;
        let mut material = Zeroizing::new([0; 36]);
        match BASE64_STANDARD.decode_slice(encoded, material.as_mut()) {
            Ok(33) if material[0] == ED25519 => {}
            _ => return Err(wrong("must hold an Ed25519 key of 32 bytes")),
        }
        let mut seed = Zeroizing::new([0; 32]);
        seed.copy_from_slice(&material[1..33]);
        let key = Self::from_seed(&seed, origin)?;
        if *key.to_secret_string() != text {
            return Err(wrong("must have the id that belongs to its key and origin"));
        }
        Ok(key)
    }

    /// The log's origin: the first line of every checkpoint.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The public half, for everybody who verifies this log.
    pub fn verifier(&self) -> LogVerifier {
        LogVerifier(PublicKey {
            name: self.origin.clone(),
            id: self.id,
            key: self.key.verifying_key(),
            kind: ED25519,
        })
    }
}

impl fmt::Debug for LogKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "LogKey({}+{:08x})", self.origin, self.id)
    }
}

impl Signer for LogKey {
    fn name(&self) -> &str {
        &self.origin
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        Ok(self.key.try_sign(message)?.to_vec())
    }
}

/// A named Ed25519 public key, with what its signatures are for.
#[derive(Clone, PartialEq, Eq)]
struct PublicKey {
    name: String,
    id: u32,
    key: VerifyingKey,
    kind: u8,
}

impl PublicKey {
    fn parse(text: &str, kind: u8, what: &'static str) -> Result<Self, Error> {
        let wrong = |rule| Error::Key { what, rule };
        let form = "must have the form <name>+<id>+<base64>";
        let (name, rest) = text.split_once('+').ok_or(wrong(form))?;
        let (_, encoded) = rest.split_once('+').ok_or(wrong(form))?;
        check_name(what, name)?;
        let material = BASE64_STANDARD.decode(encoded).map_err(|_| wrong(form))?;
        let (found, bytes) = material.split_first().ok_or(wrong(form))?;
        if *found != kind {
            return Err(wrong(if kind == ED25519 {
                "must be an Ed25519 key (signature type 0x01)"
            } else {
                "must be an Ed25519 cosignature key (signature type 0x04)"
            }));
        }
        let bytes = bytes
            .try_into()
            .map_err(|_| wrong("must hold a key of 32 bytes"))?;
        let key = VerifyingKey::from_bytes(bytes)
            .ok()
            .filter(|key| !key.is_weak())
            .ok_or(wrong("must hold a sound Ed25519 public key"))?;
        let parsed = Self {
            name: name.to_owned(),
            id: key_id(name, kind, &key),
            key,
            kind,
        };
        // One key has one text: this also catches a wrong id and digits in another case.
        if parsed.to_string() != text {
            return Err(wrong("must have the id that belongs to its name and key"));
        }
        Ok(parsed)
    }

    fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut material = vec![self.kind];
        material.extend(self.key.as_bytes());
        let encoded = BASE64_STANDARD.encode(material);
        write!(formatter, "{}+{:08x}+{encoded}", self.name, self.id)
    }
}

fn key_id(name: &str, kind: u8, key: &VerifyingKey) -> u32 {
    let mut material = vec![kind];
    material.extend(key.as_bytes());
    signed_note::key_id(name, &material)
}

fn check_name(what: &'static str, name: &str) -> Result<(), Error> {
    if signed_note::is_key_name_valid(name) && !name.chars().any(char::is_control) {
        return Ok(());
    }
    let rule = "must have a name without spaces, plus signs and control characters";
    Err(Error::Key { what, rule })
}

/// The public key of a log; its name is the log's origin.
///
/// Its text is the verifier key form `<origin>+<id>+<base64>` of c2sp.org/signed-note.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LogVerifier(PublicKey);

/// The public key of a witness, which states that it saw a log grow consistently.
///
/// Its text is `<name>+<id>+<base64>` with signature type 0x04 (c2sp.org/tlog-cosignature).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WitnessVerifier(PublicKey);

impl LogVerifier {
    /// Reads a verifier key, strictly.
    ///
    /// # Errors
    /// [`Error::Key`] if it is malformed, of another type, weak, or has the wrong id.
    pub fn parse(text: &str) -> Result<Self, Error> {
        PublicKey::parse(text, ED25519, "log verifier key").map(Self)
    }

    /// The log's origin.
    pub fn origin(&self) -> &str {
        &self.0.name
    }

    /// The bare key, to see whether a witness is the log itself.
    pub(crate) fn key_bytes(&self) -> &[u8; 32] {
        self.0.key.as_bytes()
    }
}

impl Verifier for LogVerifier {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn key_id(&self) -> u32 {
        self.0.id
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.accepts(message, signature)
    }
}

impl WitnessVerifier {
    /// Reads a verifier key, strictly.
    ///
    /// # Errors
    /// [`Error::Key`] if it is malformed, of another type, weak, or has the wrong id.
    pub fn parse(text: &str) -> Result<Self, Error> {
        PublicKey::parse(text, COSIGNATURE, "witness verifier key").map(Self)
    }

    /// The witness' name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The bare key, to see whether two names hide one witness.
    pub(crate) fn key_bytes(&self) -> &[u8; 32] {
        self.0.key.as_bytes()
    }
}

impl Verifier for WitnessVerifier {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn key_id(&self) -> u32 {
        self.0.id
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let Some((time, signature)) = divide_cosignature(signature) else {
            return false;
        };
        let mut signed = format!("cosignature/v1\ntime {time}\n").into_bytes();
        signed.extend(message);
        self.0.accepts(&signed, signature)
    }
}

/// The time (POSIX seconds) and the Ed25519 signature inside a cosignature.
pub(crate) fn divide_cosignature(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    (time < 1 << 63).then_some((time, signature))
}

macro_rules! text_form {
    ($kind:ident) => {
        impl fmt::Display for $kind {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl fmt::Debug for $kind {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}({self})", stringify!($kind))
            }
        }

        impl TryFrom<String> for $kind {
            type Error = Error;

            fn try_from(text: String) -> Result<Self, Error> {
                Self::parse(&text)
            }
        }

        impl From<$kind> for String {
            fn from(key: $kind) -> Self {
                key.to_string()
            }
        }
    };
}

text_form!(LogVerifier);
text_form!(WitnessVerifier);

#[cfg(test)]
mod tests;
