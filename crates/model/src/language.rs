use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::CountryCode;

/// The languages in which everything that a person reads can be said.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub enum Language {
    /// English, in which the law packs are written.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Swedish.
    #[serde(rename = "sv")]
    Swedish,
    /// Danish.
    #[serde(rename = "da")]
    Danish,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::Swedish, Self::Danish];

    /// Its code (ISO 639-1).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Swedish => "sv",
            Self::Danish => "da",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Swedish => "Svenska",
            Self::Danish => "Dansk",
        }
    }

    /// The language in which an authority of `country` is answered: its own, if it is one of
    /// these, else English.
    #[must_use]
    pub fn of_country(country: CountryCode) -> Self {
        match country.as_str() {
            "SE" => Self::Swedish,
            "DK" => Self::Danish,
            _ => Self::English,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Language {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|language| language.as_str() == text)
            .ok_or_else(|| format!("language `{text}`: write en, sv or da"))
    }
}
