//! A value of a column, whichever database it comes from.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    /// A whole number beyond those.
    Large(u64),
    Real(f64),
    /// A number with decimals, as it is written.
    Decimal(String),
    Text(String),
    Bytes(Vec<u8>),
    /// An instant.
    Instant(Timestamp),
    /// Date and time without a zone.
    Local(DateTime),
    /// A day.
    Day(Date),
}

impl Cell {
    /// Whether a stored value is the one that was asked for, to the byte.
    pub(crate) fn is(&self, asked: &Self) -> bool {
        match (self, asked) {
            (Self::Null, _) | (_, Self::Null) => false,
            (Self::Text(_) | Self::Bytes(_), Self::Text(_) | Self::Bytes(_)) => {
                self.bytes() == asked.bytes()
            }
            _ => self.text() == asked.text(),
        }
    }

    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text.as_bytes()),
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The value in letters, for a parameter, a person and a comparison; nothing of nothing.
    pub(crate) fn text(&self) -> Option<String> {
        Some(match self {
            Self::Null => return None,
            Self::Bool(value) => value.to_string(),
            Self::Int(number) => number.to_string(),
            Self::Large(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Decimal(text) | Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => STANDARD.encode(bytes),
            Self::Instant(instant) => instant.to_string(),
            Self::Local(local) => local.to_string(),
            Self::Day(day) => day.to_string(),
        })
    }

    /// The value as JSON: numbers with decimals as text, bytes as `{"base64": "…"}`, instants in UTC (RFC 3339). `utc`:
    /// instants without a zone lie there too; else they are told without one.
    pub(crate) fn json(&self, utc: bool) -> Box<RawValue> {
        let value = match self {
            Self::Null => Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Int(number) => (*number).into(),
            Self::Large(number) => (*number).into(),
            Self::Real(number) => serde_json::Number::from_f64(*number)
                .map_or_else(|| Value::String(number.to_string()), Value::Number),
            Self::Bytes(bytes) => json!({ "base64": STANDARD.encode(bytes) }),
            Self::Local(local) if utc => match TimeZone::UTC.to_timestamp(*local) {
                Ok(instant) => instant.to_string().into(),
                Err(_) => local.to_string().into(),
            },
            other => other.text().map_or(Value::Null, Value::String),
        };
        to_raw_value(&value).expect("a value is JSON")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_leaves_without_loss() {
        let local: DateTime = "2026-01-05T10:00:00.5".parse().unwrap();
        for (cell, utc, right) in [
            (Cell::Null, false, "null"),
            (Cell::Bool(true), false, "true"),
            (Cell::Int(i64::MIN), false, "-9223372036854775808"),
            (Cell::Large(u64::MAX), false, "18446744073709551615"),
            (Cell::Real(0.1), false, "0.1"),
            (Cell::Real(f64::NAN), false, "\"NaN\""),
            (Cell::Decimal("1.10".into()), false, "\"1.10\""),
            (Cell::Text("a\"\n\0".into()), false, "\"a\\\"\\n\\u0000\""),
            (Cell::Bytes(vec![0, 255]), false, "{\"base64\":\"AP8=\"}"),
            (
                Cell::Instant("2026-01-05T10:00:00Z".parse().unwrap()),
                false,
                "\"2026-01-05T10:00:00Z\"",
            ),
            (Cell::Local(local), false, "\"2026-01-05T10:00:00.5\""),
            (Cell::Local(local), true, "\"2026-01-05T10:00:00.5Z\""),
            (
                Cell::Day("2026-01-05".parse().unwrap()),
                true,
                "\"2026-01-05\"",
            ),
        ] {
            assert_eq!(cell.json(utc).get(), right);
        }
    }

    #[test]
    fn a_key_is_the_same_to_the_byte_or_not_at_all() {
        let text = |text: &str| Cell::Text(text.into());
        assert!(text("bjork").is(&text("bjork")));
        assert!(text("bjork").is(&Cell::Bytes(b"bjork".to_vec())));
        assert!(Cell::Int(7).is(&text("7")) && Cell::Large(7).is(&Cell::Int(7)));
        for (stored, asked) in [
            (text("Bjork"), text("bjork")),
            (text("björk"), text("bjork")),
            (text("bjork "), text("bjork")),
            (text("07"), Cell::Int(7)),
            (Cell::Null, Cell::Null),
        ] {
            assert!(!stored.is(&asked), "{stored:?}");
        }
    }
}
