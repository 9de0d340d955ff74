//! To which key answers are sealed.

use lagrum_documents::fingerprint;
use lagrum_model::{KeyKind, RecipientKey};
use maud::{Markup, html};

use super::super::Visitor;
use super::super::frame::{Frame, page as framed};
use super::just_done;
use crate::error::Problem;
use crate::files;
use crate::look::{Field, Note, button, field, note, text_area};
use crate::reply::Reply;

/// The page.
pub(crate) fn page(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    Ok(shown(visitor, 200, [None, None]))
}

/// `wrong`: what is with the age key, and with the OpenPGP key.
fn shown(visitor: &Visitor<'_>, status: u16, wrong: [Option<&str>; 2]) -> Reply {
    let title = visitor.say("door-nav-key");
    let frame = Frame {
        title: &title,
        at: "key",
        failed: wrong.iter().any(Option::is_some),
        script: Some(&files::KEY_SCRIPT),
        ..Frame::default()
    };
    let offered = visitor.officer().ok().and_then(lagrum_desk::Officer::key);
    framed(
        visitor,
        status,
        &frame,
        html! {
            h1 { (visitor.say("door-key-title")) }
            p { (visitor.say("door-key-lead")) }
            (just_done(visitor, &["key"]))
            @if let Some(one) = offered {
                section.card {
                    h2 { (visitor.say("door-key-yours")) }
                    p.mono { (one.key.as_str()) }
                    p { (visitor.say(compared(&one.key))) }
                    ul.words { @for word in fingerprint(&one.key).split(' ') { li { (word) } } }
                    p.second {
                        (visitor.near(one.at))
                        @if one.made_in_browser { " · " (visitor.say("door-key-browser-made")) }
                    }
                }
                (note(Note::Quiet, html! { p { (visitor.say("door-key-pinned")) } }))
            }
            section.card aria-labelledby="own" {
                h2 #own { (visitor.say("door-key-own")) }
                p { (worth(visitor, "own")) }
                form.stack action="/key" method="post" {
                    (field(&Field {
                        name: "key",
                        label: &visitor.say("door-key-field"),
                        hint: &visitor.say("door-key-field-hint"),
                        value: visitor.form.text("key"),
                        wrong: wrong[0],
                        required: true,
                        ..Field::default()
                    }))
                    (button(&visitor.say("door-key-button"), html! {}))
                }
            }
            section.card aria-labelledby="openpgp" {
                h2 #openpgp { (visitor.say("door-key-openpgp")) }
                p { (worth(visitor, "openpgp")) }
                form.stack action="/key" method="post" {
                    // What was sent is not shown again: it could be a private key.
                    (text_area(&Field {
                        name: "certificate",
                        label: &visitor.say("door-key-openpgp-field"),
                        hint: &visitor.say("door-key-openpgp-field-hint"),
                        wrong: wrong[1],
                        required: true,
                        class: "mono",
                        ..Field::default()
                    }, 6))
                    (button(&visitor.say("door-key-openpgp-button"), html! {}))
                }
            }
            section.card aria-labelledby="browser" {
                h2 #browser { (visitor.say("door-key-browser")) }
                p { (worth(visitor, "browser")) }
                noscript { p.unknown { (visitor.say("door-key-browser-script")) } }
                form.stack action="/key" method="post" data-make-key="yes" hidden {
                    input type="hidden" name="key" value="";
                    input type="hidden" name="browser" value="yes";
                    p #made hidden tabindex="-1" { (visitor.say("door-key-browser-kept")) }
                    p #unable hidden tabindex="-1" { (visitor.say("door-key-browser-unable")) }
                    div.buttons {
                        button type="button" data-make="yes" { (visitor.say("door-key-browser-make")) }
                        button data-offer="yes" disabled { (visitor.say("door-key-browser-button")) }
                    }
                }
            }
            section.card aria-labelledby="told" {
                h2 #told { (visitor.say("door-key-passphrase")) }
                p { (worth(visitor, "passphrase")) }
            }
        },
    )
}

/// What is said before the fingerprint of a key.
fn compared(key: &RecipientKey) -> &'static str {
    match key.kind() {
        KeyKind::Age => "door-key-words",
        KeyKind::OpenPgp { .. } => "door-key-groups",
    }
}

/// What a way is worth: said in the option.
fn worth(visitor: &Visitor<'_>, way: &str) -> Markup {
    html! {
        (visitor.say(&format!("door-key-{way}-what"))) " "
        strong { (visitor.say(&format!("door-key-{way}-worth"))) }
    }
}

/// Offers a key. Nothing is sealed to it before people compared it and pinned it where the data lies.
pub(crate) fn offer(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    if let Some(given) = visitor.form.given("certificate") {
        let given = given.to_owned();
        let offered = visitor.act(|door| door.offer_certificate(given.as_bytes()))?;
        return match offered {
            Ok(()) => Ok(Reply::see("/key?done=key")),
            Err(why) => {
                let wrong = visitor.say(&format!("door-key-openpgp-wrong-{}", why.kind()));
                Ok(shown(visitor, 422, [None, Some(&wrong)]))
            }
        };
    }
    // The name of a certificate is no key: the certificate itself is asked for.
    let key = RecipientKey::parse(visitor.form.text("key")).ok();
    let Some(key) = key.filter(|key| key.kind() == KeyKind::Age) else {
        let wrong = visitor.say("door-key-wrong");
        return Ok(shown(visitor, 422, [Some(&wrong), None]));
    };
    let made_here = visitor.form.text("browser") == "yes";
    visitor.act(|door| door.offer_key(&key, made_here))?;
    Ok(Reply::see("/key?done=key"))
}
