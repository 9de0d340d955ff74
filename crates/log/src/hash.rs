//! SHA-256 values of the Merkle tree, and the form in which 32 bytes are kept in JSON.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// One hash of the Merkle tree (RFC 6962 section 2.1, SHA-256): of a leaf, a subtree or the root.
///
/// JSON holds it as 64 lower-case hexadecimal digits; the C2SP texts hold it as base64.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hash(#[serde(with = "hexadecimal")] pub [u8; 32]);

impl Hash {
    /// The root of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1).
    pub const EMPTY_TREE: Hash = Hash(tlog_tiles::EMPTY_HASH.0);

    /// The hash as the C2SP texts write it: base64 of RFC 4648 section 4.
    pub fn to_base64(self) -> String {
        BASE64_STANDARD.encode(self.0)
    }

    /// Reads one base64 line of exactly 32 bytes; `what` names the line in the error.
    pub(crate) fn from_base64(line: &str, what: &str) -> Result<Self, Error> {
        let mut bytes = [0; 33];
        match BASE64_STANDARD.decode_slice(line, &mut bytes) {
            Ok(32) => {
                let mut hash = [0; 32];
                hash.copy_from_slice(&bytes[..32]);
                Ok(Self(hash))
            }
            _ => Err(Error::malformed(what, "must be 32 bytes in base64")),
        }
    }
}

impl From<tlog_tiles::Hash> for Hash {
    fn from(hash: tlog_tiles::Hash) -> Self {
        Self(hash.0)
    }
}

impl From<Hash> for tlog_tiles::Hash {
    fn from(hash: Hash) -> Self {
        Self(hash.0)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hash({self})")
    }
}

/// Exactly 64 lower-case hexadecimal digits, so that equal values have equal text.
pub(crate) fn parse_hexadecimal(text: &str) -> Option<[u8; 32]> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

/// Serde form of 32 bytes.
pub(crate) mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(
        bytes: &[u8; 32],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(deserializer)?;
        super::parse_hexadecimal(&text)
            .ok_or_else(|| D::Error::custom("must be 64 lower-case hexadecimal digits"))
    }
}
