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

/// What a name looks like, whatever its capitals, letters and spaces: equal for names that a reader
/// may take for one another (Unicode Technical Standard 39, section 4).
pub(crate) fn look(name: &str) -> String {
    let lower: String = name.nfkd().flat_map(char::to_lowercase).collect();
    let seen = skeleton(&lower).filter(|c| c.is_alphanumeric());
    // Small letters only once more: a skeleton may hold capitals.
    seen.flat_map(char::to_lowercase).collect()
}
