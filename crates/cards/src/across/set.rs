//! Whose dealings are added up.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Call, Dealing, FEWEST_PROVIDERS, SumError};
use crate::error::TextError;
use crate::text::{Lines, hexadecimal};

const FORM: &str = "lagrum/count-cards/v1/sum-set";

/// Whose dealings are added up: an entry of the log, the first for its call and the only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumSet {
    /// SHA-256 of the call.
    pub call: [u8; 32],
    /// Providers by the origin of their log, ascending, each with SHA-256 of its dealing.
    pub dealings: BTreeMap<String, [u8; 32]>,
}

impl SumSet {
    /// The set of these dealings.
    ///
    /// # Errors
    ///
    /// If one was not asked, deals twice, deals in a false form, or there are fewer than five.
    pub fn of(call: &Call, dealings: &[Dealing]) -> Result<Self, SumError> {
        let mut set = BTreeMap::new();
        for dealing in dealings {
            dealing.open(call)?;
            let asked = call.providers.binary_search(&dealing.provider).is_ok();
            let before = set.insert(dealing.provider.clone(), dealing.digest());
            if !asked || before.is_some() {
                return Err(SumError::Unknown(dealing.provider.clone()));
            }
        }
        if set.len() < FEWEST_PROVIDERS {
            return Err(TextError::new("set", "at least five providers").into());
        }
        Ok(Self {
            call: call.digest()?,
            dealings: set,
        })
    }

    /// Reads a set.
    ///
    /// # Errors
    ///
    /// If it is not written in the one way that the protocol permits.
    pub fn parse(text: &[u8]) -> Result<Self, TextError> {
        const RULE: TextError = TextError::new(
            "provider",
            "each line has to be `provider`, an origin and 64 hexadecimal digits, ascending, at least five",
        );
        let mut lines = Lines::new(text, FORM)?;
        let call = hexadecimal(lines.value("call")?);
        let call = call.ok_or(TextError::new(
            "call",
            "64 digits in lower-case hexadecimal",
        ))?;
        let mut dealings = BTreeMap::new();
        while let Some(line) = lines.line() {
            let rest = line.strip_prefix("provider ").ok_or(RULE)?;
            let (provider, digest) = rest.split_once(' ').ok_or(RULE)?;
            dealings.insert(provider.to_owned(), hexadecimal(digest).ok_or(RULE)?);
        }
        lines.end(FORM)?;
        let set = Self { call, dealings };
        let whole = set.dealings.len() >= FEWEST_PROVIDERS && set.to_text().as_bytes() == text;
        whole.then_some(set).ok_or(RULE)
    }

    /// The text that lies in the log, and that trustees sign.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines: Vec<String> = self
            .dealings
            .iter()
            .map(|(provider, digest)| format!("provider {provider} {}\n", hex::encode(digest)))
            .collect();
        format!(
            "{FORM}\ncall {}\n{}\n",
            hex::encode(self.call),
            lines.concat()
        )
    }

    /// By what agreements and answers name it: SHA-256 of the text.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.to_text()).into()
    }

    pub(super) fn holds(&self, call: &Call, dealings: &[Dealing]) -> Result<(), SumError> {
        if *self == Self::of(call, dealings)? {
            Ok(())
        } else {
            Err(TextError::new("set", "these are not the dealings of the set in the log").into())
        }
    }
}
