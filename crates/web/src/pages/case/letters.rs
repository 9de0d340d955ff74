//! Letters: which ones, their drafts, and what was sent.

use lagrum_access::Action;
use lagrum_desk::{CaseView, CommandError, LetterChoice, Sending};
use lagrum_documents::{Document, letter_kind, no_letter};
use lagrum_model::{
    CaseId, Channel, EmailAddress, Language, LetterKind, LetterSent, LetterWaiting,
};
use maud::{Markup, html};

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::form::Form;
use crate::letters::{MAKES_PDF, NoPdf, pdf, proposed};
use crate::look::{
    Choice, Field, Note, Work, document, field, lowered, near, note, select, stamp, status,
    text_area,
};
use crate::reply::Reply;
use crate::visit::Visit;

/// Which letter the address names.
struct Which {
    kind: LetterKind,
    /// The place of the account among those that are told, from 1, and the account. An account never
    /// stands in an address.
    account: Option<(usize, EmailAddress)>,
}

impl Which {
    fn of(visit: &Visit<'_>, view: &CaseView) -> Result<Self, Problem> {
        let kind = LetterKind::parse(visit.param("kind")?).map_err(|_| Problem::NotThere)?;
        let all = view.case.accounts_to_tell();
        let given = visit
            .form
            .given("account")
            .or_else(|| visit.query.given("account"));
        let place = match given {
            Some(text) => text.parse().map_err(|_| Problem::NotThere)?,
            None => 1,
        };
        let account = match kind {
            LetterKind::Notice => {
                let found = usize::checked_sub(place, 1).and_then(|at| all.get(at));
                found.map(|account| (place, account.clone()))
            }
            _ => None,
        };
        Ok(Self { kind, account })
    }

    fn address(&self, id: &CaseId) -> String {
        let end = match &self.account {
            Some((place, _)) => format!("?account={place}"),
            None => String::new(),
        };
        format!("/cases/{id}/letters/{}{end}", self.kind)
    }

    /// Where somebody's draft of it lies.
    fn draft(&self, visit: &Visit<'_>, id: &CaseId) -> Result<String, Problem> {
        let person = visit.principal()?.id();
        let account = self.account.as_ref().map(|(_, one)| one.as_written());
        let account = account.unwrap_or_default();
        Ok(format!("letter {id} {person} {} {account}", self.kind))
    }
}

/// All letters of a case.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let all = visit.ask(|session| session.letters(&view.id))?;
    let (can, cannot): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.why_not.is_none());
    let writes = visit.may(Action::SendLetter);
    let words = visit.phrases();
    let zone = visit.zone();
    Ok(case_page(
        visit,
        &view,
        &Shown::at("letters"),
        html! {
            div.halves {
                section aria-labelledby="write" {
                    h2 #write { (visit.say("web-letters-write")) }
                    @if can.is_empty() { p { (visit.say("web-letters-none")) } }
                    ul.tasks {
                        @for one in can {
                            (choice(visit, &view, one, writes)?)
                        }
                    }
                    h2 { (visit.say("web-letters-not-now")) }
                    dl.rows {
                        @for one in cannot {
                            div {
                                dt { (named(visit, one)) }
                                dd { (one.why_not.as_ref().map(|why| no_letter(why, &zone, words)).unwrap_or_default()) }
                            }
                        }
                    }
                }
                section aria-labelledby="sent" {
                    @if !view.case.letters_waiting.is_empty() {
                        h2 { (visit.say("web-letters-waiting")) }
                        ul.tasks {
                            @for one in view.case.letters_waiting.iter().rev() { (waiting(visit, one)) }
                        }
                    }
                    h2 #sent { (visit.say("web-letters-sent")) }
                    @if view.case.letters.is_empty() { p { (visit.say("web-letters-none-sent")) } }
                    ul.tasks {
                        @for one in view.case.letters.iter().rev() { (sent(visit, &view.id, one)) }
                    }
                }
            }
        },
    ))
}

fn named(visit: &Visit<'_>, one: &LetterChoice) -> String {
    let kind = letter_kind(one.kind, visit.phrases());
    match &one.account {
        Some(account) => format!("{kind}: {account}"),
        None => kind,
    }
}

fn choice(
    visit: &Visit<'_>,
    view: &CaseView,
    one: &LetterChoice,
    writes: bool,
) -> Result<Markup, Problem> {
    let places = view.case.accounts_to_tell();
    let account = one.account.as_ref().and_then(|account| {
        let place = places.iter().position(|other| other == account)?;
        Some((place + 1, account.clone()))
    });
    let which = Which {
        kind: one.kind,
        account,
    };
    let kept = match writes {
        true => visit.keep().drafted(&which.draft(visit, &view.id)?)?,
        false => None,
    };
    Ok(html! {
        li {
            div {
                @if writes { a href=(which.address(&view.id)) { (named(visit, one)) } }
                @else { (named(visit, one)) }
                @if let Some((at, _)) = kept {
                    span.second { (visit.fill("web-draft-kept", &[("at", &near(visit, at))])) }
                }
            }
        }
    })
}

