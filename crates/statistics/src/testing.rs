//! Facts for tests.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use lagrum_figures::{Asked, CaseFacts, EmergencyFacts, Notice, Outcome, Parts, Secrecy};
use lagrum_model::{AuthorityKind, Category, CountryCode, InstrumentKind};
use proptest::prelude::*;

/// Kinds that are counted nowhere but as 50 U.S.C. § 1874 says.
pub(crate) const SEALED: [InstrumentKind; 4] = [
    InstrumentKind::NationalSecurityLetter,
    InstrumentKind::ForeignIntelligenceOrder,
    InstrumentKind::CommunicationsDataNotice,
    InstrumentKind::InterceptionWarrant,
];

/// Facts that are being made.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) facts: CaseFacts,
}

/// A court's decision of a country about one subscriber, received at noon of 2027-03-01, not answered.
pub(crate) fn made(country: &str) -> Made {
    let country = CountryCode::parse(country).unwrap();
    Made {
        facts: CaseFacts {
            received_at: "2027-03-01T12:00:00Z".parse().unwrap(),
            confirmed_at: None,
            answered_at: None,
            production_requested_at: None,
            sent_again: false,
            asked: Some(Asked {
                country,
                authority: AuthorityKind::Court,
                instrument: InstrumentKind::CourtDecision,
                law: country,
                issued_on: None,
                names_provision: true,
                identifiers: 1,
                categories: BTreeSet::from([Category::Subscriber]),
                secrecy: Secrecy::None,
            }),
            askers: Vec::new(),
            outcome: None,
            parts: Vec::new(),
            accounts: 0,
            emergency: None,
            challenge: None,
            notice: Notice::NotTold,
            burden: None,
        },
    }
}

impl Made {
    pub(crate) fn asked(mut self, change: impl FnOnce(&mut Asked)) -> Self {
        change(self.facts.asked.as_mut().unwrap());
        self
    }

    pub(crate) fn kind(self, kind: InstrumentKind) -> Self {
        self.asked(|asked| asked.instrument = kind)
    }

    pub(crate) fn asks_for(self, categories: &[Category]) -> Self {
        self.asked(|asked| asked.categories = categories.iter().copied().collect())
    }

    pub(crate) fn received(mut self, at: &str) -> Self {
        self.facts.received_at = at.parse().unwrap();
        self
    }

    /// Confirmed so many minutes after its receipt.
    pub(crate) fn confirmed(mut self, minutes: i64) -> Self {
        self.facts.confirmed_at = Some(self.after(minutes));
        self
    }

    /// Answered so many hours after its receipt. What is produced is what was asked for.
    pub(crate) fn answered(mut self, hours: i64, outcome: Outcome) -> Self {
        self.facts.answered_at = Some(self.after(hours * 60));
        self.facts.outcome = Some(outcome);
        let produced = matches!(outcome, Outcome::Produced | Outcome::ProducedInPart);
        let categories = self.facts.asked.iter().flat_map(|asked| &asked.categories);
        let parts = categories.map(|category| Parts {
            category: *category,
            stored_in: CountryCode::parse("IE").ok(),
            service: None,
            answer: None,
            produced,
            number: 1,
        });
        self.facts.parts = parts.collect();
        self.facts.accounts = u32::from(produced);
        self
    }

    pub(crate) fn emergency(mut self) -> Self {
        self.facts.emergency = Some(EmergencyFacts {
            believed: None,
            disclosed: false,
            confirmed: false,
        });
        self
    }

    fn after(&self, minutes: i64) -> Timestamp {
        self.facts.received_at + SignedDuration::from_mins(minutes)
    }
}

/// Facts of any demand of the first half of 2027, also of those that count nowhere.
pub(crate) fn any_facts() -> impl Strategy<Value = CaseFacts> {
    let who = (
        prop::sample::select(vec!["SE", "GR", "DE", "IE", "US", "GB", "NO"]),
        prop::sample::select(InstrumentKind::ALL.to_vec()),
        prop::sample::select(AuthorityKind::ALL.to_vec()),
        prop::sample::subsequence(Category::ALL.to_vec(), 0..4),
        0u32..5,
        any::<bool>(),
    );
    let what = (
        prop::option::of(prop::sample::select(Outcome::ALL.to_vec())),
        prop::option::of(0i64..5_000),
        1i64..2_000,
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.1),
        0i64..200,
    );
    (who, what).prop_map(|(who, what)| {
        let (country, kind, authority, categories, identifiers, names) = who;
        let (outcome, confirmed, hours, emergency, again, day) = what;
        let mut all = made(country)
            .kind(kind)
            .asks_for(&categories)
            .asked(|asked| {
                asked.authority = authority;
                asked.identifiers = identifiers;
                asked.names_provision = names;
            });
        let new_year: Timestamp = "2026-12-25T07:00:00Z".parse().unwrap();
        all.facts.received_at = new_year + SignedDuration::from_hours(24 * day);
        if let Some(minutes) = confirmed {
            all = all.confirmed(minutes);
        }
        if let Some(outcome) = outcome {
            all = all.answered(hours, outcome);
        }
        if emergency {
            all = all.emergency();
        }
        all.facts.sent_again = again;
        all.facts
    })
}

/// A file of the data that is shared beside the repository, if it is there; else says so.
pub(crate) fn shared(path: &str) -> Option<String> {
    let folder = match std::env::var_os("LAGRUM_SHARED") {
        Some(shared) => Some(PathBuf::from(shared).join("data")),
        None => std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .map(|folder| folder.join("shared").join("data"))
            .find(|data| data.is_dir()),
    };
    let text = folder.and_then(|folder| std::fs::read_to_string(folder.join(path)).ok());
    if text.is_none() {
        println!("SKIPPED: ../shared/data/{path} is not there");
    }
    text
}
