use jiff::{SignedDuration, Timestamp};
use lagrum_model::CountryCode;

use super::calendar::{Calendar, day_of, end_of_day, plus, plus_months, start_of_day};
use super::{ClockKind, Counting, Reading, Unit};

/// A period: so many hours, days, working days or months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) count: u32,
    pub(crate) unit: Unit,
}

/// One reading of a period that begins at `start`, in the calendar of each zone of a country.
///
/// Of the zones of one country the cautious one is taken: the earliest end for what must be done by
/// then, the latest for what must last until then. Without the holidays that it needs there is no
/// reading.
pub(crate) fn read(
    rule: Counting,
    amount: Amount,
    start: Timestamp,
    kind: ClockKind,
    calendar: &Calendar,
) -> Option<Reading> {
    let needs_holidays = rule == Counting::Rolled || amount.unit == Unit::WorkingDays;
    if needs_holidays && !calendar.knows_holidays() {
        return None;
    }
    let ends = calendar.zones().filter_map(|(name, zone)| {
        let first = day_of(start, zone);
        let days = i32::try_from(amount.count).unwrap_or(i32::MAX);
        let last = match (rule, amount.unit) {
            (Counting::DayExcluded | Counting::Rolled, Unit::Days) => plus(first, days),
            (Counting::DayExcluded | Counting::Rolled, Unit::Months) => {
                plus_months(first, amount.count)
            }
            (Counting::DayExcluded, Unit::WorkingDays) => {
                calendar.working_day_after(first, amount.count)
            }
            (Counting::DayIncluded, Unit::Days) => plus(first, days.saturating_sub(1)),
            (Counting::DayIncluded, Unit::Months) => plus(plus_months(first, amount.count), -1),
            (Counting::Elapsed, Unit::WorkingDays | Unit::Months) => {
                // As far into the last day as the event was into its own. Several days can lead to the
                // same last day: the 28th to the 31st of January to the end of February, a weekend
                // to one working day. All but the first of them then reach to its end, lest a later
                // event give an earlier deadline (Regulation (EEC, Euratom) No 1182/71, Article
                // 3(2)(c), for months).
                let (day, shared) = match amount.unit {
                    Unit::Months => {
                        let day = plus_months(first, amount.count);
                        (day, day.day() != first.day())
                    }
                    _ => (
                        calendar.working_day_after(first, amount.count),
                        !calendar.is_working_day(first),
                    ),
                };
                let end = end_of_day(day, zone);
                let into = start.duration_since(start_of_day(first, zone));
                let at = later(start_of_day(day, zone), into).min(end);
                return Some((if shared { end } else { at }, name));
            }
            _ => return None,
        };
        let last = match rule {
            Counting::Rolled => calendar.next_working_day(last),
            _ => last,
        };
        Some((end_of_day(last, zone), name))
    });
    let (at, zone) = if kind.latest_counts() {
        ends.max_by_key(|(at, _)| *at)
    } else {
        ends.min_by_key(|(at, _)| *at)
    }?;
    Some(Reading {
        rule,
        place: Some(calendar.country),
        zone: Some(zone.to_owned()),
        at,
    })
}

/// A reading that needs no calendar: hours and days that have elapsed.
pub(crate) fn read_elapsed(rule: Counting, amount: Amount, start: Timestamp) -> Option<Reading> {
    let hours = match amount.unit {
        Unit::Hours => i64::from(amount.count),
        Unit::Days => i64::from(amount.count) * 24,
        Unit::WorkingDays | Unit::Months => return None,
    };
    let from = match rule {
        Counting::Elapsed => start,
        Counting::HourExcluded if amount.unit == Unit::Hours => next_full_hour(start),
        _ => return None,
    };
    Some(Reading {
        rule,
        place: None,
        zone: None,
        at: later(from, SignedDuration::from_hours(hours)),
    })
}

/// The end of the hour in which the event occurs. Every zone that the clocks know is a whole number
/// of hours from UTC, so that an hour of the clock on the wall is an hour of UTC.
fn next_full_hour(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(3600) + 3600).unwrap_or(Timestamp::MAX)
}

/// So much later; at the end of time, that end.
pub(crate) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// A reading as the instrument states it.
pub(crate) fn stated(at: Timestamp) -> Reading {
    Reading {
        rule: Counting::Stated,
        place: None::<CountryCode>,
        zone: None,
        at,
    }
}
