//! Keys: one master key of the provider, one random key for each case.
//!
//! A case's key lies in the database, encrypted under the master key; events, originals and outbox
//! are encrypted under the case's key. Deleting the wrapped key makes them unreadable for ever.

use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use lagrum_log::{Commitment, Salt};
use lagrum_model::{CaseId, Identifier, Sha256Digest};
use rand_core::CryptoRngCore;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::StoreError;

const NONCE: usize = 24;
const HEADER: &str = "lagrum-master-key/1 ";

/// Why a master key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file cannot be read.
    #[error("master key: {0}")]
    Io(#[from] std::io::Error),
    /// Others than its owner can read or change the file.
    #[error(
        "master key: others than the owner can use the file (mode {0:03o}); only the owner may read it (mode 600)"
    )]
    OpenToOthers(u32),
    /// The text is not a master key.
    #[error("master key: the text must be `lagrum-master-key/1` and 64 hexadecimal digits")]
    Malformed,
}

/// The key under which the keys of all cases are wrapped: 32 secret random bytes in a file of their
/// own, outside the database and its backups.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// A fresh key from the caller's random source.
    #[must_use]
    pub fn generate(random: &mut dyn CryptoRngCore) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        random.fill_bytes(&mut *key);
        Self(key)
    }

    /// Reads the key's file, which nobody but its owner may be able to read.
    ///
    /// # Errors
    /// [`MasterKeyError`], naming the rule.
    pub fn read(file: &Path) -> Result<Self, MasterKeyError> {
        let opened = std::fs::File::open(file)?;
        let mode = opened.metadata()?.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(MasterKeyError::OpenToOthers(mode));
        }
        let mut text = Zeroizing::new(String::new());
        opened.take(1024).read_to_string(&mut text)?;
        Self::from_secret_string(&text)
    }

    /// Reads the text that [`MasterKey::to_secret_string`] writes.
    ///
    /// # Errors
    /// [`MasterKeyError::Malformed`] for any other text.
    pub fn from_secret_string(text: &str) -> Result<Self, MasterKeyError> {
        let digits = text
            .trim()
            .strip_prefix(HEADER)
            .ok_or(MasterKeyError::Malformed)?;
        let mut key = Zeroizing::new([0; 32]);
        hex::decode_to_slice(digits, &mut *key).map_err(|_| MasterKeyError::Malformed)?;
        Ok(Self(key))
    }

    /// The key as text, for its file.
    #[must_use]
    pub fn to_secret_string(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{HEADER}{}\n", hex::encode(*self.0)))
    }

    fn derive(&self, use_: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(keyed(&self.0, &[b"lagrum store v1\n", use_.as_bytes()]))
    }
}

fn keyed(key: &[u8; 32], pieces: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes any key");
    for piece in pieces {
        mac.update(&(piece.len() as u64).to_be_bytes());
        mac.update(piece);
    }
    mac.finalize().into_bytes().into()
}

/// A keyed hash: equal things have equal tags, and without the master key nobody can try out which
/// thing a tag is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub [u8; 32]);

/// The key of a case, encrypted under the master key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey(pub Vec<u8>);

/// What encrypts and decrypts for one provider.
pub struct Vault {
    wrapping: XChaCha20Poly1305,
    tagging: Zeroizing<[u8; 32]>,
    mark: Tag,
}

impl Vault {
    /// The vault of a master key.
    #[must_use]
    pub fn new(master: &MasterKey) -> Self {
        Self {
            wrapping: XChaCha20Poly1305::new((&*master.derive("wrap")).into()),
            tagging: master.derive("tag"),
            mark: Tag(*master.derive("mark")),
        }
    }

    /// What tells a database whether it was written under this master key.
    pub(crate) fn mark(&self) -> Tag {
        self.mark
    }

    /// The tag of an identifier in its normal form.
    pub(crate) fn tag_identifier(&self, identifier: &Identifier) -> Tag {
        let (kind, value) = match identifier {
            Identifier::EmailAddress(address) => ("email-address", address.normal().to_owned()),
            Identifier::UserId(id) => ("user-id", id.clone()),
            Identifier::PhoneNumber(number) => ("phone-number", number.clone()),
            Identifier::IpAddress { .. } => ("ip-address", identifier.value()),
            Identifier::Network(network) => ("network", network.clone()),
        };
        Tag(keyed(
            &self.tagging,
            &[b"identifier", kind.as_bytes(), value.as_bytes()],
        ))
    }

    /// The tag of an original's digest.
    pub(crate) fn tag_original(&self, digest: &Sha256Digest) -> Tag {
        Tag(keyed(&self.tagging, &[b"original", &digest.0]))
    }

    /// A fresh key for a case, and the same wrapped.
    pub(crate) fn new_key(
        &self,
        case: &CaseId,
        random: &mut dyn CryptoRngCore,
    ) -> (CaseKey, WrappedKey) {
        let mut key = Zeroizing::new([0; 32]);
        random.fill_bytes(&mut *key);
        let wrapped = seal(&self.wrapping, &aad("case key", case, &[]), &*key, random);
        (CaseKey::new(case, &key), WrappedKey(wrapped))
    }

