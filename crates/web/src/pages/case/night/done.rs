//! What is done on the page: each is one command of the desk, and the page again.

use lagrum_desk::{Call, CommandError, Genuine, Session};
use lagrum_model::CaseId;

use super::second::seconds;
use super::{Said, shown, view};
use crate::error::Problem;
use crate::reply::Reply;
use crate::visit::Visit;

fn go_on(
    visit: &Visit<'_>,
    id: &CaseId,
    done: &str,
    command: impl FnOnce(&mut Session<'_>) -> Result<(), CommandError>,
) -> Result<Reply, Problem> {
    match visit.command(command)? {
        Ok(()) => Ok(Reply::see(visit.after(id, "/night", done)?)),
        Err(refusal) => shown(
            visit,
            &Said {
                refusal: Some(&refusal),
                wrong: &[],
            },
        ),
    }
}

/// Takes the case: nobody else is woken.
pub(crate) fn taken(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let own = visit.principal()?.id().to_owned();
    go_on(visit, &id, "assigned", |session| {
        session.assign(&id, Some(&own))
    })
}

/// Records what became of the call.
pub(crate) fn called(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let confirmed = match visit.form.text("said") {
        "genuine" => true,
        "denied" => false,
        "unreached" => {
            let text = visit.say("night-unreached-note");
            return go_on(visit, &id, "noted", |session| session.note(&id, &text));
        }
        _ => return Err(Problem::Malformed),
    };
    let call = Call {
        answered_by: visit.form.text("who"),
        at: None,
        confirmed,
    };
    go_on(visit, &id, "called", |session| {
        session.call_back(&id, &call).map(|_| ())
    })
}

/// Notes who was told by telephone.
pub(crate) fn second(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let chosen = visit.form.text("second");
    let all = seconds(visit, &view(visit)?.case)?;
    let found = all.iter().find(|(one, _, _)| one == chosen);
    let (_, name, _) = found.ok_or(Problem::Malformed)?;
    let text = visit.fill("night-told-note", &[("name", name)]);
    go_on(visit, &id, "noted", |session| session.note(&id, &text))
}

/// Records whether the demand is genuine.
pub(crate) fn genuine(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let verified = yes(visit.form.text("verified"))?;
    let genuine = Genuine {
        verified,
        how: visit.form.text("how"),
        despite: visit.form.given("despite"),
    };
    let done = if verified { "genuine" } else { "not-genuine" };
    go_on(visit, &id, done, |session| {
        session.authenticate(&id, &genuine).map(|_| ())
    })
}

/// Records counsel's belief in the danger.
pub(crate) fn danger(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let believed = yes(visit.form.text("believed"))?;
    let why = visit.form.text("why");
    go_on(visit, &id, "judged", |session| {
        session.judge_emergency(&id, believed, why)
    })
}

fn yes(text: &str) -> Result<bool, Problem> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Problem::Malformed),
    }
}