fn waiting(visit: &Visit<'_>, one: &LetterWaiting) -> Markup {
    let way = visit.say(&format!("channel-{}", one.letter.by.as_str()));
    let says = visit.say("web-letters-waits");
    html! {
        li {
            div {
                (letter_kind(one.letter.kind, visit.phrases()))
                span.second { (one.letter.to) " · " (way) }
                span.second { "SHA-256 " span.mono { (one.letter.sha256) } }
                @match &one.given_up {
                    Some((_, why)) => {
                        p { strong { (visit.fill("web-letters-given-up", &[("why", why)])) } " " (visit.say("web-letters-given-up-way")) }
                    }
                    None => { (status(Work::Waiting, &says)) }
                }
            }
            (stamp(visit, one.given_up.as_ref().map_or(one.at, |(at, _)| *at)))
        }
    }
}

/// That a mail server took it from the desk.
fn taken(visit: &Visit<'_>, one: &LetterSent) -> Markup {
    html! {
        @if let Some(taken) = &one.taken {
            span.second {
                (visit.fill("web-letters-taken", &[("code", &taken.code.to_string()), ("name", &taken.message_id)]))
            }
        }
    }
}

fn sent(visit: &Visit<'_>, id: &CaseId, one: &LetterSent) -> Markup {
    let way = visit.say(&format!("channel-{}", one.letter.by.as_str()));
    html! {
        li {
            div {
                a href=(format!("/cases/{id}/letters/sent/{}", one.number)) { (letter_kind(one.letter.kind, visit.phrases())) }
                span.second { (one.letter.to) " · " (way) }
                (taken(visit, one))
                span.second { "SHA-256 " span.mono { (one.letter.sha256) } }
            }
            (stamp(visit, one.at))
        }
    }
}

/// A letter to be written.
pub(crate) fn write(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let which = Which::of(visit, &view)?;
    let kept = visit.keep().drafted(&which.draft(visit, &view.id)?)?;
    let language = visit.query.text("lang").parse::<Language>().ok();
    let (form, kept) = match kept {
        // Another language is another text.
        Some((at, fields)) => {
            let form = Form::of(fields);
            let same = language.is_none_or(|one| form.text("lang") == one.as_str());
            match same {
                true => (form, Some(at)),
                false => (fresh(visit, &view, &which, language)?, None),
            }
        }
        None => (fresh(visit, &view, &which, language)?, None),
    };
    let head = html! {
        @if let Some(at) = kept {
            p.second { (visit.fill("web-draft-kept", &[("at", &near(visit, at))])) }
        }
    };
    shown(visit, &view, &which, &form, head, None)
}

/// What is proposed, as a form.
fn fresh(
    visit: &Visit<'_>,
    view: &CaseView,
    which: &Which,
    language: Option<Language>,
) -> Result<Form, Problem> {
    let demand = view.case.demand.as_ref();
    let country = demand.map(|demand| demand.authority.country);
    let language = match which.kind {
        LetterKind::Notice => language.unwrap_or(visit.language),
        _ => language
            .or(country.map(Language::of_country))
            .unwrap_or(visit.language),
    };
    let account = which.account.as_ref().map(|(_, one)| one);
    let words = &visit.all_phrases[&language];
    let made = visit.draw(|session| proposed(session, &view.id, which.kind, account, words))?;
    let to = match (account, demand) {
        (Some(account), _) => account.as_written().to_owned(),
        (None, Some(demand)) => {
            let authority = &demand.authority;
            let officer = &authority.officer;
            format!("{}, {} <{}>", authority.name, officer.name, officer.email)
        }
        _ => String::new(),
    };
    let text = made.as_ref().map(Document::to_letter).unwrap_or_default();
    let field = |name: &str, value: String| (name.to_owned(), value);
    Ok(Form::of(vec![
        field("lang", language.to_string()),
        field("text", text),
        field("to", to),
        field("by", Channel::Email.as_str().to_owned()),
    ]))
}

