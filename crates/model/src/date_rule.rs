use std::fmt;

use serde::{Deserialize, Serialize};

/// Which date decides, in a source, whether something lies in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRule {
    /// The `Date` header field of the message, as an instant in UTC, if it is established. Where it
    /// is not, a person decides.
    MessageDate,
    /// The time field of the line or row, as an instant in UTC. Where it is missing or cannot be
    /// read, a person decides.
    EventTime,
    /// No date: the record is handed over as it stands at the moment of the search.
    PresentState,
}

impl DateRule {
    /// The word in a package's statement.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MessageDate => "message-date",
            Self::EventTime => "event-time",
            Self::PresentState => "present-state",
        }
    }
}

impl fmt::Display for DateRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
