//! Signing in at the provider, and asking that an account there signs one in.

use std::sync::Arc;

use lagrum_openid::Provider;
use lagrum_telemetry::{Facts, Happening};
use maud::{Markup, html};

use crate::bindings::{self, Bound};
use crate::error::Problem;
use crate::guard;
use crate::look::{Note, note, plain};
use crate::openid::{Errand, Refused, begin, come_back, errand};
use crate::pages::enter::{entered, session_cookie, sign_in_page};
use crate::reply::Reply;
use crate::visit::Visit;

/// How long a browser keeps what began, in seconds.
const KEPT: u64 = 600;

fn provider(visit: &Visit<'_>) -> Result<Arc<Provider>, Problem> {
    visit.web.openid().ok_or(Problem::NotThere)
}

/// Goes to the provider to sign in.
pub(crate) fn go(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let next = guard::own_path(visit.query.text("next")).unwrap_or("/");
    let next = next.to_owned();
    away(visit, &Errand::SignIn { next })
}

/// Goes there to show which account it is.
pub(crate) fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let person = visit.principal()?.id().to_owned();
    let provider = provider(visit)?;
    let issuer = &provider.settings().issuer;
    if bindings::of_person(&visit.desk, &person, issuer, visit.now)?.is_some() {
        return Ok(Reply::see("/you"));
    }
    away(visit, &Errand::Bind { person })
}

fn away(visit: &Visit<'_>, errand: &Errand) -> Result<Reply, Problem> {
    let provider = provider(visit)?;
    match begin(visit, &provider, errand) {
        Ok((there, kept)) => Ok(Reply::away(there).with("set-cookie", cookie(visit, &kept, KEPT))),
        Err(why) => Ok(refused(visit, Some(errand), &Refused::Provider(why))),
    }
}

/// What began, in the browser: sent along when the provider sends people back, which a strict cookie is not.
fn cookie(visit: &Visit<'_>, value: &str, seconds: u64) -> String {
    let origin = &visit.web.origin;
    guard::lax_cookie(origin, guard::openid_cookie_name(origin), value, seconds)
}

/// Comes back from the provider.
pub(crate) fn back(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let provider = provider(visit)?;
    let began = errand(visit);
    let reply = match come_back(visit, &provider)? {
        Err(why) => refused(visit, began.as_ref(), &why),
        Ok((Errand::SignIn { next }, account)) => {
            let people = visit.desk.people()?;
            let found = bindings::find(&visit.desk, &account, visit.now)?;
            match found.filter(|one| people.find(&one.person).is_some()) {
                None => refused(visit, began.as_ref(), &Refused::Unknown(account)),
                Some(binding) => {
                    // Whoever was signed in here before is not, afterwards.
                    if let Some(who) = &visit.who {
                        visit.keep().leave(&who.token)?;
                    }
                    let bound = Bound {
                        binding: binding.id,
                        issuer: binding.issuer,
                        subject: binding.subject,
                    };
                    signed_in(visit, &binding.person, bound, &next)?
                }
            }
        }
        Ok((Errand::Bind { person }, account)) => {
            let known = visit.desk.people()?.find(&person).is_some();
            if bindings::find(&visit.desk, &account, visit.now)?.is_some() || !known {
                refused(visit, began.as_ref(), &Refused::Taken)
            } else {
                let mut random = visit.web.random();
                bindings::ask(&visit.desk, &person, &account, visit.now, &mut *random)?;
                on_to(visit, "web-openid-asked", "/you")
            }
        }
    };
    // Whatever came of it, it is over.
    Ok(reply.with("set-cookie", cookie(visit, "", 0)))
}

fn signed_in(visit: &Visit<'_>, person: &str, bound: Bound, next: &str) -> Result<Reply, Problem> {
    let keep = visit.keep();
    let token = keep.enter_bound(person, bound, &visit.browser)?;
    let next = guard::own_path(next).unwrap_or("/");
    let reply = on_to(visit, "web-openid-signed-in", next);
    let reply = reply.with("set-cookie", session_cookie(visit, &token));
    entered(visit, person, "openid", reply)
}

/// A page of ours from which the browser goes on by itself: a strict cookie is sent along from here, and not by a
/// browser that is still on its way from the provider.
fn on_to(visit: &Visit<'_>, says: &str, next: &str) -> Reply {
    let title = visit.say(says);
    let body = html! {
        h1 { (title) }
        div.buttons { a.buttonlike.main href=(next) { (visit.say("web-openid-go-on")) } }
    };
    plain(visit, 200, &title, body).with("refresh", format!("0; url={next}"))
}

fn refused(visit: &Visit<'_>, errand: Option<&Errand>, why: &Refused) -> Reply {
    Happening::NotSignedIn.tell(Facts {
        code: Some(why.code()),
        ..Facts::default()
    });
    let said = said(visit, why);
    match errand {
        Some(Errand::Bind { .. }) => {
            let title = visit.say("web-openid-not-shown");
            plain(
                visit,
                why.status(),
                &title,
                html! {
                    h1 { (title) }
                    (said)
                    p { a href="/you" { (visit.say("web-you")) } }
                },
            )
        }
        _ => sign_in_page(visit, why.status(), Some(said)),
    }
}

fn said(visit: &Visit<'_>, why: &Refused) -> Markup {
    let provider = visit.web.openid();
    let name = provider.map(|one| one.settings().name.clone());
    let name = name.unwrap_or_default();
    let words = visit.fill(
        &format!("web-openid-refused-{}", why.word()),
        &[("name", &name)],
    );
    note(
        Note::Refused,
        html! {
            p { (words) }
            @if let Refused::Unknown(account) = why {
                p { (visit.fill("web-openid-account", &[("name", &name)])) " " code { (account.subject) } }
            }
        },
    )
}

/// Ends the person's own binding, and takes back what they asked for.
pub(crate) fn end_own(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let person = visit.principal()?.id();
    for one in bindings::list(&visit.desk, visit.now)? {
        if one.person == person {
            bindings::end(&visit.desk, &one.id, visit.now)?;
        }
    }
    for (tag, asked) in bindings::asked(&visit.desk, visit.now)? {
        if asked.person == person {
            bindings::refuse(&visit.desk, &tag)?;
        }
    }
    Ok(Reply::see("/you"))
}