    /// The key of a case from its wrapped form.
    pub(crate) fn unwrap(&self, case: &CaseId, key: &WrappedKey) -> Result<CaseKey, StoreError> {
        let opened = open(&self.wrapping, &aad("case key", case, &[]), &key.0).map(Zeroizing::new);
        let opened = opened
            .as_ref()
            .and_then(|key| <&[u8; 32]>::try_from(key.as_slice()).ok())
            .ok_or_else(|| StoreError::damaged(format!("the key of case {case} was changed")))?;
        Ok(CaseKey::new(case, opened))
    }
}

/// The key of one case.
pub(crate) struct CaseKey {
    case: CaseId,
    cipher: XChaCha20Poly1305,
}

impl CaseKey {
    fn new(case: &CaseId, key: &[u8; 32]) -> Self {
        Self {
            case: case.clone(),
            cipher: XChaCha20Poly1305::new(key.into()),
        }
    }

    pub(crate) fn seal_event(
        &self,
        number: u64,
        commitment: &Commitment,
        salt: &Salt,
        text: &str,
        random: &mut dyn CryptoRngCore,
    ) -> Vec<u8> {
        let mut plain = Zeroizing::new(Vec::with_capacity(32 + text.len()));
        plain.extend_from_slice(salt.as_bytes());
        plain.extend_from_slice(text.as_bytes());
        seal(
            &self.cipher,
            &self.event_aad(number, commitment),
            &plain,
            random,
        )
    }

    /// Salt and text of an event; checked against its commitment.
    pub(crate) fn open_event(
        &self,
        number: u64,
        commitment: &Commitment,
        sealed: &[u8],
    ) -> Result<(Salt, String), StoreError> {
        let changed = || {
            let what = format!(
                "event {number} of case {} was changed after it was recorded",
                self.case
            );
            StoreError::Damaged(what)
        };
        let mut plain = open(&self.cipher, &self.event_aad(number, commitment), sealed)
            .filter(|plain| plain.len() >= 32)
            .ok_or_else(changed)?;
        let text = plain.split_off(32);
        let salt = Salt::from_bytes(plain.try_into().map_err(|_| changed())?);
        if Commitment::of(&salt, &text) != *commitment {
            return Err(changed());
        }
        Ok((salt, String::from_utf8(text).map_err(|_| changed())?))
    }

    fn event_aad(&self, number: u64, commitment: &Commitment) -> Vec<u8> {
        let pieces: [&[u8]; 2] = [&number.to_be_bytes(), commitment.as_bytes()];
        aad("event", &self.case, &pieces)
    }

    pub(crate) fn seal_original(
        &self,
        digest: &Sha256Digest,
        bytes: &[u8],
        random: &mut dyn CryptoRngCore,
    ) -> Vec<u8> {
        let aad = aad("original", &self.case, &[&digest.0]);
        seal(&self.cipher, &aad, bytes, random)
    }

    /// The bytes of an original; checked against their digest.
    pub(crate) fn open_original(
        &self,
        digest: &Sha256Digest,
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let aad = aad("original", &self.case, &[&digest.0]);
        open(&self.cipher, &aad, sealed)
            .filter(|bytes| Sha256Digest::of(bytes) == *digest)
            .ok_or_else(|| {
                let what = format!("an original of case {} was changed", self.case);
                StoreError::Damaged(what)
            })
    }

    pub(crate) fn seal_outbox(
        &self,
        key: &str,
        body: &[u8],
        random: &mut dyn CryptoRngCore,
    ) -> Vec<u8> {
        let aad = aad("outbox", &self.case, &[key.as_bytes()]);
        seal(&self.cipher, &aad, body, random)
    }

    pub(crate) fn open_outbox(&self, key: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let aad = aad("outbox", &self.case, &[key.as_bytes()]);
        open(&self.cipher, &aad, sealed).ok_or_else(|| {
            let what = format!(
                "something to do in case {} was changed after it was recorded",
                self.case
            );
            StoreError::Damaged(what)
        })
    }
}

/// What is bound to a ciphertext: its use, its case, and what else places it. Lengths are fixed or
/// last, so no two places give the same bytes.
fn aad(use_: &str, case: &CaseId, pieces: &[&[u8]]) -> Vec<u8> {
    let mut aad = format!("lagrum {use_} v1\n{case}\n").into_bytes();
    for piece in pieces {
        aad.extend_from_slice(piece);
    }
    aad
}

fn seal(
    cipher: &XChaCha20Poly1305,
    aad: &[u8],
    msg: &[u8],
    random: &mut dyn CryptoRngCore,
) -> Vec<u8> {
    // 24 random bytes never repeat under one key, whoever seals and on however many machines.
    let mut nonce = [0; NONCE];
    random.fill_bytes(&mut nonce);
    let sealed = cipher
        .encrypt(XNonce::from_slice(&nonce), Payload { msg, aad })
        .expect("less than 256 GiB can be encrypted");
    [&nonce[..], &sealed].concat()
}

fn open(cipher: &XChaCha20Poly1305, aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, msg) = sealed.split_at_checked(NONCE)?;
    cipher
        .decrypt(XNonce::from_slice(nonce), Payload { msg, aad })
        .ok()
}
