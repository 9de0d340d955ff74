//! What the solver found, in the words of the model.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy_symcc::Env;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use lagrum_model::{AskedPeriod, CountryCode, Finding, SubCategory};
use serde_json::{Map, Value, json};

use crate::Counterexample;
use crate::demand_file::demand;
use crate::simplify::Asked;

/// Countries that stand for "any other": taken for a country that the solver made up.
const OTHERS: [&str; 12] = [
    "BR", "JP", "IN", "ZA", "MX", "KE", "NZ", "CL", "AR", "EG", "KR", "ID",
];

impl Counterexample {
    pub(crate) fn new(
        asked: &Asked,
        finding: Finding,
        as_of: Date,
        packs: &[String],
    ) -> Result<Self, String> {
        Ok(Self {
            as_of,
            packs: packs.to_vec(),
            demand: demand(asked)?,
            holding: asked.holding.clone(),
            verified: asked.basis.authority.verified,
            emergency_believed: asked.basis.emergency_believed,
            received_at: asked.basis.received_at,
            since: asked.basis.since,
            clocks: asked.basis.clocks.clone(),
            finding,
        })
    }
}

/// The solver's request in the words of the model. Countries that it made up get names that no rule
/// and no group has.
pub(crate) fn asked(found: &Env, known: &BTreeSet<String>, day: Date) -> Result<Asked, String> {
    let mut countries = Countries {
        known,
        others: OTHERS
            .iter()
            .filter(|code| !known.contains(**code))
            .collect(),
        named: BTreeMap::new(),
    };
    let request = &found.request;
    let context = request
        .context()
        .ok_or("the solver left the context open")?;
    let context = context.to_json_value().map_err(|e| e.to_string())?;
    let mut context = countries.plain(context)?;
    let mut entity = |uid: Option<&cedar_policy::EntityUid>| {
        let uid = uid.ok_or("the solver left the request open")?;
        let entity = found.entities.get(uid).ok_or("an entity is missing")?;
        let value = entity.to_json_value().map_err(|e| e.to_string())?;
        countries.plain(value["attrs"].clone())
    };
    let authority = entity(request.principal())?;
    let mut holding = entity(request.resource())?;
    holding["region"] = json!("somewhere");
    let includes = holding.as_object_mut().and_then(|of| of.remove("includes"));
    let asked = includes
        .as_ref()
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let asked = asked.filter(|(_, asked)| **asked == json!(true));
    let asked: Value = asked.map(|(name, _)| name.replace('_', "-")).collect();
    let asked: Vec<SubCategory> =
        serde_json::from_value(asked).map_err(|e| format!("what is asked for: {e}"))?;

    let fields = context
        .as_object_mut()
        .ok_or("the context is not a record")?;
    let named = fields.remove("named") == Some(json!(true));
    let period = fields.remove("period").unwrap_or_default();
    let period: AskedPeriod =
        serde_json::from_value(period).map_err(|e| format!("the period: {e}"))?;
    let standing = fields.remove("clocks").unwrap_or_default();
    let mut clocks = Map::new();
    for (word, those) in standing.as_object().into_iter().flatten() {
        for clock in those.as_array().into_iter().flatten() {
            let name = clock.as_str().unwrap_or_default().to_owned();
            if clocks.insert(name, json!(word)).is_some() {
                return Err("a clock stands in two ways".into());
            }
        }
    }
    fields.insert("clocks".into(), Value::Object(clocks));
    fields.insert("authority".into(), authority);
    let instrument = fields
        .get_mut("instrument")
        .and_then(Value::as_object_mut)
        .ok_or("the instrument is not a record")?;
    instrument.remove("judge");
    if instrument.remove("expired") == Some(json!(true)) {
        let before = day.yesterday().map_err(|e| e.to_string())?;
        instrument.insert("valid_until".into(), json!(before.to_string()));
    }
    let ahead = instrument.remove("dated_ahead") == Some(json!(true));
    let issued_on = instrument["issued_on"]
        .as_str()
        .and_then(|text| text.get(..10));
    let issued_on = issued_on
        .and_then(|text| text.parse::<Date>().ok())
        .ok_or("the day of the instrument cannot be read")?;
    let issued_on = match ahead {
        true => day.checked_add(30.days()).unwrap_or(day),
        false => issued_on.min(day),
    };
    instrument.insert("issued_on".into(), json!(issued_on.to_string()));
    Ok(Asked {
        basis: serde_json::from_value(context).map_err(|e| format!("the demand: {e}"))?,
        holding: serde_json::from_value(holding).map_err(|e| format!("the holding: {e}"))?,
        named,
        period: (period != AskedPeriod::default()).then_some(period),
        sub_categories: SubCategory::to_tick(&asked),
    })
}

/// An instant as the solver writes it: so many milliseconds after the first one.
fn instant(value: &Value) -> Option<String> {
    let called = value.get("__extn")?;
    if called["fn"] == "datetime" {
        return Some(called["arg"].as_str()?.to_owned());
    }
    let after = called["args"].get(1)?["__extn"]["arg"].as_str()?;
    let after = after.strip_suffix("ms")?.parse().ok()?;
    Some(Timestamp::from_millisecond(after).ok()?.to_string())
}

struct Countries<'a> {
    known: &'a BTreeSet<String>,
    others: Vec<&'a &'static str>,
    named: BTreeMap<String, String>,
}

impl Countries<'_> {
    /// Entities by their names alone, as the model writes them.
    fn plain(&mut self, value: Value) -> Result<Value, String> {
        match value {
            Value::Object(fields) => {
                if let Some(entity) = fields.get("__entity") {
                    let text = |key: &str| entity[key].as_str().unwrap_or_default().to_owned();
                    return Ok(Value::String(match text("type").as_str() {
                        "Country" => self.country(text("id"))?,
                        _ => text("id"),
                    }));
                }
                if fields.contains_key("__extn") {
                    let value = Value::Object(fields);
                    return instant(&value)
                        .map(Value::String)
                        .ok_or_else(|| format!("{value} is no instant"));
                }
                let fields = fields
                    .into_iter()
                    .map(|(key, value)| Ok((key, self.plain(value)?)))
                    .collect::<Result<Map<_, _>, String>>()?;
                Ok(Value::Object(fields))
            }
            Value::Array(items) => items.into_iter().map(|item| self.plain(item)).collect(),
            other => Ok(other),
        }
    }

    fn country(&mut self, id: String) -> Result<String, String> {
        if self.known.contains(&id) && CountryCode::parse(&id).is_ok() {
            return Ok(id);
        }
        if let Some(name) = self.named.get(&id) {
            return Ok(name.clone());
        }
        let name = self
            .others
            .pop()
            .ok_or("it takes more countries than there are names for")?;
        self.named.insert(id, (*name).to_owned());
        Ok((*name).to_owned())
    }
}
