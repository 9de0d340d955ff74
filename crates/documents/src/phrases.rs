use std::collections::BTreeMap;
use std::sync::Arc;

use lagrum_law::{Pack, Way};
use lagrum_model::{Citation, CountryCode, Finding, Language};

use crate::fluent::{Bundle, Value, format, key};

/// What a law pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSaid {
    /// Its title.
    pub title: String,
    /// What it covers.
    pub covers: String,
    /// How far it is confirmed, and by whom.
    pub status: String,
}

/// A language, ready to be spoken.
pub struct Phrases {
    language: Language,
    own: Bundle,
    english: Bundle,
    /// What the packs say in English, by the names of rules, clocks and notices.
    packs: Arc<BTreeMap<String, String>>,
}

impl Phrases {
    pub(crate) fn new(
        language: Language,
        own: Bundle,
        english: Bundle,
        packs: Arc<BTreeMap<String, String>>,
    ) -> Self {
        Self {
            language,
            own,
            english,
            packs,
        }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence, its blanks filled in. One that the language lacks is said in English; one that
    /// nobody knows, as its key.
    pub(crate) fn say(&self, name: &str, blanks: &[(&str, Value<'_>)]) -> String {
        self.known(name, blanks).unwrap_or_else(|| name.to_owned())
    }

    /// A sentence with text in its blanks.
    #[must_use]
    pub fn fill(&self, name: &str, blanks: &[(&str, &str)]) -> String {
        let blanks: Vec<_> = blanks
            .iter()
            .map(|(name, text)| (*name, Value::from(*text)))
            .collect();
        self.say(name, &blanks)
    }

    /// A sentence about a number.
    #[must_use]
    pub fn count(&self, name: &str, count: u64) -> String {
        self.say(name, &[("count", Value::from(count))])
    }

    /// A word or sentence without blanks.
    #[must_use]
    pub fn word(&self, name: &str) -> String {
        self.say(name, &[])
    }

    /// A sentence, if there is one of that name.
    pub(crate) fn known(&self, name: &str, blanks: &[(&str, Value<'_>)]) -> Option<String> {
        format(&self.own, name, None, blanks).or_else(|| format(&self.english, name, None, blanks))
    }

    /// Several things in one sentence: `a, b and c`.
    #[must_use]
    pub fn list(&self, all: &[String]) -> String {
        match all {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                self.fill("list-and", &[("first", &first.join(", ")), ("last", last)])
            }
        }
    }

    /// A sentence with its first letter in upper case.
    #[must_use]
    pub fn sentence(&self, text: &str) -> String {
        let mut chars = text.chars();
        chars.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(chars).collect()
        })
    }

    /// A country by its name; one that has none here, by its two letters.
    #[must_use]
    pub fn country(&self, country: CountryCode) -> String {
        self.known(&format!("country-{country}"), &[])
            .unwrap_or_else(|| country.to_string())
    }

    /// What a rule, clock or notice means: in this language, or `english` and the remark that it is
    /// not translated.
    #[must_use]
    pub fn says(&self, id: &str, english: &str) -> String {
        match self.translation(id) {
            Some(text) => text,
            None => self.marked(english),
        }
    }

    /// What a rule, clock or notice means, by its name alone: in this language, in the packs' English, or
    /// nothing where these packs were not read.
    #[must_use]
    pub fn says_of(&self, id: &str) -> Option<String> {
        let english = || self.packs.get(id).map(|text| self.marked(text));
        self.translation(id).or_else(english)
    }

    /// English text in a document of this language.
    pub(crate) fn marked(&self, english: &str) -> String {
        if self.language == Language::English {
            english.to_owned()
        } else {
            format!("{english} {}", self.word("untranslated"))
        }
    }

    /// A rule's sentence in this language, if it is translated.
    #[must_use]
    pub fn translation(&self, id: &str) -> Option<String> {
        if self.language == Language::English {
            return None;
        }
        format(&self.own, &key(id), None, &[])
    }

    /// A further text of a rule in this language, if it is translated.
    pub(crate) fn attribute(&self, id: &str, name: &str) -> Option<String> {
        if self.language == Language::English {
            return None;
        }
        format(&self.own, &key(id), Some(name), &[])
    }

    /// Whether a rule is translated, or need not be.
    #[must_use]
    pub fn translates(&self, id: &str) -> bool {
        self.language == Language::English || self.translation(id).is_some()
    }

    /// What a forbidding rule tells the authority to do instead, `channel` being the treaty channel.
    #[must_use]
    pub fn instead_of(&self, id: &str, channel: &str) -> Option<String> {
        if self.language == Language::English {
            return None;
        }
        format(
            &self.own,
            &key(id),
            Some("instead"),
            &[("channel", channel.into())],
        )
    }

    /// What the authority of a finding can do instead. `channel` is the way between the two countries
    /// on the day ([`lagrum_law::LawPacks::channel`]); without one, or where it is not translated, it
    /// is named in general words.
    #[must_use]
    pub fn instead(&self, finding: &Finding, channel: Option<&Way>) -> Option<String> {
        let english = finding.instead.as_ref()?;
        if self.language == Language::English {
            return Some(english.clone());
        }
        let channel = channel
            .and_then(|way| way.in_language(self.language))
            .map_or_else(|| self.word("channel-blank"), str::to_owned);
        let limits = finding.within.iter().flat_map(|within| &within.by);
        let mut rules = finding.decided_by.iter().chain(limits);
        let of_a_rule = || rules.find_map(|rule| self.instead_of(&rule.rule, &channel));
        let translated = self.stated(english).or_else(of_a_rule).or_else(|| {
            let nobody = finding.decided_by.is_empty();
            nobody.then(|| self.word("nothing-permits-instead"))
        });
        Some(translated.unwrap_or_else(|| self.marked(english)))
    }

    /// What the desk noted of a part, in this language where it is one of its usual notes.
    pub(crate) fn noted(&self, english: &str) -> String {
        self.stated(english).unwrap_or_else(|| self.marked(english))
    }

    /// One of the few sentences that the desk adds to a part, by its English.
    fn stated(&self, english: &str) -> Option<String> {
        let alias = || {
            let account = english.strip_prefix("alias of ")?;
            let account = account.strip_suffix("; not followed")?;
            Some(self.fill("note-alias", &[("account", account)]))
        };
        let customer = || {
            let who = english.strip_prefix("customer: ")?;
            Some(self.fill("note-customer", &[("who", who)]))
        };
        let none_of_it = || {
            let category = english.strip_prefix("the account has no ")?;
            let category = category.strip_suffix(" data")?;
            let category = self.known(&format!("category-{category}"), &[])?;
            Some(self.fill("note-none-of-it", &[("category", &category)]))
        };
        let whole = || {
            let name = match english {
                "no account of this name" => "note-no-account",
                "The provider looks accounts up by their mail address; name that." => {
                    "note-by-address"
                }
                "This is another name of an account. A demand that names the account itself can be answered." => {
                    "note-name-the-account"
                }
                _ => return None,
            };
            Some(self.word(name))
        };
        let no_means = || {
            let kind = english.strip_prefix(
                "The provider has no means to find an account by an identifier of kind ",
            )?;
            let kind = kind.strip_suffix(". Name the account's mail address.")?;
            let kind = self.known(&format!("identifier-kind-{kind}"), &[])?;
            Some(self.fill("note-no-means", &[("kind", &kind)]))
        };
        whole()
            .or_else(alias)
            .or_else(customer)
            .or_else(none_of_it)
            .or_else(no_means)
    }

    /// A rule as a document cites it: what it means, the provision, its name.
    #[must_use]
    pub fn citation(&self, rule: &Citation) -> String {
        format!(
            "{} ({}; {})",
            self.says(&rule.rule, &rule.says),
            self.cite(&rule.rule, &rule.cite),
            rule.rule
        )
    }

    /// The provision that a rule, clock or notice cites.
    #[must_use]
    pub fn cite(&self, id: &str, english: &str) -> String {
        self.attribute(id, "cite")
            .unwrap_or_else(|| english.to_owned())
    }

    /// What a law pack says of itself: in this language, or in English with the remark that it is not translated.
    #[must_use]
    pub fn pack(&self, pack: &Pack) -> PackSaid {
        let id = format!("{}.pack", pack.name);
        let attribute = |name: &str, english: &str| {
            let own = self.attribute(&id, name);
            own.unwrap_or_else(|| self.marked(english))
        };
        PackSaid {
            title: self.says(&id, &pack.title),
            covers: attribute("covers", &pack.covers),
            status: attribute("status", &pack.status),
        }
    }

    /// How far a reading is verified. Where the pack does not translate the note, its weights and
    /// whether counsel confirmed it are said in this language; what exactly was read stays as it was
    /// noted.
    #[must_use]
    pub fn verified(&self, id: &str, noted: &str) -> String {
        if let Some(text) = self.attribute(id, "verified") {
            return text;
        }
        let parts = noted.split("; ").map(|part| {
            if let Some(rest) = part.strip_prefix("not confirmed by counsel") {
                return format!("{}{rest}", self.word("not-confirmed"));
            }
            let weights = [
                ("primary text in part", "verified-in-part"),
                ("primary text", "verified-primary"),
                ("secondary", "verified-secondary"),
                ("unverified", "verified-not"),
                ("provider's own rule", "verified-own"),
            ];
            for (weight, name) in weights {
                if let Some(rest) = part.strip_prefix(weight) {
                    return format!("{}{rest}", self.word(name));
                }
            }
            part.to_owned()
        });
        parts.collect::<Vec<_>>().join("; ")
    }
}

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phrases")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}
