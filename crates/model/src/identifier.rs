use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;

use jiff::Timestamp;
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

/// What a demand says an account by. Not everything that a demand may say names an account: see
/// [`AccountIdentifier`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    content = "value",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
pub enum Identifier {
    /// A mail address.
    EmailAddress(EmailAddress),
    /// The provider's own account number or name, compared byte for byte.
    UserId(String),
    /// A telephone number, `+` and digits (ITU-T E.164).
    PhoneNumber(String),
    /// One Internet address at one instant (UTC): whoever used it then.
    IpAddress {
        /// The address.
        address: IpAddr,
        /// The instant (UTC).
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// A whole network, for example `198.51.100.0/24`. Names nobody: a demand that rests on it is
    /// a demand in bulk. It is in the vocabulary so that such a demand can be taken in, answered
    /// and counted.
    Network(String),
}

impl Identifier {
    /// The value as text.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::EmailAddress(address) => address.as_written().to_owned(),
            Self::UserId(text) | Self::PhoneNumber(text) | Self::Network(text) => text.clone(),
            Self::IpAddress { address, at } => format!("{address} at {at}"),
        }
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.value())
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmailAddress(_) => "EmailAddress(withheld)",
            Self::UserId(_) => "UserId(withheld)",
            Self::PhoneNumber(_) => "PhoneNumber(withheld)",
            Self::IpAddress { .. } => "IpAddress(withheld)",
            Self::Network(_) => "Network(withheld)",
        })
    }
}

/// An identifier that names one account: the only kind that a mandate can carry.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "Identifier", into = "Identifier")]
pub struct AccountIdentifier(Identifier);

/// Why an identifier is not an [`AccountIdentifier`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotNamed {
    /// A network is not an account.
    #[error(
        "identifier of kind `network` names no account; ask for named accounts, or for one address at one instant"
    )]
    Network,
    /// Nothing was written.
    #[error("identifier is empty; name one account")]
    Empty,
    /// A pattern is not an account.
    #[error("identifier holds a wildcard; name one account exactly")]
    Wildcard,
}

impl AccountIdentifier {
    /// The identifier.
    #[must_use]
    pub fn get(&self) -> &Identifier {
        &self.0
    }
}

impl TryFrom<Identifier> for AccountIdentifier {
    type Error = NotNamed;
    fn try_from(identifier: Identifier) -> Result<Self, NotNamed> {
        let text = match &identifier {
            Identifier::Network(_) => return Err(NotNamed::Network),
            Identifier::EmailAddress(address) => address.normal(),
            Identifier::UserId(text) | Identifier::PhoneNumber(text) => text.as_str(),
            Identifier::IpAddress { .. } => return Ok(Self(identifier)),
        };
        if text.trim().is_empty() {
            Err(NotNamed::Empty)
        } else if text.contains(['*', '%', '?']) {
            Err(NotNamed::Wildcard)
        } else {
            Ok(Self(identifier))
        }
    }
}

impl From<AccountIdentifier> for Identifier {
    fn from(named: AccountIdentifier) -> Self {
        named.0
    }
}

impl fmt::Display for AccountIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_one_account_only_if_nothing_but_letter_case_differs() {
        let address = |text| EmailAddress::parse(text).unwrap();
        assert_eq!(
            address("Alder@KVIST.example"),
            address("alder@kvist.example")
        );
        for other in [
            "al.der@kvist.example",
            "alder+x@kvist.example",
            "alder@kvist.example2",
        ] {
            assert_ne!(address(other), address("alder@kvist.example"));
        }
        // U+212A KELVIN SIGN lowers to `k` in Unicode and is composed to `K`; it is neither here.
        assert!(EmailAddress::parse("\u{212a}vist@kvist.example").is_err());
        // U+0130 lowers to `i` and a dot.
        assert_ne!(
            address("\u{130}da@kvist.example"),
            address("ida@kvist.example")
        );
    }

    #[test]
    fn what_names_nobody_never_becomes_an_account_identifier() {
        let refused = |identifier| AccountIdentifier::try_from(identifier).unwrap_err();
        assert_eq!(
            refused(Identifier::Network("198.51.100.0/24".into())),
            NotNamed::Network
        );
        assert_eq!(refused(Identifier::UserId(" ".into())), NotNamed::Empty);
        assert_eq!(refused(Identifier::UserId("a%".into())), NotNamed::Wildcard);
        let all = EmailAddress::parse("*@kvist.example").unwrap();
        assert_eq!(refused(Identifier::EmailAddress(all)), NotNamed::Wildcard);
    }

    #[test]
    fn broken_addresses_are_refused_with_the_rule() {
        for wrong in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c.example",
            "a@b@c.example\n",
            "a@-b.example",
            "a@b..c",
            "a@ö.example",
        ] {
            assert!(EmailAddress::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_address_that_only_looks_like_another_is_refused_and_it_is_said_what_it_holds() {
        for (wrong, says) in [
            ("bj\u{200b}ork@kvist.example", "U+200B"),
            ("\u{200e}bjork@kvist.example", "U+200E"),
            ("bjork@kvist\u{2060}.example", "U+2060"),
            ("bjork@kvist.example\n", "a line end"),
            ("bjork@kvist.example\u{a0}", "U+00A0"),
            ("bjo\u{308}rn@kvist.example", "two characters"),
        ] {
            let why = EmailAddress::parse(wrong).expect_err(wrong);
            assert!(why.contains(says), "{wrong:?}: {why}");
        }
        assert!(EmailAddress::parse("bj\u{f6}rn@kvist.example").is_ok());
    }

    #[test]
    fn debug_output_never_shows_whose_data_it_is() {
        let identifier =
            Identifier::EmailAddress(EmailAddress::parse("alder@kvist.example").unwrap());
        assert!(!format!("{identifier:?}").contains("alder"));
    }
}
