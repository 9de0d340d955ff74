//! What the list shows of a case, as it follows from its events.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use lagrum_access::route;
use lagrum_figures::CaseFacts;
use lagrum_law::{first_due, first_end};
use lagrum_mandate::Mandate;
use lagrum_model::{
    Act, Actor, Answer, Case, CaseId, CaseState, Category, Challenge, Disposition, Event,
    EventKind, MandateRecord, Role,
};
use lagrum_store::{AtDoor, DESCRIBE, Due, Projection, Summary, Unsigned, WaitingFor};

use crate::Desk;
use crate::command::inquire::is_open;
use crate::duties::due_of;
use crate::lapse::{dead, ends_at};
use crate::sequencer::recorded_inquiry;
use crate::watch::watched;
use crate::written::{letters, written};

/// The shortest time that any instrument leaves: eight hours in an emergency (Article 10(4) of
/// Regulation (EU) 2023/1543). What nobody described yet may be one.
pub const SHORTEST: SignedDuration = SignedDuration::from_hours(8);

/// The read model of a case. It depends on the events and the law packs and on nothing else: not on
/// the clock, so that rebuilding gives the same. Whether what is due has passed, whoever reads it
/// sees.
pub(crate) fn project(desk: &Desk, id: &CaseId, case: &Case, events: &[Event]) -> Projection {
    let events = before_views(events);
    let demand = case.demand.as_ref();
    let last = events.last().map(|event| event.at).unwrap_or_default();
    let clocks = desk.clocks(case, last).unwrap_or_default();
    let due = match case.state() {
        CaseState::Closed => None,
        // Nobody knows what runs: eight hours, perhaps. It goes before everything that came later.
        CaseState::Received => case.received_at.map(|at| Due {
            at: at + SHORTEST,
            clock: DESCRIBE.into(),
            kind: DESCRIBE.into(),
        }),
        CaseState::DutiesRun => desk.due_of_duties(case, last).unwrap_or_default(),
        _ => first_due(&clocks).and_then(due_of),
    };
    let runs = match case.state() {
        CaseState::Closed | CaseState::Received | CaseState::DutiesRun => None,
        _ => first_end(&clocks)
            .filter(|_| due.is_none())
            .and_then(due_of),
    };
    let waiting_for = waiting_for(case, events);
    let parts = match (&case.assessment, demand) {
        (Some(assessment), _) => assessment.parts.len(),
        (None, Some(demand)) => demand.parts.len(),
        (None, None) => 0,
    };
    let name = case.originals.first();
    let route = route(case);
    let people = desk.people().ok();
    let group = people.and_then(|people| people.group_of(&route));
    let summary = Summary {
        case: id.clone(),
        name: name
            .map(|first| first.file_name.clone())
            .unwrap_or_default(),
        received_at: case.received_at.unwrap_or(last),
        state: case.state(),
        closed: case.state() == CaseState::Closed,
        authority: demand.map(|demand| demand.authority.name.clone()),
        authority_country: demand.map(|demand| demand.authority.country),
        reference: demand.map(|demand| demand.reference.clone()),
        instrument: demand.map(|demand| demand.instrument.kind),
        owner: case.owner.clone(),
        due,
        answers: case.dispositions(),
        parts: u32::try_from(parts).unwrap_or(u32::MAX),
        also: also(case, events, &waiting_for),
        runs,
        to_sign: to_sign(case),
        agent_until: with_agents(case, events),
        sign_until: ends(case, &|one| is_unsigned(case, one)),
        waiting_for,
        events: case.events,
        group: group.map(|group| group.id.clone()),
        route,
    };
    let identifiers = demand
        .map(|demand| demand.identifiers().into_iter().cloned().collect())
        .unwrap_or_default();
    Projection {
        summary,
        identifiers,
        written: written(events),
        letters: letters(events),
        watched: watched(desk, id, case, events, &clocks),
        door: at_door(case, events),
        facts: CaseFacts::of(case, events).and_then(|facts| padded(&facts)),
        // Without the people nobody knows whose it is: then the list has to be arranged.
        arranged: people.map_or_else(|| "?".to_owned(), |people| people.groups_mark()),
    }
}

/// The events without those behind the last that is more than a look at the door: that an officer saw the case again
/// is no moment at which anything of it is found to be over.
fn before_views(events: &[Event]) -> &[Event] {
    let more = |event: &Event| event.what != EventKind::Viewed {};
    let length = events.iter().rposition(more).map_or(0, |last| last + 1);
    &events[..length]
}

