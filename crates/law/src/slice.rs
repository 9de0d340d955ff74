//! Which rules can apply to a demand at all, whatever data it asks for.
//!
//! Most conditions of a rule speak of the demand alone: who asks, with what, of which company.
//! They are the same for every holding of a demand, so they are judged once: a rule that fails
//! them cannot apply to any of its holdings, and of the others only the rest is left to judge.

use cedar_policy::Policy;
use serde_json::{Value, json};

/// A rule in two parts under the same name, which apply together exactly where it applies.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// The conditions that do not depend on the holding or on how and from when to when it is asked
    /// for, as a rule that permits where they all hold.
    pub(crate) demand: Policy,
    /// The other conditions, as a rule of the same effect.
    pub(crate) holding: Policy,
}

/// Parts a rule. Both parts are judged by Cedar; nothing is interpreted here.
pub(crate) fn parts(policy: &Policy) -> Result<Parts, String> {
    let mut whole = policy.to_json().map_err(|error| error.to_string())?;
    let (mut of_demand, mut of_holding) = (Vec::new(), Vec::new());
    let conditions = whole.get_mut("conditions").map(Value::take);
    for condition in conditions
        .as_ref()
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let holds = match condition["kind"].as_str() {
            Some("when") => true,
            Some("unless") => false,
            other => return Err(format!("a condition of the kind {other:?} is not known")),
        };
        conjuncts(&condition["body"], holds, &mut |body, holds| {
            let kind = if holds { "when" } else { "unless" };
            let part = json!({"kind": kind, "body": body});
            if depends_on_holding(body) {
                of_holding.push(part);
            } else {
                of_demand.push(part);
            }
        });
    }
    whole["annotations"] = json!({});
    let made = |text: Value| {
        Policy::from_json(Some(policy.id().clone()), text).map_err(|error| error.to_string())
    };
    let mut demand = whole.clone();
    demand["conditions"] = Value::Array(of_demand);
    demand["effect"] = json!("permit");
    demand["resource"] = json!({"op": "All"});
    let mut holding = whole;
    holding["conditions"] = Value::Array(of_holding);
    holding["principal"] = json!({"op": "All"});
    holding["action"] = json!({"op": "All"});
    Ok(Parts {
        demand: made(demand)?,
        holding: made(holding)?,
    })
}

/// The parts of a condition that must all hold (`holds`), or must all not hold: `a && b` holds where
/// both do, `a || b` does not hold where neither does.
fn conjuncts<'a>(body: &'a Value, holds: bool, take: &mut impl FnMut(&'a Value, bool)) {
    let joint = if holds { "&&" } else { "||" };
    if let Some(both) = body.get(joint) {
        conjuncts(&both["left"], holds, take);
        conjuncts(&both["right"], holds, take);
    } else if let Some(not) = body.get("!") {
        conjuncts(&not["arg"], !holds, take);
    } else {
        take(body, holds);
    }
}

/// Whether a condition speaks of the holding, of whether the demand names its account, or of the
/// period: the things that differ between the parts of one demand. A record or a set that the condition builds
/// out of them counts as well, and so does the whole context.
fn depends_on_holding(body: &Value) -> bool {
    match body {
        Value::Object(fields) => {
            if let Some(of) = fields.get(".").or_else(|| fields.get("has"))
                && of["left"] == json!({"Var": "context"})
            {
                return of["attr"] == "named" || of["attr"] == "period";
            }
            fields.iter().any(|(key, value)| {
                (key == "Var" && (value == "resource" || value == "context"))
                    || depends_on_holding(value)
            })
        }
        Value::Array(items) => items.iter().any(depends_on_holding),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
