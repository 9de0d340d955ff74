//! Keys in words that two people can compare over the telephone.

use lagrum_model::{RecipientKey, Sha256Digest, in_words};

/// The fingerprint of a recipient's key: what a page shows and an authority reads out. Of an age key in words; of a
/// certificate the digits that programs show of it (of X.509 its SHA-256), in capitals and groups of four.
#[must_use]
pub fn fingerprint(key: &RecipientKey) -> String {
    let Some(named) = key.certificate() else {
        return fingerprint_of(key.as_str());
    };
    let mut groups = String::new();
    for (at, digit) in named.fingerprint.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            groups.push(' ');
        }
        groups.push(digit.to_ascii_uppercase());
    }
    groups
}

/// The fingerprint of a key by its one text, in words: that of somebody who signs, for example.
#[must_use]
pub fn fingerprint_of(key: &str) -> String {
    in_words(&Sha256Digest::of(key.as_bytes()))
}
