//! X.509 certificates of authorities (RFC 5280), as S/MIME uses them: read from anybody, pinned, and sealed to with CMS
//! (RFC 5652). No private key is used here, and none is taken in.
//!
//! Nobody vouches for a certificate here. No chain is built to an authority of certification, no signature of one is
//! verified, and no list of revoked certificates is asked: a certificate is pinned like a key, byte for byte, by the
//! SHA-256 of its DER ([`lagrum_model::RecipientKey`]), and people compared that with the authority itself.

mod certificate;
mod error;
mod gcm;
mod given;
mod public_key;
mod recipient;
mod seal;
#[cfg(feature = "testing")]
pub mod testing;

pub use certificate::Certificate;
pub use error::{CertificateError, SealError};

#[cfg(test)]
mod tests;
