//! What figures know of a case: nothing of a person, nothing in anybody's words.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_model::{
    AuthorityKind, BurdenSum, Case, CaseState, Category, CountryCode, Duty, Event, EventKind,
    InstrumentKind, LetterKind, Link, Moment, RulingOutcome, Service,
};
use serde::{Deserialize, Serialize};

use crate::asker::Asker;
use crate::outcome::{Outcome, accounts, outcome};

/// The facts of one case. They follow from its events and from nothing else, and stay when it is erased: figures of a
/// period count it as what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFacts {
    /// When the demand was received (UTC).
    pub received_at: Timestamp,
    /// When its receipt was confirmed to the authority (UTC); absent: it was not, or not through the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// When it was answered (UTC): the data was handed over, the last letter was sent that answers it, or it was closed.
    /// Absent: it is not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// When the authority confirmed that it issued a request for what is preserved (UTC); absent: it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub production_requested_at: Option<Timestamp>,
    /// Whether it was sent before, and is answered in the case of the first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sent_again: bool,
    /// Who asks, and on what. Absent: nobody described it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// The authorities that know of it, each once. Empty: it is not known, or was erased before figures kept them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub askers: Vec<Asker>,
    /// What became of it; absent while it is not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The parts, those that are alike counted together. Empty while it is not assessed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Parts>,
    /// Number of accounts of which something was produced.
    pub accounts: u32,
    /// The danger that was claimed, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<EmergencyFacts>,
    /// The challenge, if it was challenged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<ChallengeFacts>,
    /// Whether the account holder was told.
    pub notice: Notice,
    /// What it cost, as far as people recorded it. Absent: nobody recorded anything, or took all of it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burden: Option<BurdenSum>,
}

/// Who asks, and on what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The country of the authority.
    pub country: CountryCode,
    /// What kind of authority it is.
    pub authority: AuthorityKind,
    /// The kind of instrument.
    pub instrument: InstrumentKind,
    /// The country whose law it rests on.
    pub law: CountryCode,
    /// The day on its face; absent: the facts are from before figures kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Date>,
    /// Whether it names a provision at all.
    pub names_provision: bool,
    /// Number of accounts, addresses and other things by which it says whose data it wants, each once.
    pub identifiers: u32,
    /// Which kinds of data it asks for, each once.
    pub categories: BTreeSet<Category>,
    /// Whether it forbids to tell the account holder.
    pub secrecy: Secrecy,
}

/// Whether a demand forbids to tell the account holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secrecy {
    /// It does not.
    None,
    /// Until some day.
    Bounded,
    /// Without an end.
    Endless,
}

/// Parts that are alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// Which kind of data.
    pub category: Category,
    /// The country where it lies; absent: no account is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stored_in: Option<CountryCode>,
    /// The service that it is of, if somebody said so: the word of [`Service::as_str`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The answer, as the word of [`lagrum_model::Disposition::as_str`]; absent: none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Whether something was produced.
    #[serde(default, skip_serializing_if = "is_false")]
    pub produced: bool,
    /// How many they are.
    pub number: u32,
}

/// A danger that was claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyFacts {
    /// Whether counsel believed it; absent: nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub believed: Option<bool>,
    /// Whether something was produced while it was believed.
    pub disclosed: bool,
    /// Whether the authority confirmed it afterwards, or had it validated.
    pub confirmed: bool,
}

/// A challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChallengeFacts {
    /// How it ended, as far as that is recorded and not under appeal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RulingOutcome>,
    /// Whether the authority withdrew the demand instead.
    #[serde(default, skip_serializing_if = "is_false")]
    pub withdrawn: bool,
}

/// Whether the account holder was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// They were.
    Told,
    /// They are to be told later: a secrecy that ends, or a delay that a court or official granted.
    Delayed,
    /// A secrecy without an end forbids it.
    Forbidden,
    /// They were not told.
    NotTold,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl CaseFacts {
    /// Those of a case with these events; nothing of one that has none.
    #[must_use]
    pub fn of(case: &Case, events: &[Event]) -> Option<Self> {
        let received_at = case.received_at?;
        let is_answered = matches!(
            case.state(),
            CaseState::Delivered | CaseState::DutiesRun | CaseState::Closed
        );
        let accounts = accounts(case);
        let asked = asked(case);
        let secrecy = asked.as_ref().map_or(Secrecy::None, |asked| asked.secrecy);
        let notice = match secrecy {
            _ if case.moments.first(Moment::AccountHolderTold).is_some() => Notice::Told,
            Secrecy::Endless => Notice::Forbidden,
            Secrecy::Bounded => Notice::Delayed,
            Secrecy::None if case.moments.first(Moment::NoticeDelayed).is_some() => Notice::Delayed,
            Secrecy::None => Notice::NotTold,
        };
        Some(Self {
            received_at,
            confirmed_at: confirmed_at(case),
            answered_at: is_answered.then(|| answered_at(case, events)).flatten(),
            production_requested_at: case.moments.first(Moment::ProductionRequested),
            sent_again: case
                .links
                .iter()
                .any(|(_, link)| *link == Link::AnsweredThere),
            asked,
            askers: Asker::of_case(case),
            outcome: is_answered.then(|| outcome(case, accounts)),
            parts: parts(case),
            accounts: if is_answered { accounts } else { 0 },
            emergency: emergency(case),
            challenge: challenge(case),
            notice,
            burden: Some(case.burden_sum()).filter(|sum| sum.entries > 0),
        })
    }

    /// The kinds of data of which something was produced, each once.
    pub fn produced(&self) -> impl Iterator<Item = Category> {
        let parts = self.parts.iter().filter(|parts| parts.produced);
        let all: BTreeSet<Category> = parts.map(|parts| parts.category).collect();
        all.into_iter()
    }
}

