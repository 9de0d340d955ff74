//! What pages say of the account at the sign-in provider.

use maud::{Markup, html};

use crate::bindings;
use crate::error::Problem;
use crate::look::stamp;
use crate::visit::Visit;

/// The second way in, on the page of signing in.
pub(crate) fn way_in(visit: &Visit<'_>, next: &str) -> Markup {
    let Some(provider) = visit.web.openid() else {
        return html! {};
    };
    let name = &provider.settings().name;
    let there = match next {
        "/" => "/sign-in/openid".to_owned(),
        next => format!("/sign-in/openid?next={}", crate::form::encoded(next)),
    };
    html! {
        div.buttons { a.buttonlike href=(there) { (visit.fill("web-openid-button", &[("name", name)])) } }
        p.second { (visit.fill("web-openid-worth", &[("name", name)])) }
    }
}

/// What a person sees of it on their own page.
pub(crate) fn own(visit: &Visit<'_>) -> Result<Markup, Problem> {
    let Some(provider) = visit.web.openid() else {
        return Ok(html! {});
    };
    let settings = provider.settings();
    let name = [("name", settings.name.as_str())];
    let person = visit.principal()?.id();
    let bound = bindings::of_person(&visit.desk, person, &settings.issuer, visit.now)?;
    let asked = bindings::asked_by(&visit.desk, person, visit.now)?;
    let asked = asked.filter(|asked| asked.issuer == settings.issuer);
    let end = |says: &str| {
        html! { form action="/you/openid/end" method="post" { button { (visit.say(says)) } } }
    };
    Ok(html! {
        h2 { (visit.fill("web-binding", &name)) }
        @if let Some(bound) = bound {
            div.card {
                p { (visit.fill("web-binding-bound", &name)) }
                p.second { (visit.say("web-binding-since")) " " (stamp(visit, bound.since)) " · " code { (bound.subject) } }
                (end("web-binding-end"))
            }
        } @else {
            @if let Some(asked) = asked {
                div.card {
                    p { (visit.say("web-binding-waits")) }
                    p.second { (stamp(visit, asked.at)) " · " code { (asked.subject) } }
                    (end("web-binding-take-back"))
                }
            } @else {
                p { (visit.fill("web-binding-how", &name)) }
                div.buttons { a.buttonlike href="/you/openid" { (visit.fill("web-binding-show", &name)) } }
            }
        }
    })
}
