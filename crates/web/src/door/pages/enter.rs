//! Coming in and going out at the door: with a link once, and with passkeys.

use lagrum_model::Language;
use maud::html;

use super::super::Visitor;
use super::super::frame::{Frame, page};
use super::super::visitor::LANGUAGE;
use crate::error::Problem;
use crate::guard;
use crate::keep::{Purpose, Shown};
use crate::look::{
    Making, Note, button, forget, make, make_failed, note, sign_in_failed, sign_in_form, way_out,
};
use crate::reply::Reply;
use crate::{files, passkey};

/// The page on which an officer shows their passkey.
pub(crate) fn sign_in(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    sign_in_page(visitor, 200, false)
}

fn sign_in_page(visitor: &Visitor<'_>, status: u16, failed: bool) -> Result<Reply, Problem> {
    let challenge = visitor.keep().challenge(&Purpose::SignIn);
    let next = guard::own_path(visitor.query.text("next")).unwrap_or("/");
    let title = visitor.say("door-sign-in");
    let frame = Frame {
        title: &title,
        failed,
        script: Some(&files::SCRIPT),
        ..Frame::default()
    };
    Ok(page(
        visitor,
        status,
        &frame,
        html! {
            h1 { (title) }
            @if failed { (sign_in_failed(visitor.phrases())) }
            p { (visitor.say("door-sign-in-how")) }
            (sign_in_form(visitor.phrases(), visitor.door.origin.host(), &challenge, next))
            h2 { (visitor.say("door-first-time")) }
            p { (visitor.say("door-first-time-how")) }
            p { a href="/check" { (visitor.say("door-check-link")) } }
        },
    ))
}

/// Somebody answered the challenge.
pub(crate) fn signed(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let keep = visitor.keep();
    // Nobody learns whether an officer or a passkey exists, or was ended.
    let Some(known) = passkey::signed_in(&keep, &visitor.form)? else {
        return sign_in_page(visitor, 422, true);
    };
    let officer = visitor.desk.officer_signed_in(&known.person, visitor.now)?;
    if officer.is_none() {
        return sign_in_page(visitor, 422, true);
    }
    let token = keep.enter(&known.person, Shown::Passkey, &visitor.browser)?;
    let next = guard::own_path(visitor.form.text("next")).unwrap_or("/");
    Ok(Reply::see(next).with("set-cookie", session_cookie(visitor, &token)))
}

fn session_cookie(visitor: &Visitor<'_>, token: &str) -> String {
    let door = visitor.door;
    guard::cookie(&door.origin, door.cookie_name(), token, 12 * 3600)
}

/// The page behind a link that works once. Opening it uses nothing up: mail programs open links, too.
pub(crate) fn welcome(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let token = visitor.param("token")?;
    let id = visitor.keep().invited(token)?.ok_or(Problem::NotThere)?;
    let officer = visitor.desk.officer_signed_in(&id, visitor.now)?;
    let officer = officer.ok_or(Problem::NotThere)?;
    let title = visitor.fill("door-welcome", &[("name", officer.name())]);
    let frame = Frame {
        title: &title,
        ..Frame::default()
    };
    Ok(page(
        visitor,
        200,
        &frame,
        html! {
            h1 { (title) }
            p { (visitor.fill("door-welcome-who", &[("authority", officer.authority()), ("provider", visitor.desk.provider())])) }
            p { (visitor.say("door-welcome-once")) }
            form action=(format!("/welcome/{token}")) method="post" {
                (button(&visitor.say("web-welcome-button"), html! {}))
            }
        },
    ))
}

/// Uses the link up.
pub(crate) fn welcomed(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let keep = visitor.keep();
    let id = keep.accept(visitor.param("token")?)?;
    let id = id.ok_or(Problem::NotThere)?;
    let officer = visitor.desk.officer_signed_in(&id, visitor.now)?;
    officer.ok_or(Problem::NotThere)?;
    // Whoever was signed in here before is not, afterwards.
    if let Some(who) = &visitor.who {
        keep.leave(&who.token)?;
    }
    let token = keep.enter(&id, Shown::Link, &visitor.browser)?;
    Ok(Reply::see("/you?welcome=yes").with("set-cookie", session_cookie(visitor, &token)))
}

/// Ends the session.
pub(crate) fn sign_out(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    if let Some(who) = &visitor.who {
        visitor.keep().leave(&who.token)?;
    }
    let door = visitor.door;
    let gone = guard::cookie(&door.origin, door.cookie_name(), "", 0);
    Ok(Reply::see("/sign-in").with("set-cookie", gone))
}

/// Chooses a language, and goes back to the page on which it was chosen, if that was one of ours.
pub(crate) fn language(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let origin = &visitor.door.origin;
    let from = visitor.headers.get("referer");
    let from = from.and_then(|from| from.to_str().ok());
    let path = from.and_then(|from| from.strip_prefix(origin.as_str()));
    let mut reply = Reply::see(path.and_then(guard::own_path).unwrap_or("/"));
    if let Ok(language) = visitor.form.text("language").parse::<Language>() {
        let year = 365 * 24 * 3600;
        let cookie = guard::cookie(origin, LANGUAGE, language.as_str(), year);
        reply = reply.with("set-cookie", cookie);
    }
    Ok(reply)
}

/// An officer's own page: passkeys, and the way out.
pub(crate) fn you(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    you_page(visitor, 200, false)
}

fn you_page(visitor: &Visitor<'_>, status: u16, failed: bool) -> Result<Reply, Problem> {
    let who = visitor.who.as_ref().ok_or(Problem::SignIn)?;
    let keep = visitor.keep();
    let id = who.officer.id();
    let passkeys = keep.passkeys_of(id)?;
    let challenge = keep.challenge(&Purpose::Register {
        person: id.to_owned(),
    });
    let name = who.officer.name();
    let making = Making {
        challenge: &challenge,
        host: visitor.door.origin.host(),
        provider: visitor.desk.provider(),
        id,
        name,
        what: &visitor.say("door-passkey-what"),
    };
    let frame = Frame {
        title: name,
        failed,
        script: Some(&files::SCRIPT),
        ..Frame::default()
    };
    Ok(page(
        visitor,
        status,
        &frame,
        html! {
            h1 { (name) }
            p { (who.officer.authority()) " · " (visitor.phrases().country(who.officer.country())) }
            @if who.stay.shown == Shown::Link && passkeys.is_empty() {
                (note(Note::Warning, html! { p { (visitor.say("door-make-passkey")) } }))
            }
            @if failed { (make_failed(visitor.phrases())) }
            h2 { (visitor.say("web-passkeys")) }
            @if passkeys.is_empty() { p.unknown { (visitor.say("web-passkeys-none")) } }
            @for one in &passkeys {
                div.card {
                    h3 { (one.name) }
                    p.second { (visitor.say("web-passkey-since")) " " (visitor.near(one.since)) }
                    (forget(visitor.phrases(), &one.credential, &one.name))
                }
            }
            (make(visitor.phrases(), &making))
            (way_out(visitor.phrases()))
        },
    ))
}

/// Registers a passkey.
pub(crate) fn register(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    let (keep, id) = (visitor.keep(), visitor.officer()?.id());
    let origin = visitor.door.origin.as_str();
    if !passkey::register(&keep, origin, id, &visitor.form, visitor.now)? {
        return you_page(visitor, 422, true);
    }
    Ok(Reply::see("/you"))
}

/// Forgets one of the officer's own passkeys.
pub(crate) fn remove(visitor: &Visitor<'_>) -> Result<Reply, Problem> {
    passkey::forget(&visitor.keep(), visitor.officer()?.id(), &visitor.form)
}
