use jiff::Timestamp;
use lagrum_model::{RecipientKey, Sha256Digest};
use pgp::packet::{PublicKey, PublicSubkey, Signature, SignatureType, SubpacketData, UserId};
use pgp::types::{KeyDetails, KeyVersion, Tag};

use crate::CertificateError as Error;
use crate::algorithm::{is_strong, may_encrypt, may_sign};
use crate::packets::{Parts, parts, write};

/// The longest reduced form, in bytes.
const LONGEST_REDUCED: usize = 16 << 10;

/// A certificate that can be sealed to at the time for which it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    bytes: Vec<u8>,
    key: RecipientKey,
    pub(crate) subkey: PublicSubkey,
    /// Whether its holder said that they can read version 2 of encrypted data (RFC 9580 section 5.13.2).
    pub(crate) reads_version_2: bool,
    expires_at: Option<Timestamp>,
}

impl Certificate {
    /// Reads what an authority gave, armoured or not, and reduces it to what is sealed to at `now` (UTC): the primary
    /// key, what it says of itself, one user id where there is one, and its newest good subkey for encryption.
    ///
    /// # Errors
    /// [`CertificateError`](Error): each says what is wrong, and what helps.
    pub fn read(given: &[u8], now: Timestamp) -> Result<Self, Error> {
        let parts = parts(given)?;
        let reduced = Self::reduced(&parts, now)?;
        // What is pinned is read again later: it has to be its own reduction.
        let again = Self::reduced(&self::parts(&reduced.bytes)?, now)?;
        match again.bytes == reduced.bytes {
            true => Ok(again),
            false => Err(Error::Unreadable),
        }
    }

    /// Reads what is pinned under `key`, for sealing at `now` (UTC).
    ///
    /// # Errors
    /// [`CertificateError::Another`](Error::Another) when it is not exactly what the key names; else as
    /// [`Certificate::read`], where time has passed.
    pub fn pinned(bytes: &[u8], key: &RecipientKey, now: Timestamp) -> Result<Self, Error> {
        let read = Self::read(bytes, now)?;
        match read.bytes == bytes && read.key == *key {
            true => Ok(read),
            false => Err(Error::Another),
        }
    }

    /// Its name, as mandates and lists of recipients hold it.
    #[must_use]
    pub fn key(&self) -> &RecipientKey {
        &self.key
    }

    /// The reduced certificate, in its one binary form.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// From when on nothing is sealed to it any more (UTC). Nothing, where it does not say.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    fn reduced(parts: &Parts, now: Timestamp) -> Result<Self, Error> {
        let primary = &parts.primary;
        if !matches!(primary.version(), KeyVersion::V4 | KeyVersion::V6) {
            return Err(Error::Version);
        }
        may_sign(primary.public_params())?;
        // Who may revoke a key can be somebody else, whose key is not here: that one is there is enough.
        let is = |one: &Signature, kind| one.typ() == Some(kind);
        if parts
            .direct
            .iter()
            .any(|one| is(one, SignatureType::KeyRevocation))
        {
            return Err(Error::Revoked);
        }
        let created = instant(primary.created_at().as_secs())?;
        if created > now {
            return Err(Error::NotYet(created));
        }
        let direct = parts.direct.iter().filter(|one| {
            is(one, SignatureType::Key) && is_good(one, now) && one.verify_key(primary).is_ok()
        });
        let direct = newest(direct);
        let user = user(parts, now);
        if direct.is_none() && (user.is_none() || primary.version() == KeyVersion::V6) {
            return Err(self_unsigned(parts));
        }
        let said: Vec<_> = direct.into_iter().chain(user.map(|user| user.1)).collect();
        let expires = said
            .iter()
            .filter_map(|one| expiry(primary.created_at().as_secs(), one));
        let expires = expires.min().map(instant).transpose()?;
        not_expired(expires, now)?;
        let (subkey, binding, subkey_expires) = subkey(parts, now)?;
        let reads_version_2 = said
            .iter()
            .copied()
            .chain([binding])
            .any(|one| one.features().is_some_and(pgp::packet::Features::seipd_v2));
        let mut bytes = Vec::new();
        write(&mut bytes, Tag::PublicKey, primary)?;
        if let Some(one) = direct {
            write(&mut bytes, Tag::Signature, one)?;
        }
        if let Some((id, one)) = user {
            write(&mut bytes, Tag::UserId, id)?;
            write(&mut bytes, Tag::Signature, one)?;
        }
        write(&mut bytes, Tag::PublicSubkey, subkey)?;
        write(&mut bytes, Tag::Signature, binding)?;
        if bytes.len() > LONGEST_REDUCED {
            return Err(Error::TooLong(LONGEST_REDUCED));
        }
        let fingerprint = format!("{:X}", primary.fingerprint());
        let key = RecipientKey::of_openpgp(&fingerprint, Sha256Digest::of(&bytes));
        Ok(Self {
            key: key.map_err(|_| Error::Version)?,
            bytes,
            subkey: subkey.clone(),
            reads_version_2,
            expires_at: expires.into_iter().chain(subkey_expires).min(),
        })
    }
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Certificate({})", self.key)
    }
}

