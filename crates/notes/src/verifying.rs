use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::Signature;
use serde::{Deserialize, Serialize};
use signed_note::Verifier;

use crate::role::{COSIGNATURE, ED25519};
use crate::{NoteError, Role};

pub(crate) const NAME_RULE: &str =
    "must have a name without spaces, plus signs and control characters";

/// The public half of a [`SigningKey`](crate::SigningKey), or a witness' key, in the role `R`.
///
/// Its text is `<name>+<id>+<base64>` of c2sp.org/signed-note: signature type 0x01, for a witness
/// 0x04 (c2sp.org/tlog-cosignature).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String", bound = "R: Role")]
pub struct VerifyingKey<R> {
    name: String,
    id: u32,
    key: ed25519_dalek::VerifyingKey,
    role: PhantomData<R>,
}

impl<R: Role> VerifyingKey<R> {
    pub(crate) fn new(name: &str, id: u32, key: ed25519_dalek::VerifyingKey) -> Self {
        let name = name.to_owned();
        let role = PhantomData;
        Self {
            name,
            id,
            key,
            role,
        }
    }

    /// Reads a verifier key, strictly: one key has one text.
    ///
    /// # Errors
    /// [`NoteError::Key`] if it is malformed, of another type, weak, or has the wrong id.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let wrong = NoteError::verifying::<R>;
        let form = "must have the form <name>+<id>+<base64>";
        let (name, rest) = text.split_once('+').ok_or(wrong(form))?;
        let (_, encoded) = rest.split_once('+').ok_or(wrong(form))?;
        if !is_name(name) {
            return Err(wrong(NAME_RULE));
        }
        let material = BASE64_STANDARD.decode(encoded).map_err(|_| wrong(form))?;
        let (kind, bytes) = material.split_first().ok_or(wrong(form))?;
        if *kind != R::KIND {
            return Err(wrong(if R::KIND == ED25519 {
                "must be an Ed25519 key (signature type 0x01)"
            } else {
                "must be an Ed25519 cosignature key (signature type 0x04)"
            }));
        }
        let bytes = bytes
            .try_into()
            .map_err(|_| wrong("must hold a key of 32 bytes"))?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes)
            .ok()
            .filter(|key| !key.is_weak())
            .ok_or(wrong("must hold a sound Ed25519 public key"))?;
        let parsed = Self::new(name, key_id(name, R::KIND, &key), key);
        // This also catches a wrong id and digits in another case.
        if parsed.to_string() != text {
            return Err(wrong("must have the id that belongs to its name and key"));
        }
        Ok(parsed)
    }

    /// The key's name; for a log its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the two are one key, under whatever names and in whatever roles.
    #[must_use]
    pub fn same_key<S: Role>(&self, other: &VerifyingKey<S>) -> bool {
        self.key == other.key
    }
}

impl<R: Role> Verifier for VerifyingKey<R> {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let accepts = |message: &[u8], signature: &[u8]| {
            Signature::from_slice(signature)
                .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
        };
        if R::KIND != COSIGNATURE {
            return accepts(message, signature);
        }
        let Some((time, signature)) = divide_cosignature(signature) else {
            return false;
        };
        let mut signed = format!("cosignature/v1\ntime {time}\n").into_bytes();
        signed.extend(message);
        accepts(&signed, signature)
    }
}

/// The time (POSIX seconds, by the witness' own clock) and the Ed25519 signature inside a witness'
/// cosignature; `None` if it is not one.
#[must_use]
pub fn divide_cosignature(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    (time < 1 << 63).then_some((time, signature))
}

pub(crate) fn key_id(name: &str, kind: u8, key: &ed25519_dalek::VerifyingKey) -> u32 {
    let mut material = vec![kind];
    material.extend(key.as_bytes());
    signed_note::key_id(name, &material)
}

pub(crate) fn is_name(name: &str) -> bool {
    signed_note::is_key_name_valid(name) && !name.chars().any(char::is_control)
}

impl<R: Role> fmt::Display for VerifyingKey<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut material = vec![R::KIND];
        material.extend(self.key.as_bytes());
        let encoded = BASE64_STANDARD.encode(material);
        write!(formatter, "{}+{:08x}+{encoded}", self.name, self.id)
    }
}

impl<R: Role> fmt::Debug for VerifyingKey<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "VerifyingKey({} {self})", R::WHOSE)
    }
}

impl<R: Role> TryFrom<String> for VerifyingKey<R> {
    type Error = NoteError;

    fn try_from(text: String) -> Result<Self, NoteError> {
        Self::parse(&text)
    }
}

impl<R: Role> From<VerifyingKey<R>> for String {
    fn from(key: VerifyingKey<R>) -> Self {
        key.to_string()
    }
}
