//! An emergency at night: one column, one step open, from the alarm to what is asked for the next day. Each step
//! is the desk's own command, with the same rules as by day: nothing leaves on one signature.

mod done;
mod second;
mod short;

use jiff::{SignedDuration, Timestamp};
use lagrum_access::Action;
use lagrum_desk::{CaseView, CommandError, Sender};
use lagrum_model::{Case, Moment};
use maud::{Markup, html};

use super::describe::Wrong;
use super::{next_clock, title, view, works};
use crate::error::Problem;
use crate::look::{Field, Frame, Note, Work, field, near, note, page as framed, stamp, status};
use crate::pages::people::person;
use crate::pages::{just_done, refused};
use crate::reply::Reply;
use crate::visit::Visit;

use self::second::{second_forms, seconds, tell, was_told};

pub(crate) use done::{called, danger, genuine, second, taken};
pub(crate) use short::describe;

/// What was handed over in an emergency is confirmed by the next day.
const CONFIRMED_IN: SignedDuration = SignedDuration::from_hours(24);

/// What stands on the page besides the case.
#[derive(Default)]
struct Said<'s> {
    refusal: Option<&'s CommandError>,
    /// What is wrong in the short form.
    wrong: &'s [Wrong],
}

/// Whether a case is one of these: it says so itself, or whoever sent it or took it in did.
pub(crate) fn is_emergency(case: &Case) -> bool {
    match &case.demand {
        Some(demand) => {
            demand.emergency.is_some()
                || demand.instrument.kind == lagrum_model::InstrumentKind::EmergencyRequest
        }
        None => case.originals.iter().any(|one| one.arrival.emergency),
    }
}

/// The page.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, &Said::default())
}

fn shown(visit: &Visit<'_>, said: &Said<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let (id, case) = (&view.id, &view.case);
    if !is_emergency(case) {
        return Ok(Reply::see(format!("/cases/{id}")));
    }
    let sender = match case.demand {
        Some(_) => Some(visit.ask(|session| session.sender(id))?),
        None => None,
    };
    let failed = said.refusal.is_some() || !said.wrong.is_empty();
    let words = visit.say("night-title");
    let frame = Frame {
        title: &format!("{words} · {id}"),
        failed,
        night: true,
        ..Frame::default()
    };
    let steps = [
        ("described", described(visit, &view, said.wrong)?),
        ("call", call(visit, &view, sender.as_ref())),
        ("decide", decide(visit, &view, sender.as_ref())?),
        ("tomorrow", tomorrow(visit, &view)),
    ];
    let open = steps.iter().position(|(_, step)| step.work != Work::Done);
    // What is left for the next day wakes nobody.
    let at_work = steps[..3].iter().any(|(_, step)| step.work != Work::Done);
    Ok(framed(
        visit,
        if failed { 422 } else { 200 },
        &frame,
        html! {
            (just_done(visit))
            @if let Some(refusal) = said.refusal { (refused(visit, refusal)) }
            p.second {
                a href=(format!("/cases/{id}")) { (id) }
                @if let Some(owner) = &case.owner { " · " (visit.fill("night-has-it", &[("name", &person(visit, owner))])) }
            }
            h1 { (title(visit, case)) }
            @if let Some(demand) = &case.demand {
                p.second { (demand.authority.name) " (" (demand.authority.country) ")" }
            }
            (next_clock(visit, &view))
            @if let Some(at) = case.received_at {
                p.second { (visit.fill("web-received", &[("at", &near(visit, at))])) }
            }
            @if at_work { (take(visit, &view)) }
            ol.steps {
                @for (number, (name, step)) in (1..).zip(&steps) {
                    li.step.(state(step.work)) aria-current=[(open == Some(number - 1)).then_some("step")] {
                        span.at aria-hidden="true" {
                            @if step.work == Work::Done { (crate::look::sign("tick")) } @else { (number) }
                        }
                        div {
                            h2 {
                                (visit.say(&format!("night-step-{name}")))
                                @if step.work == Work::Done { span.hidden { " – " (visit.say("web-work-done")) } }
                            }
                            @if step.work == Work::NotYet { p.second { (visit.say("web-work-not-yet")) } }
                            (step.body)
                        }
                    }
                }
            }
            (note(Note::Quiet, html! { p { (visit.say("night-two-people")) } }))
        },
    ))
}

fn state(work: Work) -> &'static str {
    match work {
        Work::Done => "done",
        Work::NotYet => "notyet",
        Work::ToDo | Work::Waiting => "open",
    }
}

struct Step {
    work: Work,
    body: Markup,
}

