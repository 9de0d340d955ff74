//! What is watched about a case, as it follows from its events and the law packs: for the auditor, and for
//! whoever keeps the desk in order. Nobody writes it; it is part of the read model.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lagrum_law::{Clock, ClockKind, ClockState, NextStep, Notice, Party, Teller};
use lagrum_mandate::Mandate;
use lagrum_mandate::answer::{Refusal, SignedAnswer};
use lagrum_model::{
    Actor, Answer, Assessment, Case, CaseId, Demand, Disposition, Event, EventKind, InstrumentKind,
    Moment, Region, Sha256Digest, WatchKind, Watched,
};
use lagrum_notes::claimed_key;

use crate::Desk;
use crate::sequencer::recorded_inquiry;

/// Whoever signs within that time after there was a text cannot have read it.
const AT_ONCE: SignedDuration = SignedDuration::from_mins(1);
/// A demand that nobody described for so long may have run out: the shortest clock there is.
const DESCRIBED_IN: SignedDuration = SignedDuration::from_hours(8);
/// An emergency is confirmed, and looked at again, by the next day.
const CONFIRMED_IN: SignedDuration = SignedDuration::from_hours(24);
/// Where a law names no day, an account holder is told within that time.
const TOLD_IN: SignedDuration = SignedDuration::from_hours(72);
/// The last part of a clock's time: a tenth of it, and a day at most.
const LAST_PART: SignedDuration = SignedDuration::from_hours(24);

/// What is watched about a case; `clocks` as they stood at its last event.
pub(crate) fn watched(
    desk: &Desk,
    id: &CaseId,
    case: &Case,
    events: &[Event],
    clocks: &[Clock],
) -> Vec<Watched> {
    let mut seen = Seen::new(id);
    for event in events {
        seen.event(event);
    }
    let last = events.last().map(|event| event.at).unwrap_or_default();
    seen.emergency(case);
    seen.challenge_stands(case);
    for letter in &case.letters_waiting {
        if let Some((at, _)) = &letter.given_up {
            seen.add(
                WatchKind::LetterNotSent,
                letter.letter.kind.as_str(),
                *at,
                None,
            );
        }
    }
    for clock in clocks {
        seen.clock(clock);
    }
    for notice in desk.notices(case, last).unwrap_or_default() {
        seen.notice(case, &notice, last);
    }
    // What was over before it counted is no finding.
    let counts = |one: &Watched| one.settled.is_none_or(|settled| settled >= one.since);
    seen.all.retain(counts);
    seen.all.sort_by(|one, other| {
        (one.since, one.kind, &one.about).cmp(&(other.since, other.kind, &other.about))
    });
    seen.all
}

/// What was seen so far.
struct Seen<'e> {
    id: &'e CaseId,
    all: Vec<Watched>,
    assessment: Option<&'e Assessment>,
    called_back: bool,
    described: bool,
    /// Since when somebody's life or safety is said to be at stake.
    emergency_since: Option<Timestamp>,
    /// When somebody of the desk did something about it first.
    emergency_seen: Option<Timestamp>,
    /// When the demand was answered, or found not to be genuine.
    answered: Option<Timestamp>,
    disclosed: Option<Timestamp>,
    /// When it was last decided.
    decided: Timestamp,
    /// Of each mandate: its text, when it was drafted, and the names of the keys that signed it.
    mandates: BTreeMap<Sha256Digest, (&'e str, Timestamp, Vec<&'e str>)>,
    /// Which of `all` end with what becomes of a mandate, or of such a question.
    of_mandate: Vec<(Sha256Digest, usize)>,
    /// Which region each question of which accounts there are went to.
    inquiries: BTreeMap<Sha256Digest, &'e Region>,
}

impl<'e> Seen<'e> {
    fn new(id: &'e CaseId) -> Self {
        Self {
            id,
            all: Vec::new(),
            assessment: None,
            called_back: false,
            described: false,
            emergency_since: None,
            emergency_seen: None,
            answered: None,
            disclosed: None,
            decided: Timestamp::default(),
            mandates: BTreeMap::new(),
            of_mandate: Vec::new(),
            inquiries: BTreeMap::new(),
        }
    }

    /// Something that counts from `since` on, until it is over.
    fn add(
        &mut self,
        kind: WatchKind,
        about: impl Into<String>,
        since: Timestamp,
        settled: Option<Timestamp>,
    ) {
        self.all.push(Watched {
            case: self.id.clone(),
            kind,
            about: about.into(),
            since,
            settled,
        });
    }

