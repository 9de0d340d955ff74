//! A demand, as it is counted.

use lagrum_figures::{CaseFacts, Notice, Outcome, is_sealed};
use lagrum_model::{AuthorityKind, Category, CountryCode, InstrumentKind};

use crate::span::{day, seconds, whole_days};

/// A demand that may be counted: a few bytes, and nothing of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    kind: Kind,
    identifiers: u32,
    accounts: u32,
    /// Seconds from its receipt to its answer, 136 years at most.
    answered: Option<u32>,
    /// Days from its issue to the request for what it preserves.
    followed: Option<u32>,
    is_content: bool,
    is_content_abroad: bool,
    is_challenged: bool,
    notice: Notice,
}

/// What demands have in common that are counted together: the dimensions of a [`Cube`](crate::Cube).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    /// The country of the authority.
    pub country: CountryCode,
    /// On what it rests.
    pub instrument: InstrumentKind,
    /// Whether a party to proceedings sent it, and no authority.
    pub is_private: bool,
    /// Whether it claims a danger.
    pub is_emergency: bool,
    /// Which kinds of data it asks for.
    pub asked: Categories,
    /// What became of it; absent while it is not answered.
    pub outcome: Option<Outcome>,
}

/// Kinds of data, each once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Categories(u8);

impl Categories {
    /// From the least intrusive to the most.
    pub fn iter(self) -> impl Iterator<Item = Category> {
        let is_in = move |one: &Category| self.0 & bit(*one) != 0;
        Category::ALL.into_iter().filter(is_in)
    }

    /// One bit for each, the least intrusive first: below 16.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }
}

impl FromIterator<Category> for Categories {
    fn from_iter<T: IntoIterator<Item = Category>>(all: T) -> Self {
        Self(all.into_iter().fold(0, |bits, one| bits | bit(one)))
    }
}

fn bit(category: Category) -> u8 {
    1 << category as u8
}

/// Sums over demands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many demands they are.
    pub demands: u64,
    /// Accounts, addresses and other things that they name, each once in each demand.
    pub identifiers: u64,
    /// Accounts of which something was produced, each once for each demand.
    pub accounts: u64,
    /// Demands of which content was produced, whatever else was.
    pub content: u64,
    /// Demands of which content was produced that lies outside the country of the authority.
    pub content_abroad: u64,
    /// Demands that were challenged.
    pub challenged: u64,
    /// Demands of which the account holder may not be told, or not yet.
    pub withheld: u64,
    /// Demands of which the account holder was told.
    pub told: u64,
    /// Demands with a time from receipt to answer.
    pub timed: u64,
    /// The sum of these times, in seconds.
    pub seconds: u64,
    /// Demands that name the day of their issue, and of which the authority confirmed that a request for what they preserve
    /// followed.
    pub followed: u64,
    /// The sum of the whole days from the issue of these to the day (in UTC) on which it confirmed that.
    pub days: u64,
}

impl Demand {
    /// Of a case. Nothing of a demand that is counted nowhere: sent again, described by nobody, or national security
    /// process.
    #[must_use]
    pub fn of(facts: &CaseFacts) -> Option<Self> {
        let asked = facts.asked.as_ref().filter(|_| !facts.sent_again)?;
        if is_sealed(asked.instrument) {
            return None;
        }
        let kind = Kind {
            country: asked.country,
            instrument: asked.instrument,
            is_private: asked.authority == AuthorityKind::PrivateParty,
            is_emergency: facts.emergency.is_some()
                || asked.instrument == InstrumentKind::EmergencyRequest,
            asked: asked.categories.iter().copied().collect(),
            outcome: facts.outcome,
        };
        let content = |abroad: bool| {
            let is_abroad = |country: CountryCode| country != asked.country;
            kind.is_disclosed()
                && facts.parts.iter().any(|parts| {
                    parts.produced
                        && parts.category == Category::Content
                        && (!abroad || parts.stored_in.is_some_and(is_abroad))
                })
        };
        let answered = facts.answered_at.map(|at| seconds(facts.received_at, at));
        let requested = facts.production_requested_at.map(day);
        let issued = asked.issued_on.zip(requested);
        Some(Self {
            kind,
            identifiers: asked.identifiers,
            accounts: facts.accounts,
            answered,
            followed: issued.and_then(|(from, until)| whole_days(from, until)),
            is_content: content(false),
            is_content_abroad: content(true),
            is_challenged: facts.challenge.is_some(),
            notice: facts.notice,
        })
    }

