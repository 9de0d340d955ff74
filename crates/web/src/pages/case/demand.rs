//! What arrived, and the memo.

use lagrum_access::Action;
use lagrum_documents::{Memo, demand_page, memo as memo_of};
use maud::html;

use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::look::{Field, Frame, Note, button, document, note, page as whole_page, upload_field};
use crate::reply::Reply;
use crate::visit::Visit;

/// All originals, and the description as it now stands.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let made = demand_page(case, &visit.zone(), visit.phrases());
    let id = &view.id;
    Ok(case_page(
        visit,
        &view,
        &Shown::at("demand"),
        html! {
            @if case.demand.is_none() {
                (note(Note::Warning, html! {
                    p { (visit.say("web-demand-undescribed")) }
                    @if visit.may(Action::Describe) {
                        p { a href=(format!("/cases/{id}/describe")) { (visit.say("web-task-describe")) } }
                    }
                }))
            }
            (document(&made))
            @if visit.may(Action::ReadOriginal) {
                h2 { (visit.say("web-originals")) }
                ul {
                    @for (number, one) in (1..).zip(&case.originals) {
                        li {
                            a href=(format!("/cases/{id}/originals/{number}")) { (one.file_name) }
                            " · " (visit.count("web-bytes", one.length))
                        }
                    }
                }
            }
            @if case.demand.is_some() && visit.may(Action::Describe) && !case.closed {
                p { a href=(format!("/cases/{id}/describe")) { (visit.say("web-describe-anew")) } }
            }
            @if visit.may(Action::Intake) && !case.closed {
                h2 { (visit.say("web-attach")) }
                form.stack action=(format!("/cases/{id}/originals")) method="post" enctype="multipart/form-data" {
                    (upload_field(&Field {
                        name: "files",
                        label: &visit.say("web-attach-files"),
                        required: true,
                        ..Field::default()
                    }))
                    (button(&visit.say("web-attach-button"), html! {}))
                }
            }
        },
    ))
}

/// The memo that counsel can put in the file, as it would be printed.
pub(crate) fn memo(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let (Some(demand), Some(found)) = (case.demand_now(), &case.assessment) else {
        return Err(Problem::NotThere);
    };
    let packs = visit.desk.law()?;
    let notices = visit.desk.notices(case, visit.now)?;
    let written = Memo {
        provider: Some(visit.desk.provider()),
        author: Some(visit.principal()?.name()),
        case: Some(&view.id),
        originals: &case.originals,
        demand: &demand,
        assessment: found,
        moments: &case.moments,
        clocks: &view.clocks,
        notices: &notices,
        verified: case.is_verified(),
        written_at: visit.now,
        zone: &visit.zone(),
    };
    let made = memo_of(&written, packs, visit.phrases());
    let title = format!("{} · {}", made.title, view.id);
    let frame = Frame {
        title: &title,
        at: "work",
        narrow: true,
        ..Frame::default()
    };
    Ok(whole_page(
        visit,
        200,
        &frame,
        html! {
            h1 { (made.title) }
            (document(&made))
        },
    ))
}
