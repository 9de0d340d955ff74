//! A period in words.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use lagrum_figures::Period;

use crate::words::Words;

/// `January to June 2027 (UTC)`: its first and its last month, or the one, or the day, or the year.
pub(crate) fn in_words(words: &Words, period: &Period) -> String {
    let (from, until) = period.seconds();
    let last = day(until).yesterday().unwrap_or(date(1970, 1, 1));
    let from = day(from);
    let month = |day: Date| words.months[usize::from(day.month().unsigned_abs().max(1)) - 1];
    let year = from.year();
    let text = if from == last {
        (words.day)(from.day(), month(from), year)
    } else if from
        .checked_add(1.year())
        .is_ok_and(|next| next == day(until))
    {
        year.to_string()
    } else if from.month() == last.month() {
        format!("{} {year}", month(from))
    } else {
        format!("{}{}{} {year}", month(from), words.range, month(last))
    };
    format!("{text} (UTC)")
}

/// The day after the last.
pub(crate) fn over(period: &Period) -> Date {
    day(period.seconds().1)
}

fn day(second: u64) -> Date {
    let second = i64::try_from(second).unwrap_or_default();
    let at = Timestamp::from_second(second).unwrap_or_default();
    TimeZone::UTC.to_datetime(at).date()
}
