//! What is done to several cases of a list at once: who looks after them, and nothing else. Each case is a
//! transaction of its own; what could not be done is named, and the rest stands.

use lagrum_access::Action;
use lagrum_desk::CommandError;
use lagrum_model::CaseId;
use lagrum_store::Summary;
use maud::{Markup, html};

use super::people::{person, workers};
use super::said;
use crate::error::Problem;
use crate::look::{Choice, Field, Frame, Note, case_link, note, page, select};
use crate::reply::Reply;
use crate::visit::Visit;

/// More than a page of the list shows is no form of ours.
const MOST: usize = 100;
/// Nobody, in the list of people: no id of a person.
const NOBODY: &str = "*";

/// A list in which cases can be ticked, with what can be done to those; the list alone where this person can
/// do nothing to them.
pub(crate) fn pick(
    visit: &Visit<'_>,
    back: &str,
    cases: &[Summary],
    list: impl FnOnce(bool) -> Markup,
) -> Result<Markup, Problem> {
    let any = cases.iter().any(|one| !one.closed);
    if !any || !visit.may(Action::Assign) {
        return Ok(list(false));
    }
    let mut owners = workers(visit)?;
    owners.push(Choice::new(NOBODY, visit.say("web-several-nobody")));
    let me = visit.principal()?.id();
    Ok(html! {
        (list(true))
        form #several action="/hand-over" method="post" data-picks {
            input type="hidden" name="back" value=(back);
            fieldset.pickbar {
                legend { (visit.say("web-several")) }
                button name="do" value="take" data-key=[visit.key("a")] aria-keyshortcuts=[visit.key("a")] {
                    (visit.say("web-several-take")) @if visit.key("a").is_some() { " " kbd aria-hidden="true" { "a" } }
                }
                (select(&Field {
                    name: "to",
                    label: &visit.say("web-several-to"),
                    value: me,
                    class: "short",
                    key: visit.key("h"),
                    ..Field::default()
                }, &owners))
                button name="do" value="give" {
                    (visit.say("web-hand-over-button")) @if visit.key("h").is_some() { " " kbd aria-hidden="true" { "h" } }
                }
            }
        }
    })
}

/// The box with which a case is ticked: none for one that is closed.
pub(crate) fn tick(visit: &Visit<'_>, one: &Summary) -> Markup {
    let case = one.case.to_string();
    let label = visit.fill("web-several-pick", &[("case", &case)]);
    html! {
        @if !one.closed {
            label.tick {
                input type="checkbox" name="case" value=(case) form="several";
                span.hidden { (label) }
            }
        }
    }
}

/// Where the list is to which the page goes back: one of our own lists, or the first.
fn back<'v>(visit: &'v Visit<'_>) -> &'v str {
    let back = visit.form.text("back");
    let list = back.starts_with("/cases?") || back.starts_with("/inbox?");
    if list { back } else { "/cases" }
}

/// Hands the ticked cases over, or takes them.
pub(crate) fn hand_over(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let back = back(visit);
    let mut cases: Vec<CaseId> = Vec::new();
    for text in visit.form.all("case").take(MOST + 1) {
        let id = CaseId::parse(text).map_err(|_| Problem::Malformed)?;
        if !cases.contains(&id) {
            cases.push(id);
        }
    }
    if cases.len() > MOST {
        return Err(Problem::Malformed);
    }
    let to = match visit.form.text("do") {
        "take" => Some(visit.principal()?.id()),
        "give" => match visit.form.text("to") {
            "" => return Err(Problem::Malformed),
            NOBODY => None,
            id => Some(id),
        },
        _ => return Err(Problem::Malformed),
    };
    if cases.is_empty() {
        let none = html! { (note(Note::Refused, html! { p { (visit.say("web-several-none")) } p { (visit.say("web-nothing-changed")) } })) };
        return Ok(told(visit, 422, back, none));
    }
    let done = visit.command(|session| Ok(session.assign_each(&cases, to)))?;
    let done = done.map_err(|error| Problem::Command(Box::new(error)))?;
    let (good, bad): (Vec<_>, Vec<_>) = done.into_iter().partition(|(_, done)| done.is_ok());
    if bad.is_empty() {
        let join = if back.contains('?') { '&' } else { '?' };
        return Ok(Reply::see(format!("{back}{join}done=assigned-several")));
    }
    let name = to.map_or_else(|| visit.say("web-several-nobody"), |id| person(visit, id));
    let count = good.len() as u64;
    Ok(told(
        visit,
        422,
        back,
        html! {
            @if !good.is_empty() {
                (note(Note::Done, html! {
                    p { (visit.count("web-several-done", count)) " " (visit.fill("web-several-with", &[("name", &name)])) }
                    ul { @for (id, _) in &good { li { (case_link(id)) } } }
                }))
            }
            (note(Note::Refused, html! {
                h2 { (visit.count("web-several-not", bad.len() as u64)) }
                ul {
                    @for (id, why) in &bad {
                        li { (id) ": " @if let Err(why) = why { (in_words(visit, why)) } }
                    }
                }
                p { (visit.say("web-several-rest")) }
            }))
        },
    ))
}

/// Why one case stays with whom it was: what cannot be seen is not there.
fn in_words(visit: &Visit<'_>, why: &CommandError) -> String {
    match why {
        CommandError::Refused { .. } | CommandError::Invalid(_) => said(visit, why),
        CommandError::NoSuchCase(_) | CommandError::NotAllowed(_) => {
            visit.say("web-problem-not-there")
        }
        _ => visit.say("web-problem-unavailable"),
    }
}

fn told(visit: &Visit<'_>, status: u16, back: &str, body: Markup) -> Reply {
    let title = visit.say("web-several");
    let frame = Frame {
        title: &title,
        at: "work",
        narrow: true,
        failed: true,
        ..Frame::default()
    };
    page(
        visit,
        status,
        &frame,
        html! {
            h1 { (title) }
            (body)
            p { a href=(back) { (visit.say("web-several-back")) } }
        },
    )
}
