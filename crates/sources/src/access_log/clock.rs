//! Times that name no zone and no year, as syslog wrote them for forty years.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::dates::Interval;

/// Months as syslog writes them.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// How far lines may lie out of order, and a clock ahead.
const SLACK: SignedDuration = SignedDuration::from_hours(24);

/// What the operator says of such times.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// In which zone they are told.
    pub(super) zone: TimeZone,
    /// Of which year they are.
    pub(super) year: Year,
}

/// Of which year a line is that names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Of this one.
    Of(i16),
    /// No line is older than a year: it is of the last year in which its day is not in the future.
    WithinAYear,
}

/// The times of one file on their way.
pub(super) struct Running<'c> {
    clock: Option<&'c Clock>,
    now: Timestamp,
    /// When the file was last written: no line of it is later.
    changed: Option<Timestamp>,
    last: Option<Timestamp>,
}

impl<'c> Running<'c> {
    pub(super) fn new(
        clock: Option<&'c Clock>,
        now: Timestamp,
        changed: Option<Timestamp>,
    ) -> Self {
        Self {
            clock,
            now,
            changed,
            last: None,
        }
    }

    /// The time `Mar  5 01:02:03`, if it is one of the operator's years.
    ///
    /// # Errors
    /// A sentence, where the file shows that what the operator says of the year or the zone is not so.
    pub(super) fn read(&mut self, text: &str) -> Result<Option<Interval>, String> {
        let (Some(clock), Some((month, day, time))) = (self.clock, parts(text)) else {
            return Ok(None);
        };
        let of = |year: i16| {
            let local = Date::new(year, month, day).ok()?.to_datetime(time);
            Some((local, told(&clock.zone, local)?))
        };
        let at = match clock.year {
            Year::Of(year) => of(year),
            Year::WithinAYear => {
                let this = clock.zone.to_datetime(self.now).year();
                let limit = self.now + SLACK;
                let years = [this.saturating_add(1), this, this - 1];
                years
                    .into_iter()
                    .filter_map(of)
                    .find(|(_, told)| told.at.earliest() <= limit)
            }
        };
        let Some((local, told)) = at else {
            return Ok(None);
        };
        let at = told.at;
        if self
            .changed
            .is_some_and(|changed| at.earliest() > changed + SLACK)
        {
            return Err(
                "has a line that would be later than the last change of the file, so that the year is not certain; write the year (`year = 2026`), in a source for each year".into(),
            );
        }
        if told.never {
            return Err(never(&clock.zone, local));
        }
        if self.last.is_some_and(|last| at.latest() < last - SLACK) {
            return Err(
                "goes back by more than a day from one line to another, so that the year is not certain; write the year (`year = 2026`), in a source for each year, and give the log as a copy without the lines of a wrong clock".into(),
            );
        }
        self.last = self.last.max(Some(at.earliest()));
        Ok(Some(at))
    }
}

/// What a clock of this zone said: an instant, or the two that it says alike when it goes back.
///
/// # Errors
/// A sentence, where it went forward over that time and never said it: then it was no clock of this zone.
pub(super) fn interval(zone: &TimeZone, at: DateTime) -> Result<Option<Interval>, String> {
    match told(zone, at) {
        Some(told) if told.never => Err(never(zone, at)),
        told => Ok(told.map(|told| told.at)),
    }
}

/// A time of a zone.
struct Told {
    /// When.
    at: Interval,
    /// Whether clocks of the zone went forward over it.
    never: bool,
}

fn told(zone: &TimeZone, at: DateTime) -> Option<Told> {
    let offset = zone.to_ambiguous_timestamp(at).offset();
    let (one, other) = match offset {
        AmbiguousOffset::Unambiguous { offset } => (offset, offset),
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            (before, after)
        }
    };
    let (one, other) = (one.to_timestamp(at).ok()?, other.to_timestamp(at).ok()?);
    Some(Told {
        at: Interval::between(one.min(other), one.max(other)),
        never: matches!(offset, AmbiguousOffset::Gap { .. }),
    })
}

fn never(zone: &TimeZone, at: DateTime) -> String {
    let zone = zone.iana_name().unwrap_or("its zone");
    format!(
        "has the time {at}, which clocks in {zone} went over when summer time began, so that `zone` is not certain; write the zone in which the log is told (for one in UTC `zone = \"UTC\"`); lines of a machine with another clock belong into a copy of their own"
    )
}

