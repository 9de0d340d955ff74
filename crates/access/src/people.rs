use std::path::Path;

use lagrum_model::{EmailAddress, NewsKind, Role, is_person_id};
use serde::{Deserialize, Serialize};

use crate::groups::{self, Group};

/// The people who work at the desk, `people.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawPeople", into = "RawPeople")]
pub struct People {
    people: Vec<Person>,
    pub(crate) groups: Vec<Group>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeople {
    #[serde(default, rename = "person")]
    people: Vec<Person>,
    #[serde(default, rename = "group", skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Group>,
}

/// One person in one role. Somebody with two roles has two entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Never changes and is never given to somebody else: lower-case letters, digits and hyphens.
    pub id: String,
    /// Full name, as in the roster.
    pub name: String,
    /// In which role the person acts.
    pub role: Role,
    /// The operating system's user on the desk's host. Several people may share one. Absent: the
    /// person cannot give commands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The address to which news is mailed. Absent: none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Which news the person is told of. Absent: what is usual in the role ([`NewsKind::usual`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<Vec<NewsKind>>,
}

impl Person {
    /// Whether the person is to be told of news of a kind.
    #[must_use]
    pub fn hears_of(&self, kind: NewsKind) -> bool {
        match &self.news {
            Some(kinds) => kinds.contains(&kind),
            None => kind.usual(self.role),
        }
    }
}

/// Why `people.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// It cannot be read.
    #[error("{file}: {source}")]
    Unreadable {
        /// Which file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// It says something that it must not; the text names the field, the rule and the way out.
    #[error("people.toml: {0}")]
    Wrong(String),
}

impl People {
    /// Makes the list.
    ///
    /// # Errors
    /// [`PeopleError::Wrong`] if an `id` is malformed or occurs twice, or a field is empty.
    pub fn new(people: Vec<Person>) -> Result<Self, PeopleError> {
        check(&people).map_err(PeopleError::Wrong)?;
        Ok(Self {
            people,
            groups: Vec::new(),
        })
    }

    /// Reads the text of `people.toml`.
    ///
    /// # Errors
    /// [`PeopleError::Wrong`], naming the field and the rule.
    pub fn parse(text: &str) -> Result<Self, PeopleError> {
        toml::from_str(text).map_err(|e| PeopleError::Wrong(e.to_string().trim().to_owned()))
    }

    /// Reads `people.toml`.
    ///
    /// # Errors
    /// [`PeopleError`], naming the file or the field.
    pub fn load(file: &Path) -> Result<Self, PeopleError> {
        let text = lagrum_durable::read_settings(file).map_err(|e| PeopleError::Unreadable {
            file: file.display().to_string(),
            source: e.source,
        })?;
        Self::parse(&text)
    }

    /// The people, in the order of the file.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The person with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

fn check(people: &[Person]) -> Result<(), String> {
    for (index, person) in people.iter().enumerate() {
        let id = &person.id;
        if !is_person_id(id) {
            return Err(format!(
                "person {}: `id = \"{}\"`: use lower-case letters (a-z), digits and hyphens, for example \"olof\"",
                index + 1,
                id.escape_debug()
            ));
        }
        if people[..index].iter().any(|other| other.id == *id) {
            return Err(format!(
                "person {id}: `id` occurs twice; give each entry its own"
            ));
        }
        if person.name.trim().is_empty() || person.name.contains(char::is_control) {
            return Err(format!(
                "person {id}: `name`: write the full name, as in the roster"
            ));
        }
        if let Some(why) = person
            .mail
            .as_ref()
            .and_then(|mail| EmailAddress::parse(mail).err())
        {
            return Err(format!(
                "person {id}: `mail`: {why}; write one address, or leave the field out"
            ));
        }
        if person
            .user
            .as_ref()
            .is_some_and(|user| user.trim().is_empty())
        {
            return Err(format!(
                "person {id}: `user` is empty; name the operating system's user, or leave the field out"
            ));
        }
    }
    Ok(())
}

impl TryFrom<RawPeople> for People {
    type Error = String;
    fn try_from(raw: RawPeople) -> Result<Self, String> {
        check(&raw.people)?;
        let role = |id: &str| {
            let mut people = raw.people.iter();
            Some(people.find(|person| person.id == id)?.role)
        };
        groups::check(&raw.groups, &role)?;
        Ok(Self {
            people: raw.people,
            groups: raw.groups,
        })
    }
}
impl From<People> for RawPeople {
    fn from(people: People) -> Self {
        Self {
            people: people.people,
            groups: people.groups,
        }
    }
}
