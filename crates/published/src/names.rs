//! What countries and kinds of instrument are called.

use lagrum_figures::Outcome;
use lagrum_model::Language;

use crate::words::Words;

/// English names that have an article within a sentence.
const WITH_ARTICLE: [&str; 7] = [
    "United ",
    "Netherlands",
    "Philippines",
    "Bahamas",
    "Maldives",
    "Central African",
    "Dominican Republic",
];

/// A country by its name; one that has none, by its two letters.
pub(crate) fn country(language: Language, code: &str) -> String {
    let text = match language {
        Language::English => include_str!("../../documents/locales/en/desk.ftl"),
        Language::Swedish => include_str!("../../documents/locales/sv/desk.ftl"),
        Language::Danish => include_str!("../../documents/locales/da/desk.ftl"),
    };
    named(text, "country-", code).unwrap_or(code).to_owned()
}

/// The same within a sentence.
pub(crate) fn country_in_sentence(language: Language, code: &str) -> String {
    let name = country(language, code);
    let article =
        language == Language::English && WITH_ARTICLE.iter().any(|begin| name.starts_with(begin));
    match article {
        true => format!("the {name}"),
        false => name,
    }
}

/// A kind of instrument; one that has no name here, by its word in the code book.
pub(crate) fn instrument(language: Language, kind: &str) -> String {
    let text = match language {
        Language::English => include_str!("../../documents/locales/en/law.ftl"),
        Language::Swedish => include_str!("../../documents/locales/sv/law.ftl"),
        Language::Danish => include_str!("../../documents/locales/da/law.ftl"),
    };
    let name = named(text, "instrument-", kind);
    name.map_or_else(|| kind.replace('-', " "), str::to_owned)
}

/// An outcome, and what more is to be said of it.
pub(crate) fn outcome(words: &Words, outcome: &str) -> (String, Option<&'static str>) {
    let mut all = Outcome::ALL.iter().zip(&words.outcomes);
    match all.find(|(one, _)| one.as_str() == outcome) {
        Some((_, (name, more))) => ((*name).to_owned(), Some(*more)),
        None => (outcome.replace('-', " "), None),
    }
}

fn named(text: &'static str, prefix: &str, key: &str) -> Option<&'static str> {
    text.lines().find_map(|line| {
        let rest = line.strip_prefix(prefix)?.strip_prefix(key)?;
        rest.strip_prefix(" = ")
    })
}