/// Month, day and time of `Mar  5 01:02:03` (RFC 3164 section 4.1.2).
fn parts(text: &str) -> Option<(i8, i8, Time)> {
    let (month, rest) = text.split_at_checked(3)?;
    let month = MONTHS.iter().position(|one| *one == month)?;
    let (day, time) = rest.strip_prefix(' ')?.split_at_checked(2)?;
    let day = day.strip_prefix(' ').unwrap_or(day);
    let time = time.strip_prefix(' ')?.as_bytes();
    let [h1, h2, b':', m1, m2, b':', s1, s2] = time else {
        return None;
    };
    let two = |one: &u8, other: &u8| {
        let digits = one.is_ascii_digit() && other.is_ascii_digit();
        digits.then(|| i8::try_from((one - b'0') * 10 + (other - b'0')).ok())?
    };
    let digits = day.bytes().all(|byte| byte.is_ascii_digit());
    let day = day.parse().ok().filter(|_| digits)?;
    // A leap second is taken as the second before it.
    let second = two(s1, s2)?;
    let second = if second == 60 { 59 } else { second };
    let time = Time::new(two(h1, h2)?, two(m1, m2)?, second, 0).ok()?;
    Some((i8::try_from(month + 1).ok()?, day, time))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use super::*;
    use crate::testing::at;

    fn clock(year: Year) -> Clock {
        let zone = TimeZoneDatabase::bundled().get("Europe/Stockholm");
        Clock {
            zone: zone.expect("a zone"),
            year,
        }
    }

    fn read(year: Year, now: &str, text: &str) -> Option<(String, String)> {
        let clock = clock(year);
        let mut running = Running::new(Some(&clock), at(now), None);
        let at = running.read(text).expect("one line")?;
        Some((at.earliest().to_string(), at.latest().to_string()))
    }

    #[test]
    fn a_time_without_a_year_is_of_the_last_one_in_which_it_is_not_in_the_future() {
        let exact = |text: &str| Some((text.to_owned(), text.to_owned()));
        let within = |now, text| read(Year::WithinAYear, now, text);
        let july = "2026-07-01T00:00:00Z";
        assert_eq!(
            within(july, "Jun 30 12:00:00"),
            exact("2026-06-30T10:00:00Z")
        );
        assert_eq!(
            within(july, "Jul  1 12:00:00"),
            exact("2026-07-01T10:00:00Z")
        );
        assert_eq!(
            within(july, "Jul  3 12:00:00"),
            exact("2025-07-03T10:00:00Z")
        );
        assert_eq!(
            within(july, "Dec 31 23:59:59"),
            exact("2025-12-31T22:59:59Z")
        );
        // New Year comes to the east first.
        let eve = "2025-12-31T23:30:00Z";
        assert_eq!(
            within(eve, "Jan  1 00:29:00"),
            exact("2025-12-31T23:29:00Z")
        );
        assert_eq!(within(july, "Feb 29 12:00:00"), None);
        assert_eq!(
            read(Year::Of(2024), july, "Feb 29 12:00:00"),
            exact("2024-02-29T11:00:00Z")
        );
        for text in [
            "Mar 5 12:00:00",
            "mar  5 12:00:00",
            "Mar  5 24:00:00",
            "Mar  5 1:00:00",
            "Mar +5 12:00:00",
        ] {
            assert_eq!(within(july, text), None, "{text}");
        }
    }

    #[test]
    fn in_the_hour_that_a_clock_has_twice_both_instants_count() {
        let twice = read(Year::Of(2026), "2026-12-01T00:00:00Z", "Oct 25 02:30:00");
        let expected = (
            "2026-10-25T00:30:00Z".to_owned(),
            "2026-10-25T01:30:00Z".to_owned(),
        );
        assert_eq!(twice, Some(expected));
    }

    #[test]
    fn a_time_that_spring_does_not_have_shows_that_the_zone_is_another() {
        for year in [Year::Of(2026), Year::WithinAYear] {
            let clock = clock(year);
            let mut running = Running::new(Some(&clock), at("2026-07-15T00:00:00Z"), None);
            for text in ["Mar 29 01:59:59", "Mar 29 03:00:00"] {
                assert!(running.read(text).expect(text).is_some(), "{text}");
            }
            for text in ["Mar 29 02:00:00", "Mar 29 02:59:59"] {
                let why = running.read(text).expect_err(text);
                assert!(
                    why.contains("Europe/Stockholm") && why.contains("zone ="),
                    "{why}"
                );
            }
        }
        // What the file cannot have is a question of the year.
        let clock = clock(Year::WithinAYear);
        let changed = Some(at("2025-04-01T00:00:00Z"));
        let mut running = Running::new(Some(&clock), at("2026-03-28T12:00:00Z"), changed);
        let why = running.read("Mar 29 02:30:00").expect_err("of 2025");
        assert!(why.contains("last change"), "{why}");
        // Of the year before that hour was there.
        let mut running = Running::new(Some(&clock), at("2026-03-01T00:00:00Z"), None);
        assert!(running.read("Mar 29 02:30:00").expect("of 2025").is_some());
    }

    #[test]
    fn a_file_that_shows_that_the_year_is_another_is_refused() {
        let clock = clock(Year::WithinAYear);
        let mut running = Running::new(Some(&clock), at("2026-07-15T00:00:00Z"), None);
        for text in ["Mar  5 12:00:00", "Mar  4 13:00:00", "Jul  1 12:00:00"] {
            running.read(text).expect(text);
        }
        let why = running.read("Aug  1 12:00:00").expect_err("of 2025");
        assert!(
            why.contains("goes back") && why.contains("year = 2026"),
            "{why}"
        );
        let changed = Some(at("2025-03-06T00:00:00Z"));
        let mut running = Running::new(Some(&clock), at("2026-07-15T00:00:00Z"), changed);
        let why = running.read("Mar  5 12:00:00").expect_err("of 2025");
        assert!(why.contains("last change"), "{why}");
    }
}