/// Facts of one length, as far as can be: sealed, their length would tell how far the case has come.
fn padded(facts: &CaseFacts) -> Option<Vec<u8>> {
    const WHOLE: usize = 1024;
    let mut bytes = serde_json::to_vec(facts).ok()?;
    bytes.resize(bytes.len().next_multiple_of(WHOLE), b' ');
    Some(bytes)
}

/// Who sent it at the door, and what.
fn at_door(case: &Case, events: &[Event]) -> Option<AtDoor> {
    let sent = events
        .iter()
        .filter(|event| matches!(event.actor, Actor::Officer { .. }));
    let sent = sent.filter_map(|event| match &event.what {
        EventKind::Received { original } | EventKind::Attached { original } => {
            Some(original.sha256)
        }
        _ => None,
    });
    Some(AtDoor {
        sender: crate::door::sender(case.sent_by.as_ref()?)?,
        sent: sent.collect(),
    })
}

/// For whom or what a case waits.
fn waiting_for(case: &Case, events: &[Event]) -> WaitingFor {
    match case.state() {
        CaseState::Received => WaitingFor::Description,
        CaseState::Described => WaitingFor::Authentication,
        CaseState::Authenticated | CaseState::NotAuthenticated
            if case.inquiries.values().any(is_open) =>
        {
            WaitingFor::Agent
        }
        CaseState::Authenticated | CaseState::NotAuthenticated => WaitingFor::Assessment,
        CaseState::Assessed => {
            let pending = |found: &lagrum_model::Assessment| {
                let all = &found.parts;
                !all.is_empty()
                    && all
                        .iter()
                        .all(|part| part.finding.disposition == Disposition::Wait)
            };
            match case.assessment.as_ref().is_some_and(pending) {
                true => WaitingFor::Authority,
                false => WaitingFor::Decision,
            }
        }
        CaseState::Decided | CaseState::PartlyApproved => match signatures(case) {
            WaitingFor::Closing => closing(case, events),
            other => other,
        },
        // Recalled, or run out, and answered: nobody works on it any more.
        CaseState::NotProduced if case.mandates.values().any(|one| is_over(one, events)) => {
            WaitingFor::Decision
        }
        CaseState::Mandated | CaseState::NotProduced => WaitingFor::Agent,
        CaseState::Produced => WaitingFor::Delivery,
        CaseState::Delivered => closing(case, events),
        CaseState::Waiting if case.waiting().any(|part| case.is_looked_up(part)) => {
            WaitingFor::Assessment
        }
        // What the law does not make wait, a person lets wait: its mandate lapsed, and it was not
        // decided since.
        CaseState::Waiting if case.waiting().any(|part| to_be_decided(case, part)) => {
            WaitingFor::Decision
        }
        CaseState::Waiting => WaitingFor::Authority,
        CaseState::DutiesRun | CaseState::Closed => WaitingFor::Nobody,
    }
}

/// What is answered is closed, unless something of it is challenged and nobody ruled on it yet, the authority was
/// not told of it, or was asked.
fn closing(case: &Case, events: &[Event]) -> WaitingFor {
    match case.challenge() {
        Some(Challenge::ToFile) => WaitingFor::Filing,
        Some(Challenge::Before) => WaitingFor::Court,
        Some(Challenge::Ruled | Challenge::Withdrawn) | None => {
            let asked = |answer: &Answer| {
                matches!(
                    answer.disposition,
                    Disposition::Ask | Disposition::NotLookedUp
                )
            };
            match case.letter_owed(events) {
                Some(_) => WaitingFor::Letter,
                None if case.is_verified() && case.answers.iter().any(asked) => {
                    WaitingFor::Authority
                }
                None => WaitingFor::Closing,
            }
        }
    }
}

/// From when on nobody carries out each mandate that agents have, or answers each question.
fn with_agents(case: &Case, events: &[Event]) -> Vec<Timestamp> {
    if case.closed {
        return Vec::new();
    }
    let mut all = ends(case, &|one| one.is_out() && !is_over(one, events));
    let asked = case.inquiries.values().filter(|one| is_open(one));
    all.extend(asked.filter_map(|one| Some(recorded_inquiry(&one.note).ok()?.over_at())));
    all.sort();
    all
}

