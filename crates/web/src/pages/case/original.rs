//! An original: its text to read, its bytes to take.

use lagrum_access::Action;
use lagrum_desk::{CaseView, Intake};
use lagrum_model::{CaseId, Original};
use maud::{Markup, html};

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Note, note};
use crate::pages::intake::arrival;
use crate::paper::text_of;
use crate::reply::Reply;
use crate::suggest::{self, Suggestion};
use crate::visit::Visit;

fn number(visit: &Visit<'_>) -> Result<usize, Problem> {
    visit
        .param("number")?
        .parse()
        .map_err(|_| Problem::NotThere)
}

fn original(visit: &Visit<'_>, id: &CaseId, number: usize) -> Result<(Original, Vec<u8>), Problem> {
    match visit.ask(|session| session.original(id, number)) {
        Err(Problem::Command(error)) if error.refusal().is_some() => Err(Problem::NotThere),
        other => other,
    }
}

/// The text of an original, as text: nothing of it runs, nothing of it is fetched.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let number = number(visit)?;
    let (one, bytes) = original(visit, &view.id, number)?;
    let shown = Shown {
        title: &one.file_name,
        ..Shown::at("demand")
    };
    Ok(case_page(
        visit,
        &view,
        &shown,
        html! {
            h2 { (one.file_name) }
            (paper(visit, &view.id, number, &one, &bytes, &[]))
        },
    ))
}

/// The paper that the case is about, beside the work.
pub(crate) fn beside(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    Ok(beside_with(visit, view, false)?.0)
}

/// The same, with what its text suggests marked in it.
pub(crate) fn beside_with(
    visit: &Visit<'_>,
    view: &CaseView,
    suggests: bool,
) -> Result<(Markup, Vec<Suggestion>), Problem> {
    let originals = &view.case.originals;
    if !visit.may(Action::ReadOriginal) || originals.is_empty() {
        return Ok((html! {}, vec![]));
    }
    // A description that came along is no paper to read from.
    let is_paper = |name: &str| !name.ends_with(".toml") && !name.ends_with(".json");
    let first = originals.iter().position(|one| is_paper(&one.file_name));
    let number = first.unwrap_or(0) + 1;
    let (one, bytes) = visit.ask(|session| session.original(&view.id, number))?;
    let text = text_of(&one.file_name, &bytes).filter(|_| suggests);
    let marks = match text {
        Some(text) => suggest::found(&text, &visit.desk.authorities()?.authorities),
        None => vec![],
    };
    let shown = html! {
        div.beside {
            h2 { (one.file_name) }
            @if originals.len() > 1 {
                ul.chips {
                    @for (place, other) in (1..).zip(originals) {
                        li { a href=(format!("/cases/{}/originals/{place}", view.id)) { (other.file_name) } }
                    }
                }
            }
            (paper(visit, &view.id, number, &one, &bytes, &marks))
        }
    };
    Ok((shown, marks))
}

/// What can be read of an original, on paper; and where to take it.
pub(crate) fn paper(
    visit: &Visit<'_>,
    id: &CaseId,
    number: usize,
    one: &Original,
    bytes: &[u8],
    marks: &[Suggestion],
) -> Markup {
    html! {
        @match text_of(&one.file_name, bytes) {
            Some(text) => {
                div.paper role="region" aria-label=(one.file_name) tabindex="0" { pre { (marked(&text, marks)) } }
            }
            None => {
                (note(Note::Warning, html! { p { (visit.say("web-original-not-text")) } }))
            }
        }
        p {
            a href=(format!("/cases/{id}/originals/{number}/file")) { (visit.say("web-original-take")) }
            span.second {
                (visit.count("web-bytes", one.length)) " · SHA-256 "
                span.mono { (one.sha256) }
            }
        }
    }
}

/// The text with the places of suggestions marked and numbered.
fn marked(text: &str, marks: &[Suggestion]) -> Markup {
    let mut at = 0;
    let mut pieces = Vec::new();
    for (number, one) in (1..).zip(marks) {
        let (Some(before), Some(found)) = (text.get(at..one.at.start), text.get(one.at.clone()))
        else {
            continue;
        };
        pieces.push(
            html! { (before) mark id=(format!("mark-{number}")) { (found) sup { (number) } } },
        );
        at = one.at.end;
    }
    html! { @for piece in pieces { (piece) } (text.get(at..).unwrap_or_default()) }
}

/// The bytes, to be kept and never shown.
pub(crate) fn file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (one, bytes) = original(visit, &id, number(visit)?)?;
    Ok(Reply::file(&one.file_name, bytes))
}

/// Adds files to a case.
pub(crate) fn attach(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let arrival = arrival(visit).map_err(|_| Problem::Malformed)?;
    if visit.uploads.is_empty() {
        return Ok(Reply::see(format!("/cases/{id}/demand")));
    }
    for one in &visit.uploads {
        let intake = Intake {
            file_name: if one.name.is_empty() {
                "file"
            } else {
                &one.name
            },
            bytes: &one.bytes,
            arrival: arrival.clone(),
        };
        if let Err(refusal) = visit.command(|session| session.attach(&id, &intake))? {
            let view = view(visit)?;
            return Ok(case_page(
                visit,
                &view,
                &Shown::refused("demand", &refusal),
                html! {},
            ));
        }
    }
    Ok(Reply::see(format!("/cases/{id}/demand?done=attached")))
}
