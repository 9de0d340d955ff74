//! Sending a demand. Nothing is refused but what did not arrive.

use lagrum_desk::LARGEST_ORIGINAL;
use lagrum_model::Network;
use maud::{Markup, html};

use super::super::Visitor;
use super::super::frame::{Frame, page as framed};
use super::refused;
use crate::error::Problem;
use crate::look::{Choice, Field, Note, button, choices, field, note, text_area, upload_field};
use crate::reply::Reply;

/// What it is, as far as an officer says.
const KINDS: [&str; 5] = ["production", "preservation", "order", "treaty", "emergency"];
/// What is not as it should be, and is said when the demand has arrived.
const WARNINGS: [&str; 3] = ["network", "no-account", "emergency"];

fn shown(
    visitor: &Visitor<'_>,
    status: u16,
    wrong: Option<&str>,
    refusal: Option<Markup>,
) -> Reply {
    let title = visitor.say("door-nav-send");
    let failed = wrong.is_some() || refusal.is_some();
    let frame = Frame {
        title: &title,
        at: "send",
        failed,
        ..Frame::default()
    };
    let limit = (LARGEST_ORIGINAL >> 20).to_string();
    let value = |name: &str| visitor.form.text(name).to_owned();
    let kinds = KINDS.map(|kind| {
        let mut choice = Choice::new(kind, visitor.say(&format!("door-kind-{kind}")));
        if kind == "emergency" {
            let door = visitor.desk.door_config();
            let contact = door
                .map(|door| door.contact.join(" · "))
                .unwrap_or_default();
            choice.hint = visitor.fill("door-kind-emergency-call", &[("contact", &contact)]);
        }
        choice
    });
    let secrecy =
        ["no", "yes"].map(|one| Choice::new(one, visitor.say(&format!("door-secret-{one}"))));
    let (kind, secret) = (value("kind"), value("secret"));
    framed(
        visitor,
        status,
        &frame,
        html! {
            h1 { (title) }
            p { (visitor.say("door-send-lead")) }
            @if let Some(wrong) = wrong {
                div.errors role="alert" {
                    h2 { (visitor.say("door-mend")) }
                    ul { li { a href="#files" { (wrong) } } }
                }
            }
            @if let Some(refusal) = refusal { (refusal) }
            form.stack action="/send" method="post" enctype="multipart/form-data" {
                (choices(&Field {
                    name: "kind",
                    label: &visitor.say("door-kind"),
                    value: if kind.is_empty() { "order" } else { &kind },
                    ..Field::default()
                }, &kinds))
                (upload_field(&Field {
                    name: "files",
                    label: &visitor.say("web-new-files"),
                    hint: &visitor.fill("door-files-hint", &[("limit", &limit)]),
                    wrong,
                    ..Field::default()
                }))
                (text_area(&Field {
                    name: "accounts",
                    label: &visitor.say("door-accounts"),
                    hint: &visitor.say("door-accounts-hint"),
                    value: &value("accounts"),
                    ..Field::default()
                }, 3))
                (field(&Field {
                    name: "reference",
                    label: &visitor.say("door-reference"),
                    value: &value("reference"),
                    class: "short",
                    ..Field::default()
                }))
                (choices(&Field {
                    name: "secret",
                    label: &visitor.say("door-secret"),
                    value: if secret.is_empty() { "no" } else { &secret },
                    ..Field::default()
                }, &secrecy))
                div.columns {
                    (field(&Field {
                        name: "secret-until",
                        label: &visitor.say("door-secret-until"),
                        value: &value("secret-until"),
                        kind: "date",
                        ..Field::default()
                    }))
                    (field(&Field {
                        name: "secret-under",
                        label: &visitor.say("door-secret-under"),
                        value: &value("secret-under"),
                        ..Field::default()
                    }))
                }
                (text_area(&Field {
                    name: "words",
                    label: &visitor.say("door-words"),
                    hint: &visitor.say("door-words-hint"),
                    value: &value("words"),
                    ..Field::default()
                }, 4))
                (button(&visitor.say("door-send-button"), html! {}))
            }
            (note(Note::Quiet, html! { p { (visitor.say("door-send-note")) } }))
        },
    )
}

/// The page for a new demand.
pub(crate) fn page(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    Ok(shown(visitor, 200, None, None))
}

