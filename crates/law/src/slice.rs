//! Which rules can apply to a demand at all, whatever data it asks for.
//!
//! Most conditions of a rule speak of the demand alone: who asks, with what, of which company.
//! They are the same for every holding of a demand, so they are judged once: a rule that fails
//! them cannot apply to any of its holdings. Some speak of how and from when to when a part asks:
//! they are judged once for each part. Of the others only the rest is left to judge.

use std::sync::{Arc, OnceLock};

use cedar_policy::Policy;
use serde_json::{Value, json};

/// A rule in three parts under the same name, which apply together exactly where it applies. Each
/// permits where its conditions hold, so that one judgement names all that apply, whatever the
/// effect of the rule.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// The conditions that depend neither on the holding nor on how it is asked for.
    pub(crate) demand: Policy,
    /// The conditions that depend only on whether the account is named and from when to when; none
    /// if there are none.
    pub(crate) asked: Option<Policy>,
    /// The conditions that depend on the holding; none if there are none.
    pub(crate) holding: Option<Policy>,
    /// Whether some condition depends on both, so that the rest is another for another period.
    pub(crate) mixed: bool,
    /// The whole rule, in case a part of it fails.
    pub(crate) whole: Policy,
}

/// The parts of one rule, made when somebody first asks for them, and once for the laws of all days.
pub(crate) type SharedParts = Arc<OnceLock<Arc<Parts>>>;

/// Parts a rule. All parts are judged by Cedar; nothing is interpreted here.
pub(crate) fn parts(policy: &Policy) -> Result<Parts, String> {
    let mut whole = policy.to_json().map_err(|error| error.to_string())?;
    let (mut of_demand, mut of_asked, mut of_holding) = (Vec::new(), Vec::new(), Vec::new());
    let mut mixed = false;
    let conditions = whole["conditions"].clone();
    for condition in conditions.as_array().into_iter().flatten() {
        let holds = match condition["kind"].as_str() {
            Some("when") => true,
            Some("unless") => false,
            other => return Err(format!("a condition of the kind {other:?} is not known")),
        };
        conjuncts(&condition["body"], holds, &mut |body, holds| {
            let kind = if holds { "when" } else { "unless" };
            let part = json!({"kind": kind, "body": body});
            let of = depends(body);
            mixed |= of.holding && of.asked;
            if of.holding {
                of_holding.push(part);
            } else if of.asked {
                of_asked.push(part);
            } else {
                of_demand.push(part);
            }
        });
    }
    whole["annotations"] = json!({});
    whole["effect"] = json!("permit");
    let made = |text: Value| {
        Policy::from_json(Some(policy.id().clone()), text).map_err(|error| error.to_string())
    };
    let all = json!({"op": "All"});
    let mut demand = whole.clone();
    demand["conditions"] = Value::Array(of_demand);
    demand["resource"] = all.clone();
    let mut holding = whole.clone();
    holding["principal"] = all.clone();
    holding["action"] = all.clone();
    let mut asked = holding.clone();
    asked["resource"] = all.clone();
    let judges = !of_holding.is_empty() || holding["resource"] != all;
    holding["conditions"] = Value::Array(of_holding);
    let asks = !of_asked.is_empty();
    asked["conditions"] = Value::Array(of_asked);
    Ok(Parts {
        demand: made(demand)?,
        asked: asks.then(|| made(asked)).transpose()?,
        holding: judges.then(|| made(holding)).transpose()?,
        mixed,
        whole: made(whole)?,
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

/// Of what a condition speaks, besides the demand.
#[derive(Clone, Copy, Default)]
struct Depends {
    /// Of the holding.
    holding: bool,
    /// Of whether the demand names the account, or of the period: what differs between the parts of
    /// one demand.
    asked: bool,
}

/// Of what a condition speaks. A record or a set that it builds out of the holding counts as well,
/// and the whole context speaks of how the part asks.
fn depends(body: &Value) -> Depends {
    let all = |values: &mut dyn Iterator<Item = Depends>| {
        values.fold(Depends::default(), |a, b| Depends {
            holding: a.holding || b.holding,
            asked: a.asked || b.asked,
        })
    };
    match body {
        Value::Object(fields) => {
            if let Some(of) = fields.get(".").or_else(|| fields.get("has"))
                && of["left"] == json!({"Var": "context"})
            {
                return Depends {
                    holding: false,
                    asked: of["attr"] == "named" || of["attr"] == "period",
                };
            }
            all(&mut fields.iter().map(|(key, value)| {
                if key == "Var" {
                    Depends {
                        holding: value == "resource",
                        asked: value == "context",
                    }
                } else {
                    depends(value)
                }
            }))
        }
        Value::Array(items) => all(&mut items.iter().map(depends)),
        _ => Depends::default(),
    }
}

#[cfg(test)]
mod tests;
