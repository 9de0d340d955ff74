//! An original: its text and the pictures of its pages to read, its bytes to take.

use std::ops::Range;

use lagrum_access::Action;
use lagrum_desk::{CaseView, Intake};
use lagrum_model::{CaseId, Original};
use lagrum_pictures::NotShown;
use maud::{Markup, html};

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Note, note};
use crate::pages::intake::arrival;
use crate::paper::{Attached, attached};
use crate::reading::{Piece, Reading, Seen, read};
use crate::reply::Reply;
use crate::suggest::{self, Suggestion};
use crate::visit::Visit;

/// How wide a page is beside the work, in pixels, and so that an A4 page can be read at 240 dots an inch.
const COLUMN: u16 = 1240;
const LARGE: u16 = 2000;

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
    let reading = read(visit.web.pages.as_ref(), &one.file_name, &bytes);
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
            (paper(visit, &view.id, number, &one, &reading, &[]))
        },
    ))
}

/// The paper that the case is about, beside the work.
pub(crate) fn beside(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    Ok(beside_with(visit, view, false)?.0)
}

/// The paper beside the work, and on a narrow screen a link to it: a frame that is no wider than a hand shows nothing.
pub(crate) fn beside_or_linked(visit: &Visit<'_>, view: &CaseView) -> Result<Markup, Problem> {
    if !visit.may(Action::ReadOriginal) {
        return Ok(html! {});
    }
    let all = (1..).zip(&view.case.originals);
    Ok(html! {
        div.framed { (beside(visit, view)?) }
        div.linked {
            h2 { (visit.say("web-originals")) }
            ul {
                @for (number, one) in all {
                    li { a href=(format!("/cases/{}/originals/{number}", view.id)) { (one.file_name) } }
                }
            }
        }
    })
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
    let reading = read(visit.web.pages.as_ref(), &one.file_name, &bytes);
    let marks = if suggests {
        suggest::found(&reading.text, &visit.desk.authorities()?.authorities)
    } else {
        vec![]
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
            (paper(visit, &view.id, number, &one, &reading, &marks))
        }
    };
    Ok((shown, marks))
}

/// What can be read of an original, on paper; and where to take it.
fn paper(
    visit: &Visit<'_>,
    id: &CaseId,
    number: usize,
    one: &Original,
    reading: &Reading,
    marks: &[Suggestion],
) -> Markup {
    let at = format!("/cases/{id}/originals/{number}");
    html! {
        @for piece in &reading.pieces {
            @if let Some(attached) = piece.attached {
                h3 { (piece.name) }
                (seen(visit, &format!("{at}/attached/{attached}"), piece, &reading.text, marks))
                p { a href=(format!("{at}/attached/{attached}/file")) { (visit.say("web-original-take-attached")) } }
            } @else {
                (seen(visit, &at, piece, &reading.text, marks))
            }
        }
        p {
            a href=(format!("{at}/file")) { (visit.say("web-original-take")) }
            span.second {
                (visit.count("web-bytes", one.length)) " · SHA-256 "
                span.mono { (one.sha256) }
            }
        }
    }
}

fn seen(visit: &Visit<'_>, at: &str, piece: &Piece, text: &str, marks: &[Suggestion]) -> Markup {
    let marked = || marked(text, &piece.text, marks);
    let warns = |name: &str| note(Note::Warning, html! { p { (visit.say(name)) } });
    match &piece.seen {
        Seen::Text {
            more,
            cut_off,
            says_two_things,
        } => html! {
            @if *cut_off { (warns("web-original-cut-off")) }
            @if *says_two_things { (warns("web-original-two-things")) }
            div.paper role="region" aria-label=(piece.name) tabindex="0" { pre { (marked()) } }
            @if *more { (warns("web-original-more-text")) }
        },
        Seen::Pictures(paper) => html! {
            @if paper.cut_off { (warns("web-original-cut-off")) }
            (sizes(visit, at))
            div.sheets role="region" aria-label=(piece.name) tabindex="0" {
                @for (page, size) in (1..).zip(&paper.pages) {
                    a href=(format!("{at}/pages/{page}?size=large")) {
                        img src=(format!("{at}/pages/{page}")) width=(size.width) height=(size.height) loading="lazy"
                            alt=(page_name(visit, page, paper.pages.len(), &piece.name));
                    }
                }
            }
            @if paper.more_pages { (warns("web-original-more-pages")) }
            @if piece.text.is_empty() {
                p.second { (visit.say("web-original-no-text")) }
            } @else {
                details open[!marks.is_empty()] {
                    summary { (visit.say("web-original-text")) }
                    p.second { (visit.say("web-original-text-hint")) }
                    div.paper role="region" aria-label=(visit.say("web-original-text")) tabindex="0" { pre { (marked()) } }
                    @if paper.more_text { p.second { (visit.say("web-original-more-text")) } }
                }
            }
        },
        Seen::Packed(form) => note(
            Note::Warning,
            html! { p { (visit.fill("web-not-shown-packed", &[("form", form)])) } },
        ),
        Seen::Not(why) => warns(&format!("web-not-shown-{}", not_shown(*why))),
    }
}

