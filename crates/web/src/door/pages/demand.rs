//! The authority's own demands: where they stand, what was asked, what is to be fetched.

use lagrum_desk::{
    CommandError, DoorCase, DoorPart, Fetchable, Happened, Happening, Package, Question, Standing,
};
use lagrum_documents::{Document, fingerprint};
use lagrum_mandate::Volume;
use lagrum_model::{Disposition, Sha256Digest};
use lagrum_store::Page;
use maud::{Markup, html};

use super::super::Visitor;
use super::super::frame::{Frame, page as framed};
use super::super::ranges::{Wanted, wanted};
use super::send::warned;
use super::{just_done, refused};
use crate::error::Problem;
use crate::look::{
    Field, Note, button, document, field, lowered, note, sign, text_area, upload_field,
};
use crate::reply::{Piece, Reply};

/// Demands on one page.
const A_PAGE: u32 = 20;

/// The letters to the authority, word for word.
fn letters(visitor: &Visitor<'_>, found: &DoorCase) -> Markup {
    html! {
        @if !found.letters.is_empty() {
            h2 { (visitor.say("door-letters")) }
            @for one in &found.letters {
                @let made = Document::of_letter(&one.text, one.language);
                p.second { (visitor.both(one.at)) }
                div.paper.letter role="region" aria-label=(made.title) tabindex="0" {
                    h3 lang=(made.language) { (made.title) }
                    (document(&lowered(&made)))
                }
            }
        }
    }
}

fn standing(visitor: &Visitor<'_>, one: Standing) -> Markup {
    let (class, drawn, name) = match one {
        Standing::Received => ("wait", "hourglass", "received"),
        Standing::Asked => ("todo", "ring", "asked"),
        Standing::Ready => ("todo", "out", "ready"),
        Standing::Confirmed => ("done", "tick", "confirmed"),
        Standing::Closed => ("done", "tick", "closed"),
    };
    html! { span.status.(class) { (sign(drawn)) (visitor.say(&format!("door-standing-{name}"))) } }
}

/// All of them, newest first.
pub(crate) fn all(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let number = visitor
        .query
        .text("page")
        .parse::<u64>()
        .unwrap_or(1)
        .max(1);
    let found = visitor.ask(|door| door.demands(Page::number(number, A_PAGE)))?;
    let title = visitor.say("door-nav-demands");
    let frame = Frame {
        title: &title,
        at: "demands",
        ..Frame::default()
    };
    let authority = visitor.officer()?.authority().to_owned();
    let last = found.total.div_ceil(u64::from(A_PAGE));
    Ok(framed(
        visitor,
        200,
        &frame,
        html! {
            h1 { (title) }
            p { (visitor.fill("door-demands-lead", &[("authority", &authority)])) }
            @if found.total == 0 {
                p.unknown { (visitor.say("door-demands-none")) }
            } @else {
                p.second { (visitor.count("door-demands-count", found.total)) }
                table.list {
                    thead { tr {
                        th scope="col" { (visitor.say("door-column-name")) }
                        th scope="col" { (visitor.with_zone(&visitor.say("door-column-received"))) }
                        th scope="col" { (visitor.say("door-column-standing")) }
                    } }
                    tbody {
                        @for one in &found.items {
                            tr {
                                th scope="row" { a.named href=(format!("/demands/{}", one.address)) { (one.name) } }
                                td { (visitor.in_column(one.received_at)) }
                                td { (standing(visitor, one.standing)) }
                            }
                        }
                    }
                }
            }
            @if last > 1 {
                nav.pager aria-label=(visitor.say("web-pages")) {
                    @if number > 1 { a href=(format!("/?page={}", number - 1)) { (visitor.say("web-page-before")) } }
                    @if number < last { a href=(format!("/?page={}", number + 1)) { (visitor.say("web-page-next")) } }
                }
            }
            p { a.buttonlike.main href="/send" { (visitor.say("door-nav-send")) } }
        },
    ))
}

/// One of them.
pub(crate) fn page(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    shown(visitor, 200, html! {})
}

