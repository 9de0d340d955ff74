use lagrum_model::Role;
use lagrum_notes::{VerifyingKey, role};
use serde::{Deserialize, Serialize};

/// The people whose signatures count. Lies on the agent's own host; only the data operator there
/// changes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawRoster", into = "RawRoster")]
pub struct Roster {
    people: Vec<Person>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoster {
    #[serde(default, rename = "person")]
    people: Vec<Person>,
}

/// One person on the roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Full name. Two entries with one name are one person with two keys.
    pub name: String,
    /// In which role the person signs.
    pub role: Role,
    /// The public key.
    pub key: VerifyingKey<role::Person>,
}

impl Roster {
    /// Makes a roster.
    ///
    /// # Errors
    /// When it could not carry two signatures of two different people, one of them counsel, or
    /// when one key stands under two names.
    pub fn new(people: Vec<Person>) -> Result<Self, String> {
        for (at, person) in people.iter().enumerate() {
            if person.name.trim().is_empty() {
                return Err("roster: a person has no name".into());
            }
            if !person.role.signs_mandates() {
                return Err(format!(
                    "roster: {}: role `{}` signs no mandates; name analysts and counsel",
                    person.name,
                    person.role.as_str()
                ));
            }
            for other in &people[..at] {
                if person.key.same_key(&other.key) {
                    return Err(format!(
                        "roster: {} and {} have the same key; each key belongs to one person",
                        other.name, person.name
                    ));
                }
                if person.key.name() == other.key.name() {
                    return Err(format!(
                        "roster: the key name {} occurs twice",
                        person.key.name()
                    ));
                }
                if person.name == other.name && person.role != other.role {
                    return Err(format!("roster: {} has two roles; give one", person.name));
                }
            }
        }
        let counsel = people.iter().find(|person| person.role == Role::Counsel);
        let Some(counsel) = counsel else {
            return Err("roster: name at least one counsel".into());
        };
        if people.iter().all(|person| person.name == counsel.name) {
            return Err("roster: name at least two different people".into());
        }
        Ok(Self { people })
    }

    /// Reads the roster file (TOML).
    ///
    /// # Errors
    /// A sentence that names the field and the rule.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("roster: {}", e.to_string().trim()))
    }

    /// The people.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The person to whom `key` belongs.
    #[must_use]
    pub fn holder_of(&self, key: &VerifyingKey<role::Person>) -> Option<&Person> {
        self.people.iter().find(|person| person.key == *key)
    }
}

impl TryFrom<RawRoster> for Roster {
    type Error = String;
    fn try_from(raw: RawRoster) -> Result<Self, String> {
        Self::new(raw.people)
    }
}
impl From<Roster> for RawRoster {
    fn from(roster: Roster) -> Self {
        Self {
            people: roster.people,
        }
    }
}
