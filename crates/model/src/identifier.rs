//! What a demand says an account by: one type for each kind, each with one way in, which checks its
//! grammar, and one normal form, which is what is compared.

mod address;
mod device;
mod email;
mod look_alike;
mod network;
mod phone;
mod text;
mod user_id;
mod words;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use address::AddressAt;
pub use device::{Imei, Imsi, MacAddress};
pub use email::EmailAddress;
pub use network::Network;
pub use phone::PhoneNumber;
pub use user_id::UserId;
pub use words::{Area, SearchTerm};

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
    UserId(UserId),
    /// A telephone number, `+` and digits (ITU-T E.164).
    PhoneNumber(PhoneNumber),
    /// One Internet address, and port if it is named, at one instant (UTC): whoever used it then.
    IpAddress(AddressAt),
    /// The number of a mobile device (IMEI).
    Imei(Imei),
    /// The number of a mobile subscription (IMSI).
    Imsi(Imsi),
    /// The number of a network interface.
    MacAddress(MacAddress),
    /// A whole network, for example `198.51.100.0/24`. Names nobody: a demand that rests on it is
    /// a demand in bulk. Like the three below it is in the vocabulary so that such a demand can be
    /// taken in, answered and counted.
    Network(Network),
    /// An area, in the words of the demand. Names nobody.
    Area(Area),
    /// What is to be searched for, or words that describe somebody. Names nobody.
    SearchTerm(SearchTerm),
    /// The demand says nobody at all.
    Nobody,
}

impl Identifier {
    /// The value as text.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::EmailAddress(address) => address.as_written().to_owned(),
            Self::UserId(id) => id.to_string(),
            Self::PhoneNumber(number) => number.to_string(),
            Self::IpAddress(address) => address.to_string(),
            Self::Imei(number) => number.to_string(),
            Self::Imsi(number) => number.to_string(),
            Self::MacAddress(number) => number.to_string(),
            Self::Network(network) => network.to_string(),
            Self::Area(words) => words.to_string(),
            Self::SearchTerm(words) => words.to_string(),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// The text that is compared: the same for two spellings of one value, and with
    /// [`Identifier::kind`] for nothing else.
    #[must_use]
    pub fn normal(&self) -> String {
        match self {
            Self::EmailAddress(address) => address.normal().to_owned(),
            other => other.value(),
        }
    }

    /// The word for its kind in demand files.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::EmailAddress(_) => "email-address",
            Self::UserId(_) => "user-id",
            Self::PhoneNumber(_) => "phone-number",
            Self::IpAddress(_) => "ip-address",
            Self::Imei(_) => "imei",
            Self::Imsi(_) => "imsi",
            Self::MacAddress(_) => "mac-address",
            Self::Network(_) => "network",
            Self::Area(_) => "area",
            Self::SearchTerm(_) => "search-term",
            Self::Nobody => "nobody",
        }
    }

    /// Reads an identifier from one text: `KIND:VALUE`, for example `phone-number:+46701740605`, or a
    /// mail address alone.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (kind, value) = match text.split_once(':') {
            Some((kind, value)) if !text.contains('@') || kind == "user-id" => (kind, value),
            _ => ("email-address", text.trim_start_matches("email-address:")),
        };
        Ok(match kind {
            "email-address" => Self::EmailAddress(EmailAddress::parse(value)?),
            "user-id" => Self::UserId(value.parse()?),
            "phone-number" => Self::PhoneNumber(value.parse()?),
            "ip-address" => Self::IpAddress(value.parse()?),
            "imei" => Self::Imei(value.parse()?),
            "imsi" => Self::Imsi(value.parse()?),
            "mac-address" => Self::MacAddress(value.parse()?),
            _ => {
                return Err(format!(
                    "`{}`: write a mail address, or KIND:VALUE with one of the kinds user-id, phone-number, ip-address, imei, imsi, mac-address",
                    text.escape_debug()
                ));
            }
        })
    }

    /// The letters of another script in its name that look like plain ones, each with the letter that
    /// it looks like (Unicode Technical Standard 39). The name may be right all the same: whoever reads
    /// it has to be told.
    #[must_use]
    pub fn look_alikes(&self) -> Vec<(char, char)> {
        match self {
            Self::EmailAddress(address) => {
                let local = address.as_written().rsplit_once('@');
                look_alike::look_alikes(local.map_or("", |(local, _)| local))
            }
            Self::UserId(id) => look_alike::look_alikes(id.as_str()),
            // Digits and plain letters alone.
            _ => Vec::new(),
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
        write!(f, "{}(withheld)", self.kind())
    }
}

/// An identifier that names one account, one user of an address at one instant, or one device: the only
/// kind that a mandate can carry.
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
    /// An area is not an account.
    #[error("identifier of kind `area` names no account; ask for named accounts")]
    Area,
    /// What is searched for is not an account.
    #[error("identifier of kind `search-term` names no account; ask for named accounts")]
    SearchTerm,
    /// Nobody is named.
    #[error("the demand names nobody; ask for named accounts")]
    Nobody,
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
            Identifier::Area(_) => return Err(NotNamed::Area),
            Identifier::SearchTerm(_) => return Err(NotNamed::SearchTerm),
            Identifier::Nobody => return Err(NotNamed::Nobody),
            Identifier::EmailAddress(address) => address.normal(),
            Identifier::UserId(id) => id.as_str(),
            Identifier::PhoneNumber(_)
            | Identifier::IpAddress(_)
            | Identifier::Imei(_)
            | Identifier::Imsi(_)
            | Identifier::MacAddress(_) => return Ok(Self(identifier)),
        };
        match text.contains(['*', '%', '?']) {
            true => Err(NotNamed::Wildcard),
            false => Ok(Self(identifier)),
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
mod tests;
