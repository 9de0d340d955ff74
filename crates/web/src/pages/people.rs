//! Who works here.

use lagrum_access::{Action, Principal, route};
use lagrum_documents::Names;
use lagrum_model::{Case, CountryCode, Role};
use maud::{Markup, html};

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
            (groups(visit)?)
            (doors)
        },
    ))
}

/// The groups of the desk, and who works for them.
fn groups(visit: &Visit<'_>) -> Result<Markup, Problem> {
    let all = visit.desk.people()?.groups();
    let words = visit.phrases();
    let countries = |list: &[CountryCode]| {
        let names: Vec<_> = list.iter().map(|one| words.country(*one)).collect();
        words.list(&names)
    };
    Ok(html! {
        @if !all.is_empty() {
            h2 #groups { (visit.say("web-groups")) }
            p { (visit.say("web-groups-lead")) }
            table.list {
                thead { tr {
                    @for column in ["name", "cases", "people"] {
                        th scope="col" { (visit.say(&format!("web-group-{column}"))) }
                    }
                } }
                tbody {
                    @for group in all {
                        tr {
                            th scope="row" { (group.name) span.second { (group.id) } }
                            td {
                                @if !group.authorities_of.is_empty() {
                                    div { (visit.fill("web-group-authorities", &[("countries", &countries(&group.authorities_of))])) }
                                }
                                @if !group.companies_in.is_empty() {
                                    div { (visit.fill("web-group-companies", &[("countries", &countries(&group.companies_in))])) }
                                }
                                @if group.the_rest { div { (visit.say("web-group-rest")) } }
                            }
                            td {
                                @let names: Vec<_> = group.people.iter().map(|id| person(visit, id)).collect();
                                @if names.is_empty() { span.unknown { (visit.say("web-group-nobody")) } }
                                @else { (words.list(&names)) }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// A person by name.
pub(crate) fn person(visit: &Visit<'_>, id: &str) -> String {
    let people = visit.desk.people().ok();
    let found = people.and_then(|people| people.find(id));
    found.map_or_else(|| id.to_owned(), |person| person.name.clone())
}

/// The names of people and groups, for a document that has their ids.
pub(crate) fn named<T>(visit: &Visit<'_>, made: impl FnOnce(Names<'_>) -> T) -> T {
    let one = |id: &str| person(visit, id);
    let group = |id: &str| {
        let people = visit.desk.people().ok();
        let found = people.and_then(|people| people.group(id));
        found.map_or_else(|| id.to_owned(), |group| group.name.clone())
    };
    made(Names {
        person: &one,
        group: &group,
    })
}

/// Who can look after cases that this person sees: whoever works for one of the same groups, or everybody who
/// works cases where the desk has none.
pub(crate) fn workers(visit: &Visit<'_>) -> Result<Vec<Choice>, Problem> {
    let own = visit.principal()?.groups();
    of_those(visit, |other| {
        own.is_none_or(|own| own.iter().any(|group| other.works_for(Some(group))))
    })
}

/// Who can look after this case.
pub(crate) fn workers_of(visit: &Visit<'_>, case: &Case) -> Result<Vec<Choice>, Problem> {
    let group = visit.desk.people()?.group_of(&route(case));
    let group = group.map(|group| group.id.as_str());
    of_those(visit, |other| other.works_for(group))
}

fn of_those(visit: &Visit<'_>, can: impl Fn(&Principal) -> bool) -> Result<Vec<Choice>, Problem> {
    let all = visit.desk.people()?;
    let mut workers = Vec::new();
    for person in all.people() {
        let works = matches!(person.role, Role::Analyst | Role::Counsel);
        if works
            && all
                .principal_signed_in(&person.id)
                .is_some_and(|one| can(&one))
        {
            workers.push(Choice::new(&person.id, &person.name));
        }
    }
    Ok(workers)
}
