//! When a line was written, exactly: from the text of the number or the date, never through a binary
//! fraction.

use jiff::Timestamp;
use serde_json::value::RawValue;

use super::line::text_of;

use serde::Deserialize;

/// How a log writes an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeFormat {
    /// Text with a zone, for example `2026-03-01T12:00:00+01:00` (RFC 3339).
    Rfc3339,
    /// A number: seconds since 1970-01-01T00:00:00Z, with or without a fraction, read exactly.
    EpochSeconds,
    /// A number: milliseconds since then, with or without a fraction.
    EpochMilliseconds,
    /// A number: microseconds since then.
    EpochMicroseconds,
    /// A number: nanoseconds since then.
    EpochNanoseconds,
}

impl TimeFormat {
    /// The instant (UTC) that a text says, if it is written so.
    #[must_use]
    pub fn instant_of(self, text: &str) -> Option<Timestamp> {
        match self {
            Self::Rfc3339 => rfc3339(text),
            Self::EpochSeconds => epoch(text, 9),
            Self::EpochMilliseconds => epoch(text, 6),
            Self::EpochMicroseconds => epoch(text, 3),
            Self::EpochNanoseconds => epoch(text, 0),
        }
    }
}

/// The instant (UTC) that the value of a time field says, if it is written as `format` says. What
/// lies between two nanoseconds is taken as the earlier one, which never carries it over the limit of
/// a period. The leap second `:60` is taken as the second before it.
pub(super) fn instant(value: &RawValue, format: TimeFormat) -> Option<Timestamp> {
    let raw = value.get();
    match format {
        TimeFormat::Rfc3339 => rfc3339(&text_of(value)?),
        TimeFormat::EpochSeconds => epoch(raw, 9),
        TimeFormat::EpochMilliseconds => epoch(raw, 6),
        TimeFormat::EpochMicroseconds => epoch(raw, 3),
        TimeFormat::EpochNanoseconds => epoch(raw, 0),
    }
}

/// The same of a value that is text, whatever it says: the cell of a table.
pub(super) fn instant_in_text(value: &RawValue, format: TimeFormat) -> Option<Timestamp> {
    format.instant_of(&text_of(value)?)
}

/// The date-time of RFC 3339 section 5.6, and nothing beyond it.
pub(super) fn rfc3339(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let shape = |piece: &[u8], pattern: &[u8]| {
        piece.len() == pattern.len()
            && piece
                .iter()
                .zip(pattern)
                .all(|(byte, expected)| match expected {
                    b'0' => byte.is_ascii_digit(),
                    b'T' => matches!(byte, b'T' | b't' | b' '),
                    b'+' => matches!(byte, b'+' | b'-'),
                    other => byte == other,
                })
    };
    let (start, rest) = bytes.split_at_checked(19)?;
    let fraction = match rest.strip_prefix(b".") {
        None => 0,
        Some(digits) => match digits.iter().take_while(|b| b.is_ascii_digit()).count() {
            0 => return None,
            count => count + 1,
        },
    };
    let zone = &rest[fraction..];
    let zoned = matches!(zone, b"Z" | b"z") || shape(zone, b"+00:00");
    if !zoned || !shape(start, b"0000-00-00T00:00:00") {
        return None;
    }
    // Nine digits are all that an instant holds; a tenth never moves it over a whole second. All of it
    // is ASCII by now, so no letter is cut in two.
    if fraction <= 10 {
        return text.parse().ok();
    }
    format!("{}{}", &text[..29], &text[19 + fraction..])
        .parse()
        .ok()
}

/// The number `raw` (JSON) of units since 1970-01-01T00:00:00Z, of which each is 10 to the power of
/// `scale` nanoseconds.
fn epoch(raw: &str, scale: i64) -> Option<Timestamp> {
    Timestamp::from_nanosecond(scaled(raw, scale)?).ok()
}

/// `raw` × 10^`scale`, rounded down. `None` if it is no number of JSON, or does not fit.
fn scaled(raw: &str, scale: i64) -> Option<i128> {
    let (negative, digits) = match raw.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, raw),
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        None => (digits, 0),
        Some((mantissa, exponent)) => (mantissa, written_exponent(exponent)?),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    // How many of the digits stand before the point, once the exponent is done.
    let point = i64::try_from(whole.len()).ok()? + exponent + scale;
    let all = whole.bytes().chain(fraction.bytes());
    let mut value: i128 = 0;
    let mut rest = false;
    let mut place = 0;
    for digit in all {
        let digit = i128::from(digit - b'0');
        if place < point {
            // Zeros before the first other digit are free.
            value = value.checked_mul(10)?.checked_add(digit)?;
        } else {
            rest |= digit != 0;
        }
        place += 1;
    }
    while place < point && value != 0 {
        value = value.checked_mul(10)?;
        place += 1;
    }
    Some(match (negative, rest) {
        (false, _) => value,
        (true, false) => -value,
        (true, true) => -value - 1,
    })
}

