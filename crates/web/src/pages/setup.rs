//! How the desk is set up: agents, law packs, settings; and ending what lets somebody in.

use lagrum_desk::shelved::{INVITATION, SESSION, TOKEN};
use lagrum_openid::Account;
use lagrum_store::Tag;
use maud::{Markup, html};

use crate::api::tokens::{self, Token};
use crate::bindings::{self, BindingError};
use crate::error::Problem;
use crate::keep::Stay;
use crate::look::{Frame, Note, near, note, page, stamp};
use crate::openid::still;
use crate::reply::Reply;
use crate::visit::Visit;

/// The agents, as each told of itself.
pub(crate) fn agents(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let agents = visit.ask(|session| session.agents())?;
    let here = visit.desk.law().map(|packs| packs.digest()).ok();
    let title = visit.say("setup-agents");
    let frame = Frame {
        title: &title,
        at: "agents",
        ..Frame::default()
    };
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            h1 { (title) }
            p { (visit.say("setup-agents-lead")) }
            @if agents.is_empty() { p { (visit.say("setup-agents-none")) } }
            @else {
                table.list {
                    thead { tr {
                        @for column in ["region", "last", "version", "law", "waits", "key"] {
                            th scope="col" { (visit.say(&format!("setup-{column}"))) }
                        }
                    } }
                    tbody {
                        @for agent in &agents {
                            tr {
                                th scope="row" { (agent.region) }
                                @if let Some(beat) = &agent.beat {
                                    td { (stamp(visit, beat.at)) }
                                    td { (beat.version) }
                                    td {
                                        span.mono { (short(&beat.law.to_string())) }
                                        span.second { (visit.say(match here == Some(beat.law) {
                                            true => "setup-same",
                                            false => "setup-other",
                                        })) }
                                    }
                                    td {
                                        @if let Some(of) = &beat.counted {
                                            (of.waiting) ", " (of.refused.values().sum::<u64>()) ", " (of.to_review)
                                        } @else { "–" }
                                    }
                                } @else {
                                    td { span.unknown { (visit.say("setup-never")) } }
                                    td { "–" } td { "–" } td { "–" }
                                }
                                td.mono { (agent.key) }
                            }
                        }
                    }
                }
            }
        },
    ))
}

/// The law packs in force.
pub(crate) fn packs(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let packs = visit.desk.law()?;
    let title = visit.say("setup-packs-title");
    let frame = Frame {
        title: &title,
        at: "packs",
        ..Frame::default()
    };
    let digest = short(&packs.digest().to_string());
    let rules = |name: &str| packs.rules().filter(|rule| rule.pack == name).count();
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            h1 { (title) }
            p { (visit.fill("setup-packs-lead", &[("digest", &digest)])) }
            p.unknown { (visit.say("setup-packs-tests")) }
            table.list {
                thead { tr {
                    @for column in ["pack", "covers", "status", "rules"] {
                        th scope="col" { (visit.say(&format!("setup-{column}"))) }
                    }
                } }
                tbody {
                    @for pack in packs.packs() {
                        tr {
                            @let said = visit.phrases().pack(pack);
                            th scope="row" { (said.title) span.second { (pack.name) } }
                            td { (said.covers) }
                            td { (said.status) }
                            td { (rules(&pack.name)) }
                        }
                    }
                }
            }
            h2 { (visit.say("setup-packs-notes")) }
            p { (visit.say("setup-packs-notes-lead")) }
            @for pack in packs.packs().iter().filter(|pack| !pack.notes.is_empty()) {
                h3 { (visit.phrases().pack(pack).title) }
                ul lang="en" { @for note in &pack.notes { li { (note) } } }
            }
        },
    ))
}

/// What is configured, and where it comes from.
pub(crate) fn settings(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let all = visit.ask(|session| session.settings())?;
    let title = visit.say("setup-settings");
    let frame = Frame {
        title: &title,
        at: "settings",
        ..Frame::default()
    };
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            h1 { (title) }
            p { (visit.say("setup-settings-lead")) }
            table.list {
                thead { tr {
                    @for column in ["name", "value", "from"] {
                        th scope="col" { (visit.say(&format!("setup-{column}"))) }
                    }
                } }
                tbody {
                    @for one in &all {
                        tr {
                            th scope="row" { code { (one.name) } }
                            td.long {
                                @if one.value.is_empty() { span.unknown { (visit.say("setup-empty")) } }
                                @else { (one.value) }
                            }
                            td { (visit.say(if one.given { "setup-given" } else { "setup-default" })) }
                        }
                    }
                }
            }
        },
    ))
}

