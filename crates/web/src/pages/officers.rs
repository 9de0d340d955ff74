//! Officers of authorities, who may come to the door.

use lagrum_access::Action;
use lagrum_desk::{CommandError, NewOfficer, OfficerRecord};
use lagrum_documents::fingerprint;
use lagrum_model::{Actor, CertificateKind, CountryCode};
use maud::{Markup, html};

use crate::door;
use crate::error::Problem;
use crate::keep::Invitation;
use crate::look::{Choice, Field, Frame, Note, button, field, note, page, select, stamp};
use crate::pages::refused;
use crate::reply::Reply;
use crate::visit::Visit;

/// All of them, and the form for a new one.
pub(crate) fn all(visit: &Visit<'_>) -> Result<Reply, Problem> {
    shown(visit, 200, html! {})
}

fn shown(visit: &Visit<'_>, status: u16, above: Markup) -> Result<Reply, Problem> {
    let officers = visit.ask(|session| session.officers())?;
    let may = visit.may(Action::AdmitOfficer);
    let open = visit.desk.door_config().is_some();
    let title = visit.say("door-officers");
    let frame = Frame {
        title: &title,
        at: "authorities",
        failed: status != 200,
        ..Frame::default()
    };
    Ok(page(
        visit,
        status,
        &frame,
        html! {
            p { a href="/authorities" { (visit.say("web-nav-authorities")) } }
            h1 { (title) }
            p { (visit.say("door-officers-lead")) }
            @if !open { (note(Note::Warning, html! { p { (visit.say("door-officers-closed")) } })) }
            (above)
            @if officers.is_empty() {
                p.unknown { (visit.say("door-officers-none")) }
            } @else {
                table.list {
                    thead { tr {
                        @for column in ["name", "authority", "known", "key", "access"] {
                            th scope="col" { (visit.say(&format!("door-officer-{column}"))) }
                        }
                    } }
                    tbody { @for one in &officers { (row(visit, one, may && open)) } }
                }
            }
            @if may && open { (form(visit)?) }
        },
    ))
}

fn name(actor: &Actor) -> &str {
    match actor {
        Actor::Person { name, .. } => name,
        other => other.id(),
    }
}

fn summary(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::OpenPgp => "door-officer-openpgp",
        CertificateKind::X509 => "door-officer-smime",
    }
}

fn row(visit: &Visit<'_>, one: &OfficerRecord, may: bool) -> Markup {
    let how = visit.fill(
        "door-officer-how",
        &[
            ("by", name(&one.admitted_by)),
            ("answered", &one.answered_by),
            ("number", &one.number),
        ],
    );
    html! {
        tr {
            th scope="row" { (one.name) span.second { (one.email) } }
            td { (one.authority) span.second { (visit.phrases().country(one.country)) } }
            td { (stamp(visit, one.admitted_at)) span.second { (how) } }
            td {
                @match &one.key {
                    Some(offered) => {
                        (fingerprint(&offered.key))
                        span.second.mono { (offered.key.as_str()) }
                        @if let Some((certificate, named)) = offered.certificate.as_ref().zip(offered.key.certificate()) {
                            details {
                                summary { (visit.say(summary(named.kind))) }
                                pre.mono { (certificate.armoured(named.kind)) }
                            }
                        }
                        @if offered.made_in_browser { span.second { (visit.say("door-key-browser-made")) } }
                    }
                    None => span.unknown { (visit.say("door-officer-no-key")) },
                }
            }
            td {
                @match &one.ended {
                    Some((by, at)) => {
                        (visit.say("door-officer-ended")) " · " (stamp(visit, *at))
                        span.second { (name(by)) }
                    }
                    None if may => {
                        form action="/officers/link" method="post" {
                            input type="hidden" name="officer" value=(one.id);
                            button.link { (visit.say("door-officer-link")) span.hidden { " " (one.name) } }
                        }
                        form action="/officers/end" method="post" {
                            input type="hidden" name="officer" value=(one.id);
                            button.link { (visit.say("door-officer-end")) span.hidden { " " (one.name) } }
                        }
                    }
                    None => {}
                }
            }
        }
    }
}

