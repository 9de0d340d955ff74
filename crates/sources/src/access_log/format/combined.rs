//! The common and the combined format of web servers.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::super::entry::{Entry, Fields};
use crate::dates::Interval;

/// Months as web servers write them.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Reads `address ident user [10/Oct/2000:13:55:36 -0700] "request" status size "referer" "agent"`; the last two may
/// be missing, and what stands behind them is not read. Nothing, if it is no such line.
pub(super) fn read<'o>(line: &str, names: &[String]) -> Option<Fields<'o>> {
    // A quotation mark within a name is escaped, so the first of them begins the request.
    let (before, rest) = line.split_at_checked(line.find('"')?)?;
    let (before, time) = before.strip_suffix("] ")?.rsplit_once(" [")?;
    let (address, before) = before.split_once(' ')?;
    let (ident, user) = before.split_once(' ')?;
    let at = instant(time)?;
    let (request, rest) = quoted(rest)?;
    let mut parts = rest.strip_prefix(' ')?.splitn(3, ' ');
    let (status, size) = (parts.next()?, parts.next()?);
    let number = |text: &str| text == "-" || text.bytes().all(|byte| byte.is_ascii_digit());
    if address.is_empty() || !number(status) || !number(size) {
        return None;
    }
    let mut entry = Entry::default();
    for (name, text) in [
        ("address", address),
        ("ident", ident),
        ("user", user),
        ("time", time),
        ("request", request),
        ("status", status),
        ("size", size),
    ] {
        entry.push(name, text);
    }
    if let Some(rest) = parts.next() {
        let (referer, rest) = quoted(rest)?;
        let (agent, _) = quoted(rest.strip_prefix(' ')?)?;
        entry.push("referer", referer);
        entry.push("agent", agent);
    }
    entry.select(names, Some(Interval::between(at, at)))
}

/// What stands between quotation marks, as it is written, and what stands behind them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('"')?;
    let bytes = inner.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return Some((&inner[..at], &inner[at + 1..])),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

/// `10/Oct/2000:13:55:36 -0700`.
fn instant(text: &str) -> Option<jiff::Timestamp> {
    let bytes = text.as_bytes();
    let shape = b"00/aaa/0000:00:00:00 +0000";
    let fits = bytes.len() == shape.len()
        && bytes.iter().zip(shape).all(|(byte, of)| match of {
            b'0' => byte.is_ascii_digit(),
            b'a' => byte.is_ascii_alphabetic(),
            b'+' => matches!(byte, b'+' | b'-'),
            other => byte == other,
        });
    if !fits {
        return None;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<i16>().ok();
    let small = |from, to| i8::try_from(number(from, to)?).ok();
    let month = MONTHS.iter().position(|name| *name == &text[3..6])?;
    let date = Date::new(number(7, 11)?, i8::try_from(month + 1).ok()?, small(0, 2)?);
    // A leap second is taken as the second before it.
    let second = small(18, 20)?.min(59 + i8::from(small(18, 20)? > 60) * 40);
    let time = Time::new(small(12, 14)?, small(15, 17)?, second, 0);
    let (hours, minutes) = (i32::from(small(22, 24)?), i32::from(small(24, 26)?));
    let east = if bytes[21] == b'-' { -1 } else { 1 };
    let offset = Offset::from_seconds(east * (hours * 3600 + minutes * 60)).ok()?;
    let at = date.ok()?.to_datetime(time.ok()?);
    (minutes < 60).then(|| offset.to_timestamp(at).ok())?
}
