//! In which role somebody signs.

use std::fmt;

/// Signature type of an Ed25519 signature (c2sp.org/signed-note).
pub(crate) const ED25519: u8 = 0x01;
/// Signature type of a witness' timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature).
pub(crate) const COSIGNATURE: u8 = 0x04;
/// Signature type of a witness' timestamped ML-DSA-44 cosignature (c2sp.org/tlog-cosignature).
pub(crate) const ML_DSA_COSIGNATURE: u8 = 0x06;
/// Signature type of a form that Lagrum gave a name of its own (c2sp.org/signed-note, 0xff).
pub(crate) const PASSKEY: u8 = 0xff;
/// That name: an assertion of Web Authentication with ES256.
pub(crate) const PASSKEY_FORM: &str = "lagrum passkey es256/1";

/// The role of a key. There are exactly those of this module.
pub trait Role: sealed::Sealed + Copy + Eq + fmt::Debug + Send + Sync + 'static {
    /// Whose key it is, for texts: "person's".
    const WHOSE: &'static str;
    /// The type of its signatures.
    #[doc(hidden)]
    const KIND: u8;
    /// Whether a key may be a passkey. Only a person touches one.
    #[doc(hidden)]
    const MAY_BE_PASSKEY: bool = false;
    /// Whether a key may be one of ML-DSA-44. Only the form of cosignatures knows them.
    #[doc(hidden)]
    const MAY_BE_ML_DSA: bool = false;
}

/// A role whose keys Lagrum holds.
pub trait Holds: Role {}

/// A role whose keys sign a text as it stands. A witness says besides when it saw it, which is another form:
/// [`SigningKey::cosign`](crate::SigningKey::cosign).
pub trait Signs: Holds {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! role {
    ($(#[$doc:meta])* $name:ident, $whose:literal, $kind:ident $(, $also:ident)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {}

        impl sealed::Sealed for $name {}

        impl Role for $name {
            const WHOSE: &'static str = $whose;
            const KIND: u8 = $kind;
            $(const $also: bool = true;)?
        }
    };
}

role!(
    /// A public log. Its key's name is the log's origin, the first line of every checkpoint.
    Log,
    "log's",
    ED25519
);
role!(
    /// A person who signs mandates. Its key's name is such as `kvist.example/maja`.
    Person,
    "person's",
    ED25519,
    MAY_BE_PASSKEY
);
role!(
    /// An agent, which signs receipts, refusals and seals.
    Agent,
    "agent's",
    ED25519
);
role!(
    /// A witness, which states that it saw a log grow consistently (c2sp.org/tlog-cosignature).
    Witness,
    "witness's",
    COSIGNATURE,
    MAY_BE_ML_DSA
);

role!(
    /// A trustee of sums over several providers, which signs complaints, agreements and answers.
    Trustee,
    "trustee's",
    ED25519
);

impl Holds for Log {}
impl Holds for Person {}
impl Holds for Agent {}
impl Holds for Witness {}
impl Holds for Trustee {}
impl Signs for Log {}
impl Signs for Person {}
impl Signs for Agent {}
impl Signs for Trustee {}
