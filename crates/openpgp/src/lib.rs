//! OpenPGP certificates of authorities (RFC 9580, and RFC 4880 before it): read from anybody, reduced to what is sealed
//! to, and sealed to. No private key is used here, and none is taken in.
//!
//! A certificate that is sealed to has one primary key, what that key says of itself, and one subkey for encryption:
//! the newest that is good, as GnuPG chooses it. [`Certificate::bytes`] is the one binary form of that; its SHA-256
//! stands in the name by which mandates and lists of recipients know it ([`lagrum_model::RecipientKey`]).

mod algorithm;
mod certificate;
mod error;
mod packets;
mod seal;
#[cfg(feature = "testing")]
pub mod testing;

pub use certificate::Certificate;
pub use error::CertificateError;
pub use seal::SealError;

#[cfg(test)]
mod tests;
