//! How the desk is set up: agents, law packs, settings; and ending what lets somebody in.

use lagrum_desk::shelved::{INVITATION, SESSION, TOKEN};
use lagrum_store::Tag;
use maud::{Markup, html};

use crate::api::tokens::{self, Token};
use crate::error::Problem;
use crate::keep::Stay;
use crate::look::{Frame, Note, near, note, page, stamp};
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
                                    td { (beat.waiting) ", " (beat.refused.values().sum::<u64>()) ", " (beat.to_review) }
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
                            th scope="row" lang="en" { (pack.title) span.second { (pack.name) } }
                            td lang="en" { (pack.covers) }
                            td lang="en" { (pack.status) }
                            td { (rules(&pack.name)) }
                        }
                    }
                }
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
                            td {
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
            @if all.is_empty() { p { (visit.say("audit-none")) } }
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
        h2 { (visit.say("setup-sessions")) }
        (list("session", "setup-session-end", &sessions))
        h2 { (visit.say("setup-invitations")) }
        (list("invitation", "setup-invitation-end", &invitations))
        h2 { (visit.say("setup-tokens")) }
        (list("token", "setup-token-end", &tokens))
    })
}

/// Ends a session or a token, or takes an invitation back.
pub(crate) fn end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    visit.ask(|session| session.may_end_sessions())?;
    let kind = match visit.form.text("kind") {
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
