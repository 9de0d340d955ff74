//! Calling the authority back, and whether the demand is genuine.

use lagrum_access::Action;
use lagrum_desk::{Call, CommandError, Genuine, Sender};
use lagrum_documents::sender_warning;
use lagrum_model::{Case, CaseId};
use maud::{Markup, html};

use super::{Shown, case_page, view, works};
use crate::error::Problem;
use crate::look::{Choice, Field, Note, button, choices, field, note, stamp, text_area};
use crate::pages::intake::on_the_wall;
use crate::pages::people::person;
use crate::reply::Reply;
use crate::visit::Visit;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None)
}

fn shown(visit: &Visit<'_>, refusal: Option<&CommandError>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let title = visit.say("web-task-call-back");
    let kind = Shown {
        title: &title,
        status: if refusal.is_some() { 422 } else { 200 },
        refusal,
        ..Shown::at("thread")
    };
    if case.demand.is_none() {
        return Ok(case_page(
            visit,
            &view,
            &kind,
            html! {
                h2 { (title) }
                (note(Note::Warning, html! {
                    p { (visit.say("web-call-undescribed")) }
                    @if works(visit, case, Action::Describe) {
                        p { a href=(format!("/cases/{}/describe", view.id)) { (visit.say("web-task-describe")) } }
                    }
                }))
            },
        ));
    }
    let sender = visit.ask(|session| session.sender(&view.id))?;
    let id = &view.id;
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            div.halves {
                section aria-labelledby="call" {
                    h2 #call { (title) }
                    (number(visit, &sender))
                    @for made in &case.call_backs {
                        (note(if made.call.confirmed { Note::Done } else { Note::Refused }, html! {
                            p { (visit.fill(if made.call.confirmed { "web-call-confirmed" } else { "web-call-denied" },
                                &[("who", &made.call.answered_by), ("number", &made.call.number), ("by", &person(visit, made.by.id()))])) }
                            p.second { (stamp(visit, made.call.at)) }
                        }))
                    }
                    @if sender.known.is_some() && works(visit, case, Action::CallBack) && case.answers.is_empty() {
                        (call_form(visit, id))
                    }
                }
                section aria-labelledby="genuine" {
                    h2 #genuine { (visit.say("web-genuine")) }
                    (super::door::evidence(visit, case))
                    @if sender.warnings.is_empty() {
                        p { (visit.say("web-sender-fits")) }
                    } @else {
                        (note(Note::Warning, html! {
                            h2 { (visit.say("web-sender-differs")) }
                            ul { @for one in &sender.warnings { li { (sender_warning(one, visit.phrases())) } } }
                        }))
                    }
                    @if let Some(found) = &case.authenticated {
                        (note(if found.verified { Note::Done } else { Note::Refused }, html! {
                            p { (visit.say(if found.verified { "checked-verified" } else { "checked-not-verified" })) }
                            p.second { (found.how) " · " (person(visit, found.by.id())) " · " (stamp(visit, found.at)) }
                        }))
                    }
                    @if works(visit, case, Action::Authenticate) && case.answers.is_empty() {
                        (genuine_form(visit, id, &sender))
                    }
                    @if case.demand.as_ref().is_some_and(|demand| demand.emergency.is_some()) {
                        (danger_form(visit, id, case))
                    }
                }
            }
        },
    ))
}

/// The number of the list, and never one that stands in the demand.
fn number(visit: &Visit<'_>, sender: &Sender) -> Markup {
    html! {
        @match &sender.known {
            Some(known) => {
                p { (visit.fill("web-call-whom", &[("name", &known.name)])) }
                p.number { a href=(format!("tel:{}", dialled(&known.telephone))) { (known.telephone) } }
                p.second { (visit.say("web-call-ours")) }
                p { (visit.say("web-call-ask")) }
            }
            None => {
                (note(Note::Warning, html! {
                    h2 { (visit.say("web-call-unknown")) }
                    p { (visit.say("web-call-unknown-way")) }
                }))
            }
        }
    }
}

fn dialled(number: &str) -> String {
    number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}

