//! Asking the agents which accounts of a case there are, with somebody's signature.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use lagrum_desk::{CaseView, CommandError};
use lagrum_mandate::Inquiry;
use lagrum_model::Refusal;
use lagrum_notes::{assemble, passkey_challenge, passkey_line};
use maud::{Markup, html};

use super::sign::own_passkeys;
use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Field, Note, answer_fields, button, note, upload_field};
use crate::passkey;
use crate::reply::Reply;
use crate::visit::Visit;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None, None)
}

/// Whether what was asked before is asked again.
fn again(visit: &Visit<'_>) -> bool {
    !visit.query.text("again").is_empty()
}

fn shown(
    visit: &Visit<'_>,
    refusal: Option<&CommandError>,
    wrong: Option<&str>,
) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let title = visit.say("web-task-inquire");
    let kind = Shown {
        title: &title,
        status: if refusal.is_some() || wrong.is_some() {
            422
        } else {
            200
        },
        script: true,
        refusal,
        ..Shown::at("assessment")
    };
    let again = again(visit);
    let questions = match visit.draw(|session| session.inquiries(&view.id, again)) {
        Ok(questions) => questions,
        Err(Problem::Command(error))
            if matches!(
                error.refusal(),
                Some(Refusal::NothingToInquire | Refusal::NotDescribed)
            ) =>
        {
            Vec::new()
        }
        Err(other) => return Err(other),
    };
    let own = own_passkeys(visit)?;
    let credentials: Vec<_> = own.iter().map(|one| one.credential.as_str()).collect();
    let credentials = credentials.join(" ");
    let to_ask = match questions.is_empty() {
        true => html! { p { (visit.say("web-inquire-nothing")) } },
        false => html! {
            p { (visit.say("web-inquire-what")) }
            @for (number, question) in (1..).zip(&questions) {
                (one(visit, &view, (number, question), &credentials))
            }
            (bring(visit, &view))
        },
    };
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            h2 { (title) }
            @if let Some(wrong) = wrong { (note(Note::Refused, html! { p { (visit.say(wrong)) } p { (visit.say("web-nothing-changed")) } })) }
            (asked(visit, &view))
            (to_ask)
            p { a href=(format!("/cases/{}/assessment", view.id)) { (visit.say("web-tab-assessment")) } }
        },
    ))
}

/// What was asked, and how it stands.
fn asked(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let mut all: Vec<_> = view.case.inquiries.values().collect();
    all.sort_by_key(|one| one.event);
    html! {
        @if !all.is_empty() {
            ul {
                @for one in &all {
                    @let blanks = [("region", one.region.as_str()), ("at", &crate::look::near(visit, one.at))];
                    li {
                        @match (&one.told, &one.refused) {
                            (Some(_), _) => (visit.fill("web-inquire-told", &blanks)),
                            (None, Some(why)) => { (visit.fill("web-inquire-refused", &blanks)) span.second { (why) } },
                            (None, None) => (visit.fill("web-inquire-waits", &blanks)),
                        }
                    }
                }
            }
            @if !again(visit) && !view.case.closed { p { a href=(format!("/cases/{}/accounts?again=1", view.id)) { (visit.say("web-inquire-again")) } } }
        }
    }
}

/// One question: what is asked, and two ways to sign it. `credentials` are the person's passkeys on the roster.
fn one(
    visit: &Visit<'_>,
    view: &CaseView,
    (number, question): (usize, &Inquiry),
    credentials: &str,
) -> Markup {
    let text = question.to_text();
    let carried = BASE64_STANDARD.encode(&text);
    let (id, failed) = (&view.id, format!("failed-{number}"));
    html! {
        section.card aria-labelledby=(format!("question-{number}")) {
            h3 id=(format!("question-{number}")) { (visit.fill("web-inquire-of", &[("region", question.region.as_str())])) }
            ul { @for account in &question.accounts { li { (account) } } }
            @if credentials.is_empty() {
                p { (visit.say("web-sign-here-none")) " " a href="/you" { (visit.say("web-you")) } }
            } @else {
                div id=(failed) hidden tabindex="-1" {
                    (note(Note::Refused, html! { p { (visit.say("web-sign-here-failed")) } }))
                }
                form action=(format!("/cases/{id}/accounts")) method="post" data-passkey="sign"
                    data-failed=(failed) data-host=(visit.web.origin.host())
                    data-challenge=(BASE64_URL_SAFE_NO_PAD.encode(passkey_challenge(&text)))
                    data-credentials=(credentials) {
                    input type="hidden" name="question" value=(carried);
                    (answer_fields())
                    (button(&visit.say("web-inquire-here"), html! {}))
                }
            }
            form action=(format!("/cases/{id}/accounts/question")) method="post" {
                input type="hidden" name="question" value=(carried);
                button { (visit.say("web-inquire-fetch")) }
            }
        }
    }
}

/// Bringing what was signed on a person's own machine.
fn bring(visit: &Visit<'_>, view: &CaseView) -> Markup {
    html! {
        form action=(format!("/cases/{}/accounts/signed", view.id)) method="post" enctype="multipart/form-data" {
            (upload_field(&Field {
                name: "files",
                label: &visit.say("web-inquire-bring"),
                hint: &visit.say("web-inquire-bring-hint"),
                required: true,
                ..Field::default()
            }))
            (button(&visit.say("web-inquire-bring-button"), html! {}))
        }
    }
}

/// The question that a form carries: as it was shown, or another that is one of this case's.
fn carried(visit: &Visit<'_>) -> Option<Inquiry> {
    let text = BASE64_STANDARD.decode(visit.form.text("question")).ok()?;
    let question = Inquiry::parse(std::str::from_utf8(&text).ok()?).ok()?;
    (visit.case_id().ok()? == question.case).then_some(question)
}

/// Hands a question over, to be signed on a person's own machine.
pub(crate) fn question(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let question = carried(visit).ok_or(Problem::NotThere)?;
    let bytes = question.to_text().into_bytes();
    Ok(Reply::file(&question.file_name(), bytes))
}

/// Asks, with a passkey. What it signs is the exact text, and the desk verifies it against the roster like any other.
pub(crate) fn with_passkey(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let Some(question) = carried(visit) else {
        return shown(visit, None, Some("web-sign-changed"));
    };
    let text = question.to_text();
    let credential = visit.form.text("credential");
    let own = own_passkeys(visit)?;
    let own = own.iter().find(|one| one.credential == credential);
    let line = own.and_then(|own| {
        let assertion = passkey::assertion(&visit.form)?;
        passkey_line(&own.key, &assertion).ok()
    });
    match line {
        Some(line) => ask(visit, &[assemble(&text, &[&line])]),
        None => shown(visit, None, Some("web-sign-here-failed")),
    }
}

/// Asks what was signed elsewhere.
pub(crate) fn signed(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let notes = visit.uploads.iter();
    let notes = notes.map(|one| String::from_utf8(one.bytes.clone()).ok());
    match notes.collect::<Option<Vec<_>>>() {
        Some(notes) if !notes.is_empty() => ask(visit, &notes),
        _ => shown(visit, None, Some("web-sign-no-signatures")),
    }
}

fn ask(visit: &Visit<'_>, notes: &[String]) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    match visit.command(|session| session.inquire(&id, notes))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{id}/accounts?done=inquired"))),
        Err(refusal) => shown(visit, Some(&refusal), None),
    }
}
