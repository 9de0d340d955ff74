use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of data: the terms of Regulation (EU) 2023/1543, Article 3(9) to (12). The law packs
/// map other laws' terms to them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Who the subscriber is and what service is provided (Article 3(9)).
    Subscriber,
    /// Internet addresses, ports and times asked for only to identify the user (Article 3(10)).
    Identification,
    /// When, from where, to whom, how long (Article 3(11)).
    Traffic,
    /// Everything else: text, voice, images, files (Article 3(12)).
    Content,
}

impl Category {
    /// All categories, from the least to the most intrusive.
    pub const ALL: [Self; 4] = [
        Self::Subscriber,
        Self::Identification,
        Self::Traffic,
        Self::Content,
    ];

    /// The spelling used in demand files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subscriber => "subscriber",
            Self::Identification => "identification",
            Self::Traffic => "traffic",
            Self::Content => "content",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A bounded, half-open span of time: `from` belongs to it, `until` does not. Both are instants
/// (UTC); a demand may write them in any zone (RFC 3339), never without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawPeriod", into = "RawPeriod")]
pub struct Period {
    from: Timestamp,
    until: Timestamp,
}

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawPeriod {
    #[schemars(with = "crate::schema::Instant")]
    from: Timestamp,
    #[schemars(with = "crate::schema::Instant")]
    until: Timestamp,
}

/// Why two instants are not a period.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "period: `until` ({until}) must be later than `from` ({from}); a period is half-open, so the last instant wanted lies before `until`"
)]
pub struct PeriodError {
    from: Timestamp,
    until: Timestamp,
}

impl Period {
    /// The span from `from` (included) to `until` (excluded).
    ///
    /// # Errors
    /// When `until` is not later than `from`.
    pub fn new(from: Timestamp, until: Timestamp) -> Result<Self, PeriodError> {
        if from < until {
            Ok(Self { from, until })
        } else {
            Err(PeriodError { from, until })
        }
    }

    /// First instant inside (UTC).
    #[must_use]
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// Whether the order named no beginning: [`Period::from`] is then the first instant that computers
    /// count (1970-01-01T00:00:00Z).
    #[must_use]
    pub fn is_without_beginning(&self) -> bool {
        self.from == Timestamp::UNIX_EPOCH
    }

    /// First instant after (UTC).
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// Whether `instant` lies inside.
    #[must_use]
    pub fn contains(&self, instant: Timestamp) -> bool {
        self.from <= instant && instant < self.until
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.from <= other.from && other.until <= self.until
    }
}

impl TryFrom<RawPeriod> for Period {
    type Error = PeriodError;
    fn try_from(raw: RawPeriod) -> Result<Self, PeriodError> {
        Self::new(raw.from, raw.until)
    }
}

impl From<Period> for RawPeriod {
    fn from(period: Period) -> Self {
        Self {
            from: period.from,
            until: period.until,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} up to, not including, {}", self.from, self.until)
    }
}
