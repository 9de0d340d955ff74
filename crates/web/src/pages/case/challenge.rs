//! The challenge of a demand: its stages, what each does to the clocks, who supports it, and its papers.

mod stages;
mod time;

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_desk::{CaseView, CommandError, Intake};
use lagrum_documents::{answer_reason, letter_kind};
use lagrum_model::{
    Case, Challenge, Disposition, Event, EventKind, LetterKind, Moment, Ruling, RulingOutcome,
};
use maud::{Markup, html};

use self::stages::{SUPPORTERS, Stage, Stands, named, stages, stands};
use self::time::{clocks, effects};
use super::decision::what;
use super::{Shown, case_page, view, who, works};
use crate::error::Problem;
use crate::look::{
    Choice, Field, Note, Work, button, choices, field, near, note, shape, sign, stamp, status,
    text_area, upload_field,
};
use crate::pages::intake::{arrival, on_the_wall};
use crate::reply::Reply;
use crate::visit::Visit;

/// The page, or the form of the stage that the address names.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    if !view.case.was_challenged() {
        return Err(Problem::NotThere);
    }
    match visit.query.given("record") {
        Some(name) => form(visit, &view, name, None, None),
        None => Ok(shown(visit, &view)),
    }
}

fn shown(visit: &Visit<'_>, view: &CaseView) -> Reply {
    let case = &view.case;
    let all = stages(case);
    let challenged = case.answered_parts();
    let challenged: Vec<_> = challenged
        .filter(|(_, answer)| answer.disposition == Disposition::Challenge)
        .collect();
    let records = may_record(visit, case);
    let effects = effects(visit, case, all);
    let decided = decided(&view.events);
    let standing = case.challenge_stands();
    case_page(
        visit,
        view,
        &Shown::at("challenge"),
        html! {
            div.halves.aside {
                div {
                    h2 { (standing_in_words(visit, standing)) }
                    @if let Some(demand) = &case.demand {
                        p { (visit.fill("web-challenge-against", &[
                            ("authority", &demand.authority.name), ("reference", &demand.reference),
                        ])) }
                    }
                    ol.stages {
                        li.past {
                            span.number { (sign("tick")) span.hidden { (visit.say("web-work-done")) } }
                            div {
                                h3 { (visit.say("web-challenge-decided")) }
                                @if let Some(event) = decided {
                                    p.second { (stamp(visit, event.at)) " · " (who(visit, &event.actor)) " · "
                                        a href=(format!("/cases/{}/decision", view.id)) { (visit.say("web-tab-decision")) } }
                                }
                                @for (part, answer) in &challenged {
                                    p { (answer.part + 1) ". " (what(visit, part)) " " (shape(visit, answer.disposition, answer.is_in_part(part))) }
                                    @let reason = answer_reason(part, &answer.reason, visit.phrases());
                                    @if !reason.is_empty() { p.second { (reason) } }
                                }
                            }
                        }
                        @for ((number, one), stands) in (2..).zip(all).zip(stands(case, all)) {
                            (one_stage(visit, view, number, one, stands, effects.get(one.name), records))
                        }
                        (end(visit, view, all.len() + 2))
                    }
                    (papers(visit, view, decided))
                }
                aside aria-label=(visit.say("web-challenge-beside")) {
                    (clocks(visit, view))
                    (supporters(visit, view, records))
                    div.card {
                        h2 { (visit.say("web-challenge-counts")) }
                        p { (visit.say("web-challenge-counts-means")) }
                    }
                }
            }
        },
    )
}

fn standing_in_words(visit: &Visit<'_>, standing: Option<Challenge>) -> String {
    match standing {
        Some(one) => visit.say(&format!("web-challenge-is-{}", one.as_str())),
        None => visit.say("web-challenge-is-none"),
    }
}

fn may_record(visit: &Visit<'_>, case: &Case) -> bool {
    visit.may(Action::RecordMilestone) && !(case.closed && case.duties.is_empty())
}

/// When it was decided to challenge: the first decision since which something is challenged.
fn decided(events: &[Event]) -> Option<&Event> {
    events.iter().find(|event| match &event.what {
        EventKind::Decided { answers } => answers
            .iter()
            .any(|one| one.disposition == Disposition::Challenge),
        _ => false,
    })
}

