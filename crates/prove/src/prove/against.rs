//! Another law to compare with: for example that of the desk, when the agent's is proved.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use cedar_policy::{EntityId, EntityTypeName, EntityUid, PolicySet, ValidationMode, Validator};
use jiff::civil::Date;
use lagrum_law::{Law, LawPacks};

use crate::ProveError;
use crate::assumptions::Members;
use crate::policies::{renamed, rules, set};

pub(super) struct Other {
    /// As it stands, to confirm a counterexample.
    pub(super) law: Arc<Law>,
    /// Its rules as they are put to the solver: a group whose countries differ has another name, so
    /// that each law is judged by its own facts.
    pub(super) policies: PolicySet,
}

impl Other {
    pub(super) fn new(
        packs: &LawPacks,
        other: &LawPacks,
        day: Date,
        groups: &mut Vec<Members>,
    ) -> Result<Self, ProveError> {
        let law = other.in_force(day)?;
        let found =
            Validator::new(packs.schema().clone()).validate(law.policies(), ValidationMode::Strict);
        if let Some(error) = found.validation_errors().next() {
            return Err(ProveError::OtherWords {
                rule: error.policy_id().to_string(),
                why: error.to_string(),
            });
        }
        let kind = EntityTypeName::from_str("Group").map_err(rules)?;
        let uid = |name: &str| EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(name));
        let mut names = BTreeMap::new();
        let mut theirs = Vec::new();
        for group in other.groups() {
            let members = Members::of(group, day);
            let same = groups
                .iter()
                .any(|ours| ours.name == members.name && ours.countries == members.countries);
            if !same {
                let name = format!("{} of the other law", group.name);
                names.insert(uid(&group.name), uid(&name));
                theirs.push(Members { name, ..members });
            }
        }
        groups.extend(theirs);
        let policies = law
            .policies()
            .policies()
            .map(|policy| renamed(policy, &names))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            law,
            policies: set(policies)?,
        })
    }
}
