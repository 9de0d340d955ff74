use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use fluent_bundle::FluentResource;
use lagrum_law::{LawPacks, Translation};
use lagrum_model::Language;

use crate::Phrases;
use crate::fluent::{bundle, names};

pub(crate) const FRAMES: [(Language, [(&str, &str); 11]); 3] = [
    (
        Language::English,
        [
            ("locales/en/law.ftl", include_str!("../locales/en/law.ftl")),
            (
                "locales/en/conditions.ftl",
                include_str!("../locales/en/conditions.ftl"),
            ),
            (
                "locales/en/desk.ftl",
                include_str!("../locales/en/desk.ftl"),
            ),
            ("locales/en/web.ftl", include_str!("../locales/en/web.ftl")),
            (
                "locales/en/order.ftl",
                include_str!("../locales/en/order.ftl"),
            ),
            (
                "locales/en/letters.ftl",
                include_str!("../locales/en/letters.ftl"),
            ),
            (
                "locales/en/door.ftl",
                include_str!("../locales/en/door.ftl"),
            ),
            (
                "locales/en/outgoing.ftl",
                include_str!("../locales/en/outgoing.ftl"),
            ),
            (
                "locales/en/audit.ftl",
                include_str!("../locales/en/audit.ftl"),
            ),
            (
                "locales/en/public.ftl",
                include_str!("../locales/en/public.ftl"),
            ),
            (
                "locales/en/burden.ftl",
                include_str!("../locales/en/burden.ftl"),
            ),
        ],
    ),
    (
        Language::Swedish,
        [
            ("locales/sv/law.ftl", include_str!("../locales/sv/law.ftl")),
            (
                "locales/sv/conditions.ftl",
                include_str!("../locales/sv/conditions.ftl"),
            ),
            (
                "locales/sv/desk.ftl",
                include_str!("../locales/sv/desk.ftl"),
            ),
            ("locales/sv/web.ftl", include_str!("../locales/sv/web.ftl")),
            (
                "locales/sv/order.ftl",
                include_str!("../locales/sv/order.ftl"),
            ),
            (
                "locales/sv/letters.ftl",
                include_str!("../locales/sv/letters.ftl"),
            ),
            (
                "locales/sv/door.ftl",
                include_str!("../locales/sv/door.ftl"),
            ),
            (
                "locales/sv/outgoing.ftl",
                include_str!("../locales/sv/outgoing.ftl"),
            ),
            (
                "locales/sv/audit.ftl",
                include_str!("../locales/sv/audit.ftl"),
            ),
            (
                "locales/sv/public.ftl",
                include_str!("../locales/sv/public.ftl"),
            ),
            (
                "locales/sv/burden.ftl",
                include_str!("../locales/sv/burden.ftl"),
            ),
        ],
    ),
    (
        Language::Danish,
        [
            ("locales/da/law.ftl", include_str!("../locales/da/law.ftl")),
            (
                "locales/da/conditions.ftl",
                include_str!("../locales/da/conditions.ftl"),
            ),
            (
                "locales/da/desk.ftl",
                include_str!("../locales/da/desk.ftl"),
            ),
            ("locales/da/web.ftl", include_str!("../locales/da/web.ftl")),
            (
                "locales/da/order.ftl",
                include_str!("../locales/da/order.ftl"),
            ),
            (
                "locales/da/letters.ftl",
                include_str!("../locales/da/letters.ftl"),
            ),
            (
                "locales/da/door.ftl",
                include_str!("../locales/da/door.ftl"),
            ),
            (
                "locales/da/outgoing.ftl",
                include_str!("../locales/da/outgoing.ftl"),
            ),
            (
                "locales/da/audit.ftl",
                include_str!("../locales/da/audit.ftl"),
            ),
            (
                "locales/da/public.ftl",
                include_str!("../locales/da/public.ftl"),
            ),
            (
                "locales/da/burden.ftl",
                include_str!("../locales/da/burden.ftl"),
            ),
        ],
    ),
];

/// Every text in every language: the sentences of this room, and the law packs' translations.
#[derive(Clone)]
pub struct Texts {
    /// The provider's own, which count before those of this room.
    own: BTreeMap<Language, Vec<Arc<FluentResource>>>,
    packs: BTreeMap<Language, Vec<Arc<FluentResource>>>,
    keys: BTreeMap<Language, BTreeSet<String>>,
    /// What rules, clocks and notices say in English, as the packs write it.
    english: Arc<BTreeMap<String, String>>,
}

