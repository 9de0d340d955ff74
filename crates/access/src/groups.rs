//! The groups of a desk, as people.toml has them.

use lagrum_model::{CountryCode, Role, is_person_id};
use serde::{Deserialize, Serialize};

/// One group of the desk: the people who work the cases of some countries, and their counsel. A desk without
/// groups is one for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Never changes: lower-case letters, digits and hyphens.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The countries whose authorities it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities_of: Vec<CountryCode>,
    /// The countries whose companies it answers for, where no group answers the authority's own country.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companies_in: Vec<CountryCode>,
    /// The ids of its analysts and its counsel.
    pub people: Vec<String>,
    /// Whether it has what is no other group's, and what nobody has described yet. One group does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub the_rest: bool,
}

impl Group {
    /// Whether a person works for it.
    #[must_use]
    pub fn has(&self, person: &str) -> bool {
        self.people.iter().any(|one| one == person)
    }
}

/// Whom groups limit: those who work cases. Who watches, and who looks after programs, does it for the whole desk.
pub(crate) fn is_limited(role: Role) -> bool {
    matches!(role, Role::Analyst | Role::Counsel)
}

/// What a list of groups must not say; the text names the field, the rule and the way out. `role` is that of the
/// person of an id.
pub(crate) fn check(groups: &[Group], role: &dyn Fn(&str) -> Option<Role>) -> Result<(), String> {
    for (index, group) in groups.iter().enumerate() {
        let id = &group.id;
        let wrong = |what: String| Err(format!("group {}: {what}", id.escape_debug()));
        if !is_person_id(id) {
            return wrong(
                "`id`: use lower-case letters (a-z), digits and hyphens, for example \"sweden\""
                    .into(),
            );
        }
        let before = &groups[..index];
        if before.iter().any(|other| other.id == *id) {
            return wrong("`id` occurs twice; give each group its own".into());
        }
        if group.name.trim().is_empty() || group.name.contains(char::is_control) {
            return wrong("`name`: write what people call it".into());
        }
        for one in &group.people {
            match role(one) {
                None => {
                    return wrong(format!(
                        "`people` names `{}`, who is no person of this file",
                        one.escape_debug()
                    ));
                }
                Some(role) if !is_limited(role) => {
                    return wrong(format!(
                        "`people` names {one}, who is {role}; analysts and counsel work for groups"
                    ));
                }
                Some(_) => {}
            }
        }
        type Countries = fn(&Group) -> &Vec<CountryCode>;
        let fields: [(&str, Countries); 2] = [
            ("authorities_of", |group| &group.authorities_of),
            ("companies_in", |group| &group.companies_in),
        ];
        for (field, of) in fields {
            let taken =
                |country: &&CountryCode| before.iter().any(|other| of(other).contains(country));
            if let Some(country) = of(group).iter().find(taken) {
                return wrong(format!(
                    "`{field}` names {country}, which another group has; leave it to one"
                ));
            }
        }
    }
    let rest = groups.iter().filter(|group| group.the_rest).count();
    if !groups.is_empty() && rest != 1 {
        return Err(format!(
            "{rest} groups have `the_rest = true`; one has it, and with it what is no other group's and what nobody described yet"
        ));
    }
    Ok(())
}
