//! How demands are answered, from the packs in force: for everybody.

use jiff::tz::TimeZone;
use lagrum_documents::{explain, provision};
use lagrum_model::{Act, Effect};
use maud::html;

use crate::error::Problem;
use crate::look::{Frame, Note, document, note, page};
use crate::reply::Reply;
use crate::visit::Visit;

/// The page for the public.
pub(crate) fn how_we_answer(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let packs = visit.desk.law()?;
    let words = visit.phrases();
    let today = visit.now.to_zoned_datetime(TimeZone::UTC).date();
    let law = packs.in_force(today).map_err(|_| Problem::Law)?;
    let title = visit.say("web-law-title");
    let frame = Frame {
        title: &title,
        at: "law",
        ..Frame::default()
    };
    let mut rules: Vec<_> = law.rules().collect();
    rules.sort_by(|one, other| (&one.pack, &one.id).cmp(&(&other.pack, &other.id)));
    let mut by_pack: Vec<(&str, Vec<_>)> = Vec::new();
    for rule in rules {
        match by_pack.last_mut() {
            Some((pack, inside)) if *pack == rule.pack => inside.push(rule),
            _ => by_pack.push((&rule.pack, vec![rule])),
        }
    }
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            h1 { (title) }
            p { (visit.fill("web-law-lead", &[("provider", visit.desk.provider())])) }
            ol {
                @for number in 1..=6 { li { (visit.say(&format!("web-law-sentence-{number}"))) } }
            }
            h2 { (visit.say("web-law-rules")) }
            p { (visit.fill("web-law-as-of", &[("day", &words.day(today))])) }
            (note(Note::Quiet, html! { p { (visit.say("web-law-advice")) } }))
            @for (name, rules) in &by_pack {
                @let pack = packs.packs().iter().find(|pack| pack.name == *name);
                details {
                    summary { (pack.map_or_else(|| (*name).to_owned(), |pack| words.pack(pack).title)) " · " (visit.count("web-law-count", rules.len() as u64)) }
                    table.list {
                        thead { tr {
                            @for column in ["effect", "says", "source"] {
                                th scope="col" { (visit.say(&format!("web-law-{column}"))) }
                            }
                        } }
                        tbody {
                            @for rule in rules {
                                tr {
                                    td { (visit.say(match rule.effect {
                                        Effect::Permit if rule.acts == [Act::Preserve] => "web-law-preserves",
                                        Effect::Permit => "web-law-permits",
                                        Effect::Forbid => "web-law-forbids",
                                    })) }
                                    th scope="row" { (words.says(&rule.id, &rule.says)) }
                                    td {
                                        (words.cite(&rule.id, &rule.cite))
                                        span.second {
                                            a href=(format!("/law/{}", rule.id)) { (visit.say("web-law-more")) span.hidden { " " (words.cite(&rule.id, &rule.cite)) } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}

/// One rule, with its sources and when it applies.
pub(crate) fn rule(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let packs = visit.desk.law()?;
    let (id, words) = (visit.param("rule")?, visit.phrases());
    let made = explain(packs, id, words)
        .ok_or(Problem::NotThere)?
        .document();
    let title = provision(packs, id, words).ok_or(Problem::NotThere)?;
    let frame = Frame {
        title: &title,
        at: "law",
        narrow: true,
        ..Frame::default()
    };
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            p { a href="/law" { (visit.say("web-law-title")) } }
            h1 { (title) }
            p.second.mono { (id) }
            (document(&made))
        },
    ))
}
