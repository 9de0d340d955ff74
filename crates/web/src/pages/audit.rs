//! What the auditor reads, and the samples that they draw.

use lagrum_desk::{AUDITED, CommandError, Order, Outcome};
use lagrum_documents::audited_about;
use lagrum_model::{CaseId, WatchKind};
use lagrum_store::{MOST_COUNTED, Page};
use maud::{Markup, html};

use crate::error::Problem;
use crate::look::{
    Choice, Field, Frame, Note, button, case_link, choices, field, near, note, page, stamp,
    text_area,
};
use crate::reply::Reply;
use crate::visit::Visit;

const ON_A_PAGE: u32 = 50;

fn frame<'f>(title: &'f str, at: &'f str) -> Frame<'f> {
    Frame {
        title,
        at,
        ..Frame::default()
    }
}

/// A number that is counted so far and no further.
fn counted(visit: &Visit<'_>, count: u64) -> String {
    match count < MOST_COUNTED {
        true => count.to_string(),
        false => visit.say("audit-more"),
    }
}

/// The name of a key's holder, if the roster has it.
fn holder(visit: &Visit<'_>, who: &str) -> String {
    let roster = visit.desk.roster().ok();
    let found = roster.and_then(|roster| {
        let mut people = roster.people().iter();
        people
            .find(|one| one.key.name() == who || one.id == who)
            .map(|one| one.name.clone())
    });
    found.unwrap_or_else(|| who.to_owned())
}

/// Everything at a glance.
pub(crate) fn all(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let found = visit.ask(|session| session.audit())?;
    let title = visit.say("audit-title");
    Ok(page(
        visit,
        200,
        &frame(&title, "audit"),
        html! {
            h1 { (title) }
            p { (visit.say("audit-lead")) }
            table.list {
                thead { tr {
                    th scope="col" { (visit.say("audit-what")) }
                    th scope="col" { (visit.say("audit-open")) }
                    th scope="col" { (visit.say("audit-recent")) }
                } }
                tbody {
                    @for one in &found.kinds {
                        @let key = format!("audit-{}", one.kind.as_str());
                        tr {
                            th scope="row" {
                                a href=(format!("/audit/{}", one.kind.as_str())) { (visit.say(&key)) }
                                span.second { (visit.say(&format!("{key}-means"))) }
                            }
                            td { @match one.open { Some(open) => (counted(visit, open)), None => "–" } }
                            td { (counted(visit, one.recent)) }
                        }
                    }
                }
            }
            h2 { (visit.say("audit-pairs")) }
            p { (visit.count("audit-pairs-lead", found.mandates)) }
            ul {
                @for pair in found.pairs.iter().take(5) {
                    @let names: Vec<_> = pair.keys.iter().map(|key| holder(visit, key)).collect();
                    li { (visit.phrases().list(&names)) ": " (visit.count("audit-pair-count", pair.mandates)) }
                }
            }
            h2 { (visit.say("audit-numbers")) }
            @if found.other_numbers.is_empty() { p { (visit.say("audit-none-numbers")) } }
            ul {
                @for one in found.other_numbers.iter().take(20) {
                    @let listed = one.listed.clone().unwrap_or_else(|| visit.say("audit-number-none"));
                    li {
                        (case_link(&one.case)) ": "
                        (visit.fill("audit-number", &[("number", &one.number), ("listed", &listed)]))
                    }
                }
            }
        },
    ))
}