fn shown(visitor: &Visitor<'_>, status: u16, refusal: Markup) -> Result<Reply, Problem> {
    let address = visitor.param("address")?;
    let found = visitor.ask(|door| door.demand(address))?;
    let found = found.ok_or(Problem::NotThere)?;
    let authority = visitor.officer()?.authority().to_owned();
    let frame = Frame {
        title: &found.name,
        at: "demands",
        failed: status != 200,
        ..Frame::default()
    };
    const DONE: [&str; 5] = ["sent", "sent-before", "answered", "confirmed", "missing"];
    let to_fetch = found.packages.iter().filter(|one| !one.confirmed).count();
    Ok(framed(
        visitor,
        status,
        &frame,
        html! {
            p { a href="/" { (visitor.say("door-nav-demands")) } }
            h1.named { (found.name) }
            p.second {
                (authority) " · "
                (visitor.fill("door-received-at", &[("at", &visitor.both(found.received_at))]))
            }
            p { (standing(visitor, found.standing)) }
            (just_done(visitor, &DONE))
            (warned(visitor))
            (refusal)
            @for one in &found.packages { (package(visitor, &found, one)) }
            @if to_fetch == 0 && found.standing == Standing::Received {
                (note(Note::Quiet, html! { p { (visitor.say("door-received-what")) } }))
            }
            (letters(visitor, &found))
            (questions(visitor, &found))
            (parts(visitor, &found))
            h2 { (visitor.with_zone(&visitor.say("door-happened"))) }
            ol.thread reversed {
                @for one in &found.happened { li {
                    time datetime=(one.at) { (visitor.in_column(one.at)) }
                    div { (happened(visitor, one)) }
                } }
            }
            h2 { (visitor.say("door-files")) }
            ul { @for (name, length) in &found.files {
                li { (name) " " span.size { "(" (size(visitor, *length)) ")" } }
            } }
            @if found.counted {
                p.second {
                    (visitor.say("door-counted-why")) " "
                    a href=(format!("/demands/{}/receipt", found.address)) { (visitor.say("door-counted-receipt")) }
                }
            }
            @if found.open { (more(visitor, &found)) }
            @if !found.packages.is_empty() { (receipt_forms(visitor, &found)) }
        },
    ))
}

fn package(visitor: &Visitor<'_>, found: &DoorCase, one: &Package) -> Markup {
    let at = format!("/demands/{}", found.address);
    html! {
        section.act {
            @if one.confirmed {
                h2 { (sign("tick")) (visitor.say("door-package-confirmed")) }
            } @else {
                h2 { (sign("out")) (visitor.say("door-package-ready")) }
            }
            @match &one.key {
                Some(key) => {
                    p { (visitor.count("door-package-items", one.items)) " " (visitor.say("door-package-sealed")) }
                    ul.words { @for word in fingerprint(key).split(' ') { li { (word) } } }
                }
                None => {
                    p { (visitor.count("door-package-items", one.items)) " " (visitor.say("door-package-passphrase")) }
                    @if let Some(at) = one.told_at {
                        p { (visitor.fill("door-package-told", &[("at", &visitor.near(at))])) }
                    }
                },
            }
            @if one.kept_back > 0 {
                p { (visitor.count("door-package-kept-back", one.kept_back)) }
            }
            @if let Fetchable::Bytes(length) = one.fetchable && !one.volumes.is_empty() {
                p { (visitor.fill("door-package-volumes", &[("size", &size(visitor, length)), ("count", &one.volumes.len().to_string())])) }
                ul { @for volume in &one.volumes { li {
                    a href=(format!("{at}/packages/{}/{}", one.digest, volume.number)) {
                        (visitor.fill("door-package-volume", &[
                            ("number", &volume.number.to_string()),
                            ("size", &size(visitor, volume.length)),
                        ]))
                    }
                } } }
            }
            div.buttons {
                @match one.fetchable {
                    Fetchable::Bytes(_) if !one.volumes.is_empty() => {}
                    Fetchable::Bytes(length) => {
                        a.buttonlike.main[!one.confirmed] href=(format!("{at}/packages/{}", one.digest)) {
                            (visitor.fill("door-package-fetch", &[("size", &size(visitor, length))]))
                        }
                    }
                    Fetchable::Gone => p.unknown { (visitor.say("door-package-gone")) },
                    Fetchable::NotKnown(_) => p.unknown { (visitor.say("door-package-later")) },
                }
                a href=(format!("{at}/receipts/{}", one.digest)) { (visitor.say("door-package-receipt")) }
                a href="/help" { (visitor.say("door-package-how")) }
            }
            p.second { (visitor.say("door-package-recorded")) }
            details {
                summary { (visitor.say("door-package-digest")) }
                p.mono { (one.digest) }
                @for volume in &one.volumes { p.mono { (volume.sha256) "  " (Volume::name(&one.name, volume.number)) } }
            }
        }
    }
}

