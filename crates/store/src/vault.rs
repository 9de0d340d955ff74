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
use jiff::Timestamp;
use lagrum_log::{Commitment, Salt};
use lagrum_model::{CaseId, Identifier, Sha256Digest};
use rand_core::CryptoRngCore;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{StoreError, WordTag};

const NONCE: usize = 24;
const HEADER: &str = "lagrum-master-key/1 ";

/// Why a master key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file cannot be read.
    #[error("master key: {0}")]
    File(#[from] lagrum_durable::FileError),
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
        let fault = |source| lagrum_durable::FileError::new("read", file, source);
        let opened = lagrum_durable::open_plain(file)?;
        let mode = opened.metadata().map_err(fault)?.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(MasterKeyError::OpenToOthers(mode));
        }
        let mut text = Zeroizing::new(String::new());
        opened.take(1024).read_to_string(&mut text).map_err(fault)?;
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
    shelf: XChaCha20Poly1305,
    tagging: Zeroizing<[u8; 32]>,
    mark: Tag,
}

impl Vault {
    /// The vault of a master key.
    #[must_use]
    pub fn new(master: &MasterKey) -> Self {
        Self {
            wrapping: XChaCha20Poly1305::new((&*master.derive("wrap")).into()),
            shelf: XChaCha20Poly1305::new((&*master.derive("shelf")).into()),
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
        let (kind, value) = (identifier.kind(), identifier.normal());
        Tag(keyed(
            &self.tagging,
            &[b"identifier", kind.as_bytes(), value.as_bytes()],
        ))
    }

    /// The tag of a word, the same in all cases, and shorter than those of others: there are many.
    pub(crate) fn tag_word(&self, word: &str) -> WordTag {
        self.short_tag(&[b"word", word.as_bytes()])
    }

    /// What stands among the words of a case of which not all are kept. It is no word's.
    pub(crate) fn tag_cut(&self) -> WordTag {
        self.short_tag(&[b"more words than are kept"])
    }

    fn short_tag(&self, pieces: &[&[u8]]) -> WordTag {
        let mut short = [0; 8];
        short.copy_from_slice(&keyed(&self.tagging, pieces)[..8]);
        WordTag(i64::from_be_bytes(short))
    }

    /// The tag of an original's digest.
    pub(crate) fn tag_original(&self, digest: &Sha256Digest) -> Tag {
        Tag(keyed(&self.tagging, &[b"original", &digest.0]))
    }

    /// The tag of a sender at the door: finds what came from there.
    pub(crate) fn tag_sender(&self, sender: &str) -> Tag {
        Tag(keyed(&self.tagging, &[b"sender", sender.as_bytes()]))
    }

    /// The tag of an original that came from a sender at the door.
    pub(crate) fn tag_sent(&self, sender: &str, digest: &Sha256Digest) -> Tag {
        Tag(keyed(
            &self.tagging,
            &[b"sent", sender.as_bytes(), &digest.0],
        ))
    }

    /// The address of a case at the door, as 32 hexadecimal digits: without the master key nobody can
    /// guess one.
    pub(crate) fn address(&self, case: &CaseId) -> String {
        let address = keyed(&self.tagging, &[b"address", case.to_string().as_bytes()]);
        let half = address.iter().take(16);
        half.map(|byte| format!("{byte:02x}")).collect()
    }

    /// The tag of an address at the door, for one sender: for every other it leads nowhere.
    pub(crate) fn tag_address(&self, sender: &str, address: &str) -> Tag {
        let parts: [&[u8]; 3] = [b"at the door", sender.as_bytes(), address.as_bytes()];
        Tag(keyed(&self.tagging, &parts))
    }

    /// The tag of a key on the shelf.
    pub(crate) fn tag_shelf(&self, kind: &str, key: &[u8]) -> Tag {
        Tag(keyed(&self.tagging, &[b"shelf", kind.as_bytes(), key]))
    }

    pub(crate) fn seal_shelf(
        &self,
        kind: &str,
        tag: &Tag,
        until: Option<Timestamp>,
        value: &[u8],
        random: &mut dyn CryptoRngCore,
    ) -> Vec<u8> {
        let until = until.map(Timestamp::as_microsecond);
        seal(&self.shelf, &shelf_aad(kind, tag, until), value, random)
    }

    /// What was sealed in this place; nothing if it was changed, or is of another place.
    pub(crate) fn open_shelf(
        &self,
        kind: &str,
        tag: &Tag,
        until: Option<i64>,
        sealed: &[u8],
    ) -> Option<Vec<u8>> {
        open(&self.shelf, &shelf_aad(kind, tag, until), sealed)
    }

    /// The salt of an entry that stands for nothing, sealed for its position.
    pub(crate) fn seal_cover(
        &self,
        position: u64,
        salt: &Salt,
        random: &mut dyn CryptoRngCore,
    ) -> Vec<u8> {
        seal(&self.shelf, &cover_aad(position), salt.as_bytes(), random)
    }

    /// The salt that was sealed for this position; nothing if it was changed.
    pub(crate) fn open_cover(&self, position: u64, sealed: &[u8]) -> Option<Salt> {
        let salt = open(&self.shelf, &cover_aad(position), sealed)?;
        Some(Salt::from_bytes(salt.try_into().ok()?))
    }

    /// What opens a card, sealed for its place and for its case; for none if it is blank.
    pub(crate) fn seal_card(
        &self,
        at: (u64, u32),
        case: Option<&CaseId>,
        opening: &[u8],
        random: &mut dyn CryptoRngCore,
    ) -> Vec<u8> {
        seal(&self.shelf, &card_aad(at, case), opening, random)
    }

    /// What was sealed for this place and case; nothing if it was changed.
    pub(crate) fn open_card(
        &self,
        at: (u64, u32),
        case: Option<&CaseId>,
        sealed: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        open(&self.shelf, &card_aad(at, case), sealed).map(Zeroizing::new)
    }

    /// What figures know of a case, sealed. Equal facts of a case are sealed equally, so that what is kept can be
    /// compared with what follows from the events.
    pub(crate) fn seal_fact(&self, case: &CaseId, facts: &[u8]) -> Vec<u8> {
        let aad = aad("fact", case, &[]);
        let made = keyed(&self.tagging, &[b"nonce of a fact", &aad, facts]);
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&made[..NONCE]);
        seal_with(&self.shelf, nonce, &aad, facts)
    }

