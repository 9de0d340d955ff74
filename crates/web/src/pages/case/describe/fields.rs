//! The fields of the form.

use jiff::Timestamp;
use lagrum_documents::Zone;
use lagrum_model::{
    AuthorityKind, Category, Demand, InstrumentKind, IssuerKind, Measure, SubCategory,
};
use maud::{Markup, html};

use super::line;
use super::places::{ELEMENTS, OF_ELEMENTS, PLAIN};
use crate::error::Problem;
use crate::form::Form;
use crate::look::{Choice, Field, boxes, choices, select, text_area};
use crate::pages::choices::countries;
use crate::visit::Visit;

/// More parts than one form has; a demand with more is described in a file.
pub(super) const MOST_PARTS: usize = 8;
/// The zones in which papers write times.
const ZONES: [&str; 14] = [
    "UTC",
    "Europe/Stockholm",
    "Europe/Copenhagen",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Amsterdam",
    "Europe/Warsaw",
    "Europe/Helsinki",
    "Europe/Dublin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
];

/// What one kind of instrument is asked about, beside what every one is.
pub(super) fn asks(kind: InstrumentKind) -> &'static [&'static str] {
    use InstrumentKind as K;
    match kind {
        K::CourtDecision | K::ProsecutorDecision | K::PoliceRequest => &[
            "measure",
            "offence",
            "secrecy",
            "interim",
            "digital-services",
        ],
        K::EuropeanProductionOrder => &[
            "validated",
            "notification",
            "offence",
            "sentence",
            "emergency",
            "secrecy",
            "controller-told",
            "deadline",
        ],
        K::EuropeanPreservationOrder => &["validated", "offence", "sentence", "secrecy"],
        K::EuropeanInvestigationOrder | K::MutualLegalAssistanceRequest => {
            &["validated", "treaty", "offence", "secrecy", "certificate"]
        }
        K::SearchWarrant | K::Subpoena | K::DisclosureOrder => {
            &["offence", "secrecy", "deadline", "certificate"]
        }
        K::NationalSecurityLetter => &["certified", "secrecy", "terms-of-secrecy"],
        K::ForeignIntelligenceOrder => &["certified", "secrecy"],
        K::EmergencyRequest => &["emergency", "offence"],
        K::PreservationRequest | K::PreservationOrder => &["offence", "secrecy"],
        K::ProductionOrder => &[
            "treaty",
            "rank",
            "offence",
            "secrecy",
            "deadline",
            "certificate",
            "digital-services",
        ],
        K::CommunicationsDataNotice | K::InterceptionWarrant => &["rank", "offence", "secrecy"],
        K::DigitalServicesOrder => &["offence", "secrecy", "digital-services"],
    }
}

/// Whether the form of one kind of instrument has a field.
pub(super) fn is_asked(kind: InstrumentKind, name: &str) -> bool {
    let group = match name {
        "customer-cannot-be-asked" => "notification",
        "rank-confirmed" => "rank",
        "answer-by" => "deadline",
        "certificate-wanted" => "certificate",
        "threat-to" | "threat-facts" => "emergency",
        "secrecy-certified" | "secrecy-review-notice" => "terms-of-secrecy",
        _ => [
            "validated",
            "offence",
            "secrecy",
            "sentence",
            "digital-services",
        ]
        .into_iter()
        .find(|group| name.starts_with(group))
        .unwrap_or(name),
    };
    let of_some = InstrumentKind::ALL
        .into_iter()
        .any(|kind| asks(kind).contains(&group));
    !of_some || asks(kind).contains(&group)
}

/// How many parts a form has.
pub(super) fn parts(form: &Form) -> usize {
    let numbers = form.fields().iter().filter_map(|(name, _)| {
        let rest = name.strip_prefix("part-")?;
        rest.split_once('-')?.0.parse::<usize>().ok()
    });
    numbers.max().unwrap_or(0).min(MOST_PARTS)
}

/// The same form with one field replaced.
pub(super) fn with(form: Form, name: &str, value: &str) -> Form {
    let mut fields: Vec<_> = form.fields().to_vec();
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    Form::of(fields)
}

