//! The page that is read before signing, and the two ways to sign.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lagrum_access::Action;
use lagrum_desk::{CaseView, CommandError};
use lagrum_documents::{
    RecipientKnown, SigningPage, Together, confirm_words, in_words, signing_error, signing_page,
};
use lagrum_mandate::Mandate;
use lagrum_model::{Act, Case, Refusal, Sha256Digest};
use lagrum_notes::{VerifyingKey, passkey_challenge, passkey_line, role};
use maud::{Markup, html};

use super::original::beside_or_linked;
use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Field, Note, answer_fields, button, document, field, note, shape, upload_field};
use crate::pages::people::person;
use crate::passkey;
use crate::reply::Reply;
use crate::to_sign::{self, Signatures};
use crate::visit::Visit;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None, None)
}

fn shown(
    visit: &Visit<'_>,
    refusal: Option<&CommandError>,
    wrong: Option<&str>,
) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let title = visit.say("web-task-sign");
    let kind = Shown {
        title: &title,
        status: if refusal.is_some() || wrong.is_some() {
            422
        } else {
            200
        },
        script: true,
        refusal,
        ..Shown::at("decision")
    };
    let file = match visit.ask(|session| to_sign::gather(session, &view.id)) {
        Ok(file) => file,
        Err(Problem::Command(error)) if matches!(error.refusal(), Some(Refusal::NothingToSign)) => {
            return Ok(case_page(
                visit,
                &view,
                &kind,
                html! {
                    h2 { (title) }
                    p { (visit.say("web-sign-nothing")) }
                    p { a href=(format!("/cases/{}", view.id)) { (visit.say("web-tab-thread")) } }
                },
            ));
        }
        Err(other) => return Err(other),
    };
    let facts = file.facts();
    let together = Together::of(&facts, file.texts());
    let wrong = wrong.map(|name| visit.say(name));
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            @if let Some(wrong) = &wrong { (note(Note::Refused, html! { p { (wrong) } p { (visit.say("web-nothing-changed")) } })) }
            div.halves {
                div {
                    @for (place, text) in file.texts().iter().enumerate() {
                        // What stays is the same for all that is signed together.
                        @let stay = if place == 0 { stays(visit, &facts) } else { html! {} };
                        (one(visit, &file, (&facts, &together), text, &stay))
                    }
                    (own_machine(visit, &view, &file))
                (here(visit, &view, &file)?)
                }
                aside aria-label=(visit.say("web-originals")) { (beside_or_linked(visit, &view)?) }
            }
        },
    ))
}

