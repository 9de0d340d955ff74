//! Who asked, as figures know them.

use lagrum_model::{Actor, Case, CountryCode, Sha256Digest};
use serde::{Deserialize, Serialize};

/// An authority, so far as two demands of it are known to be of one: its country, and a digest of its name. The name itself
/// is not kept, as people wrote it; whoever guesses it can compare.
///
/// Capital letters, spaces and the signs between words tell no two authorities apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asker {
    /// The country that it acts for.
    pub country: CountryCode,
    /// SHA-256 of its name.
    pub name: Sha256Digest,
}

impl Asker {
    /// The authority of this name and country.
    #[must_use]
    pub fn of(name: &str, country: CountryCode) -> Self {
        let words = name.split(|sign: char| !sign.is_alphanumeric());
        let words: Vec<_> = words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let text = format!("lagrum/figures/v1/asker\n{country}\n{}\n", words.join(" "));
        Self {
            country,
            name: Sha256Digest::of(text.as_bytes()),
        }
    }

    /// Those that know of a case, each once: whom the demand names, and whose officer sent it at the door.
    pub(crate) fn of_case(case: &Case) -> Vec<Self> {
        let named = case.demand.as_ref().map(|demand| &demand.authority);
        let named = named.map(|authority| Self::of(&authority.name, authority.country));
        let sent = match &case.sent_by {
            Some(Actor::Officer {
                authority, country, ..
            }) => Some(Self::of(authority, *country)),
            _ => None,
        };
        let mut all: Vec<_> = named.into_iter().chain(sent).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
