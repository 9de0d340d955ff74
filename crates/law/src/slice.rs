//! Which rules can apply to a demand at all, whatever data it asks for, and what of each is left to
//! judge of its data.
//!
//! Most conditions of a rule speak of the demand alone: who asks, with what, of which company.
//! They are the same for every holding of a demand, so they are judged once: a rule that fails
//! them cannot apply to any of its holdings. Some speak of how and from when to when a part asks:
//! they are judged once for each part. Of the others it is known what they read of the holding: what
//! reads nothing but its category is judged once for each category. What several rules have in common is
//! judged once for all of them. All of it is judged by Cedar; nothing is interpreted here.

mod reads;

use std::sync::{Arc, OnceLock};

use cedar_policy::{Policy, PolicySet};
use serde_json::{Value, json};

pub(crate) use reads::{Fact, Seen};
use reads::{Reads, reads};

/// A rule in pieces, which hold together exactly where it applies, if they are judged in this order.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// Its scope, and the conditions that depend neither on the holding nor on how it is asked for.
    pub(crate) demand: Vec<Arc<Piece>>,
    /// The conditions that depend only on whether the account is named and from when to when.
    pub(crate) asked: Vec<Arc<Piece>>,
    /// The conditions that depend on the holding.
    pub(crate) holding: Vec<Arc<Piece>>,
    /// The whole rule, in case a piece of it fails.
    pub(crate) whole: PolicySet,
}

/// One condition of a rule, or its scope. It permits where that holds, whatever the effect of the rule.
#[derive(Debug)]
pub(crate) struct Piece {
    /// It, as it is written: what is written alike is one piece.
    pub(crate) text: String,
    /// It alone.
    pub(crate) policies: PolicySet,
    /// What it reads of the holding; none if that is not known, or more than single facts.
    pub(crate) reads: Option<Vec<Fact>>,
    /// Whether it depends on how the holding is asked for as well.
    pub(crate) asked: bool,
}

/// The pieces of one rule, made when somebody first asks for them, and once for the laws of all days.
pub(crate) type SharedParts = Arc<OnceLock<Arc<Parts>>>;

/// Takes a rule apart.
pub(crate) fn parts(policy: &Policy) -> Result<Parts, String> {
    let mut whole = policy.to_json().map_err(|error| error.to_string())?;
    whole["annotations"] = json!({});
    whole["effect"] = json!("permit");
    let alone = |text: Value| {
        let policy = Policy::from_json(Some(policy.id().clone()), text);
        let policy = policy.map_err(|error| error.to_string())?;
        PolicySet::from_policies([policy]).map_err(|error| error.to_string())
    };
    let mut scope = whole.clone();
    scope["conditions"] = json!([]);
    let mut bare = scope.clone();
    for of in ["principal", "action", "resource"] {
        bare[of] = json!({"op": "All"});
    }
    let piece = |text: Value, of: Reads| {
        Ok::<_, String>(Arc::new(Piece {
            text: text.to_string(),
            asked: of.asked,
            reads: of.facts(),
            policies: alone(text)?,
        }))
    };
    let mut parts = Parts {
        demand: Vec::new(),
        asked: Vec::new(),
        holding: Vec::new(),
        whole: alone(whole.clone())?,
    };
    if scope != bare {
        // Which data it is, the scope cannot say: there is one resource.
        parts.demand.push(piece(scope, Reads::default())?);
    }
    for condition in whole["conditions"].as_array().into_iter().flatten() {
        let holds = match condition["kind"].as_str() {
            Some("when") => true,
            Some("unless") => false,
            other => return Err(format!("a condition of the kind {other:?} is not known")),
        };
        let mut each = Vec::new();
        conjuncts(&condition["body"], holds, &mut |body, holds| {
            each.push((body, holds));
        });
        for (body, holds) in each {
            let kind = if holds { "when" } else { "unless" };
            let mut text = bare.clone();
            text["conditions"] = json!([{"kind": kind, "body": body}]);
            let of = reads(body);
            let among = match (of.holding(), of.asked) {
                (true, _) => &mut parts.holding,
                (false, true) => &mut parts.asked,
                (false, false) => &mut parts.demand,
            };
            among.push(piece(text, of)?);
        }
    }
    Ok(parts)
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

#[cfg(test)]
mod tests;
