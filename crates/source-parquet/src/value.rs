//! A stored value as JSON, without loss.
//!
//! | Parquet | JSON |
//! |---|---|
//! | `BOOLEAN` | `true`, `false` |
//! | whole numbers, with and without sign | a number |
//! | `FLOAT`, `DOUBLE`, `FLOAT16` | the shortest number that is read as the same one; `"NaN"`, `"inf"`, `"-inf"` |
//! | `DECIMAL` | text, with as many decimals as the column has |
//! | `STRING`, `ENUM`, `JSON`, bytes without a type | text if they are UTF-8, else `{"base64":"…"}` |
//! | `BSON`, other bytes | `{"base64":"…"}` |
//! | `UUID` | text |
//! | `DATE` | `"2026-03-01"` |
//! | `TIME` | `"12:00:00.5"`, with a `Z` if it is of UTC |
//! | `TIMESTAMP` | `"2026-03-01T12:00:00.5Z"` if it is of UTC, else the same without the `Z` |
//! | `INT96` | as a `TIMESTAMP` that is not of UTC: it names no zone |
//! | `INTERVAL` | `{"months":1,"days":2,"milliseconds":3}` |
//!
//! A date or time that no calendar has is the stored number.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use num_bigint::BigInt;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::schema::types::Type;

use crate::column::Stored;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    /// A number, a truth, or what has no type of its own.
    Plain,
    /// A whole number without a sign.
    Unsigned,
    /// So many decimals.
    Decimal(usize),
    Date,
    /// Since midnight, each unit so many nanoseconds; whether of UTC.
    Time(i64, bool),
    /// Since 1970, each unit so many nanoseconds; whether of UTC.
    Timestamp(i64, bool),
    Int96,
    Float16,
    Text,
    Bytes,
    Uuid,
    Interval,
}

const SECOND: i64 = 1_000_000_000;
const DAY: i64 = 86_400 * SECOND;
/// 1970-01-01 as a Julian day, as `INT96` counts them.
const EPOCH: i64 = 2_440_588;
/// The most bytes of a decimal, and decimals of one.
const DECIMAL: usize = 64;

fn unit(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000_000,
        TimeUnit::MICROS => 1000,
        TimeUnit::NANOS => 1,
    }
}

