//! From the form to a demand.

use jiff::Timestamp;
use jiff::civil::DateTime;
use lagrum_documents::Zone;
use lagrum_model::{Demand, Identifier};
use serde_json::{Map, Value, json};

use super::places::{CONTROLLER_TOLD, ELEMENTS, OF_ELEMENTS, PLAIN, SIGNATURES, TICKED, WHOLE};
use super::{Wrong, fields};
use crate::form::Form;
use crate::visit::Visit;

/// The demand as JSON: what was described before, with what the form says in its place. Findings are
/// counsel's; another person's description has none.
pub(super) fn value(
    visit: &Visit<'_>,
    form: &Form,
    before: Option<&Demand>,
    counsel: bool,
) -> Result<Value, Vec<Wrong>> {
    let mut out = match before {
        Some(demand) => serde_json::to_value(demand).unwrap_or_default(),
        None => json!({"format": "lagrum-demand/2"}),
    };
    out["format"] = json!("lagrum-demand/2");
    if !counsel {
        remove(&mut out, "/findings");
    }
    remove(&mut out, "/originals");
    let mut wrong = Vec::new();
    let zone = form
        .given("zone")
        .map_or_else(|| Ok(visit.zone()), Zone::named);
    let zone = zone.unwrap_or_else(|_| Zone::utc());
    // Of what the form of this kind of instrument does not ask, stays what was described.
    let kind = super::kind_of(form.text("kind"));
    let same = before.filter(|demand| Some(demand.instrument.kind) == kind);
    let kept =
        |name: &str| same.is_some() && kind.is_some_and(|kind| !fields::is_asked(kind, name));
    for (name, path) in PLAIN {
        if kept(name) {
            continue;
        }
        let text = form.text(name);
        let value = match name {
            _ if TICKED.contains(&name) => form.ticked(name).then_some(Value::Bool(true)),
            _ if text.is_empty() => None,
            "offence-months" | "sentence-months" => match text.parse::<u32>() {
                Ok(months) => Some(json!(months)),
                Err(_) => {
                    wrong.push(Wrong {
                        field: name.into(),
                        why: visit.say("web-wrong-months"),
                    });
                    None
                }
            },
            _ => Some(json!(text)),
        };
        match value {
            Some(value) => set(&mut out, path, value),
            None => remove(&mut out, path),
        }
    }
    // What stands alone in a field that belongs to another would be an object without its name.
    for (name, path) in WHOLE {
        if form.text(name).is_empty() && !kept(name) {
            remove(&mut out, path);
        }
    }
    signed(&mut out);
    // Both are there as a whole, what is not ticked among it.
    if !form.text("sentence-months").is_empty() {
        for (name, path) in PLAIN
            .iter()
            .filter(|(_, path)| path.starts_with("/sentence/"))
        {
            if TICKED.contains(name) {
                set(&mut out, path, json!(form.ticked(name)));
            }
        }
    }
    if !kept("digital-services") {
        remove(&mut out, ELEMENTS);
        if form.ticked("digital-services") {
            for (name, of) in OF_ELEMENTS {
                let path = format!("{ELEMENTS}/{of}");
                set(&mut out, &path, json!(form.ticked(name)));
            }
        }
    }
    if !kept("controller-told") {
        match form.text("controller-told") {
            "" => remove(&mut out, CONTROLLER_TOLD),
            told => set(&mut out, CONTROLLER_TOLD, json!(told == "yes")),
        }
    }
    addressee(form, &mut out);
    let mut instant = |name: &str, path: &str| match at(form.text(name), &zone) {
        Ok(Some(at)) => set(&mut out, path, json!(at)),
        Ok(None) => remove(&mut out, path),
        Err(()) => wrong.push(Wrong {
            field: name.to_owned(),
            why: visit.say("web-wrong-time"),
        }),
    };
    if !form.text("secrecy-provision").is_empty() {
        instant("secrecy-until", "/secrecy/until");
    }
    if !kept("answer-by") {
        instant("answer-by", "/process/answer_by");
    }
    match (form.given("recipient"), form.given("recipient-key")) {
        (None, None) => remove(&mut out, "/recipient"),
        (name, key) => {
            let name = name.unwrap_or(form.text("authority"));
            out["recipient"] = json!({"name": name, "key": key.unwrap_or_default()});
        }
    }
    out["part"] = parts(visit, form, &zone, &mut wrong);
    for name in ["signature", "signature-2", "signature-3"] {
        let how = format!("{name}-form");
        if !form.text(name).is_empty() && form.text(&how).is_empty() {
            let field = visit.say(&format!("web-d-{how}"));
            wrong.push(Wrong {
                field: how,
                why: visit.fill("web-wrong-empty", &[("field", &field)]),
            });
        }
    }
    for required in [
        "authority",
        "authority-country",
        "authority-kind",
        "officer",
        "officer-email",
        "reference",
        "provision",
        "law-country",
        "issued-on",
        "issuer",
        "issuer-kind",
        "entity",
    ] {
        if form.text(required).is_empty() {
            wrong.push(Wrong {
                field: required.into(),
                why: visit.fill(
                    "web-wrong-empty",
                    &[("field", &visit.say(&format!("web-d-{required}")))],
                ),
            });
        }
    }
    match wrong.is_empty() {
        true => Ok(out),
        false => Err(wrong),
    }
}

