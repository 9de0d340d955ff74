use jiff::civil::Date;
use lagrum_model::{CountryCode, Recipient, RecipientKey};
use serde::{Deserialize, Serialize};

use crate::recipient_name::check_name;
use crate::{KnownNumber, PinnedCertificate, ToldPassphrase, signed_text};

/// First line of the text that two people sign to make a recipient known.
const HEADING: &str = "lagrum-recipient/1";

/// The recipients to whom an agent may seal, `recipients.toml`. Lies on the agent's own host, beside
/// the roster; only the data operator there changes it, by hand or with
/// what two people signed ([`crate::recipient_from_note`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawRecipients", into = "RawRecipients")]
pub struct Recipients {
    known: Vec<KnownRecipient>,
    numbers: Vec<KnownNumber>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRecipients {
    #[serde(default, rename = "recipient", skip_serializing_if = "Vec::is_empty")]
    known: Vec<KnownRecipient>,
    /// On which a passphrase may be told to somebody who has no key. None, unless two people made one known.
    #[serde(default, rename = "telephone", skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<KnownNumber>,
}

/// A recipient whose key was checked with the authority itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownRecipient {
    /// Who holds the key, as mandates name it.
    pub name: String,
    /// The country that the authority acts for.
    pub country: CountryCode,
    /// The key.
    pub key: RecipientKey,
    /// The certificate that the key names, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PinnedCertificate>,
    /// Since which day it is known.
    pub since: Date,
}

impl Recipients {
    /// Makes the list.
    ///
    /// # Errors
    /// When a name cannot be shown as it is, one key stands there twice, or a certificate is not the one that its key
    /// names.
    pub fn new(known: Vec<KnownRecipient>) -> Result<Self, String> {
        for (at, one) in known.iter().enumerate() {
            one.check().map_err(|why| format!("recipients: {why}"))?;
            if let Some(other) = known[..at].iter().find(|other| other.key == one.key) {
                return Err(format!(
                    "recipients: {} and {} have the same key; each key belongs to one recipient",
                    other.name, one.name
                ));
            }
        }
        Ok(Self {
            known,
            numbers: Vec::new(),
        })
    }

    /// The same list, with telephone numbers on which a passphrase may be told to an authority that has no key.
    ///
    /// # Errors
    /// When a name cannot be shown as it is, one number stands there for two, or an authority has a key: whoever has
    /// one is told nothing that is worth less.
    pub fn with_numbers(self, numbers: Vec<KnownNumber>) -> Result<Self, String> {
        for (at, one) in numbers.iter().enumerate() {
            check_name(&one.name).map_err(|why| format!("recipients: {why}"))?;
            let other = numbers[..at]
                .iter()
                .find(|other| other.number.is_same(&one.number));
            if let Some(other) = other {
                return Err(format!(
                    "recipients: {} and {} have the same telephone number; each number belongs to one authority",
                    other.name, one.name
                ));
            }
            let theirs =
                |known: &KnownRecipient| (&known.name, known.country) == (&one.name, one.country);
            if self.known.iter().any(theirs) {
                return Err(format!(
                    "recipients: {} ({}) has a key, and so is told no passphrase by telephone; take its number out or, if nobody holds the key any more, its key",
                    one.name, one.country
                ));
            }
        }
        Ok(Self { numbers, ..self })
    }

    /// The telephone numbers on which a passphrase may be told.
    #[must_use]
    pub fn numbers(&self) -> &[KnownNumber] {
        &self.numbers
    }

    /// What is known of exactly this number: under this name, of this country.
    #[must_use]
    pub fn find_number(&self, told: &ToldPassphrase, country: CountryCode) -> Option<&KnownNumber> {
        self.numbers.iter().find(|known| {
            known.number == told.on_number && known.name == told.name && known.country == country
        })
    }

    /// The list with one more number; as it is, if it was known.
    ///
    /// # Errors
    /// As [`Recipients::with_numbers`].
    pub fn with_number(mut self, one: KnownNumber) -> Result<Self, String> {
        let told = ToldPassphrase::new(&one.name, "", one.number.clone());
        if self.find_number(&told, one.country).is_some() {
            return Ok(self);
        }
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.push(one);
        self.with_numbers(numbers)
    }

    /// Reads the file (TOML).
    ///
    /// # Errors
    /// A sentence that names the field and the rule.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("recipients: {}", e.to_string().trim()))
    }

    /// The text of the file.
    ///
    /// # Errors
    /// When it cannot be written as TOML, which its types do not allow.
    pub fn to_toml(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|e| format!("recipients: {e}"))
    }

    /// The recipients.
    #[must_use]
    pub fn known(&self) -> &[KnownRecipient] {
        &self.known
    }

    /// What is known of exactly this recipient: this key, under this name, of this country.
    #[must_use]
    pub fn find(&self, recipient: &Recipient, country: CountryCode) -> Option<&KnownRecipient> {
        self.known.iter().find(|known| {
            known.key == recipient.key && known.name == recipient.name && known.country == country
        })
    }

    /// The list with one more recipient; as it is, if it was known.
    ///
    /// # Errors
    /// As [`Recipients::new`] and [`Recipients::with_numbers`].
    pub fn with(mut self, one: KnownRecipient) -> Result<Self, String> {
        let recipient = Recipient {
            name: one.name.clone(),
            key: one.key.clone(),
        };
        if self.find(&recipient, one.country).is_some() {
            return Ok(self);
        }
        self.known.push(one);
        Self::new(self.known)?.with_numbers(self.numbers)
    }
}

impl TryFrom<RawRecipients> for Recipients {
    type Error = String;
    fn try_from(raw: RawRecipients) -> Result<Self, String> {
        Self::new(raw.known)?.with_numbers(raw.numbers)
    }
}
impl From<Recipients> for RawRecipients {
    fn from(recipients: Recipients) -> Self {
        Self {
            known: recipients.known,
            numbers: recipients.numbers,
        }
    }
}

impl KnownRecipient {
    fn check(&self) -> Result<(), String> {
        check_name(&self.name)?;
        PinnedCertificate::fits(self.certificate.as_ref(), &self.key)
            .map_err(|why| format!("{} ({}): {why}", self.name, self.country))
    }

    /// The text that two people of the roster sign to make it known: readable by who signs it, and
    /// exact to the byte.
    #[must_use]
    pub fn to_text(&self) -> String {
        signed_text::write(HEADING, self)
    }

    /// Reads the text, and accepts only what [`KnownRecipient::to_text`] writes.
    ///
    /// # Errors
    /// A sentence that says what it is not.
    pub fn parse(text: &str) -> Result<Self, String> {
        let known: Self =
            signed_text::read(HEADING, "recipient", text).map_err(|e| e.to_string())?;
        known.check()?;
        Ok(known)
    }
}
