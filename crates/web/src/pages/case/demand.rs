//! What arrived, and the memo.

use lagrum_access::Action;
use lagrum_desk::CaseView;
use lagrum_documents::{Memo, MemoCase, demand_page, memo as memo_of};
use maud::{Markup, html};

use super::{Shown, case_page, view, works};
use crate::error::Problem;
use crate::look::{
    Choice, Field, Frame, Note, boxes, button, document, field, note, page as whole_page,
    upload_field,
};
use crate::pages::people::named;
use crate::reply::Reply;
use crate::visit::Visit;

/// All originals, and the description as it now stands.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, &Shown::at("demand"))
}

fn shown(visit: &Visit<'_>, shown: &Shown<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let case = &view.case;
    let made = demand_page(case, &visit.zone(), visit.phrases());
    let id = &view.id;
    Ok(case_page(
        visit,
        &view,
        shown,
        html! {
            @if case.demand.is_none() && !case.closed {
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
                            @if one.describes { " · " (visit.phrases().word("original-describes")) }
                        }
                    }
                }
            }
            @if case.demand.is_some() && works(visit, case, Action::Describe) {
                p { a href=(format!("/cases/{id}/describe")) { (visit.say("web-describe-anew")) } }
            }
            @if works(visit, case, Action::Intake) {
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
            @if works(visit, case, Action::Split) { (splitting(visit, &view)) }
        },
    ))
}

/// Two demands came in the papers of this one.
fn splitting(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let all: Vec<_> = (1_u32..)
        .zip(&view.case.originals)
        .map(|(number, one)| Choice::new(number.to_string(), &one.file_name))
        .collect();
    let ticked: Vec<_> = visit.form.all("original").collect();
    html! {
        details open[!ticked.is_empty()] {
            summary { (visit.say("web-split")) }
            p { (visit.say("web-split-lead")) }
            form.stack action=(format!("/cases/{}/split", view.id)) method="post" {
                (boxes(&Field {
                    name: "original",
                    label: &visit.say("web-split-which"),
                    ..Field::default()
                }, &all, &ticked))
                (field(&Field {
                    name: "reason",
                    label: &visit.say("web-split-why"),
                    value: visit.form.text("reason"),
                    required: true,
                    ..Field::default()
                }))
                (button(&visit.say("web-split-button"), html! {}))
            }
        }
    }
}

/// Takes the second demand out.
pub(crate) fn split(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let numbers = visit.form.all("original").map(str::parse::<usize>);
    let numbers: Vec<usize> = numbers
        .collect::<Result<_, _>>()
        .map_err(|_| Problem::Malformed)?;
    let reason = visit.form.text("reason");
    match visit.command(|session| session.split(&id, &numbers, reason))? {
        Ok(taken) => Ok(Reply::see(format!("/cases/{}?done=split", taken.case))),
        Err(refusal) => shown(visit, &Shown::refused("demand", &refusal)),
    }
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
    let zone = visit.zone();
    let author = visit.principal()?.name();
    let made = named(visit, |names| {
        let written = Memo {
            provider: Some(visit.desk.provider()),
            author: Some(author),
            case: Some(MemoCase {
                id: &view.id,
                case,
                events: &view.events,
                names,
            }),
            demand: &demand,
            assessment: found,
            moments: &case.moments,
            clocks: &view.clocks,
            notices: &notices,
            verified: case.is_verified(),
            written_at: visit.now,
            zone: &zone,
        };
        memo_of(&written, packs, visit.phrases())
    });
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
            p.crumbs { a href=(format!("/cases/{}", view.id)) { (visit.fill("case-title", &[("case", &view.id.to_string())])) } }
            h1 { (made.title) }
            (document(&made))
        },
    ))
}
