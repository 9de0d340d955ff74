use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use curve25519_dalek::montgomery::MontgomeryPoint;
use curve25519_dalek::traits::IsIdentity;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::Sha256Digest;

/// To whom the answer is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Who holds the key.
    pub name: String,
    /// The public key.
    pub key: RecipientKey,
}

/// The public key of a recipient: an X25519 key in the form of age (`age1…`, age-encryption.org/v1), the one
/// OpenPGP certificate (RFC 9580) that `openpgp:FINGERPRINT:SHA256` names, or the one X.509 certificate (RFC 5280) that
/// `x509:SHA256` names.
///
/// Every key has one spelling. Each age key that exists can be sealed to. A point of small order,
/// for which the secret that sealer and recipient share would be zero (RFC 7748 section 6.1), is no
/// key: whoever seals to one seals to everybody. A certificate is pinned beside its name, where it is sealed: the name
/// holds its SHA-256, so that nothing else of the same fingerprint fits, and the fingerprint, so that whoever reads
/// the name alone can compare it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecipientKey(String);

/// Why a text is no recipient's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecipientKeyError {
    /// It is not 62 characters that begin with `age1`, in small letters, with a right checksum.
    #[error(
        "a recipient's key is an age recipient: `age1` and 58 small letters and digits, as `age-keygen` prints it; or the name of an OpenPGP or X.509 certificate"
    )]
    Form,
    /// It begins with `openpgp:` or `x509:` and names no certificate.
    #[error(
        "the name of an OpenPGP certificate is `openpgp:`, its fingerprint in 40 or 64 hexadecimal digits (capitals), `:`, and its SHA-256 in 64 (small letters); that of an X.509 certificate is `x509:` and its SHA-256"
    )]
    CertificateName,
    /// The point is of small order, or another spelling of one that has a shorter name.
    #[error(
        "nobody can hold this recipient's key (RFC 7748 section 6.1); ask the authority for its own"
    )]
    NobodyHolds,
}

/// The prefix of the human-readable part (age-encryption.org/v1, "The X25519 recipient type").
const PREFIX: Hrp = Hrp::parse_unchecked("age");
/// What the name of an OpenPGP certificate begins with.
const OPENPGP: &str = "openpgp:";

/// What the name of an X.509 certificate begins with.
const X509: &str = "x509:";

/// Of which kind a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateKind {
    /// An OpenPGP certificate (RFC 9580).
    OpenPgp,
    /// An X.509 certificate (RFC 5280), as S/MIME uses it.
    X509,
}

/// A certificate as a key names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedCertificate<'k> {
    /// Of which kind it is.
    pub kind: CertificateKind,
    /// What programs show of it, in hexadecimal digits. Of OpenPGP the fingerprint of its primary key: 40 (version 4) or
    /// 64 (version 6), in capitals. Of X.509 its SHA-256, in small letters.
    pub fingerprint: &'k str,
    /// SHA-256 of the certificate as it is pinned.
    pub sha256: Sha256Digest,
}

impl RecipientKey {
    /// The name of an OpenPGP certificate: the fingerprint of its primary key, and the SHA-256 of the whole.
    ///
    /// # Errors
    /// [`RecipientKeyError::CertificateName`], when the fingerprint is not 40 or 64 hexadecimal digits in capitals.
    pub fn of_openpgp(fingerprint: &str, sha256: Sha256Digest) -> Result<Self, RecipientKeyError> {
        Self::parse(&format!("{OPENPGP}{fingerprint}:{sha256}"))
    }

    /// The name of the X.509 certificate whose DER has this SHA-256.
    #[must_use]
    pub fn of_x509(sha256: Sha256Digest) -> Self {
        Self(format!("{X509}{sha256}"))
    }

    /// Reads `age1…`, `openpgp:FINGERPRINT:SHA256` or `x509:SHA256`.
    ///
    /// # Errors
    /// [`RecipientKeyError`].
    pub fn parse(text: &str) -> Result<Self, RecipientKeyError> {
        if text.starts_with(OPENPGP) || text.starts_with(X509) {
            return match certificate_named(text) {
                Some(_) => Ok(Self(text.to_owned())),
                None => Err(RecipientKeyError::CertificateName),
            };
        }
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
        if !Self::is_sound_x25519(&point) {
            return Err(RecipientKeyError::NobodyHolds);
        }
        Ok(Self(text.to_owned()))
    }