/// An exponent; one that no number needs counts as the largest that is told apart.
fn written_exponent(text: &str) -> Option<i64> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    const MOST: i64 = 1 << 40;
    let size = digits.parse::<i64>().unwrap_or(MOST).min(MOST);
    Some(sign * size)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::at;

    fn read(json: &str, format: TimeFormat) -> Option<Timestamp> {
        instant(
            &RawValue::from_string(json.to_owned()).expect("json"),
            format,
        )
    }

    #[test]
    fn an_instant_is_read_only_as_the_configuration_says() {
        use TimeFormat::{
            EpochMicroseconds, EpochMilliseconds, EpochNanoseconds, EpochSeconds, Rfc3339,
        };
        let noon = Some(at("2026-03-01T12:00:00Z"));
        let half = Some(at("2026-03-01T12:00:00.5Z"));
        for (json, format, expected) in [
            (r#""2026-03-01T12:00:00Z""#, Rfc3339, noon),
            (r#""2026-03-01T12:00:00\u005a""#, Rfc3339, noon),
            (r#""2026-03-01t13:00:00+01:00""#, Rfc3339, noon),
            (r#""2026-03-01 12:00:00z""#, Rfc3339, noon),
            (r#""2026-03-01T12:00:00.500000000001Z""#, Rfc3339, half),
            (r#""2026-03-01T12:00:00""#, Rfc3339, None),
            (r#""2026-03-01T12:00:00.Z""#, Rfc3339, None),
            (r#""2026-03-01T12:00Z""#, Rfc3339, None),
            (r#""2026-03-01T12:00:00+01""#, Rfc3339, None),
            (
                r#""2026-03-01T13:00:00+01:00[Europe/Stockholm]""#,
                Rfc3339,
                None,
            ),
            (r#""2026-02-30T12:00:00Z""#, Rfc3339, None),
            (r#""2026-03-01T12:00:00å""#, Rfc3339, None),
            (r#""1772366400""#, Rfc3339, None),
            ("1772366400", Rfc3339, None),
            ("1772366400", EpochSeconds, noon),
            ("1772366400.5", EpochSeconds, half),
            ("17723664005E-1", EpochSeconds, half),
            ("1.7723664005e+9", EpochSeconds, half),
            ("0.17723664005e10", EpochSeconds, half),
            (r#""1772366400""#, EpochSeconds, None),
            ("1772366400500", EpochMilliseconds, half),
            ("1772366400500.0", EpochMilliseconds, half),
            ("1772366400500000", EpochMicroseconds, half),
            ("1772366400500000000", EpochNanoseconds, half),
            ("1772366400500000000.99", EpochNanoseconds, half),
            ("1e300", EpochSeconds, None),
            ("1e-300", EpochSeconds, Some(Timestamp::UNIX_EPOCH)),
            (
                "0e99999999999999999999",
                EpochSeconds,
                Some(Timestamp::UNIX_EPOCH),
            ),
            ("1e99999999999999999999", EpochSeconds, None),
            (
                "1e-99999999999999999999",
                EpochSeconds,
                Some(Timestamp::UNIX_EPOCH),
            ),
            ("18446744073709551615", EpochSeconds, None),
            ("null", EpochSeconds, None),
            ("true", EpochSeconds, None),
        ] {
            assert_eq!(read(json, format), expected, "{json}");
        }
    }

    #[test]
    fn a_letter_that_lies_across_a_place_of_the_date_is_no_danger() {
        for text in [
            "202!-03-09T12'00:0\u{425}Z",
            "2026-03-01T12:00:0\u{e5}",
            "2026-03-01T12:00:00.5\u{1f600}",
            "\u{e5}\u{e5}\u{e5}\u{e5}\u{e5}\u{e5}\u{e5}\u{e5}\u{e5}\u{e5}\u{e5}Z",
        ] {
            let json = serde_json::to_string(text).expect("json");
            assert_eq!(read(&json, TimeFormat::Rfc3339), None, "{text}");
        }
    }

    #[test]
    fn a_fraction_before_a_second_never_becomes_the_second() {
        let second = at("2026-03-01T00:00:00Z");
        for (json, format) in [
            ("1772323199.99999999", TimeFormat::EpochSeconds),
            ("1772323199.9999999999999999999", TimeFormat::EpochSeconds),
            ("1772323199999.999999999", TimeFormat::EpochMilliseconds),
            ("177232319999999999999e-11", TimeFormat::EpochSeconds),
            (
                r#""2026-02-28T23:59:59.999999999999Z""#,
                TimeFormat::Rfc3339,
            ),
        ] {
            let read = read(json, format).expect(json);
            assert!(read < second, "{json}: {read}");
            assert_eq!(read.as_second(), second.as_second() - 1, "{json}");
        }
    }

    #[test]
    fn before_1970_too_the_earlier_nanosecond_counts() {
        let minus = |nanoseconds| Timestamp::from_nanosecond(nanoseconds).ok();
        for (json, expected) in [
            ("-1.5", minus(-1_500_000_000)),
            ("-0.0000000001", minus(-1)),
            ("-0.0", minus(0)),
            ("-15e-1", minus(-1_500_000_000)),
        ] {
            assert_eq!(read(json, TimeFormat::EpochSeconds), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn seconds_with_nanoseconds_are_exactly_those(
            seconds in -30_000_000_000_i64..30_000_000_000,
            nanoseconds in 0_u32..1_000_000_000,
            exponent in -12_i64..12,
        ) {
            let total = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
            // The same number, its point moved by the exponent.
            let digits = format!("{:022}", total.unsigned_abs());
            let point = digits.len() as i64 - 9 - exponent;
            prop_assume!(point >= 1 && point < digits.len() as i64);
            let (whole, fraction) = digits.split_at(point as usize);
            let sign = if total < 0 { "-" } else { "" };
            // JSON knows no zeros before a number; RawValue would refuse them.
            let whole = whole.trim_start_matches('0');
            let whole = if whole.is_empty() { "0" } else { whole };
            let json = format!("{sign}{whole}.{fraction}e{exponent}");
            prop_assert_eq!(
                read(&json, TimeFormat::EpochSeconds).map(|at| at.as_nanosecond()),
                Some(total),
                "{}", json
            );
        }
    }
}
