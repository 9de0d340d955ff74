//! The short form: what an emergency is decided by, in five minutes. The rest is described by day.

use lagrum_desk::{CaseView, Intake};
use lagrum_model::{Arrival, Category, InstrumentKind};
use maud::{Markup, html};

use super::{Said, shown};
use crate::error::Problem;
use crate::form::Form;
use crate::look::{Choice, Field, boxes, field, select, text_area};
use crate::pages::case::describe::{Wrong, demand_of};
use crate::pages::case::view;
use crate::reply::Reply;
use crate::visit::Visit;

/// The kinds in which emergencies come.
const KINDS: [InstrumentKind; 2] = [
    InstrumentKind::EmergencyRequest,
    InstrumentKind::EuropeanProductionOrder,
];

/// An authority of the list in one value: country and name.
fn listed(visit: &Visit<'_>) -> Result<Vec<Choice>, Problem> {
    let all = &visit.desk.authorities()?.authorities;
    let mut choices = vec![Choice::new("", visit.say("night-choose"))];
    choices.extend(all.iter().map(|one| {
        Choice::new(
            format!("{}|{}", one.country, one.name),
            format!("{} ({})", one.name, one.country),
        )
    }));
    Ok(choices)
}

pub(super) fn form(visit: &Visit<'_>, view: &CaseView, wrong: &[Wrong]) -> Result<Markup, Problem> {
    let form = &visit.form;
    let why = |name: &str| {
        let found = wrong.iter().find(|one| one.field == name);
        found.map(|one| one.why.as_str())
    };
    let words = visit.phrases();
    let kinds: Vec<_> = KINDS
        .iter()
        .map(|kind| {
            let name = words.word(&format!("instrument-{}", kind.as_str()));
            Choice::new(kind.as_str(), words.sentence(&name))
        })
        .collect();
    let entities: Vec<_> = visit
        .desk
        .entities()?
        .iter()
        .map(|one| Choice::new(format!("{}|{}", one.country, one.name), &one.name))
        .collect();
    let threats = ["person", "critical-infrastructure"].map(|one| {
        let name = match one {
            "person" => "web-threat-person",
            _ => "web-threat-infrastructure",
        };
        Choice::new(one, visit.say(name))
    });
    let categories: Vec<_> = Category::ALL
        .iter()
        .map(|one| {
            let said = words.word(&format!("category-{}", one.as_str()));
            Choice::new(one.as_str(), words.sentence(&said))
        })
        .collect();
    let ticked: Vec<_> = form.all("part-1-categories").collect();
    let signed = ["handwritten", "electronic", "qualified"]
        .map(|one| Choice::new(one, visit.say(&format!("web-signature-{one}"))));
    let line = |name: &str, label: &str, required: bool, kind: &'static str| {
        field(&Field {
            name,
            label: &visit.say(label),
            value: form.raw(name),
            wrong: why(name),
            required,
            kind,
            ..Field::default()
        })
    };
    let today = visit
        .now
        .to_zoned_datetime(visit.zone().time_zone().clone())
        .date()
        .to_string();
    let issued = form.given("issued-on").unwrap_or(&today);
    Ok(html! {
        @if !wrong.is_empty() {
            div.errors role="alert" tabindex="-1" {
                h3 { (visit.say("web-errors")) }
                ul { @for one in wrong { li { a href=(format!("#{}", one.field)) { (one.why) } } } }
            }
        }
        p.second { (visit.say("night-short")) }
        form.stack action=(format!("/cases/{}/night/describe", view.id)) method="post" {
            (select(&Field {
                name: "kind",
                label: &visit.say("web-describe-kind"),
                value: form.text("kind"),
                wrong: why("kind"),
                ..Field::default()
            }, &kinds))
            (select(&Field {
                name: "authority",
                label: &visit.say("web-d-authority"),
                hint: &visit.say("night-authority-hint"),
                value: form.text("authority"),
                wrong: why("authority"),
                ..Field::default()
            }, &listed(visit)?))
            (line("officer", "web-d-officer", true, "text"))
            (line("officer-email", "web-d-officer-email", true, "email"))
            (line("reference", "web-d-reference", true, "text"))
            (text_area(&Field {
                name: "part-1-identifiers",
                label: &visit.say("night-accounts"),
                value: form.raw("part-1-identifiers"),
                wrong: why("part-1-identifiers"),
                required: true,
                ..Field::default()
            }, 2))
            (boxes(&Field {
                name: "part-1-categories",
                label: &visit.say("web-d-categories"),
                wrong: why("part-1-categories"),
                ..Field::default()
            }, &categories, &ticked))
            (line("part-1-from", "web-d-from", false, "datetime-local"))
            (line("part-1-until", "web-d-until", false, "datetime-local"))
            (select(&Field {
                name: "threat-to",
                label: &visit.say("web-d-threat-to"),
                value: form.text("threat-to"),
                wrong: why("threat-to"),
                ..Field::default()
            }, &threats))
            (text_area(&Field {
                name: "threat-facts",
                label: &visit.say("web-d-threat-facts"),
                value: form.raw("threat-facts"),
                wrong: why("threat-facts"),
                required: true,
                ..Field::default()
            }, 3))
            (line("provision", "web-d-provision", true, "text"))
            (field(&Field {
                name: "issued-on",
                label: &visit.say("web-d-issued-on"),
                value: issued,
                wrong: why("issued-on"),
                required: true,
                kind: "date",
                class: "short",
                ..Field::default()
            }))
            (line("signature", "web-d-signature", false, "text"))
            (select(&Field {
                name: "signature-form",
                label: &visit.say("web-d-signature-form"),
                value: form.text("signature-form"),
                wrong: why("signature-form"),
                ..Field::default()
            }, &signed))
            @if entities.len() > 1 {
                (select(&Field {
                    name: "entity",
                    label: &visit.say("web-d-entity"),
                    value: form.text("entity"),
                    wrong: why("entity"),
                    ..Field::default()
                }, &entities))
            } @else {
                @for one in &entities { input type="hidden" name="entity" value=(one.value); }
            }
            (line("recipient-key", "web-d-recipient-key", false, "text"))
            div.buttons { button.main { (visit.say("night-describe")) } }
        }
    })
}

