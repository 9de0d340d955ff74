//! Signing in and out, and what a person sets for themselves.

use lagrum_telemetry::{Facts, Happening};
use maud::{Markup, html};

use crate::error::Problem;
use crate::guard;
use crate::keep::{Purpose, Shown};
use crate::look::{
    Frame, Making, Note, button, forget, make, make_failed, note, page, plain, sign_in_failed,
    sign_in_form, stamp, way_out,
};
use crate::pages::account;
use crate::reply::Reply;
use crate::settings::Settings;
use crate::visit::{Theme, Visit};

/// The page on which a person shows their passkey.
pub(crate) fn sign_in(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Ok(sign_in_page(visit, 200, None))
}

/// The page, with what was just refused.
pub(crate) fn sign_in_page(visit: &Visit<'_>, status: u16, refused: Option<Markup>) -> Reply {
    let challenge = visit.keep().challenge(&Purpose::SignIn);
    let next = guard::own_path(visit.query.text("next")).unwrap_or("/");
    let title = visit.say("web-sign-in");
    let frame = Frame {
        title: &title,
        narrow: true,
        failed: refused.is_some(),
        script: true,
        ..Frame::default()
    };
    page(
        visit,
        status,
        &frame,
        html! {
            h1 { (title) }
            @if let Some(refused) = &refused { (refused) }
            p { (visit.say("web-sign-in-how")) }
            (sign_in_form(visit.phrases(), visit.web.origin.host(), &challenge, next))
            (account::way_in(visit, next))
            p.second { (visit.say("web-sign-in-no-passkey")) }
        },
    )
}

/// Somebody answered the challenge.
pub(crate) fn signed(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let keep = visit.keep();
    // Nobody learns whether a person or a passkey exists.
    let Some(passkey) = crate::passkey::signed_in(&keep, &visit.form)? else {
        Happening::NotSignedIn.tell(with("passkey"));
        let failed = sign_in_failed(visit.phrases());
        return Ok(sign_in_page(visit, 422, Some(failed)));
    };
    let token = keep.enter(&passkey.person, Shown::Passkey, &visit.browser)?;
    let next = guard::own_path(visit.form.text("next")).unwrap_or("/");
    let reply = Reply::see(next).with("set-cookie", session_cookie(visit, &token));
    entered(visit, &passkey.person, "passkey", reply)
}

/// Somebody is signed in: it is told, and the page that follows is in their language.
pub(crate) fn entered(
    visit: &Visit<'_>,
    person: &str,
    by: &'static str,
    reply: Reply,
) -> Result<Reply, Problem> {
    Happening::SignedIn.tell(with(by));
    let language = visit.keep().settings(person)?.language;
    let cookie = language.map(|one| guard::language_cookie(&visit.web.origin, one));
    Ok(match cookie {
        Some(cookie) => reply.with("set-cookie", cookie),
        None => reply,
    })
}

fn with(code: &'static str) -> Facts {
    let code = Some(code);
    Facts {
        code,
        ..Facts::default()
    }
}

/// The cookie of somebody who is signed in.
pub(crate) fn session_cookie(visit: &Visit<'_>, token: &str) -> String {
    let origin = &visit.web.origin;
    guard::cookie(origin, guard::cookie_name(origin), token, 12 * 3600)
}

/// The page behind a link that works once. Opening it uses nothing up: mail programs open links, too.
pub(crate) fn welcome(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let token = visit.param("token")?;
    let person = visit.keep().invited(token)?;
    let people = visit.desk.people()?;
    let found = person.and_then(|id| people.principal_signed_in(&id));
    let found = found.ok_or(Problem::NotThere)?;
    let title = visit.fill("web-welcome", &[("name", found.name())]);
    let role = visit.say(&format!("role-{}", found.role().as_str()));
    Ok(plain(
        visit,
        200,
        &title,
        html! {
            h1 { (title) }
            p { (visit.fill("web-welcome-role", &[("role", &role), ("provider", visit.desk.provider())])) }
            p { (visit.say("web-welcome-once")) }
            form action=(format!("/welcome/{token}")) method="post" {
                (button(&visit.say("web-welcome-button"), html! {}))
            }
        },
    ))
}

/// Uses the link up.
pub(crate) fn welcomed(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let keep = visit.keep();
    let person = keep
        .accept(visit.param("token")?)?
        .ok_or(Problem::NotThere)?;
    if visit.desk.people()?.find(&person).is_none() {
        return Err(Problem::NotThere);
    }
    // Whoever was signed in here before is not, afterwards.
    if let Some(who) = &visit.who {
        keep.leave(&who.token)?;
    }
    let token = keep.enter(&person, Shown::Link, &visit.browser)?;
    Happening::SignedIn.tell(with("link"));
    Ok(Reply::see("/you?welcome=yes").with("set-cookie", session_cookie(visit, &token)))
}

/// Ends the session.
pub(crate) fn sign_out(visit: &Visit<'_>) -> Result<Reply, Problem> {
    if let Some(who) = &visit.who {
        visit.keep().leave(&who.token)?;
    }
    let origin = &visit.web.origin;
    let gone = guard::cookie(origin, guard::cookie_name(origin), "", 0);
    Ok(Reply::see("/sign-in").with("set-cookie", gone))
}

