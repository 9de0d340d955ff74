use lagrum_model::{Recipient, RecipientKey};
use serde::{Deserialize, Serialize};

use crate::KeptIn;

/// To whom a package is sealed, and with what. A package has one of the first two: age takes no passphrase beside a
/// key. What is only preserved is sealed to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SealedTo {
    /// To the key of a recipient that the agent knows.
    Key(Recipient),
    /// With a passphrase that is made where the data lies and told by telephone.
    Passphrase(ToldPassphrase),
    /// To nobody: a copy is kept in the vault of the region.
    Vault(KeptIn),
}

/// A one-time passphrase, as the text that two people sign says it: who tells it to whom, on which number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldPassphrase {
    /// Who is told it: the authority, as the agent knows its number.
    pub name: String,
    /// With what the package is sealed.
    pub sealed_with: OneTimePassphrase,
    /// Who tells it: the id of a person on the agent's roster. Nobody else is shown it.
    pub told_by: String,
    /// On which number of the registry.
    pub on_number: TelephoneNumber,
}

/// The words that say so in the text that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OneTimePassphrase {
    /// The only ones.
    #[serde(rename = "a one-time passphrase that is told by telephone")]
    Told,
}

/// A telephone number with its country's code: `+46 77 114 14 00`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TelephoneNumber(String);

impl TelephoneNumber {
    /// Reads a number (ITU-T E.164): a plus sign and 7 to 15 digits, in groups with one blank between them.
    ///
    /// # Errors
    /// A sentence that shows the form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let groups = text.strip_prefix('+').map(|rest| rest.split(' '));
        let plain = groups.is_some_and(|mut groups| {
            groups.all(|group| !group.is_empty() && group.bytes().all(|c| c.is_ascii_digit()))
        });
        match plain && (7..=15).contains(&digits) {
            true => Ok(Self(text.to_owned())),
            false => Err(format!(
                "telephone number `{}`: write it with its country's code, like +46 77 114 14 00",
                text.escape_debug()
            )),
        }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are one number, whatever the groups.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let digits = |one: &Self| one.0.replace(' ', "");
        digits(self) == digits(other)
    }
}

impl TryFrom<String> for TelephoneNumber {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}
impl From<TelephoneNumber> for String {
    fn from(number: TelephoneNumber) -> Self {
        number.0
    }
}
impl std::fmt::Display for TelephoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
impl std::str::FromStr for TelephoneNumber {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text)
    }
}

impl SealedTo {
    /// Who gets it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Key(recipient) => &recipient.name,
            Self::Passphrase(told) => &told.name,
            Self::Vault(_) => KeptIn::NAME,
        }
    }

    /// The recipient, where it is sealed to a key.
    #[must_use]
    pub fn recipient(&self) -> Option<&Recipient> {
        match self {
            Self::Key(recipient) => Some(recipient),
            Self::Passphrase(_) | Self::Vault(_) => None,
        }
    }

    /// The key, where it is sealed to one.
    #[must_use]
    pub fn key(&self) -> Option<&RecipientKey> {
        self.recipient().map(|recipient| &recipient.key)
    }

    /// Who tells a passphrase to whom, where it is sealed with one.
    #[must_use]
    pub fn told(&self) -> Option<&ToldPassphrase> {
        match self {
            Self::Key(_) | Self::Vault(_) => None,
            Self::Passphrase(told) => Some(told),
        }
    }

    /// How the copy is kept, where nothing is handed over.
    #[must_use]
    pub fn kept(&self) -> Option<&KeptIn> {
        match self {
            Self::Vault(kept) => Some(kept),
            Self::Key(_) | Self::Passphrase(_) => None,
        }
    }
}

impl ToldPassphrase {
    /// That this person tells it on that number.
    #[must_use]
    pub fn new(name: &str, told_by: &str, on_number: TelephoneNumber) -> Self {
        Self {
            name: name.to_owned(),
            sealed_with: OneTimePassphrase::Told,
            told_by: told_by.to_owned(),
            on_number,
        }
    }
}

impl From<Recipient> for SealedTo {
    fn from(recipient: Recipient) -> Self {
        Self::Key(recipient)
    }
}
