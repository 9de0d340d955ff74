//! Which keys are good enough.

use der::asn1::ObjectIdentifier;
use rsa::pkcs1;
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, RsaPublicKey};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::CertificateError as Error;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// Elliptic curves, whatever for (RFC 5480 section 2.1.1).
pub(crate) const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");

/// The shortest and the longest modulus of RSA, in bits.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=16384;
/// The smallest exponent of RSA.
const SMALLEST_EXPONENT: u32 = 65_537;

/// A key that is sealed to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum PublicKey {
    Rsa(RsaPublicKey),
    P256(p256::PublicKey),
    P384(p384::PublicKey),
    P521(p521::PublicKey),
}

impl PublicKey {
    pub(crate) fn read(info: &SubjectPublicKeyInfoOwned) -> Result<Self, Error> {
        let key = info.subject_public_key.as_bytes();
        let key = key.ok_or(Error::Unreadable("the field subjectPublicKey"))?;
        let parameters = info.algorithm.parameters.as_ref();
        if info.algorithm.oid == RSA {
            return match parameters.is_some_and(der::asn1::Any::is_null) {
                true => rsa(key).map(Self::Rsa),
                false => Err(Error::Unreadable("the parameters of its key")),
            };
        }
        if info.algorithm.oid != EC {
            return Err(Error::Algorithm("a key of this algorithm"));
        }
        let curve = parameters.and_then(|one| one.decode_as::<ObjectIdentifier>().ok());
        // The point is on the curve and not at infinity, or it is no key (SEC 1 section 3.2.2.1).
        let wrong = |_| Error::Unreadable("the point of its key");
        match curve {
            Some(P256) => p256::PublicKey::from_sec1_bytes(key)
                .map(Self::P256)
                .map_err(wrong),
            Some(P384) => p384::PublicKey::from_sec1_bytes(key)
                .map(Self::P384)
                .map_err(wrong),
            Some(P521) => p521::PublicKey::from_sec1_bytes(key)
                .map(Self::P521)
                .map_err(wrong),
            _ => Err(Error::Algorithm("a key on this curve")),
        }
    }

    /// Of what kind it is.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "a key of RSA",
            Self::P256(_) | Self::P384(_) | Self::P521(_) => "a key on an elliptic curve",
        }
    }
}

fn rsa(key: &[u8]) -> Result<RsaPublicKey, Error> {
    let read = pkcs1::RsaPublicKey::try_from(key);
    let read = read.map_err(|_| Error::Unreadable("the key of RSA"))?;
    let modulus = BigUint::from_bytes_be(read.modulus.as_bytes());
    let exponent = BigUint::from_bytes_be(read.public_exponent.as_bytes());
    // Before anything is computed with it.
    if modulus.bits() < *RSA_BITS.start() {
        return Err(Error::Algorithm("a key of RSA below 2048 bits"));
    }
    if modulus.bits() > *RSA_BITS.end() {
        return Err(Error::Algorithm("a key of RSA beyond 16384 bits"));
    }
    let key = RsaPublicKey::new_with_max_size(modulus, exponent, *RSA_BITS.end());
    let key = key.map_err(|error| match error {
        rsa::Error::InvalidModulus => Error::Algorithm("an even modulus of RSA"),
        _ => Error::Exponent,
    })?;
    match *key.e() >= BigUint::from(SMALLEST_EXPONENT) {
        true => Ok(key),
        false => Err(Error::Exponent),
    }
}
