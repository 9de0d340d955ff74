use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Category, Identifier, Period, PeriodError, SubCategory};

/// One piece of a demand: whose data, which kinds, from when to when. Answered on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandPart {
    /// Whose data.
    pub identifiers: Vec<Identifier>,
    /// Which kinds.
    pub categories: Vec<Category>,
    /// Which boxes below the categories are ticked. Empty: all of the categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_categories: Vec<SubCategory>,
    /// From when to when. Absent: the part names no time, or only one end of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<AskedPeriod>,
}

impl DemandPart {
    /// The span in which data is looked for: as asked; where an end is not named, from the first
    /// instant that computers count (1970-01-01T00:00:00Z) or up to `received_at`, the instant (UTC)
    /// at which the demand arrived.
    ///
    /// # Errors
    /// When nothing is left between the two.
    pub fn bounded(&self, received_at: Timestamp) -> Result<Period, PeriodError> {
        self.period.unwrap_or_default().bounded(received_at)
    }

    /// The boxes of `category` that are ticked. Empty: all of it.
    #[must_use]
    pub fn sub_categories_of(&self, category: Category) -> Vec<SubCategory> {
        SubCategory::of(&self.sub_categories, category).collect()
    }
}

/// A span of time as a demand names it: `from` belongs to it, `until` does not. An end that is not
/// named is open: since the account was made, or up to the receipt of the demand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawPeriod", into = "RawPeriod")]
pub struct AskedPeriod {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawPeriod {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    from: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    until: Option<Timestamp>,
}

impl AskedPeriod {
    /// The span between two instants (UTC), each of which may be open.
    ///
    /// # Errors
    /// When `until` is not later than `from`.
    pub fn new(from: Option<Timestamp>, until: Option<Timestamp>) -> Result<Self, PeriodError> {
        if let (Some(from), Some(until)) = (from, until) {
            Period::new(from, until)?;
        }
        Ok(Self { from, until })
    }

    /// The same span with ends that are open closed, as in [`DemandPart::bounded`].
    ///
    /// # Errors
    /// When nothing is left between the two.
    pub fn bounded(&self, received_at: Timestamp) -> Result<Period, PeriodError> {
        Period::new(
            self.from.unwrap_or(Timestamp::UNIX_EPOCH),
            self.until.unwrap_or(received_at),
        )
    }

    /// First instant inside (UTC), if it is named.
    #[must_use]
    pub fn from(&self) -> Option<Timestamp> {
        self.from
    }

    /// First instant after (UTC), if it is named.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        self.until
    }
}

impl From<Period> for AskedPeriod {
    fn from(period: Period) -> Self {
        Self {
            from: Some(period.from()),
            until: Some(period.until()),
        }
    }
}

impl TryFrom<RawPeriod> for AskedPeriod {
    type Error = PeriodError;
    fn try_from(raw: RawPeriod) -> Result<Self, PeriodError> {
        Self::new(raw.from, raw.until)
    }
}

impl From<AskedPeriod> for RawPeriod {
    fn from(AskedPeriod { from, until }: AskedPeriod) -> Self {
        Self { from, until }
    }
}

impl fmt::Display for AskedPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.until) {
            (Some(from), Some(until)) => write!(f, "{from} up to, not including, {until}"),
            (Some(from), None) => write!(f, "from {from} on"),
            (None, Some(until)) => write!(f, "up to, not including, {until}"),
            (None, None) => f.write_str("no time named"),
        }
    }
}
