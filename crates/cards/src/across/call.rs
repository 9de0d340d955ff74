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
    /// The log in which the call lies, and its set: by its origin.
    pub log: String,
    /// What readers call the number.
    pub name: String,
    /// Of which period.
    pub period: String,
    /// SHA-256 of the code book that all reports follow.
    pub code_book: [u8; 32],
    /// Over what, by that code book.
    pub sum: Sum,
    /// The last day on which a provider may deal (UTC, such as `2027-08-15`).
    pub deal: String,
    /// The last day on which a trustee may complain, a later one.
    pub complain: String,
    /// How many trustees open the sum.
    pub threshold: usize,
    /// Their keys, in the order in which they count from 1.
    pub trustees: Vec<[u8; 32]>,
    /// The keys with which they sign what they say, in the same order. What a key is, this crate does not know.
    pub signers: Vec<String>,
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
            "{FORM}\nlog {}\nname {}\nperiod {}\ncodebook {}\nsum {}\ndeal {}\ncomplain {}\nthreshold {}\ntrustees {}\nsigners {}\nproviders {}\n\n",
            self.log,
            self.name,
            self.period,
            hex::encode(self.code_book),
            self.sum,
            self.deal,
            self.complain,
            self.threshold,
            trustees.join(" "),
            self.signers.join(" "),
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
        let log = lines.value("log")?.to_owned();
        let name = lines.value("name")?.to_owned();
        let period = lines.value("period")?.to_owned();
        let code_book = hexadecimal(lines.value("codebook")?);
        let sum = Sum::parse(lines.value("sum")?)?;
        let deal = lines.value("deal")?.to_owned();
        let complain = lines.value("complain")?.to_owned();
        let threshold =
            decimal(lines.value("threshold")?).and_then(|number| number.try_into().ok());
        let trustees: Option<Vec<[u8; 32]>> = lines
            .value("trustees")?
            .split(' ')
            .map(hexadecimal)
            .collect();
        let words = |line: &str| line.split(' ').map(str::to_owned).collect();
        let signers = words(lines.value("signers")?);
        let providers = words(lines.value("providers")?);
        lines.end(FORM)?;
        let call = Self {
            log,
            deal,
            complain,
            signers,
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
        // Of days that are written so, the later one is the larger text; whether there is such a day, a reader asks.
        let day = |text: &str| {
            let form = |(at, byte): (usize, u8)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            };
            text.len() == 10 && text.bytes().enumerate().all(form)
        };
        let graphic = |text: &str| {
            (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
        };
        rule(
            is_name(&self.name),
            "name",
            "letters, digits, `-`, `_` and `.`",
        )?;
        rule(graphic(&self.log), "log", "ASCII without spaces")?;
        rule(graphic(&self.period), "period", "ASCII without spaces")?;
        rule(
            day(&self.deal) && day(&self.complain) && self.deal < self.complain,
            "deal",
            "two days such as 2027-08-15, and the one for complaints is the later",
        )?;
        let trustees = self.trustees.len();
        let different: BTreeSet<_> = self.trustees.iter().collect();
        rule(
            (2..=MOST_TRUSTEES).contains(&trustees)
                && different.len() == trustees
                && self.trustees.iter().all(|key| point(key).is_some()),
            "trustees",
            "2 to 255 different keys",
        )?;
        let signers: BTreeSet<_> = self.signers.iter().collect();
        rule(
            signers.len() == trustees
                && self.signers.len() == trustees
                && self.signers.iter().all(|key| graphic(key)),
            "signers",
            "as many different keys as there are trustees",
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

    /// How many trustees have to have agreed to a set before one of them answers. Any two groups of so many have as many
    /// in common as open the sum: whoever gets two sets agreed to needs as many liars as could open each number anyway.
    #[must_use]
    pub fn needed(&self) -> usize {
        (self.trustees.len() + self.threshold).div_ceil(2)
    }

    /// What dealings, complaints and answers are bound to: SHA-256 of the text.
    ///
    /// # Errors
    ///
    /// As [`Call::to_text`].
    pub fn digest(&self) -> Result<[u8; 32], TextError> {
        Ok(Sha256::digest(self.to_text()?).into())
    }
}