/// One kind, page by page.
pub(crate) fn of_kind(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let kind = WatchKind::parse(visit.param("kind")?).ok_or(Problem::NotThere)?;
    let known = AUDITED.iter().find(|(known, _)| *known == kind);
    let (_, stays) = known.ok_or(Problem::NotThere)?;
    let open = *stays && visit.query.text("which") != "all";
    let number = visit.query.text("page").parse().unwrap_or(1);
    let shown = Page::number(number, ON_A_PAGE).counted_up_to(MOST_COUNTED);
    let found = visit.ask(|session| session.audit_of(kind, open, shown))?;
    let key = format!("audit-{}", kind.as_str());
    let title = visit.say(&key);
    let name_of = |key: &str| holder(visit, key);
    let here = format!("/audit/{}", kind.as_str());
    let which = if open { "open" } else { "all" };
    Ok(page(
        visit,
        200,
        &frame(&title, "audit"),
        html! {
            p { a href="/audit" { (visit.say("audit-title")) } }
            div.lead {
                h1 { (title) }
                span { (counted(visit, found.total)) }
                @if *stays {
                    span.right {
                        @if open { a href=(format!("{here}?which=all")) { (visit.say("audit-all")) } }
                        @else { a href=(here) { (visit.say("audit-only-open")) } }
                    }
                }
            }
            p { (visit.say(&format!("{key}-means"))) }
            @if found.items.is_empty() { p { (visit.fill("audit-none-kind", &[("what", &title)])) } }
            @else {
                table.list {
                    thead { tr {
                        th scope="col" { (visit.say("order-goes-case")) }
                        @for column in ["since", "about", "settled"] {
                            th scope="col" { (visit.say(&format!("audit-{column}"))) }
                        }
                    } }
                    tbody {
                        @for one in &found.items {
                            tr {
                                th scope="row" { (case_link(&one.case)) }
                                td { (stamp(visit, one.since)) }
                                td.long { (audited_about(one, &name_of, visit.phrases())) }
                                td {
                                    @match one.settled {
                                        Some(at) => (stamp(visit, at)),
                                        None => (visit.say("audit-not-over")),
                                    }
                                }
                            }
                        }
                    }
                }
                @if found.goes_on(&shown) {
                    p { a href=(format!("{here}?which={which}&page={}", number + 1)) { (visit.say("web-continue")) } }
                }
            }
        },
    ))
}

/// The samples, and the form that orders one.
pub(crate) fn samples(visit: &Visit<'_>) -> Result<Reply, Problem> {
    samples_page(visit, 200, html! {})
}

fn samples_page(visit: &Visit<'_>, status: u16, above: Markup) -> Result<Reply, Problem> {
    let all = visit.ask(|session| session.samples())?;
    let title = visit.say("audit-samples");
    let box_of = |name: &'static str, hint: &str| {
        let label = visit.say(&format!("audit-sample-{name}"));
        field(&Field {
            name,
            label: &label,
            hint,
            value: visit.form.text(name),
            required: true,
            class: "short",
            ..Field::default()
        })
    };
    Ok(page(
        visit,
        status,
        &frame(&title, "samples"),
        html! {
            (above)
            h1 { (title) }
            p { (visit.say("audit-samples-lead")) }
            @if all.is_empty() { p { (visit.say("audit-none-samples")) } }
            ul.tasks {
                @for one in &all {
                    li {
                        a href=(format!("/audit/samples/{}", one.id)) { (visit.fill("audit-sample", &[("id", &one.id)])) }
                        span { (what(visit, one)) }
                    }
                }
            }
            h2 { (visit.say("audit-sample-order")) }
            form.stack action="/audit/samples" method="post" {
                (box_of("first", ""))
                (box_of("last", ""))
                (box_of("size", ""))
                (box_of("at", &visit.say("audit-sample-at-hint")))
                (button(&visit.say("audit-sample-order"), html! {}))
            }
        },
    ))
}

fn what(visit: &Visit<'_>, one: &lagrum_desk::Sample) -> String {
    match &one.drawn {
        Some(drawn) => {
            let position = drawn.position.to_string();
            visit.fill("audit-sample-drawn", &[("position", &position)])
        }
        None => visit.fill(
            "audit-sample-waits",
            &[
                ("size", &one.size.to_string()),
                ("first", &one.first.to_string()),
                ("last", &one.last.to_string()),
                ("at", &near(visit, one.draw_at)),
            ],
        ),
    }
}

fn refusal(visit: &Visit<'_>, error: &CommandError) -> Markup {
    crate::pages::refused(visit, error)
}

/// Orders a sample, and shows the secret once.
pub(crate) fn order(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form = &visit.form;
    let case = |name: &str| CaseId::parse(form.text(name)).ok();
    let wanted = (|| {
        Some(Order {
            first: case("first")?,
            last: case("last")?,
            size: form.text("size").parse().ok()?,
            draw_at: form.text("at").parse().ok()?,
        })
    })();
    let Some(wanted) = wanted else {
        let why = html! { p { (visit.say("audit-sample-at-hint")) } };
        return samples_page(visit, 422, note(Note::Refused, why));
    };
    match visit.command(|session| session.order_sample(&wanted))? {
        Err(error) => samples_page(visit, 422, refusal(visit, &error)),
        Ok((sample, secret)) => {
            let title = visit.fill("audit-sample", &[("id", &sample.id)]);
            Ok(page(
                visit,
                200,
                &frame(&title, "samples"),
                html! {
                    h1 { (title) }
                    p { (what(visit, &sample)) }
                    h2 { (visit.say("audit-sample-secret")) }
                    p.mono { (secret) }
                    (note(Note::Warning, html! { p { (visit.say("audit-sample-keep")) } }))
                    p { a href=(format!("/audit/samples/{}", sample.id)) { (visit.say("web-continue")) } }
                },
            ))
        }
    }
}

