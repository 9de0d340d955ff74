use std::borrow::Cow;

use base64::prelude::{BASE64_STANDARD, Engine};
use lagrum_model::{CertificateKind, RecipientKey, Sha256Digest};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A certificate (OpenPGP or X.509) as it is pinned beside its name, in base64 (RFC 4648): bytes whose SHA-256 the name holds.
/// What they say is not looked at here.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PinnedCertificate(Vec<u8>);

impl PinnedCertificate {
    /// The longest that is pinned, in bytes: most take some two thousand.
    pub const LONGEST: usize = 16 << 10;

    /// These bytes.
    ///
    /// # Errors
    /// A sentence, when there are none or too many.
    pub fn new(bytes: &[u8]) -> Result<Self, String> {
        match bytes.len() {
            1..=Self::LONGEST => Ok(Self(bytes.to_vec())),
            length => Err(format!(
                "certificate: {length} bytes; a pinned certificate has 1 to {}",
                Self::LONGEST
            )),
        }
    }

    /// The certificate, in its binary form.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The same as text, as one of this kind: in the armour of OpenPGP (RFC 9580 section 6.2), or in PEM (RFC 7468
    /// section 5). It is what programs take in.
    #[must_use]
    pub fn armoured(&self, kind: CertificateKind) -> String {
        let (label, after) = match kind {
            // An empty line ends the headers, of which there are none.
            CertificateKind::OpenPgp => ("PGP PUBLIC KEY BLOCK", "\n"),
            CertificateKind::X509 => ("CERTIFICATE", ""),
        };
        let base64 = BASE64_STANDARD.encode(&self.0);
        let mut text = format!("-----BEGIN {label}-----\n{after}");
        let mut rest = &base64[..];
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.len().min(64));
            text.push_str(line);
            text.push('\n');
            rest = after;
        }
        text + &format!("-----END {label}-----\n")
    }

    /// Whether it is the one that the key names, and there is one exactly if the key names one.
    pub(crate) fn fits(certificate: Option<&Self>, key: &RecipientKey) -> Result<(), String> {
        match (key.certificate(), certificate) {
            (None, None) => Ok(()),
            (None, Some(_)) => {
                Err("an age key has no certificate; take the field `certificate` out".into())
            }
            (Some(_), None) => Err(
                "the key names a certificate, which has to stand in the field `certificate`".into(),
            ),
            (Some(named), Some(one)) if Sha256Digest::of(&one.0) != named.sha256 => {
                Err("the certificate is another than the one that the key names by its SHA-256; nothing is sealed to it. Have two people make the right one known".into())
            }
            (Some(_), Some(_)) => Ok(()),
        }
    }
}

impl TryFrom<String> for PinnedCertificate {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        // Its length first, so that nothing long is looked at.
        let bytes = match text.len() <= Self::LONGEST.div_ceil(3) * 4 {
            true => BASE64_STANDARD.decode(&text).ok(),
            false => None,
        };
        let wrong = || {
            format!(
                "certificate: write the certificate in base64 without line ends, at most {} bytes",
                Self::LONGEST
            )
        };
        Self::new(&bytes.ok_or_else(wrong)?)
    }
}
impl From<PinnedCertificate> for String {
    fn from(certificate: PinnedCertificate) -> Self {
        BASE64_STANDARD.encode(certificate.0)
    }
}
impl std::fmt::Debug for PinnedCertificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PinnedCertificate({})", Sha256Digest::of(&self.0))
    }
}
impl JsonSchema for PinnedCertificate {
    fn schema_name() -> Cow<'static, str> {
        "PinnedCertificate".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[A-Za-z0-9+/]+={0,2}$",
            "maxLength": Self::LONGEST.div_ceil(3) * 4,
            "description": "A certificate, in base64: the reduced one of OpenPGP, or the DER of X.509."
        })
    }
}
