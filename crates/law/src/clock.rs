//! Deadlines, suspensions and extensions: what starts a clock, when it is due under each
//! defensible way of counting, and what stops it.
//!
//! The clocks stand in `law/<pack>/clocks.toml`, the calendars in `law/holidays/`. Everything here
//! is a pure function of the demand, of what happened to it, and of the instant that is passed in.

mod calendar;
mod count;
mod data;
mod due;
mod easter;
mod engine;

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_model::{ClockStanding, CountryCode, Moment};
use serde::Serialize;

pub use calendar::Calendar;
pub use data::{ClockRule, Extension};
pub use due::{first_due, first_end, with_finding};
pub use engine::Clocks;

/// The day (UTC) on which an instant falls, for asking which rules are in force.
pub(crate) fn day_in_utc(at: Timestamp) -> jiff::civil::Date {
    calendar::day_of(at, &jiff::tz::TimeZone::UTC)
}

/// One clock of one demand, with what it takes to check it by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Clock {
    /// The rule's name, for example `eu.clock.production.ten-days`.
    pub id: String,
    /// What the due instant means.
    pub kind: ClockKind,
    /// Who has to act, or may.
    pub party: Party,
    /// What started it.
    pub started_by: Moment,
    /// When (UTC). Of a day without an hour, the day's first instant.
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub started_at: Timestamp,
    /// Every defensible reading, and the doubtful ones, in the order of time.
    pub due: Vec<Reading>,
    /// The instant to act on (UTC): for what must be done by then, the earliest reading that is not
    /// doubtful; for what must not happen or not end before then, the latest. Absent when the clock
    /// has no end any more.
    #[schemars(with = "Option<lagrum_model::schema::Instant>")]
    pub operative: Option<Timestamp>,
    /// How it stands at the instant that was asked about.
    pub state: ClockState,
    /// The suspension that runs, or the last one that did.
    pub paused: Option<Pause>,
    /// How often it was extended in time.
    pub extensions: usize,
    /// What a reader must know: an extension asked for too late, a calendar that is missing.
    pub remarks: Vec<Remark>,
    /// The provision.
    pub cite: String,
    /// What it means, in one plain sentence.
    pub says: String,
    /// How far the reading is verified.
    pub verified: String,
}

/// How clocks stand, as the law asks for it: by the names of their rules. A clock that is done, has no
/// end or binds no longer is not there.
#[must_use]
pub fn standing(clocks: &[Clock]) -> BTreeMap<String, ClockStanding> {
    let standing = clocks.iter().filter_map(|clock| {
        let standing = match clock.state {
            ClockState::Running => ClockStanding::Running,
            ClockState::Paused => ClockStanding::Paused,
            ClockState::Passed => ClockStanding::Passed,
            ClockState::Done { .. }
            | ClockState::OpenEnded { .. }
            | ClockState::Released { .. } => {
                return None;
            }
        };
        Some((clock.id.clone(), standing))
    });
    standing.collect()
}

/// What the due instant of a clock means.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ClockKind {
    /// A duty: to be done by then. The earliest reading counts.
    ActBy,
    /// A right: lost if not used by then. The earliest reading counts.
    ClaimBy,
    /// An instrument or an order: spent after then. The earliest reading counts.
    ValidUntil,
    /// Nothing may happen before then. The latest reading counts.
    NotBefore,
    /// Data must be kept until then. The latest reading counts.
    KeepUntil,
}

impl ClockKind {
    /// Whether caution takes the latest reading instead of the earliest.
    #[must_use]
    pub fn latest_counts(self) -> bool {
        matches!(self, Self::NotBefore | Self::KeepUntil)
    }

    /// Reads the word of [`ClockKind::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::ActBy,
            Self::ClaimBy,
            Self::ValidUntil,
            Self::NotBefore,
            Self::KeepUntil,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == text)
    }

    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ActBy => "act-by",
            Self::ClaimBy => "claim-by",
            Self::ValidUntil => "valid-until",
            Self::NotBefore => "not-before",
            Self::KeepUntil => "keep-until",
        }
    }
}

/// Units of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days of the calendar.
    Days,
    /// Days on which people work.
    WorkingDays,
    /// Months of the calendar.
    Months,
}