/// The user id that speaks for the key, with what the key says about it: the one that is marked, else the one that was
/// signed last. One whose certification was taken back speaks for nobody.
fn user(parts: &Parts, now: Timestamp) -> Option<(&UserId, &Signature)> {
    let primary: &PublicKey = &parts.primary;
    let certified = parts.users.iter().filter_map(|(id, signatures)| {
        let own = |one: &&Signature| one.verify_certification(primary, Tag::UserId, id).is_ok();
        let revoked = |one: &&Signature| one.typ() == Some(SignatureType::CertRevocation);
        if signatures.iter().filter(revoked).any(|one| own(&one)) {
            return None;
        }
        let good = signatures
            .iter()
            .filter(|one| one.is_certification() && !revoked(one) && is_good(one, now) && own(one));
        Some((id, newest(good)?))
    });
    certified.max_by_key(|(_, one)| (one.is_primary(), one.created()))
}

/// The newest subkey for encryption that can be sealed to, what binds it, and from when on it is none any more.
fn subkey(
    parts: &Parts,
    now: Timestamp,
) -> Result<(&PublicSubkey, &Signature, Option<Timestamp>), Error> {
    let mut found = None;
    // Of several that cannot be sealed to, the newest says why.
    let mut why = (None, Error::NoEncryption);
    for (subkey, signatures) in &parts.subkeys {
        let created = Some(subkey.created_at());
        match one_subkey(&parts.primary, subkey, signatures, now) {
            Ok(None) => {}
            Ok(Some((binding, expires))) => {
                let newer = found
                    .as_ref()
                    .is_none_or(|(before, ..): &(&PublicSubkey, _, _)| {
                        Some(before.created_at()) <= created
                    });
                if newer {
                    found = Some((subkey, binding, expires));
                }
            }
            Err(error) if why.0 <= created => why = (created, error),
            Err(_) => {}
        }
    }
    found.ok_or(why.1)
}