/// How long a file is, as people say it.
fn size(visitor: &Visitor<'_>, length: u64) -> String {
    let (name, number) = match length {
        0..1_000 => ("door-size-bytes", length),
        1_000..1_000_000 => ("door-size-kilo", length.div_ceil(1_000)),
        _ => ("door-size-mega", length.div_ceil(1_000_000)),
    };
    visitor.fill(name, &[("number", &number.to_string())])
}

fn questions(visitor: &Visitor<'_>, found: &DoorCase) -> Markup {
    let open = found.questions.iter().any(|one| !one.answered);
    let one = |one: &Question| {
        html! {
            blockquote { p.said { (one.text) } }
            p.second {
                (visitor.near(one.at)) " · "
                (visitor.say(if one.answered { "door-question-answered" } else { "door-question-open" }))
            }
        }
    };
    html! {
        @if !found.questions.is_empty() {
            h2 { (visitor.say("door-questions")) }
            @for question in &found.questions { (one(question)) }
            @if open && found.open {
                form.card action=(format!("/demands/{}/answer", found.address)) method="post" enctype="multipart/form-data" {
                    (text_area(&Field {
                        name: "answer",
                        label: &visitor.say("door-answer"),
                        value: visitor.form.text("answer"),
                        ..Field::default()
                    }, 4))
                    (upload_field(&Field {
                        name: "files",
                        label: &visitor.say("door-answer-files"),
                        ..Field::default()
                    }))
                    (button(&visitor.say("door-answer-button"), html! {}))
                }
            }
        }
    }
}

/// Something more for the same demand, where nothing was asked.
fn more(visitor: &Visitor<'_>, found: &DoorCase) -> Markup {
    let asked = found.questions.iter().any(|one| !one.answered);
    html! {
        @if !asked {
            details {
                summary { (visitor.say("door-more")) }
                form.card action=(format!("/demands/{}/answer", found.address)) method="post" enctype="multipart/form-data" {
                    (text_area(&Field {
                        name: "answer",
                        label: &visitor.say("door-words"),
                        value: visitor.form.text("answer"),
                        ..Field::default()
                    }, 3))
                    (upload_field(&Field {
                        name: "files",
                        label: &visitor.say("web-new-files"),
                        ..Field::default()
                    }))
                    div.buttons { button { (visitor.say("door-more-button")) } }
                }
            }
        }
    }
}

fn parts(visitor: &Visitor<'_>, found: &DoorCase) -> Markup {
    let words = visitor.phrases();
    html! {
        @if !found.parts.is_empty() {
            h2 { (visitor.say("door-parts")) }
            table.list {
                thead { tr {
                    @for column in ["asked", "answer", "basis"] {
                        th scope="col" { (visitor.say(&format!("door-column-{column}"))) }
                    }
                } }
                tbody {
                    @for part in &found.parts { tr {
                        th scope="row" {
                            (words.sentence(&words.word(&format!("category-{}", part.category.as_str())))) ", " span.long { (part.identifier) }
                        }
                        td { (shape(visitor, part)) }
                        td { @for rule in &part.basis { span.cited { (words.cite(&rule.rule, &rule.cite)) } } }
                    } }
                }
            }
        }
    }
}