fn shown(
    visit: &Visit<'_>,
    view: &CaseView,
    which: &Which,
    form: &Form,
    head: Markup,
    refusal: Option<&CommandError>,
) -> Result<Reply, Problem> {
    let title = letter_kind(which.kind, visit.phrases());
    let kind = Shown {
        title: &title,
        status: if refusal.is_some() { 422 } else { 200 },
        refusal,
        ..Shown::at("letters")
    };
    let all = visit.ask(|session| session.letters(&view.id))?;
    let account = which.account.as_ref().map(|(_, one)| one);
    let choice = all.iter().find(|one| {
        one.kind == which.kind && (one.account.is_none() || one.account.as_ref() == account)
    });
    let why = choice.and_then(|one| one.why_not.as_ref());
    let zone = visit.zone();
    let language: Language = form.text("lang").parse().unwrap_or_default();
    let made = Document::of_letter(form.raw("text"), language);
    let ways: Vec<_> = Channel::ALL
        .into_iter()
        .map(|way| {
            Choice::new(
                way.as_str(),
                visit
                    .phrases()
                    .sentence(&visit.say(&format!("channel-{way}"))),
            )
        })
        .collect();
    let here = which.address(&view.id);
    let join = if here.contains('?') { '&' } else { '?' };
    let by_itself = visit.ask(|session| session.by_itself(&view.id, which.kind))?;
    Ok(case_page(
        visit,
        view,
        &kind,
        html! {
            div.halves {
                section aria-labelledby="edit" {
                    h2 #edit { (title) }
                    @if let Some(account) = account { p { (account) } }
                    @if let Some(why) = why {
                        (note(Note::Warning, html! { p { (no_letter(why, &zone, visit.phrases())) } }))
                    }
                    (head)
                    p.chips {
                        @for one in Language::ALL {
                            @let name = visit.say(&format!("web-letters-in-{one}"));
                            @if one == language { strong { (name) } }
                            @else { a href=(format!("{here}{join}lang={one}")) { (name) } }
                            " "
                        }
                    }
                    form.stack action=(format!("/cases/{}/letters/{}", view.id, which.kind)) method="post" {
                        input type="hidden" name="lang" value=(language);
                        @if let Some((place, _)) = &which.account { input type="hidden" name="account" value=(place); }
                        (text_area(&Field {
                            name: "text",
                            label: &visit.say("web-letters-text"),
                            hint: &visit.say("web-letters-text-hint"),
                            value: form.raw("text"),
                            required: true,
                            class: "letter",
                            ..Field::default()
                        }, 24))
                        div.buttons {
                            button name="do" value="keep" { (visit.say("web-letters-keep")) }
                            @if MAKES_PDF { button name="do" value="pdf" { (visit.say("web-letters-pdf")) } }
                            button.link name="do" value="anew" { (visit.say("web-letters-anew")) }
                        }
                        (field(&Field {
                            name: "to",
                            label: &visit.say("web-letters-to"),
                            hint: &visit.say("web-letters-to-hint"),
                            value: form.text("to"),
                            required: true,
                            ..Field::default()
                        }))
                        (select(&Field {
                            name: "by",
                            label: &visit.say("web-letters-by"),
                            value: form.text("by"),
                            class: "short",
                            ..Field::default()
                        }, &ways))
                        @if !MAKES_PDF { p.second { (visit.say("web-letters-no-pdf")) } }
                        @if which.kind.may_object() {
                            div.choice {
                                input #objects type="checkbox" name="objects" value="yes" checked[form.ticked("objects")];
                                label for="objects" {
                                    (visit.say("web-letters-objects"))
                                    span.second { (visit.say("web-letters-objects-hint")) }
                                }
                            }
                        }
                        @if why.is_none() {
                            @if by_itself.door {
                                p.second { (visit.say("web-letters-send-door-means")) }
                                div.buttons { button.main name="do" value="door" { (visit.say("web-letters-send-door")) } }
                            }
                            @if by_itself.mail {
                                p.second { (visit.say("web-letters-send-mail-means")) }
                                div.buttons { button.main[!by_itself.door] name="do" value="mail" { (visit.say("web-letters-send-mail")) } }
                            }
                            @if by_itself.any() { h3 { (visit.say("web-letters-by-hand")) } }
                            p.second { (visit.say("web-letters-sent-means")) }
                            div.buttons { button.main[!by_itself.any()] name="do" value="sent" { (visit.say("web-letters-record")) } }
                        }
                    }
                }
                div {
                    h2 { (visit.say("web-letters-preview")) }
                    (paper(&visit.say("web-letters-preview"), &made))
                }
            }
        },
    ))
}

/// A letter as it reads on paper.
pub(super) fn paper(name: &str, made: &Document) -> Markup {
    html! {
        div.paper.letter role="region" aria-label=(name) tabindex="0" {
            h3 lang=(made.language) { (made.title) }
            (document(&lowered(made)))
        }
    }
}

