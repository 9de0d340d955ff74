//! When a row is dated, and how that lies to the period of an order.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use lagrum_model::Period;
use lagrum_sources::TimeFormat;

use crate::cell::Cell;

/// Nothing older is a date of an account: what lies before is what remains of a lost one (as for logs).
const FIRST: Timestamp = Timestamp::constant(398_044_800, 0);

/// How far the clock of whoever wrote may run ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// How a row lies to a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    Inside(Timestamp),
    Outside,
    /// A person decides, for this reason.
    Unclear(&'static str),
}

/// The instants between which a date without a doubt lies, both included.
type Between = (Timestamp, Timestamp);

/// By what rows are judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judge {
    pub(crate) period: Period,
    pub(crate) now: Timestamp,
    /// Whether instants without a zone lie in UTC.
    pub(crate) utc: bool,
}

/// Said of an instant without a zone where the configuration names none.
pub(crate) const NO_ZONE: &str =
    "the date has no zone, and the configuration does not say in which it lies";

impl Judge {
    /// How the date in a column lies to the period.
    pub(crate) fn judge(&self, cell: &Cell, format: Option<TimeFormat>) -> Judged {
        let between = match cell {
            Cell::Null => return Judged::Unclear("the row has no date"),
            cell => match format {
                None => self.own(cell),
                Some(format) => written(cell, format).ok_or(UNREADABLE),
            },
        };
        let (earliest, latest) = match between {
            Ok(between) => between,
            Err(why) => return Judged::Unclear(why),
        };
        if earliest < FIRST || latest > self.latest() {
            return Judged::Unclear(
                "the date is lost: it lies before 1982 or more than a day in the future",
            );
        }
        let within = [earliest, latest].map(|instant| self.period.contains(instant));
        match within {
            [true, true] => Judged::Inside(earliest),
            _ if latest < self.period.from() || earliest >= self.period.until() => Judged::Outside,
            _ => Judged::Unclear("the date is a day, and the period begins or ends within it"),
        }
    }

    /// The last instant that is no lost date.
    fn latest(&self) -> Timestamp {
        self.now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX)
    }

    /// A date in one of the database's own forms, or in text as ISO 8601 has it.
    fn own(&self, cell: &Cell) -> Result<Between, &'static str> {
        match cell {
            Cell::Instant(instant) => Ok((*instant, *instant)),
            Cell::Local(local) => self.zoned(*local),
            Cell::Day(day) => self.of_day(*day),
            Cell::Text(text) => match (rfc3339(text), day(text)) {
                (Some(instant), _) => Ok((instant, instant)),
                (None, Some(day)) => self.of_day(day),
                (None, None) => self.zoned(civil(text).ok_or(UNREADABLE)?),
            },
            _ => Err(UNREADABLE),
        }
    }

    /// A whole day, from its first instant to its last.
    fn of_day(&self, day: Date) -> Result<Between, &'static str> {
        let (first, _) = self.zoned(day.to_datetime(Time::midnight()))?;
        Ok((first, self.zoned(day.to_datetime(Time::MAX))?.1))
    }

    fn zoned(&self, local: DateTime) -> Result<Between, &'static str> {
        if !self.utc {
            return Err(NO_ZONE);
        }
        let instant = TimeZone::UTC.to_timestamp(local).map_err(|_| UNREADABLE)?;
        Ok((instant, instant))
    }

    /// Bounds for the database, so wide that nothing that could lie in the period, or be lost, lies outside them.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            lost_before: FIRST,
            lost_after: self.latest(),
            from: self.period.from(),
            until: self.period.until(),
        }
    }
}

const UNREADABLE: &str = "the date cannot be read as the configuration says";

/// Which rows a database may leave out: those whose date lies in neither of these.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    lost_before: Timestamp,
    lost_after: Timestamp,
    from: Timestamp,
    until: Timestamp,
}