/// What becomes of data: the shape says it, and the word.
fn shape(visitor: &Visitor<'_>, part: &DoorPart) -> Markup {
    let (class, drawn) = match part.answer {
        Some(Disposition::Produce) => ("leaves", "out"),
        None
        | Some(Disposition::Ask | Disposition::Wait | Disposition::ByHand | Disposition::LookUp) => {
            ("waits", "hourglass")
        }
        Some(_) => ("stays", "stays"),
    };
    let name = match part.in_part {
        true => "in-part",
        false => part.answer.map_or("none", Disposition::as_str),
    };
    html! { span.shape.(class) { (sign(drawn)) (visitor.say(&format!("door-answered-{name}"))) } }
}

fn happened(visitor: &Visitor<'_>, one: &Happening) -> Markup {
    let by = if one.own { "you" } else { "other" };
    let (name, more) = match &one.what {
        Happened::Received => (format!("door-event-received-{by}"), ""),
        Happened::Sent(name) => (format!("door-event-sent-{by}"), name.as_str()),
        Happened::CalledBack => ("door-event-called-back".into(), ""),
        Happened::Asked => ("door-event-asked".into(), ""),
        Happened::Ready => ("door-event-ready".into(), ""),
        Happened::Fetched => (format!("door-event-fetched-{by}"), ""),
        Happened::Confirmed => (format!("door-event-confirmed-{by}"), ""),
        Happened::Missed(text) => (format!("door-event-missed-{by}"), text.as_str()),
        Happened::Closed => ("door-event-closed".into(), ""),
        Happened::Reopened => ("door-event-reopened".into(), ""),
    };
    html! {
        (visitor.say(&name))
        @if !more.is_empty() { p.second.said { (more) } }
    }
}

fn receipt_forms(visitor: &Visitor<'_>, found: &DoorCase) -> Markup {
    let waiting: Vec<_> = found.packages.iter().filter(|one| !one.confirmed).collect();
    let at = format!("/demands/{}", found.address);
    html! {
        h2 { (visitor.say("door-confirm-title")) }
        p { (visitor.say("door-confirm-lead")) }
        @for one in waiting {
            form action=(format!("{at}/confirm")) method="post" {
                input type="hidden" name="package" value=(one.digest);
                div.buttons { button { (visitor.say("door-confirm-button")) } }
            }
        }
        details {
            summary { (visitor.say("door-missing")) }
            form.card action=(format!("{at}/missing")) method="post" {
                (field(&Field {
                    name: "text",
                    label: &visitor.say("door-missing-what"),
                    hint: &visitor.say("door-missing-hint"),
                    required: true,
                    ..Field::default()
                }))
                div.buttons { button { (visitor.say("door-missing-button")) } }
            }
        }
    }
}

/// Takes an answer in.
pub(crate) fn answer(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let address = visitor.param("address")?;
    let text = visitor.form.text("answer");
    let said = visitor.say("door-answer-file");
    let unnamed = visitor.say("door-file");
    let files = visitor.uploads.iter().filter(|one| !one.bytes.is_empty());
    let mut given: Vec<(&str, &[u8])> = files
        .map(|one| {
            let name = if one.name.is_empty() {
                &unnamed
            } else {
                &one.name
            };
            (name.as_str(), one.bytes.as_slice())
        })
        .collect();
    if !text.is_empty() {
        given.push((&said, text.as_bytes()));
    }
    if given.is_empty() {
        let empty = note(
            Note::Refused,
            html! { p { (visitor.say("door-wrong-nothing")) } },
        );
        return shown(visitor, 422, empty);
    }
    let answered = visitor.act(|door| door.answer(address, &given));
    go_on(visitor, answered, "answered")
}

/// Confirms that a package is there and could be opened.
pub(crate) fn confirm(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let address = visitor.param("address")?;
    let package = Sha256Digest::parse(visitor.form.text("package"));
    let package = package.map_err(|_| Problem::Malformed)?;
    let confirmed = visitor.act(|door| door.confirm(address, package));
    go_on(visitor, confirmed, "confirmed")
}

/// Says what is missing.
pub(crate) fn missing(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let address = visitor.param("address")?;
    let text: String = visitor.form.text("text").chars().take(4_000).collect();
    let said = visitor.act(|door| door.miss(address, &text));
    go_on(visitor, said, "missing")
}

