//! What became of a demand.

use std::collections::BTreeSet;

use lagrum_model::{AccountIdentifier, Case, Disposition};
use serde::{Deserialize, Serialize};

/// What became of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// What it asked for was produced, as far as it was there.
    Produced,
    /// Some of it was produced.
    ProducedInPart,
    /// It was searched, and nothing was found.
    NothingFound,
    /// All of it was refused or challenged.
    Refused,
    /// The authority was told to ask somebody else, or in another way.
    Redirected,
    /// Its data is kept, and was not produced.
    Preserved,
    /// It was closed without an answer: sent twice, taken back, or answered outside this system.
    NotAnswered,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Produced,
        Self::ProducedInPart,
        Self::NothingFound,
        Self::Refused,
        Self::Redirected,
        Self::Preserved,
        Self::NotAnswered,
    ];

    /// The word in code books.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Produced => "produced",
            Self::ProducedInPart => "produced-in-part",
            Self::NothingFound => "nothing-found",
            Self::Refused => "refused",
            Self::Redirected => "redirected",
            Self::Preserved => "preserved",
            Self::NotAnswered => "not-answered",
        }
    }
}

/// How many accounts are in productions that hold something.
pub(crate) fn accounts(case: &Case) -> u32 {
    let parts = case.assessment.iter().flat_map(|found| &found.parts);
    let parts: Vec<_> = parts.collect();
    let mut accounts: BTreeSet<AccountIdentifier> = BTreeSet::new();
    for record in case.mandates.values() {
        if record.produced.is_none_or(|made| made.items == 0) {
            continue;
        }
        for part in &record.parts {
            // What its agent said of all together alone may be of each.
            let holds = record.found_of(*part).is_none_or(|found| found.items > 0);
            let named = parts.get(*part).and_then(|part| part.named());
            accounts.extend(named.filter(|_| holds));
        }
    }
    u32::try_from(accounts.len()).unwrap_or(u32::MAX)
}

pub(crate) fn outcome(case: &Case, accounts: u32) -> Outcome {
    let answers = || case.answers.iter().map(|answer| answer.disposition);
    let all = |wanted: &[Disposition]| answers().all(|one| wanted.contains(&one));
    let any = |wanted: &[Disposition]| answers().any(|one| wanted.contains(&one));
    let searched = case
        .mandates
        .values()
        .any(|record| record.produced.is_some());
    if case.answers.is_empty() {
        return Outcome::NotAnswered;
    }
    if accounts > 0 {
        let whole = all(&[Disposition::Produce])
            && case
                .answered_parts()
                .all(|(part, answer)| !answer.is_in_part(part));
        return match whole {
            true => Outcome::Produced,
            false => Outcome::ProducedInPart,
        };
    }
    if searched {
        return Outcome::NothingFound;
    }
    if any(&[
        Disposition::Reject,
        Disposition::Narrow,
        Disposition::Challenge,
    ]) {
        return Outcome::Refused;
    }
    if any(&[
        Disposition::RedirectToCustomer,
        Disposition::RedirectToTreatyChannel,
    ]) {
        return Outcome::Redirected;
    }
    if any(&[Disposition::Preserve]) {
        return Outcome::Preserved;
    }
    // It was looked up whose account it is, and it is nobody's.
    if any(&[Disposition::NoData]) {
        return Outcome::NothingFound;
    }
    Outcome::NotAnswered
}
