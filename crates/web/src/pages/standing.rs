//! What stands open beside the way of a case: challenges, and what agents withheld.

use lagrum_desk::StandsOpen;
use lagrum_store::{MOST_COUNTED, Page};
use maud::html;

use super::people::person;
use super::work::{how_many_cases, standing};
use crate::error::Problem;
use crate::look::{Frame, Note, note, page, stamp};
use crate::reply::Reply;
use crate::visit::Visit;

/// Rows on a page.
const ROWS: u32 = 40;

/// The cases of which something is challenged.
pub(crate) fn challenges(visit: &Visit<'_>) -> Result<Reply, Problem> {
    listed(visit, StandsOpen::Challenged, "challenges", "challenge")
}

/// The cases in which an agent withheld something that counsel has not decided about.
pub(crate) fn withheld(visit: &Visit<'_>) -> Result<Reply, Problem> {
    listed(visit, StandsOpen::Withheld, "withheld", "withheld")
}

fn listed(visit: &Visit<'_>, what: StandsOpen, name: &str, tab: &str) -> Result<Reply, Problem> {
    let number = visit.query.text("page").parse().unwrap_or(1_u64).max(1);
    let asked = Page::number(number, ROWS).counted_up_to(MOST_COUNTED);
    let found = visit.ask(|session| session.standing(what, asked))?;
    let title = visit.say(&format!("web-nav-{name}"));
    let frame = Frame {
        title: &title,
        at: name,
        ..Frame::default()
    };
    let key = format!("web-{name}");
    let words = visit.phrases();
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            div.lead {
                h1 { (title) }
                span { (how_many_cases(visit, found.total, MOST_COUNTED)) }
            }
            p { (visit.say(&format!("{key}-lead"))) }
            @if !found.unreadable.is_empty() {
                (note(Note::Warning, html! { p { (visit.count("web-unreadable", found.unreadable.len() as u64)) } }))
            }
            @if found.items.is_empty() { p { (visit.say(&format!("{key}-empty"))) } }
            @else {
                table.list {
                    thead { tr {
                        th scope="col" { (visit.say("web-standing-since")) }
                        th scope="col" { (visit.say("web-column-case")) }
                        th scope="col" { (visit.say("web-column-from")) }
                        th scope="col" { (visit.say(&format!("{key}-how-much"))) }
                        th scope="col" { (visit.say("web-column-now")) }
                    } }
                    tbody {
                        @for (one, case) in &found.items {
                            tr {
                                td { (stamp(visit, one.since)) }
                                th scope="row" {
                                    a.case href=(format!("/cases/{}/{tab}", one.case)) { (one.case) }
                                    @if let Some(owner) = &case.owner { span.second { (person(visit, owner)) } }
                                }
                                td {
                                    @if let Some(authority) = &case.authority { (authority) }
                                    @if let Some(reference) = &case.reference { span.second { (reference) } }
                                }
                                td {
                                    @if what == StandsOpen::Withheld {
                                        (visit.count("web-withheld-things", one.about.parse().unwrap_or_default()))
                                    } @else {
                                        @let parts: Vec<_> = one.about.split_whitespace().map(str::to_owned).collect();
                                        (visit.fill("web-challenges-parts", &[("parts", &words.list(&parts))]))
                                    }
                                }
                                td { (standing(visit, case)) }
                            }
                        }
                    }
                }
            }
            @if found.goes_on(&asked) {
                p { a href=(format!("/{name}?page={}", number + 1)) { (visit.say("web-continue")) } }
            }
            @if what == StandsOpen::Withheld {
                (note(Note::Quiet, html! { p { (visit.say("web-withheld-seen")) } }))
            }
        },
    ))
}
