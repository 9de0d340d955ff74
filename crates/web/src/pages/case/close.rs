//! Ending a case, and taking it up again.

use lagrum_desk::{CommandError, StillRuns};
use lagrum_documents::{Outliving, duty};
use lagrum_model::{Duty, Refusal};
use maud::{Markup, html};

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Field, Note, button, note, text_area};
use crate::reply::Reply;
use crate::visit::Visit;

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, None)
}

fn shown(visit: &Visit<'_>, refusal: Option<&CommandError>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let title = visit.say("web-task-close");
    // What still runs is asked about below, and is no refusal.
    let runs = match refusal.and_then(CommandError::refusal) {
        Some(Refusal::DutiesRun { duties }) => duties.clone(),
        // What would outlive it is named before anybody presses the button.
        _ => visit.ask(|session| session.outliving_duties(&view))?,
    };
    let notices = visit.desk.notices(case, visit.now).unwrap_or_default();
    let zone = visit.zone();
    let still = Outliving::of(case, &view.clocks, &notices, &zone);
    let refused = matches!(
        refusal.and_then(CommandError::refusal),
        Some(Refusal::DutiesRun { .. })
    );
    let asked = refused || !runs.is_empty();
    // Closed once more, it would be as it is: unless something of what lived on is over by now.
    let ended = case.closed && (case.duties.is_empty() || runs == case.duties);
    let kind = Shown {
        title: &title,
        status: if refusal.is_some() { 422 } else { 200 },
        refusal: refusal.filter(|_| !refused),
        ..Shown::at("thread")
    };
    let id = &view.id;
    let reason = visit.form.text("reason");
    Ok(case_page(
        visit,
        &view,
        &kind,
        html! {
            h2 { (title) }
            @if ended {
                p { (visit.say("web-close-closed")) }
                (living(visit, &runs, &still))
                form.stack action=(format!("/cases/{id}/reopen")) method="post" {
                    (text_area(&Field {
                        name: "reason",
                        label: &visit.say("web-reopen-why"),
                        value: reason,
                        required: true,
                        ..Field::default()
                    }, 3))
                    (button(&visit.say("web-reopen-button"), html! {}))
                }
            } @else {
                p { (visit.say("web-close-lead")) }
                (living(visit, &runs, &still))
                form.stack action=(format!("/cases/{id}/close")) method="post" {
                    (text_area(&Field {
                        name: "reason",
                        label: &visit.say("web-close-why"),
                        value: reason,
                        required: true,
                        ..Field::default()
                    }, 3))
                    @if asked { input type="hidden" name="duties" value="live-on"; }
                    @let says = match asked {
                        true => visit.count("web-close-keep-button", runs.len() as u64),
                        false => visit.say("web-close-button"),
                    };
                    (button(&says, html! { a href=(format!("/cases/{id}")) { (visit.say("web-close-not")) } }))
                }
            }
        },
    ))
}

/// What lives on when the case ends.
fn living(visit: &Visit<'_>, runs: &[Duty], still: &Outliving<'_>) -> Markup {
    html! {
        @if !runs.is_empty() {
            (note(Note::Warning, html! {
                h2 { (visit.count("web-close-runs", runs.len() as u64)) }
                ul { @for one in runs { li { (duty(one, Some(still), visit.phrases())) } } }
            }))
        }
    }
}

/// Ends it.
pub(crate) fn close(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let still_runs = match visit.form.text("duties") {
        "live-on" => StillRuns::LivesOn,
        _ => StillRuns::Refuse,
    };
    let reason = visit.form.text("reason");
    match visit.command(|session| session.close(&id, reason, still_runs))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{id}?done=closed"))),
        Err(refusal) => shown(visit, Some(&refusal)),
    }
}

/// Takes it up again.
pub(crate) fn reopen(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let reason = visit.form.text("reason");
    match visit.command(|session| session.reopen(&id, reason))? {
        Ok(()) => Ok(Reply::see(format!("/cases/{id}?done=reopened"))),
        Err(refusal) => shown(visit, Some(&refusal)),
    }
}
