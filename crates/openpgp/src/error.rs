use jiff::Timestamp;

impl CertificateError {
    /// The kind, in one word, for texts in other languages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TooLong(_) | Self::TooMuch(_) => "long",
            Self::Secret => "secret",
            Self::NotACertificate | Self::Unreadable | Self::Another => "form",
            Self::Several => "several",
            Self::Version
            | Self::Algorithm(_)
            | Self::NobodyHolds
            | Self::WeakHash(_)
            | Self::Unsigned(_) => "weak",
            Self::Revoked => "revoked",
            Self::Expired(_) | Self::NotYet(_) => "expired",
            Self::NoEncryption => "signs",
        }
    }
}

/// Why nothing is sealed to a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// There is too much of it.
    #[error(
        "OpenPGP certificate: longer than {} KiB; export it without the signatures of others (gpg --export-options export-minimal)", .0 >> 10
    )]
    TooLong(usize),
    /// There are too many parts in it.
    #[error(
        "OpenPGP certificate: more than {0} parts; export it without the signatures of others (gpg --export-options export-minimal)"
    )]
    TooMuch(usize),
    /// A private key was given away.
    #[error(
        "this is a PRIVATE key: nobody but its holder may have it. It was not kept; give the public key (gpg --export), and take a new one if others could have read this"
    )]
    Secret,
    /// It is not what `gpg --export` writes.
    #[error(
        "OpenPGP certificate: this is no public key of OpenPGP, as `gpg --armor --export` writes it"
    )]
    NotACertificate,
    /// There are several.
    #[error("OpenPGP certificate: there are several public keys; give exactly one")]
    Several,
    /// A part of it cannot be read.
    #[error(
        "OpenPGP certificate: a part of it cannot be read, so that nothing is known of the rest; export it anew"
    )]
    Unreadable,
    /// A primary key of another version than 4 and 6.
    #[error(
        "OpenPGP certificate: its version is neither 4 nor 6 (RFC 9580); have the authority make a new key"
    )]
    Version,
    /// A key that is too weak, or of an algorithm that is not sealed to.
    #[error(
        "OpenPGP certificate: {0} is not sealed to. Good are RSA of 2048 bits or more, Curve25519, and NIST P-256, P-384 and P-521"
    )]
    Algorithm(&'static str),
    /// Whoever seals to a key of small order seals to everybody (RFC 7748 section 6.1).
    #[error(
        "OpenPGP certificate: nobody can hold this key (RFC 7748 section 6.1); ask the authority for its own"
    )]
    NobodyHolds,
    /// Only signatures with MD5, SHA-1 or RIPEMD-160 say so (RFC 9580 section 9.5).
    #[error(
        "OpenPGP certificate: {0} rests on a signature with MD5, SHA-1 or RIPEMD-160 alone, which proves nothing any more (RFC 9580 section 9.5); have the authority sign its key anew"
    )]
    WeakHash(&'static str),
    /// The primary key does not say it.
    #[error("OpenPGP certificate: {0} has no good signature of the primary key")]
    Unsigned(&'static str),
    /// It was revoked, or somebody says so: that is not judged here.
    #[error("OpenPGP certificate: it is revoked; have the authority give its new key")]
    Revoked,
    /// It has run out.
    #[error("OpenPGP certificate: it expired at {0} (UTC); have the authority give it anew")]
    Expired(Timestamp),
    /// It begins to be good later.
    #[error("OpenPGP certificate: it is good from {0} (UTC) on, and not before")]
    NotYet(Timestamp),
    /// Nothing of it is for encryption.
    #[error("OpenPGP certificate: it has no subkey for encryption; have the authority make one")]
    NoEncryption,
    /// It is not the one that was named, or has more to it.
    #[error(
        "OpenPGP certificate: what is pinned is not exactly what the key's name stands for; have two people make it known anew"
    )]
    Another,
}