    /// With which others it is counted.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Seconds from its receipt to its answer, if it has one.
    pub(crate) fn answered(&self) -> Option<u32> {
        self.answered
    }

    /// What it adds to each sum.
    #[must_use]
    pub fn sums(&self) -> Sums {
        Sums {
            demands: 1,
            identifiers: self.identifiers.into(),
            accounts: self.accounts.into(),
            content: self.is_content.into(),
            content_abroad: self.is_content_abroad.into(),
            challenged: self.is_challenged.into(),
            withheld: matches!(self.notice, Notice::Forbidden | Notice::Delayed).into(),
            told: (self.notice == Notice::Told).into(),
            timed: self.answered.is_some().into(),
            seconds: self.answered.unwrap_or_default().into(),
            followed: self.followed.is_some().into(),
            days: self.followed.unwrap_or_default().into(),
        }
    }
}

impl Kind {
    /// How many numbers there are, one for each kind that can be.
    pub(crate) const NUMBERS: usize = 26 * 26 * Self::OF_A_COUNTRY;
    const OF_A_COUNTRY: usize = InstrumentKind::ALL.len() * 4 * 16 * Self::OUTCOMES;
    const OUTCOMES: usize = 1 + Outcome::ALL.len();

    /// Its number, below [`Self::NUMBERS`]. What often comes together has numbers that are near.
    pub(crate) fn number(&self) -> usize {
        let letters = self.country.as_str().bytes();
        let country = letters.fold(0, |all, letter| 26 * all + usize::from(letter - b'A'));
        let sender = 2 * usize::from(self.is_private) + usize::from(self.is_emergency);
        let asked = 16 * (4 * self.instrument as usize + sender) + usize::from(self.asked.0);
        let outcome = self.outcome.map_or(0, |outcome| 1 + outcome as usize);
        country * Self::OF_A_COUNTRY + asked * Self::OUTCOMES + outcome
    }

    /// Whether something was handed over.
    #[must_use]
    pub fn is_disclosed(&self) -> bool {
        let outcome = self.outcome;
        matches!(outcome, Some(Outcome::Produced | Outcome::ProducedInPart))
    }
}

impl Sums {
    /// Adds others.
    pub fn add(&mut self, more: Self) {
        self.demands += more.demands;
        self.identifiers += more.identifiers;
        self.accounts += more.accounts;
        self.content += more.content;
        self.content_abroad += more.content_abroad;
        self.challenged += more.challenged;
        self.withheld += more.withheld;
        self.told += more.told;
        self.timed += more.timed;
        self.seconds += more.seconds;
        self.followed += more.followed;
        self.days += more.days;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_kind_has_a_number_of_its_own() {
        let mut numbers = BTreeSet::new();
        let mut kinds = 0;
        for country in ["AA", "AB", "BA", "ZZ"] {
            let country = CountryCode::parse(country).unwrap();
            for instrument in InstrumentKind::ALL {
                for bits in 0..64_u8 {
                    for outcome in Outcome::ALL.map(Some).into_iter().chain([None]) {
                        let kind = Kind {
                            country,
                            instrument,
                            is_private: bits & 16 != 0,
                            is_emergency: bits & 32 != 0,
                            asked: Categories(bits % 16),
                            outcome,
                        };
                        numbers.insert(kind.number());
                        kinds += 1;
                    }
                }
            }
        }
        assert_eq!(numbers.len(), kinds);
        assert_eq!(numbers.last(), Some(&(Kind::NUMBERS - 1)));
    }
}
