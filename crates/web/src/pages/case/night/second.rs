//! The second person: who is told, and what only they do.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_desk::{CaseView, Sender};
use lagrum_model::{Case, CaseId, Role};
use maud::{Markup, html};

use crate::error::Problem;
use crate::look::{Choice, Field, Note, choices, note, select, text_area};
use crate::visit::Visit;

/// The people who can be the second one in a case, whoever is on call first.
pub(super) fn seconds(
    visit: &Visit<'_>,
    case: &Case,
) -> Result<Vec<(String, String, bool)>, Problem> {
    let own = visit.principal()?.id().to_owned();
    let on_call = visit.desk.rules().on_call.as_ref();
    let on_call = on_call.map(|one| one.at(visit.now)).unwrap_or_default();
    let people = visit.desk.people_of(case)?.into_iter();
    let other = |one: &&lagrum_access::Person| one.role == Role::Counsel && one.id != own;
    let mut all: Vec<_> = people
        .filter(other)
        .map(|one| {
            let woken = on_call.contains(&one.id.as_str());
            (one.id.clone(), one.name.clone(), woken)
        })
        .collect();
    all.sort_by_key(|(_, _, woken)| !woken);
    Ok(all)
}

/// Who was told by telephone: as it was noted, in whichever language.
pub(super) fn was_told(visit: &Visit<'_>, case: &Case, name: &str) -> Option<Timestamp> {
    let said = |text: &str| {
        visit
            .all_phrases
            .values()
            .any(|words| words.fill("night-told-note", &[("name", name)]) == text)
    };
    let mut notes = case.notes.iter().filter(|one| said(&one.text));
    notes.next().map(|one| one.at)
}

pub(super) fn tell(visit: &Visit<'_>, id: &CaseId, seconds: &[(String, String, bool)]) -> Markup {
    let people: Vec<_> = seconds
        .iter()
        .map(|(one, name, woken)| {
            let name = match woken {
                true => visit.fill("night-on-call", &[("name", name)]),
                false => name.clone(),
            };
            Choice::new(one.as_str(), name)
        })
        .collect();
    html! {
        @if people.is_empty() {
            (note(Note::Warning, html! { p { (visit.say("night-nobody-second")) } }))
        } @else {
            form.stack action=(format!("/cases/{id}/night/second")) method="post" {
                (select(&Field {
                    name: "second",
                    label: &visit.say("night-tell"),
                    hint: &visit.say("night-tell-hint"),
                    value: &people[0].value,
                    ..Field::default()
                }, &people))
                div.buttons { button.main { (visit.say("night-tell-button")) } }
            }
        }
    }
}

/// What only a second person does: who called does not say that it is genuine, and counsel alone judges danger.
pub(super) fn second_forms(
    visit: &Visit<'_>,
    view: &CaseView,
    sender: Option<&Sender>,
) -> Result<Markup, Problem> {
    let (id, case) = (&view.id, &view.case);
    let own = visit.principal()?.id();
    let called = case
        .call_backs
        .iter()
        .rev()
        .find(|made| made.call.confirmed);
    let called = called.is_some_and(|made| made.by.id() == own);
    let judged = case.emergency_judged.is_some();
    let yes_no = |yes: &str, no: &str| {
        [
            Choice::new("yes", visit.say(yes)),
            Choice::new("no", visit.say(no)),
        ]
    };
    let warnings = sender
        .map(|sender| sender.warnings.as_slice())
        .unwrap_or_default();
    Ok(html! {
        @if called && !case.is_verified() { p.second { (visit.say("night-not-you")) } }
        @if !called && !case.is_verified() && visit.may(Action::Authenticate) {
            form.card action=(format!("/cases/{id}/night/genuine")) method="post" {
                @if !warnings.is_empty() {
                    (note(Note::Warning, html! {
                        p { strong { (visit.say("web-sender-differs")) } }
                        ul { @for one in warnings { li { (lagrum_documents::sender_warning(one, visit.phrases())) } } }
                    }))
                }
                (choices(&Field {
                    name: "verified",
                    label: &visit.say("web-genuine-question"),
                    required: true,
                    ..Field::default()
                }, &yes_no("web-genuine-yes", "web-genuine-no")))
                (text_area(&Field {
                    name: "how",
                    label: &visit.say("web-genuine-how"),
                    required: true,
                    ..Field::default()
                }, 2))
                @if !warnings.is_empty() {
                    (text_area(&Field {
                        name: "despite",
                        label: &visit.say("web-genuine-despite"),
                        hint: &visit.say("web-genuine-despite-hint"),
                        ..Field::default()
                    }, 2))
                }
                button.wide { (visit.say("web-genuine-button")) }
            }
        }
        @if !judged && visit.may(Action::JudgeEmergency) {
            form.card action=(format!("/cases/{id}/night/danger")) method="post" {
                (choices(&Field {
                    name: "believed",
                    label: &visit.say("web-danger-question"),
                    required: true,
                    ..Field::default()
                }, &yes_no("web-danger-yes", "web-danger-no")))
                (text_area(&Field {
                    name: "why",
                    label: &visit.say("web-danger-why"),
                    required: true,
                    ..Field::default()
                }, 2))
                button.wide { (visit.say("web-danger-button")) }
            }
        }
    })
}
