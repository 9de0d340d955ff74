use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use curve25519_dalek::montgomery::MontgomeryPoint;
use curve25519_dalek::traits::IsIdentity;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// To whom the answer is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Who holds the key.
    pub name: String,
    /// The public key.
    pub key: RecipientKey,
}

/// The public key of a recipient: an X25519 key in the form of age (`age1…`, age-encryption.org/v1).
///
/// Every key has one spelling, and each one that exists can be sealed to. A point of small order,
/// for which the secret that sealer and recipient share would be zero (RFC 7748 section 6.1), is no
/// key: whoever seals to one seals to everybody.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecipientKey(String);

/// Why a text is no recipient's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecipientKeyError {
    /// It is not 62 characters that begin with `age1`, in small letters, with a right checksum.
    #[error(
        "a recipient's key is an age recipient: `age1` and 58 small letters and digits, as `age-keygen` prints it"
    )]
    Form,
    /// The point is of small order, or another spelling of one that has a shorter name.
    #[error(
        "nobody can hold this recipient's key (RFC 7748 section 6.1); ask the authority for its own"
    )]
    NobodyHolds,
}

/// The prefix of the human-readable part (age-encryption.org/v1, "The X25519 recipient type").
const PREFIX: Hrp = Hrp::parse_unchecked("age");

impl RecipientKey {
    /// Reads `age1…`.
    ///
    /// # Errors
    /// [`RecipientKeyError`].
    pub fn parse(text: &str) -> Result<Self, RecipientKeyError> {
        // Its length first, so that nothing long is looked at.
        if text.len() != 62 || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(RecipientKeyError::Form);
        }
        let decoded = CheckedHrpstring::new::<Bech32>(text).map_err(|_| RecipientKeyError::Form)?;
        let bytes: Vec<u8> = decoded.byte_iter().collect();
        let point: [u8; 32] = bytes.try_into().map_err(|_| RecipientKeyError::Form)?;
        let back = bech32::encode::<Bech32>(PREFIX, &point).map_err(|_| RecipientKeyError::Form)?;
        if decoded.hrp() != PREFIX || back != text {
            return Err(RecipientKeyError::Form);
        }
        if !is_reduced(&point) || is_of_small_order(point) {
            return Err(RecipientKeyError::NobodyHolds);
        }
        Ok(Self(text.to_owned()))
    }

    /// The key as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the bytes are a number below p = 2²⁵⁵ − 19, little-endian: the one spelling of its point
/// (RFC 7748 section 5 lets a receiver take others).
fn is_reduced(point: &[u8; 32]) -> bool {
    let mut p = [0xff; 32];
    (p[0], p[31]) = (0xed, 0x7f);
    point.iter().rev().lt(p.iter().rev())
}

/// Eight times a point is the identity exactly if its order divides the cofactor of the curve or of
/// its twist.
fn is_of_small_order(point: [u8; 32]) -> bool {
    const EIGHT: [bool; 4] = [true, false, false, false];
    let eightfold = MontgomeryPoint(point).mul_bits_be(EIGHT.into_iter());
    eightfold.is_identity()
}

impl FromStr for RecipientKey {
    type Err = RecipientKeyError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
impl TryFrom<String> for RecipientKey {
    type Error = RecipientKeyError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}
impl From<RecipientKey> for String {
    fn from(key: RecipientKey) -> Self {
        key.0
    }
}
impl fmt::Display for RecipientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
impl fmt::Debug for RecipientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl JsonSchema for RecipientKey {
    fn schema_name() -> Cow<'static, str> {
        "RecipientKey".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^age1[ac-hj-np-z02-9]{58}$",
            "description": "An age recipient (X25519)."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(point: [u8; 32]) -> String {
        bech32::encode::<Bech32>(PREFIX, &point).unwrap()
    }

    /// The vector of the age specification and a key that `age-keygen` made.
    const KEYS: [&str; 2] = [
        "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
    ];

    #[test]
    fn a_key_that_age_makes_is_read_and_written_as_it_was() {
        for key in KEYS {
            assert_eq!(RecipientKey::parse(key).unwrap().as_str(), key);
        }
    }

    /// The encodings of all points of order 1, 2, 4 and 8 of the curve and its twist, the
    /// unreduced ones among them (RFC 7748 section 6.1; "May the Fourth", D. J. Bernstein's list).
    #[test]
    fn a_key_of_small_order_is_no_key_in_any_spelling() {
        let hex = |text: &str| -> [u8; 32] { hex::decode(text).unwrap().try_into().unwrap() };
        let points = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
            "4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
            "d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "dbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ];
        for point in points {
            let key = RecipientKey::parse(&spelled(hex(point)));
            assert_eq!(key, Err(RecipientKeyError::NobodyHolds), "{point}");
        }
        // The first bit of the last byte is ignored by X25519: a second spelling of a good key.
        let good = CheckedHrpstring::new::<Bech32>(KEYS[0]).unwrap();
        let mut point: [u8; 32] = good.byte_iter().collect::<Vec<_>>().try_into().unwrap();
        point[31] |= 0x80;
        let key = RecipientKey::parse(&spelled(point));
        assert_eq!(key, Err(RecipientKeyError::NobodyHolds));
    }

    #[test]
    fn what_is_not_exactly_an_age_recipient_is_refused() {
        let key = KEYS[0];
        let secret = format!("age-secret-key-1{}", &key[4..]);
        let plugin = bech32::encode::<Bech32>(Hrp::parse("age1tag").unwrap(), &[7; 32]).unwrap();
        let modern = bech32::encode::<bech32::Bech32m>(PREFIX, &[7; 32]).unwrap();
        let short = bech32::encode::<Bech32>(PREFIX, &[7; 31]).unwrap();
        for wrong in [
            "",
            "age1",
            "x\n\n",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAl3rA",
            &key.to_uppercase(),
            &format!("{key}\n"),
            &format!(" {key}"),
            &format!("{}q", &key[..61]),
            &secret,
            &plugin,
            &modern,
            &short,
            &"age1".repeat(1_000_000),
        ] {
            assert_eq!(RecipientKey::parse(wrong), Err(RecipientKeyError::Form));
        }
    }
}