    /// The key as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The certificate that it names. Nothing, where it is a key of age itself.
    #[must_use]
    pub fn certificate(&self) -> Option<NamedCertificate<'_>> {
        certificate_named(&self.0)
    }

    /// Whether X25519 with this point of somebody else (RFC 7748, 32 bytes) gives a secret of its own: the point is
    /// spelled as it should be, and is not of small order.
    #[must_use]
    pub fn is_sound_x25519(point: &[u8; 32]) -> bool {
        is_reduced(point) && !is_of_small_order(*point)
    }
}

/// What a name says, whose spelling is the only one.
fn certificate_named(name: &str) -> Option<NamedCertificate<'_>> {
    let digits = |text: &str, letters: &[u8]| {
        text.bytes()
            .all(|c| c.is_ascii_digit() || letters.contains(&c))
    };
    let sha256 = |text: &str| match text.len() == 64 && digits(text, b"abcdef") {
        true => Sha256Digest::parse(text).ok(),
        false => None,
    };
    if let Some(fingerprint) = name.strip_prefix(X509) {
        return Some(NamedCertificate {
            kind: CertificateKind::X509,
            fingerprint,
            sha256: sha256(fingerprint)?,
        });
    }
    let (fingerprint, digest) = name.strip_prefix(OPENPGP)?.split_once(':')?;
    let fits = matches!(fingerprint.len(), 40 | 64) && digits(fingerprint, b"ABCDEF");
    match fits {
        true => Some(NamedCertificate {
            kind: CertificateKind::OpenPgp,
            fingerprint,
            sha256: sha256(digest)?,
        }),
        false => None,
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
            "pattern": "^(age1[ac-hj-np-z02-9]{58}|openpgp:([0-9A-F]{40}|[0-9A-F]{64}):[0-9a-f]{64}|x509:[0-9a-f]{64})$",
            "description": "An age recipient (X25519); or an OpenPGP certificate: `openpgp:`, its fingerprint, `:`, and the SHA-256 of the certificate as it is pinned; or an X.509 certificate: `x509:` and its SHA-256."
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

    #[test]
    fn the_name_of_an_openpgp_certificate_has_one_spelling_and_holds_fingerprint_and_digest() {
        let sha256 = Sha256Digest::of(b"certificate");
        for fingerprint in ["0123456789ABCDEF0123456789ABCDEF01234567", &"F0".repeat(32)] {
            let key = RecipientKey::of_openpgp(fingerprint, sha256).unwrap();
            let named = NamedCertificate {
                kind: CertificateKind::OpenPgp,
                fingerprint,
                sha256,
            };
            assert_eq!(key.certificate(), Some(named));
            assert_eq!(RecipientKey::parse(key.as_str()).unwrap(), key);
            let text = key.as_str();
            for wrong in [
                text.to_lowercase(),
                text.to_uppercase(),
                text.replace(fingerprint, &fingerprint[1..]),
                format!("{text} "),
                format!("{text}0"),
                text.replace(':', "::"),
                text[..text.len() - 65].to_owned(),
                text.replace('F', "G"),
                text.replace('0', "é"),
            ] {
                assert!(RecipientKey::parse(&wrong).is_err(), "{wrong}");
            }
        }
        assert_eq!(RecipientKey::parse(KEYS[0]).unwrap().certificate(), None);
    }

    #[test]
    fn the_name_of_an_x509_certificate_is_its_digest_and_has_one_spelling() {
        let sha256 = Sha256Digest::of(b"certificate");
        let key = RecipientKey::of_x509(sha256);
        let text = key.as_str();
        let named = key.certificate().unwrap();
        assert_eq!((named.kind, named.sha256), (CertificateKind::X509, sha256));
        assert_eq!(text, format!("x509:{}", named.fingerprint));
        assert_eq!(RecipientKey::parse(text).unwrap(), key);
        for wrong in [
            text.to_uppercase(),
            text.replace("x509", "X509"),
            text.replace("x509", "openpgp"),
            format!("{text} "),
            format!("{text}0"),
            text[..text.len() - 1].to_owned(),
            text.replacen('0', "é", 1),
            format!("x509:{}", named.fingerprint.to_uppercase()),
            "x509:".into(),
        ] {
            assert!(RecipientKey::parse(&wrong).is_err(), "{wrong}");
        }
    }
}