/// One sample.
pub(crate) fn sample(visit: &Visit<'_>) -> Result<Reply, Problem> {
    sample_page(visit, 200, html! {})
}

fn sample_page(visit: &Visit<'_>, status: u16, above: Markup) -> Result<Reply, Problem> {
    let id = visit.param("id")?.to_owned();
    let found = visit.ask(|session| match session.examined(&id) {
        Err(CommandError::Sample(_)) => Ok(None),
        other => other.map(Some),
    })?;
    let found = found.ok_or(Problem::NotThere)?;
    let title = visit.fill("audit-sample", &[("id", &id)]);
    let here = format!("/audit/samples/{id}");
    let outcomes = Outcome::ALL.map(|one| {
        Choice::new(
            one.as_str(),
            visit.say(&format!("audit-outcome-{}", one.as_str())),
        )
    });
    let secret = visit.say("audit-sample-secret");
    Ok(page(
        visit,
        status,
        &frame(&title, "samples"),
        html! {
            (above)
            p { a href="/audit/samples" { (visit.say("audit-samples")) } }
            h1 { (title) }
            p { (what(visit, &found.sample)) }
            @if let Some(drawn) = &found.sample.drawn {
                dl.rows {
                    div { dt { (visit.say("audit-sample-entry")) } dd.mono { (drawn.entry) } }
                    div { dt { (secret) } dd.mono { (drawn.secret) } }
                }
                @for case in &drawn.cases {
                    @let stated = found.stated.iter().find(|one| one.case == *case);
                    div.card {
                        h2 { (case_link(case)) }
                        @if let Some(stated) = stated {
                            p.strong { (visit.say(&format!("audit-outcome-{}", stated.outcome.as_str()))) }
                            p { (stated.note) }
                            p.second { (stated.by) " · " (stamp(visit, stated.at)) }
                        } @else {
                            p.unknown { (visit.say("audit-outcome-none")) }
                            details {
                                summary { (visit.say("audit-outcome")) span.hidden { " " (case) } }
                                form.stack action=(here) method="post" {
                                    input type="hidden" name="case" value=(case);
                                    (choices(&Field {
                                        name: &format!("outcome-{case}"),
                                        label: &visit.say("audit-outcome"),
                                        required: true,
                                        ..Field::default()
                                    }, &outcomes))
                                    (text_area(&Field {
                                        name: &format!("note-{case}"),
                                        label: &visit.say("audit-outcome-note"),
                                        hint: &visit.say("audit-outcome-stays"),
                                        required: true,
                                        ..Field::default()
                                    }, 3))
                                    (button(&visit.say("audit-outcome-state"), html! {}))
                                }
                            }
                        }
                    }
                }
            } @else {
                form.stack action=(here) method="post" {
                    (field(&Field { name: "secret", label: &secret, required: true, ..Field::default() }))
                    (button(&visit.say("audit-sample-draw"), html! {}))
                }
            }
        },
    ))
}

/// Draws it, or states what came of a case.
pub(crate) fn change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.param("id")?.to_owned();
    let form = &visit.form;
    let done = match form.given("case") {
        None => visit.command(|session| session.draw_sample(&id, form.text("secret")).map(drop))?,
        Some(case) => {
            let case = CaseId::parse(case).map_err(|_| Problem::Malformed)?;
            let outcome = Outcome::parse(form.text(&format!("outcome-{case}")));
            let outcome = outcome.ok_or(Problem::Malformed)?;
            let why = form.text(&format!("note-{case}")).to_owned();
            visit.command(|session| session.state_outcome(&id, &case, outcome, &why).map(drop))?
        }
    };
    match done {
        Ok(()) => Ok(Reply::see(format!("/audit/samples/{id}"))),
        Err(error) => sample_page(visit, 422, refusal(visit, &error)),
    }
}
