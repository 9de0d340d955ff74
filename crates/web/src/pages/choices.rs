//! What several forms let people choose from.

use lagrum_model::{CountryCode, InstrumentKind};

use crate::look::Choice;
use crate::visit::Visit;

/// The countries by their names; the one that is chosen is among them in any case.
pub(crate) fn countries(visit: &Visit<'_>, chosen: &str) -> Vec<Choice> {
    let words = visit.phrases();
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let mut all: Vec<_> = codes
        .filter_map(|code| {
            let name = words.country(CountryCode::parse(&code).ok()?);
            (name != code || code == chosen).then(|| Choice::new(&code, name))
        })
        .collect();
    all.sort_by(|one, other| one.label.cmp(&other.label));
    all
}

/// The kinds of instrument by their names.
pub(crate) fn kinds_of_instrument(visit: &Visit<'_>) -> Vec<Choice> {
    let words = visit.phrases();
    let mut kinds: Vec<_> = InstrumentKind::ALL
        .iter()
        .map(|kind| {
            let name = words.word(&format!("instrument-{}", kind.as_str()));
            Choice::new(kind.as_str(), words.sentence(&name))
        })
        .collect();
    kinds.sort_by(|one, other| one.label.cmp(&other.label));
    kinds
}

/// The kind of instrument that was chosen.
pub(crate) fn kind_of(text: &str) -> Option<InstrumentKind> {
    InstrumentKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == text)
}