fn one_line(text: &str) -> String {
    let text = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    text.take(300).collect()
}

/// What the officer typed beside the files, as a text that is kept as an original. Empty if nothing was
/// typed.
fn typed(visitor: &Visitor<'_>) -> String {
    let form = &visitor.form;
    let mut lines = Vec::new();
    let mut line =
        |label: &str, value: &str| lines.push(format!("{}: {value}", visitor.say(label)));
    if let Some(reference) = form.given("reference") {
        line("door-reference", &one_line(reference));
    }
    if form.text("secret") == "yes" {
        line("door-secret", &visitor.say("door-secret-yes"));
        for name in ["secret-until", "secret-under"] {
            if let Some(said) = form.given(name) {
                line(&format!("door-{name}"), &one_line(said));
            }
        }
    }
    for name in ["accounts", "words"] {
        if let Some(said) = form.given(name) {
            line(&format!("door-{name}"), &format!("\n{said}"));
        }
    }
    let kind = KINDS.into_iter().find(|kind| form.text("kind") == *kind);
    // What it is says nothing by itself: it is ticked from the start.
    if let Some(kind) = kind.filter(|kind| !lines.is_empty() || *kind == "emergency") {
        let kind = visitor.say(&format!("door-kind-{kind}"));
        lines.insert(0, format!("{}: {kind}", visitor.say("door-kind")));
    }
    match lines.is_empty() {
        true => String::new(),
        false => lines.join("\n") + "\n",
    }
}

/// Takes it in.
pub(crate) fn sent(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let typed = typed(visitor);
    let said = visitor.say("door-words-file");
    let unnamed = visitor.say("door-file");
    let mut given: Vec<(&str, &[u8])> = visitor
        .uploads
        .iter()
        // An empty file is none: it did not arrive.
        .filter(|one| !one.bytes.is_empty())
        .map(|one| {
            let name = if one.name.is_empty() {
                &unnamed
            } else {
                &one.name
            };
            (name.as_str(), one.bytes.as_slice())
        })
        .collect();
    if given.len() < visitor.uploads.len() {
        let empty = visitor.uploads.iter().find(|one| one.bytes.is_empty());
        let name = empty.map(|one| one.name.as_str()).unwrap_or_default();
        let wrong = visitor.fill("door-wrong-empty", &[("name", name)]);
        return Ok(shown(visitor, 422, Some(&wrong), None));
    }
    if !typed.is_empty() {
        given.push((&said, typed.as_bytes()));
    }
    if given.is_empty() {
        let wrong = visitor.say("door-wrong-nothing");
        return Ok(shown(visitor, 422, Some(&wrong), None));
    }
    let reference = visitor.form.given("reference").map(one_line);
    let emergency = visitor.form.text("kind") == "emergency";
    let sent = match visitor.act(|door| door.send(&given, reference.as_deref(), emergency)) {
        Ok(sent) => sent.ok_or(Problem::Malformed)?,
        Err(error) => {
            let refusal = refused(visitor, error)?;
            return Ok(shown(visitor, 413, None, Some(refusal)));
        }
    };
    let done = if sent.new { "sent" } else { "sent-before" };
    let mut to = format!("/demands/{}?done={done}", sent.address);
    for warning in warnings(visitor) {
        to.push_str(&format!("&warn={warning}"));
    }
    Ok(Reply::see(to))
}

/// What should be known of what was sent. It was taken in all the same.
fn warnings(visitor: &Visitor<'_>) -> Vec<&'static str> {
    let accounts = visitor.form.text("accounts");
    let network = accounts
        .lines()
        .any(|line| Network::parse(line.trim()).is_ok());
    let holds = [
        network,
        accounts.is_empty(),
        visitor.form.text("kind") == "emergency",
    ];
    let all = WARNINGS.into_iter().zip(holds);
    all.filter(|(_, holds)| *holds)
        .map(|(name, _)| name)
        .collect()
}

/// The warnings that the address names, of the closed list.
pub(crate) fn warned(visitor: &Visitor<'_>) -> Markup {
    let named: Vec<_> = visitor.query.all("warn").collect();
    let named = WARNINGS.into_iter().filter(|known| named.contains(known));
    html! {
        @for one in named {
            (note(Note::Warning, html! { p { (visitor.say(&format!("door-warn-{one}"))) } }))
        }
    }
}