fn one_stage(
    visit: &Visit<'_>,
    view: &CaseView,
    number: usize,
    stage: &Stage,
    stands: Stands,
    effect: Option<&Vec<String>>,
    records: bool,
) -> Markup {
    let name = format!("web-challenge-{}", stage.name);
    let (class, work) = match stands {
        Stands::Done => ("past", Work::Done),
        Stands::Now => ("now", Work::ToDo),
        Stands::Possible => ("", Work::NotYet),
        Stands::NotYet => ("", Work::NotYet),
    };
    let link = format!("/cases/{}/challenge?record={}", view.id, stage.name);
    let none = visit.say("web-challenge-clock-none");
    html! {
        li.(class) {
            span.number {
                @if stands == Stands::Done { (sign("tick")) span.hidden { (visit.say("web-work-done")) } }
                @else { (number) }
            }
            div {
                h3 {
                    (visit.say(&name)) " "
                    @match stands {
                        Stands::Now => (status(work, &visit.say("web-work-todo"))),
                        Stands::NotYet => (status(work, &visit.say("web-work-not-yet"))),
                        Stands::Done | Stands::Possible => {},
                    }
                }
                (recorded(visit, view, stage))
                @if stands != Stands::Done {
                    p { (visit.say(&format!("{name}-means"))) }
                    // Of what cannot start yet only what moves a clock is worth a line.
                    @for line in effect.into_iter().flatten().filter(|line| stands != Stands::NotYet || **line != none) {
                        p.second { (line) }
                    }
                }
                @if records && stands != Stands::NotYet {
                    p {
                        @if stands == Stands::Now { a.buttonlike.main href=(link) { (visit.say(&format!("{name}-record"))) } }
                        @else { a href=(link) { (visit.say(&format!("{name}-record"))) } }
                    }
                }
                @if stage.name == "filed" || stage.name == "objected" {
                    (letters(visit, view, &[LetterKind::Challenge, LetterKind::AnnexIii]))
                }
                @if ["ruled", "review-ended", "appeal-decided"].contains(&stage.name) && stands == Stands::Done {
                    (after_the_ruling(visit, view))
                }
                @if stage.tells_of_a_ruling() && stands == Stands::Done {
                    (letters(visit, view, &[LetterKind::CourtOutcome]))
                }
            }
        }
    }
}

/// What a ruling does is not decided here: counsel states it, and the law is applied to it.
fn after_the_ruling(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let id = &view.id;
    html! {
        ul {
            li { (visit.say("web-challenge-if-lifted")) " "
                a href=(format!("/cases/{id}/close")) { (visit.say("web-task-close")) } }
            li { (visit.say("web-challenge-if-upheld")) " "
                @if works(visit, &view.case, Action::Describe) { a href=(format!("/cases/{id}/describe")) { (visit.say("web-task-describe")) } } }
        }
    }
}

/// Every time that a stage was reached, as it was recorded.
fn recorded(visit: &Visit<'_>, view: &CaseView, stage: &Stage) -> Markup {
    let words = visit.phrases();
    html! {
        @for event in &view.events {
            @if let EventKind::MilestoneRecorded { what, when, ruling } = &event.what {
                @if stage.moments.contains(what) {
                    p {
                        (stamp(visit, *when)) " · "
                        @if stage.moments.len() > 1 { (words.word(&format!("moment-{what}"))) " · " }
                        @if let Some(ruling) = ruling {
                            (visit.say(&format!("web-challenge-went-{}", ruling.outcome.as_str())))
                            @if let Some(number) = &ruling.case_number { " (" (number) ")" }
                            " · "
                        }
                        (event.reason)
                        span.second { (visit.fill("web-challenge-recorded", &[
                            ("who", &who(visit, &event.actor)), ("at", &near(visit, event.at)),
                        ])) }
                    }
                }
            }
        }
    }
}

fn end(visit: &Visit<'_>, view: &CaseView, number: usize) -> Markup {
    let over = view.case.challenge_stands() == Some(Challenge::Withdrawn) || view.case.closed;
    html! {
        li.past[over] {
            span.number {
                @if over { (sign("tick")) span.hidden { (visit.say("web-work-done")) } } @else { (number) }
            }
            div {
                h3 { (visit.say("web-challenge-end")) }
                p.second { (visit.say("web-challenge-end-means")) }
            }
        }
    }
}