fn one(
    visit: &Visit<'_>,
    file: &to_sign::File,
    (facts, together): (&Case, &Together<'_>),
    text: &str,
    stays: &Markup,
) -> Markup {
    let zone = visit.zone();
    let page = SigningPage {
        provider: visit.desk.provider(),
        case: file.case(),
        facts,
        text,
        together: Some(together),
        earlier: file.earlier(),
        signers: file.signers(),
        zone: &zone,
        recipient: RecipientKnown::NotAsked,
    };
    let made = signing_page(&page, visit.phrases());
    html! {
        @match (made, Mandate::parse(text)) {
            (Ok(made), Ok(mandate)) => {
                h2 { (made.title) }
                // What counsel released has no account and no period of its own: the page tells it.
                @if mandate.review.is_none() { (leaves(visit, &mandate, only_searches(facts, text))) }
                (stays)
                (document(&made))
            }
            (Err(why), _) => (note(Note::Refused, html! { p { (signing_error(&why, visit.phrases())) } })),
            (_, Err(_)) => (note(Note::Refused, html! { p { (visit.say("signing-error-text")) } })),
        }
    }
}

/// Whether the mandate of this text is only to show that nothing is there.
fn only_searches(case: &Case, text: &str) -> bool {
    let mut mandates = case.mandates.values();
    mandates.any(|one| one.text == text && case.only_searches(one))
}

/// What leaves, or is searched: the heaviest thing on the page.
fn leaves(visit: &Visit<'_>, mandate: &Mandate, only_searches: bool) -> Markup {
    let heading = match mandate.act {
        _ if mandate.look_up.is_some() => "signing-looks-up",
        _ if only_searches => "signing-searches",
        Act::Disclose => "web-sign-leaves",
        Act::Preserve => "signing-preserves",
    };
    let words = visit.phrases();
    let accounts: Vec<_> = mandate
        .identifiers
        .iter()
        .map(ToString::to_string)
        .collect();
    let categories: Vec<_> = mandate
        .categories
        .iter()
        .map(|one| words.word(&format!("category-{}", one.as_str())))
        .collect();
    let what = words.fill(
        "part-of",
        &[
            ("category", &words.list(&categories)),
            ("identifier", &words.list(&accounts)),
        ],
    );
    html! {
        div.act.leaves {
            h2 { (crate::look::sign("out")) (visit.say(heading)) }
            p { strong { (words.sentence(&what)) } }
            p { (words.period_in_zone(&mandate.period, &visit.zone())) " · " (mandate.region) }
            @if mandate.look_up.is_none() {
                @if let Some(kept) = mandate.recipient.kept() {
                    p { (words.sentence(&lagrum_documents::kept_there(kept, &visit.zone(), words))) }
                } @else {
                    p { (visit.fill("web-sign-to", &[("name", mandate.recipient.name())])) }
                }
                @if let Some(told) = mandate.recipient.told() {
                    @let by = person(visit, &told.told_by);
                    p { (words.sentence(&words.fill("signing-passphrase", &[("by", &by), ("number", told.on_number.as_str())]))) }
                }
            }
        }
    }
}

/// What does not leave.
fn stays(visit: &Visit<'_>, facts: &Case) -> Markup {
    let found = facts.assessment.as_ref();
    let stays: Vec<_> = facts
        .answers
        .iter()
        .filter(|one| !one.disposition.is_carried_out() && !facts.only_preserves())
        .filter_map(|one| Some((one, found?.parts.get(one.part)?)))
        .collect();
    html! {
        @if !stays.is_empty() {
            div.act {
                h2 { (crate::look::sign("stays")) (visit.say("web-sign-stays")) }
                ul {
                    @for (answer, part) in stays {
                        li { (part.identifier) " · " (visit.say(&format!("category-{}", part.category.as_str()))) " " (shape(visit, answer.disposition, answer.is_in_part(part))) }
                    }
                }
            }
        }
    }
}

fn own_machine(visit: &Visit<'_>, view: &CaseView, file: &to_sign::File) -> Markup {
    let id = &view.id;
    html! {
        div.card {
            h2 { (visit.say("web-sign-how")) }
            p { (visit.say("web-sign-why-two")) }
            div.columns {
                section aria-labelledby="own" {
                    h3 #own { (visit.say("web-sign-own")) }
                    p { (visit.say("web-sign-own-how")) }
                    @for text in file.texts() {
                        ul.words {
                            @for word in in_words(&Sha256Digest::of(text.as_bytes())).split(' ') { li { (word) } }
                        }
                    }
                    p { a.buttonlike href=(format!("/cases/{id}/sign/file")) { (visit.say("web-sign-fetch")) } }
                    @if visit.may(Action::AddSignature) {
                        form action=(format!("/cases/{id}/signatures")) method="post" enctype="multipart/form-data" {
                            (upload_field(&Field {
                                name: "files",
                                label: &visit.say("web-sign-bring"),
                                hint: &visit.say("web-sign-bring-hint"),
                                required: true,
                                ..Field::default()
                            }))
                            (button(&visit.say("web-sign-bring-button"), html! {}))
                        }
                    }
                }
            }
            p { a href=(format!("/cases/{id}")) { (visit.say("web-sign-not")) } }
        }
    }
}

/// A passkey of the person's that is on the roster and may sign on our pages.
pub(super) struct Own {
    pub(super) credential: String,
    pub(super) key: VerifyingKey<role::Person>,
}

pub(super) fn own_passkeys(visit: &Visit<'_>) -> Result<Vec<Own>, Problem> {
    let person = visit.principal()?.id();
    let roster = visit.desk.roster()?;
    let mut own = Vec::new();
    for one in visit.keep().passkeys_of(person)? {
        let named = passkey::named(roster, person, &one.key);
        let Some(key) = named.filter(|key| {
            key.passkey()
                .is_some_and(|it| it.origin() == visit.web.origin.as_str())
        }) else {
            continue;
        };
        if roster
            .holder_of(&key)
            .is_some_and(|holder| holder.id == person)
        {
            own.push(Own {
                credential: one.credential,
                key,
            });
        }
    }
    Ok(own)
}

/// Whether somebody signed this mandate on a machine of their own, where the text was shown again.
fn is_signed_elsewhere(
    visit: &Visit<'_>,
    case: &Case,
    mandate: &Sha256Digest,
) -> Result<bool, Problem> {
    let roster = visit.desk.roster()?;
    let Some(record) = case.mandates.get(mandate) else {
        return Ok(false);
    };
    let mut signers = record
        .approvals
        .iter()
        .filter_map(|one| roster.named_on(&one.signature));
    Ok(signers.any(|one| one.own_machine))
}

/// Signing on this page, with a passkey: only where the text was read on a person's own machine before.
fn here(visit: &Visit<'_>, view: &CaseView, file: &to_sign::File) -> Result<Markup, Problem> {
    if !visit.may(Action::AddSignature) {
        return Ok(html! {});
    }
    let own = own_passkeys(visit)?;
    let credentials: Vec<_> = own.iter().map(|one| one.credential.as_str()).collect();
    let mut forms = Vec::new();
    for text in file.texts() {
        let digest = Sha256Digest::of(text.as_bytes());
        let record = view.case.mandates.get(&digest);
        let signed = record.is_some_and(|record| {
            let name = visit.who.as_ref().map(|who| who.principal.name());
            record
                .approvals
                .iter()
                .any(|one| Some(one.signer.as_str()) == name)
        });
        let (Ok(mandate), false) = (Mandate::parse(text), signed) else {
            continue;
        };
        forms.push((
            digest,
            mandate,
            text,
            is_signed_elsewhere(visit, &view.case, &digest)?,
        ));
    }
    Ok(html! {
        section.card aria-labelledby="here" {
            h2 #here { (visit.say("web-sign-here")) }
            @if own.is_empty() {
                p { (visit.say("web-sign-here-none")) " " a href="/you" { (visit.say("web-you")) } }
            } @else {
                div #failed hidden tabindex="-1" {
                    (note(Note::Refused, html! { p { (visit.say("web-sign-here-failed")) } }))
                }
                @for (number, (digest, mandate, text, elsewhere)) in (1..).zip(&forms) {
                    @if *elsewhere {
                        @let name = format!("typed-{number}");
                        form action=(format!("/cases/{}/sign", view.id)) method="post" data-passkey="sign"
                            data-failed="failed" data-host=(visit.web.origin.host())
                            data-challenge=(BASE64_URL_SAFE_NO_PAD.encode(passkey_challenge(text)))
                            data-credentials=(credentials.join(" ")) {
                            input type="hidden" name="mandate" value=(digest);
                            (answer_fields())
                            (field(&Field {
                                name: &name,
                                label: &confirm_words(mandate).question(mandate, visit.phrases()),
                                required: true,
                                class: "short",
                                ..Field::default()
                            }))
                            (button(&visit.say("web-sign-here-button"), html! {}))
                        }
                    } @else {
                        p { (visit.say("web-sign-here-not-first")) }
                    }
                }
            }
        }
    })
}