/// Of the signatures, those with somebody's name: how nobody signed is no signature.
fn signed(out: &mut Value) {
    if let Some(Value::Array(all)) = out.pointer_mut(SIGNATURES) {
        all.retain(|one| one.get("name").is_some());
        if all.is_empty() {
            remove(out, SIGNATURES);
        }
    }
}

fn addressee(form: &Form, out: &mut Value) {
    let (country, name) = form
        .text("entity")
        .split_once('|')
        .unwrap_or_else(|| (form.text("entity-other-country"), form.text("entity-other")));
    out["addressee"] = json!({"entity": name, "country": country});
}

fn parts(visit: &Visit<'_>, form: &Form, zone: &Zone, wrong: &mut Vec<Wrong>) -> Value {
    let mut all = Vec::new();
    for number in 1..=fields::parts(form) {
        let name = |what: &str| format!("part-{number}-{what}");
        let lines = form.raw(&name("identifiers")).lines().map(str::trim);
        let mut identifiers = Vec::new();
        for line in lines.filter(|line| !line.is_empty()) {
            match Identifier::parse(line) {
                Ok(one) => identifiers.push(serde_json::to_value(one).unwrap_or_default()),
                Err(why) => wrong.push(Wrong {
                    field: name("identifiers"),
                    why,
                }),
            }
        }
        let categories: Vec<_> = form.all(&name("categories")).collect::<Vec<_>>();
        let boxes: Vec<_> = form.all(&name("boxes")).collect::<Vec<_>>();
        // A part in which nothing was written is none.
        if identifiers.is_empty() && categories.is_empty() && number > 1 {
            continue;
        }
        if categories.is_empty() {
            wrong.push(Wrong {
                field: name("categories"),
                why: visit.say("web-wrong-categories"),
            });
        }
        let mut part = json!({"identifiers": identifiers, "categories": categories});
        if !boxes.is_empty() {
            part["sub_categories"] = json!(boxes);
        }
        let mut period = Map::new();
        for end in ["from", "until"] {
            match at(form.text(&name(end)), zone) {
                Ok(Some(at)) => {
                    period.insert(end.into(), json!(at));
                }
                Ok(None) => {}
                Err(()) => wrong.push(Wrong {
                    field: name(end),
                    why: visit.say("web-wrong-time"),
                }),
            }
        }
        if !period.is_empty() {
            part["period"] = Value::Object(period);
        }
        all.push(part);
    }
    Value::Array(all)
}

/// An instant that was typed as a wall in `zone` shows it.
fn at(text: &str, zone: &Zone) -> Result<Option<Timestamp>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let there: DateTime = text.parse().map_err(|_| ())?;
    let there = there.to_zoned_datetime(zone.time_zone().clone());
    Ok(Some(there.map_err(|_| ())?.timestamp()))
}

/// Puts a value at a path, making what is missing on the way.
fn set(out: &mut Value, path: &str, value: Value) {
    let mut here = out;
    for step in path.split('/').skip(1) {
        here = match step.parse::<usize>() {
            Ok(place) => {
                if !here.is_array() {
                    *here = json!([]);
                }
                let Value::Array(list) = here else { return };
                while list.len() <= place {
                    list.push(json!({}));
                }
                &mut list[place]
            }
            Err(_) => {
                if !here.is_object() {
                    *here = json!({});
                }
                let Value::Object(map) = here else { return };
                map.entry(step).or_insert(Value::Null)
            }
        };
    }
    *here = value;
}

fn remove(out: &mut Value, path: &str) {
    let Some((above, last)) = path.rsplit_once('/') else {
        return;
    };
    if let Some(Value::Object(map)) = out.pointer_mut(above) {
        map.remove(last);
    }
}

/// The field of the form for a path of a demand file.
pub(super) fn form_field(path: &str) -> String {
    let slashed = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    if let Some((name, _)) = PLAIN
        .iter()
        .find(|(_, plain)| slashed == *plain || slashed.starts_with(&format!("{plain}/")))
    {
        return (*name).to_owned();
    }
    let part = slashed
        .strip_prefix("/part/")
        .or_else(|| slashed.strip_prefix("/parts/"));
    if let Some(rest) = part {
        let (number, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let number: usize = number.parse().unwrap_or(0);
        let what = match rest.split('/').next().unwrap_or_default() {
            "categories" => "categories",
            "sub_categories" => "categories",
            "period" => "from",
            _ => "identifiers",
        };
        return format!("part-{}-{what}", number + 1);
    }
    let first = slashed.split('/').nth(1).unwrap_or_default();
    match first {
        "recipient" if slashed.ends_with("key") => "recipient-key",
        "recipient" => "recipient",
        "addressee" => "entity",
        "secrecy" => "secrecy-until",
        "process" => "answer-by",
        "authority" => "authority",
        "offence" => "offence",
        "emergency" => "threat-facts",
        _ => "provision",
    }
    .to_owned()
}
