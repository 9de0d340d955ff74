//! A passkey in software, for tests (feature `testing`): an authenticator and the browser before it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::EncodePublicKey as _;
use sha2::{Digest, Sha256};

use crate::role::Person;
use crate::{Assertion, PasskeyKey, VerifyingKey, passkey_challenge, passkey_line};

/// What an authenticator says when it asked for a PIN: user present, user verified.
pub const VERIFIED: u8 = 0x05;

/// A passkey with its private key.
pub struct Passkey {
    key: SigningKey,
    origin: String,
}

impl Passkey {
    /// A passkey of this origin, always the same for the same seed.
    ///
    /// # Panics
    /// When the seed is none of a key: 0.
    #[must_use]
    pub fn new(seed: u8, origin: &str) -> Self {
        let key = SigningKey::from_bytes(&[seed; 32].into()).expect("a key of P-256");
        let origin = origin.to_owned();
        Self { key, origin }
    }

    /// The public key as a browser hands it over: DER SubjectPublicKeyInfo.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn spki(&self) -> Vec<u8> {
        let der = p256::PublicKey::from(self.key.verifying_key()).to_public_key_der();
        der.expect("a key").into_vec()
    }

    /// The public key.
    ///
    /// # Panics
    /// When the origin is none.
    #[must_use]
    pub fn key(&self) -> PasskeyKey {
        PasskeyKey::from_spki(&self.spki(), &self.origin).expect("a passkey")
    }

    /// The public key under a name, as on a roster.
    ///
    /// # Panics
    /// When the name is none of a key.
    #[must_use]
    pub fn named(&self, name: &str) -> VerifyingKey<Person> {
        VerifyingKey::from_passkey(name, self.key()).expect("a name")
    }

    /// What the browser states of itself when `challenge` is signed on a page of the origin.
    #[must_use]
    pub fn client_data(&self, challenge: &[u8]) -> String {
        format!(
            r#"{{"type":"webauthn.get","challenge":"{}","origin":"{}","crossOrigin":false}}"#,
            BASE64_URL_SAFE_NO_PAD.encode(challenge),
            self.origin
        )
    }

    /// Signs, as a person does who touches the authenticator and types its PIN.
    #[must_use]
    pub fn sign(&self, challenge: &[u8]) -> Assertion {
        let party = self.key();
        let data = authenticator_data(party.relying_party(), VERIFIED);
        self.sign_as(&data, self.client_data(challenge).as_bytes())
    }

    /// Signs these bytes, whatever they are.
    #[must_use]
    pub fn sign_as(&self, authenticator_data: &[u8], client_data: &[u8]) -> Assertion {
        let mut signed = authenticator_data.to_vec();
        signed.extend(Sha256::digest(client_data));
        let signature: Signature = self.key.sign(&signed);
        Assertion {
            authenticator_data: authenticator_data.to_vec(),
            client_data: client_data.to_vec(),
            signature: signature.to_der().as_bytes().to_vec(),
        }
    }

    /// The line of a signed note over `text`, under the key's name.
    ///
    /// # Panics
    /// When the name is none of a key.
    #[must_use]
    pub fn sign_line(&self, name: &str, text: &str) -> String {
        let assertion = self.sign(&passkey_challenge(text));
        passkey_line(&self.named(name), &assertion).expect("a line")
    }
}

/// What an authenticator states: the relying party, its flags, a counter at 7.
#[must_use]
pub fn authenticator_data(relying_party: &str, flags: u8) -> Vec<u8> {
    let mut data = Sha256::digest(relying_party).to_vec();
    data.push(flags);
    data.extend(7_u32.to_be_bytes());
    data
}

/// The other form of a signature: both values of `s` count, and nobody needs the key to make the second.
///
/// # Panics
/// When it is no signature.
#[must_use]
pub fn twin(signature: &[u8]) -> Vec<u8> {
    let (r, s) = Signature::from_der(signature)
        .expect("a signature")
        .split_scalars();
    let twin = Signature::from_scalars(r, -*s).expect("a signature");
    twin.to_der().as_bytes().to_vec()
}
