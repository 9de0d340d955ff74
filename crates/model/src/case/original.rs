use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Sha256Digest;

/// How something from outside came to the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// By letter.
    Post,
    /// By fax.
    Fax,
    /// By e-mail.
    Email,
    /// Through a portal or an exchange of authorities.
    Portal,
    /// By telephone, written down by whoever answered.
    Telephone,
    /// Handed over in person.
    InPerson,
    /// In another way.
    Other,
    /// Through the provider's own door for authorities: said by the door alone, of an officer who was
    /// signed in there.
    Door,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Post,
        Self::Fax,
        Self::Email,
        Self::Portal,
        Self::Telephone,
        Self::InPerson,
        Self::Other,
        Self::Door,
    ];

    /// Those that a person can say of what came: all but the door's own.
    pub const SAID: [Self; 7] = [
        Self::Post,
        Self::Fax,
        Self::Email,
        Self::Portal,
        Self::Telephone,
        Self::InPerson,
        Self::Other,
    ];

    /// The word in files and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Fax => "fax",
            Self::Email => "email",
            Self::Portal => "portal",
            Self::Telephone => "telephone",
            Self::InPerson => "in-person",
            Self::Other => "other",
            Self::Door => "door",
        }
    }

    /// Reads the word of [`Channel::as_str`], of those that a person can say ([`Channel::SAID`]).
    ///
    /// # Errors
    /// A sentence that lists the words.
    pub fn parse(text: &str) -> Result<Self, String> {
        crate::by_word(text, &Self::SAID, Self::as_str, "is not known")
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How, when and from whom a file came. What is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// How it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// From whom, as it says itself: an address, a number, a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// When it arrived (UTC), if that was earlier than its taking in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub at: Option<Timestamp>,
    /// The sender's own reference, as the sender gave it beside the files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// That somebody's life or safety may be at stake: as the sender said, or whoever took it in saw.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emergency: bool,
}

impl Arrival {
    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// One file of a demand as it was received. Its bytes are kept apart, under this digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Original {
    /// Name of the file, for people.
    pub file_name: String,
    /// SHA-256 of the bytes.
    pub sha256: Sha256Digest,
    /// Number of bytes.
    pub length: u64,
    /// How, when and from whom it came.
    #[serde(default, skip_serializing_if = "Arrival::is_unknown")]
    pub arrival: Arrival,
    /// Whether it did not come in: somebody at the desk described the demand with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub describes: bool,
}

impl Original {
    /// A file of these bytes.
    #[must_use]
    pub fn of(file_name: &str, bytes: &[u8], arrival: Arrival) -> Self {
        Self {
            file_name: file_name.to_owned(),
            sha256: Sha256Digest::of(bytes),
            length: bytes.len() as u64,
            arrival,
            describes: false,
        }
    }
}
