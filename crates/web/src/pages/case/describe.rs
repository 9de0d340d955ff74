//! Describing a demand beside its original: a form that asks what this instrument needs.

mod fields;
mod places;
mod read;

use lagrum_desk::{CaseView, CommandError, Intake, KnownAuthority};
use lagrum_documents::described;
use lagrum_model::{Arrival, Demand, DemandError, InstrumentKind};
use maud::{Markup, html};

use super::original::{beside, beside_with};
use super::{Shown, case_page, view};
use crate::error::Problem;
use crate::form::Form;
use crate::look::{Choice, Field, Note, button, document, field, near, note, select, text_area};
use crate::pages::choices::{kind_of, kinds_of_instrument};
use crate::pages::people::person;
use crate::reply::Reply;
use crate::visit::Visit;

/// What is wrong with a form: the field of the form, and the rule with the way out.
pub(crate) struct Wrong {
    pub(crate) field: String,
    pub(crate) why: String,
}

/// Where somebody's draft of a case's description lies.
fn draft_of(visit: &Visit<'_>, view: &CaseView) -> Result<String, Problem> {
    Ok(format!("{} {}", view.id, visit.principal()?.id()))
}

/// The page: first which instrument it is, then what that one needs.
pub(crate) fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    if view.case.closed {
        return Ok(Reply::see(format!("/cases/{}/demand", view.id)));
    }
    let chosen = kind_of(visit.query.text("kind"));
    let (mut form, kept) = match visit.keep().drafted(&draft_of(visit, &view)?)? {
        Some((at, fields)) => (Form::of(fields), Some(at)),
        None => match &view.case.demand {
            Some(demand) => (fields::of_demand(demand, &visit.zone()), None),
            None => (Form::default(), None),
        },
    };
    let kind = chosen.or_else(|| kind_of(form.text("kind")));
    let Some(kind) = kind.filter(|_| visit.query.text("other").is_empty()) else {
        return first_page(visit, &view);
    };
    let more: usize = visit.query.text("parts").parse().unwrap_or(0);
    let parts = fields::parts(&form).max(more).clamp(1, fields::MOST_PARTS);
    form = fields::with(form, "kind", kind.as_str());
    second_page(
        visit,
        &view,
        &Filled {
            form: &form,
            kind,
            parts,
            kept,
            wrong: &[],
            refusal: None,
        },
    )
}

fn first_page(visit: &Visit<'_>, view: &CaseView) -> Result<Reply, Problem> {
    let kinds = kinds_of_instrument(visit);
    let title = visit.say("web-describe");
    let shown = Shown {
        title: &title,
        ..Shown::at("demand")
    };
    let original = beside(visit, view)?;
    Ok(case_page(
        visit,
        view,
        &shown,
        html! {
            div.halves {
                div { (original) }
                section {
                    h2 { (title) }
                    form action=(format!("/cases/{}/describe", view.id)) method="get" {
                        (select(&Field {
                            name: "kind",
                            label: &visit.say("web-describe-kind"),
                            hint: &visit.say("web-describe-kind-hint"),
                            ..Field::default()
                        }, &kinds))
                        (select(&Field {
                            name: "parts",
                            label: &visit.say("web-describe-parts"),
                            hint: &visit.say("web-describe-parts-hint"),
                            class: "tiny",
                            ..Field::default()
                        }, &(1..=fields::MOST_PARTS).map(|n| Choice::new(n.to_string(), n.to_string())).collect::<Vec<_>>()))
                        (button(&visit.say("web-continue"), html! {}))
                    }
                }
            }
        },
    ))
}

/// A form as it is filled in, and what is wrong with it.
struct Filled<'f> {
    form: &'f Form,
    kind: InstrumentKind,
    parts: usize,
    /// When the draft was kept.
    kept: Option<jiff::Timestamp>,
    wrong: &'f [Wrong],
    refusal: Option<&'f CommandError>,
}