/// From when on nobody carries out each of these mandates, or signs it.
fn ends(case: &Case, of: &dyn Fn(&MandateRecord) -> bool) -> Vec<Timestamp> {
    let mandates = case.mandates.values().filter(|one| of(one));
    let mut all: Vec<_> = mandates.filter_map(|one| ends_at(one).ok()).collect();
    all.sort();
    all
}

/// Whether a mandate waits for signatures.
fn is_unsigned(case: &Case, mandate: &MandateRecord) -> bool {
    !case.closed && !mandate.is_released() && !mandate.is_lapsed()
}

/// Whether nobody could carry a mandate out any more when the last thing happened.
fn is_over(mandate: &MandateRecord, events: &[Event]) -> bool {
    let over = |last: &Event| matches!(dead(mandate, last.at), Ok(Some(_)));
    mandate.is_out() && events.last().is_some_and(over)
}

/// What else is open in a case beside what it waits for first: each of it goes its own way.
fn also(case: &Case, events: &[Event], first: &WaitingFor) -> Vec<WaitingFor> {
    if case.closed || case.answers.is_empty() {
        return Vec::new();
    }
    let out = |one: &&MandateRecord| one.is_out() && !is_over(one, events);
    let made = |one: &&MandateRecord| one.produced.is_some() && one.delivered_to.is_none();
    let any =
        |which: &dyn Fn(&&MandateRecord) -> bool| case.mandates.values().any(|one| which(&one));
    let challenge = match case.challenge() {
        Some(Challenge::ToFile) => Some(WaitingFor::Filing),
        Some(Challenge::Before) => Some(WaitingFor::Court),
        Some(Challenge::Ruled | Challenge::Withdrawn) | None => None,
    };
    let signature = Some(signatures(case)).filter(|one| *one != WaitingFor::Closing);
    let all = [
        challenge,
        any(&made).then_some(WaitingFor::Delivery),
        case.letter_owed(events).map(|_| WaitingFor::Letter),
        signature,
        any(&out).then_some(WaitingFor::Agent),
    ];
    let others = all.into_iter().flatten().filter(|one| one != first);
    others.collect()
}

/// What is to be signed: of how many accounts, what, and to whom; and who signed already.
fn to_sign(case: &Case) -> Option<Unsigned> {
    let open = case.mandates.values();
    let open = open.filter(|one| is_unsigned(case, one));
    let (mut accounts, mut categories) = (BTreeSet::new(), BTreeSet::<Category>::new());
    let (mut recipients, mut signed_by) = (BTreeSet::new(), BTreeSet::new());
    let mut any = false;
    for record in open {
        any = true;
        let signers = record.approvals.iter().map(|one| one.signer.clone());
        signed_by.extend(signers);
        let Ok(mandate) = Mandate::parse(&record.text) else {
            continue;
        };
        if mandate.act == Act::Disclose && mandate.look_up.is_none() && !case.only_searches(record)
        {
            recipients.insert(mandate.recipient.name().to_owned());
        }
        accounts.extend(mandate.identifiers.iter().map(ToString::to_string));
        categories.extend(mandate.categories);
    }
    any.then(|| Unsigned {
        accounts: u32::try_from(accounts.len()).unwrap_or(u32::MAX),
        categories: categories.into_iter().collect(),
        recipients: recipients.into_iter().collect(),
        signed_by: signed_by.into_iter().collect(),
    })
}

fn to_be_decided(case: &Case, part: usize) -> bool {
    let found = case.assessment.as_ref();
    let found = found.and_then(|found| found.parts.get(part));
    found.is_some_and(|part| part.finding.disposition != Disposition::Wait)
}

/// Whose signatures the case waits for; if for nobody's, it waits to be closed.
fn signatures(case: &Case) -> WaitingFor {
    let mut roles = Vec::new();
    let open = case.mandates.values();
    for mandate in open.filter(|one| !one.is_released() && !one.is_lapsed()) {
        let counsel_signed = mandate
            .approvals
            .iter()
            .any(|approval| approval.role == Role::Counsel);
        let mut missing = Vec::new();
        if !counsel_signed {
            missing.push(Role::Counsel);
        }
        if mandate.approvals.len() + missing.len() < 2 {
            missing.push(Role::Analyst);
        }
        for role in missing {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    match roles.is_empty() {
        true => WaitingFor::Closing,
        false => WaitingFor::Signature(roles),
    }
}