/// Language and theme, for anybody.
pub(crate) fn look(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let back = guard::own_path(visit.query.text("back")).unwrap_or("/");
    let mut reply = Reply::see(back);
    let origin = &visit.web.origin;
    if let Ok(language) = visit
        .form
        .text("language")
        .parse::<lagrum_model::Language>()
    {
        reply = reply.with("set-cookie", guard::language_cookie(origin, language));
        // Whoever is signed in reads it in their other browsers, too.
        if let Some(who) = &visit.who {
            let settings = Settings {
                language: Some(language),
                ..visit.settings.clone()
            };
            visit.keep().keep_settings(who.principal.id(), &settings)?;
        }
    }
    if let Some(theme) = Theme::parse(visit.form.text("theme")) {
        let cookie = guard::cookie(origin, "lagrum-theme", theme.as_str(), guard::YEAR);
        reply = reply.with("set-cookie", cookie);
    }
    Ok(reply)
}

/// A person's own page: passkeys, and the way out.
pub(crate) fn you(visit: &Visit<'_>) -> Result<Reply, Problem> {
    you_page(visit, 200, false)
}

fn you_page(visit: &Visit<'_>, status: u16, failed: bool) -> Result<Reply, Problem> {
    let who = visit.who.as_ref().ok_or(Problem::SignIn)?;
    let keep = visit.keep();
    let id = who.principal.id();
    let passkeys = keep.passkeys_of(id)?;
    let challenge = keep.challenge(&Purpose::Register {
        person: id.to_owned(),
    });
    let roster = visit.desk.roster()?;
    let making = Making {
        challenge: &challenge,
        host: visit.web.origin.host(),
        provider: visit.desk.provider(),
        id,
        name: who.principal.name(),
        what: &visit.say("web-passkey-what"),
    };
    let title = visit.say("web-you");
    let frame = Frame {
        title: &title,
        narrow: true,
        failed,
        script: true,
        ..Frame::default()
    };
    let role = visit.say(&format!("role-{}", who.principal.role().as_str()));
    let by_account = who.stay.shown == Shown::OpenId;
    let account = account::own(visit)?;
    Ok(page(
        visit,
        status,
        &frame,
        html! {
            h1 { (who.principal.name()) }
            p { (role) " · " (visit.fill("web-you-since", &[("at", &crate::look::near(visit, who.stay.since))])) }
            @if who.stay.shown == Shown::Link && passkeys.is_empty() {
                (note(Note::Warning, html! { p { (visit.say("web-you-make-passkey")) } }))
            }
            @if failed { (make_failed(visit.phrases())) }
            h2 { (visit.say("web-passkeys")) }
            @if passkeys.is_empty() { p.unknown { (visit.say("web-passkeys-none")) } }
            @for one in &passkeys {
                div.card {
                    h3 { (one.name) }
                    p.second { (visit.say("web-passkey-since")) " " (stamp(visit, one.since)) }
                    @if let Some(key) = crate::passkey::named(roster, id, &one.key) {
                    @if roster.holder_of(&key).is_some() {
                        p { (visit.say("web-passkey-on-roster")) }
                    } @else if roster.people().iter().any(|person| person.id == id) {
                        p { (visit.say("web-passkey-words")) }
                        ul.words { @for word in crate::passkey::words(&key) { li { (word) } } }
                        details {
                            summary { (visit.say("web-passkey-key")) }
                            p.mono { (key) }
                        }
                    }
                }
                @if !by_account { (forget(visit.phrases(), &one.credential, &one.name)) }
                }
            }
            @if by_account { (note(Note::Quiet, html! { p { (visit.say("web-passkey-not-now")) } })) }
            @else { (make(visit.phrases(), &making)) }
            (account)
            h2 { (visit.say("web-settings-mine")) }
            p { a href="/settings/me" { (visit.say("web-settings-what")) } }
            p { a href="/people" { (visit.say("web-nav-people")) } }
            (way_out(visit.phrases()))
        },
    ))
}

/// Registers a passkey.
pub(crate) fn register(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (keep, person) = (visit.keep(), visit.principal()?.id());
    let origin = visit.web.origin.as_str();
    let who = visit.who.as_ref().ok_or(Problem::SignIn)?;
    // A passkey would outlive the binding by which they came.
    if who.stay.shown == Shown::OpenId {
        return you_page(visit, 422, true);
    }
    if !crate::passkey::register(&keep, origin, person, &visit.form, visit.now)? {
        return you_page(visit, 422, true);
    }
    Ok(Reply::see("/you"))
}

/// Forgets one of the person's own passkeys.
pub(crate) fn remove(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let who = visit.who.as_ref().ok_or(Problem::SignIn)?;
    if who.stay.shown == Shown::OpenId {
        return Err(Problem::NotThere);
    }
    crate::passkey::forget(&visit.keep(), who.principal.id(), &visit.form)
}
