//! What the proofs may assume of every request.

use std::collections::BTreeSet;
use std::str::FromStr;

use cedar_policy::{Policy, PolicyId, PolicySet};
use jiff::civil::Date;
use lagrum_law::Group;
use lagrum_model::CountryCode;

use crate::ProveError;
use crate::policies::rules;

/// How the engine makes derived facts: assumed always.
const ENGINE: &str = include_str!("assumptions.cedar");
/// What every demand file keeps to: assumed where the engine's are not enough.
const CONSISTENT: &str = include_str!("consistent.cedar");

/// Every place of a request where a country stands, with the condition under which it is there.
/// A place that is missing here makes proofs harder, never wrong; a test compares it with the schema.
pub(crate) const COUNTRIES: [(&str, &str); 7] = [
    ("", "principal.country"),
    ("", "context.instrument.country"),
    ("", "context.addressee_country"),
    (
        "context.findings has conflict && ",
        "context.findings.conflict.country",
    ),
    ("", "resource.stored_in"),
    (
        "resource has holder_resides_in && ",
        "resource.holder_resides_in",
    ),
    (
        "resource has public_authority_of && ",
        "resource.public_authority_of",
    ),
];

/// A group of countries on the day, under the name that the rules use for it in a proof.
pub(crate) struct Members {
    pub(crate) name: String,
    pub(crate) countries: BTreeSet<CountryCode>,
}

impl Members {
    pub(crate) fn of(group: &Group, day: Date) -> Self {
        Self {
            name: group.name.clone(),
            countries: group.members_on(day).collect(),
        }
    }
}

/// Assumptions as forbidding rules, in two steps of strength.
pub(crate) struct Assumptions {
    /// Nothing of the world: only how the engine makes the facts.
    pub(crate) engine: Vec<Policy>,
    /// What every demand file keeps to.
    consistent: Vec<Policy>,
    /// Which countries belong to which group on the day: for each place of a request and each group.
    memberships: Vec<Membership>,
}

/// One place of a request and one group.
struct Membership {
    /// How a rule asks for it.
    asked: String,
    group: String,
    policy: Policy,
}

impl Assumptions {
    pub(crate) fn new(groups: &[Members]) -> Result<Self, ProveError> {
        let mut of_groups = Vec::new();
        for group in groups {
            for (place, (there, country)) in COUNTRIES.iter().enumerate() {
                of_groups.push(Membership::new(group, place, there, country)?);
            }
        }
        Ok(Self {
            engine: read(ENGINE)?,
            consistent: read(CONSISTENT)?,
            memberships: of_groups,
        })
    }

    /// All assumptions: in addition to the engine's, what every demand file keeps to, and which
    /// countries belong to which group on the day as far as these rules ask.
    pub(crate) fn of_day<'a>(
        &self,
        asking: impl IntoIterator<Item = &'a PolicySet>,
    ) -> Vec<Policy> {
        let texts: Vec<_> = asking
            .into_iter()
            .flat_map(PolicySet::policies)
            .map(ToString::to_string)
            .filter(|text| text.contains("Group::"))
            .collect();
        let asked = |membership: &&Membership| {
            let group = format!("Group::\"{}\"", membership.group);
            texts.iter().any(|text| {
                // A rule that asks in another form than `a.country in Group::"g"` gets them all.
                let plainly: usize = COUNTRIES
                    .iter()
                    .map(|(_, place)| text.matches(&format!("{place} in {group}")).count())
                    .sum();
                text.contains(&membership.asked) || text.matches(&group).count() > plainly
            })
        };
        let memberships = self.memberships.iter().filter(asked);
        self.engine
            .iter()
            .chain(&self.consistent)
            .chain(memberships.map(|membership| &membership.policy))
            .cloned()
            .collect()
    }

    /// What [`Assumptions::of_day`] assumes at most, in sentences.
    pub(crate) fn day_says(&self) -> Vec<String> {
        let mut says = says(&self.consistent);
        says.extend(self.memberships.first().map(|first| says_of(&first.policy)));
        says
    }

    /// The engine's assumptions in sentences.
    pub(crate) fn engine_says(&self) -> Vec<String> {
        says(&self.engine)
    }
}

fn says(policies: &[Policy]) -> Vec<String> {
    policies.iter().map(says_of).collect()
}

fn says_of(policy: &Policy) -> String {
    policy.annotation("says").unwrap_or_default().to_owned()
}

impl Membership {
    fn new(group: &Members, place: usize, there: &str, country: &str) -> Result<Self, ProveError> {
        let name = &group.name;
        let countries: Vec<_> = group
            .countries
            .iter()
            .map(|country| format!("Country::\"{country}\""))
            .collect();
        let asked = format!("{country} in Group::\"{name}\"");
        // The solver's translation takes no empty set; nobody is in a group without members.
        let wrong = if countries.is_empty() {
            asked.clone()
        } else {
            format!("({asked}) != ({country} in [{}])", countries.join(", "))
        };
        let id = PolicyId::new(format!("assumption.group.{name}.{place}"));
        let text = format!(
            "@says(\"A country belongs to a group exactly if facts.toml says so for the day.\")
             forbid (principal, action, resource)
             when {{ {there}({wrong}) }};"
        );
        Ok(Self {
            asked,
            group: name.clone(),
            policy: Policy::parse(Some(id), text).map_err(rules)?,
        })
    }
}

fn read(text: &str) -> Result<Vec<Policy>, ProveError> {
    let set = PolicySet::from_str(text).map_err(rules)?;
    let named = |policy: &Policy| {
        let id = policy
            .annotation("id")
            .ok_or_else(|| ProveError::Rules("an assumption has no `@id`".into()))?;
        Ok(policy.new_id(PolicyId::new(id)))
    };
    set.policies().map(named).collect()
}

#[cfg(test)]
mod tests;
