use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use super::{Language, Phrases};
use crate::LawError;

const FRAMES: [(Language, &str, &str); 3] = [
    (
        Language::English,
        "locales/en.ftl",
        include_str!("../../locales/en.ftl"),
    ),
    (
        Language::Swedish,
        "locales/sv.ftl",
        include_str!("../../locales/sv.ftl"),
    ),
    (
        Language::Danish,
        "locales/da.ftl",
        include_str!("../../locales/da.ftl"),
    ),
];

/// Every text in every language: the sentences around the rules, and the packs' translations.
#[derive(Clone)]
pub struct Texts {
    frames: BTreeMap<Language, Arc<FluentResource>>,
    packs: BTreeMap<Language, Vec<Arc<FluentResource>>>,
    keys: BTreeMap<Language, BTreeSet<String>>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}

impl Texts {
    pub(crate) fn embedded() -> Result<Self, LawError> {
        let mut frames = BTreeMap::new();
        for (language, path, text) in FRAMES {
            frames.insert(language, Arc::new(resource(path, text)?));
        }
        Ok(Self {
            frames,
            packs: BTreeMap::new(),
            keys: BTreeMap::new(),
        })
    }

    /// Adds a pack's translations.
    pub(crate) fn add(&mut self, language: &str, path: &str, text: &str) -> Result<(), LawError> {
        let fault = |why: String| LawError::Facts {
            path: path.to_owned(),
            why,
        };
        let language: Language = language
            .parse()
            .map_err(|_| fault("the file is named after its language: sv.ftl or da.ftl".into()))?;
        let resource = resource(path, text)?;
        let keys = self.keys.entry(language).or_default();
        for name in names(text) {
            if !keys.insert(name.to_owned()) {
                return Err(fault(format!("`{name}` is translated twice")));
            }
        }
        self.packs
            .entry(language)
            .or_default()
            .push(Arc::new(resource));
        Ok(())
    }

    /// The names that the packs translate into a language, `_` for each full stop.
    #[must_use]
    pub fn translated(&self, language: Language) -> BTreeSet<String> {
        self.keys.get(&language).cloned().unwrap_or_default()
    }

    /// What is needed to speak a language.
    #[must_use]
    pub fn phrases(&self, language: Language) -> Phrases {
        let frames = self.frames.get(&language).into_iter();
        let own = frames.chain(self.packs.get(&language).into_iter().flatten());
        let english = self.frames.get(&Language::English).into_iter();
        Phrases::new(
            language,
            bundle(language, own),
            bundle(Language::English, english),
        )
    }
}

/// A rule's name as a translation is keyed.
pub(crate) fn key(id: &str) -> String {
    id.replace('.', "_")
}

/// The names of the texts of a file: a text begins at the first column of a line, with its name and
/// an equals sign.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| Some(line.split_once('=')?.0.trim_end()))
}

fn resource(path: &str, text: &str) -> Result<FluentResource, LawError> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| LawError::Facts {
        path: path.to_owned(),
        why: errors.first().map_or_else(
            || "this is no list of texts (Fluent)".to_owned(),
            |error| {
                let line = text
                    .as_bytes()
                    .iter()
                    .take(error.pos.start)
                    .filter(|b| **b == b'\n');
                format!("line {}: {}", line.count() + 1, error.kind)
            },
        ),
    })
}

pub(super) type Bundle = FluentBundle<Arc<FluentResource>>;

fn bundle<'a>(
    language: Language,
    resources: impl Iterator<Item = &'a Arc<FluentResource>>,
) -> Bundle {
    let tag: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The marks around placed words are for right-to-left scripts; a memo is plain text.
    bundle.set_use_isolating(false);
    for resource in resources {
        bundle.add_resource_overriding(Arc::clone(resource));
    }
    bundle
}

/// A text with its blanks filled in, if it is there and nothing is missing in it.
pub(super) fn format(
    bundle: &Bundle,
    key: &str,
    attribute: Option<&str>,
    blanks: &[(&str, &str)],
) -> Option<String> {
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut args = FluentArgs::new();
    for (name, value) in blanks {
        args.set(*name, *value);
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}
