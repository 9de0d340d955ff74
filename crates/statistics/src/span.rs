//! Days and the time between instants.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

/// The day of an instant, in UTC.
pub(crate) fn day(at: Timestamp) -> Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

/// Whole seconds between two instants, 136 years at most; none if the second lies before the first.
pub(crate) fn seconds(from: Timestamp, until: Timestamp) -> u32 {
    let seconds = (until.as_second() - from.as_second()).max(0);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Whole days from one to another; nothing if the second lies before the first.
pub(crate) fn whole_days(from: Date, until: Date) -> Option<u32> {
    let span = until.since((Unit::Day, from)).ok()?;
    u32::try_from(span.get_days()).ok()
}
