//! Words of what people wrote: how a text is split, and what is searched for.
//!
//! The database keeps no word, only its keyed tag: nobody reads a text out of it, and it is found by whole words
//! alone.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// How many different words are kept of a case: those of what was written first. A case with more is told (see
/// [`Store::half_searched`](crate::Store::half_searched)).
pub const MOST_WORDS: usize = 20_000;

/// How many different words one search asks for.
pub const MOST_SOUGHT: usize = 16;

/// The longest text in which they stand, in bytes.
pub const LONGEST_SOUGHT: usize = 1000;

/// A word of fewer characters says too little to find a case.
const SHORTEST: usize = 2;

/// A keyed hash of a word: equal words have equal tags in all cases, and without the master key nobody can try out
/// which word a tag is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordTag(pub i64);

/// The words of a text, in its order: divided as Unicode says (UAX #29) and at every mark within them, in lower
/// case, letters composed (Unicode normalization form C), without characters that nobody sees. Marks of letters
/// stay: a and å are two letters. Words of one character are left out.
///
/// Scripts that leave no space between words, such as Chinese and Thai, give no words.
#[must_use]
pub fn words_of(text: &str) -> Vec<String> {
    let seen = |c: &char| c.is_control() || c.is_whitespace() || !lagrum_model::is_invisible(*c);
    let apart = |c: char| if is_within_words(c) { ' ' } else { c };
    let text: String = text.chars().filter(seen).nfc().map(apart).collect();
    // A mark with nothing to stand on takes the space before it.
    let words = text.unicode_words().map(str::trim_start);
    let words = words.map(|word| word.to_lowercase().nfc().collect::<String>());
    let long_enough = |word: &String| word.chars().nth(SHORTEST - 1).is_some();
    words.filter(long_enough).collect()
}

/// What Unicode takes for a part of a word, and people for its end: an address is its names, `EU:s` is EU, and a
/// narrow space is a space.
fn is_within_words(c: char) -> bool {
    c.is_ascii_punctuation()
        || c.is_whitespace()
        || matches!(
            c,
            '\u{b7}'
                | '\u{387}'
                | '\u{2018}'
                | '\u{2019}'
                | '\u{2024}'
                | '\u{2027}'
                | '\u{203f}'
                | '\u{2040}'
        )
}

/// The different words of some texts, up to [`MOST_WORDS`], and whether there are more.
pub(crate) fn kept(texts: &[&str]) -> (BTreeSet<String>, bool) {
    let mut words = BTreeSet::new();
    for word in texts.iter().flat_map(|text| words_of(text)) {
        if words.len() == MOST_WORDS && !words.contains(&word) {
            return (words, true);
        }
        words.insert(word);
    }
    (words, false)
}

/// Why nothing can be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWords {
    /// No word is in the text.
    #[error("write at least one word of two letters or digits")]
    None,
    /// More is asked for than one search takes.
    #[error("write at most {MOST_SOUGHT} words, and {LONGEST_SOUGHT} bytes")]
    TooMany,
}

/// The words that a search asks for: at least one, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought(BTreeSet<String>);

impl Sought {
    /// The words of a text. Those of one character are passed over.
    ///
    /// # Errors
    /// [`NoWords`], where it holds none or too many.
    pub fn parse(text: &str) -> Result<Self, NoWords> {
        if text.len() > LONGEST_SOUGHT {
            return Err(NoWords::TooMany);
        }
        let words: BTreeSet<_> = words_of(text).into_iter().collect();
        match words.len() {
            0 => Err(NoWords::None),
            1..=MOST_SOUGHT => Ok(Self(words)),
            _ => Err(NoWords::TooMany),
        }
    }

    /// The words, each once.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
