//! The case: command in, events out.

mod burden;
mod burdens;
mod card;
mod challenge;
mod check;
mod command;
mod duty;
mod event;
mod fold;
#[cfg(test)]
mod golden;
mod handle;
mod lapse;
mod letter;
mod letters;
mod link;
mod original;
mod refusal;
mod sender;
mod state;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use burden::{Burden, BurdenSum, Reimbursement, WorkKind};
pub use burdens::BurdenEntry;
pub use card::CountCard;
pub use challenge::{Challenge, LastRuling, Ruling, RulingOutcome};
pub use command::Command;
pub use duty::Duty;
pub use event::{Actor, Answer, CaseId, Event, EventFormat, EventKind, Role};
pub use lapse::Lapse;
pub use letter::{Letter, LetterKind, NoLetter, Taken};
pub use letters::{LetterSent, LetterWaiting};
pub use link::Link;
pub use original::{Arrival, Channel, Original};
pub use refusal::{CounselOnly, Refusal};
pub use sender::{CallBack, SenderWarning};
pub use state::{Approval, CaseState, MandateRecord, PackageRemoved, Production};

use crate::{
    AccountNamed, Assessment, Basis, Category, Demand, Disposition, EmailAddress, Identifier,
    InquiryRecord, LookedUp, Moment, Moments, Region, Sha256Digest,
};

/// Whether a demand is genuine, and how that was found out.
#[derive(Clone, Debug, PartialEq)]
pub struct Authentication {
    /// Whether it is.
    pub verified: bool,
    /// How that was found out.
    pub how: String,
    /// What about the sender was not as the provider knows the authority.
    pub warnings: Vec<SenderWarning>,
    /// Why it is genuine all the same, where there are warnings.
    pub despite: Option<String>,
    /// Who found it out.
    pub by: Actor,
    /// When it was recorded (UTC).
    pub at: Timestamp,
}

/// A call to the authority, and who made it.
#[derive(Clone, Debug, PartialEq)]
pub struct CallBackMade {
    /// What was learned.
    pub call: CallBack,
    /// Who called.
    pub by: Actor,
}

/// Who recorded something, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Who.
    pub by: Actor,
    /// When (UTC).
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

impl Recorded {
    /// That of an event.
    fn of(event: &Event) -> Self {
        Self {
            by: event.actor.clone(),
            at: event.at,
            why: event.reason.clone(),
        }
    }
}

/// A note in a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The number of its event.
    pub number: u64,
    /// When it was written (UTC).
    pub at: Timestamp,
    /// Who wrote it.
    pub by: Actor,
    /// What it says; empty where it is sealed.
    pub text: String,
    /// Whether only counsel may read it.
    pub privileged: bool,
    /// What it says, sealed to counsel's keys.
    pub sealed: Option<SealedNote>,
}

/// A note that nobody but the holders of some keys can open, the desk least of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SealedNote {
    /// The names of those who can open it.
    pub to: Vec<String>,
    /// The note as an armored age file (age-encryption.org/v1); empty for whoever may not read it.
    pub age: String,
}