fn asked(case: &Case) -> Option<Asked> {
    let demand = case.demand.as_ref()?;
    let secrecy = match &demand.secrecy {
        None => Secrecy::None,
        Some(secrecy) if secrecy.until.is_some() => Secrecy::Bounded,
        Some(_) => Secrecy::Endless,
    };
    let parts = demand.parts.iter();
    Some(Asked {
        country: demand.authority.country,
        authority: demand.authority.kind,
        instrument: demand.instrument.kind,
        law: demand.instrument.country,
        issued_on: Some(demand.instrument.issued_on),
        names_provision: !demand.instrument.provision.trim().is_empty(),
        identifiers: u32::try_from(demand.identifiers().len()).unwrap_or(u32::MAX),
        categories: parts
            .flat_map(|part| part.categories.iter().copied())
            .collect(),
        secrecy,
    })
}

/// When a receipt went to the authority: at the door with the demand itself, otherwise by letter.
fn confirmed_at(case: &Case) -> Option<Timestamp> {
    let letters = case.letters.iter();
    let mut sent = letters.filter(|sent| sent.letter.kind == LetterKind::Acknowledgement);
    match case.sent_by {
        Some(_) => case.received_at,
        None => sent.next().map(|sent| sent.at),
    }
}

/// What tells an authority the answer.
const ANSWERS: [LetterKind; 8] = [
    LetterKind::Refusal,
    LetterKind::Narrowing,
    LetterKind::Redirect,
    LetterKind::Challenge,
    LetterKind::AnnexIii,
    LetterKind::NoData,
    LetterKind::Production,
    LetterKind::CourtOutcome,
];

fn answered_at(case: &Case, events: &[Event]) -> Option<Timestamp> {
    let handed_over = events.iter().filter_map(|event| match event.what {
        EventKind::Delivered { .. } => Some(event.at),
        _ => None,
    });
    let letters = case.letters.iter();
    let told = letters
        .filter(|sent| ANSWERS.contains(&sent.letter.kind))
        .map(|sent| sent.at);
    let closed = || {
        let mut all = events.iter();
        let closed = all.find(|event| matches!(event.what, EventKind::Closed { .. }));
        closed.map(|event| event.at)
    };
    handed_over.chain(told).max().or_else(closed)
}

fn parts(case: &Case) -> Vec<Parts> {
    let found = case.assessment.iter().flat_map(|found| &found.parts);
    let mut all: BTreeMap<Parts, u32> = BTreeMap::new();
    for (number, part) in found.enumerate() {
        let mut records = case.mandates.values();
        let produced = records.any(|record| {
            let has = record.produced.is_some_and(|made| made.items > 0);
            has && record.parts.contains(&number)
                && record.found_of(number).is_none_or(|found| found.items > 0)
        });
        let holding = part.holding.as_ref();
        let alike = Parts {
            category: part.category,
            stored_in: holding.map(|holding| holding.stored_in),
            service: holding
                .and_then(|holding| holding.service)
                .map(|service: Service| service.as_str().to_owned()),
            answer: case
                .answer_of(number)
                .map(|answer| answer.disposition.as_str().to_owned()),
            produced,
            number: 0,
        };
        *all.entry(alike).or_default() += 1;
    }
    all.into_iter()
        .map(|(parts, number)| Parts { number, ..parts })
        .collect()
}

fn emergency(case: &Case) -> Option<EmergencyFacts> {
    let demand = case.demand.as_ref()?;
    let claimed =
        demand.emergency.is_some() || demand.instrument.kind == InstrumentKind::EmergencyRequest;
    let disclosed =
        case.emergency_believed && case.mandates.values().any(|one| one.produced.is_some());
    let owed = case.own_duties().contains(&Duty::EmergencyConfirmation);
    claimed.then(|| EmergencyFacts {
        believed: case
            .emergency_judged
            .as_ref()
            .map(|_| case.emergency_believed),
        disclosed,
        confirmed: disclosed && !owed,
    })
}

fn challenge(case: &Case) -> Option<ChallengeFacts> {
    let last = case
        .last_ruling
        .as_ref()
        .filter(|last| last.appealed.is_none());
    case.was_challenged().then(|| ChallengeFacts {
        outcome: last.and_then(|last| last.ruling.as_ref().map(|ruling| ruling.outcome)),
        withdrawn: case.moments.first(Moment::Withdrawn).is_some(),
    })
}
