use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::Signature;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use signed_note::Verifier;

use crate::ml_dsa::{self, MlDsaPublic};
use crate::passkey::{LONGEST_ORIGIN, POINT};
use crate::role::{
    COSIGNATURE, ED25519, ML_DSA_COSIGNATURE, PASSKEY, PASSKEY_FORM, Person, Witness,
};
use crate::{Assertion, NoteError, PasskeyError, PasskeyKey, Role};

pub(crate) const NAME_RULE: &str =
    "must have a name without spaces, plus signs and control characters";

/// The longest base64 of a key that is not of ML-DSA-44: that of a passkey.
const LONGEST_KEY: usize = (1 + PASSKEY_FORM.len() + POINT + LONGEST_ORIGIN).div_ceil(3) * 4;
/// The base64 of a key of ML-DSA-44.
const LONGEST_ML_DSA: usize = (1 + ml_dsa::PUBLIC).div_ceil(3) * 4;

/// The public half of a [`SigningKey`](crate::SigningKey), or a witness' key, in the role `R`.
///
/// Its text is `<name>+<id>+<base64>` of c2sp.org/signed-note: signature type 0x01, for a witness
/// 0x04 (Ed25519) or 0x06 (ML-DSA-44, c2sp.org/tlog-cosignature). A person's may be a passkey: type 0xff and `lagrum passkey es256/1`,
/// then the compressed point and the origin.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String", bound = "R: Role")]
pub struct VerifyingKey<R> {
    name: String,
    id: u32,
    key: Key,
    role: PhantomData<R>,
}

#[derive(Clone, PartialEq, Eq)]
enum Key {
    Ed25519(ed25519_dalek::VerifyingKey),
    /// Of a person, and of nobody else: what makes one is [`VerifyingKey::<Person>::passkey`] and
    /// [`VerifyingKey::parse`], which asks [`Role::MAY_BE_PASSKEY`].
    Passkey(PasskeyKey),
    /// Of a witness, and of nobody else: what makes one is [`VerifyingKey::of_ml_dsa`] and
    /// [`VerifyingKey::parse`], which asks [`Role::MAY_BE_ML_DSA`].
    MlDsa(MlDsaPublic),
}

impl Key {
    /// Signature type and public key, as they are in a verifier key and under its id.
    fn material(&self, kind: u8) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => [&[kind], &key.as_bytes()[..]].concat(),
            Self::Passkey(key) => [
                &[PASSKEY],
                PASSKEY_FORM.as_bytes(),
                &key.point(),
                key.origin().as_bytes(),
            ]
            .concat(),
            Self::MlDsa(key) => [&[ML_DSA_COSIGNATURE], &key.to_bytes()[..]].concat(),
        }
    }
}

impl VerifyingKey<Person> {
    /// A passkey under a name, as which its holder signs.
    ///
    /// # Errors
    /// [`NoteError::Key`] if `name` is not a key name (as [`SigningKey::generate`](crate::SigningKey::generate)).
    pub fn from_passkey(name: &str, key: PasskeyKey) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::verifying::<Person>(NAME_RULE));
        }
        Ok(Self::of(name, Key::Passkey(key)))
    }

    /// The point of the Montgomery curve that belongs to the key; a passkey has none.
    pub(crate) fn montgomery(&self) -> Option<[u8; 32]> {
        match &self.key {
            Key::Ed25519(key) => Some(key.to_montgomery().to_bytes()),
            Key::Passkey(_) | Key::MlDsa(_) => None,
        }
    }

    /// Whether something can be sealed to the key; a passkey opens nothing.
    #[must_use]
    pub fn opens(&self) -> bool {
        self.montgomery().is_some()
    }

    /// The passkey, if this is one.
    #[must_use]
    pub fn passkey(&self) -> Option<&PasskeyKey> {
        match &self.key {
            Key::Passkey(key) => Some(key),
            Key::Ed25519(_) | Key::MlDsa(_) => None,
        }
    }
}

impl VerifyingKey<Witness> {
    /// A key of ML-DSA-44 under a name, which is known to be one and short enough.
    pub(crate) fn of_ml_dsa(name: &str, key: MlDsaPublic) -> Self {
        Self::of(name, Key::MlDsa(key))
    }

    /// Whether its cosignatures are ML-DSA-44 (signature type 0x06). They say nothing of extension lines.
    #[must_use]
    pub fn is_ml_dsa(&self) -> bool {
        matches!(self.key, Key::MlDsa(_))
    }
}

