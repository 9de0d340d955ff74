//! An original: its text to read, its bytes to take.

use lagrum_access::Action;
use lagrum_desk::{CaseView, Intake};
use lagrum_model::{CaseId, Original};
use maud::{Markup, html};

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Note, note};
use crate::pages::intake::arrival;
use crate::reply::Reply;
use crate::visit::Visit;

/// A text longer than this is not shown in a page; it can be taken as a file.
const LONGEST_SHOWN: usize = 256 << 10;

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
            (paper(visit, &view.id, number, &one, &bytes))
        },
    ))
}

/// The paper that the case is about, beside the work.
pub(crate) fn beside(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    let originals = &view.case.originals;
    if !visit.may(Action::ReadOriginal) || originals.is_empty() {
        return Ok(html! {});
    }
    // A description that came along is no paper to read from.
    let is_paper = |name: &str| !name.ends_with(".toml") && !name.ends_with(".json");
    let first = originals.iter().position(|one| is_paper(&one.file_name));
    let number = first.unwrap_or(0) + 1;
    let (one, bytes) = visit.ask(|session| session.original(&view.id, number))?;
    Ok(html! {
        div.beside {
            h2 { (one.file_name) }
            @if originals.len() > 1 {
                ul.chips {
                    @for (place, other) in (1..).zip(originals) {
                        li { a href=(format!("/cases/{}/originals/{place}", view.id)) { (other.file_name) } }
                    }
                }
            }
            (paper(visit, &view.id, number, &one, &bytes))
        }
    })
}

/// What can be read of an original, on paper; and where to take it.
pub(crate) fn paper(
    visit: &Visit<'_>,
    id: &CaseId,
    number: usize,
    one: &Original,
    bytes: &[u8],
) -> Markup {
    html! {
        @match text_of(bytes) {
            Some(text) => {
                div.paper role="region" aria-label=(one.file_name) tabindex="0" { pre { (text) } }
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

/// What a person can read of a file without a program: text. Everything that moves a terminal or
/// hides in a page is taken out.
fn text_of(bytes: &[u8]) -> Option<String> {
    if bytes.len() > LONGEST_SHOWN {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !"\n\r\t".contains(*c))
        .count();
    (odd * 50 <= text.len()).then(|| lagrum_documents::sanitize_for_terminal(text))
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
