use serde::{Deserialize, Serialize};

/// What another case is to this one.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// The other case has the same demand, which was sent here again: it is answered there.
    AnsweredThere,
    /// The demand of this case was sent again, and taken in as the other case.
    SentAgain,
    /// It has to do with it: an earlier request, a correction, the same proceedings.
    Related,
}

impl Link {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AnsweredThere, Self::SentAgain, Self::Related];

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AnsweredThere => "answered-there",
            Self::SentAgain => "sent-again",
            Self::Related => "related",
        }
    }

    /// What this case is to the other.
    #[must_use]
    pub fn back(self) -> Self {
        match self {
            Self::AnsweredThere => Self::SentAgain,
            Self::SentAgain => Self::AnsweredThere,
            Self::Related => Self::Related,
        }
    }
}