    /// What was sealed for this case; nothing if it was changed.
    pub(crate) fn open_fact(&self, case: &CaseId, sealed: &[u8]) -> Option<Vec<u8>> {
        open(&self.shelf, &aad("fact", case, &[]), sealed)
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

/// What is bound to something on the shelf: its kind (one word), its tag, and until when it counts.
fn shelf_aad(kind: &str, tag: &Tag, until: Option<i64>) -> Vec<u8> {
    let until = until.map_or_else(|| "-".to_owned(), |until| until.to_string());
    let mut aad = format!("lagrum shelf v1\n{kind}\n{until}\n").into_bytes();
    aad.extend_from_slice(&tag.0);
    aad
}

fn cover_aad(position: u64) -> Vec<u8> {
    format!("lagrum cover v1\n{position}").into_bytes()
}

fn card_aad((slot, place): (u64, u32), case: Option<&CaseId>) -> Vec<u8> {
    let case = case.map_or_else(|| "-".to_owned(), ToString::to_string);
    format!("lagrum card v1\n{slot}\n{place}\n{case}").into_bytes()
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
    seal_with(cipher, nonce, aad, msg)
}

fn seal_with(cipher: &XChaCha20Poly1305, nonce: [u8; NONCE], aad: &[u8], msg: &[u8]) -> Vec<u8> {
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

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::made_random::MadeRandom;

    fn vault() -> Vault {
        Vault::new(&MasterKey(Zeroizing::new([7; 32])))
    }

    #[test]
    fn what_is_sealed_opens_only_in_its_own_place() {
        let vault = vault();
        let (case, other) = (CaseId::new(2026, 1), CaseId::new(2026, 2));
        let (key, wrapped) = vault.new_key(&case, &mut MadeRandom);
        let salt = Salt::from_bytes([1; 32]);
        let commitment = Commitment::of(&salt, b"text");
        let sealed = key.seal_event(3, &commitment, &salt, "text", &mut MadeRandom);
        let again = vault.unwrap(&case, &wrapped).unwrap();
        assert_eq!(
            again.open_event(3, &commitment, &sealed).unwrap(),
            (salt, "text".into())
        );
        assert!(key.open_event(4, &commitment, &sealed).is_err());
        assert!(
            key.open_event(3, &Commitment::from_bytes([0; 32]), &sealed)
                .is_err()
        );
        assert!(vault.unwrap(&other, &wrapped).is_err());
        assert!(
            vault
                .new_key(&case, &mut MadeRandom)
                .0
                .open_event(3, &commitment, &sealed)
                .is_err()
        );
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(
                key.open_event(3, &commitment, &changed).is_err(),
                "byte {place}"
            );
        }
        for cut in [0, 23, 24, 40, sealed.len() - 1] {
            assert!(key.open_event(3, &commitment, &sealed[..cut]).is_err());
        }
        let digest = Sha256Digest::of(b"text");
        let original = key.seal_original(&digest, b"text", &mut MadeRandom);
        assert_eq!(key.open_original(&digest, &original).unwrap(), b"text");
        assert!(key.open_outbox("key", &original).is_err());
        let lies = key.seal_original(&Sha256Digest::of(b"other"), b"text", &mut MadeRandom);
        assert!(
            key.open_original(&Sha256Digest::of(b"other"), &lies)
                .is_err()
        );
    }

    #[test]
    fn equal_identifiers_have_equal_tags_under_one_master_key_and_no_other() {
        let email =
            |text| Identifier::EmailAddress(lagrum_model::EmailAddress::parse(text).unwrap());
        let one = vault().tag_identifier(&email("Alder@Kvist.example"));
        assert_eq!(one, vault().tag_identifier(&email("alder@kvist.example")));
        let user = Identifier::UserId("alder@kvist.example".parse().unwrap());
        assert_ne!(one, vault().tag_identifier(&user));
        let other = Vault::new(&MasterKey(Zeroizing::new([8; 32])));
        assert_ne!(one, other.tag_identifier(&email("alder@kvist.example")));
    }

    #[test]
    fn a_master_key_is_read_from_a_file_of_its_owner_only() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("master.key");
        let key = MasterKey::generate(&mut MadeRandom);
        std::fs::write(&file, &*key.to_secret_string()).unwrap();
        for (mode, readable) in [
            (0o600, true),
            (0o400, true),
            (0o640, false),
            (0o604, false),
            (0o620, false),
        ] {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            let read = MasterKey::read(&file);
            assert_eq!(
                read.is_ok_and(|read| *read.0 == *key.0),
                readable,
                "{mode:o}"
            );
        }
        for wrong in [
            "",
            "lagrum-master-key/1 5a",
            "lagrum-master-key/2 ",
            &"5a".repeat(32),
        ] {
            assert!(matches!(
                MasterKey::from_secret_string(wrong),
                Err(MasterKeyError::Malformed)
            ));
        }
    }
}