    /// Something that happened, and that nothing ends.
    fn happened(&mut self, kind: WatchKind, about: impl Into<String>, at: Timestamp) {
        self.add(kind, about, at, Some(at));
    }

    /// Ends what is open of a kind.
    fn settle(&mut self, kind: WatchKind, at: Timestamp) {
        for one in &mut self.all {
            if one.kind == kind && one.settled.is_none() {
                one.settled = Some(at);
            }
        }
    }

    fn event(&mut self, event: &'e Event) {
        let at = event.at;
        self.of_an_emergency(event);
        match &event.what {
            EventKind::Described { .. } => {
                self.described = true;
                self.called_back = false;
            }
            EventKind::CalledBack { call } => {
                self.called_back = call.confirmed;
                self.happened(WatchKind::Called, call.number.clone(), call.at);
                if call.confirmed {
                    self.settle(WatchKind::NoCallBack, at);
                }
            }
            EventKind::Authenticated {
                verified: true,
                warnings,
                ..
            } => {
                if !self.called_back {
                    self.add(WatchKind::NoCallBack, "", at, None);
                }
                if !warnings.is_empty() {
                    let words: Vec<_> = warnings.iter().map(|one| one.as_str()).collect();
                    self.happened(WatchKind::DespiteWarnings, words.join(" "), at);
                }
            }
            EventKind::Assessed { assessment } => self.assessment = Some(assessment),
            EventKind::Decided { answers } => {
                for answer in answers {
                    let part = self.assessment.and_then(|all| all.parts.get(answer.part));
                    let Some(law) = part.map(|part| part.finding.proposed()) else {
                        continue;
                    };
                    if law != answer.disposition {
                        let (law, people) = (law.as_str(), answer.disposition.as_str());
                        let about = format!("{} {law} {people}", answer.part + 1);
                        self.happened(WatchKind::Differs, about, at);
                    }
                }
                self.challenged(answers, at);
            }
            EventKind::Closed { duties } => {
                if duties.is_empty() {
                    self.settle(WatchKind::Challenged, at);
                }
                for asked in self.inquiries.keys().copied().collect::<Vec<_>>() {
                    self.over(&asked, at);
                }
            }
            EventKind::Reopened {} => self.challenged_again(at),
            EventKind::MilestoneRecorded {
                what: Moment::Withdrawn,
                ..
            } => self.settle(WatchKind::Challenged, at),
            _ => self.of_a_mandate(event),
        }
    }

    /// Something of it is challenged from now on.
    fn challenged(&mut self, answers: &[Answer], at: Timestamp) {
        self.decided = at;
        let open = |one: &Watched| one.kind == WatchKind::Challenged && one.settled.is_none();
        let challenged = |one: &Answer| one.disposition == Disposition::Challenge;
        if answers.iter().any(challenged) && !self.all.iter().any(open) {
            self.add(WatchKind::Challenged, "", at, None);
        }
    }

    /// Which parts are challenged as the case stands; and where it was decided again and none is, it is over.
    fn challenge_stands(&mut self, case: &Case) {
        let challenged = |one: &&Answer| one.disposition == Disposition::Challenge;
        let parts = case.answers.iter().filter(challenged);
        let parts: Vec<_> = parts.map(|one| (one.part + 1).to_string()).collect();
        if parts.is_empty() && !case.answers.is_empty() {
            self.settle(WatchKind::Challenged, self.decided);
        }
        for one in &mut self.all {
            if one.kind == WatchKind::Challenged {
                one.about = parts.join(" ");
            }
        }
    }

    /// A case that is taken up again goes on with the challenge that it had.
    fn challenged_again(&mut self, at: Timestamp) {
        let last = self
            .all
            .iter()
            .rfind(|one| one.kind == WatchKind::Challenged);
        if last.is_some_and(|one| one.settled.is_some()) {
            self.add(WatchKind::Challenged, "", at, None);
        }
    }

    fn of_an_emergency(&mut self, event: &Event) {
        let at = event.at;
        match &event.what {
            EventKind::Received { original } | EventKind::Attached { original }
                if original.arrival.emergency =>
            {
                self.emergency_since.get_or_insert(at);
            }
            EventKind::Described { demand } if is_emergency(demand) => {
                self.emergency_since.get_or_insert(at);
            }
            EventKind::Decided { .. }
            | EventKind::Authenticated {
                verified: false, ..
            }
            | EventKind::Closed { .. } => {
                self.answered.get_or_insert(at);
            }
            // It is open again.
            EventKind::Authenticated { .. } | EventKind::Reopened {} => self.answered = None,
            _ => {}
        }
        let seen = matches!(event.actor, Actor::Person { .. });
        if seen && self.emergency_since.is_some() {
            self.emergency_seen.get_or_insert(at);
        }
    }

