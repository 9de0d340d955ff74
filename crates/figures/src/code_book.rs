//! The classes in which demands are counted: public, and generated.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use lagrum_model::{CountryCode, InstrumentKind};
use sha2::{Digest, Sha256};

use crate::{Facts, FiguresError, Outcome};

const FIRST_LINE: &str = "lagrum/figures/v1/codebook";
const WHAT: &str = "code book";
const PENDING: &str = "pending";
const OTHER: &str = "other";
/// The largest code book: 65,535 lines of some 60 bytes.
const LONGEST: usize = 8 << 20;

/// Kinds of which a provider may not even say how many there were: they are counted together with demands that nobody
/// described, whatever country they came from. Whether a commitment to a sealed count is a publication, no court has
/// said. What nobody described has no outcome, so that the classes of other outcomes still hold these kinds alone.
const SEALED: [InstrumentKind; 4] = [
    InstrumentKind::NationalSecurityLetter,
    InstrumentKind::ForeignIntelligenceOrder,
    InstrumentKind::CommunicationsDataNotice,
    InstrumentKind::InterceptionWarrant,
];

/// One class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Not answered yet.
    Pending,
    /// Answered.
    Answered {
        /// The country of the authority; absent: one that the code book does not name, or nobody described the demand.
        country: Option<String>,
        /// The kind of instrument; absent: one that the code book does not name, or nobody described the demand.
        instrument: Option<String>,
        /// What became of it.
        outcome: String,
    },
}

impl Class {
    /// Whether data was produced for what is in it.
    #[must_use]
    pub fn is_produced(&self) -> bool {
        const PRODUCED: [Outcome; 2] = [Outcome::Produced, Outcome::ProducedInPart];
        match self {
            Self::Pending => false,
            Self::Answered { outcome, .. } => PRODUCED.iter().any(|one| one.as_str() == outcome),
        }
    }
}

/// The classes, numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBook(Vec<Class>);

impl CodeBook {
    /// The classes for authorities of these countries: pending, then each country, kind of instrument and outcome.
    #[must_use]
    pub fn of(countries: &BTreeSet<CountryCode>) -> Self {
        let named = |text: String| Some(text);
        let countries: Vec<Option<String>> = countries
            .iter()
            .map(|country| named(country.to_string()))
            .chain([None])
            .collect();
        let own = InstrumentKind::ALL
            .into_iter()
            .filter(|kind| !SEALED.contains(kind));
        let instruments: Vec<Option<String>> = own
            .map(|kind| named(kind.as_str().to_owned()))
            .chain([None])
            .collect();
        let mut classes = vec![Class::Pending];
        for country in &countries {
            for instrument in &instruments {
                // What has no kind of its own has no country either: `US other` would be a count of what is sealed.
                if country.is_some() && instrument.is_none() {
                    continue;
                }
                classes.extend(Outcome::ALL.map(|outcome| Class::Answered {
                    country: country.clone(),
                    instrument: instrument.clone(),
                    outcome: outcome.as_str().to_owned(),
                }));
            }
        }
        Self(classes)
    }

    /// The countries that it names.
    pub(crate) fn countries(&self) -> BTreeSet<CountryCode> {
        let named = self.0.iter().filter_map(|class| match class {
            Class::Answered {
                country: Some(country),
                ..
            } => CountryCode::parse(country).ok(),
            _ => None,
        });
        named.collect()
    }

    /// The classes, the one with number 1 first.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        &self.0
    }

    /// How many classes.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is none, which no code book has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The class with this number.
    #[must_use]
    pub fn class(&self, number: u32) -> Option<&Class> {
        self.0.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The number of what is not answered yet.
    #[must_use]
    pub fn pending(&self) -> Option<u32> {
        self.number(&Class::Pending)
    }

    /// The number of the class of these facts.
    #[must_use]
    pub fn class_of(&self, facts: &Facts) -> Option<u32> {
        let Some(outcome) = facts.outcome else {
            return self.pending();
        };
        let country = facts.country.map(|country| country.to_string());
        let instrument = facts.instrument.map(|kind| kind.as_str().to_owned());
        let has = |wanted: &dyn Fn(&Class) -> bool| self.0.iter().any(wanted);
        let is_sealed = facts.instrument.is_some_and(|kind| SEALED.contains(&kind));
        let country = country.filter(|_| !is_sealed);
        let country = country.filter(|own| {
            has(&|class| matches!(class, Class::Answered { country: Some(one), .. } if one == own))
        });
        let instrument = instrument.filter(|_| !is_sealed);
        let instrument = instrument.filter(|own| {
            has(&|class| matches!(class, Class::Answered { instrument: Some(one), .. } if one == own))
        });
        self.number(&Class::Answered {
            country,
            instrument,
            outcome: outcome.as_str().to_owned(),
        })
    }

    fn number(&self, wanted: &Class) -> Option<u32> {
        let at = self.0.iter().position(|class| class == wanted)?;
        u32::try_from(at + 1).ok()
    }

    /// The numbers of the classes for which `wanted` holds.
    pub(crate) fn numbers(&self, wanted: impl Fn(&Class) -> bool) -> Vec<u32> {
        (1..)
            .zip(&self.0)
            .filter(|(_, class)| wanted(class))
            .map(|(number, _)| number)
            .collect()
    }

    /// The text. There is one for each code book.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (number, class) in (1..).zip(&self.0) {
            let _ = match class {
                Class::Pending => writeln!(text, "{number} {PENDING}"),
                Class::Answered {
                    country,
                    instrument,
                    outcome,
                } => writeln!(
                    text,
                    "{number} {} {} {outcome}",
                    country.as_deref().unwrap_or(OTHER),
                    instrument.as_deref().unwrap_or(OTHER),
                ),
            };
        }
        text.push('\n');
        text
    }

    /// Reads a code book.
    ///
    /// # Errors
    /// When it is not written as [`CodeBook::to_text`] writes, or names a class twice.
    pub fn parse(text: &[u8]) -> Result<Self, FiguresError> {
        const RULE: &str = "each line is the next number and `pending`, or country, instrument and outcome, each once";
        let wrong = || FiguresError::text(WHAT, RULE);
        let text = std::str::from_utf8(text).map_err(|_| wrong())?;
        if text.len() > LONGEST {
            return Err(wrong());
        }
        let body = text
            .strip_prefix(FIRST_LINE)
            .and_then(|rest| rest.strip_prefix('\n')?.strip_suffix("\n\n"))
            .ok_or_else(wrong)?;
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let named = |word: &str| (word != OTHER).then(|| word.to_owned());
        let mut classes = Vec::new();
        let mut seen = BTreeSet::new();
        for line in body.split('\n') {
            let words: Vec<&str> = line.split(' ').collect();
            let class = match words[..] {
                [_, PENDING] => Class::Pending,
                [_, country, instrument, outcome]
                    if [country, instrument, outcome].into_iter().all(is_word) =>
                {
                    Class::Answered {
                        country: named(country),
                        instrument: named(instrument),
                        outcome: outcome.to_owned(),
                    }
                }
                _ => return Err(wrong()),
            };
            if !seen.insert(class.clone()) {
                return Err(wrong());
            }
            classes.push(class);
        }
        let book = Self(classes);
        match book.to_text() == text && book.0.len() < 1 << 16 {
            true => Ok(book),
            false => Err(wrong()),
        }
    }

    /// SHA-256 of the text.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.to_text()).into()
    }
}