/// A case, folded from its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Number of events so far.
    pub events: u64,
    /// When it was received (UTC).
    pub received_at: Option<Timestamp>,
    /// The officer who sent it through the door for authorities, if it came there.
    pub sent_by: Option<Actor>,
    /// Who took it in.
    pub taken_in_by: Option<Actor>,
    /// The files as they were received.
    pub originals: Vec<Original>,
    /// Why the original could not be read, if it could not.
    pub unreadable: Option<String>,
    /// The description.
    pub demand: Option<Demand>,
    /// Whether it is genuine, and how that was found out.
    pub authenticated: Option<Authentication>,
    /// The calls to the authority, in order.
    pub call_backs: Vec<CallBackMade>,
    /// Whether the provider believes in a claimed danger.
    pub emergency_believed: bool,
    /// Who recorded that belief or disbelief.
    pub emergency_judged: Option<Recorded>,
    /// Who recorded what the provider itself found about the demand, if it found anything.
    pub findings_recorded: Option<Recorded>,
    /// The law applied.
    pub assessment: Option<Assessment>,
    /// The answer for each part, in the order of the assessment's parts; a part that waits has none.
    /// Empty: not decided.
    pub answers: Vec<Answer>,
    /// The mandates, by the SHA-256 of their text.
    pub mandates: BTreeMap<Sha256Digest, MandateRecord>,
    /// The questions to agents of which accounts there are, by the SHA-256 of their text.
    pub inquiries: BTreeMap<Sha256Digest, InquiryRecord>,
    /// How the demand was answered when mandates were drafted, by the SHA-256 of that text, which they
    /// name.
    pub answers_named: BTreeMap<Sha256Digest, String>,
    /// What happened to the demand, as far as it is recorded: its receipt, the handing over, and
    /// what people recorded.
    pub moments: Moments,
    /// What a court said last of its challenge.
    pub last_ruling: Option<LastRuling>,
    /// The id of the person who works it.
    pub owner: Option<String>,
    /// The group of the desk to which a person handed it, by its id. Absent: whose it is follows from where
    /// it comes.
    pub group: Option<String>,
    /// What people noted.
    pub notes: Vec<Note>,
    /// What people recorded of its time and cost, in order.
    pub burden: Vec<BurdenEntry>,
    /// The letters that were sent, in order.
    pub letters: Vec<LetterSent>,
    /// The letters that the desk is to send by itself and has not, in order.
    pub letters_waiting: Vec<LetterWaiting>,
    /// Other cases that have to do with it, in the order in which they were linked.
    pub links: Vec<(CaseId, Link)>,
    /// The card by which it is counted in the public figures; absent where the log has no files of cards.
    pub card: Option<CountCard>,
    /// How many questions the authority was asked at the door since an officer last sent something.
    pub open_questions: u32,
    /// The packages that an officer confirmed to have and to have opened.
    pub confirmed: BTreeSet<Sha256Digest>,
    /// Of which mandates the passphrase was told by telephone, and when that was recorded (UTC).
    pub told: BTreeMap<Sha256Digest, Timestamp>,
    /// Whether it is closed: nothing more is handed over.
    pub closed: bool,
    /// What still ran when it was closed and lives on. Empty: nothing.
    pub duties: Vec<Duty>,
}