impl As {
    /// What a column of a schema holds.
    ///
    /// # Errors
    /// When it is more than is read.
    pub(crate) fn of(column: &Type) -> Result<Self, String> {
        let Type::PrimitiveType {
            basic_info,
            physical_type,
            type_length,
            scale,
            ..
        } = column
        else {
            return Ok(Self::Plain);
        };
        let physical = *physical_type;
        let bytes = matches!(
            physical,
            Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY
        );
        let whole = matches!(physical, Physical::INT32 | Physical::INT64);
        if physical == Physical::FIXED_LEN_BYTE_ARRAY && !(1..=1 << 20).contains(type_length) {
            return Err(format!(
                "the values of its column `{}` have {type_length} bytes each, which is not read; have the log written without it",
                basic_info.name()
            ));
        }
        let decimal = |scale: i32| {
            let scale = usize::try_from(scale).ok().filter(|scale| *scale <= 1000);
            scale.map(Self::Decimal).ok_or_else(|| {
                format!(
                    "its column `{}` has more decimals than are read; have the log written with fewer",
                    basic_info.name()
                )
            })
        };
        let fixed =
            |length: i32| physical == Physical::FIXED_LEN_BYTE_ARRAY && *type_length == length;
        Ok(match basic_info.logical_type_ref() {
            _ if physical == Physical::INT96 => Self::Int96,
            Some(LogicalType::String | LogicalType::Enum | LogicalType::Json) if bytes => {
                Self::Text
            }
            Some(LogicalType::Bson) if bytes => Self::Bytes,
            Some(LogicalType::Uuid) if fixed(16) => Self::Uuid,
            Some(LogicalType::Float16) if fixed(2) => Self::Float16,
            Some(LogicalType::Decimal(of)) if whole || bytes => decimal(of.scale)?,
            Some(LogicalType::Date) if physical == Physical::INT32 => Self::Date,
            Some(LogicalType::Time(of)) if whole => {
                Self::Time(unit(&of.unit), of.is_adjusted_to_u_t_c)
            }
            Some(LogicalType::Timestamp(of)) if physical == Physical::INT64 => {
                Self::Timestamp(unit(&of.unit), of.is_adjusted_to_u_t_c)
            }
            Some(LogicalType::Integer(of)) if whole && !of.is_signed => Self::Unsigned,
            // Named by a type that is not known here.
            Some(_) if bytes => Self::Bytes,
            Some(_) => Self::Plain,
            None => match basic_info.converted_type() {
                ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON if bytes => {
                    Self::Text
                }
                ConvertedType::BSON if bytes => Self::Bytes,
                ConvertedType::DECIMAL if whole || bytes => decimal(*scale)?,
                ConvertedType::DATE if physical == Physical::INT32 => Self::Date,
                ConvertedType::TIME_MILLIS if whole => Self::Time(1_000_000, true),
                ConvertedType::TIME_MICROS if whole => Self::Time(1000, true),
                ConvertedType::TIMESTAMP_MILLIS if whole => Self::Timestamp(1_000_000, true),
                ConvertedType::TIMESTAMP_MICROS if whole => Self::Timestamp(1000, true),
                ConvertedType::UINT_8
                | ConvertedType::UINT_16
                | ConvertedType::UINT_32
                | ConvertedType::UINT_64
                    if whole =>
                {
                    Self::Unsigned
                }
                ConvertedType::INTERVAL if fixed(12) => Self::Interval,
                // What Impala and old Spark write text as.
                _ if physical == Physical::BYTE_ARRAY => Self::Text,
                _ if bytes => Self::Bytes,
                _ => Self::Plain,
            },
        })
    }

    /// Writes a value as JSON.
    pub(crate) fn write(self, stored: Stored<'_>, out: &mut Vec<u8>) {
        match (self, stored) {
            (Self::Unsigned, Stored::Int(number)) => json(&number.cast_unsigned(), out),
            (Self::Unsigned, Stored::Long(number)) => json(&number.cast_unsigned(), out),
            (Self::Decimal(scale), stored) => match digits(stored) {
                Some(number) => json(&decimal(&number, scale), out),
                None => Self::Bytes.write(stored, out),
            },
            (Self::Date, Stored::Int(days)) => {
                let at = Timestamp::from_second(i64::from(days) * 86_400);
                match at {
                    Ok(at) => json(&TimeZone::UTC.to_datetime(at).date().to_string(), out),
                    Err(_) => json(&days, out),
                }
            }
            (Self::Time(unit, utc), Stored::Int(_) | Stored::Long(_)) => {
                time(number(stored), unit, utc, out);
            }
            (Self::Timestamp(unit, utc), Stored::Int(_) | Stored::Long(_)) => {
                let number = number(stored);
                match instant(number, unit) {
                    Some(at) => moment(at, utc, out),
                    None => json(&number, out),
                }
            }
            (_, Stored::Int96(nanosecond, day)) => match of_96(nanosecond, day) {
                Some(at) => moment(at, false, out),
                None => {
                    let mut bytes = nanosecond.to_le_bytes().to_vec();
                    bytes.extend_from_slice(&day.to_le_bytes());
                    base64(&bytes, out);
                }
            },
            (Self::Float16, Stored::Bytes(&[low, high])) => {
                Self::Plain.write(
                    Stored::Float(half::f16::from_le_bytes([low, high]).to_f32()),
                    out,
                );
            }
            (Self::Uuid, Stored::Bytes(bytes)) => {
                let mut text = String::with_capacity(36);
                for (place, byte) in bytes.iter().enumerate() {
                    if matches!(place, 4 | 6 | 8 | 10) {
                        text.push('-');
                    }
                    text.push_str(&format!("{byte:02x}"));
                }
                json(&text, out);
            }
            (Self::Interval, Stored::Bytes(bytes)) => {
                let part = |at: usize| {
                    let part = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
                    part.map_or(0, |part| u32::from_le_bytes(*part))
                };
                let text = format!(
                    "{{\"months\":{},\"days\":{},\"milliseconds\":{}}}",
                    part(0),
                    part(4),
                    part(8)
                );
                out.extend_from_slice(text.as_bytes());
            }
            (Self::Text, Stored::Bytes(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => json(text, out),
                Err(_) => base64(bytes, out),
            },
            (_, Stored::Bytes(bytes)) => base64(bytes, out),
            (_, Stored::Bool(truth)) => json(&truth, out),
            (_, Stored::Int(number)) => json(&number, out),
            (_, Stored::Long(number)) => json(&number, out),
            (_, Stored::Float(number)) if number.is_finite() => json(&number, out),
            (_, Stored::Double(number)) if number.is_finite() => json(&number, out),
            (_, Stored::Float(number)) => json(&number.to_string(), out),
            (_, Stored::Double(number)) => json(&number.to_string(), out),
        }
    }
}

/// Writes what serde knows. Nothing of it can fail.
fn json<T: serde::Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.extend_from_slice(b"null");
    }
}

fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"base64\":\"");
    out.extend_from_slice(STANDARD.encode(bytes).as_bytes());
    out.extend_from_slice(b"\"}");
}

fn number(stored: Stored<'_>) -> i64 {
    match stored {
        Stored::Int(number) => i64::from(number),
        Stored::Long(number) => number,
        _ => 0,
    }
}

/// The instant (UTC) that is so many units of so many nanoseconds after 1970.
pub(crate) fn instant(number: i64, unit: i64) -> Option<Timestamp> {
    Timestamp::from_nanosecond(i128::from(number) * i128::from(unit)).ok()
}

fn of_96(nanosecond: u64, day: u32) -> Option<Timestamp> {
    let nanosecond = i64::try_from(nanosecond).ok().filter(|one| *one < DAY)?;
    let day = i128::from(i64::from(day) - EPOCH);
    Timestamp::from_nanosecond(day * i128::from(DAY) + i128::from(nanosecond)).ok()
}

fn moment(at: Timestamp, utc: bool, out: &mut Vec<u8>) {
    match utc {
        true => json(&at.to_string(), out),
        false => json(&TimeZone::UTC.to_datetime(at).to_string(), out),
    }
}

fn time(stored: i64, unit: i64, utc: bool, out: &mut Vec<u8>) {
    let since = stored
        .checked_mul(unit)
        .filter(|since| (0..DAY).contains(since));
    let of = |since: i64| {
        let (seconds, rest) = (since / SECOND, since % SECOND);
        let part = |number: i64| i8::try_from(number).ok();
        let (hour, minute) = (part(seconds / 3600)?, part(seconds / 60 % 60)?);
        Time::new(hour, minute, part(seconds % 60)?, i32::try_from(rest).ok()?).ok()
    };
    match since.and_then(of) {
        Some(time) => json(&format!("{time}{}", if utc { "Z" } else { "" }), out),
        None => json(&stored, out),
    }
}

/// The digits of a decimal without its point; nothing, if it has more bytes than any.
fn digits(stored: Stored<'_>) -> Option<String> {
    match stored {
        Stored::Int(number) => Some(number.to_string()),
        Stored::Long(number) => Some(number.to_string()),
        Stored::Bytes(bytes) if bytes.len() <= DECIMAL => {
            Some(BigInt::from_signed_bytes_be(bytes).to_string())
        }
        _ => None,
    }
}

fn decimal(digits: &str, scale: usize) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    format!("{sign}{whole}.{fraction}")
}
