use std::fmt;

use serde::{Deserialize, Serialize};

/// Which date decides, in a source, whether something lies in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRule {
    /// The `Date` header field of the message, as an instant in UTC, if it is established. Where it
    /// is not, a person decides.
    MessageDate,
    /// The date in the topmost `Received` header field of the message (RFC 5321 section 4.4): when the last
    /// server that wrote one took it, as an instant in UTC. Where it is not established, a person decides.
    ReceivedField,
    /// The seconds with which the name of the message's file in a Maildir begins: when it was put there.
    /// Where the name does not begin so, a person decides.
    DeliveryTime,
    /// The internal date that the mail server keeps beside the message (RFC 3501 section 2.3.3), as an
    /// instant in UTC. Where it is lost, a person decides.
    InternalDate,
    /// The time field of the line or row, as an instant in UTC. Where it is missing or cannot be
    /// read, a person decides.
    EventTime,
    /// When the storage took the object in, or this version of it (its last modification), as an instant in
    /// UTC. Where it is missing or cannot be read, a person decides.
    LastModified,
    /// A field of the object's metadata that the operator named, as an instant in UTC. Where it is missing
    /// or cannot be read, a person decides.
    ObjectMetadata,
    /// No date: the record is handed over as it stands at the moment of the search.
    PresentState,
}

impl DateRule {
    /// The word in a package's statement.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MessageDate => "message-date",
            Self::ReceivedField => "received-field",
            Self::DeliveryTime => "delivery-time",
            Self::InternalDate => "internal-date",
            Self::EventTime => "event-time",
            Self::LastModified => "last-modified",
            Self::ObjectMetadata => "object-metadata",
            Self::PresentState => "present-state",
        }
    }
}

impl fmt::Display for DateRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
