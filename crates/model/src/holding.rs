use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::findings::is_false;
use crate::{Category, CountryCode};

/// The provider's own name for one place where data lies and one agent runs, for example `dublin`.
/// Lower-case letters, digits and hyphens.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

impl Region {
    /// Parses the name.
    ///
    /// # Errors
    /// A sentence that names the rule, when `text` is not a region's name.
    pub fn parse(text: &str) -> Result<Self, String> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-') {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!(
                "region `{}`: write 1 to 40 lower-case letters, digits and hyphens",
                text.escape_debug()
            ))
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Region {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}
impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.0
    }
}
impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Who decides over the data: the person who holds the account, or an organisation that bought
/// the service for its people (controller in the sense of Article 4(7) GDPR; Article 5(6) of
/// Regulation (EU) 2023/1543).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Controller {
    /// A private person's account.
    Consumer,
    /// An account that belongs to an enterprise customer, for whom the provider is a processor.
    Enterprise,
}

impl Controller {
    /// The spelling used in files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consumer => "consumer",
            Self::Enterprise => "enterprise",
        }
    }
}

/// Which electronic communications service it is that somebody asks about, if it is one (Directive (EU)
/// 2018/1972, Article 2(4) to (7)). Whether a law binds the provider can depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Access to the Internet, or the conveyance of signals.
    InternetAccess,
    /// Communication between people that uses telephone numbers.
    NumberBased,
    /// Communication between people that uses none: web mail, messaging.
    NumberIndependent,
    /// No electronic communications service: hosting, storage, a forum, a shop.
    Other,
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::InternetAccess,
        Self::NumberBased,
        Self::NumberIndependent,
        Self::Other,
    ];

    /// The spelling used in files and law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InternetAccess => "internet-access",
            Self::NumberBased => "number-based",
            Self::NumberIndependent => "number-independent",
            Self::Other => "other",
        }
    }
}

/// Data of one category about one account, in one store, in one place, under one controller.
/// Says that the data is there, never what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holding {
    /// Which kind of data.
    pub category: Category,
    /// Where it lies: the agent that serves it.
    pub region: Region,
    /// The country in which it is stored.
    pub stored_in: CountryCode,
    /// Who decides over it.
    pub controller: Controller,
    /// Where the account holder lives, as far as the provider knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder_resides_in: Option<CountryCode>,
    /// Whether the account holder is a United States person (18 U.S.C. § 2523(a)(2)), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder_is_us_person: Option<bool>,
    /// Whether the account is kept for somebody bound by professional secrecy, in that capacity.
    #[serde(default, skip_serializing_if = "is_false")]
    pub privileged: bool,
    /// The State of the public authority for which the data is kept, if it is kept for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_authority_of: Option<CountryCode>,
    /// Which service it is of. Absent: nobody has said, and no law assumes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
}

impl Holding {
    /// Data of which nothing else is known.
    #[must_use]
    pub fn new(
        category: Category,
        region: Region,
        stored_in: CountryCode,
        controller: Controller,
    ) -> Self {
        Self {
            category,
            region,
            stored_in,
            controller,
            holder_resides_in: None,
            holder_is_us_person: None,
            privileged: false,
            public_authority_of: None,
            service: None,
        }
    }
}
