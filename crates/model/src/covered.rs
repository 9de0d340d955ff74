use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Period;

/// From when to when the entries of a store reach (UTC, both included): what a search of it can
/// have found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// The earliest instant of an entry.
    pub first: Timestamp,
    /// The latest.
    pub last: Timestamp,
}

impl Covered {
    /// One entry.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self {
            first: instant,
            last: instant,
        }
    }

    /// `covered`, and one entry more.
    #[must_use]
    pub fn and(covered: Option<Self>, instant: Timestamp) -> Self {
        covered.map_or(Self::at(instant), |covered| Self {
            first: covered.first.min(instant),
            last: covered.last.max(instant),
        })
    }
}

/// A stretch of an ordered period in which a store has no entry of anybody with a time that can be read (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The entry before it, or the beginning of the period.
    pub from: Timestamp,
    /// The entry behind it, or the end of the period.
    pub until: Timestamp,
}

impl Gap {
    /// The most that are told of one search: the longest.
    pub const MOST: usize = 10;

    /// What is shorter is not told.
    const SHORTEST: SignedDuration = SignedDuration::from_hours(24);

    /// How long it is.
    #[must_use]
    pub fn length(&self) -> SignedDuration {
        self.until.duration_since(self.from)
    }

    /// What of it lies in `period`, if that is long enough to be told.
    #[must_use]
    pub fn within(&self, period: &Period) -> Option<Self> {
        let gap = Self {
            from: self.from.max(period.from()),
            until: self.until.min(period.until()),
        };
        (gap.length() >= Self::SHORTEST).then_some(gap)
    }
}