/// Adds a signature that was made here with a passkey. What it signs is the mandate's exact text, and the
/// desk verifies it against the roster like any other.
pub(crate) fn with_passkey(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let wanted = visit.form.text("mandate");
    let waiting = match visit.ask(|session| session.to_sign(&id)) {
        Ok(waiting) => waiting,
        Err(Problem::Command(error)) => return shown(visit, Some(&error), None),
        Err(other) => return Err(other),
    };
    let found = waiting.iter().find(|one| one.mandate.to_string() == wanted);
    let Some(found) = found else {
        return shown(visit, None, Some("web-sign-changed"));
    };
    let case = view(visit)?.case;
    if !is_signed_elsewhere(visit, &case, &found.mandate)? {
        return shown(visit, None, Some("web-sign-here-not-first"));
    }
    let mandate = Mandate::parse(&found.text).map_err(|_| Problem::NotThere)?;
    let fields = visit.form.fields();
    let typed = fields.iter().find(|(name, _)| name.starts_with("typed-"));
    if !typed.is_some_and(|(_, typed)| confirm_words(&mandate).accepts(typed)) {
        return shown(visit, None, Some("web-sign-not-typed"));
    }
    let credential = visit.form.text("credential");
    let own = own_passkeys(visit)?;
    let own = own.iter().find(|one| one.credential == credential);
    let line = own.and_then(|own| {
        let assertion = passkey::assertion(&visit.form)?;
        passkey_line(&own.key, &assertion).ok()
    });
    let Some(line) = line else {
        return shown(visit, None, Some("web-sign-here-failed"));
    };
    match visit.command(|session| session.add_signatures(&id, &[(found.mandate, line)]))? {
        Ok(signed) => {
            let done = if signed.released {
                "released"
            } else {
                "signed"
            };
            Ok(Reply::see(format!("/cases/{id}?done={done}")))
        }
        Err(refusal) => shown(visit, Some(&refusal), None),
    }
}

/// The file that the person's own machine reads.
pub(crate) fn file(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let file = visit.ask(|session| to_sign::gather(session, &id))?;
    let bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    Ok(Reply::file(&format!("{id}.to-sign.json"), bytes))
}

/// Brings signatures that were made elsewhere.
pub(crate) fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let [upload] = visit.uploads.as_slice() else {
        return shown(visit, None, Some("web-sign-one-file"));
    };
    let Ok(brought) = Signatures::parse(&upload.bytes) else {
        return shown(visit, None, Some("web-sign-no-signatures"));
    };
    if *brought.case() != id {
        return shown(visit, None, Some("web-sign-other-case"));
    }
    let lines = brought.lines();
    match visit.command(|session| session.add_signatures(&id, &lines))? {
        Ok(signed) => {
            let done = if signed.released {
                "released"
            } else {
                "signed"
            };
            Ok(Reply::see(format!("/cases/{id}?done={done}")))
        }
        Err(refusal) => shown(visit, Some(&refusal), None),
    }
}
