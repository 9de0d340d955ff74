//! Who works here.

use lagrum_access::Action;
use lagrum_model::Role;
use maud::html;

use crate::error::Problem;
use crate::look::{Choice, Frame, page};
use crate::reply::Reply;
use crate::visit::Visit;

/// Everybody, in which role, and whether they have a passkey here.
pub(crate) fn all(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let people = visit.desk.people()?.people();
    let roster = visit.desk.roster()?;
    let title = visit.say("web-nav-people");
    let frame = Frame {
        title: &title,
        at: "people",
        ..Frame::default()
    };
    let doors = match visit.may(Action::EndSession) {
        true => super::setup::doors(visit)?,
        false => html! {},
    };
    let keep = visit.keep();
    let mut rows = Vec::new();
    for person in people {
        let passkeys = keep.passkeys_of(&person.id)?.len();
        let keys: Vec<_> = roster
            .people()
            .iter()
            .filter(|one| one.id == person.id)
            .collect();
        rows.push((
            person,
            passkeys,
            keys.len(),
            keys.iter().any(|one| one.own_machine),
        ));
    }
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            div.lead { h1 { (title) } span { (visit.count("web-people-count", people.len() as u64)) } }
            p { (visit.say("web-people-lead")) }
            table.list {
                thead { tr {
                    @for column in ["name", "role", "passkeys", "signs"] {
                        th scope="col" { (visit.say(&format!("web-person-{column}"))) }
                    }
                } }
                tbody {
                    @for (person, passkeys, keys, own) in &rows {
                        tr {
                            th scope="row" { (person.name) span.second { (person.id) } }
                            td { (visit.say(&format!("role-{}", person.role.as_str()))) }
                            td {
                                @if *passkeys == 0 { span.unknown { (visit.say("web-passkeys-none")) } }
                                @else { (visit.count("web-passkeys-count", *passkeys as u64)) }
                            }
                            td {
                                @if *keys == 0 { (visit.say("web-person-signs-not")) }
                                @else if *own { (visit.say("web-person-own-machine")) }
                                @else { (visit.say("web-person-desk-machine")) }
                            }
                        }
                    }
                }
            }
            (doors)
        },
    ))
}

/// A person by name.
pub(crate) fn person(visit: &Visit<'_>, id: &str) -> String {
    let people = visit.desk.people().ok();
    let found = people.and_then(|people| people.find(id));
    found.map_or_else(|| id.to_owned(), |person| person.name.clone())
}

/// Who can look after a case.
pub(crate) fn workers(visit: &Visit<'_>) -> Result<Vec<Choice>, Problem> {
    let works = |role: Role| matches!(role, Role::Analyst | Role::Counsel);
    let people = visit.desk.people()?.people().iter();
    let people = people.filter(|person| works(person.role));
    Ok(people
        .map(|person| Choice::new(&person.id, &person.name))
        .collect())
}
