//! What is asked, of whom, and who may open the sum.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::FEWEST_PROVIDERS;
use crate::error::TextError;
use crate::group::point;
use crate::numbers::is_name;
use crate::sum::Sum;
use crate::text::{Lines, decimal, hexadecimal};

const FORM: &str = "lagrum/count-cards/v1/sum";

const MOST_PROVIDERS: usize = 10_000;
const MOST_TRUSTEES: usize = 255;

/// What is asked, of whom, and who may open the sum. An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What readers call the number.
    pub name: String,
    /// Of which period.
    pub period: String,
    /// SHA-256 of the code book that all reports follow.
    pub code_book: [u8; 32],
    /// Over what, by that code book.
    pub sum: Sum,
    /// How many trustees open the sum.
    pub threshold: usize,
    /// Their keys, in the order in which they count from 1.
    pub trustees: Vec<[u8; 32]>,
    /// Who was asked, by the origin of their log, ascending.
    pub providers: Vec<String>,
}

impl Call {
    /// The text that lies in the log.
    ///
    /// # Errors
    ///
    /// If it does not keep to the protocol: at least five providers, at least half of the trustees and one more,
    /// names and keys once each.
    pub fn to_text(&self) -> Result<String, TextError> {
        self.check()?;
        let trustees: Vec<String> = self.trustees.iter().map(hex::encode).collect();
        Ok(format!(
            "{FORM}\nname {}\nperiod {}\ncodebook {}\nsum {}\nthreshold {}\ntrustees {}\nproviders {}\n\n",
            self.name,
            self.period,
            hex::encode(self.code_book),
            self.sum,
            self.threshold,
            trustees.join(" "),
            self.providers.join(" "),
        ))
    }

    /// Reads a call.
    ///
    /// # Errors
    ///
    /// If it is not written in the one way that the protocol permits.
    pub fn parse(text: &[u8]) -> Result<Self, TextError> {
        let mut lines = Lines::new(text, FORM)?;
        let name = lines.value("name")?.to_owned();
        let period = lines.value("period")?.to_owned();
        let code_book = hexadecimal(lines.value("codebook")?);
        let sum = Sum::parse(lines.value("sum")?)?;
        let threshold =
            decimal(lines.value("threshold")?).and_then(|number| number.try_into().ok());
        let trustees: Option<Vec<[u8; 32]>> = lines
            .value("trustees")?
            .split(' ')
            .map(hexadecimal)
            .collect();
        let providers = lines
            .value("providers")?
            .split(' ')
            .map(str::to_owned)
            .collect();
        lines.end(FORM)?;
        let call = Self {
            name,
            period,
            code_book: code_book.ok_or(TextError::new(
                "codebook",
                "64 digits in lower-case hexadecimal",
            ))?,
            sum,
            threshold: threshold
                .ok_or(TextError::new("threshold", "it has to be a decimal number"))?,
            trustees: trustees.ok_or(TextError::new(
                "trustees",
                "keys in lower-case hexadecimal, with spaces",
            ))?,
            providers,
        };
        call.check()?;
        Ok(call)
    }

    fn check(&self) -> Result<(), TextError> {
        let rule = |holds: bool, key, rule| {
            if holds {
                Ok(())
            } else {
                Err(TextError::new(key, rule))
            }
        };
        let graphic = |text: &str| {
            (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
        };
        rule(
            is_name(&self.name),
            "name",
            "letters, digits, `-`, `_` and `.`",
        )?;
        rule(graphic(&self.period), "period", "ASCII without spaces")?;
        let trustees = self.trustees.len();
        let different: BTreeSet<_> = self.trustees.iter().collect();
        rule(
            (2..=MOST_TRUSTEES).contains(&trustees)
                && different.len() == trustees
                && self.trustees.iter().all(|key| point(key).is_some()),
            "trustees",
            "2 to 255 different keys",
        )?;
        // With fewer than a majority two sets could be answered by different trustees.
        rule(
            self.threshold <= trustees && self.threshold > trustees / 2,
            "threshold",
            "more than half of the trustees, and not more than all",
        )?;
        rule(
            (FEWEST_PROVIDERS..=MOST_PROVIDERS).contains(&self.providers.len())
                && self.providers.iter().all(|own| graphic(own))
                && self.providers.windows(2).all(|two| two[0] < two[1]),
            "providers",
            "5 to 10,000 origins of logs, each once, ascending",
        )
    }

    /// What dealings, complaints and answers are bound to.
    pub(super) fn digest(&self) -> Result<[u8; 32], TextError> {
        Ok(Sha256::digest(self.to_text()?).into())
    }
}