impl Unit {
    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::WorkingDays => "working-days",
            Self::Months => "months",
        }
    }

    pub(crate) fn usual_counting(self) -> Vec<Counting> {
        match self {
            Self::Hours => vec![Counting::Elapsed],
            Self::WorkingDays => vec![Counting::Elapsed, Counting::DayExcluded],
            Self::Days | Self::Months => {
                vec![Counting::Elapsed, Counting::DayExcluded, Counting::Rolled]
            }
        }
    }
}

/// Who has to act, or may.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The provider.
    Provider,
    /// The authority that asks.
    Authority,
    /// The authority of the State where the provider is, that watches over the demand.
    EnforcingAuthority,
    /// A court.
    Court,
    /// The account holder.
    AccountHolder,
}

impl Party {
    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Authority => "authority",
            Self::EnforcingAuthority => "enforcing-authority",
            Self::Court => "court",
            Self::AccountHolder => "account-holder",
        }
    }
}

/// One way of counting, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Reading {
    /// How it was counted.
    pub rule: Counting,
    /// In whose calendar and zone, where that matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<CountryCode>,
    /// The zone, where that matters, for example `Europe/Stockholm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The instant (UTC). For a reading by days, the last second of the last day.
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
}

/// Ways of counting a period.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// From the instant of the event, a day being 24 hours.
    Elapsed,
    /// The hour of the event does not count (Regulation (EEC, Euratom) No 1182/71, Article 3(1)).
    HourExcluded,
    /// The day of the event counts as the first; the end of the last day.
    DayIncluded,
    /// The day of the event does not count; the end of the last day (Regulation (EEC, Euratom)
    /// No 1182/71, Article 3(1), (2); the usual rule elsewhere).
    DayExcluded,
    /// As [`Counting::DayExcluded`], moved to the next working day. Doubtful: shown, never acted on.
    Rolled,
    /// As the instrument itself states.
    Stated,
}

impl Counting {
    /// Whether the reading is shown but never acted on.
    #[must_use]
    pub fn is_doubtful(self) -> bool {
        self == Self::Rolled
    }

    /// The spelling used in the law packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Elapsed => "elapsed",
            Self::HourExcluded => "hour-excluded",
            Self::DayIncluded => "day-included",
            Self::DayExcluded => "day-excluded",
            Self::Rolled => "rolled",
            Self::Stated => "stated",
        }
    }
}

/// How a clock stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum ClockState {
    /// It runs.
    Running,
    /// It is suspended; what is due is computed as if the suspension ended now.
    Paused,
    /// Its operative instant has passed and nothing stopped it.
    Passed,
    /// What it waited for was done.
    Done {
        /// What that was.
        by: Moment,
        /// When (UTC).
        #[schemars(with = "lagrum_model::schema::Instant")]
        at: Timestamp,
    },
    /// It has no end any more, for example because a production request was confirmed in time.
    OpenEnded {
        /// What removed the end.
        by: Moment,
    },
    /// It binds no longer: another clock ran out unanswered.
    Released {
        /// That clock's rule.
        by: String,
    },
}

impl ClockState {
    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Passed => "passed",
            Self::Done { .. } => "done",
            Self::OpenEnded { .. } => "open-ended",
            Self::Released { .. } => "released",
        }
    }
}

/// A suspension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Pause {
    /// What began it.
    pub by: Moment,
    /// Since when (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub since: Timestamp,
    /// Until when (UTC); absent while it lasts.
    #[schemars(with = "Option<lagrum_model::schema::Instant>")]
    pub until: Option<Timestamp>,
}

/// What a reader of a clock must know besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "remark")]
pub enum Remark {
    /// An extension was asked for after the period had ended, and does not count.
    ExtensionTooLate {
        /// When (UTC).
        #[schemars(with = "lagrum_model::schema::Instant")]
        at: Timestamp,
    },
    /// More extensions were asked for than the provision gives.
    ExtensionTooMany {
        /// When (UTC).
        #[schemars(with = "lagrum_model::schema::Instant")]
        at: Timestamp,
    },
    /// What would have removed the end came after it.
    TooLate {
        /// What it was.
        what: Moment,
        /// When (UTC).
        #[schemars(with = "lagrum_model::schema::Instant")]
        at: Timestamp,
    },
    /// There is no calendar of a country: readings by its days are missing.
    NoCalendar {
        /// The country.
        country: CountryCode,
    },
    /// The holidays of a country are not entered: the next working day is not computed.
    NoHolidays {
        /// The country.
        country: CountryCode,
    },
    /// Only the day of the event is known: the day's first instant was taken.
    DayOnly,
}

#[cfg(test)]
mod tests;
