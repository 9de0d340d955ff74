//! Tasks and thread: what is next, for whom it waits, and what was done.

mod done;
mod tasks;

use lagrum_access::Action;
use lagrum_desk::CaseView;
use lagrum_documents::{event_reason, happened, mandate_page};
use lagrum_model::{Case, Disposition, EventKind};
use maud::{Markup, html};

use super::{Shown, case_page, door, view, who, works};
use crate::error::Problem;
use crate::look::{
    Choice, Field, Note, button, case_link, document, field, note as said_note, select, stamp,
    text_area,
};
use crate::pages::people::{named, workers_of};
use crate::reply::Reply;
use crate::visit::Visit;

pub(crate) use done::{
    ask, assign, deliver, hand_to_group, join, link, note, passphrase_told, sealed_note,
};
use tasks::tasks;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    shown(visit, &view, &Shown::at("thread"))
}

fn shown(visit: &Visit<'_>, view: &CaseView, shown: &Shown<'_>) -> Result<Reply, Problem> {
    let case = &view.case;
    let alike = if case.closed {
        vec![]
    } else {
        visit.ask(|session| session.alike(&view.id))?
    };
    Ok(case_page(
        visit,
        view,
        shown,
        html! {
            @if view.unrecorded_answer {
                (said_note(Note::Quiet, html! { p { (visit.say("web-answer-waits")) } }))
            }
            @if !view.lapsed.is_empty() {
                (said_note(Note::Warning, html! { p {
                    (visit.say("web-lapsed")) " "
                    a href=(format!("/cases/{}/decision", view.id)) { (visit.say("web-tab-decision")) }
                } }))
            }
            @if let Some(there) = case.answered_in() {
                (said_note(Note::Quiet, html! { p { (visit.say("web-joined-to")) " " (case_link(there)) } }))
            }
            @if super::night::is_emergency(case) && case.answers.is_empty() && !case.closed {
                (said_note(Note::Warning, html! { p {
                    (visit.say("night-case")) " "
                    a href=(format!("/cases/{}/night", view.id)) { (visit.say("night-open")) }
                } }))
            }
            @for other in &alike {
                (said_note(Note::Warning, html! {
                    p { (visit.say("web-alike")) " " (case_link(&other.case)) }
                    @if visit.may(Action::Join) {
                        form action=(format!("/cases/{}/join", view.id)) method="post" {
                            input type="hidden" name="other" value=(other.case);
                            input type="hidden" name="reason" value=(visit.say("web-alike-reason"));
                            button { (visit.say("web-alike-link")) }
                        }
                    }
                }))
            }
            div.halves {
                section aria-labelledby="tasks" {
                    h2 #tasks { (visit.say("web-tasks")) }
                    (tasks(visit, view))
                    (mandates(visit, view))
                }
                section aria-labelledby="thread" {
                    h2 #thread { (visit.say("web-thread")) }
                    (writing(visit, view)?)
                    (door::beside(visit, view)?)
                    (events(visit, view))
                }
            }
        },
    ))
}

fn mandates(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let case = &view.case;
    let zone = visit.zone();
    let to_deliver = case
        .mandates
        .values()
        .any(|one| one.produced.is_some() && one.delivered_to.is_none());
    let to_tell = visit.ask(|session| session.passphrases_to_tell(case));
    let to_tell = to_tell.is_ok_and(|mandates| !mandates.is_empty());
    html! {
        @if !case.mandates.is_empty() {
            h2 #deliver { (visit.say("mandates")) }
            @if to_deliver && works(visit, case, Action::Deliver) {
                form action=(format!("/cases/{}/deliver", view.id)) method="post" {
                    (button(&visit.say("web-deliver"), html! {}))
                }
            }
            @if to_tell && visit.may(Action::TellPassphrase) {
                form action=(format!("/cases/{}/passphrase-told", view.id)) method="post" {
                    (button(&visit.say("web-passphrase-told"), html! {}))
                }
            }
            @for (digest, one) in &case.mandates {
                div.card {
                    @let made = named(visit, |names| mandate_page(digest, one, case, (&zone, names), visit.phrases()));
                    h3 { (made.title) }
                    (document(&made))
                }
            }
        }
    }
}

