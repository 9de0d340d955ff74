//! What a case has to do with the door for authorities.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_desk::CaseView;
use lagrum_model::{Actor, Case, Event, EventKind};
use maud::{Markup, html};

use super::{who, works};
use crate::error::Problem;
use crate::look::{Field, Note, note, stamp, text_area};
use crate::visit::Visit;

/// Who sent it at the door: evidence, and no decision that it is genuine.
pub(crate) fn evidence(visit: &Visit<'_>, case: &Case) -> Markup {
    match &case.sent_by {
        Some(Actor::Officer {
            name, authority, ..
        }) => note(
            Note::Quiet,
            html! {
                p { (visit.fill("door-evidence", &[("name", name), ("authority", authority)])) }
            },
        ),
        _ => html! {},
    }
}

/// The question that is asked at the door, and who looked there.
pub(crate) fn beside(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    if view.case.sent_by.is_none() {
        return Ok(html! {});
    }
    let looks = looks(&view.events);
    Ok(html! {
        @if works(visit, &view.case, Action::Ask) {
            form.card action=(format!("/cases/{}/ask", view.id)) method="post" {
                (text_area(&Field {
                    name: "question",
                    label: &visit.say("door-ask"),
                    hint: &visit.say("door-ask-hint"),
                    required: true,
                    ..Field::default()
                }, 3))
                div.buttons { button { (visit.say("door-ask-button")) } }
            }
        }
        @if !looks.is_empty() {
            details {
                summary { (visit.say("door-looks")) }
                p.hint { (visit.say("door-looks-hint")) }
                ul {
                    @for (by, times) in &looks {
                        li {
                            (who(visit, by)) " "
                            span.second { @for (place, at) in times.iter().enumerate() { @if place > 0 { " · " } (stamp(visit, *at)) } }
                        }
                    }
                }
            }
        }
    })
}

/// Which officers looked at the case at the door, and when for the first time on each day; whoever did last comes first.
fn looks(events: &[Event]) -> Vec<(&Actor, Vec<Timestamp>)> {
    let mut all: Vec<(&Actor, Vec<Timestamp>)> = Vec::new();
    let looks = events.iter().rev();
    for event in looks.filter(|event| event.what == EventKind::Viewed {}) {
        match all.iter_mut().find(|(by, _)| *by == &event.actor) {
            Some((_, times)) => times.push(event.at),
            None => all.push((&event.actor, vec![event.at])),
        }
    }
    all
}
