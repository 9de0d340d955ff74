//! The demand that has given facts: the other way round than `Demand::basis`.

use lagrum_model::{Basis, Demand};
use serde_json::{Map, Value, json};

use crate::simplify::Asked;

/// A demand of exactly these facts.
///
/// # Errors
/// A sentence, if no demand file has these facts.
pub(crate) fn demand(asked: &Asked) -> Result<Demand, String> {
    let basis = serde_json::to_value(&asked.basis).map_err(|e| e.to_string())?;
    let facts = &basis["instrument"];
    let mut instrument = facts.as_object().cloned().unwrap_or_default();
    let signed = instrument.remove("signed") == Some(json!(true));
    let qualified = instrument.remove("qualified_signature") == Some(json!(true));
    let treaty = instrument.remove("treaty") == Some(json!(true));
    let form = if qualified {
        "qualified"
    } else {
        "handwritten"
    };
    instrument.insert("provision".into(), json!("any"));
    for who in ["issued_by", "validated_by"] {
        if let Some(kind) = instrument.remove(who) {
            instrument.insert(who.into(), json!({"name": "Any", "kind": kind}));
        }
    }
    if signed {
        instrument.insert("signatures".into(), json!([{"name": "Any", "form": form}]));
    }
    if treaty {
        instrument.insert("treaty".into(), json!("any"));
    }
    let mut demand = json!({
        "format": "lagrum-demand/2",
        "reference": "counterexample",
        "authority": {
            "name": "Any authority",
            "country": basis["authority"]["country"],
            "kind": basis["authority"]["kind"],
            "officer": {"name": "Any", "email": "any@authority.example"},
        },
        "instrument": instrument,
        "addressee": {"entity": "The provider", "country": basis["addressee_country"]},
        "part": [{
            "identifiers": [if asked.named {
                json!({"kind": "email-address", "value": "someone@provider.example"})
            } else {
                json!({"kind": "network", "value": "192.0.2.0/24"})
            }],
            "categories": [asked.holding.category],
        }],
    });
    if !asked.sub_categories.is_empty() {
        demand["part"][0]["sub_categories"] =
            serde_json::to_value(&asked.sub_categories).map_err(|e| e.to_string())?;
    }
    if let Some(period) = asked.period {
        demand["part"][0]["period"] = serde_json::to_value(period).map_err(|e| e.to_string())?;
    }
    let mut offence = Map::new();
    if let Some(months) = basis.get("maximum_penalty_months") {
        offence.insert("maximum_penalty_months".into(), months.clone());
    }
    if asked.basis.listed_offence {
        offence.insert("listed".into(), json!(true));
    }
    if !offence.is_empty() {
        offence.insert("description".into(), json!("any"));
        demand["offence"] = Value::Object(offence);
    }
    if asked.basis.emergency {
        demand["emergency"] = json!({"threat_to": "person", "facts": "any"});
    }
    for same in ["purpose", "sentence", "findings"] {
        if let Some(value) = basis.get(same) {
            demand[same] = value.clone();
        }
    }
    let demand: Demand = serde_json::from_value(demand).map_err(|e| e.to_string())?;
    let basis = Basis {
        received_at: asked.basis.received_at,
        since: asked.basis.since,
        clocks: asked.basis.clocks.clone(),
        ..demand.basis(
            asked.basis.authority.verified,
            asked.basis.emergency_believed,
        )
    };
    if basis == asked.basis {
        Ok(demand)
    } else {
        Err("no demand file has these facts".into())
    }
}