/// What binds a subkey, and from when on it is none any more. Nothing, if it is for something else.
fn one_subkey<'p>(
    primary: &PublicKey,
    subkey: &PublicSubkey,
    signatures: &'p [Signature],
    now: Timestamp,
) -> Result<Option<(&'p Signature, Option<Timestamp>)>, Error> {
    const WHAT: &str = "the subkey for encryption";
    let for_encryption = |one: &Signature| {
        let flags = one.key_flags();
        flags.encrypt_comms() || flags.encrypt_storage()
    };
    let bindings = || {
        let all = signatures.iter();
        all.filter(|one| one.typ() == Some(SignatureType::SubkeyBinding))
    };
    let bound = |one: &&Signature| one.verify_subkey_binding(primary, subkey).is_ok();
    let good = bindings().filter(|one| is_good(one, now)).filter(bound);
    let Some(binding) = newest(good) else {
        if !bindings().any(for_encryption) {
            return Ok(None);
        }
        let weak = bindings().filter(|one| !is_strong(one.hash_alg())).count();
        return Err(match weak {
            0 => Error::Unsigned(WHAT),
            _ => Error::WeakHash(WHAT),
        });
    };
    if !for_encryption(binding) {
        return Ok(None);
    }
    let revoked = |one: &Signature| one.typ() == Some(SignatureType::SubkeyRevocation);
    if signatures.iter().any(revoked) {
        return Err(Error::Revoked);
    }
    may_encrypt(subkey.public_params(), subkey.version())?;
    // A version 6 key has version 6 subkeys, and no other has (RFC 9580 section 10.1).
    if subkey.version() != primary.version() {
        return Err(Error::Version);
    }
    let created = subkey.created_at().as_secs();
    if instant(created)? > now {
        return Err(Error::NotYet(instant(created)?));
    }
    let expires = expiry(created, binding).map(instant).transpose()?;
    not_expired(expires, now)?;
    Ok(Some((binding, expires)))
}

/// Why the primary key says nothing good of itself.
fn self_unsigned(parts: &Parts) -> Error {
    const WHAT: &str = "the primary key";
    let of_users = parts.users.iter().flat_map(|(id, all)| {
        let own = move |one: &&Signature| {
            one.verify_certification(&parts.primary, Tag::UserId, id)
                .is_ok()
        };
        all.iter().filter(own)
    });
    let mut all = parts.direct.iter().chain(of_users);
    match all.any(|one| !is_strong(one.hash_alg())) {
        true => Error::WeakHash(WHAT),
        false => Error::Unsigned(WHAT),
    }
}

/// Whether a signature is of a kind that counts, and of now. Who made it is not looked at.
fn is_good(one: &Signature, now: Timestamp) -> bool {
    let Some(config) = one.config() else {
        return false;
    };
    // What must be understood and is not makes a signature void (RFC 9580 section 5.2.3.7).
    let unknown = config.hashed_subpackets().any(|part| {
        part.is_critical
            && matches!(
                part.data,
                SubpacketData::Notation(_)
                    | SubpacketData::Experimental(..)
                    | SubpacketData::Other(..)
            )
    });
    let Some(created) = one.created().map(|at| at.as_secs()) else {
        return false;
    };
    let begun = instant(created).is_ok_and(|at| at <= now);
    let ended = one
        .signature_expiration_time()
        .map_or(0, |time| time.as_secs());
    let ended = ended != 0 && instant(created.saturating_add(ended)).is_ok_and(|at| at <= now);
    !unknown && begun && !ended && is_strong(one.hash_alg())
}

/// The newest; of several of one second, the last.
fn newest<'s>(all: impl Iterator<Item = &'s Signature>) -> Option<&'s Signature> {
    all.max_by_key(|one| one.created())
}

/// When a key that was made at `created` expires, as a signature says it: the earliest of what it says. In seconds
/// since 1970 (UTC).
fn expiry(created: u32, said: &Signature) -> Option<u32> {
    let parts = said.config()?.hashed_subpackets();
    let times = parts.filter_map(|part| match &part.data {
        SubpacketData::KeyExpirationTime(time) if time.as_secs() != 0 => Some(time.as_secs()),
        _ => None,
    });
    times.min().map(|after| created.saturating_add(after))
}

fn not_expired(expires: Option<Timestamp>, now: Timestamp) -> Result<(), Error> {
    match expires {
        Some(at) if at <= now => Err(Error::Expired(at)),
        _ => Ok(()),
    }
}

fn instant(seconds: u32) -> Result<Timestamp, Error> {
    Timestamp::from_second(seconds.into()).map_err(|_| Error::Unreadable)
}
