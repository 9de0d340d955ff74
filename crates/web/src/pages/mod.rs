//! The pages. Each module is one page, or a few that belong together.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod authorities;
pub(crate) mod case;
pub(crate) mod choices;
pub(crate) mod enter;
pub(crate) mod intake;
pub(crate) mod law;
pub(crate) mod mine;
pub(crate) mod narrowed;
pub(crate) mod officers;
pub(crate) mod openid;
pub(crate) mod order;
pub(crate) mod people;
pub(crate) mod setup;
pub(crate) mod several;
pub(crate) mod standing;
pub(crate) mod work;

use lagrum_desk::CommandError;
use lagrum_documents::refusal;
use maud::{Markup, html};

use crate::api::page_of;
use crate::error::Problem;
use crate::look::{Note, note, plain};
use crate::reply::Reply;
use crate::settings::starts;
use crate::visit::Visit;

/// The first page: the work of whoever is signed in.
pub(crate) fn home(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let Some(role) = visit.role() else {
        return Ok(Reply::see("/sign-in"));
    };
    let usual = starts(role).first().map(|(_, address)| *address);
    let start = visit.settings.start(role).or(usual);
    Ok(Reply::see(start.unwrap_or("/you")))
}

/// Why a command was not done, in words, with the way out where there is one.
pub(crate) fn said(visit: &Visit<'_>, error: &CommandError) -> String {
    match error.refusal() {
        Some(one) => refusal(one, &visit.zone(), visit.phrases()),
        None => error.to_string(),
    }
}

/// A note above a page: what was just refused; nothing was changed.
pub(crate) fn refused(visit: &Visit<'_>, error: &CommandError) -> Markup {
    note(
        Note::Refused,
        html! {
            h2 { (visit.say("web-not-done")) }
            p { (said(visit, error)) }
            p { (visit.say("web-nothing-changed")) }
        },
    )
}

/// The page that stands in the place of another.
pub(crate) fn problem_page(visit: &Visit<'_>, problem: Problem) -> Reply {
    let (status, name) = match &problem {
        Problem::SignIn => {
            let next = crate::form::encoded(&visit.path);
            return Reply::see(format!("/sign-in?next={next}"));
        }
        Problem::Command(error) => match **error {
            CommandError::Refused { .. } | CommandError::Invalid(_) | CommandError::Sample(_) => {
                (422, "refused")
            }
            CommandError::NotCompared { .. } => (503, "not-compared"),
            CommandError::Damaged(_) => (500, "damaged"),
            _ => (503, "unavailable"),
        },
        other => page_of(other).unwrap_or((503, "unavailable")),
    };
    let why = match &problem {
        Problem::Command(error) => match &**error {
            one @ (CommandError::Refused { .. } | CommandError::Invalid(_)) => said(visit, one),
            // A path of the machine or a piece of a file is nothing for a page.
            _ => String::new(),
        },
        _ => String::new(),
    };
    let title = visit.say(&format!("web-problem-{name}"));
    plain(
        visit,
        status,
        &title,
        html! {
            h1 { (title) }
            @if !why.is_empty() { p { (why) } }
            p { (visit.say(&format!("web-problem-{name}-way"))) }
            p { a href="/" { (visit.say("web-to-start")) } }
        },
    )
}

/// What a page was told to say when it was gone on to: one of a closed list.
pub(crate) fn just_done(visit: &Visit<'_>) -> Markup {
    const KNOWN: [&str; 33] = [
        "asked",
        "inquired",
        "taken-in",
        "taken-in-before",
        "attached",
        "described",
        "called",
        "genuine",
        "not-genuine",
        "judged",
        "assessed",
        "decided",
        "signed",
        "released",
        "delivered",
        "passphrase-told",
        "noted",
        "assigned",
        "assigned-several",
        "handed-to-group",
        "of-another-group",
        "linked",
        "closed",
        "reopened",
        "recorded",
        "letter-sent",
        "reviewed",
        "joined",
        "split",
        "settings-kept",
        "letter-waits",
        "burden-recorded",
        "burden-taken-back",
    ];
    let done = visit.query.text("done");
    match KNOWN.contains(&done) {
        true => note(
            Note::Done,
            html! { p { (visit.say(&format!("web-done-{done}"))) } },
        ),
        false => html! {},
    }
}
