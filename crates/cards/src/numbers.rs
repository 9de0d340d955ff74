//! The numbers that a report publishes, each with what opens it.

use std::fmt;

use curve25519_dalek::scalar::Scalar;

use crate::error::TextError;
use crate::group::scalar;
use crate::statement::MAX_NUMBER;
use crate::sum::Sum;
use crate::text::{Lines, decimal, hexadecimal};

pub(crate) const FORM: &str = "lagrum/count-cards/v1/numbers";

/// More than any table of a report has; bounds the work of a verifier.
const MAX_NUMBERS: usize = 65_536;

/// A published number: the value of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub(crate) name: String,
    pub(crate) value: u64,
    pub(crate) blinding: Scalar,
    pub(crate) sum: Sum,
}

impl Number {
    /// What the report calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many.
    #[must_use]
    pub fn value(&self) -> u64 {
        self.value
    }

    /// Over which classes, and of what.
    #[must_use]
    pub fn sum(&self) -> &Sum {
        &self.sum
    }
}

/// The numbers of a report, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers(pub(crate) Vec<Number>);

impl Numbers {
    /// Each of them, ascending by name.
    pub fn iter(&self) -> impl Iterator<Item = &Number> {
        self.0.iter()
    }

    /// The number of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Number> {
        let place = self
            .0
            .binary_search_by(|number| number.name.as_str().cmp(name));
        place.ok().map(|place| &self.0[place])
    }

    /// Reads the numbers of a report. Whether they follow from anything, [`verify`](crate::verify()) checks.
    ///
    /// # Errors
    /// When they are not written as a report has them.
    pub fn parse(text: &[u8]) -> Result<Self, TextError> {
        const FORM_OF_LINE: TextError = TextError::new(
            "number",
            "each line has to be a name, a decimal number below 2^53, 64 hexadecimal digits and a sum",
        );
        let mut lines = Lines::new(text, FORM)?;
        let mut numbers: Vec<Number> = Vec::new();
        while let Some(line) = lines.line() {
            let parts: Vec<&str> = line.split(' ').collect();
            let [name, value, blinding, sum] = parts[..] else {
                return Err(FORM_OF_LINE);
            };
            let ascends = numbers.last().is_none_or(|last| last.name.as_str() < name);
            if !is_name(name) || !ascends || numbers.len() == MAX_NUMBERS {
                return Err(TextError::new(
                    "number",
                    "names are letters, digits, `-`, `_` and `.`, each once, ascending, at most 65,536",
                ));
            }
            numbers.push(Number {
                name: name.to_owned(),
                value: decimal(value)
                    .filter(|value| *value < MAX_NUMBER)
                    .ok_or(FORM_OF_LINE)?,
                blinding: hexadecimal(blinding)
                    .and_then(|bytes| scalar(&bytes))
                    .ok_or(FORM_OF_LINE)?,
                sum: Sum::parse(sum)?,
            });
        }
        lines.end(FORM)?;
        Ok(Self(numbers))
    }
}

/// Whether a number may be called so.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=255).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

impl fmt::Display for Numbers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{FORM}")?;
        for Number {
            name,
            value,
            blinding,
            sum,
        } in &self.0
        {
            writeln!(
                formatter,
                "{name} {value} {} {sum}",
                hex::encode(blinding.as_bytes())
            )?;
        }
        writeln!(formatter)
    }
}
