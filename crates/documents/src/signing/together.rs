//! What is signed in one sitting. What the pages of its mandates have in common is worked out once, and stands
//! on the first of them.

use std::collections::{BTreeMap, BTreeSet};

use lagrum_mandate::{AnswersRef, DemandAnswers};
use lagrum_model::{Answer, Case, Sha256Digest};

/// The mandates that a person signs in one sitting, in the order of their pages.
pub struct Together<'a> {
    places: BTreeMap<Sha256Digest, usize>,
    /// The parts that one of them carries out.
    inside: BTreeSet<usize>,
    /// The parts that a mandate of the case carries out, if it has not lapsed.
    by_mandate: BTreeSet<usize>,
    answers: BTreeMap<usize, &'a Answer>,
    now: DemandAnswers,
    told: BTreeMap<Sha256Digest, Told>,
}

/// How one account of the demand's answers fits what is answered now.
struct Told {
    parts: usize,
    /// The parts of which it says something else, where a mandate does not carry them out.
    others_differ: BTreeSet<usize>,
    /// Likewise, where a mandate carries them out and something of them stays.
    own_differ: BTreeSet<usize>,
}

impl Told {
    /// Nothing, if it is not the text that its digest names.
    fn of(said: &DemandAnswers, now: &DemandAnswers) -> Option<Self> {
        if said.parts.len() != now.parts.len() {
            return None;
        }
        let all: Vec<_> = (0..now.parts.len()).collect();
        let others = said.others(&[])?.into_iter().zip(now.others(&[])?);
        let others_differ = others
            .enumerate()
            .filter(|(_, (said, now))| !said.still_holds(now))
            .map(|(place, _)| place)
            .collect();
        let own = |answers: &DemandAnswers| {
            let cut =
                (0..answers.parts.len()).filter(|place| answers.parts[*place].cut_by.is_some());
            Some(cut.zip(answers.others(&all)?).collect::<BTreeMap<_, _>>())
        };
        let (said, now) = (own(said)?, own(now)?);
        let differs = |place: &usize| match (said.get(place), now.get(place)) {
            (None, None) => false,
            (Some(said), Some(now)) => !said.still_holds(now),
            _ => true,
        };
        Some(Self {
            parts: all.len(),
            others_differ,
            own_differ: all.into_iter().filter(differs).collect(),
        })
    }
}

impl<'a> Together<'a> {
    /// What a case says of the mandates of these texts.
    #[must_use]
    pub fn of<T: AsRef<str>>(facts: &'a Case, texts: &[T]) -> Self {
        let digests = texts
            .iter()
            .map(|text| Sha256Digest::of(text.as_ref().as_bytes()));
        let places: BTreeMap<_, _> = digests.zip(0..).collect();
        let records = || facts.mandates.iter();
        let inside = records().filter(|(digest, _)| places.contains_key(digest));
        let standing = records().filter(|(_, record)| !record.is_lapsed());
        let now = DemandAnswers::of(facts, None);
        let told = facts.answers_named.iter().filter_map(|(digest, text)| {
            let said = DemandAnswers::parse(text.as_bytes()).ok()?;
            // The text is the one that its name says.
            (said.digest() == *digest).then_some(())?;
            Some((*digest, Told::of(&said, &now)?))
        });
        let told = told.collect();
        Self {
            inside: inside
                .flat_map(|(_, one)| one.parts.iter().copied())
                .collect(),
            by_mandate: standing
                .flat_map(|(_, one)| one.parts.iter().copied())
                .collect(),
            answers: facts.answers.iter().map(|one| (one.part, one)).collect(),
            told,
            places,
            now,
        }
    }

    /// How many are signed together.
    pub(crate) fn count(&self) -> usize {
        self.places.len()
    }

    /// The place of a mandate among them, from 0.
    pub(crate) fn place(&self, mandate: &Sha256Digest) -> usize {
        self.places.get(mandate).copied().unwrap_or_default()
    }

    /// Whether one of them carries a part out.
    pub(crate) fn has(&self, part: usize) -> bool {
        self.inside.contains(&part)
    }

    /// Whether a mandate that stands carries a part out.
    pub(crate) fn is_by_mandate(&self, part: usize) -> bool {
        self.by_mandate.contains(&part)
    }

    pub(crate) fn answer(&self, part: usize) -> Option<&'a Answer> {
        self.answers.get(&part).copied()
    }

    /// Whether nothing of the demand is left beside these parts, and all of them is carried out.
    pub(crate) fn carries_all_out(&self, here: &[usize]) -> bool {
        self.now
            .others(here)
            .is_some_and(|others| others.is_empty())
    }

    /// Whether what a package will tell of the rest of the demand is how the case answers it, or what waited
    /// when its mandate was drafted.
    pub(crate) fn still_tells(&self, named: &AnswersRef) -> bool {
        let here: BTreeSet<_> = named.here.iter().copied().collect();
        self.told.get(&named.sha256).is_some_and(|told| {
            here.last().is_none_or(|last| *last < told.parts)
                && told.others_differ.iter().all(|part| here.contains(part))
                && here.iter().all(|part| !told.own_differ.contains(part))
        })
    }
}
