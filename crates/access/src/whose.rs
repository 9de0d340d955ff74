//! Whose a case is, and who works for its group.

use lagrum_model::{Actor, Case, CountryCode, Sha256Digest};

use crate::groups::{Group, is_limited};
use crate::{People, Person};

/// What says whose a case is, in one short text: to which group a person handed it, from where to where it
/// goes once it is described, and before that who brought it. The read model keeps it, so that groups that
/// change need no case to be read again.
#[must_use]
pub fn route(case: &Case) -> String {
    let from_to = match (&case.demand, &case.taken_in_by) {
        (Some(demand), _) => format!("{}>{}", demand.authority.country, demand.addressee.country),
        (None, Some(Actor::Officer { country, .. })) => format!("{country}>"),
        (None, Some(Actor::Person { id, .. })) => format!("@{id}"),
        (None, _) => "?".to_owned(),
    };
    match &case.group {
        Some(group) => format!("={group} {from_to}"),
        None => from_to,
    }
}

impl People {
    /// The groups, in the order of the file. None: the desk is one for everybody.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group with this id.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Whose a case is that goes this way ([`route`]).
    #[must_use]
    pub fn group_of(&self, route: &str) -> Option<&Group> {
        let (handed, way) = match route.strip_prefix('=').map(|rest| rest.split_once(' ')) {
            Some(Some((group, way))) => (self.group(group), way),
            _ => (None, route),
        };
        let rest = || self.groups.iter().find(|group| group.the_rest);
        handed.or_else(|| self.by_way(way)).or_else(rest)
    }

    /// Who answers the authorities of a country, as far as their country says it.
    #[must_use]
    pub fn group_of_authorities(&self, country: CountryCode) -> Option<&Group> {
        self.group_of(&format!("{country}>"))
    }

    fn by_way(&self, way: &str) -> Option<&Group> {
        let is_one_of =
            |all: &[CountryCode], text: &str| all.iter().any(|one| one.as_str() == text);
        if let Some(id) = way.strip_prefix('@') {
            // Whoever works for one group alone brought it there; of several nobody knows which.
            let mut theirs = self.groups.iter().filter(|group| group.has(id));
            let first = theirs.next()?;
            return theirs.next().is_none().then_some(first);
        }
        let (from, to) = way.split_once('>')?;
        let answers = |group: &&Group| is_one_of(&group.authorities_of, from);
        let speaks_for = |group: &&Group| is_one_of(&group.companies_in, to);
        let by_authority = self.groups.iter().find(answers);
        by_authority.or_else(|| self.groups.iter().find(speaks_for))
    }

    /// The groups for which a person works, by their ids; `None`: groups limit nothing for them.
    #[must_use]
    pub fn groups_of(&self, person: &Person) -> Option<Vec<String>> {
        if self.groups.is_empty() || !is_limited(person.role) {
            return None;
        }
        let theirs = self.groups.iter().filter(|group| group.has(&person.id));
        Some(theirs.map(|group| group.id.clone()).collect())
    }

    /// What the groups are, in one word: another whenever something about them changes.
    #[must_use]
    pub fn groups_mark(&self) -> String {
        match self.groups[..] {
            [] => String::new(),
            // Words and lists of words: that cannot fail.
            _ => {
                Sha256Digest::of(&serde_json::to_vec(&self.groups).unwrap_or_default()).to_string()
            }
        }
    }
}