/// The form of one instrument. `wrong` says what is wrong with a field.
pub(super) fn form<'f>(
    visit: &Visit<'_>,
    form: &Form,
    kind: InstrumentKind,
    parts: usize,
    wrong: &dyn Fn(&str) -> Option<&'f str>,
) -> Result<Markup, Problem> {
    let asked = asks(kind);
    let has = |name: &str| asked.contains(&name);
    let one = |name: &str, more: Field<'_>| line(visit, form, name, wrong(name), more);
    let short = Field {
        class: "short",
        ..Field::default()
    };
    let date = Field {
        class: "short",
        kind: "date",
        ..Field::default()
    };
    let need = |field: Field<'static>| Field {
        required: true,
        ..field
    };
    let tick = |name: &str| {
        let label = visit.say(&format!("web-d-{name}"));
        html! {
            div.choice {
                input type="checkbox" id=(name) name=(name) value="yes" checked[form.ticked(name)];
                label for=(name) { (label) }
            }
        }
    };
    let words = visit.phrases();
    let known = &visit.desk.authorities()?.authorities;
    let of_words = |key: &str, all: &[&str]| -> Vec<Choice> {
        all.iter()
            .map(|one| Choice::new(*one, words.sentence(&words.word(&format!("{key}-{one}")))))
            .collect()
    };
    let radios = |name: &str, all: &[Choice]| {
        choices(
            &Field {
                name,
                label: &visit.say(&format!("web-d-{name}")),
                value: form.raw(name),
                wrong: wrong(name),
                ..Field::default()
            },
            all,
        )
    };
    let list = |name: &str, all: &[Choice]| {
        // Nothing is filled in for people.
        let mut all = all.to_vec();
        if all.first().is_none_or(|first| !first.value.is_empty()) {
            all.insert(0, Choice::new("", visit.say("web-choose")));
        }
        select(
            &Field {
                name,
                label: &visit.say(&format!("web-d-{name}")),
                value: form.raw(name),
                wrong: wrong(name),
                class: "short",
                ..Field::default()
            },
            &all,
        )
    };
    let kinds: Vec<_> = AuthorityKind::ALL
        .iter()
        .map(|kind| kind.as_str())
        .collect();
    let issuers: Vec<_> = IssuerKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let countries = |name: &str| list(name, &countries(visit, form.raw(name)));
    let mut entities: Vec<_> = visit
        .desk
        .entities()?
        .iter()
        .map(|entity| {
            let value = format!("{}|{}", entity.country, entity.name);
            Choice::new(
                value,
                format!("{}, {}", entity.name, words.country(entity.country)),
            )
        })
        .collect();
    entities.push(Choice::new("other", visit.say("web-d-entity-other-choice")));
    let measures: Vec<_> = Measure::ALL
        .iter()
        .map(|one| {
            let name = words.word(&format!("value-measure-{}", one.as_str()));
            Choice::new(one.as_str(), words.sentence(&name))
        })
        .chain([Choice::new("", visit.say("web-cannot-tell"))])
        .collect();
    let zones: Vec<_> = zones(visit);
    let form_zone = form
        .given("zone")
        .map_or_else(|| visit.zone().name().to_owned(), str::to_owned);
    let yes = |name: &str| visit.say(name);
    Ok(html! {
        fieldset.group {
            legend { (visit.say("web-d-group-who")) }
            datalist #authorities { @for one in known { option value=(one.name) {} } }
            (one("authority", Field { required: true, list: "authorities", hint: &yes("web-d-authority-hint"), ..Field::default() }))
            div.columns {
                (countries("authority-country"))
                (list("authority-kind", &of_words("web-authority-kind", &kinds)))
            }
            div.columns {
                (one("officer", need(Field::default())))
                (one("officer-email", Field { kind: "email", required: true, ..Field::default() }))
            }
            (one("reference", need(short)))
        }
        fieldset.group {
            legend { (visit.say("web-d-group-instrument")) }
            @if has("measure") { (radios("measure", &measures)) }
            (one("provision", Field { required: true, hint: &yes("web-d-provision-hint"), ..Field::default() }))
            div.columns {
                (countries("law-country"))
                (one("issued-on", Field { required: true, ..date }))
            }
            div.columns {
                (one("issuer", need(Field::default())))
                (list("issuer-kind", &of_words("issuer", &issuers)))
            }
            (one("issuer-reference", Field { hint: &yes("web-d-issuer-reference-hint"), ..short }))
            div.columns {
                (one("signature", Field { hint: &yes("web-d-signature-hint"), ..Field::default() }))
                (list("signature-form", &of_words("web-signature", &["handwritten", "electronic", "qualified"])))
            }
            @let further = ["signature-2", "signature-3"];
            details open[further.iter().any(|name| !form.raw(name).is_empty())] {
                summary { (visit.say("web-d-further-signatures")) }
                @for name in further {
                    div.columns {
                        (one(name, Field::default()))
                        (list(&format!("{name}-form"), &of_words("web-signature", &["handwritten", "electronic", "qualified"])))
                    }
                }
            }
            @if has("validated") {
                div.columns {
                    (one("validated", Field { hint: &yes("web-d-validated-hint"), ..Field::default() }))
                    (list("validated-kind", &of_words("issuer", &issuers)))
                }
            }
            @if has("notification") {
                (list("notification", &[
                    Choice::new("", visit.say("web-not-said")),
                    Choice::new("not-required", visit.say("web-notification-not-required")),
                    Choice::new("pending", visit.say("web-notification-pending")),
                    Choice::new("cleared", visit.say("web-notification-cleared")),
                    Choice::new("refused", visit.say("web-notification-refused")),
                ]))
                (tick("customer-cannot-be-asked"))
            }
            @if has("treaty") { (one("treaty", Field::default())) }
            @if has("rank") { (tick("rank-confirmed")) }
            @if has("certified") { (tick("certified")) }
            @if has("interim") { (tick("interim")) }
            @if has("certificate") { (tick("certificate-wanted")) }
            (one("valid-until", Field { hint: &yes("web-d-valid-until-hint"), ..date }))
            (list("entity", &entities))
            div.columns {
                (one("entity-other", Field::default()))
                (countries("entity-other-country"))
            }
            (list("purpose", &[
                Choice::new("", visit.say("web-not-said")),
                Choice::new("criminal-proceedings", words.sentence(&words.word("value-purpose-criminal-proceedings"))),
                Choice::new("criminal-intelligence", words.sentence(&words.word("value-purpose-criminal-intelligence"))),
                Choice::new("state-security", words.sentence(&words.word("value-purpose-state-security"))),
                Choice::new("missing-person", words.sentence(&words.word("value-purpose-missing-person"))),
                Choice::new("other", words.sentence(&words.word("value-purpose-other"))),
            ]))
        }
        (select(&Field {
            name: "zone",
            label: &visit.say("web-d-zone"),
            hint: &visit.say("web-d-zone-hint"),
            value: &form_zone,
            class: "short",
            ..Field::default()
        }, &zones))
        @for number in 1..=parts {
            (part(visit, form, number, wrong))
        }
        @if has("offence") {
            fieldset.group {
                legend { (visit.say("web-d-group-offence")) }
                (one("offence", Field::default()))
                div.columns {
                    (one("offence-provision", Field::default()))
                    (one("offence-months", Field { class: "tiny", ..Field::default() }))
                }
                (tick("offence-listed"))
            }
        }
        @if has("sentence") {
            fieldset.group {
                legend { (visit.say("web-d-group-sentence")) }
                (one("sentence-months", Field { class: "tiny", hint: &yes("web-d-sentence-months-hint"), ..Field::default() }))
                (tick("sentence-in-absentia"))
                (tick("sentence-absconded"))
            }
        }
        @if has("digital-services") {
            fieldset.group {
                legend { (visit.say("web-d-group-digital-services")) }
                (tick("digital-services"))
                @for (name, _) in OF_ELEMENTS { (tick(name)) }
            }
        }
        @if has("emergency") {
            fieldset.group {
                legend { (visit.say("web-d-group-emergency")) }
                (radios("threat-to", &[
                    Choice::new("", visit.say("web-threat-none")),
                    Choice::new("person", visit.say("web-threat-person")),
                    Choice::new("critical-infrastructure", visit.say("web-threat-infrastructure")),
                ]))
                (text_area(&Field {
                    name: "threat-facts",
                    label: &visit.say("web-d-threat-facts"),
                    value: form.raw("threat-facts"),
                    wrong: wrong("threat-facts"),
                    ..Field::default()
                }, 3))
            }
        }
        @if has("secrecy") {
            fieldset.group {
                legend { (visit.say("web-d-group-secrecy")) }
                (one("secrecy-provision", Field { hint: &yes("web-d-secrecy-provision-hint"), ..Field::default() }))
                (one("secrecy-until", Field { kind: "datetime-local", class: "short", hint: &yes("web-d-secrecy-until-hint"), ..Field::default() }))
                div.columns {
                    (one("secrecy-issuer", Field { hint: &yes("web-d-secrecy-issuer-hint"), ..Field::default() }))
                    (list("secrecy-issuer-kind", &of_words("issuer", &issuers)))
                }
                (one("secrecy-ordered-on", date))
                @if has("terms-of-secrecy") {
                    (tick("secrecy-certified"))
                    (tick("secrecy-review-notice"))
                }
                @if has("controller-told") {
                    (list("controller-told", &[
                        Choice::new("", visit.say("web-not-said")),
                        Choice::new("yes", visit.say("web-controller-told-yes")),
                        Choice::new("no", visit.say("web-controller-told-no")),
                    ]))
                }
            }
        }
        @if has("deadline") {
            fieldset.group {
                legend { (visit.say("web-d-group-deadline")) }
                (one("answer-by", Field { kind: "datetime-local", class: "short", hint: &yes("web-d-answer-by-hint"), ..Field::default() }))
            }
        }
        fieldset.group {
            legend { (visit.say("web-d-group-recipient")) }
            (one("recipient", Field { hint: &yes("web-d-recipient-hint"), ..Field::default() }))
            (one("recipient-key", Field { class: "mono", hint: &yes("web-d-recipient-key-hint"), ..Field::default() }))
        }
    })
}

