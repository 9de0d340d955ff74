//! When two names on a roster are those of two people.

use lagrum_model::is_invisible;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_security::{MixedScript, skeleton};

/// Whether a name is written so that it cannot be taken for another.
///
/// # Errors
/// The rule that it breaks.
pub(crate) fn check(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        return Err("a person has no name; write the full name");
    }
    let hidden = |c: char| is_invisible(c) || (c.is_whitespace() && c != ' ');
    if name.contains(hidden) {
        return Err("it holds a character that nobody sees; write it with plain spaces only");
    }
    if name != name.trim() || name.contains("  ") {
        return Err("write one space between its words, and none before or after");
    }
    if !is_nfc(name) {
        return Err("write its accents composed (Unicode form NFC)");
    }
    if !name.is_single_script() {
        return Err(
            "it mixes the letters of two alphabets, so that it may look like another; use one",
        );
    }
    Ok(())
}

/// Whether a reader may take one name for the other, whatever their capitals, letters, spaces and the order
/// of their words.
pub(crate) fn read_alike(one: &str, other: &str) -> bool {
    let (one, other) = (looks(one), looks(other));
    one.iter().any(|look| other.contains(look))
}

/// What a name looks like: equal for names that a reader may take for one another (Unicode Technical
/// Standard 39, section 4), as it is written and in small letters, where others are alike (`I` and `l`).
fn looks(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().collect();
    let ways = [plain.to_lowercase(), plain];
    let looks = ways.iter().flat_map(|name| {
        let mut words: Vec<String> = name.split(' ').map(look_of_word).collect();
        let as_written = words.concat();
        words.sort_unstable();
        [as_written, words.concat()]
    });
    looks.collect()
}

fn look_of_word(word: &str) -> String {
    let seen = skeleton(word).filter(|c| c.is_alphanumeric());
    // Small letters only once more: a skeleton may hold capitals.
    seen.flat_map(char::to_lowercase).collect()
}
