//! What was decided in a case, and what was done about it.

use lagrum_model::{Answer, Case, Challenge, Event, EventKind, Moment, Part};

use crate::assessment::{answer_reason, stands, under};
use crate::case::{event_table, mandate, mandate_name};
use crate::date::Zone;
use crate::list::state;
use crate::names::Names;
use crate::{Phrases, demand};
use lagrum_blocks::{Block, Document, Field, Ink, Text};

/// What may happen to a challenge, in the order in which it usually does.
const STAGES: [Moment; 10] = [
    Moment::Objected,
    Moment::CourtReviewAsked,
    Moment::ReviewStarted,
    Moment::SupportersJoined,
    Moment::Heard,
    Moment::CourtRuled,
    Moment::ReviewEnded,
    Moment::Appealed,
    Moment::AppealDecided,
    Moment::Withdrawn,
];

/// How each part is answered, by whom, when and why; the stage of a challenge; each mandate and what became of
/// it; and what was done, in order of time.
pub(crate) fn done(
    page: &mut Document,
    case: &Case,
    events: &[Event],
    (zone, names): (&Zone, Names<'_>),
    phrases: &Phrases,
) {
    page.section(phrases.word("memo-decision"));
    let mut fields = vec![Field::new(
        phrases.word("case-state"),
        state(case.state(), phrases),
    )];
    fields.extend(challenge(case, zone, phrases));
    page.fields(fields);
    answers(page, case, events, zone, phrases);
    for (digest, record) in &case.mandates {
        page.part(mandate_name(digest, phrases));
        page.fields(mandate(record, case, events, (zone, names), phrases));
    }
    let done: Vec<_> = events.iter().filter(|event| is_done(event)).collect();
    if !done.is_empty() {
        page.part(phrases.word("memo-actions"));
        let table = event_table(done, false, (zone, names), phrases);
        page.blocks.push(table);
    }
}

/// Parts with their places of which the same is said: the answer, and why and by whom.
type Alike<'a> = (Text, Vec<Block>, Vec<(usize, &'a Part)>);

/// The answers, those with the same words, reason and author together.
fn answers(page: &mut Document, case: &Case, events: &[Event], zone: &Zone, phrases: &Phrases) {
    if case.answers.is_empty() {
        page.paragraph(phrases.word("memo-nothing-decided"));
        return;
    }
    let mut groups: Vec<Alike<'_>> = Vec::new();
    let mut add = |said: Text, more: Vec<Block>, part: (usize, _)| match groups
        .iter_mut()
        .find(|one| one.0 == said && one.1 == more)
    {
        Some((.., parts)) => parts.push(part),
        None => groups.push((said, more, vec![part])),
    };
    for (part, answer) in case.answered_parts() {
        let more = why_and_who(part, answer, events, zone, phrases);
        add(
            stands(case, answer, part, phrases),
            more,
            (answer.part, part),
        );
    }
    for place in case.waiting() {
        let found = case.assessment.as_ref();
        if let Some(part) = found.and_then(|found| found.parts.get(place)) {
            let said = Text::in_ink(Ink::Caution, phrases.word("answer-pending"));
            add(said, vec![], (place, part));
        }
    }
    for (said, more, parts) in groups {
        under(page, &parts, said, more, phrases);
    }
}

/// Why a part is answered as it is, who decided that and when.
fn why_and_who(
    part: &Part,
    answer: &Answer,
    events: &[Event],
    zone: &Zone,
    phrases: &Phrases,
) -> Vec<Block> {
    let reason = answer_reason(part, &answer.reason, phrases);
    let mut fields = vec![Field::new(phrases.word("answer-reason"), reason)];
    let decides = |event: &&Event| match &event.what {
        EventKind::Decided { answers } => answers.contains(answer),
        _ => false,
    };
    if let Some(event) = events.iter().rev().find(decides) {
        let by = demand::actor(&event.actor, phrases);
        let at = phrases.instant(event.at, zone);
        let text = format!("{by}, {at}");
        fields.push(Field::new(phrases.word("memo-decided"), text));
    }
    vec![Block::Fields { fields }]
}

/// How far a challenge has come, and when each step of it happened.
fn challenge(case: &Case, zone: &Zone, phrases: &Phrases) -> Option<Field> {
    if !case.was_challenged() {
        return None;
    }
    let stands = case.challenge_stands().map_or("none", Challenge::as_str);
    let stands = phrases.word(&format!("web-challenge-is-{stands}"));
    let mut steps: Vec<_> = STAGES
        .into_iter()
        .flat_map(|what| case.moments.all(what).iter().map(move |at| (*at, what)))
        .collect();
    steps.sort_by_key(|(at, _)| *at);
    let steps = steps.into_iter().map(|(at, what)| {
        let what = phrases.sentence(&phrases.word(&format!("moment-{what}")));
        Text::from(format!("{what}: {}", phrases.instant(at, zone)))
    });
    let lines = std::iter::once(Text::in_ink(Ink::Strong, stands)).chain(steps);
    let label = phrases.word("letter-kind-challenge");
    Some(Field::lines(label, lines.collect()))
}

/// Whether an event is a decision, or something that was done about the demand.
fn is_done(event: &Event) -> bool {
    match &event.what {
        EventKind::MilestoneRecorded { what, .. } => *what != Moment::Received,
        EventKind::EmergencyJudged { .. }
        | EventKind::Decided { .. }
        | EventKind::Approved { .. }
        | EventKind::Mandated { .. }
        | EventKind::Produced { .. }
        | EventKind::LookedUp { .. }
        | EventKind::Preserved { .. }
        | EventKind::Inquired { .. }
        | EventKind::InquiryAnswered { .. }
        | EventKind::InquiryRefused { .. }
        | EventKind::NotProduced { .. }
        | EventKind::MandateRecalled { .. }
        | EventKind::MandateLapsed { .. }
        | EventKind::Delivered { .. }
        | EventKind::CardGiven { .. }
        | EventKind::PassphraseTold { .. }
        | EventKind::PackageRemoved { .. }
        | EventKind::ReceiptConfirmed { .. }
        | EventKind::LetterSent { .. }
        | EventKind::LetterWaits { .. }
        | EventKind::LetterNotSent { .. }
        | EventKind::Closed { .. }
        | EventKind::Reopened {} => true,
        _ => false,
    }
}
