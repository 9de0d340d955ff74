use lagrum_model::{Citation, Finding};

use super::Language;
use super::texts::{Bundle, format, key};
use crate::Way;

/// A language, ready to be spoken.
pub struct Phrases {
    language: Language,
    own: Bundle,
    english: Bundle,
}

impl Phrases {
    pub(super) fn new(language: Language, own: Bundle, english: Bundle) -> Self {
        Self {
            language,
            own,
            english,
        }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence around the rules, its blanks filled in. One that the language lacks is said in
    /// English; one that nobody knows, as its key.
    #[must_use]
    pub fn say(&self, name: &str, blanks: &[(&str, &str)]) -> String {
        format(&self.own, name, None, blanks)
            .or_else(|| format(&self.english, name, None, blanks))
            .unwrap_or_else(|| name.to_owned())
    }

    /// A word or sentence without blanks.
    #[must_use]
    pub fn word(&self, name: &str) -> String {
        self.say(name, &[])
    }

    /// What a rule, clock or notice means: in this language, or `english` and the remark that it is
    /// not translated.
    #[must_use]
    pub fn says(&self, id: &str, english: &str) -> String {
        match self.translation(id) {
            Some(text) => text,
            None if self.language == Language::English => english.to_owned(),
            None => format!("{english} {}", self.word("untranslated")),
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
    pub(super) fn attribute(&self, id: &str, name: &str) -> Option<String> {
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
            &[("channel", channel)],
        )
    }

    /// What the authority of a finding can do instead. `channel` is the way between the two countries
    /// on the day ([`crate::LawPacks::channel`]); without one, or where it is not translated, it is
    /// named in general words.
    #[must_use]
    pub fn instead(&self, finding: &Finding, channel: Option<&Way>) -> Option<String> {
        let english = finding.instead.as_ref()?;
        if self.language == Language::English {
            return Some(english.clone());
        }
        let channel = channel
            .and_then(|way| way.in_language(self.language))
            .map_or_else(|| self.word("channel-blank"), str::to_owned);
        let translated = match finding.decided_by.first() {
            Some(rule) => self.instead_of(&rule.rule, &channel),
            None => Some(self.word("nothing-permits-instead")),
        };
        Some(translated.unwrap_or_else(|| format!("{english} {}", self.word("untranslated"))))
    }

    /// A rule as a memo cites it: what it means, the provision, its name.
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
