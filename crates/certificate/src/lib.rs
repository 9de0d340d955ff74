//! The certificates of authorities, of whichever kind: read from anybody, pinned, and sealed to. What each kind asks
//! for, and what it is worth, its own room says: [`lagrum_openpgp`] and [`lagrum_cms`].

use std::io::{self, Read, Write};

use jiff::Timestamp;
use lagrum_model::{CertificateKind, RecipientKey};
use rand_core::CryptoRngCore;

/// A certificate that can be sealed to at the time for which it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// Of OpenPGP, reduced to what is sealed to.
    OpenPgp(Box<lagrum_openpgp::Certificate>),
    /// Of X.509, as it is.
    X509(Box<lagrum_cms::Certificate>),
}

/// Why nothing is sealed to a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// As OpenPGP has it.
    #[error(transparent)]
    OpenPgp(#[from] lagrum_openpgp::CertificateError),
    /// As X.509 has it.
    #[error(transparent)]
    X509(#[from] lagrum_cms::CertificateError),
    /// The key names no certificate.
    #[error("an age key has no certificate; take the field `certificate` out")]
    Age,
}

/// Why a sealed file was not written whole.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It cannot be sealed to after all, or not so much.
    #[error("{0}")]
    Sealing(String),
}

impl CertificateError {
    /// The kind, in one word, for texts in other languages: each kind of certificate has its own.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::OpenPgp(error) => error.kind(),
            Self::X509(error) => error.kind(),
            Self::Age => "form",
        }
    }
}

impl Certificate {
    /// Reads what an authority gave as a certificate of this kind, to be sealed to at `now` (UTC).
    ///
    /// # Errors
    /// [`CertificateError`]: each says what is wrong, and what helps.
    pub fn read(
        given: &[u8],
        kind: CertificateKind,
        now: Timestamp,
    ) -> Result<Self, CertificateError> {
        Ok(match kind {
            CertificateKind::OpenPgp => {
                Self::OpenPgp(Box::new(lagrum_openpgp::Certificate::read(given, now)?))
            }
            CertificateKind::X509 => {
                Self::X509(Box::new(lagrum_cms::Certificate::read(given, now)?))
            }
        })
    }

    /// Reads what is pinned under `key`, for sealing at `now` (UTC).
    ///
    /// # Errors
    /// When it is not exactly what the key names; else as [`Certificate::read`], where time has passed.
    pub fn pinned(
        bytes: &[u8],
        key: &RecipientKey,
        now: Timestamp,
    ) -> Result<Self, CertificateError> {
        let named = key.certificate().ok_or(CertificateError::Age)?;
        Ok(match named.kind {
            CertificateKind::OpenPgp => Self::OpenPgp(Box::new(
                lagrum_openpgp::Certificate::pinned(bytes, key, now)?,
            )),
            CertificateKind::X509 => {
                Self::X509(Box::new(lagrum_cms::Certificate::pinned(bytes, key, now)?))
            }
        })
    }

    /// Its name, as mandates and lists of recipients hold it.
    #[must_use]
    pub fn key(&self) -> &RecipientKey {
        match self {
            Self::OpenPgp(one) => one.key(),
            Self::X509(one) => one.key(),
        }
    }

    /// What is pinned of it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::OpenPgp(one) => one.bytes(),
            Self::X509(one) => one.bytes(),
        }
    }

    /// From when on nothing is sealed to it any more (UTC). Nothing, where it does not say.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        match self {
            Self::OpenPgp(one) => one.expires_at(),
            Self::X509(one) => one.expires_at(),
        }
    }

    /// Writes what is read to `to`, as a message that the holder of the certificate can decrypt and nobody else, and
    /// whose end shows that nothing was changed. However long it is, at most a megabyte of it is in memory.
    ///
    /// # Errors
    /// [`SealError`]. What was written until then is no message.
    pub fn seal(
        &self,
        from: impl Read,
        to: impl Write,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), SealError> {
        match self {
            Self::OpenPgp(one) => Ok(one.seal(from, to, random)?),
            Self::X509(one) => Ok(one.seal(from, to, random)?),
        }
    }
}

/// Of which kind something is, by how it begins: OpenPGP or X.509, as text or as it is. Nothing, where it begins like
/// neither.
#[must_use]
pub fn kind_of(given: &[u8]) -> Option<CertificateKind> {
    match given {
        // Every packet begins with its highest bit set.
        [0x80..=0xff, ..] => return Some(CertificateKind::OpenPgp),
        // A SEQUENCE, whose length, or the number behind a short one, is no character of a text.
        [0x30, 0x80..=0xff, ..] | [0x30, _, 0x02, ..] => return Some(CertificateKind::X509),
        _ => {}
    }
    let holds = |what: &[u8]| given.windows(what.len()).any(|part| part == what);
    if holds(b"-----BEGIN PGP") {
        return Some(CertificateKind::OpenPgp);
    }
    holds(b"-----BEGIN ").then_some(CertificateKind::X509)
}

impl From<lagrum_openpgp::SealError> for SealError {
    fn from(error: lagrum_openpgp::SealError) -> Self {
        match error {
            lagrum_openpgp::SealError::Io(error) => Self::Io(error),
            other => Self::Sealing(other.to_string()),
        }
    }
}

impl From<lagrum_cms::SealError> for SealError {
    fn from(error: lagrum_cms::SealError) -> Self {
        match error {
            lagrum_cms::SealError::Io(error) => Self::Io(error),
            other => Self::Sealing(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_796_000_000, 0);
    const OPENPGP: &[u8] = include_bytes!("../../openpgp/vectors/curve.asc");
    const PACKETS: &[u8] = include_bytes!("../../openpgp/vectors/curve.pgp");
    const PEM: &[u8] = include_bytes!("../../cms/vectors/rsa.pem");
    const DER: &[u8] = include_bytes!("../../cms/vectors/p256.der");

    #[test]
    fn a_certificate_is_of_the_kind_that_its_beginning_says_and_of_no_other() {
        let (openpgp, x509) = (CertificateKind::OpenPgp, CertificateKind::X509);
        for (given, kind, other) in [
            (OPENPGP, openpgp, x509),
            (PACKETS, openpgp, x509),
            (PEM, x509, openpgp),
            (DER, x509, openpgp),
        ] {
            assert_eq!(kind_of(given), Some(kind));
            let read = Certificate::read(given, kind, NOW).unwrap();
            let named = read.key().certificate().unwrap();
            assert_eq!(named.kind, kind);
            let error = Certificate::read(given, other, NOW).unwrap_err();
            assert_eq!(error.kind(), "form");
            let pinned = |key| Certificate::pinned(read.bytes(), key, NOW);
            assert_eq!(pinned(read.key()).unwrap(), read);
            let age = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
            let age = RecipientKey::parse(age).unwrap();
            assert_eq!(pinned(&age), Err(CertificateError::Age));
        }
        for neither in [&b""[..], b"0", b"age1", b"0077", b"x509:", b"-----END"] {
            assert_eq!(kind_of(neither), None);
        }
    }
}