/// Taking the case stops that others are woken.
fn take(visit: &Visit<'_>, view: &CaseView) -> Markup {
    let case = &view.case;
    let own = visit.who.as_ref().map(|who| who.principal.id());
    let has_it = case
        .owner
        .as_deref()
        .is_some_and(|owner| Some(owner) == own);
    html! {
        @if !has_it && works(visit, case, Action::Assign) {
            form.stack action=(format!("/cases/{}/night/take", view.id)) method="post" {
                div.buttons {
                    button.main[case.owner.is_none()] { (visit.say("night-take")) }
                }
                p.second { (visit.say("night-take-means")) }
            }
        }
    }
}

fn described(visit: &Visit<'_>, view: &CaseView, wrong: &[Wrong]) -> Result<Step, Problem> {
    let (id, case) = (&view.id, &view.case);
    let links = html! {
        p {
            a href=(format!("/cases/{id}/originals/1")) { (visit.say("night-original")) }
            @if case.demand.is_some() && works(visit, case, Action::Describe) {
                " · " a href=(format!("/cases/{id}/describe")) { (visit.say("night-change")) }
            }
        }
    };
    let Some(demand) = &case.demand else {
        let form = match works(visit, case, Action::Describe) {
            true => short::form(visit, view, wrong)?,
            false => html! {},
        };
        return Ok(Step {
            work: Work::ToDo,
            body: html! { (links) (form) },
        });
    };
    let words = visit.phrases();
    let part = |part: &lagrum_model::DemandPart| {
        let what = part.categories.iter();
        let what: Vec<_> = what
            .map(|one| words.word(&format!("category-{}", one.as_str())))
            .collect();
        let whose: Vec<_> = part.identifiers.iter().map(|one| one.value()).collect();
        visit.fill(
            "night-asked",
            &[("what", &what.join(", ")), ("whose", &whose.join(", "))],
        )
    };
    Ok(Step {
        work: Work::Done,
        body: html! {
            @for one in &demand.parts { p { (words.sentence(&part(one))) } }
            @if let Some(emergency) = &demand.emergency { p { q { (emergency.facts) } } }
            (links)
        },
    })
}

fn call(visit: &Visit<'_>, view: &CaseView, sender: Option<&Sender>) -> Step {
    let (id, case) = (&view.id, &view.case);
    let Some(sender) = sender else {
        return Step {
            work: Work::NotYet,
            body: html! {},
        };
    };
    let made = html! {
        @for made in &case.call_backs {
            p {
                (visit.fill(if made.call.confirmed { "web-call-confirmed" } else { "web-call-denied" },
                    &[("who", &made.call.answered_by), ("number", &made.call.number), ("by", &person(visit, made.by.id()))]))
                span.second { (stamp(visit, made.call.at)) }
            }
        }
    };
    if case.is_called_back() {
        return Step {
            work: Work::Done,
            body: made,
        };
    }
    let Some(known) = &sender.known else {
        return Step {
            work: Work::ToDo,
            body: html! {
                (made)
                (note(Note::Warning, html! {
                    p { strong { (visit.say("web-call-unknown")) } }
                    p { (visit.say("web-call-unknown-way")) }
                }))
            },
        };
    };
    let dial: String = known
        .telephone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let body = html! {
        p { (visit.say("night-call-number")) }
        p { a.buttonlike.main.wide href=(format!("tel:{dial}")) {
            (visit.fill("night-call-button", &[("number", &known.telephone)]))
        } }
        (made)
        @if works(visit, case, Action::CallBack) && case.answers.is_empty() {
            form.stack action=(format!("/cases/{id}/night/call")) method="post" {
                (field(&Field {
                    name: "who",
                    label: &visit.say("web-call-who"),
                    hint: &visit.say("web-call-who-hint"),
                    value: visit.form.text("who"),
                    ..Field::default()
                }))
                h3 { (visit.say("night-call-said")) }
                button.wide name="said" value="genuine" { (visit.say("night-call-genuine")) }
                button.wide name="said" value="unreached" { (visit.say("night-call-unreached")) }
                button.wide name="said" value="denied" { (visit.say("night-call-denied")) }
            }
        }
    };
    Step {
        work: Work::ToDo,
        body,
    }
}