fn call_form(visit: &Visit<'_>, id: &lagrum_model::CaseId) -> Markup {
    let answers = [
        Choice::new("yes", visit.say("web-call-yes")),
        Choice::new("no", visit.say("web-call-no")),
    ];
    html! {
        form.stack action=(format!("/cases/{id}/call-back")) method="post" {
            (choices(&Field {
                name: "confirmed",
                label: &visit.say("web-call-result"),
                value: visit.form.text("confirmed"),
                required: true,
                ..Field::default()
            }, &answers))
            (field(&Field {
                name: "who",
                label: &visit.say("web-call-who"),
                hint: &visit.say("web-call-who-hint"),
                value: visit.form.text("who"),
                required: true,
                ..Field::default()
            }))
            (field(&Field {
                name: "at",
                label: &visit.say("web-call-at"),
                hint: &visit.say("web-call-at-hint"),
                value: visit.form.text("at"),
                kind: "datetime-local",
                class: "short",
                ..Field::default()
            }))
            p.second { (visit.say("web-call-unreached")) }
            (button(&visit.say("web-call-button"), html! {}))
        }
    }
}

fn genuine_form(visit: &Visit<'_>, id: &lagrum_model::CaseId, sender: &Sender) -> Markup {
    let answers = [
        Choice::new("yes", visit.say("web-genuine-yes")),
        Choice::new("no", visit.say("web-genuine-no")),
    ];
    html! {
        form.stack action=(format!("/cases/{id}/genuine")) method="post" {
            (choices(&Field {
                name: "verified",
                label: &visit.say("web-genuine-question"),
                value: visit.form.text("verified"),
                required: true,
                ..Field::default()
            }, &answers))
            (text_area(&Field {
                name: "how",
                label: &visit.say("web-genuine-how"),
                hint: &visit.say("web-genuine-how-hint"),
                value: visit.form.text("how"),
                required: true,
                ..Field::default()
            }, 3))
            @if !sender.warnings.is_empty() {
                (text_area(&Field {
                    name: "despite",
                    label: &visit.say("web-genuine-despite"),
                    hint: &visit.say("web-genuine-despite-hint"),
                    value: visit.form.text("despite"),
                    ..Field::default()
                }, 3))
            }
            (button(&visit.say("web-genuine-button"), html! {}))
        }
    }
}

fn danger_form(visit: &Visit<'_>, id: &CaseId, case: &Case) -> Markup {
    let answers = [
        Choice::new("yes", visit.say("web-danger-yes")),
        Choice::new("no", visit.say("web-danger-no")),
    ];
    html! {
        h2 { (visit.say("web-danger")) }
        p { (visit.say(if case.emergency_believed { "web-danger-believed" } else { "web-danger-not-believed" })) }
        @if works(visit, case, Action::JudgeEmergency) {
            form.stack action=(format!("/cases/{id}/danger")) method="post" {
                (choices(&Field {
                    name: "believed",
                    label: &visit.say("web-danger-question"),
                    required: true,
                    ..Field::default()
                }, &answers))
                (text_area(&Field {
                    name: "why",
                    label: &visit.say("web-danger-why"),
                    required: true,
                    ..Field::default()
                }, 3))
                (button(&visit.say("web-danger-button"), html! {}))
            }
        } @else {
            p.second { (visit.say("web-danger-counsel")) }
        }
    }
}

/// Records the call.
pub(crate) fn record(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let confirmed = match visit.form.text("confirmed") {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::Malformed),
    };
    let at = match visit.form.given("at") {
        None => None,
        Some(text) => Some(on_the_wall(visit, text).ok_or(Problem::Malformed)?),
    };
    let call = Call {
        answered_by: visit.form.text("who"),
        at,
        confirmed,
    };
    match visit.command(|session| session.call_back(&id, &call))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{id}/call-back?done=called"))),
        Err(refusal) => shown(visit, Some(&refusal)),
    }
}

/// Records whether the demand is genuine.
pub(crate) fn genuine(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let verified = match visit.form.text("verified") {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::Malformed),
    };
    let genuine = Genuine {
        verified,
        how: visit.form.text("how"),
        despite: visit.form.given("despite"),
    };
    match visit.command(|session| session.authenticate(&id, &genuine))? {
        Ok(_) => {
            let done = if verified { "genuine" } else { "not-genuine" };
            Ok(Reply::see(format!("/cases/{id}?done={done}")))
        }
        Err(refusal) => shown(visit, Some(&refusal)),
    }
}

/// Records counsel's belief in the danger.
pub(crate) fn danger(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let believed = match visit.form.text("believed") {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::Malformed),
    };
    let why = visit.form.text("why");
    match visit.command(|session| session.judge_emergency(&id, believed, why))? {
        Ok(()) => Ok(Reply::see(format!("/cases/{id}?done=judged"))),
        Err(refusal) => shown(visit, Some(&refusal)),
    }
}