/// What a passkey signs for a text to be signed: the text's SHA-256.
#[must_use]
pub fn passkey_challenge(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// The line of a signed note with which a passkey signs a text. What the passkey signed is
/// [`passkey_challenge`] of it; that is not looked at here, [`verify_note`](crate::verify_note) does.
///
/// A signature has two forms that count, and the line always has the lower: one signature gives one line.
///
/// # Errors
/// [`NoteError::Key`] if `key` is no passkey; [`NoteError::Passkey`] if the assertion has a size that no
/// browser makes, or its signature is none.
pub fn passkey_line(
    key: &VerifyingKey<Person>,
    assertion: &Assertion,
) -> Result<String, NoteError> {
    if key.passkey().is_none() {
        return Err(NoteError::verifying::<Person>("must be a passkey"));
    }
    let mut bytes = key.id.to_be_bytes().to_vec();
    bytes.extend(assertion.lower()?.to_bytes()?);
    Ok(format!(
        "\u{2014} {} {}",
        key.name,
        BASE64_STANDARD.encode(bytes)
    ))
}

impl<R: Role> VerifyingKey<R> {
    pub(crate) fn new(name: &str, key: ed25519_dalek::VerifyingKey) -> Self {
        Self::of(name, Key::Ed25519(key))
    }

    fn of(name: &str, key: Key) -> Self {
        Self {
            id: signed_note::key_id(name, &key.material(R::KIND)),
            name: name.to_owned(),
            key,
            role: PhantomData,
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
        let longest = if R::MAY_BE_ML_DSA {
            LONGEST_ML_DSA
        } else {
            LONGEST_KEY
        };
        if encoded.len() > longest {
            return Err(wrong(form));
        }
        let material = BASE64_STANDARD.decode(encoded).map_err(|_| wrong(form))?;
        let (kind, bytes) = material.split_first().ok_or(wrong(form))?;
        let key = match *kind {
            PASSKEY if R::MAY_BE_PASSKEY => Key::Passkey(
                passkey(bytes).ok_or(wrong("must hold an ES256 passkey and its origin"))?,
            ),
            ML_DSA_COSIGNATURE if R::MAY_BE_ML_DSA => {
                if !ml_dsa::fits(name) {
                    return Err(wrong(ml_dsa::LENGTH_RULE));
                }
                Key::MlDsa(MlDsaPublic::from_bytes(bytes).ok_or(wrong(
                    "must hold a sound ML-DSA-44 public key of 1312 bytes",
                ))?)
            }
            kind if kind == R::KIND => {
                let bytes = bytes
                    .try_into()
                    .map_err(|_| wrong("must hold a key of 32 bytes"))?;
                let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).ok();
                let sound = key.filter(|key| !key.is_weak());
                Key::Ed25519(sound.ok_or(wrong("must hold a sound Ed25519 public key"))?)
            }
            _ if R::MAY_BE_PASSKEY => {
                return Err(wrong(
                    "must be an Ed25519 key (signature type 0x01) or a passkey (0xff)",
                ));
            }
            _ if R::KIND == ED25519 => {
                return Err(wrong("must be an Ed25519 key (signature type 0x01)"));
            }
            _ => {
                return Err(wrong(
                    "must be a cosignature key of Ed25519 (signature type 0x04) or ML-DSA-44 (0x06)",
                ));
            }
        };
        let parsed = Self::of(name, key);
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
        match (&self.key, &other.key) {
            (Key::Ed25519(one), Key::Ed25519(other)) => one == other,
            // On whose pages it may sign makes no other key of it.
            (Key::Passkey(one), Key::Passkey(other)) => one.same_point(other),
            (Key::MlDsa(one), Key::MlDsa(other)) => one == other,
            _ => false,
        }
    }
}

/// What stands behind the signature type of a passkey.
fn passkey(bytes: &[u8]) -> Option<PasskeyKey> {
    let (point, origin) = bytes
        .strip_prefix(PASSKEY_FORM.as_bytes())?
        .split_first_chunk::<POINT>()?;
    PasskeyKey::from_point(point, std::str::from_utf8(origin).ok()?).ok()
}

/// Whether this passkey signed the text, and the line has the one form that [`passkey_line`] gives it.
fn passkey_signed(key: &PasskeyKey, text: &[u8], line: &[u8]) -> Result<(), PasskeyError> {
    let assertion = Assertion::read(line)?;
    if assertion.lower()? != assertion {
        return Err(PasskeyError::Signature);
    }
    key.verify(&Sha256::digest(text), &assertion)
}

impl<R: Role> Verifier for VerifyingKey<R> {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = match &self.key {
            Key::Ed25519(key) => key,
            Key::Passkey(key) => return passkey_signed(key, message, signature).is_ok(),
            Key::MlDsa(key) => {
                return divide_cosignature(signature).is_some_and(|(time, signature)| {
                    ml_dsa::message(&self.name, time, message)
                        .is_some_and(|signed| key.verify(&signed, signature))
                });
            }
        };
        let accepts = |message: &[u8], signature: &[u8]| {
            Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
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

/// The time (POSIX seconds, by the witness' own clock) and the signature inside a witness'
/// cosignature; `None` if it is not one. A time of 0 is none: with ML-DSA-44 a cosigner says with it that it
/// does not tell whether this is the largest tree that it saw (c2sp.org/tlog-cosignature).
#[must_use]
pub fn divide_cosignature(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    (time < 1 << 63).then_some((time, signature))
}

pub(crate) fn is_name(name: &str) -> bool {
    signed_note::is_key_name_valid(name) && !name.chars().any(char::is_control)
}

impl<R: Role> fmt::Display for VerifyingKey<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = BASE64_STANDARD.encode(self.key.material(R::KIND));
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
