//! The clocks, and what happened that moves them.

use lagrum_access::Action;
use lagrum_desk::CommandError;
use lagrum_documents::clocks_in_full;
use lagrum_model::Moment;
use maud::html;

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Choice, Field, button, document, field, select};
use crate::pages::intake::on_the_wall;
use crate::reply::Reply;
use crate::visit::Visit;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None, None)
}

fn shown(
    visit: &Visit<'_>,
    refusal: Option<&CommandError>,
    wrong: Option<&str>,
) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let kind = Shown {
        status: if refusal.is_some() || wrong.is_some() {
            422
        } else {
            200
        },
        refusal,
        ..Shown::at("clocks")
    };
    let made = clocks_in_full(&view.clocks, &visit.zone(), visit.phrases());
    let words = visit.phrases();
    let mut moments: Vec<_> = Moment::ALL
        .iter()
        .map(|one| {
            let said = words.sentence(&words.word(&format!("moment-{one}")));
            Choice::new(one.to_string(), said)
        })
        .collect();
    moments.sort_by(|one, other| one.label.cmp(&other.label));
    let wrong = wrong.map(|name| visit.say(name));
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            div.halves.aside {
                div {
                    h2 { (made.title) }
                    @if view.clocks.is_empty() {
                        p.unknown { (visit.say("web-clock-none")) }
                    } @else { (document(&made)) }
                }
                @if visit.may(Action::RecordMilestone) && !(case.closed && case.duties.is_empty()) {
                    aside aria-labelledby="record" {
                        h2 #record { (visit.say("web-record")) }
                        p { (visit.say("web-record-lead")) }
                        form action=(format!("/cases/{}/clocks", view.id)) method="post" {
                            (select(&Field {
                                name: "what",
                                label: &visit.say("web-record-what"),
                                value: visit.form.text("what"),
                                ..Field::default()
                            }, &moments))
                            (field(&Field {
                                name: "at",
                                label: &visit.say("web-record-when"),
                                hint: &words.sentence(&words.zone(&visit.zone())),
                                value: visit.form.text("at"),
                                wrong: wrong.as_deref(),
                                kind: "datetime-local",
                                required: true,
                                ..Field::default()
                            }))
                            (field(&Field {
                                name: "how",
                                label: &visit.say("web-record-how"),
                                hint: &visit.say("web-record-how-hint"),
                                value: visit.form.text("how"),
                                required: true,
                                ..Field::default()
                            }))
                            (button(&visit.say("web-record-button"), html! {}))
                        }
                    }
                }
            }
        },
    ))
}

/// Records what happened.
pub(crate) fn record(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let wanted = visit.form.text("what");
    let what = Moment::ALL.iter().find(|one| one.to_string() == wanted);
    let what = *what.ok_or(Problem::Malformed)?;
    let Some(at) = on_the_wall(visit, visit.form.text("at")) else {
        return shown(visit, None, Some("web-wrong-time"));
    };
    let how = visit.form.text("how");
    match visit.command(|session| session.record(&id, &[(what, at)], how))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{id}/clocks?done=recorded"))),
        Err(refusal) => shown(visit, Some(&refusal), None),
    }
}