/// The letters that tell of it, written or to be written.
fn letters(visit: &Visit<'_>, view: &CaseView, kinds: &[LetterKind]) -> Markup {
    let can = kinds
        .iter()
        .copied()
        .filter(|kind| view.case.letter(*kind, visit.now).is_ok());
    html! {
        @if visit.may(Action::SendLetter) {
            p.chips {
                @for kind in can {
                    a href=(format!("/cases/{}/letters/{kind}", view.id)) {
                        (visit.fill("web-challenge-letter", &[("kind", &letter_kind(kind, visit.phrases()))]))
                    } " "
                }
            }
        }
    }
}

fn supporters(visit: &Visit<'_>, view: &CaseView, records: bool) -> Markup {
    let joined = view.case.moments.first(Moment::SupportersJoined).is_some();
    html! {
        div.card {
            h2 { (visit.say("web-challenge-supporters")) }
            @if joined { (recorded(visit, view, &SUPPORTERS)) }
            @else { p { (visit.say("web-challenge-supporters-none")) } }
            @if records {
                p { a.buttonlike href=(format!("/cases/{}/challenge?record=supporters", view.id)) {
                    (visit.say("web-challenge-supporters-record"))
                } }
            }
        }
    }
}

/// The files that came since it was decided to challenge, and the letters that tell of it.
fn papers(visit: &Visit<'_>, view: &CaseView, decided: Option<&Event>) -> Markup {
    let since = decided.map_or(Timestamp::MAX, |event| event.at);
    let mut rows = Vec::new();
    for event in view.events.iter().filter(|event| event.at >= since) {
        match &event.what {
            EventKind::Attached { original } => {
                let place = view.case.originals.iter().position(|one| one == original);
                let number = place.map_or(0, |place| place + 1);
                rows.push((
                    format!("/cases/{}/originals/{number}", view.id),
                    original.file_name.clone(),
                    event,
                    "web-challenge-read-desk",
                ));
            }
            EventKind::LetterSent { letter, .. }
                if [
                    LetterKind::Challenge,
                    LetterKind::AnnexIii,
                    LetterKind::CourtOutcome,
                ]
                .contains(&letter.kind) =>
            {
                rows.push((
                    format!("/cases/{}/letters/sent/{}", view.id, event.number),
                    letter_kind(letter.kind, visit.phrases()),
                    event,
                    "web-challenge-read-sent",
                ));
            }
            _ => {}
        }
    }
    html! {
        h2 { (visit.say("web-challenge-papers")) }
        @if rows.is_empty() { p { (visit.say("web-challenge-papers-none")) } }
        @else {
            table.list {
                thead { tr {
                    @for column in ["paper", "by", "when", "read"] {
                        th scope="col" { (visit.say(&format!("web-challenge-column-{column}"))) }
                    }
                } }
                tbody {
                    @for (to, name, event, read) in &rows {
                        tr {
                            th scope="row" { a.named href=(to) { (name) } }
                            td { (who(visit, &event.actor)) }
                            td { (stamp(visit, event.at)) }
                            td { (visit.say(read)) }
                        }
                    }
                }
            }
        }
        p.second { (visit.say("web-challenge-papers-counsel")) }
    }
}

