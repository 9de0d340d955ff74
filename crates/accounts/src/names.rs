//! What is the same for every name of an account, wherever it stands.

use lagrum_model::EmailAddress;
use unicode_normalization::UnicodeNormalization;

/// What is wrong with a name that holds a wildcard.
pub(crate) fn wildcard_fault(name: &EmailAddress) -> Option<String> {
    let holds = name.normal().contains(['*', '%', '?']);
    holds.then(|| format!("`{name}` holds a wildcard, so that no mandate can name it; take it out"))
}

/// What a name looks like in small letters and the plainest form of each.
pub(crate) fn folded(normal: &str) -> String {
    let lowered: String = normal.nfkc().flat_map(char::to_lowercase).collect();
    lowered.nfkc().collect()
}
