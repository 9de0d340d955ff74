//! Plain words, in English, Swedish and Danish.
//!
//! The sentences around the rules stand in `locales/` of this crate; each rule's own sentence in
//! its pack: in English in the rule itself (`@says`, `@instead`), in other languages in
//! `law/<pack>/<language>.ftl`, under the rule's name with `_` for each full stop. A sentence that
//! is not translated is shown in English, and the reader is told so.

mod of_rule;
mod phrases;
mod texts;

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

pub use phrases::Phrases;
pub use texts::Texts;

/// The languages in which everything can be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Language {
    /// English, in which the packs are written.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Swedish.
    #[serde(rename = "sv")]
    Swedish,
    /// Danish.
    #[serde(rename = "da")]
    Danish,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::Swedish, Self::Danish];

    /// Its code (ISO 639-1).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Swedish => "sv",
            Self::Danish => "da",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Language {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|language| language.as_str() == text)
            .ok_or_else(|| format!("language `{text}`: write en, sv or da"))
    }
}

/// A rule, a clock or a rule of notice in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Its name.
    pub id: String,
    /// The language that was asked for.
    pub language: Language,
    /// What it is and says, line by line: a label and a text.
    pub lines: Vec<Line>,
    /// Whether its own sentences are in that language. If not, they are in English.
    pub translated: bool,
}

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What the line tells.
    pub label: String,
    /// What it says.
    pub text: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.id)?;
        for line in &self.lines {
            writeln!(f, "{}: {}", line.label, line.text)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
