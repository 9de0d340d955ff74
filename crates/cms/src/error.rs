use std::io;

use jiff::Timestamp;

use crate::gcm::{LONGEST, NoMore};

impl CertificateError {
    /// The kind, in one word, for texts in other languages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "long",
            Self::Secret => "secret",
            Self::NotACertificate | Self::Unreadable(_) | Self::Another => "form",
            Self::Several => "several",
            Self::Algorithm(_) | Self::Exponent => "weak",
            Self::Usage { .. } | Self::ExtendedUsage | Self::Critical(_) => "usage",
            Self::Expired(_) | Self::NotYet(_) => "expired",
        }
    }
}

/// Why nothing is sealed to a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// There is too much of it.
    #[error("X.509 certificate: longer than {} KiB; give the authority's own certificate alone", .0 >> 10)]
    TooLong(usize),
    /// A private key was given away, or a file in which programs keep one.
    #[error(
        "this is a PRIVATE key, or a file that holds one (PKCS #12, .p12 or .pfx): nobody but its holder may have it. It was not kept; give the certificate (openssl x509), and take a new one if others could have read this"
    )]
    Secret,
    /// It is not what programs export.
    #[error(
        "X.509 certificate: this is none; give it in PEM, from BEGIN CERTIFICATE to END CERTIFICATE and nothing around it, or in DER (.cer, .crt). A request for one (.csr) and a container (.p7b) are none"
    )]
    NotACertificate,
    /// There are several.
    #[error(
        "X.509 certificate: there are several, as with a chain; give exactly one, the authority's own"
    )]
    Several,
    /// A part of it cannot be read.
    #[error(
        "X.509 certificate: {0} cannot be read as RFC 5280 has it, so that nothing is known of the rest; export it anew, or have the authority take another one"
    )]
    Unreadable(&'static str),
    /// A key that is too weak, or of an algorithm that is not sealed to.
    #[error(
        "X.509 certificate, subjectPublicKeyInfo: {0} is not sealed to. Good are rsaEncryption of 2048 to 16384 bits, and id-ecPublicKey on P-256, P-384 or P-521; have the authority take such a certificate"
    )]
    Algorithm(&'static str),
    /// An exponent with which RSA is weak or slow.
    #[error(
        "X.509 certificate, subjectPublicKeyInfo: the exponent of RSA is not odd and from 65537 to 2^33 (FIPS 186-5, A.1.1, whose smallest it is); have the authority make a new key"
    )]
    Exponent,
    /// The certificate says that its key is for something else.
    #[error(
        "X.509 certificate, keyUsage: it does not permit {needed}, which sealing to {key} needs (RFC 5280 section 4.2.1.3); have the authority give its certificate for encryption"
    )]
    Usage {
        /// The bit that is not there.
        needed: &'static str,
        /// Of what kind the key is.
        key: &'static str,
    },
    /// The certificate says that it is for other programs.
    #[error(
        "X.509 certificate, extendedKeyUsage: it permits neither emailProtection nor anyExtendedKeyUsage (RFC 5280 section 4.2.1.12); have the authority give its certificate for S/MIME"
    )]
    ExtendedUsage,
    /// It says something that has to be understood and is not.
    #[error(
        "X.509 certificate: the extension {0} is critical and is not understood here (RFC 5280 section 4.2); have the authority take a certificate without it"
    )]
    Critical(String),
    /// It has run out.
    #[error(
        "X.509 certificate, notAfter: it expired at {0} (UTC); have the authority give its new one"
    )]
    Expired(Timestamp),
    /// It begins to be good later.
    #[error("X.509 certificate, notBefore: it is good from {0} (UTC) on, and not before")]
    NotYet(Timestamp),
    /// It is not the one that was named, or has more to it.
    #[error(
        "X.509 certificate: what is pinned is not exactly what the key's name stands for; have two people make it known anew"
    )]
    Another,
}

/// Why a sealed file was not written whole.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// There is more than one message can hold.
    #[error(
        "CMS: the package is longer than {LONGEST} bytes (64 GiB), beyond which AES-GCM is not safe (NIST SP 800-38D section 5.2.1.1), so that nothing is sealed; have the authority give a key of another kind, or narrow the period"
    )]
    TooLong,
    /// The certificate cannot be sealed to after all.
    #[error("CMS: {0}")]
    Cms(String),
}

impl From<der::Error> for SealError {
    fn from(error: der::Error) -> Self {
        Self::Cms(error.to_string())
    }
}

impl From<NoMore> for SealError {
    fn from(_: NoMore) -> Self {
        Self::TooLong
    }
}