impl Bounds {
    /// The condition on a column, with each bound as `literal` writes it. A bound is moved outwards by `slack`, for
    /// columns that hold less than an instant.
    pub(crate) fn condition(
        &self,
        column: &str,
        slack: SignedDuration,
        literal: impl Fn(Timestamp) -> String,
    ) -> String {
        let earlier =
            |instant: Timestamp| literal(instant.saturating_sub(slack).unwrap_or(Timestamp::MIN));
        let later =
            |instant: Timestamp| literal(instant.saturating_add(slack).unwrap_or(Timestamp::MAX));
        format!(
            "({column} is null or {column} < {} or {column} > {} or ({column} >= {} and {column} <= {}))",
            later(self.lost_before),
            earlier(self.lost_after),
            earlier(self.from),
            later(self.until),
        )
    }
}

/// How many of its units a second has.
pub(crate) fn units(format: TimeFormat) -> Option<u32> {
    match format {
        TimeFormat::Rfc3339 => None,
        TimeFormat::EpochSeconds => Some(0),
        TimeFormat::EpochMilliseconds => Some(3),
        TimeFormat::EpochMicroseconds => Some(6),
        TimeFormat::EpochNanoseconds => Some(9),
    }
}

fn written(cell: &Cell, format: TimeFormat) -> Option<Between> {
    let instant = match (units(format), cell) {
        (None, Cell::Text(text)) => rfc3339(text),
        (None, _) => None,
        (Some(_), Cell::Text(_) | Cell::Bytes(_) | Cell::Bool(_)) => None,
        (Some(units), number) => epoch(&number.text()?, 9 - units),
    }?;
    Some((instant, instant))
}

/// A number of units since 1970, each 10^`scale` nanoseconds, read exactly. What lies between two nanoseconds is
/// taken as the earlier one.
fn epoch(text: &str, scale: u32) -> Option<Timestamp> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 20 || !numeric(whole) || !numeric(fraction) {
        return None;
    }
    let kept = fraction.get(..scale as usize).unwrap_or(fraction);
    let beyond = fraction[kept.len()..].bytes().any(|digit| digit != b'0');
    let missing = u32::try_from(scale as usize - kept.len()).ok()?;
    let number: i128 = format!("{whole}{kept}").parse().ok()?;
    let nanoseconds = number.checked_mul(10_i128.checked_pow(missing)?)?;
    let nanoseconds = sign * nanoseconds - i128::from(sign < 0 && beyond);
    Timestamp::from_nanosecond(nanoseconds).ok()
}

/// Date and time with a zone (RFC 3339 section 5.6), and nothing beyond it.
fn rfc3339(text: &str) -> Option<Timestamp> {
    let text = text.trim_ascii_end();
    let zone = match text.strip_suffix(['Z', 'z']) {
        Some(_) => 1,
        None => {
            let sign = text.len().checked_sub(6)?;
            let zone = text.get(sign..)?.as_bytes();
            let digits = [zone[1], zone[2], zone[4], zone[5]];
            if !matches!(zone[0], b'+' | b'-')
                || zone[3] != b':'
                || !digits.iter().all(u8::is_ascii_digit)
            {
                return None;
            }
            6
        }
    };
    civil(&text[..text.len() - zone])?;
    text.parse().ok()
}

/// Date and time without a zone: `2026-01-05 10:00:00.5`, the `T` between them or not.
pub(crate) fn civil(text: &str) -> Option<DateTime> {
    let bytes = text.as_bytes();
    let pattern = b"0000-00-00T00:00:00";
    let (start, fraction) = bytes.split_at_checked(pattern.len())?;
    let fits = start.iter().zip(pattern).all(|(byte, at)| match at {
        b'0' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b't' | b' '),
        other => byte == other,
    });
    let fraction = match fraction.split_first() {
        None => true,
        Some((b'.', digits)) => {
            (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
        }
        Some(_) => false,
    };
    (fits && fraction).then(|| text.parse().ok()).flatten()
}