    fn of_a_mandate(&mut self, event: &'e Event) {
        let at = event.at;
        match &event.what {
            EventKind::MandateDrafted { mandate, text, .. } => {
                self.mandates.insert(*mandate, (text, at, Vec::new()));
            }
            EventKind::Approved {
                mandate, signature, ..
            } => {
                let Some((_, drafted, signed)) = self.mandates.get_mut(mandate) else {
                    return;
                };
                let name = claimed_key(signature);
                signed.push(name);
                let after = at.duration_since(*drafted);
                if after < AT_ONCE {
                    let about = format!("{name} {}", after.as_secs().max(0));
                    self.happened(WatchKind::SignedAtOnce, about, at);
                }
            }
            EventKind::Mandated { mandate } => {
                let Some((text, _, signed)) = self.mandates.get_mut(mandate) else {
                    return;
                };
                signed.sort_unstable();
                let (who, parsed) = (signed.join(" "), Mandate::parse(text));
                self.happened(WatchKind::Signed, who, at);
                if let Ok(parsed) = parsed {
                    if let Some(told) = parsed.recipient.told() {
                        let about = format!("{} {}", told.told_by, told.on_number);
                        self.happened(WatchKind::ByPassphrase, about, at);
                    }
                    self.of_mandate.push((*mandate, self.all.len()));
                    let region = parsed.region.to_string();
                    self.add(WatchKind::MandateRunsOut, region, parsed.expires_at, None);
                }
            }
            EventKind::Produced {
                mandate,
                for_review,
                ..
            } => {
                self.over(mandate, at);
                self.disclosed.get_or_insert(at);
                self.reviewed(mandate, at);
                if *for_review > 0 {
                    self.of_mandate.push((*mandate, self.all.len()));
                    self.add(WatchKind::Unreviewed, for_review.to_string(), at, None);
                }
            }
            EventKind::Inquired {
                inquiry,
                region,
                note,
            } => {
                // It takes the place of what the agent refused before.
                let before = self.inquiries.iter().filter(|(_, to)| **to == region);
                for before in before.map(|(one, _)| *one).collect::<Vec<_>>() {
                    self.over(&before, at);
                }
                self.inquiries.insert(*inquiry, region);
                let accounts = recorded_inquiry(note).map_or(0, |one| one.accounts.len());
                let signature = note.lines().last().unwrap_or_default();
                let about = format!("{} {accounts} {region}", claimed_key(signature));
                self.happened(WatchKind::Inquired, about, at);
            }
            EventKind::InquiryAnswered { inquiry, .. } => self.over(inquiry, at),
            EventKind::InquiryRefused {
                inquiry, answer, ..
            } => {
                let region = self.inquiries.get(inquiry).map(|region| region.as_str());
                let code = Refusal::read_verified(answer).map_or("", |one| one.code.as_str());
                let about = format!("{} {code}", region.unwrap_or_default());
                self.of_mandate.push((*inquiry, self.all.len()));
                self.add(WatchKind::AgentRefused, about.trim(), at, None);
            }
            EventKind::LookedUp { mandate, .. }
            | EventKind::Preserved { mandate, .. }
            | EventKind::MandateRecalled { mandate, .. }
            | EventKind::MandateLapsed { mandate, .. } => self.over(mandate, at),
            EventKind::NotProduced {
                mandate, answer, ..
            } => {
                let text = self.mandates.get(mandate).map(|(text, ..)| *text);
                let region = text.and_then(|text| Mandate::parse(text).ok());
                let region = region.map(|one| one.region.to_string()).unwrap_or_default();
                let refusal = answer.as_deref().and_then(Refusal::read_verified);
                if refusal.as_ref().is_some_and(|refusal| refusal.recalled) {
                    // That is what was asked of it.
                    self.over(mandate, at);
                    return;
                }
                let code = refusal.map_or("", |refusal| refusal.code.as_str());
                self.of_mandate.push((*mandate, self.all.len()));
                let about = format!("{region} {code}");
                self.add(WatchKind::AgentRefused, about.trim(), at, None);
            }
            _ => {}
        }
    }

    /// A mandate is carried out, or will never be: what was open of it is over, but what it withheld.
    fn over(&mut self, mandate: &Sha256Digest, at: Timestamp) {
        for (_, place) in self.of_mandate.iter().filter(|(of, _)| of == mandate) {
            if let Some(one) = self.all.get_mut(*place)
                && one.kind != WatchKind::Unreviewed
                && one.settled.is_none()
            {
                one.settled = Some(at);
            }
        }
    }

