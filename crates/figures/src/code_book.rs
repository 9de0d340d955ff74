//! The classes in which demands are counted: public, and generated.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use lagrum_model::{CountryCode, InstrumentKind};
use sha2::{Digest, Sha256};

use crate::{Facts, FiguresError, Outcome};

const FIRST_LINE: &str = "lagrum/figures/v1/codebook";
const WHAT: &str = "code book";
const PENDING: &str = "pending";
const OTHER: &str = "other";
/// The largest code book: 65,535 lines of some 60 bytes.
const LONGEST: usize = 8 << 20;

/// Whether a kind is one of which a provider may not even say how many there were. They are counted together with demands
/// that nobody described, whatever became of them and whatever country they came from: whether a commitment to a sealed
/// count is a publication, no court has said. No table holds them but that of 50 U.S.C. § 1874.
#[must_use]
pub fn is_sealed(kind: InstrumentKind) -> bool {
    use InstrumentKind as Kind;
    // Every kind is named, so that a new one is decided on.
    match kind {
        Kind::NationalSecurityLetter
        | Kind::ForeignIntelligenceOrder
        | Kind::CommunicationsDataNotice
        | Kind::InterceptionWarrant => true,
        Kind::SearchWarrant
        | Kind::Subpoena
        | Kind::DisclosureOrder
        | Kind::EuropeanProductionOrder
        | Kind::EuropeanPreservationOrder
        | Kind::MutualLegalAssistanceRequest
        | Kind::ProductionOrder
        | Kind::CourtDecision
        | Kind::ProsecutorDecision
        | Kind::PoliceRequest
        | Kind::PreservationRequest
        | Kind::EmergencyRequest
        | Kind::EuropeanInvestigationOrder
        | Kind::PreservationOrder
        | Kind::DigitalServicesOrder => false,
    }
}

/// One class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Not answered yet.
    Pending,
    /// Answered, or not known any more, and not told apart: demands that nobody described, and kinds of instrument
    /// that the code book does not name.
    Other,
    /// Answered.
    Answered {
        /// The country of the authority; absent: one that the code book does not name.
        country: Option<String>,
        /// The kind of instrument.
        instrument: String,
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
            Self::Pending | Self::Other => false,
            Self::Answered { outcome, .. } => PRODUCED.iter().any(|one| one.as_str() == outcome),
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending => formatter.write_str("not answered yet"),
            Self::Other => formatter.write_str("other"),
            Self::Answered {
                country,
                instrument,
                outcome,
            } => {
                let country = country.as_deref().unwrap_or("other countries");
                let (instrument, outcome) =
                    (instrument.replace('-', " "), outcome.replace('-', " "));
                write!(formatter, "{country}, {instrument}, {outcome}")
            }
        }
    }
}

/// The classes, numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBook(Vec<Class>);

impl CodeBook {
    /// The classes for authorities of these countries: pending, others, then each country, kind of instrument and
    /// outcome.
    #[must_use]
    pub fn of(countries: &BTreeSet<CountryCode>) -> Self {
        let countries = countries.iter().map(ToString::to_string);
        let own = InstrumentKind::ALL
            .into_iter()
            .filter(|kind| !is_sealed(*kind));
        let instruments: Vec<_> = own.map(|kind| kind.as_str().to_owned()).collect();
        let outcomes = Outcome::ALL.map(|outcome| outcome.as_str().to_owned());
        Self::product(&countries.collect::<Vec<_>>(), &instruments, &outcomes)
    }

    fn product(countries: &[String], instruments: &[String], outcomes: &[String]) -> Self {
        let countries = countries.iter().cloned().map(Some).chain([None]);
        let mut classes = vec![Class::Pending, Class::Other];
        for country in countries {
            for instrument in instruments {
                classes.extend(outcomes.iter().map(|outcome| Class::Answered {
                    country: country.clone(),
                    instrument: instrument.clone(),
                    outcome: outcome.clone(),
                }));
            }
        }
        Self(classes)
    }

    /// Whether it is one that is generated: each of its countries with each of its kinds and outcomes, and nothing else.
    /// Which kinds and outcomes there are, a later program knows otherwise.
    pub(crate) fn is_generated(&self) -> bool {
        let (mut countries, mut instruments, mut outcomes) = (vec![], vec![], vec![]);
        let put = |to: &mut Vec<String>, word: &String| {
            if !to.contains(word) {
                to.push(word.clone());
            }
        };
        for class in &self.0 {
            if let Class::Answered {
                country,
                instrument,
                outcome,
            } = class
            {
                country
                    .iter()
                    .for_each(|country| put(&mut countries, country));
                put(&mut instruments, instrument);
                put(&mut outcomes, outcome);
            }
        }
        countries.is_sorted() && Self::product(&countries, &instruments, &outcomes) == *self
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
        let Some(instrument) = facts.instrument.filter(|kind| self.names(kind.as_str())) else {
            return self.number(&Class::Other);
        };
        let country = facts.country.map(|country| country.to_string());
        let of = |country| Class::Answered {
            country,
            instrument: instrument.as_str().to_owned(),
            outcome: outcome.as_str().to_owned(),
        };
        self.number(&of(country)).or_else(|| self.number(&of(None)))
    }

    /// Kinds of instrument and outcomes that this program tells apart, and this code book does not: what came on such a
    /// kind is counted among others. None where this program wrote it.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        let kinds = InstrumentKind::ALL
            .into_iter()
            .filter(|kind| !is_sealed(*kind));
        let kinds = kinds
            .map(InstrumentKind::as_str)
            .filter(|kind| !self.names(kind));
        let has = |outcome: &Outcome| {
            let of = |class: &Class| matches!(class, Class::Answered { outcome: own, .. } if own == outcome.as_str());
            self.0.iter().any(of)
        };
        let outcomes = Outcome::ALL.into_iter().filter(|outcome| !has(outcome));
        kinds.chain(outcomes.map(Outcome::as_str)).collect()
    }

    /// Whether it names a kind of instrument; if not, what came on one is counted among others.
    #[must_use]
    pub fn names(&self, kind: &str) -> bool {
        let of = |class: &Class| matches!(class, Class::Answered { instrument, .. } if instrument == kind);
        self.0.iter().any(of)
    }

    /// Whether a class is one of those of what an authority of this country asked for on an instrument of this kind, once
    /// it is answered.
    #[must_use]
    pub fn is_of(&self, class: &Class, country: &str, kind: &str) -> bool {
        let of = |class: &Class| match class {
            Class::Answered { country, .. } => country.clone(),
            Class::Pending | Class::Other => None,
        };
        match class {
            Class::Pending => false,
            Class::Other => InstrumentKind::ALL
                .into_iter()
                .any(|own| own.as_str() == kind && is_sealed(own)),
            Class::Answered { instrument, .. } => {
                let named = self.0.iter().any(|one| of(one).as_deref() == Some(country));
                instrument == kind && of(class).as_deref() == named.then_some(country)
            }
        }
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
                Class::Other => writeln!(text, "{number} {OTHER}"),
                Class::Answered {
                    country,
                    instrument,
                    outcome,
                } => writeln!(
                    text,
                    "{number} {} {instrument} {outcome}",
                    country.as_deref().unwrap_or(OTHER),
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
        const RULE: &str = "each line is the next number and `pending`, `other`, or country, instrument and outcome, each once";
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
                [_, OTHER] => Class::Other,
                [_, country, instrument, outcome]
                    if [country, instrument, outcome].into_iter().all(is_word) =>
                {
                    Class::Answered {
                        country: named(country),
                        instrument: instrument.to_owned(),
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