/// Keeps the draft, proposes it anew, or records the letter as sent.
pub(crate) fn written(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let which = Which::of(visit, &view)?;
    let (draft, here) = (which.draft(visit, &view.id)?, which.address(&view.id));
    let form = &visit.form;
    let language: Language = form.text("lang").parse().map_err(|_| Problem::Malformed)?;
    match form.text("do") {
        "anew" => {
            visit.keep().forget_draft(&draft)?;
            let join = if here.contains('?') { '&' } else { '?' };
            return Ok(Reply::see(format!("{here}{join}lang={language}")));
        }
        "keep" => {
            visit.keep().draft(&draft, form.fields())?;
            return Ok(Reply::see(here));
        }
        "pdf" => {
            visit.keep().draft(&draft, form.fields())?;
            let name = format!("{}-{}.pdf", view.id, which.kind);
            return match set(visit, form.raw("text"), language, visit.now) {
                Ok(bytes) => Ok(Reply::file(&name, bytes)),
                Err(why) => shown(visit, &view, &which, form, why, None),
            };
        }
        "sent" | "door" | "mail" => {}
        _ => return Err(Problem::Malformed),
    }
    let by = match form.text("do") {
        "door" => Channel::Door,
        "mail" => Channel::Email,
        _ => Channel::parse(form.text("by")).map_err(|_| Problem::Malformed)?,
    };
    let sending = Sending {
        kind: which.kind,
        language,
        to: form.text("to"),
        by,
        account: which.account.as_ref().map(|(_, one)| one),
        text: form.raw("text"),
        objects: form.ticked("objects"),
    };
    let by_hand = form.text("do") == "sent";
    let sent = visit.command(|session| match by_hand {
        true => session.send_letter(&view.id, &sending),
        false => session.let_send(&view.id, &sending),
    });
    match sent? {
        Ok(_) => {
            visit.keep().forget_draft(&draft)?;
            let done = if by_hand {
                "letter-sent"
            } else {
                "letter-waits"
            };
            Ok(Reply::see(format!(
                "/cases/{}/letters?done={done}",
                view.id
            )))
        }
        // What was typed stays on the page.
        Err(refusal) => shown(visit, &view, &which, form, html! {}, Some(&refusal)),
    }
}

fn letter(visit: &Visit<'_>, id: &CaseId) -> Result<(LetterSent, String), Problem> {
    let number = visit.param("number")?.parse();
    let number = number.map_err(|_| Problem::NotThere)?;
    match visit.ask(|session| session.letter(id, number)) {
        Err(Problem::Command(error)) if error.refusal().is_some() => Err(Problem::NotThere),
        other => other,
    }
}

/// A letter as it was sent.
pub(crate) fn read(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let (one, text) = letter(visit, &view.id)?;
    let title = letter_kind(one.letter.kind, visit.phrases());
    let made = Document::of_letter(&text, one.letter.language);
    let way = visit.say(&format!("channel-{}", one.letter.by.as_str()));
    Ok(case_page(
        visit,
        &view,
        &Shown {
            title: &title,
            ..Shown::at("letters")
        },
        html! {
            h2 { (title) }
            p { (stamp(visit, one.at)) " · " (one.letter.to) " · " (way) }
            p {
                a href=(format!("/cases/{}/letters/sent/{}/file", view.id, one.number)) { (visit.say("web-letters-take")) }
                @if MAKES_PDF {
                    " · "
                    a href=(format!("/cases/{}/letters/sent/{}/file?as=pdf", view.id, one.number)) { (visit.say("web-letters-pdf")) }
                }
                (taken(visit, &one))
                span.second { "SHA-256 " span.mono { (one.letter.sha256) } }
            }
            (paper(&title, &made))
        },
    ))
}

/// The text as a PDF, or what to say where there is none.
fn set(
    visit: &Visit<'_>,
    text: &str,
    language: Language,
    at: jiff::Timestamp,
) -> Result<Vec<u8>, Markup> {
    pdf(text, language, visit.desk.provider(), at).map_err(|why| {
        let says = match why {
            NoPdf::NoGlyph(c) => visit.fill("web-letters-no-glyph", &[("sign", &c.to_string())]),
            NoPdf::NotBuilt => visit.say("web-letters-no-pdf"),
            NoPdf::Failed(why) => why,
        };
        note(Note::Warning, html! { p { (says) } })
    })
}

/// Its exact text, to be kept; or the same as a PDF.
pub(crate) fn file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (one, text) = letter(visit, &id)?;
    if visit.query.text("as") == "pdf" {
        let made = set(visit, &text, one.letter.language, one.at);
        let name = format!("{id}-{}-{}.pdf", one.number, one.letter.kind);
        return match made {
            Ok(bytes) => Ok(Reply::file(&name, bytes)),
            Err(_) => Err(Problem::NotThere),
        };
    }
    let name = format!("{id}-{}-{}.txt", one.number, one.letter.kind);
    Ok(Reply::file(&name, text.into_bytes()))
}
