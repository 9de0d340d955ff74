//! Passkeys: what a browser hands over when a person signs with one, and the check of it (Web
//! Authentication, Level 3, section 7.2). Only ES256, which every authenticator has.
//!
//! Nothing here is remembered, drawn or timed, so that everybody who has key, challenge and assertion
//! comes to one answer: a desk, an agent, whoever verifies a package. The counter of an authenticator is
//! not looked at: a mandate is carried out once, and passkeys that are kept on several devices do not count.

mod assertion;
mod client_data;
mod origin;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey as P256Key};
use p256::pkcs8::DecodePublicKey as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use assertion::Assertion;
use client_data::ClientData;
pub(crate) use origin::LONGEST as LONGEST_ORIGIN;
use origin::Origin;

/// What the text of a key starts with.
const ALGORITHM: &str = "es256";
/// A point of P-256, compressed (SEC 1, section 2.3.3).
pub(crate) const POINT: usize = 33;

/// Why a passkey, or what was made with it, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The key is no ES256 key, or is written in another form.
    #[error("a passkey must have an ES256 key (P-256); register one that has")]
    Key,
    /// The text of the key is something else.
    #[error("the key of a passkey has the form es256+<base64url>+<origin>")]
    Text,
    /// The origin is none under which a browser lets somebody sign.
    #[error(
        "the origin of a passkey is such as https://desk.kvist.example: a name in small letters, a port only if it is not 443, nothing after it; http only for localhost"
    )]
    Origin,
    /// It takes more bytes than any browser needs, or fewer.
    #[error("what a passkey signed has a size that no browser makes")]
    Size,
    /// What the browser states about itself is no JSON, or says something twice.
    #[error("what the browser says of this signature is not in the form of Web Authentication")]
    ClientData,
    /// It was made to register a passkey, or for a payment.
    #[error("this was not made to sign with a passkey")]
    Purpose,
    /// Something else was signed.
    #[error("the passkey signed something else")]
    Challenge,
    /// It was made on another site's page.
    #[error("the passkey signed on a page of another origin")]
    Elsewhere,
    /// It was made in a frame inside another site's page.
    #[error("the passkey signed inside a page of another origin")]
    Framed,
    /// The authenticator signed for another site.
    #[error("the passkey signed for another relying party")]
    RelyingParty,
    /// Nobody touched the authenticator.
    #[error("the authenticator does not say that a person was present")]
    Absent,
    /// The authenticator did not ask for PIN, finger or face.
    #[error("the authenticator does not say that it verified the person (PIN, finger or face)")]
    Unverified,
    /// The authenticator hands over more than an assertion has, or contradicts itself.
    #[error("what the authenticator says is not in the form of Web Authentication")]
    AuthenticatorData,
    /// The signature does not fit, or is written in another form.
    #[error("the signature is not one of this passkey")]
    Signature,
}

/// The public key of a passkey (ES256), bound to the one origin on whose pages it may sign.
///
/// Its text is `es256+<compressed point, base64url>+<origin>`; one key has one text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PasskeyKey {
    key: P256Key,
    origin: Origin,
}

impl PasskeyKey {
    /// From what a browser's `AuthenticatorAttestationResponse.getPublicKey()` gives: a
    /// SubjectPublicKeyInfo (RFC 5480) in DER. `origin` is that of the pages on which the person signs,
    /// `https://desk.kvist.example`, or `http://localhost:8080` to try it.
    ///
    /// The passkey has to be registered for the host of the origin as its relying party, which is what a
    /// browser does when the page names none.
    ///
    /// # Errors
    /// [`PasskeyError::Key`], [`PasskeyError::Origin`].
    pub fn from_spki(der: &[u8], origin: &str) -> Result<Self, PasskeyError> {
        let key = P256Key::from_public_key_der(der).map_err(|_| PasskeyError::Key)?;
        let origin = Origin::parse(origin)?;
        Ok(Self { key, origin })
    }

    /// From a point ([`PasskeyKey::point`]) and an origin.
    pub(crate) fn from_point(point: &[u8], origin: &str) -> Result<Self, PasskeyError> {
        // Longer forms of the same point are other texts of one key.
        if point.len() != POINT {
            return Err(PasskeyError::Key);
        }
        let key = P256Key::from_sec1_bytes(point).map_err(|_| PasskeyError::Key)?;
        let origin = Origin::parse(origin)?;
        Ok(Self { key, origin })
    }

    /// The point, compressed.
    pub(crate) fn point(&self) -> [u8; POINT] {
        let mut point = [0; POINT];
        point.copy_from_slice(self.key.to_encoded_point(true).as_bytes());
        point
    }

    /// Whether the two are one key, wherever they may sign.
    pub(crate) fn same_point(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// On whose pages it may sign.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.origin.as_str()
    }

    /// For whom the passkey is registered (the relying party's id): the host of the origin.
    #[must_use]
    pub fn relying_party(&self) -> &str {
        self.origin.host()
    }

    /// The key's one text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_string()
    }

    /// Whether this passkey signed `challenge`, on a page of its origin and no other, with the person
    /// present and verified by the authenticator (Web Authentication, section 7.2, steps 10 to 21).
    ///
    /// # Errors
    /// The first step that fails.
    pub fn verify(&self, challenge: &[u8], assertion: &Assertion) -> Result<(), PasskeyError> {
        assertion.is_bounded()?;
        let signature = strict(&assertion.signature)?;
        let client = ClientData::parse(&assertion.client_data)?;
        client.is_for(challenge, self.origin())?;
        assertion::check_authenticator(&assertion.authenticator_data, self.relying_party())?;
        let mut signed = assertion.authenticator_data.clone();
        signed.extend(Sha256::digest(&assertion.client_data));
        self.key
            .verify(&signed, &signature)
            .map_err(|_| PasskeyError::Signature)
    }
}

/// A signature in its one form of DER. Both of its values of `s` are read: half of all authenticators'
/// signatures have the upper one.
fn strict(der: &[u8]) -> Result<Signature, PasskeyError> {
    let signature = Signature::from_der(der).map_err(|_| PasskeyError::Signature)?;
    if signature.to_der().as_bytes() == der {
        Ok(signature)
    } else {
        Err(PasskeyError::Signature)
    }
}

impl fmt::Display for PasskeyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let point = BASE64_URL_SAFE_NO_PAD.encode(self.point());
        write!(f, "{ALGORITHM}+{point}+{}", self.origin())
    }
}

impl fmt::Debug for PasskeyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PasskeyKey({self})")
    }
}

impl FromStr for PasskeyKey {
    type Err = PasskeyError;

    fn from_str(text: &str) -> Result<Self, PasskeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(ALGORITHM), Some(point), Some(origin)) =
            (parts.next(), parts.next(), parts.next())
        else {
            return Err(PasskeyError::Text);
        };
        let point = BASE64_URL_SAFE_NO_PAD
            .decode(point)
            .map_err(|_| PasskeyError::Text)?;
        Self::from_point(&point, origin)
    }
}

impl TryFrom<String> for PasskeyKey {
    type Error = PasskeyError;

    fn try_from(text: String) -> Result<Self, PasskeyError> {
        text.parse()
    }
}

impl From<PasskeyKey> for String {
    fn from(key: PasskeyKey) -> Self {
        key.to_string()
    }
}