impl Case {
    /// Folds `events` into a case.
    #[must_use]
    pub fn from_events<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut case = Self::default();
        for event in events {
            case.apply(event);
        }
        case
    }

    /// The demand as it stands: what it says, and what the enforcing authority did since, which goes
    /// before what the certificate said of it. Absent while it is not described.
    #[must_use]
    pub fn demand_now(&self) -> Option<Demand> {
        let mut demand = self.demand.clone()?;
        if let Some(notification) = self.moments.notification() {
            demand.instrument.notification = Some(notification);
        }
        Some(demand)
    }

    /// The facts of the demand as it stands, for the law, with what the provider found and how the
    /// clocks stood when it was assessed. Absent while it is not described.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        let demand = self.demand.as_ref()?;
        let mut basis = demand
            .basis(self.is_verified(), self.emergency_believed)
            .after(&self.moments);
        if let Some(assessment) = &self.assessment {
            basis.clocks.clone_from(&assessment.clocks);
        }
        Some(basis)
    }

    /// Whether a person verified that the demand is genuine.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.authenticated
            .as_ref()
            .is_some_and(|found| found.verified)
    }

    /// Whether somebody of the authority confirmed, on the number that the provider has, that the
    /// demand is theirs, and nobody denied it since.
    #[must_use]
    pub fn is_called_back(&self) -> bool {
        self.call_backs
            .last()
            .is_some_and(|made| made.call.confirmed)
    }

    /// The case in which this demand, sent again, is answered.
    #[must_use]
    pub fn answered_in(&self) -> Option<&CaseId> {
        let there = |(_, how): &&(CaseId, Link)| *how == Link::AnsweredThere;
        self.links.iter().find(there).map(|(case, _)| case)
    }

    /// How a part is answered, counted from 0; nothing while it has no answer.
    #[must_use]
    pub fn answer_of(&self, part: usize) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.part == part)
    }

    /// Whether a mandate is only to show that nothing is there.
    #[must_use]
    pub fn only_searches(&self, mandate: &MandateRecord) -> bool {
        let nothing = |part: &usize| {
            let answer = self.answer_of(*part);
            answer.is_some_and(|answer| answer.disposition == Disposition::NoData)
        };
        mandate.parts.iter().all(nothing)
    }

    /// The parts that have no answer yet, though the demand is decided: they wait.
    pub fn waiting(&self) -> impl Iterator<Item = usize> {
        let parts = match &self.assessment {
            Some(assessment) if !self.answers.is_empty() => assessment.parts.len(),
            _ => 0,
        };
        (0..parts).filter(|part| self.answer_of(*part).is_none())
    }

    /// Whether a mandate is on its way: then what is answered so far is fixed.
    fn is_released(&self) -> bool {
        let mut on_its_way = self
            .mandates
            .values()
            .filter(|one| one.looked_up.is_none() && !one.is_lapsed());
        on_its_way.any(MandateRecord::is_released)
    }

    /// What was found out of an identifier: whose account it is.
    #[must_use]
    pub fn looked_up(&self, identifier: &Identifier) -> Option<&LookedUp> {
        let mut found = self
            .mandates
            .values()
            .filter_map(|one| one.looked_up.as_ref())
            .flatten();
        found.find(|one| one.identifier.get() == identifier)
    }

    /// What agents told of an address, one entry for each region that told: what it told last.
    #[must_use]
    pub fn told_of(&self, address: &EmailAddress) -> BTreeMap<&Region, &AccountNamed> {
        let mut all: Vec<_> = self.inquiries.values().collect();
        all.sort_by_key(|one| one.event);
        let mut told = BTreeMap::new();
        for record in all {
            let accounts = record.told.iter().flatten();
            let of = accounts.filter(|one| one.address.normal() == address.normal());
            told.extend(of.map(|one| (&record.region, &one.names)));
        }
        told
    }

    /// Whether it was found out whose account a part is of, and the part was not assessed again since.
    #[must_use]
    pub fn is_looked_up(&self, part: usize) -> bool {
        let parts = self.assessment.iter().flat_map(|found| &found.parts);
        self.answer_of(part).is_none()
            && parts.into_iter().nth(part).is_some_and(|part| {
                part.finding.disposition == Disposition::LookUp
                    && self.looked_up(&part.identifier).is_some()
            })
    }

    /// Whether the answer for a part can be taken back no more.
    #[must_use]
    pub fn is_fixed(&self, part: usize) -> bool {
        self.is_released() && self.answer_of(part).is_some() && !self.is_uncovered(part)
    }

    /// Whether a part is to be carried out, and no mandate covers it: none was drafted, or what was
    /// drafted lapsed. Without a place to search there is nothing that a mandate could cover.
    #[must_use]
    pub fn is_uncovered(&self, part: usize) -> bool {
        let answered = |answer: &Answer| answer.part == part && answer.disposition.is_granted();
        let place = |found: &Assessment| {
            let part = found.parts.get(part);
            part.is_some_and(|part| part.holding.is_some())
        };
        self.answers.iter().any(answered)
            && self.assessment.as_ref().is_some_and(place)
            && !self
                .mandates
                .values()
                .any(|one| one.parts.contains(&part) && self.counts(one))
    }

    /// The parts that are open again, because what was drafted for them lapsed.
    pub fn reopened(&self) -> impl Iterator<Item = usize> {
        let drafted = self.is_released() || self.mandates.values().any(|one| one.lapsed.is_some());
        let parts = self.answers.iter().map(|answer| answer.part);
        parts.filter(move |part| drafted && self.is_uncovered(*part))
    }

    /// Whether a mandate was carried out after it lapsed, and meanwhile a part of it was decided
    /// otherwise: then its package is not handed over.
    #[must_use]
    pub fn is_undone(&self, mandate: &MandateRecord) -> bool {
        let carried_out = |part: &usize| {
            let mut answers = self.answers.iter();
            answers.any(|answer| answer.part == *part && answer.disposition.is_granted())
        };
        mandate.lapsed.is_some() && !mandate.parts.iter().all(carried_out)
    }

    /// Whether a mandate decides how far the case has come: one that lapsed does not, nor one by which
    /// only was looked up whose account it is.
    fn counts(&self, mandate: &MandateRecord) -> bool {
        mandate.looked_up.is_none() && !mandate.is_lapsed() && !self.is_undone(mandate)
    }

    /// Why a mandate must not be carried out or its package handed over any more, if it must not: the
    /// demand was withdrawn, or not confirmed by whoever had to; or the notified authority refused, in
    /// full, or in part after the mandate was drafted, and it is of traffic data or content (Articles 8(1),
    /// 12(2) and 12(4) of Regulation (EU) 2023/1543). What counsel drafts after a refusal in part holds to it.
    #[must_use]
    pub fn barred_by(&self, mandate: &MandateRecord) -> Option<Moment> {
        let notified = |part: &usize| {
            self.assessment
                .as_ref()
                .and_then(|assessment| assessment.parts.get(*part))
                .is_none_or(|part| matches!(part.category, Category::Traffic | Category::Content))
        };
        let happened = |what: &Moment| self.moments.first(*what).is_some();
        let whole = [Moment::Withdrawn, Moment::ValidationRefused];
        // What is only preserved is needed no more when the authority says so.
        let needless = Some(Moment::NoLongerNeeded).filter(|_| self.only_preserves());
        let stopped = || whole.into_iter().chain(needless).find(happened);
        let in_part = || {
            mandate
                .partly_refused_since
                .then_some(Moment::PartlyRefused)
        };
        let refused = || Some(Moment::Refused).filter(happened).or_else(in_part);
        match mandate.parts.iter().any(notified) {
            true => refused().or_else(stopped),
            false => stopped(),
        }
    }

    /// Whether a mandate must not be carried out any more: see [`Case::barred_by`].
    #[must_use]
    pub fn is_barred(&self, mandate: &MandateRecord) -> bool {
        self.barred_by(mandate).is_some()
    }

    /// Where the case stands.
    #[must_use]
    pub fn state(&self) -> CaseState {
        if self.closed {
            return match self.duties.is_empty() {
                true => CaseState::Closed,
                false => CaseState::DutiesRun,
            };
        }
        if !self.answers.is_empty() {
            let of = |mandate: &MandateRecord| match mandate {
                MandateRecord {
                    delivered_to: Some(_),
                    ..
                } => CaseState::Delivered,
                MandateRecord {
                    produced: Some(_), ..
                } => CaseState::Produced,
                MandateRecord {
                    not_produced: Some(_),
                    ..
                } => CaseState::NotProduced,
                MandateRecord {
                    released_by_event: Some(_),
                    ..
                } => CaseState::Mandated,
                MandateRecord { approvals, .. } if !approvals.is_empty() => {
                    CaseState::PartlyApproved
                }
                _ => CaseState::Decided,
            };
            if self.reopened().next().is_some() {
                return CaseState::Assessed;
            }
            let waits = self.waiting().next().is_some();
            let rest = if waits {
                CaseState::Waiting
            } else {
                CaseState::Decided
            };
            let furthest_behind = self
                .mandates
                .values()
                // Of what is frozen nothing is handed over: the case stands where it was decided.
                .filter(|mandate| self.counts(mandate) && mandate.preserved.is_none())
                .map(of)
                .min()
                .unwrap_or(rest);
            return match furthest_behind {
                CaseState::Delivered => rest.max(CaseState::Delivered),
                other => other,
            };
        }
        match (&self.assessment, &self.authenticated, &self.demand) {
            (Some(_), _, _) => CaseState::Assessed,
            (None, Some(found), _) if found.verified => CaseState::Authenticated,
            (None, Some(_), _) => CaseState::NotAuthenticated,
            (None, None, Some(_)) => CaseState::Described,
            (None, None, None) => CaseState::Received,
        }
    }

    /// The dispositions that were decided, each once, in the order of [`Disposition`]. What leaves in part only is
    /// narrowed.
    #[must_use]
    pub fn dispositions(&self) -> Vec<Disposition> {
        let parts = self.assessment.as_ref().map(|found| &found.parts[..]);
        let decided = |answer: &Answer| {
            let part = parts.and_then(|parts| parts.get(answer.part));
            match part.is_some_and(|part| answer.is_in_part(part)) {
                true => Disposition::Narrow,
                false => answer.disposition,
            }
        };
        let mut all: Vec<_> = self.answers.iter().map(decided).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