fn form(visit: &Visit<'_>) -> Result<Markup, Problem> {
    let words = visit.phrases();
    let known = &visit.desk.authorities()?.authorities;
    let mut choices: Vec<_> = known
        .iter()
        .map(|one| {
            let value = format!("{}|{}", one.country, one.name);
            let label = format!(
                "{}, {} ({})",
                one.name,
                words.country(one.country),
                one.telephone
            );
            Choice::new(value, label)
        })
        .collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    // Whose officer it is, a person says: none is taken for the first of the list.
    choices.insert(0, Choice::new("", visit.say("web-choose")));
    let value = |name: &str| visit.form.text(name).to_owned();
    Ok(html! {
        h2 { (visit.say("door-officer-new")) }
        p { (visit.say("door-officer-new-lead")) }
        form.stack action="/officers" method="post" {
            (select(&Field {
                name: "authority",
                label: &visit.say("door-officer-authority"),
                value: &value("authority"),
                required: true,
                ..Field::default()
            }, &choices))
            (field(&Field {
                name: "name",
                label: &visit.say("door-officer-name"),
                value: &value("name"),
                required: true,
                ..Field::default()
            }))
            (field(&Field {
                name: "email",
                label: &visit.say("door-officer-email"),
                hint: &visit.say("door-officer-email-hint"),
                value: &value("email"),
                required: true,
                ..Field::default()
            }))
            (field(&Field {
                name: "answered-by",
                label: &visit.say("door-officer-answered"),
                hint: &visit.say("door-officer-answered-hint"),
                value: &value("answered-by"),
                required: true,
                ..Field::default()
            }))
            (button(&visit.say("door-officer-button"), html! {}))
        }
    })
}

/// The link, shown once: it is kept by nobody else.
fn invited(visit: &Visit<'_>, officer: &OfficerRecord) -> Result<Reply, Problem> {
    let made: Option<Invitation> = door::invite(visit.web, &visit.desk, &officer.id)?;
    let made = made.ok_or(Problem::NotThere)?;
    let until = crate::look::near(visit, made.until);
    let said = visit.fill(
        "door-officer-invited",
        &[("name", &officer.name), ("until", &until)],
    );
    shown(
        visit,
        200,
        note(
            Note::Done,
            html! { p { (said) } p.mono #link { (made.link) } },
        ),
    )
}

fn refusal(visit: &Visit<'_>, error: &CommandError) -> Result<Reply, Problem> {
    shown(visit, 422, refused(visit, error))
}

/// Makes an officer known, and gives their link.
pub(crate) fn admit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (country, authority) = visit
        .form
        .text("authority")
        .split_once('|')
        .ok_or(Problem::Malformed)?;
    let new = NewOfficer {
        name: visit.form.text("name"),
        authority,
        country: CountryCode::parse(country).map_err(|_| Problem::Malformed)?,
        email: visit.form.text("email"),
        answered_by: visit.form.text("answered-by"),
    };
    match visit.command(|session| session.admit_officer(&new))? {
        Ok(record) => invited(visit, &record),
        Err(error) => refusal(visit, &error),
    }
}

/// Gives an officer who is known another link: a passkey was lost.
pub(crate) fn link(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.form.text("officer");
    let record = visit.ask(|session| session.officer_to_invite(id))?;
    invited(visit, &record.ok_or(Problem::NotThere)?)
}

/// Ends an officer's access, at once.
pub(crate) fn end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.form.text("officer");
    match visit.command(|session| session.end_officer(id))? {
        Ok(Some(_)) => Ok(Reply::see("/officers")),
        Ok(None) => Err(Problem::NotThere),
        Err(error) => refusal(visit, &error),
    }
}