/// What the short form says, as the long one would: authority, country and kind are the list's own, and the
/// authority itself issues what it asks for.
fn filled(visit: &Visit<'_>) -> Result<Form, Problem> {
    let mut fields: Vec<_> = visit.form.fields().to_vec();
    let chosen = visit.form.text("authority").split_once('|');
    fields.retain(|(name, _)| name != "authority");
    let all = &visit.desk.authorities()?.authorities;
    let found = chosen.and_then(|(country, name)| {
        let mut all = all.iter();
        all.find(|one| one.country.as_str() == country && one.name == name)
    });
    if let Some(one) = found {
        let issuer = match one.kind.as_str() {
            "court" => "judge",
            kind @ ("prosecutor" | "police") => kind,
            _ => "other",
        };
        for (name, value) in [
            ("authority", one.name.as_str()),
            ("authority-country", one.country.as_str()),
            ("authority-kind", one.kind.as_str()),
            ("law-country", one.country.as_str()),
            ("issuer", one.name.as_str()),
            ("issuer-kind", issuer),
            ("zone", visit.zone().name()),
        ] {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(Form::of(fields))
}

/// Describes the demand.
pub(crate) fn describe(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let form = filled(visit)?;
    let again = |wrong: &[Wrong]| {
        let said = Said {
            wrong,
            ..Said::default()
        };
        shown(visit, &said)
    };
    let (_, bytes) = match demand_of(visit, &form, &view) {
        Ok(found) => found,
        Err(wrong) => return again(&wrong),
    };
    let name = format!("description-{}.json", view.case.events + 1);
    let file = Intake {
        file_name: &name,
        bytes: &bytes,
        arrival: Arrival::default(),
    };
    match visit.command(|session| session.describe(&view.id, &file, &[], None))? {
        Ok(_) => Ok(Reply::see(visit.after(&view.id, "/night", "described")?)),
        Err(refusal) => shown(
            visit,
            &Said {
                refusal: Some(&refusal),
                wrong: &[],
            },
        ),
    }
}
