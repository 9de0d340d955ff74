//! The door's pages. Each module is one page, or a few that belong together.

pub(crate) mod check;
pub(crate) mod demand;
pub(crate) mod enter;
pub(crate) mod help;
pub(crate) mod key;
pub(crate) mod send;

use lagrum_desk::CommandError;
use lagrum_model::Refusal;
use maud::{Markup, html};

use super::Visitor;
use super::frame::{Frame, page};
use crate::api::page_of;
use crate::error::Problem;
use crate::look::{Note, note};
use crate::reply::Reply;

/// The page that stands in the place of another. It tells nothing of what was asked for: one page for
/// what is not there, what is another's and what has run out.
pub(crate) fn problem_page(visitor: &Visitor<'_>, problem: Problem) -> Reply {
    let (status, name) = match &problem {
        Problem::SignIn => {
            let next = crate::form::encoded(&visitor.path);
            return Reply::see(format!("/sign-in?next={next}"));
        }
        Problem::Command(error) => match error.refusal() {
            Some(Refusal::TooLarge { .. }) => (413, "too-large"),
            Some(_) => (422, "refused"),
            None => (503, "unavailable"),
        },
        other => page_of(other).unwrap_or((503, "unavailable")),
    };
    let title = visitor.say(&format!("door-problem-{name}"));
    let frame = Frame {
        title: &title,
        ..Frame::default()
    };
    page(
        visitor,
        status,
        &frame,
        html! {
            h1 { (title) }
            p { (visitor.say(&format!("door-problem-{name}-way"))) }
            p { a href="/" { (visitor.say("door-to-start")) } }
        },
    )
}

/// Why something was not done, as far as an officer is told.
pub(crate) fn refused(visitor: &Visitor<'_>, error: CommandError) -> Result<Markup, Problem> {
    let name = match error.refusal() {
        Some(Refusal::TooLarge { .. }) => "door-refused-too-large",
        Some(Refusal::Empty { .. }) => "door-refused-empty",
        Some(Refusal::Closed) => "door-refused-closed",
        Some(Refusal::LogAhead | Refusal::LogAway) => "door-refused-not-now",
        Some(_) => "door-refused-other",
        None => return Err(error.into()),
    };
    Ok(note(
        Note::Refused,
        html! {
            h2 { (visitor.say("web-not-done")) }
            p { (visitor.say(name)) }
            p { (visitor.say("web-nothing-changed")) }
        },
    ))
}

/// What a page was told to say when it was gone on to: one of a closed list.
pub(crate) fn just_done(visitor: &Visitor<'_>, known: &[&str]) -> Markup {
    let done = visitor.query.text("done");
    match known.contains(&done) {
        true => note(
            Note::Done,
            html! { p { (visitor.say(&format!("door-done-{done}"))) } },
        ),
        false => html! {},
    }
}
