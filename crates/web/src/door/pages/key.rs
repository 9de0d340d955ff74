//! To which key answers are sealed.

use lagrum_documents::fingerprint;
use lagrum_model::{CertificateKind, RecipientKey};
use maud::{Markup, html};

use super::super::Visitor;
use super::super::frame::{Frame, page as framed};
use super::just_done;
use crate::error::Problem;
use crate::files;
use crate::look::{Field, Note, button, field, note, text_area};
use crate::reply::Reply;

/// The certificates that an officer may offer, with the word that is in the names of their texts, and the name of their
/// field.
const CERTIFICATES: [(CertificateKind, &str, &str); 2] = [
    (CertificateKind::OpenPgp, "openpgp", "certificate"),
    (CertificateKind::X509, "smime", "x509"),
];

/// The page.
pub(crate) fn page(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    Ok(shown(visitor, 200, None))
}

/// `wrong`: what is with what was given, and in which field that was.
fn shown(visitor: &Visitor<'_>, status: u16, wrong: Option<(&str, &str)>) -> Reply {
    let wrong_in = |field| wrong.filter(|(of, _)| *of == field).map(|(_, why)| why);
    let title = visitor.say("door-nav-key");
    let frame = Frame {
        title: &title,
        at: "key",
        failed: wrong.is_some(),
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
                        wrong: wrong_in("key"),
                        required: true,
                        ..Field::default()
                    }))
                    (button(&visitor.say("door-key-button"), html! {}))
                }
            }
            @for (_, word, name) in CERTIFICATES {
                (certificate(visitor, word, name, wrong_in(name)))
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

/// The field for a certificate of one kind.
fn certificate(visitor: &Visitor<'_>, word: &str, name: &str, wrong: Option<&str>) -> Markup {
    let say = |what: &str| visitor.say(&format!("door-key-{word}{what}"));
    html! {
        section.card aria-labelledby=(word) {
            h2 id=(word) { (say("")) }
            p { (worth(visitor, word)) }
            form.stack action="/key" method="post" {
                // What was sent is not shown again: it could be a private key.
                (text_area(&Field {
                    name,
                    label: &say("-field"),
                    hint: &say("-field-hint"),
                    wrong,
                    required: true,
                    class: "mono",
                    ..Field::default()
                }, 6))
                (button(&say("-button"), html! {}))
            }
        }
    }
}

/// What is said before the fingerprint of a key.
fn compared(key: &RecipientKey) -> &'static str {
    match key.certificate().map(|named| named.kind) {
        None => "door-key-words",
        Some(CertificateKind::OpenPgp) => "door-key-groups",
        Some(CertificateKind::X509) => "door-key-smime-groups",
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
    for (kind, word, name) in CERTIFICATES {
        let Some(given) = visitor.form.given(name) else {
            continue;
        };
        let given = given.to_owned();
        let offered = visitor.act(|door| door.offer_certificate(given.as_bytes(), kind))?;
        return match offered {
            Ok(()) => Ok(Reply::see("/key?done=key")),
            Err(why) => {
                let wrong = visitor.say(&format!("door-key-{word}-wrong-{}", why.kind()));
                Ok(shown(visitor, 422, Some((name, &wrong))))
            }
        };
    }
    // The name of a certificate is no key: the certificate itself is asked for.
    let key = RecipientKey::parse(visitor.form.text("key")).ok();
    let Some(key) = key.filter(|key| key.certificate().is_none()) else {
        let wrong = visitor.say("door-key-wrong");
        return Ok(shown(visitor, 422, Some(("key", &wrong))));
    };
    let made_here = visitor.form.text("browser") == "yes";
    visitor.act(|door| door.offer_key(&key, made_here))?;
    Ok(Reply::see("/key?done=key"))
}