fn zones(visit: &Visit<'_>) -> Vec<Choice> {
    let own = visit.zone();
    let others = ZONES.iter().filter(|name| **name != own.name());
    std::iter::once(own.name().to_owned())
        .chain(others.map(|name| (*name).to_owned()))
        .filter_map(|name| {
            let zone = Zone::named(&name).ok()?;
            let said = visit.phrases().zone(&zone);
            Some(Choice::new(name, visit.phrases().sentence(&said)))
        })
        .collect()
}

fn part<'f>(
    visit: &Visit<'_>,
    form: &Form,
    number: usize,
    wrong: &dyn Fn(&str) -> Option<&'f str>,
) -> Markup {
    let name = |what: &str| format!("part-{number}-{what}");
    let words = visit.phrases();
    let categories: Vec<_> = Category::ALL
        .iter()
        .map(|one| {
            let said = words.word(&format!("category-{}", one.as_str()));
            Choice::new(one.as_str(), words.sentence(&said))
        })
        .collect();
    let ticked = name("categories");
    let ticked: Vec<_> = form.all(&ticked).collect();
    let narrow = name("boxes");
    let narrow: Vec<_> = form.all(&narrow).collect();
    let at = |what: &str| {
        let name = name(what);
        let label = visit.say(&format!("web-d-{what}"));
        let hint = visit.say(&format!("web-d-{what}-hint"));
        crate::look::field(&Field {
            name: &name,
            label: &label,
            hint: &hint,
            value: form.raw(&name),
            wrong: wrong(&name),
            kind: "datetime-local",
            class: "short",
            ..Field::default()
        })
    };
    let numbered = visit.fill("web-d-group-part", &[("number", &number.to_string())]);
    html! {
        fieldset.group {
            legend { (numbered) }
            (text_area(&Field {
                name: &name("identifiers"),
                label: &visit.say("web-d-identifiers"),
                hint: &visit.say("web-d-identifiers-hint"),
                value: form.raw(&name("identifiers")),
                wrong: wrong(&name("identifiers")),
                ..Field::default()
            }, 2))
            (boxes(&Field {
                name: &name("categories"),
                label: &visit.say("web-d-categories"),
                hint: &visit.say("web-d-categories-hint"),
                wrong: wrong(&name("categories")),
                ..Field::default()
            }, &categories, &ticked))
            details open[!narrow.is_empty()] {
                summary { (visit.say("web-d-boxes")) }
                @for category in Category::ALL {
                    @let all = SubCategory::ALL.iter().filter(|one| one.category() == category).map(|one| {
                        let said = words.word(&format!("sub-category-{}", one.as_str()));
                        Choice::new(one.as_str(), words.sentence(&said))
                    }).collect::<Vec<_>>();
                    @if !all.is_empty() {
                        @let group = format!("part-{number}-boxes-{}", category.as_str());
                        fieldset.field {
                            legend { (words.sentence(&words.word(&format!("category-{}", category.as_str())))) }
                            @for (place, choice) in all.iter().enumerate() {
                                @let id = format!("{group}-{place}");
                                div.choice {
                                    input type="checkbox" id=(id) name=(name("boxes")) value=(choice.value) checked[narrow.contains(&choice.value.as_str())];
                                    label for=(id) { (choice.label) }
                                }
                            }
                        }
                    }
                }
            }
            div.columns { (at("from")) (at("until")) }
        }
    }
}

