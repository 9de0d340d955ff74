//! One line of a log: whether it is the account's, and when it was written.

use std::fmt;

use jiff::Timestamp;
use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::Wanted;
use crate::access_log::TimeFormat;

/// Whether a line may write anything with escapes, so that only decoding it tells what it says.
pub(super) fn is_escaped(line: &[u8]) -> bool {
    memchr(b'\\', line).is_some()
}

/// The wanted account, made ready for many lines.
pub(super) struct Account<'a> {
    wanted: Wanted<'a>,
    bytes: Finder<'a>,
}

impl<'a> Account<'a> {
    pub(super) fn new(wanted: Wanted<'a>) -> Self {
        Self {
            wanted,
            bytes: Finder::new(wanted.name()),
        }
    }

    /// Whether the account may be written anywhere in a line without escapes. `false` is certain.
    pub(super) fn may_be_in(&self, line: &[u8]) -> bool {
        let Wanted::Email(normal) = self.wanted else {
            return self.bytes.find(line).is_some();
        };
        let local = memchr(b'@', normal.as_bytes()).unwrap_or(0);
        memchr_iter(b'@', line).any(|at| {
            at.checked_sub(local)
                .and_then(|start| line.get(start..start + normal.len()))
                .is_some_and(|written| written.eq_ignore_ascii_case(normal.as_bytes()))
        })
    }

    /// Whether the value of the account field is the account. `None` when it is of a kind that
    /// names no account, so that this cannot be told.
    pub(super) fn is(&self, value: Option<&Value>) -> Option<bool> {
        match value {
            None | Some(Value::Null) => Some(false),
            Some(Value::String(text)) => Some(self.wanted.is(text)),
            Some(Value::Number(number)) if !number.is_f64() => {
                Some(self.wanted.is(&number.to_string()))
            }
            Some(_) => None,
        }
    }
}

/// A line that is one JSON object in which each field occurs once. Which of two equal fields
/// counts would be for somebody else to say.
pub(super) struct Line(pub(super) Map<String, Value>);

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Line;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Line, A::Error> {
                let mut fields = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if fields.insert(name, value).is_some() {
                        return Err(A::Error::custom("a field occurs twice"));
                    }
                }
                Ok(Line(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// The instant (UTC) of a line, if its time field is written as `format` says. The leap second
/// `:60` is taken as the second before it.
pub(super) fn instant(value: Option<&Value>, format: TimeFormat) -> Option<Timestamp> {
    match (value?, format) {
        (Value::String(text), TimeFormat::Rfc3339) => rfc3339(text),
        (Value::Number(number), TimeFormat::EpochSeconds) => epoch(number, 1_000_000_000),
        (Value::Number(number), TimeFormat::EpochMilliseconds) => epoch(number, 1_000_000),
        _ => None,
    }
}

/// The date-time of RFC 3339 section 5.6, and nothing beyond it.
fn rfc3339(text: &str) -> Option<Timestamp> {
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
    // Nine digits are all that an instant holds; a tenth never moves it over a whole second.
    let kept = &text[..19 + fraction.min(10)];
    if !zoned || !shape(start, b"0000-00-00T00:00:00") {
        return None;
    }
    format!("{kept}{}", &text[19 + fraction..]).parse().ok()
}

/// A number of units of `nanoseconds` each since 1970-01-01T00:00:00Z.
fn epoch(number: &serde_json::Number, nanoseconds: i128) -> Option<Timestamp> {
    let total = if let Some(whole) = number.as_i128() {
        whole.checked_mul(nanoseconds)?
    } else {
        // A fraction: the whole part exactly, the rest as well as a binary fraction says it.
        let number = number.as_f64().filter(|number| number.abs() < 1e15)?;
        let whole = number.floor();
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let (whole, part) = (
            whole as i128,
            ((number - whole) * nanoseconds as f64) as i128,
        );
        whole * nanoseconds + part
    };
    Timestamp::from_nanosecond(total).ok()
}

#[cfg(test)]
mod tests;
