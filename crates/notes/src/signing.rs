use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::Signer as _;
use hmac::{Hmac, Mac};
use rand_core::CryptoRngCore;
use sha2::Sha256;
use signed_note::{Note, Signer, Verifier as _};
use zeroize::Zeroizing;

use crate::role::Witness;
use crate::verifying::is_name;
use crate::{Holds, NoteError, Role, Signs, VerifyingKey};

/// What an encoded signing key starts with.
pub(crate) const SECRET_PREFIX: &str = "PRIVATE+KEY+";

pub(crate) const ID_RULE: &str = "must have the id that belongs to its key and name";

/// Name and seed of an encoded signing key of this type. Whether its id is right, is not looked at.
pub(crate) fn divide_secret<R: Role>(
    text: &str,
    kind: u8,
) -> Result<(&str, Zeroizing<[u8; 32]>), NoteError> {
    let text = text.trim_end_matches(['\r', '\n']);
    let wrong = NoteError::signing::<R>;
    let form = "must have the form PRIVATE+KEY+<name>+<id>+<base64>";
    let rest = text.strip_prefix(SECRET_PREFIX).ok_or(wrong(form))?;
    let (name, rest) = rest.split_once('+').ok_or(wrong(form))?;
    let (_, encoded) = rest.split_once('+').ok_or(wrong(form))?;
    let mut material = Zeroizing::new([0; 36]);
    match BASE64_STANDARD.decode_slice(encoded, material.as_mut()) {
        Ok(33) if material[0] == kind => {}
        _ => return Err(wrong("must hold a key of its type, of 32 bytes")),
    }
    let mut seed = Zeroizing::new([0; 32]);
    seed.copy_from_slice(&material[1..33]);
    Ok((name, seed))
}

/// An Ed25519 signing key under a name, in the role `R`.
///
/// The secret bytes are overwritten when the key is dropped.
pub struct SigningKey<R> {
    name: String,
    id: u32,
    key: ed25519_dalek::SigningKey,
    role: PhantomData<R>,
}

impl<R: Holds> SigningKey<R> {
    /// Makes a new key from the caller's random source.
    ///
    /// # Errors
    /// [`NoteError::Key`] if `name` is not a key name: non-empty, no spaces, no `+`, no control
    /// characters (c2sp.org/signed-note). For a log the name is its origin; an address without
    /// scheme, such as `log.example.com/1`, is usual.
    pub fn generate(random: &mut impl CryptoRngCore, name: &str) -> Result<Self, NoteError> {
        let mut seed = Zeroizing::new([0; 32]);
        random.fill_bytes(seed.as_mut());
        Self::from_seed(&seed, name)
    }

    /// The key of RFC 8032 section 5.1.5 that follows from 32 secret bytes.
    ///
    /// # Errors
    /// As [`SigningKey::generate`].
    pub fn from_seed(seed: &[u8; 32], name: &str) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::signing::<R>(crate::verifying::NAME_RULE));
        }
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let id = VerifyingKey::<R>::new(name, key.verifying_key()).key_id();
        let name = name.to_owned();
        let role = PhantomData;
        Ok(Self {
            name,
            id,
            key,
            role,
        })
    }

    /// The form in which the key is kept: `PRIVATE+KEY+<name>+<id>+<base64>`, as Go's `sumdb/note`
    /// writes it. Anybody who has it can sign in this name.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<String> {
        let mut material = Zeroizing::new([R::KIND; 33]);
        material[1..].copy_from_slice(self.key.as_bytes());
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(*material));
        Zeroizing::new(format!(
            "{SECRET_PREFIX}{}+{:08x}+{}",
            self.name, self.id, *encoded
        ))
    }

    /// Reads what [`SigningKey::to_secret`] wrote, and nothing else but newlines after it.
    ///
    /// # Errors
    /// [`NoteError::Key`]; the message never contains the text.
    pub fn from_secret(text: &str) -> Result<Self, NoteError> {
        let (name, seed) = divide_secret::<R>(text, R::KIND)?;
        let key = Self::from_seed(&seed, name)?;
        if *key.to_secret() != text.trim_end_matches(['\r', '\n']) {
            return Err(NoteError::signing::<R>(ID_RULE));
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
    pub fn verifying_key(&self) -> VerifyingKey<R> {
        VerifyingKey::new(&self.name, self.key.verifying_key())
    }

    /// A secret that nobody without this key can tell from random bytes, for one purpose: the same
    /// for the same key and purpose (HMAC-SHA-256, RFC 2104, under the key's 32 secret bytes).
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.key.as_bytes())
            .expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        Zeroizing::new(mac.finalize().into_bytes().into())
    }

    /// The scalar of the key, to which what is sealed to its public half is opened.
    pub(crate) fn scalar(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.to_scalar_bytes())
    }
}

impl SigningKey<Witness> {
    /// The line with which a witness says that it saw `text`, the body of a checkpoint, at `time`: seconds since
    /// 1970-01-01T00:00:00Z (POSIX) by its own clock (c2sp.org/tlog-cosignature, `cosignature/v1`).
    ///
    /// # Errors
    /// When the time is not one that the form can hold, or the key cannot sign.
    pub fn cosign(&self, text: &str, time: u64) -> Result<String, NoteError> {
        if time >= 1 << 63 {
            return Err(NoteError::Note(
                "the time of a cosignature is below 2^63".into(),
            ));
        }
        let signed = format!("cosignature/v1\ntime {time}\n{text}");
        let signature = self.key.try_sign(signed.as_bytes());
        let signature = signature.map_err(|e| NoteError::Note(e.to_string()))?;
        let bytes = [
            &self.id.to_be_bytes()[..],
            &time.to_be_bytes(),
            &signature.to_bytes(),
        ]
        .concat();
        Ok(format!(
            "\u{2014} {} {}",
            self.name,
            BASE64_STANDARD.encode(bytes)
        ))
    }
}

impl<R: Signs> SigningKey<R> {
    /// Signs `text` and returns the signature line.
    ///
    /// # Errors
    /// When `text` does not end in a newline, or has control characters.
    pub fn sign_line(&self, text: &str) -> Result<String, NoteError> {
        let note = self.sign_note(text)?;
        note.strip_prefix(text)
            .and_then(|rest| rest.strip_prefix('\n'))
            .map(|line| line.trim_end().to_owned())
            .ok_or_else(|| NoteError::Note("the text does not end in a newline".into()))
    }

    /// Signs `text` as a whole note. The same key and text always give the same bytes (RFC 8032
    /// section 5.1.6).
    ///
    /// # Errors
    /// As [`SigningKey::sign_line`].
    pub fn sign_note(&self, text: &str) -> Result<String, NoteError> {
        let fault = |e: signed_note::NoteError| NoteError::Note(e.to_string());
        let mut note = Note::new(text.as_bytes(), &[]).map_err(fault)?;
        note.add_sigs(&[self as &dyn Signer]).map_err(fault)?;
        String::from_utf8(note.to_bytes()).map_err(|e| NoteError::Note(e.to_string()))
    }
}

impl<R: Holds> fmt::Debug for SigningKey<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = R::WHOSE;
        write!(
            formatter,
            "SigningKey({whose} {}+{:08x})",
            self.name, self.id
        )
    }
}

impl<R: Signs> Signer for SigningKey<R> {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ed25519_dalek::SignatureError> {
        Ok(self.key.try_sign(message)?.to_vec())
    }
}