fn decide(visit: &Visit<'_>, view: &CaseView, sender: Option<&Sender>) -> Result<Step, Problem> {
    let (id, case) = (&view.id, &view.case);
    let denied = case
        .authenticated
        .as_ref()
        .is_some_and(|found| !found.verified);
    if denied {
        return Ok(Step {
            work: Work::Done,
            body: html! { p { (visit.say("night-not-genuine")) } },
        });
    }
    let seconds = seconds(visit, case)?;
    if !case.is_called_back() {
        let first = seconds.first().map(|(_, name, _)| name.as_str());
        return Ok(Step {
            work: Work::NotYet,
            body: html! {
                @if let Some(name) = first { p.second { (visit.fill("night-second", &[("name", name)])) } }
            },
        });
    }
    let told = seconds
        .iter()
        .find_map(|(_, name, _)| Some((name, was_told(visit, case, name)?)));
    let mandates = case.mandates.values().filter(|one| !one.is_lapsed());
    let mandates: Vec<_> = mandates.collect();
    let released = !mandates.is_empty() && mandates.iter().all(|one| one.is_released());
    let produced = mandates.iter().any(|one| one.produced.is_some());
    let handed = produced
        && mandates
            .iter()
            .all(|one| one.produced.is_none() || one.delivered_to.is_some());
    let of = |done: bool, can: bool| match (done, can) {
        (true, _) => Work::Done,
        (false, true) => Work::ToDo,
        (false, false) => Work::NotYet,
    };
    let answered = !case.answers.is_empty();
    let judged = case.emergency_judged.is_some();
    let nothing_leaves = answered && mandates.is_empty();
    let mut tasks = vec![
        ("genuine", of(case.is_verified(), true), None),
        ("danger", of(judged, true), None),
        (
            "law",
            of(case.assessment.is_some(), case.is_verified()),
            Some("/assessment"),
        ),
        (
            "answer",
            of(answered, case.assessment.is_some()),
            Some("/decision"),
        ),
    ];
    if !nothing_leaves {
        tasks.push(("sign", of(released, answered), Some("/sign")));
        tasks.push(("hand-over", of(handed, produced), Some("#deliver")));
    }
    let done = nothing_leaves || handed;
    let body = html! {
        @match told {
            Some((name, at)) => p {
                (visit.fill("night-told", &[("name", name), ("at", &near(visit, at))]))
            },
            None if !visit.is_counsel() => (tell(visit, id, &seconds)),
            None => {}
        }
        p.second { (visit.say("night-own-machine")) }
        ul.tasks {
            @for (name, work, to) in &tasks {
                li {
                    div {
                        @let words = visit.say(&format!("night-task-{name}"));
                        @match to {
                            Some(to) if *work == Work::ToDo => a href=(format!("/cases/{id}{to}")) { (words) },
                            _ => (words),
                        }
                    }
                    (status(*work, &visit.say(match work {
                        Work::Done => "web-work-done",
                        Work::NotYet => "web-work-not-yet",
                        Work::ToDo | Work::Waiting => "web-work-todo",
                    })))
                }
            }
        }
        @if !answered && !case.closed { (second_forms(visit, view, sender)?) }
    };
    Ok(Step {
        work: if done { Work::Done } else { Work::ToDo },
        body,
    })
}

/// When data was handed over first.
fn disclosed(view: &CaseView) -> Option<Timestamp> {
    let mut events = view.events.iter();
    let made = |event: &&lagrum_model::Event| {
        matches!(event.what, lagrum_model::EventKind::Produced { .. })
    };
    events.find(made).map(|event| event.at)
}

/// Until when an emergency is to be confirmed, where it is not.
pub(crate) fn to_confirm(view: &CaseView) -> Option<Timestamp> {
    let case = &view.case;
    let confirmed = [
        Moment::ConfirmedInWriting,
        Moment::Validated,
        Moment::CourtDecided,
        Moment::ValidationRefused,
    ];
    let done = confirmed
        .iter()
        .any(|one| case.moments.first(*one).is_some());
    let disclosed = disclosed(view).filter(|_| case.emergency_believed && !done);
    disclosed.map(|at| at + CONFIRMED_IN)
}

fn tomorrow(visit: &Visit<'_>, view: &CaseView) -> Step {
    let id = &view.id;
    let due = to_confirm(view);
    let work = match (due, disclosed(view)) {
        (Some(at), _) if at <= visit.now => Work::ToDo,
        (Some(_), _) | (None, None) => Work::NotYet,
        (None, Some(_)) => Work::Done,
    };
    let body = html! {
        @match due {
            Some(at) => {
                p { (visit.fill("night-tomorrow-at", &[("at", &near(visit, at))])) }
                p { a href=(format!("/cases/{id}/clocks")) { (visit.say("night-tomorrow-record")) } }
            }
            None => p.second { (visit.say("night-tomorrow")) }
        }
    };
    Step { work, body }
}

/// Emergencies that are not answered, above a list.
pub(crate) fn band(visit: &Visit<'_>) -> Result<Markup, Problem> {
    let open = visit.ask(|session| session.emergencies())?;
    Ok(html! {
        @if !open.is_empty() {
            section.emergencies aria-labelledby="emergencies" {
                h2 #emergencies { (visit.count("night-band", open.len() as u64)) }
                ul {
                    @for one in &open {
                        li {
                            a href=(format!("/cases/{}/night", one.case)) { (visit.fill("night-band-case", &[("case", &one.case.to_string())])) }
                            span.second { (visit.fill("web-received", &[("at", &near(visit, one.since))])) }
                        }
                    }
                }
            }
        }
    })
}