/// The form that records a stage.
fn form(
    visit: &Visit<'_>,
    view: &CaseView,
    name: &str,
    refusal: Option<&CommandError>,
    wrong: Option<&str>,
) -> Result<Reply, Problem> {
    let case = &view.case;
    let stage = named(case, name).ok_or(Problem::NotThere)?;
    if !may_record(visit, case) {
        return Err(Problem::NotThere);
    }
    let key = format!("web-challenge-{}", stage.name);
    let title = visit.say(&format!("{key}-record"));
    let kind = Shown {
        title: &title,
        status: match refusal.is_some() || wrong.is_some() {
            true => 422,
            false => 200,
        },
        refusal,
        ..Shown::at("challenge")
    };
    let words = visit.phrases();
    let ways: Vec<_> = stage
        .moments
        .iter()
        .map(|one| {
            let says = words.sentence(&words.word(&format!("moment-{one}")));
            Choice::new(one.to_string(), says)
        })
        .collect();
    let chosen = visit.form.text("what");
    let chosen = match (chosen, ways.first()) {
        ("", Some(first)) => first.value.as_str(),
        (chosen, _) => chosen,
    };
    let effect = effects(visit, case, stages(case));
    let wrong = wrong.map(|name| visit.say(name));
    let here = format!("/cases/{}/challenge", view.id);
    Ok(case_page(
        visit,
        view,
        &kind,
        html! {
            h2 { (title) }
            p { (visit.say(&format!("{key}-means"))) }
            @for line in effect.get(stage.name).into_iter().flatten() {
                (note(Note::Quiet, html! { p { (line) } }))
            }
            form.stack action=(here) method="post" enctype="multipart/form-data" {
                input type="hidden" name="stage" value=(stage.name);
                @if ways.len() > 1 {
                    (choices(&Field {
                        name: "what",
                        label: &visit.say("web-challenge-which"),
                        value: chosen,
                        ..Field::default()
                    }, &ways))
                }
                (field(&Field {
                    name: "at",
                    label: &visit.say("web-record-when"),
                    hint: &words.sentence(&words.zone(&visit.zone())),
                    value: visit.form.text("at"),
                    wrong: wrong.as_deref(),
                    kind: "datetime-local",
                    class: "short",
                    required: true,
                    ..Field::default()
                }))
                @if stage.is_a_ruling() { (went(visit)) }
                (text_area(&Field {
                    name: "how",
                    label: &visit.say(&format!("{key}-how")),
                    value: visit.form.text("how"),
                    required: true,
                    ..Field::default()
                }, 3))
                (upload_field(&Field {
                    name: "files",
                    label: &visit.say("web-challenge-files"),
                    hint: &visit.say("web-challenge-files-hint"),
                    ..Field::default()
                }))
                (button(&visit.say("web-record-button"), html! { a href=(here) { (visit.say("web-cancel")) } }))
            }
        },
    ))
}

/// How a ruling went, and its number.
fn went(visit: &Visit<'_>) -> Markup {
    let outcomes = RulingOutcome::ALL.map(|one| {
        let says = visit.say(&format!("web-challenge-went-{}", one.as_str()));
        Choice::new(one.as_str(), says)
    });
    html! {
        (choices(&Field {
            name: "outcome",
            label: &visit.say("web-challenge-went"),
            value: visit.form.text("outcome"),
            required: true,
            ..Field::default()
        }, &outcomes))
        (field(&Field {
            name: "number",
            label: &visit.say("web-challenge-number"),
            hint: &visit.say("web-challenge-number-hint"),
            value: visit.form.text("number"),
            class: "short",
            ..Field::default()
        }))
    }
}

/// Records a stage, with its papers.
pub(crate) fn record(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let (id, name) = (&view.id, visit.form.text("stage"));
    let stage = named(&view.case, name).ok_or(Problem::Malformed)?;
    let chosen = match visit.form.given("what") {
        Some(word) => stage.moments.iter().find(|one| one.as_str() == word),
        None => stage.moments.first(),
    };
    let what = *chosen.ok_or(Problem::Malformed)?;
    let Some(at) = on_the_wall(visit, visit.form.text("at")) else {
        return form(visit, &view, name, None, Some("web-wrong-time"));
    };
    let arrival = arrival(visit).map_err(|_| Problem::Malformed)?;
    let papers: Vec<_> = visit
        .uploads
        .iter()
        .map(|one| Intake {
            file_name: match one.name.as_str() {
                "" => "file",
                name => name,
            },
            bytes: &one.bytes,
            arrival: arrival.clone(),
        })
        .collect();
    let how = visit.form.text("how");
    let outcome = visit.form.given("outcome").filter(|_| stage.is_a_ruling());
    let outcome = outcome.map(RulingOutcome::parse).transpose();
    let ruling = outcome
        .map_err(|_| Problem::Malformed)?
        .map(|outcome| Ruling {
            outcome,
            case_number: visit.form.given("number").map(str::to_owned),
        });
    let done = visit.command(|session| {
        session.record_ruling(id, &[(what, at)], ruling.as_ref(), how, &papers)
    })?;
    match done {
        Ok(_) => Ok(Reply::see(format!("/cases/{id}/challenge?done=recorded"))),
        Err(refusal) => form(visit, &view, name, Some(&refusal), None),
    }
}
