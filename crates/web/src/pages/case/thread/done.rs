//! What is done on the page: each is one command of the desk, and the page again.

use lagrum_model::{CaseId, Link};

use super::shown;
use crate::error::Problem;
use crate::pages::case::{Shown, view};
use crate::reply::Reply;
use crate::visit::Visit;

/// Writes a note.
pub(crate) fn note(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (text, privileged) = (visit.form.text("text"), visit.form.ticked("privileged"));
    go_on(visit, &id, "noted", |session| match privileged {
        true => session.note_privileged(&id, text).map(drop),
        false => session.note(&id, text),
    })
}

/// A note that only counsel opens, sealed as it is: to be opened elsewhere, with counsel's key.
pub(crate) fn sealed_note(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let number = visit
        .param("number")?
        .parse()
        .map_err(|_| Problem::NotThere)?;
    let note = visit.ask(|session| session.sealed_note(&id, number))?;
    let note = note.ok_or(Problem::NotThere)?;
    Ok(Reply::file(
        &format!("{id}-note-{number}.age"),
        note.age.into_bytes(),
    ))
}

/// Asks the authority something that its officers read at the door.
pub(crate) fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let text = visit.form.text("question");
    go_on(visit, &id, "asked", |session| session.ask(&id, text))
}

/// Hands the case over.
pub(crate) fn assign(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let to = visit.form.given("owner");
    go_on(visit, &id, "assigned", |session| session.assign(&id, to))
}

/// Hands the case to another group. Who does not work for it goes back to the list.
pub(crate) fn hand_to_group(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (group, why) = (visit.form.text("group"), visit.form.text("group-why"));
    match visit.command(|session| session.hand_to_group(&id, group, why))? {
        Ok(()) => Ok(Reply::see(visit.after(&id, "", "handed-to-group")?)),
        Err(refusal) => shown(visit, &view(visit)?, &Shown::refused("thread", &refusal)),
    }
}

/// Links two cases.
pub(crate) fn link(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let other = CaseId::parse(visit.form.text("other")).map_err(|_| Problem::NotThere)?;
    let how = match visit.form.text("how") {
        "answered-there" => Link::AnsweredThere,
        _ => Link::Related,
    };
    let reason = visit.form.text("reason");
    go_on(visit, &id, "linked", |session| {
        session.link(&id, &other, how, reason)
    })
}

/// Joins the case to another: this one ends, and its files go there.
pub(crate) fn join(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    let (form, both) = (&visit.form, ["other", "into"]);
    let other = both.iter().find_map(|name| form.given(name));
    let other = other.and_then(|text| CaseId::parse(text).ok());
    let other = other.ok_or(Problem::NotThere)?;
    let reason = form.given("reason").or_else(|| form.given("why"));
    let reason = reason.unwrap_or_default();
    match visit.command(|session| session.join(&id, &other, reason))? {
        Ok(_) => Ok(Reply::see(format!("/cases/{other}?done=joined"))),
        Err(refusal) => shown(visit, &view(visit)?, &Shown::refused("thread", &refusal)),
    }
}

/// Hands the sealed packages over.
pub(crate) fn deliver(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    go_on(visit, &id, "delivered", |session| {
        session.deliver(&id).map(|_| ())
    })
}

/// The person told a passphrase by telephone.
pub(crate) fn passphrase_told(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.case_id()?;
    go_on(visit, &id, "passphrase-told", |session| {
        session.passphrase_told(&id).map(|_| ())
    })
}

/// A small command of this page: done, or refused on the page itself.
fn go_on(
    visit: &Visit<'_>,
    id: &CaseId,
    done: &str,
    command: impl FnOnce(&mut lagrum_desk::Session<'_>) -> Result<(), lagrum_desk::CommandError>,
) -> Result<Reply, Problem> {
    match visit.command(command)? {
        Ok(()) => Ok(Reply::see(format!("/cases/{id}?done={done}"))),
        Err(refusal) => shown(visit, &view(visit)?, &Shown::refused("thread", &refusal)),
    }
}
