//! Figures that somebody else published, and what in them cannot be.
//!
//! A row that is flagged is not proof of a lie: a provider may count what it disclosed in a year for requests of the year
//! before, or in other units. It says that the row cannot be read as requests received and, of these, disclosed. What is
//! not a number, for example `<10`, is not judged.

use std::fmt;

use crate::StatisticsError;

/// Where the numbers stand: heads of columns, written as in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns<'a> {
    /// Requests received.
    pub received: &'a str,
    /// How many of these something was disclosed for.
    pub disclosed: Option<&'a str>,
    /// The same as a percentage of those received, from 0 to 100.
    pub percentage: Option<&'a str>,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many rows there are below the heads.
    pub rows: u64,
    /// How many cells of the named columns hold something that is no number, and were not judged.
    pub not_numbers: u64,
    /// What cannot be, with the row: 1 is the first below the heads.
    pub flags: Vec<(u64, Fault)>,
}

/// What cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More was disclosed than was received.
    MoreDisclosedThanReceived {
        /// Received.
        received: i64,
        /// Disclosed.
        disclosed: i64,
    },
    /// A count or a percentage lies below zero.
    Negative,
    /// A percentage lies above 100.
    Above100,
    /// A percentage is not what follows from received and disclosed, whichever way it was rounded.
    PercentageDoesNotFollow {
        /// Received.
        received: i64,
        /// Disclosed.
        disclosed: i64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreDisclosedThanReceived {
                received,
                disclosed,
            } => write!(formatter, "{disclosed} disclosed of {received} received"),
            Self::Negative => formatter.write_str("a number below zero"),
            Self::Above100 => formatter.write_str("more than 100 percent"),
            Self::PercentageDoesNotFollow {
                received,
                disclosed,
            } => write!(
                formatter,
                "the percentage is not that of {disclosed} of {received}, however it is rounded"
            ),
        }
    }
}

/// The most decimals of a percentage that are read.
const DECIMALS: usize = 6;

/// A percentage as it was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentage {
    /// Its digits without the point.
    digits: i64,
    /// How many units of its last digit are one percent.
    unit: i64,
}

impl Percentage {
    /// Reads `59`, `59.0`, `59.0 %`: how many decimals it has says how exact it is. Nothing if it is not written so, or
    /// has more than six decimals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let is_plain = decimals.bytes().all(|byte| byte.is_ascii_digit());
        if !is_plain || decimals.len() > DECIMALS {
            return None;
        }
        let is_negative = whole.starts_with('-');
        let whole: i64 = whole.parse().ok()?;
        let unit = 10_i64.pow(u32::try_from(decimals.len()).ok()?);
        let rest: i64 = match decimals {
            "" => 0,
            decimals => decimals.parse().ok()?,
        };
        let rest = if is_negative { -rest } else { rest };
        let digits = whole.checked_mul(unit)?.checked_add(rest)?;
        Some(Self { digits, unit })
    }
}

/// A count as people print it: `1234`, `1,234`, `1 234`.
fn count(text: &str) -> Option<i64> {
    let is_group = |character: char| matches!(character, ',' | ' ' | '\u{a0}' | '\u{202f}');
    let digits: String = text.trim().chars().filter(|one| !is_group(*one)).collect();
    digits.parse().ok()
}

/// What cannot be in one row. What is absent is not judged.
#[must_use]
pub fn row(
    received: Option<i64>,
    disclosed: Option<i64>,
    percentage: Option<Percentage>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_below = |number: Option<i64>| number.is_some_and(|number| number < 0);
    if is_below(received) || is_below(disclosed) || is_below(percentage.map(|one| one.digits)) {
        faults.push(Fault::Negative);
    }
    if percentage.is_some_and(|one| i128::from(one.digits) > 100 * i128::from(one.unit)) {
        faults.push(Fault::Above100);
    }
    if let (Some(received), Some(disclosed)) = (received, disclosed) {
        if disclosed > received {
            faults.push(Fault::MoreDisclosedThanReceived {
                received,
                disclosed,
            });
        }
        if percentage.is_some_and(|one| !follows(received, disclosed, one)) {
            faults.push(Fault::PercentageDoesNotFollow {
                received,
                disclosed,
            });
        }
    }
    faults
}

/// Up, down or to the nearest: a rounded number lies less than one unit of its last digit from the exact one.
fn follows(received: i64, disclosed: i64, percentage: Percentage) -> bool {
    let [received, disclosed] = [received, disclosed].map(i128::from);
    let (digits, unit) = (i128::from(percentage.digits), i128::from(percentage.unit));
    if received == 0 {
        // Of nothing some print 0, some 100.
        return disclosed == 0 && (digits == 0 || digits == 100 * unit);
    }
    let exact = disclosed.saturating_mul(100 * unit);
    let away = digits.saturating_mul(received).saturating_sub(exact);
    away.saturating_abs() < received.saturating_abs()
}

/// Checks every row of a CSV file with a line of heads (UTF-8, with or without a byte order mark). Empty cells, and rows
/// that are too short, are not judged. Cost is linear in the size of the file.
///
/// # Errors
/// When it is not CSV, or has no column of a name in `columns`.
pub fn csv(text: &[u8], columns: &Columns) -> Result<Checked, StatisticsError> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let heads = reader.headers()?.clone();
    let place = |name: &str| {
        let found = heads.iter().position(|head| head.trim() == name.trim());
        found.ok_or_else(|| StatisticsError::NoColumn(name.to_owned()))
    };
    let received_at = place(columns.received)?;
    let disclosed_at = columns.disclosed.map(place).transpose()?;
    let percentage_at = columns.percentage.map(place).transpose()?;
    let mut checked = Checked::default();
    for found in reader.records() {
        let record = found?;
        let cell = |at: Option<usize>| {
            let text = record.get(at?)?;
            Some(text).filter(|text| !text.trim().is_empty())
        };
        let texts = [
            cell(Some(received_at)),
            cell(disclosed_at),
            cell(percentage_at),
        ];
        let [received, disclosed] = [texts[0], texts[1]].map(|text| text.and_then(count));
        let percentage = texts[2].and_then(Percentage::parse);
        let is_read = [
            received.is_some(),
            disclosed.is_some(),
            percentage.is_some(),
        ];
        let unread = texts.iter().zip(is_read);
        let unread = unread.filter(|(text, is_read)| text.is_some() && !is_read);
        checked.not_numbers += unread.count() as u64;
        checked.rows += 1;
        let faults = row(received, disclosed, percentage).into_iter();
        let number = checked.rows;
        checked.flags.extend(faults.map(|fault| (number, fault)));
    }
    Ok(checked)
}

#[cfg(test)]
mod tests;
