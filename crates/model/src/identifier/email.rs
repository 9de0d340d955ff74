use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::plainly_written;

/// A mail address, kept as it was written and compared by its normal form.
///
/// The normal form lowers the ASCII letters of the local part and of the domain, and nothing else:
/// no dot is dropped, no `+suffix` cut, no look-alike folded. Two addresses that a provider treats
/// as one mailbox are an alias, and an alias is named in the answer, never silently followed.
/// A domain outside ASCII must be given in its `xn--` form (RFC 5890), and a local part in composed
/// letters without anything that nobody sees, so that exactly one spelling exists.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    written: String,
    normal: String,
}

impl EmailAddress {
    /// Parses `local@domain` (RFC 5321 section 4.1.2, without quoted local parts and address
    /// literals, which no account here can have).
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fault = |why: &str| Err(format!("e-mail address `{}`: {why}", text.escape_debug()));
        if let Err(why) = plainly_written(text) {
            return fault(&why);
        }
        let Some((local, domain)) = text.rsplit_once('@') else {
            return fault("write local@domain");
        };
        if local.is_empty() || local.len() > 64 || domain.is_empty() || domain.len() > 253 {
            return fault("the part before @ has 1 to 64 bytes, the domain 1 to 253 (RFC 5321)");
        }
        if local
            .contains(|c: char| c.is_whitespace() || c.is_control() || "@\"<>(),;:\\[]".contains(c))
        {
            return fault("the part before @ holds a character that no account here can have");
        }
        if !domain.is_ascii() {
            return fault("write the domain in its xn-- form (RFC 5890)");
        }
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        if !domain.split('.').all(label_ok) {
            return fault("the domain is not a host name (RFC 1123 section 2.1)");
        }
        Ok(Self {
            normal: text.to_ascii_lowercase(),
            written: text.to_owned(),
        })
    }

    /// As the demand wrote it.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.written
    }

    /// The form that is compared.
    #[must_use]
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The domain, in normal form.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.normal
            .rsplit_once('@')
            .map_or("", |(_, domain)| domain)
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.normal == other.normal
    }
}
impl Eq for EmailAddress {}
impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.normal.hash(state);
    }
}
impl PartialOrd for EmailAddress {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for EmailAddress {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.normal.cmp(&other.normal)
    }
}
impl TryFrom<String> for EmailAddress {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}
impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.written
    }
}
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(withheld)")
    }
}
impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}
impl JsonSchema for EmailAddress {
    fn schema_name() -> Cow<'static, str> {
        "EmailAddress".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "email"})
    }
}
