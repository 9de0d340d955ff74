//! Of which time a report is.

use std::fmt;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::FiguresError;

/// A period in UTC: `2027`, `2027H1`, `2027Q3`, `2027-05` or `2027-05-17`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    text: String,
    from: Date,
    until: Date,
}

impl Period {
    /// Reads a period.
    ///
    /// # Errors
    /// When it is written otherwise, or there is no such day.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        const RULE: &str = "write it like 2027, 2027H1, 2027Q3, 2027-05 or 2027-05-17 (UTC)";
        let wrong = || FiguresError::text("period", RULE);
        let number = |text: &str| -> Option<i16> {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse().ok()).flatten()
        };
        let year = text.get(..4).and_then(number).ok_or_else(wrong)?;
        let rest = &text[4..];
        let month = |month: i16| Date::new(year, i8::try_from(month).ok()?, 1).ok();
        let months = |first: Option<Date>, many: i32| {
            let first = first?;
            let until = first.checked_add(jiff::Span::new().try_months(many).ok()?);
            Some((first, until.ok()?))
        };
        let span = match rest {
            "" => months(month(1), 12),
            "H1" => months(month(1), 6),
            "H2" => months(month(7), 6),
            _ => match rest.split_at_checked(1) {
                Some(("Q", quarter)) => match number(quarter) {
                    Some(quarter @ 1..=4) if quarter.to_string() == rest[1..] => {
                        months(month(3 * quarter - 2), 3)
                    }
                    _ => None,
                },
                Some(("-", day)) => match (day.get(..2).and_then(number), day.get(2..)) {
                    (Some(number), Some("")) => months(month(number), 1),
                    (Some(month), Some(rest)) => {
                        let day = rest.strip_prefix('-').filter(|day| day.len() == 2);
                        let day = day.and_then(number);
                        let found = day.and_then(|day| {
                            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
                        });
                        found.and_then(|day| Some((day, day.tomorrow().ok()?)))
                    }
                    _ => None,
                },
                _ => None,
            },
        };
        let (from, until) = span
            .filter(|(from, _)| *from >= date(1970, 1, 1))
            .ok_or_else(wrong)?;
        Ok(Self {
            text: text.to_owned(),
            from,
            until,
        })
    }

    /// Whether both have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// Its first second, and the first after it: seconds since 1970-01-01T00:00:00Z (POSIX).
    #[must_use]
    pub fn seconds(&self) -> (u64, u64) {
        let second = |day: Date| {
            let begins = day
                .to_zoned_datetime(TimeZone::UTC)
                .map(|at| at.timestamp().as_second());
            begins.ok().and_then(|second| u64::try_from(second).ok())
        };
        (
            second(self.from).unwrap_or_default(),
            second(self.until).unwrap_or_default(),
        )
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_in_one_way_and_is_of_whole_days_in_utc() {
        for (text, from, until) in [
            ("2027", "2027-01-01", "2028-01-01"),
            ("2027H1", "2027-01-01", "2027-07-01"),
            ("2027H2", "2027-07-01", "2028-01-01"),
            ("2027Q4", "2027-10-01", "2028-01-01"),
            ("2028-02", "2028-02-01", "2028-03-01"),
            ("2028-02-29", "2028-02-29", "2028-03-01"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            let day = |text: &str| text.parse::<Date>().unwrap();
            assert_eq!((period.from, period.until), (day(from), day(until)));
        }
        for wrong in [
            "",
            "27",
            "2027H3",
            "2027h1",
            "2027Q0",
            "2027Q5",
            "2027Q01",
            "2027-13",
            "2027-2",
            "2027-02-29",
            "2027-02-1",
            "2027-02-001",
            "2027H1 ",
            "1969",
            "2027-0229",
            "+027",
            "2027é",
        ] {
            assert!(Period::parse(wrong).is_err(), "{wrong}");
        }
    }
}
