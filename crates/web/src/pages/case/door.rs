//! What a case has to do with the door for authorities.

use lagrum_access::Action;
use lagrum_desk::{CaseView, Look};
use lagrum_model::{Actor, Case};
use maud::{Markup, html};

use super::works;
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
    let looks = visit.ask(|session| session.looks(&view.id))?;
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
                summary { (visit.say("door-looks")) " · " (visit.count("door-looks-times", looks.iter().map(|one| one.times).sum())) }
                ul { @for one in &looks { li { (look(visit, one)) } } }
            }
        }
    })
}

fn look(visit: &Visit<'_>, one: &Look) -> Markup {
    let who = match &one.by {
        Actor::Officer {
            name, authority, ..
        } => format!("{name}, {authority}"),
        other => other.id().to_owned(),
    };
    html! { (who) span.second { (stamp(visit, one.last)) " · " (visit.count("door-looks-times", one.times)) } }
}
