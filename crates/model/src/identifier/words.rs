use serde::{Deserialize, Serialize};

use super::text::one_text;
use crate::one_line;

/// The longest words that are taken in, in bytes.
const LONGEST: usize = 2000;

/// Reads one line of words.
fn words(what: &str, text: &str) -> Result<String, String> {
    let fault = |why: &str| Err(format!("{what} `{}`: {why}", text.escape_debug()));
    if let Err(why) = one_line(text) {
        return fault(&why);
    }
    match text.trim() {
        "" => fault("write what the demand says"),
        trimmed if trimmed.len() > LONGEST => fault("write at most 2000 bytes"),
        trimmed => Ok(trimmed.to_owned()),
    }
}

/// A place or an area, in the words of the demand: "everybody within 150 m of 37.41, -77.72". Names
/// nobody; written down so that such a demand can be answered and counted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Area(String);

one_text!(Area, "everybody within 150 m of 37.41, -77.72");

impl Area {
    /// Reads one line of words.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks.
    pub fn parse(text: &str) -> Result<Self, String> {
        words("area", text).map(Self)
    }
}

/// What is to be searched for in what accounts hold, or words that describe somebody. Names nobody;
/// written down so that such a demand can be answered and counted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SearchTerm(String);

one_text!(SearchTerm, "the person who posted yesterday");

impl SearchTerm {
    /// Reads one line of words.
    ///
    /// # Errors
    /// A sentence that names the rule that `text` breaks.
    pub fn parse(text: &str) -> Result<Self, String> {
        words("search term", text).map(Self)
    }
}
