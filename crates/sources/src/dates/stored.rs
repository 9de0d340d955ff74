//! Dates that a store keeps beside a message.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads seconds since 1970 (UTC), or an internal date as a mail server writes it: over IMAP (RFC 3501 section 9,
/// `date-time`) `17-Jul-1996 02:44:25 -0700`, the day with a blank before it if it has one digit; over JMAP (RFC 8620
/// section 1.4, `UTCDate`) `1996-07-17T09:44:25Z`.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    if (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Timestamp::from_second(text.parse().ok()?).ok();
    }
    if text.ends_with('Z') {
        return utc_date(text);
    }
    let [date, time, zone] = parts(text.strip_prefix(' ').unwrap_or(text), ' ')?;
    let [day, month, year] = parts(date, '-')?;
    let [hour, minute, second] = parts(time, ':')?;
    let month = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month))?;
    let date = civil::Date::new(
        number(year, 4..=4)?,
        i8::try_from(month + 1).ok()?,
        i8::try_from(number(day, 1..=2)?).ok()?,
    );
    let time = civil::Time::new(small(hour)?, small(minute)?, small(second)?, 0);
    let (sign, digits) = zone.split_at_checked(1)?;
    let written = number(digits, 4..=4)?;
    let (hours, minutes) = (i32::from(written / 100), i32::from(written % 100));
    if minutes > 59 {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    let offset = Offset::from_seconds(match sign {
        "+" => seconds,
        "-" => -seconds,
        _ => return None,
    });
    let at = date.ok()?.to_datetime(time.ok()?);
    offset.ok()?.to_timestamp(at).ok()
}

/// Reads an instant in UTC, to the second or with a part of one.
fn utc_date(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = parts(date, '-')?;
    let (time, part) = match time.split_once('.') {
        Some((time, part)) => (time, Some(part)),
        None => (time, None),
    };
    let [hour, minute, second] = parts(time, ':')?;
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let nanoseconds = match part {
        None => 0,
        Some(part) => {
            let part = Some(part).filter(digits)?;
            let short = (1..=9).contains(&part.len());
            short.then(|| format!("{part:0<9}"))?.parse().ok()?
        }
    };
    let date = civil::Date::new(number(year, 4..=4)?, small(month)?, small(day)?);
    let time = civil::Time::new(small(hour)?, small(minute)?, small(second)?, nanoseconds);
    let at = date.ok()?.to_datetime(time.ok()?);
    Offset::UTC.to_timestamp(at).ok()
}

/// A number of two digits.
fn small(text: &str) -> Option<i8> {
    i8::try_from(number(text, 2..=2)?).ok()
}

/// Exactly three parts.
fn parts(text: &str, between: char) -> Option<[&str; 3]> {
    let mut parts = text.split(between);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

/// A number of so many digits.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let all = text.bytes().all(|byte| byte.is_ascii_digit());
    (all && digits.contains(&text.len()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_internal_dates_are_instants_and_nothing_else_is() {
        for (text, at) in [
            ("0", "1970-01-01T00:00:00Z"),
            ("1767225600", "2026-01-01T00:00:00Z"),
            ("17-Jul-1996 02:44:25 -0700", "1996-07-17T09:44:25Z"),
            (" 1-jan-2026 05:30:00 +0530", "2026-01-01T00:00:00Z"),
            ("1-Jan-2026 00:00:00 +0000", "2026-01-01T00:00:00Z"),
            ("2026-01-31T23:59:59Z", "2026-01-31T23:59:59Z"),
            ("2026-01-31T23:59:59.25Z", "2026-01-31T23:59:59.25Z"),
        ] {
            assert_eq!(parse(text), at.parse().ok(), "{text}");
        }
        for text in [
            "",
            "-1",
            "1e9",
            "1767225600123",
            "17-Jul-96 02:44:25 -0700",
            "17-Jul-1996 02:44:60 -0700",
            "17-Jul-1996 2:44:25 -0700",
            "17-Jul-1996 02:44:25",
            "17-Jul-1996 02:44:25 PST",
            "17-Jul-1996 02:44:25 -0760",
            "31-Feb-1996 02:44:25 -0700",
            "17-Jul-1996 02:44:25 -0700 x",
            "NIL",
            "2026-01-31T23:59:60Z",
            "2026-01-31T24:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-01-31T23:59:59",
            "2026-01-31T23:59:59+01:00",
            "2026-01-31T23:59:59+01:00Z",
            "2026-01-31 23:59:59Z",
            "2026-01-31t23:59:59z",
            "2026-1-31T23:59:59Z",
            "2026-01-31T23:59Z",
            "2026-01-31T23:59:59.Z",
            "2026-01-31T23:59:59.9999999999Z",
            "2026-01-31T23:59:59.-1Z",
            "-2026-01-31T23:59:59Z",
            "Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