/// How large the pages are shown: chosen without a script, and with nothing to send.
fn sizes(visit: &Visit<'_>, at: &str) -> Markup {
    let group = format!("size{}", at.replace('/', "-"));
    html! {
        fieldset.sizes {
            legend { (visit.say("web-original-size")) }
            @for size in [100, 150, 200] {
                label {
                    input type="radio" name=(group) value=(size) checked[size == 100] form="none";
                    (visit.fill("web-original-percent", &[("size", &size.to_string())]))
                }
            }
        }
    }
}

fn page_name(visit: &Visit<'_>, page: usize, of: usize, name: &str) -> String {
    let (page, of) = (page.to_string(), of.to_string());
    let blanks = [("page", page.as_str()), ("of", &of), ("file", name)];
    visit.fill("web-original-page", &blanks)
}

fn not_shown(why: NotShown) -> &'static str {
    match why {
        NotShown::OtherKind => "other-kind",
        NotShown::Locked => "locked",
        NotShown::TooMuch => "too-much",
        NotShown::Busy => "busy",
        NotShown::NotUnderstood | NotShown::NoSuchPage => "damaged",
        NotShown::NotBuilt | NotShown::NotConfined => "not-here",
    }
}

/// The text with the places of suggestions marked and numbered.
fn marked(text: &str, within: &Range<usize>, marks: &[Suggestion]) -> Markup {
    let mut at = within.start;
    let mut pieces = Vec::new();
    for (number, one) in (1..).zip(marks) {
        if one.at.start < within.start || one.at.end > within.end {
            continue;
        }
        let (Some(before), Some(found)) = (text.get(at..one.at.start), text.get(one.at.clone()))
        else {
            continue;
        };
        pieces.push(
            html! { (before) mark id=(format!("mark-{number}")) { (found) sup { (number) } } },
        );
        at = one.at.end;
    }
    html! { @for piece in pieces { (piece) } (text.get(at..within.end).unwrap_or_default()) }
}

/// The picture of a page, as it is shown in a column, or large enough to read what is small.
pub(crate) fn picture(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (one, mut bytes) = original(visit, &id, number(visit)?)?;
    if visit.param("part").is_ok() {
        bytes = attachment(visit, &one, &bytes)?.bytes;
    }
    let page: usize = visit
        .param("page")?
        .parse()
        .map_err(|_| Problem::NotThere)?;
    let page = page.checked_sub(1).ok_or(Problem::NotThere)?;
    let width = match visit.query.text("size") {
        "large" => LARGE,
        _ => COLUMN,
    };
    let pages = visit.web.pages.as_ref().ok_or(Problem::NotThere)?;
    let made = pages.picture(&bytes, page, width);
    let png = made.map_err(|_| Problem::NotThere)?;
    Ok(Reply::picture(png.to_vec()))
}

fn attachment(visit: &Visit<'_>, one: &Original, bytes: &[u8]) -> Result<Attached, Problem> {
    let part: usize = visit
        .param("part")?
        .parse()
        .map_err(|_| Problem::NotThere)?;
    let part = part.checked_sub(1).ok_or(Problem::NotThere)?;
    let all = attached(&one.file_name, bytes);
    all.into_iter().nth(part).ok_or(Problem::NotThere)
}

/// The bytes of what is attached to a mail, to be kept and never shown.
pub(crate) fn attached_file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (one, bytes) = original(visit, &id, number(visit)?)?;
    let part = attachment(visit, &one, &bytes)?;
    Ok(Reply::file(&part.name, part.bytes))
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
