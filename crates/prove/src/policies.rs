//! Small operations on Cedar policies.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{EntityUid, Policy, PolicyId, PolicySet};
use serde_json::json;

use crate::ProveError;

/// A set of these policies, each under its own name.
pub(crate) fn set(policies: impl IntoIterator<Item = Policy>) -> Result<PolicySet, ProveError> {
    PolicySet::from_policies(policies).map_err(rules)
}

/// `policy` with the conditions that it has, permitting.
pub(crate) fn permitting(policy: &Policy) -> Result<Policy, ProveError> {
    let mut text = policy.to_json().map_err(rules)?;
    text["effect"] = json!("permit");
    Policy::from_json(Some(policy.id().clone()), text).map_err(rules)
}

/// A policy that permits everything.
pub(crate) fn everything() -> Result<Policy, ProveError> {
    let name = PolicyId::new("everything");
    Policy::parse(Some(name), "permit (principal, action, resource);").map_err(rules)
}

/// `policy` with other entities in the place of some that it names.
pub(crate) fn renamed(
    policy: &Policy,
    names: &BTreeMap<EntityUid, EntityUid>,
) -> Result<Policy, ProveError> {
    policy.sub_entity_literals(names.clone()).map_err(rules)
}

/// The entities of one type that the policies name, by their names.
pub(crate) fn named_entities<'a>(
    policies: impl IntoIterator<Item = &'a Policy>,
    kind: &str,
) -> BTreeSet<String> {
    policies
        .into_iter()
        .flat_map(Policy::entity_literals)
        .filter(|entity| entity.type_name().to_string() == kind)
        .map(|entity| entity.id().unescaped().to_owned())
        .collect()
}

pub(crate) fn rules(error: impl std::fmt::Display) -> ProveError {
    ProveError::Rules(error.to_string())
}