fn second_page(visit: &Visit<'_>, view: &CaseView, filled: &Filled<'_>) -> Result<Reply, Problem> {
    let title = visit.say("web-describe");
    let failed = !filled.wrong.is_empty() || filled.refusal.is_some();
    let shown = Shown {
        title: &title,
        status: if failed { 422 } else { 200 },
        refusal: filled.refusal,
        ..Shown::at("demand")
    };
    let (original, suggestions) = beside_with(visit, view, true)?;
    let open: Vec<_> = (1..)
        .zip(&suggestions)
        .filter(|(_, one)| {
            !filled
                .form
                .all(one.field)
                .any(|value| value.contains(&one.value))
        })
        .collect();
    let id = &view.id;
    let body = fields::form(visit, filled.form, filled.kind, filled.parts, &|name| {
        let found = filled.wrong.iter().find(|wrong| wrong.field == name);
        found.map(|wrong| wrong.why.as_str())
    })?;
    Ok(case_page(
        visit,
        view,
        &shown,
        html! {
            div.halves {
                div { (original) }
                section aria-labelledby="describe" {
                    h2 #describe { (title) }
                    @if !filled.wrong.is_empty() {
                        div.errors role="alert" tabindex="-1" {
                            h2 { (visit.say("web-errors")) }
                            ul { @for one in filled.wrong { li { a href=(format!("#{}", one.field)) { (one.why) } } } }
                        }
                    }
                    @if let Some(at) = filled.kept {
                        p.second { (visit.fill("web-draft-kept", &[("at", &near(visit, at))])) }
                    }
                    p.second { a href=(format!("/cases/{id}/describe?other=yes")) { (visit.say("web-describe-other")) } }
                    form action=(format!("/cases/{id}/describe")) method="post" {
                    input type="hidden" name="kind" value=(filled.kind.as_str());
                    // Whoever presses Enter in a field checks the answers, and takes no suggestion.
                    button.hidden tabindex="-1" aria-hidden="true" { (visit.say("web-describe-check")) }
                    @if !open.is_empty() {
                        section.suggested aria-labelledby="suggested" {
                            h3 #suggested { (visit.count("web-suggested", open.len() as u64)) }
                            p.second { (visit.say("web-suggested-lead")) }
                            ul {
                                @for (number, one) in &open {
                                    li {
                                        a href=(format!("#mark-{number}")) { (number) }
                                        span {
                                            (one.value)
                                            span.second { (visit.say(&format!("web-d-{}", one.field.strip_prefix("part-1-").unwrap_or(one.field)))) }
                                        }
                                        button name="use" value=(format!("{}={}", one.field, one.value)) formnovalidate {
                                            (visit.say("web-use")) span.hidden { " " (one.value) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                    (body)
                        (button(&visit.say("web-describe-check"), html! {
                            a href=(format!("/cases/{id}")) { (visit.say("web-cancel")) }
                        }))
                    }
                }
            }
        },
    ))
}

/// Keeps the draft, and shows what was understood.
pub(crate) fn check(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let used = visit
        .form
        .given("use")
        .and_then(|used| used.split_once('='));
    if let Some((name, value)) = used {
        // One suggestion is taken, and everything else stays as it was typed.
        let form = taken(visit, name, value)?;
        visit
            .keep()
            .draft(&draft_of(visit, &view)?, form.fields())?;
        let kind = kind_of(form.text("kind")).ok_or(Problem::Malformed)?;
        return Ok(Reply::see(format!(
            "/cases/{}/describe?kind={}#describe",
            view.id,
            kind.as_str()
        )));
    }
    visit
        .keep()
        .draft(&draft_of(visit, &view)?, visit.form.fields())?;
    let demand = match demand_of(visit, &visit.form, &view) {
        Ok((demand, _)) => demand,
        Err(wrong) => return again(visit, &view, &wrong, None),
    };
    check_page(visit, &view, &demand, None)
}

fn again(
    visit: &Visit<'_>,
    view: &CaseView,
    wrong: &[Wrong],
    refusal: Option<&CommandError>,
) -> Result<Reply, Problem> {
    let kind = kind_of(visit.form.text("kind")).ok_or(Problem::Malformed)?;
    let parts = fields::parts(&visit.form).max(1);
    let filled = Filled {
        form: &visit.form,
        kind,
        parts,
        kept: Some(visit.now),
        wrong,
        refusal,
    };
    second_page(visit, view, &filled)
}

/// The form with a suggestion in its field. An authority of the list brings its country and kind along:
/// they are the list's own.
fn taken(visit: &Visit<'_>, name: &str, value: &str) -> Result<Form, Problem> {
    let mut form = Form::of(
        visit
            .form
            .fields()
            .iter()
            .filter(|(field, _)| field != "use")
            .cloned()
            .collect(),
    );
    let known = [
        "authority",
        "reference",
        "provision",
        "officer-email",
        "part-1-identifiers",
        "issued-on",
        "valid-until",
    ];
    if !known.contains(&name) {
        return Err(Problem::Malformed);
    }
    let there = form.text(name).to_owned();
    let value = match name {
        "part-1-identifiers" if !there.is_empty() => format!("{there}\n{value}"),
        _ => value.to_owned(),
    };
    form = fields::with(form, name, &value);
    if name == "authority" {
        let all = &visit.desk.authorities()?.authorities;
        if let Some(one) = all.iter().find(|one| one.name == value) {
            form = fields::with(form, "authority-country", one.country.as_str());
            form = fields::with(form, "authority-kind", one.kind.as_str());
        }
    }
    Ok(form)
}

/// The demand that the form says, and the file in which it is kept.
pub(crate) fn demand_of(
    visit: &Visit<'_>,
    form: &Form,
    view: &CaseView,
) -> Result<(Demand, Vec<u8>), Vec<Wrong>> {
    let before = view.case.demand.as_ref();
    let value = read::value(visit, form, before, visit.is_counsel())?;
    let bytes = serde_json::to_vec_pretty(&value).unwrap_or_default();
    match Demand::parse(&bytes) {
        Ok(demand) => Ok((demand, bytes)),
        Err(error) => Err(vec![wrong_field(visit, &error)]),
    }
}

fn wrong_field(visit: &Visit<'_>, error: &DemandError) -> Wrong {
    match error {
        DemandError::NotText(why) => Wrong {
            field: "kind".into(),
            why: why.clone(),
        },
        DemandError::Foreign(_) => Wrong {
            field: "kind".into(),
            why: lagrum_documents::demand_error(error, visit.phrases()),
        },
        DemandError::Field { field, why } => Wrong {
            field: read::form_field(field),
            why: lagrum_documents::demand_error(
                &DemandError::Field {
                    field: visit.say(&format!("web-d-{}", read::form_field(field))),
                    why: why.clone(),
                },
                visit.phrases(),
            ),
        },
    }
}

fn check_page(
    visit: &Visit<'_>,
    view: &CaseView,
    demand: &Demand,
    refusal: Option<&CommandError>,
) -> Result<Reply, Problem> {
    let title = visit.say("web-check");
    let shown = Shown {
        title: &title,
        status: if refusal.is_some() { 422 } else { 200 },
        refusal,
        ..Shown::at("demand")
    };
    let made = described(demand, &visit.zone(), visit.phrases());
    let original = beside(visit, view)?;
    let id = &view.id;
    let decided = !view.case.answers.is_empty();
    let missing = unknown(visit, demand);
    Ok(case_page(
        visit,
        view,
        &shown,
        html! {
            div.halves {
                div { (original) }
                section aria-labelledby="check" {
                    h2 #check { (title) }
                    p { (visit.say("web-check-lead")) }
                    (document(&made))
                    @if !missing.is_empty() {
                        (note(Note::Warning, html! {
                            h2 { (visit.count("web-check-unknown", missing.len() as u64)) }
                            ul { @for one in &missing { li { (one) } } }
                        }))
                    }
                    @if let Some(told) = told(visit, demand) { (note(Note::Quiet, html! { p { (told) } })) }
                    @if view.case.demand.is_some() && view.case.assessment.is_some() {
                        (note(Note::Warning, html! { p { (visit.say("web-check-void")) } }))
                    }
                    form action=(format!("/cases/{id}/describe/done")) method="post" {
                        @for (name, value) in visit.form.fields() {
                            @if name != "why" { input type="hidden" name=(name) value=(value); }
                        }
                        @if decided {
                            (text_area(&Field {
                                name: "why",
                                label: &visit.say("web-check-why"),
                                value: visit.form.text("why"),
                                required: true,
                                ..Field::default()
                            }, 2))
                        }
                        (button(&visit.say("web-check-button"), html! {
                            a href=(format!("/cases/{id}/describe")) { (visit.say("web-check-change")) }
                        }))
                    }
                }
            }
        },
    ))
}

/// What the papers do not say and what will stop the case later.
fn unknown(visit: &Visit<'_>, demand: &Demand) -> Vec<String> {
    let mut all = Vec::new();
    let mut add = |missing: bool, name: &str| {
        if missing {
            all.push(visit.say(&format!("web-unknown-{name}")));
        }
    };
    add(demand.instrument.signatures.is_empty(), "signature");
    let known = known(visit, demand);
    let has_key = known.is_some_and(|one| one.recipient_key.is_some());
    let told = known.is_some_and(|one| one.told().is_some());
    add(demand.recipient.is_none() && !has_key && !told, "key");
    add(
        demand.offence.is_none() && demand.emergency.is_none(),
        "offence",
    );
    let open = |part: &lagrum_model::DemandPart| part.period.unwrap_or_default().from().is_none();
    add(demand.parts.iter().any(open), "period");
    let measured = fields::asks(demand.instrument.kind).contains(&"measure");
    add(measured && demand.instrument.measure.is_none(), "measure");
    add(
        demand
            .secrecy
            .as_ref()
            .is_some_and(|secrecy| secrecy.until.is_none()),
        "secrecy-end",
    );
    all
}

/// What the list of authorities has of the one that asks.
fn known<'v>(visit: &'v Visit<'_>, demand: &Demand) -> Option<&'v KnownAuthority> {
    let all = visit.desk.authorities().ok()?;
    all.find(&demand.authority.name, demand.authority.country)
}

/// Who tells the authority a passphrase, where its answer is sealed to no key.
fn told(visit: &Visit<'_>, demand: &Demand) -> Option<String> {
    let known = known(visit, demand)?;
    let no_key = demand.recipient.is_none() && known.recipient_key.is_none();
    let told = known.told().filter(|_| no_key)?;
    let by = person(visit, &told.told_by);
    Some(visit.fill("web-unknown-key-told", &[("by", &by)]))
}

/// Records the description.
pub(crate) fn done(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let view = view(visit)?;
    let (demand, bytes) = match demand_of(visit, &visit.form, &view) {
        Ok(found) => found,
        Err(wrong) => return again(visit, &view, &wrong, None),
    };
    let name = format!("description-{}.json", view.case.events + 1);
    let file = Intake {
        file_name: &name,
        bytes: &bytes,
        arrival: Arrival::default(),
    };
    let why = visit.form.given("why");
    match visit.command(|session| session.describe(&view.id, &file, &[], why))? {
        // The same description again is no other one; either way the form has done its work.
        Ok(_) => {
            visit.keep().forget_draft(&draft_of(visit, &view)?)?;
            Ok(Reply::see(visit.after(
                &view.id,
                "/call-back",
                "described",
            )?))
        }
        Err(refusal) => check_page(visit, &view, &demand, Some(&refusal)),
    }
}

/// A field of the form, in short.
fn line(
    visit: &Visit<'_>,
    form: &Form,
    name: &str,
    wrong: Option<&str>,
    more: Field<'_>,
) -> Markup {
    let label = visit.say(&format!("web-d-{name}"));
    field(&Field {
        name,
        label: &label,
        value: form.raw(name),
        wrong,
        ..more
    })
}
