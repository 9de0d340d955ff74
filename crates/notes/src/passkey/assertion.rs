use sha2::{Digest, Sha256};

use crate::PasskeyError;

/// The longest assertion in a line of a note. A browser's takes some 400 bytes.
pub(crate) const LONGEST: usize = 4 << 10;
/// The longest ECDSA signature over P-256 in DER.
const LONGEST_SIGNATURE: usize = 72;
/// Without extensions and without a key: digest of the relying party, flags, counter.
const AUTHENTICATOR_DATA: usize = 32 + 1 + 4;

/// Flags (Web Authentication, section 6.1).
const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const HAS_KEY: u8 = 1 << 6;
const HAS_EXTENSIONS: u8 = 1 << 7;

/// What a passkey makes when somebody signs with it (`AuthenticatorAssertionResponse`), each as the
/// browser hands it over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assertion {
    /// What the authenticator states and signs: for whom, that a person was there, its counter.
    pub authenticator_data: Vec<u8>,
    /// What the browser states, as JSON (`clientDataJSON`): what was signed, on which page.
    pub client_data: Vec<u8>,
    /// The ECDSA signature over both, in DER.
    pub signature: Vec<u8>,
}

impl Assertion {
    /// The three, each behind its length (two bytes, the higher first).
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, PasskeyError> {
        self.is_bounded()?;
        let mut bytes = Vec::new();
        for part in [&self.authenticator_data, &self.client_data, &self.signature] {
            let length = u16::try_from(part.len()).map_err(|_| PasskeyError::Size)?;
            bytes.extend(length.to_be_bytes());
            bytes.extend(part);
        }
        Ok(bytes)
    }

    /// Reads what [`Assertion::to_bytes`] wrote, and nothing after it.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PasskeyError> {
        if bytes.len() > LONGEST {
            return Err(PasskeyError::Size);
        }
        let mut left = bytes;
        let mut part = || {
            let (length, rest) = left.split_first_chunk::<2>().ok_or(PasskeyError::Size)?;
            let (part, rest) = rest
                .split_at_checked(usize::from(u16::from_be_bytes(*length)))
                .ok_or(PasskeyError::Size)?;
            left = rest;
            Ok(part.to_vec())
        };
        let assertion = Self {
            authenticator_data: part()?,
            client_data: part()?,
            signature: part()?,
        };
        if !left.is_empty() {
            return Err(PasskeyError::Size);
        }
        assertion.is_bounded().map(|()| assertion)
    }

    /// The same with the lower of the two values of `s` that its signature may have: who has one can make
    /// the other without the key.
    pub(crate) fn lower(&self) -> Result<Self, PasskeyError> {
        let signature = super::strict(&self.signature)?;
        let lower = signature.normalize_s().unwrap_or(signature);
        Ok(Self {
            signature: lower.to_der().as_bytes().to_vec(),
            ..self.clone()
        })
    }

    /// Whether it is as small as browsers' are.
    pub(super) fn is_bounded(&self) -> Result<(), PasskeyError> {
        let lengths = [&self.authenticator_data, &self.client_data, &self.signature].map(Vec::len);
        let whole = lengths
            .iter()
            .fold(6, |sum: usize, n| sum.saturating_add(*n));
        if whole <= LONGEST && lengths[2] <= LONGEST_SIGNATURE {
            Ok(())
        } else {
            Err(PasskeyError::Size)
        }
    }
}

/// What the authenticator states. Nothing but an assertion without extensions, of which Lagrum asks for
/// none, is accepted: so every byte of it has a meaning.
pub(super) fn check_authenticator(data: &[u8], relying_party: &str) -> Result<(), PasskeyError> {
    let (digest, rest) = data
        .split_first_chunk::<32>()
        .ok_or(PasskeyError::AuthenticatorData)?;
    let flags = *rest.first().ok_or(PasskeyError::AuthenticatorData)?;
    if *digest != <[u8; 32]>::from(Sha256::digest(relying_party)) {
        return Err(PasskeyError::RelyingParty);
    }
    let has = |flag: u8| flags & flag != 0;
    if !has(USER_PRESENT) {
        return Err(PasskeyError::Absent);
    }
    if !has(USER_VERIFIED) {
        return Err(PasskeyError::Unverified);
    }
    let contradicts = has(BACKED_UP) && !has(BACKUP_ELIGIBLE);
    if contradicts || has(HAS_KEY | HAS_EXTENSIONS) || data.len() != AUTHENTICATOR_DATA {
        return Err(PasskeyError::AuthenticatorData);
    }
    Ok(())
}
