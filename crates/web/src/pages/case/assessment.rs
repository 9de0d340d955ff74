//! What the law says of each part.

use jiff::tz::TimeZone;
use lagrum_access::Action;
use lagrum_desk::CommandError;
use lagrum_documents::assessment as findings;
use lagrum_law::first_due;
use lagrum_model::Disposition;
use maud::html;

use super::{Shown, case_page, view, works};
use crate::error::Problem;
use crate::look::{Note, button, document, note, shape};
use crate::reply::Reply;
use crate::visit::Visit;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None)
}

fn shown(visit: &Visit<'_>, refusal: Option<&CommandError>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let kind = match refusal {
        None => Shown::at("assessment"),
        Some(refusal) => Shown::refused("assessment", refusal),
    };
    let open = works(visit, case, Action::Assess);
    // Once the law was applied, what comes next is to decide.
    let decides = works(visit, case, Action::Decide) && case.assessment.is_some();
    let form = html! {
        @if open && case.demand.is_some() {
            form action=(format!("/cases/{}/assessment", view.id)) method="post" {
                @if case.assessment.is_some() { div.buttons { button { (visit.say("web-assess-anew")) } } }
                @else { (button(&visit.say("web-assess"), html! {})) }
            }
        }
    };
    let (Some(found), Some(demand)) = (&case.assessment, &case.demand) else {
        return Ok(case_page(
            visit,
            &view,
            &kind,
            html! {
                h2 { (visit.say("web-tab-assessment")) }
                p.unknown { (visit.say("web-assess-not-yet")) }
                (form)
            },
        ));
    };
    let packs = visit.desk.law()?;
    let made = findings(found, demand.authority.country, packs, visit.phrases());
    let granted = found
        .parts
        .iter()
        .filter(|part| part.finding.proposed() == Disposition::Produce)
        .count();
    let others = found.parts.len() - granted;
    let clock = first_due(&view.clocks);
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            div.halves.aside {
                div {
                    h2 { (visit.count("web-assess-granted", granted as u64)) " " (visit.count("web-assess-others", others as u64)) }
                    ul.chips {
                        @for (number, part) in (1..).zip(&found.parts) {
                            li { (number) ". " (shape(visit, part.finding.proposed(), part.finding.reaches_less())) }
                        }
                    }
                    h3 { (made.title) }
                    (document(&made))
                    (note(Note::Quiet, html! { p { (visit.say("web-assess-no-count")) } }))
                }
                aside aria-label=(visit.say("web-aside-facts")) {
                    @if decides {
                        div.buttons { a.buttonlike.main href=(format!("/cases/{}/decision", view.id)) { (visit.say("web-task-decide")) } }
                    }
                    div.card {
                        h3 { (visit.say("web-tab-clocks")) }
                        @match clock.and_then(|clock| Some((clock, clock.operative?))) {
                            Some((clock, at)) => {
                                p { (visit.phrases().says(&clock.id, &clock.says)) }
                                p { strong { (crate::look::near(visit, at)) } span.second { (crate::look::remaining(visit, at)) } }
                            }
                            None => (super::next_clock(visit, &view)),
                        }
                        p { a href=(format!("/cases/{}/clocks", view.id)) { (visit.say("web-tab-clocks")) } }
                    }
                    div.card {
                        h3 { (visit.say("web-memo")) }
                        p { a href=(format!("/cases/{}/memo", view.id)) { (visit.say("web-memo-open")) } }
                    }
                    (form)
                }
            }
        },
    ))
}

/// Applies the law as it stands today.
pub(crate) fn assess(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let today = visit.now.to_zoned_datetime(TimeZone::UTC).date();
    match visit.command(|session| session.assess(&id, today))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{id}/assessment?done=assessed"))),
        Err(refusal) => shown(visit, Some(&refusal)),
    }
}
