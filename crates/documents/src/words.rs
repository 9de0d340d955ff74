//! Keys in words that two people can compare over the telephone.

use lagrum_model::{RecipientKey, Sha256Digest, in_words};

/// The fingerprint of a recipient's key, in words: what a page shows and an authority reads out.
#[must_use]
pub fn fingerprint(key: &RecipientKey) -> String {
    fingerprint_of(key.as_str())
}

/// The fingerprint of a key by its one text, in words: that of somebody who signs, for example.
#[must_use]
pub fn fingerprint_of(key: &str) -> String {
    in_words(&Sha256Digest::of(key.as_bytes()))
}