fn go_on(
    visitor: &Visitor<'_>,
    done: Result<Option<()>, CommandError>,
    name: &str,
) -> Result<Reply, Problem> {
    match done {
        Ok(Some(())) => {
            let address = visitor.param("address")?;
            Ok(Reply::see(format!("/demands/{address}?done={name}")))
        }
        Ok(None) => Err(Problem::NotThere),
        Err(error) => {
            let refusal = refused(visitor, error)?;
            shown(visitor, 422, refusal)
        }
    }
}

fn named_package(visitor: &Visitor<'_>) -> Result<Sha256Digest, Problem> {
    Sha256Digest::parse(visitor.param("package")?).map_err(|_| Problem::NotThere)
}

/// The sealed package: ciphertext, as the agent made it, or a piece of it.
pub(crate) fn fetch(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let found = fetched(visitor)?;
    match found.fetchable {
        Fetchable::Bytes(length) if found.volumes.is_empty() => {
            sent(visitor, &found, None, &found.name, length)
        }
        _ => Err(Problem::NotThere),
    }
}

/// One volume of it, or a piece of that.
pub(crate) fn fetch_volume(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let number = visitor.param("volume")?.parse::<u64>().ok();
    let found = fetched(visitor)?;
    let volume = number.and_then(|number| found.volumes.iter().find(|one| one.number == number));
    let (Some(volume), Fetchable::Bytes(_)) = (volume, &found.fetchable) else {
        return Err(Problem::NotThere);
    };
    let name = Volume::name(&found.name, volume.number);
    sent(visitor, &found, Some(volume), &name, volume.length)
}

fn fetched(visitor: &Visitor<'_>) -> Result<Package, Problem> {
    let address = visitor.param("address")?;
    let package = named_package(visitor)?;
    let found = visitor.act(|door| door.fetch(address, package))?;
    found.ok_or(Problem::NotThere)
}

/// A file of a package, which is `length` bytes long, or the piece of it that is asked for.
fn sent(
    visitor: &Visitor<'_>,
    package: &Package,
    volume: Option<&Volume>,
    name: &str,
    length: u64,
) -> Result<Reply, Problem> {
    let digest = volume.map_or(package.digest, |volume| volume.sha256);
    let etag = format!("\"{digest}\"");
    let (status, from, piece) = match wanted(&visitor.headers, &etag, length) {
        Wanted::Whole => (200, 0, length),
        Wanted::Piece { from, length } => (206, from, length),
        Wanted::Nowhere => {
            let reply = Reply::file(name, vec![]);
            let none = Reply {
                status: 416,
                ..reply
            };
            return Ok(none.with("content-range", format!("bytes */{length}")));
        }
    };
    let bytes = visitor.ask(|door| door.open(package, volume, from, piece));
    let bytes = bytes.map_err(|problem| match problem {
        Problem::Command(error) if matches!(*error, CommandError::File(_)) => Problem::NotThere,
        other => other,
    })?;
    let sent = Piece {
        bytes,
        length: piece,
    };
    let reply = Reply::piece(status, name, sent);
    let reply = reply.with("accept-ranges", "bytes").with("etag", etag);
    Ok(match status {
        206 => {
            let last = from + piece.saturating_sub(1);
            reply.with("content-range", format!("bytes {from}-{last}/{length}"))
        }
        _ => reply,
    })
}

/// The receipt with which an officer checks that the demand is counted.
pub(crate) fn counted(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let address = visitor.param("address")?;
    let receipt = visitor.ask(|door| door.receipt(address))?;
    let receipt = receipt.ok_or(Problem::NotThere)?;
    Ok(Reply::file("receipt.txt", receipt.into_bytes()))
}

/// The receipt of a package, as the agent signed it.
pub(crate) fn receipt(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let address = visitor.param("address")?;
    let package = named_package(visitor)?;
    let found = visitor.ask(|door| door.demand(address))?;
    let found = found.ok_or(Problem::NotThere)?;
    let one = found.packages.into_iter().find(|one| one.digest == package);
    let one = one.ok_or(Problem::NotThere)?;
    Ok(Reply::file(&one.receipt_name, one.receipt.into_bytes()))
}
