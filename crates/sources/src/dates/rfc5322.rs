//! The date-time of RFC 5322 section 3.3, with the obsolete forms of section 4.3.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::Interval;

/// Months as RFC 5322 writes them; letter case does not matter (RFC 5234 section 2.3).
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Days of the week. The name must be one of them, but not the right one: the date decides.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Zones with one meaning, in hours from UTC (section 4.3).
const ZONES: [(&str, i64); 12] = [
    ("ut", 0),
    ("gmt", 0),
    ("utc", 0),
    ("z", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
];

/// The offsets from UTC in civil use: where the header names no zone, it was one of these.
const EASTERNMOST: SignedDuration = SignedDuration::from_hours(14);
const WESTERNMOST: SignedDuration = SignedDuration::from_hours(-12);

/// What a zone says.
enum Zone {
    /// Seconds east of UTC.
    Offset(i64),
    /// Missing, or a name that has no single meaning.
    Unknown,
}

/// The interval that the value of a `Date` field names, if all of it is a date-time. `-0000` is
/// UTC (section 3.3). A second 60 is the whole leap second, from :59 to the next :00.
pub(super) fn parse(value: &[u8]) -> Option<Interval> {
    let mut rest = Rest(value);
    rest.skip()?;
    if rest.0.first()?.is_ascii_alphabetic() {
        let day = rest.word();
        DAYS.iter()
            .find(|name| name.as_bytes().eq_ignore_ascii_case(day))?;
        rest.skip()?;
        rest.one(b',')?;
        rest.skip()?;
    }
    let day = rest.digits(1, 2)?;
    rest.skip()?;
    let month = rest.word();
    let month = MONTHS
        .iter()
        .position(|name| name.as_bytes().eq_ignore_ascii_case(month))?;
    rest.skip()?;
    let year = year(&mut rest)?;
    rest.skip()?;
    let hour = rest.digits(2, 2)?;
    rest.skip()?;
    rest.one(b':')?;
    rest.skip()?;
    let minute = rest.digits(2, 2)?;
    rest.skip()?;
    let mut second = 0;
    if rest.0.first() == Some(&b':') {
        rest.one(b':')?;
        rest.skip()?;
        second = rest.digits(2, 2)?;
        rest.skip()?;
    }
    let zone = zone(&mut rest)?;

    let leap = second == 60;
    let civil = DateTime::new(
        i16::try_from(year).ok()?,
        i8::try_from(month + 1).ok()?,
        i8::try_from(day).ok()?,
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(if leap { 59 } else { second }).ok()?,
        0,
    )
    .ok()?;
    let written = Offset::UTC.to_timestamp(civil).ok()?;
    let upper = SignedDuration::from_secs(i64::from(leap));
    let (earliest, latest) = match zone {
        Zone::Offset(seconds) => {
            let offset = SignedDuration::from_secs(seconds);
            (
                written.checked_sub(offset).ok()?,
                written.checked_sub(offset).ok()?,
            )
        }
        Zone::Unknown => (
            written.checked_sub(EASTERNMOST).unwrap_or(Timestamp::MIN),
            written.checked_sub(WESTERNMOST).unwrap_or(Timestamp::MAX),
        ),
    };
    Some(Interval::between(
        earliest,
        latest.checked_add(upper).unwrap_or(Timestamp::MAX),
    ))
}

/// What stands behind the last semicolon of a `Received` field (section 3.6.7) that lies in no comment and in
/// no quoted text.
pub(super) fn behind_semicolon(value: &[u8]) -> Option<&[u8]> {
    let (mut depth, mut quoted, mut at, mut found) = (0_u32, false, 0, None);
    while let Some(byte) = value.get(at) {
        match byte {
            b'\\' if quoted || depth > 0 => at += 1,
            b'"' if depth == 0 => quoted = !quoted,
            b'(' if !quoted => depth = depth.checked_add(1)?,
            b')' if !quoted && depth > 0 => depth -= 1,
            b';' if !quoted && depth == 0 => found = value.get(at + 1..),
            _ => {}
        }
        at += 1;
    }
    found.filter(|_| depth == 0 && !quoted)
}

/// Four digits or more are the year itself, so 0002 stays the year 2. Two digits are 2000 to 2049
/// or 1950 to 1999, three count from 1900 (section 4.3).
fn year(rest: &mut Rest<'_>) -> Option<u32> {
    let before = rest.0.len();
    let number = rest.digits(2, 9)?;
    match before - rest.0.len() {
        2 if number < 50 => Some(number + 2000),
        2 | 3 => Some(number + 1900),
        _ => Some(number),
    }
}

/// The zone, up to the end of the value. A name is taken only in the shape of a zone's: one
/// capital letter, or three to five of them, twice at most (`MET DST`). Anything else may be the
/// half of a twelve-hour clock (`PM`, `nachm`), and then the hour itself is in doubt.
fn zone(rest: &mut Rest<'_>) -> Option<Zone> {
    let Some(first) = rest.0.first() else {
        return Some(Zone::Unknown);
    };
    if matches!(first, b'+' | b'-') {
        let sign = if *first == b'-' { -1 } else { 1 };
        rest.0 = &rest.0[1..];
        let number = rest.digits(4, 4)?;
        rest.skip()?;
        let (hours, minutes) = (i64::from(number / 100), i64::from(number % 100));
        return (minutes < 60 && rest.0.is_empty())
            .then_some(Zone::Offset(sign * (hours * 3600 + minutes * 60)));
    }
    let name = rest.word();
    rest.skip()?;
    if rest.0.is_empty()
        && let Some((_, hours)) = ZONES
            .iter()
            .find(|(zone, _)| zone.as_bytes().eq_ignore_ascii_case(name))
    {
        return Some(Zone::Offset(hours * 3600));
    }
    let shaped =
        |name: &[u8]| matches!(name.len(), 1 | 3..=5) && name.iter().all(u8::is_ascii_uppercase);
    if !shaped(name) {
        return None;
    }
    if !rest.0.is_empty() {
        let second = rest.word();
        rest.skip()?;
        if second.len() == 1 || !shaped(second) || !rest.0.is_empty() {
            return None;
        }
    }
    Some(Zone::Unknown)
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// Skips white space, folds and comments (CFWS, section 3.2.2). `None` when a comment does
    /// not end.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        let mut at = 0;
        while let Some(byte) = self.0.get(at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                b'(' => depth = depth.checked_add(1)?,
                b')' if depth > 0 => depth -= 1,
                b'\\' if depth > 0 => at += 1,
                _ if depth > 0 => {}
                _ => break,
            }
            at += 1;
        }
        self.0 = self.0.get(at..).unwrap_or_default();
        (depth == 0).then_some(())
    }

    /// The ASCII letters that come next; may be none.
    fn word(&mut self) -> &'a [u8] {
        let length = self
            .0
            .iter()
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let (word, rest) = self.0.split_at(length);
        self.0 = rest;
        word
    }

    /// The digits that come next, if there are `least` to `most` of them.
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let length = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        if length < least || length > most {
            return None;
        }
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(
            digits
                .iter()
                .fold(0, |number, digit| number * 10 + u32::from(digit - b'0')),
        )
    }

    /// Exactly this byte.
    fn one(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        (*first == byte).then_some(())
    }
}