    /// What was withheld under a mandate was decided about, if this one carries decisions out: all of it, or so
    /// many that fewer wait.
    fn reviewed(&mut self, mandate: &Sha256Digest, at: Timestamp) {
        let text = self.mandates.get(mandate).map(|(text, ..)| *text);
        let review = text.and_then(|text| Mandate::parse(text).ok()?.review);
        let Some(review) = review else {
            return;
        };
        for (_, place) in self.of_mandate.iter().filter(|(of, _)| *of == review.of) {
            if let Some(one) = self.all.get_mut(*place)
                && one.kind == WatchKind::Unreviewed
                && one.settled.is_none()
            {
                let waited: u64 = one.about.parse().unwrap_or_default();
                let waits = waited.saturating_sub(review.items.len() as u64);
                if waits == 0 {
                    one.settled = Some(at);
                } else {
                    one.about = waits.to_string();
                }
            }
        }
    }

    fn emergency(&mut self, case: &Case) {
        if let Some(received) = case.received_at
            && !self.described
        {
            self.add(WatchKind::Undescribed, "", received + DESCRIBED_IN, None);
        }
        let claimed = case.demand.as_ref().is_none_or(is_emergency);
        if let Some(since) = self.emergency_since.filter(|_| claimed) {
            let answered = self.answered;
            self.add(WatchKind::Emergency, "", since, answered);
            let seen = self.emergency_seen.or(answered);
            self.add(WatchKind::EmergencyUnseen, "", since, seen);
        }
        let Some(disclosed) = self.disclosed.filter(|_| case.emergency_believed) else {
            return;
        };
        let first = |moments: &[Moment]| {
            moments
                .iter()
                .filter_map(|one| case.moments.first(*one))
                .min()
        };
        let confirmed = first(&[
            Moment::ConfirmedInWriting,
            Moment::Validated,
            Moment::CourtDecided,
            Moment::ValidationRefused,
        ]);
        let reviewed = first(&[Moment::EmergencyReviewed]);
        let since = disclosed + CONFIRMED_IN;
        self.add(WatchKind::EmergencyUnconfirmed, "", since, confirmed);
        self.add(WatchKind::EmergencyUnreviewed, "", since, reviewed);
    }

    /// What the provider has to do by an instant.
    fn clock(&mut self, clock: &Clock) {
        if clock.kind != ClockKind::ActBy || clock.party != Party::Provider {
            return;
        }
        let Some(due) = clock.operative else {
            return;
        };
        match clock.state {
            ClockState::Running | ClockState::Passed => {
                self.add(WatchKind::Late, &clock.id, due, None);
            }
            ClockState::Done { at, .. } if at > due => {
                self.add(WatchKind::Late, &clock.id, due, Some(at));
            }
            ClockState::Done { at, .. } => {
                let whole = due.duration_since(clock.started_at);
                if due.duration_since(at) <= LAST_PART.min(whole / 10) {
                    self.happened(WatchKind::NearlyLate, &clock.id, at);
                }
            }
            ClockState::Paused | ClockState::OpenEnded { .. } | ClockState::Released { .. } => {}
        }
    }

    fn notice(&mut self, case: &Case, notice: &Notice, last: Timestamp) {
        let Some(id) = &notice.id else {
            return;
        };
        match notice.next_step {
            NextStep::AskForEnd => {
                let since = case.received_at.unwrap_or(last);
                self.add(WatchKind::SecrecyWithoutEnd, id, since, None);
            }
            NextStep::Tell | NextStep::TellWithEffect if notice.who == Teller::Provider => {
                if let Some(disclosed) = self.disclosed {
                    let since = notice.next_by.unwrap_or(disclosed + TOLD_IN);
                    self.add(WatchKind::NoticeOverdue, id, since, None);
                }
            }
            // When the order ends they are told, if nobody renews it.
            NextStep::WaitForEnd | NextStep::AskForRenewal => {
                if let (Some(_), Some(end)) = (self.disclosed, notice.next_by) {
                    self.add(WatchKind::NoticeOverdue, id, end + TOLD_IN, None);
                }
            }
            _ => {}
        }
    }
}

/// Whether a demand says that somebody's life or safety is at stake.
pub(crate) fn is_emergency(demand: &Demand) -> bool {
    demand.emergency.is_some() || demand.instrument.kind == InstrumentKind::EmergencyRequest
}