fn writing(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    let id = &view.id;
    let mut people = vec![Choice::new("", visit.say("web-owner-none"))];
    people.extend(workers_of(visit, &view.case)?);
    let owner = view.case.owner.clone().unwrap_or_default();
    let grouped = !visit.desk.people()?.groups().is_empty();
    Ok(html! {
        @if visit.may(Action::Note) {
            form.card action=(format!("/cases/{id}/notes")) method="post" data-key-save=[visit.key("save")] {
                (text_area(&Field {
                    name: "text",
                    label: &visit.say("web-note"),
                    hint: &visit.say(if grouped { "web-note-hint-group" } else { "web-note-hint" }),
                    required: true,
                    key: visit.key("m"),
                    ..Field::default()
                }, 3))
                @if visit.may(Action::NotePrivileged) {
                    div.choice {
                        input #privileged type="checkbox" name="privileged" value="yes";
                        label for="privileged" { (visit.say("web-note-privileged")) }
                        p.hint { (visit.say("web-note-privileged-hint")) }
                    }
                }
                div.buttons { button { (visit.say("web-note-button")) } }
            }
        }
        @if let Some(me) = takes(visit, view) {
            form action=(format!("/cases/{id}/owner")) method="post" {
                input type="hidden" name="owner" value=(me);
                button data-key=[visit.key("a")] aria-keyshortcuts=[visit.key("a")] { (visit.say("web-take")) }
            }
        }
        @if works(visit, &view.case, Action::Assign) {
            details {
                summary { (visit.say("web-more")) }
                form action=(format!("/cases/{id}/owner")) method="post" {
                    (select(&Field {
                        name: "owner",
                        label: &visit.say("web-hand-over"),
                        value: &owner,
                        class: "short",
                        key: visit.key("h"),
                        ..Field::default()
                    }, &people))
                    button { (visit.say("web-hand-over-button")) }
                }
                (to_group(visit, view)?)
                form action=(format!("/cases/{id}/links")) method="post" {
                    input type="hidden" name="how" value="related";
                    (field(&Field {
                        name: "other",
                        label: &visit.say("web-link"),
                        hint: &visit.say("web-link-hint"),
                        class: "short",
                        required: true,
                        ..Field::default()
                    }))
                    (field(&Field {
                        name: "reason",
                        label: &visit.say("web-link-why"),
                        required: true,
                        ..Field::default()
                    }))
                    button { (visit.say("web-link-button")) }
                }
                @if visit.may(Action::Join) {
                    form action=(format!("/cases/{id}/join")) method="post" {
                        (field(&Field {
                            name: "into",
                            label: &visit.say("web-join"),
                            hint: &visit.say("web-join-hint"),
                            class: "short",
                            required: true,
                            ..Field::default()
                        }))
                        (field(&Field {
                            name: "why",
                            label: &visit.say("web-link-why"),
                            required: true,
                            ..Field::default()
                        }))
                        button { (visit.say("web-join-button")) }
                    }
                }
                p { a href=(format!("/cases/{id}/close")) { (visit.say("web-task-close")) } }
            }
        }
    })
}

/// The form with which a case is handed to another group: nothing where the desk has none.
fn to_group(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    let people = visit.desk.people()?;
    let own = people.group_of(&lagrum_access::route(&view.case));
    let others = people.groups().iter().filter(|one| Some(*one) != own);
    let others: Vec<_> = others.map(|one| Choice::new(&one.id, &one.name)).collect();
    Ok(html! {
        @if !others.is_empty() {
            form action=(format!("/cases/{}/group", view.id)) method="post" {
                (select(&Field {
                    name: "group",
                    label: &visit.say("web-group-to"),
                    hint: &visit.say("web-group-to-hint"),
                    class: "short",
                    ..Field::default()
                }, &others))
                (field(&Field {
                    name: "group-why",
                    label: &visit.say("web-group-why"),
                    required: true,
                    ..Field::default()
                }))
                button { (visit.say("web-group-button")) }
            }
        }
    })
}

/// Who would take the case over with one press: somebody who may, and does not have it.
fn takes<'v>(visit: &'v Visit<'_>, view: &CaseView) -> Option<&'v str> {
    let me = visit.who.as_ref()?.principal.id();
    let open = view.case.owner.as_deref() != Some(me);
    (open && works(visit, &view.case, Action::Assign)).then_some(me)
}

/// The events, the newest first.
fn events(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let zone = visit.zone();
    let words = visit.phrases();
    html! {
        ol.thread reversed {
            @for event in view.events.iter().rev() {
                li {
                    (stamp(visit, event.at))
                    div {
                        @let private = matches!(event.what, EventKind::Noted { privileged: true, .. } | EventKind::NoteSealed { .. });
                        @let sealed = matches!(event.what, EventKind::NoteSealed { .. });
                        @let text = named(visit, |names| happened(event, visit.is_counsel(), (&zone, names), words)).plain();
                        @if event.what == (EventKind::Viewed {}) {
                            span.second { (who(visit, &event.actor)) " · " (text) }
                        } @else {
                            strong { (who(visit, &event.actor)) } " · "
                            @if private { span.counselonly { (text) } } @else { (text) }
                        }
                        @if sealed && visit.may(Action::ReadPrivileged) {
                            p.second { a href=(format!("/cases/{}/notes/{}/file", view.id, event.number)) { (visit.say("web-note-sealed-fetch")) } " " (visit.say("web-note-sealed-how")) }
                        }
                        @if shows_reason(&event.what) && !event.reason.is_empty() { p.second { (event_reason(&event.reason, words)) } }
                    }
                }
            }
        }
    }
}

/// Reasons that a person gave; the others only repeat what the event says.
fn shows_reason(what: &EventKind) -> bool {
    !matches!(
        what,
        EventKind::Noted { .. }
            | EventKind::NoteSealed { .. }
            | EventKind::Assigned { .. }
            | EventKind::Approved { .. }
            | EventKind::Viewed {}
    )
}

/// How many parts leave, and how many stay, in one sentence.
pub(crate) fn balance(visit: &Visit<'_>, case: &Case) -> String {
    let answers = &case.answers;
    let leaves = answers
        .iter()
        .filter(|one| one.disposition == Disposition::Produce)
        .count();
    let waits = case.waiting().count();
    let stays = answers.len() - leaves;
    let mut said = vec![
        visit.count("web-leaves", leaves as u64),
        visit.count("web-stays", stays as u64),
    ];
    if waits > 0 {
        said.push(visit.count("web-waits", waits as u64));
    }
    said.join(" ")
}
