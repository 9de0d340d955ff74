//! Which keys are good enough.

use lagrum_model::RecipientKey;
use pgp::crypto::hash::HashAlgorithm;
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::ser::Serialize;
use pgp::types::{
    EcdhPublicParams, EcdsaPublicParams, EddsaLegacyPublicParams, KeyVersion, PublicParams,
    RsaPublicParams,
};

use crate::CertificateError as Error;

/// The shortest modulus of RSA, in bits.
const RSA_BITS: u16 = 2048;

/// Whether what a primary key of this kind signs counts.
pub(crate) fn may_sign(key: &PublicParams) -> Result<(), Error> {
    match key {
        PublicParams::RSA(rsa) => long_enough(rsa),
        PublicParams::EdDSALegacy(EddsaLegacyPublicParams::Ed25519 { key }) => held(!key.is_weak()),
        PublicParams::Ed25519(one) => held(!one.key.is_weak()),
        PublicParams::ECDSA(
            EcdsaPublicParams::P256 { .. }
            | EcdsaPublicParams::P384 { .. }
            | EcdsaPublicParams::P521 { .. },
        ) => Ok(()),
        PublicParams::DSA(_) => Err(Error::Algorithm("a primary key of DSA")),
        _ => Err(Error::Algorithm("a primary key of this algorithm or curve")),
    }
}

/// Whether a subkey of this kind is sealed to.
pub(crate) fn may_encrypt(key: &PublicParams, version: KeyVersion) -> Result<(), Error> {
    match key {
        // Whose parameters have to be those of its curve (RFC 9580 section 11.5.1); programs that make keys of version 6
        // make X25519.
        PublicParams::ECDH(_) if version == KeyVersion::V6 => {
            Err(Error::Algorithm("a subkey of ECDH in a key of version 6"))
        }
        PublicParams::RSA(rsa) => long_enough(rsa),
        PublicParams::X25519(one) => held(RecipientKey::is_sound_x25519(one.key.as_bytes())),
        PublicParams::ECDH(EcdhPublicParams::Curve25519Legacy {
            p, hash, alg_sym, ..
        }) => {
            held(RecipientKey::is_sound_x25519(p.as_bytes()))?;
            derives_well(*hash, *alg_sym)
        }
        PublicParams::ECDH(
            EcdhPublicParams::P256 { hash, alg_sym, .. }
            | EcdhPublicParams::P384 { hash, alg_sym, .. }
            | EcdhPublicParams::P521 { hash, alg_sym, .. },
        ) => derives_well(*hash, *alg_sym),
        PublicParams::Elgamal(_) => Err(Error::Algorithm("a subkey of ElGamal")),
        _ => Err(Error::Algorithm("a subkey of this algorithm or curve")),
    }
}

/// Whether a signature over a digest of this kind counts.
pub(crate) fn is_strong(hash: Option<HashAlgorithm>) -> bool {
    use HashAlgorithm::{Sha3_256, Sha3_512, Sha224, Sha256, Sha384, Sha512};
    matches!(
        hash,
        Some(Sha224 | Sha256 | Sha384 | Sha512 | Sha3_256 | Sha3_512)
    )
}

fn held(by_somebody: bool) -> Result<(), Error> {
    by_somebody.then_some(()).ok_or(Error::NobodyHolds)
}

/// The two bytes before the modulus are its length in bits (RFC 9580 section 3.2).
fn long_enough(rsa: &RsaPublicParams) -> Result<(), Error> {
    let bytes = rsa.to_bytes().map_err(|_| Error::Unreadable)?;
    match bytes.first_chunk() {
        Some(bits) if u16::from_be_bytes(*bits) >= RSA_BITS => Ok(()),
        _ => Err(Error::Algorithm("a key of RSA below 2048 bits")),
    }
}

/// With what the session key is wrapped, as the key asks for it.
fn derives_well(hash: HashAlgorithm, wrapped: SymmetricKeyAlgorithm) -> Result<(), Error> {
    use SymmetricKeyAlgorithm::{AES128, AES192, AES256};
    match is_strong(Some(hash)) && matches!(wrapped, AES128 | AES192 | AES256) {
        true => Ok(()),
        false => Err(Error::Algorithm(
            "a subkey that asks for SHA-1 or for another cipher than AES",
        )),
    }
}