/// A description that is there, as the form shows it.
pub(super) fn of_demand(demand: &Demand, zone: &Zone) -> Form {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: String| {
        if !value.is_empty() {
            fields.push((name.to_owned(), value));
        }
    };
    let wall = |at: Timestamp| {
        let there = at.to_zoned_datetime(zone.time_zone().clone()).datetime();
        there.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    };
    let json = serde_json::to_value(demand).unwrap_or_default();
    let word = |path: &str| match json.pointer(path) {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(serde_json::Value::Bool(true)) => "yes".to_owned(),
        Some(serde_json::Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    for (name, path) in PLAIN {
        put(name, word(path));
    }
    if json.pointer(ELEMENTS).is_some() {
        put("digital-services", "yes".to_owned());
        for (name, of) in OF_ELEMENTS {
            put(name, word(&format!("{ELEMENTS}/{of}")));
        }
    }
    if let Some(told) = demand.process.controller_is_told {
        put(
            "controller-told",
            if told { "yes" } else { "no" }.to_owned(),
        );
    }
    put(
        "entity",
        format!("{}|{}", demand.addressee.country, demand.addressee.entity),
    );
    put("zone", zone.name().to_owned());
    if let Some(recipient) = &demand.recipient {
        put("recipient", recipient.name.clone());
        put("recipient-key", recipient.key.to_string());
    }
    for (name, at) in [
        (
            "secrecy-until",
            demand.secrecy.as_ref().and_then(|secrecy| secrecy.until),
        ),
        ("answer-by", demand.process.answer_by),
    ] {
        put(name, at.map(wall).unwrap_or_default());
    }
    for (number, part) in (1..).zip(&demand.parts) {
        let named: Vec<_> = part
            .identifiers
            .iter()
            .map(|one| match one.kind() {
                "email-address" => one.value(),
                kind => format!("{kind}:{}", one.value()),
            })
            .collect();
        put(&format!("part-{number}-identifiers"), named.join("\n"));
        for category in &part.categories {
            put(
                &format!("part-{number}-categories"),
                category.as_str().to_owned(),
            );
        }
        for one in &part.sub_categories {
            put(&format!("part-{number}-boxes"), one.as_str().to_owned());
        }
        let period = part.period.unwrap_or_default();
        put(
            &format!("part-{number}-from"),
            period.from().map(wall).unwrap_or_default(),
        );
        put(
            &format!("part-{number}-until"),
            period.until().map(wall).unwrap_or_default(),
        );
    }
    Form::of(fields)
}