/// Who is signed in, and which invitations and tokens work, for whoever may end them.
pub(crate) fn doors(visit: &Visit<'_>) -> Result<Markup, Problem> {
    let shelf = visit.desk.shelf();
    let sessions = shelf.tagged(SESSION, visit.now)?;
    let invitations = shelf.tagged(INVITATION, visit.now)?;
    let name = |id: &str| {
        let people = visit.desk.people().ok();
        let found = people.and_then(|people| people.find(id).map(|one| one.name.clone()));
        found.unwrap_or_else(|| id.to_owned())
    };
    let sessions = sessions.into_iter().filter_map(|(tag, bytes)| {
        let stay: Stay = serde_json::from_slice(&bytes).ok()?;
        if !still(visit.web, &visit.desk, &stay).ok()? {
            return None;
        }
        let blanks = [
            ("name", name(&stay.person)),
            ("at", near(visit, stay.since)),
        ];
        let blanks = [
            (blanks[0].0, blanks[0].1.as_str()),
            (blanks[1].0, blanks[1].1.as_str()),
        ];
        Some((tag, visit.fill("setup-session", &blanks)))
    });
    let sessions: Vec<_> = sessions.collect();
    let invitations = invitations.into_iter().filter_map(|(tag, bytes)| {
        let person: String = serde_json::from_slice(&bytes).ok()?;
        Some((tag, name(&person)))
    });
    let invitations: Vec<_> = invitations.collect();
    let seen = tokens::list(&visit.desk, visit.now)?;
    let tokens = shelf.tagged(TOKEN, visit.now)?;
    let tokens = tokens.into_iter().filter_map(|(tag, bytes)| {
        let token: Token = serde_json::from_slice(&bytes).ok()?;
        let scopes: Vec<_> = token.scopes.iter().map(|scope| scope.as_str()).collect();
        let used = seen.iter().find(|one| one.id == token.id)?.seen;
        let used = match used {
            Some(at) => near(visit, at),
            None => visit.say("setup-token-unused"),
        };
        let blanks = [
            ("name", &*name(&token.person)),
            ("what", &token.name),
            ("scopes", &scopes.join(", ")),
            ("until", &near(visit, token.until)),
            ("seen", &used),
        ];
        Some((tag, visit.fill("setup-token", &blanks)))
    });
    let tokens: Vec<_> = tokens.collect();
    let list = |kind: &str, says: &str, all: &[(Tag, String)]| {
        html! {
            @if all.is_empty() { p { (visit.say(&format!("setup-none-{kind}"))) } }
            @else {
                ul.tasks {
                    @for (tag, what) in all {
                        li {
                            span { (what) }
                            form action="/people/end" method="post" {
                                input type="hidden" name="kind" value=(kind);
                                input type="hidden" name="which" value=(written(tag));
                                button { (visit.say(says)) span.hidden { ": " (what) } }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(html! {
        @if visit.query.text("done") == "ended" {
            (note(Note::Done, html! { p { (visit.say("setup-ended")) } }))
        }
        @if visit.query.text("done") == "bound" {
            (note(Note::Done, html! { p { (visit.say("setup-bound")) } }))
        }
        (accounts(visit, &name)?)
        h2 { (visit.say("setup-sessions")) }
        (list("session", "setup-session-end", &sessions))
        h2 { (visit.say("setup-invitations")) }
        (list("invitation", "setup-invitation-end", &invitations))
        h2 { (visit.say("setup-tokens")) }
        (list("token", "setup-token-end", &tokens))
    })
}

/// Which accounts at the sign-in provider sign whom in, and who asks for it; nothing where there is neither a
/// provider nor an account.
fn accounts(visit: &Visit<'_>, name: &dyn Fn(&str) -> String) -> Result<Markup, Problem> {
    let bound = bindings::list(&visit.desk, visit.now)?;
    let asked = bindings::asked(&visit.desk, visit.now)?;
    if visit.web.openid().is_none() && bound.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        h2 { (visit.say("setup-bindings-asked")) }
        @if asked.is_empty() { p { (visit.say("setup-none-asked")) } }
        @for (tag, one) in &asked {
            div.card {
                p { (visit.fill("setup-binding-asks", &[("name", &name(&one.person)), ("at", &near(visit, one.at))])) }
                p.second { (one.issuer) " · " code { (one.subject) } }
                p { (visit.say("setup-binding-ask-them")) }
                form action="/people/bind" method="post" {
                    input type="hidden" name="which" value=(written(tag));
                    div.buttons {
                        button.main name="answer" value="yes" { (visit.say("setup-binding-yes")) }
                        button name="answer" value="no" { (visit.say("setup-binding-no")) }
                    }
                }
            }
        }
        h2 { (visit.say("setup-bindings")) }
        @if bound.is_empty() { p { (visit.say("setup-none-bindings")) } }
        @else {
            ul.tasks {
                @for one in &bound {
                    @let by = one.by.as_deref().map_or_else(|| visit.say("setup-binding-here"), name);
                    @let what = visit.fill("setup-binding", &[
                        ("name", &name(&one.person)), ("at", &near(visit, one.since)), ("by", &by),
                    ]);
                    li {
                        span { (what) span.second { (one.issuer) " · " code { (one.subject) } } }
                        form action="/people/end" method="post" {
                            input type="hidden" name="kind" value="binding";
                            input type="hidden" name="which" value=(one.id);
                            button { (visit.say("setup-binding-end")) span.hidden { ": " (name(&one.person)) } }
                        }
                    }
                }
            }
        }
    })
}

/// Agrees that an account signs in whoever asked for it, or refuses.
pub(crate) fn bind(visit: &Visit<'_>) -> Result<Reply, Problem> {
    visit.ask(|session| session.may_bind())?;
    let tag = read(visit.form.text("which")).ok_or(Problem::Malformed)?;
    let asked = bindings::asked(&visit.desk, visit.now)?.into_iter();
    let asked = asked.map(|(of, asked)| (of.0 == tag.0, asked));
    let asked = asked
        .filter(|(this, _)| *this)
        .map(|(_, asked)| asked)
        .next();
    // Somebody was faster, or it ran out.
    let asked = asked.ok_or(Problem::NotThere)?;
    match visit.form.text("answer") {
        "no" => {
            bindings::refuse(&visit.desk, &tag)?;
            return Ok(Reply::see("/people?done=ended"));
        }
        "yes" => {}
        _ => return Err(Problem::Malformed),
    }
    let account = Account {
        issuer: asked.issuer,
        subject: asked.subject,
    };
    let by = visit.principal()?.id();
    let mut random = visit.web.random();
    let now = visit.now;
    match bindings::bind(
        &visit.desk,
        &asked.person,
        &account,
        Some(by),
        now,
        &mut *random,
    ) {
        Ok(_) => Ok(Reply::see("/people?done=bound")),
        Err(BindingError::Open(why)) => Err(why.into()),
        Err(BindingError::Store(why)) => Err(why.into()),
        // Bound meanwhile, or gone: it is not there any more.
        Err(_) => {
            bindings::refuse(&visit.desk, &tag)?;
            Err(Problem::NotThere)
        }
    }
}

/// Ends a session, a token or a binding, or takes an invitation back.
pub(crate) fn end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    visit.ask(|session| session.may_end_sessions())?;
    let kind = match visit.form.text("kind") {
        "binding" => {
            bindings::end(&visit.desk, visit.form.text("which"), visit.now)?;
            return Ok(Reply::see("/people?done=ended"));
        }
        "session" => SESSION,
        "invitation" => INVITATION,
        "token" => TOKEN,
        _ => return Err(Problem::Malformed),
    };
    let tag = read(visit.form.text("which")).ok_or(Problem::Malformed)?;
    visit.desk.shelf().remove_tagged(kind, &tag)?;
    Ok(Reply::see("/people?done=ended"))
}

fn short(digest: &str) -> String {
    digest.chars().take(8).collect()
}

/// A tag in an address or a form: nobody reads out of it what it is of.
fn written(tag: &Tag) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(tag.0)
}

fn read(text: &str) -> Option<Tag> {
    use base64::Engine as _;
    let bytes = base64::prelude::BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    Some(Tag(bytes.try_into().ok()?))
}