/// A file of texts that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{path}: {why}")]
pub struct TextError {
    /// The file.
    pub path: String,
    /// The line, the rule and the way out.
    pub why: String,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}

impl Phrases {
    /// A language, with the sentences of the law packs that were compiled in. Where a provider has
    /// packs of its own, [`Texts::new`] speaks them.
    #[must_use]
    pub fn of(language: Language) -> Self {
        match language {
            // The packs are written in English.
            Language::English => Texts::without_packs().phrases(language),
            Language::Swedish | Language::Danish => Texts::built_in().phrases(language),
        }
    }
}

impl Texts {
    /// The sentences of this room and those of `packs`.
    ///
    /// # Errors
    /// [`TextError`], naming the file and the line, if a translation cannot be read or a name is
    /// translated twice.
    pub fn new(packs: &LawPacks) -> Result<Self, TextError> {
        let mut texts = Self::with(packs.translations())?;
        let rules = packs.rules().map(|rule| (&rule.id, &rule.says));
        let clocks = packs.clocks().rules().iter();
        let clocks = clocks.map(|clock| (&clock.id, &clock.says));
        let notices = packs.notices().rules().iter();
        let notices = notices.map(|notice| (&notice.id, &notice.says));
        let all = rules.chain(clocks).chain(notices);
        let all = all.map(|(id, says)| (id.clone(), says.clone()));
        texts.english = Arc::new(all.collect());
        Ok(texts)
    }

    /// The sentences of this room and those of the packs that were compiled in: for a machine that
    /// has no law packs of its own.
    #[must_use]
    pub fn built_in() -> Self {
        let translations =
            Translation::embedded().expect("the packs that are compiled in are good");
        Self::with(&translations).expect("the translations that are compiled in can be read")
    }

    fn with(translations: &[Translation]) -> Result<Self, TextError> {
        let mut texts = Self::without_packs();
        for file in translations {
            let resource = resource(&file.path, &file.text)?;
            let keys = texts.keys.entry(file.language).or_default();
            for name in names(&file.text) {
                if !keys.insert(name.to_owned()) {
                    return Err(TextError {
                        path: file.path.clone(),
                        why: format!("`{name}` is translated twice; keep one"),
                    });
                }
            }
            let own = texts.packs.entry(file.language).or_default();
            own.push(Arc::new(resource));
        }
        Ok(texts)
    }

    /// The sentences of this room alone, for a language in which the packs are written anyway.
    pub(crate) fn without_packs() -> Self {
        Self {
            own: BTreeMap::new(),
            packs: BTreeMap::new(),
            keys: BTreeMap::new(),
            english: Arc::default(),
        }
    }

    pub(crate) fn own(&mut self, language: Language) -> &mut Vec<Arc<FluentResource>> {
        self.own.entry(language).or_default()
    }

    /// The sentences of this room and the provider's own.
    fn frame(&self, language: Language) -> impl Iterator<Item = &Arc<FluentResource>> {
        let own = self.own.get(&language).into_iter().flatten();
        built_in(language).iter().chain(own)
    }

    /// The names that the packs translate into a language, `_` for each full stop.
    #[must_use]
    pub fn translated(&self, language: Language) -> BTreeSet<String> {
        self.keys.get(&language).cloned().unwrap_or_default()
    }

    /// What is needed to speak a language.
    #[must_use]
    pub fn phrases(&self, language: Language) -> Phrases {
        let packs = self.packs.get(&language).into_iter().flatten();
        let all = self.frame(language).chain(packs);
        Phrases::new(
            language,
            bundle(language, all),
            bundle(Language::English, self.frame(Language::English)),
            Arc::clone(&self.english),
        )
    }
}

/// The sentences of this room in a language. Most programs speak one or two of them: each is read when it is first spoken.
fn built_in(language: Language) -> &'static [Arc<FluentResource>] {
    static READ: [OnceLock<Vec<Arc<FluentResource>>>; FRAMES.len()] =
        [const { OnceLock::new() }; FRAMES.len()];
    let mut all = FRAMES.iter().zip(&READ);
    let found = all.find(|((one, _), _)| *one == language);
    found.map_or(&[], |((_, files), read)| {
        read.get_or_init(|| {
            let read = |(path, text): &(&str, &str)| {
                Arc::new(resource(path, text).expect("the texts that are compiled in can be read"))
            };
            files.iter().map(read).collect()
        })
    })
}

pub(crate) fn resource(path: &str, text: &str) -> Result<FluentResource, TextError> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| TextError {
        path: path.to_owned(),
        why: errors.first().map_or_else(
            || "this is not a list of texts (Fluent)".to_owned(),
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