/// A day without a time, as SQLite has it in text: `2026-01-05`.
fn day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let fits = bytes.iter().enumerate().all(|(place, byte)| match place {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    (fits && bytes.len() == 10)
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn judge(utc: bool) -> Judge {
        let period = Period::new(at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
        Judge {
            period: period.unwrap(),
            now: at("2026-09-01T00:00:00Z"),
            utc,
        }
    }

    fn told(judged: Judged) -> &'static str {
        match judged {
            Judged::Inside(_) => "in",
            Judged::Outside => "out",
            Judged::Unclear(_) => "person",
        }
    }

    #[test]
    fn the_period_is_half_open_whatever_the_date_is_written_as() {
        let text = |text: &str| Cell::Text(text.into());
        for (cell, right) in [
            (text("2025-12-31T23:59:59.999999Z"), "out"),
            (text("2026-01-01 00:00:00"), "in"),
            (text("2026-01-01T00:30:00+01:00"), "out"),
            (text("2026-01-31 22:59:59-01:00"), "in"),
            (text("2026-01-31T23:00:00-01:00"), "out"),
            (text("2026-01-31 23:59:59.999999999"), "in"),
            (text("2026-02-01 00:00:00"), "out"),
            (text("2026-01-01"), "in"),
            (text("2026-01-31"), "in"),
            (text("2026-02-01"), "out"),
            (text("2025-12-31"), "out"),
            (text("2026-02-30"), "person"),
            (text("2026-1-5"), "person"),
            (text("20260105"), "person"),
            (text("0000-00-00 00:00:00"), "person"),
            (text("2026-13-01 00:00:00"), "person"),
            (text("yesterday"), "person"),
            (text("2026-01-05T10:00:00Z[Europe/Stockholm]"), "person"),
            (text("1970-01-01 00:00:00"), "person"),
            (text("2027-01-01 00:00:00"), "person"),
            (Cell::Null, "person"),
            (Cell::Int(1_767_225_600), "person"),
            (Cell::Day("2026-01-01".parse().unwrap()), "in"),
            (Cell::Day("2026-02-01".parse().unwrap()), "out"),
        ] {
            assert_eq!(told(judge(true).judge(&cell, None)), right, "{cell:?}");
        }
        for zoneless in ["2026-01-05 10:00:00", "2026-01-05"] {
            let judged = judge(false).judge(&text(zoneless), None);
            assert_eq!(judged, Judged::Unclear(NO_ZONE));
        }
        let mut within = judge(true);
        within.period =
            Period::new(at("2026-01-05T10:00:00Z"), at("2026-01-07T10:00:00Z")).unwrap();
        for (day, right) in [
            ("2026-01-05", "person"),
            ("2026-01-06", "in"),
            ("2026-01-07", "person"),
        ] {
            for cell in [Cell::Day(day.parse().unwrap()), text(day)] {
                assert_eq!(told(within.judge(&cell, None)), right, "{cell:?}");
            }
        }
    }

    #[test]
    fn numbers_are_read_exactly() {
        use TimeFormat::{EpochMilliseconds, EpochNanoseconds, EpochSeconds, Rfc3339};
        for (cell, format, right) in [
            (Cell::Int(1_767_225_600), EpochSeconds, "in"),
            (Cell::Int(1_767_225_599), EpochSeconds, "out"),
            (
                Cell::Decimal("1767225599.9999999999".into()),
                EpochSeconds,
                "out",
            ),
            (Cell::Real(1_767_225_600.5), EpochSeconds, "in"),
            (Cell::Int(1_769_904_000_000), EpochMilliseconds, "out"),
            (Cell::Int(1_769_903_999_999), EpochMilliseconds, "in"),
            (Cell::Int(1_769_903_999_999_999_999), EpochNanoseconds, "in"),
            (Cell::Large(u64::MAX), EpochSeconds, "person"),
            (Cell::Text("1767225600".into()), EpochSeconds, "person"),
            (Cell::Text("2026-01-05 10:00:00".into()), Rfc3339, "person"),
            (Cell::Text("2026-01-05 10:00:00Z".into()), Rfc3339, "in"),
        ] {
            let judged = judge(true).judge(&cell, Some(format));
            assert_eq!(told(judged), right, "{cell:?}");
        }
        assert_eq!(
            epoch("-0.5", 9),
            Timestamp::from_nanosecond(-500_000_000).ok()
        );
        assert_eq!(
            epoch("-0.0000000001", 9),
            Timestamp::from_nanosecond(-1).ok()
        );
    }
}
