use lagrum_model::{Role, Sha256Digest, is_person_id};
use lagrum_notes::{VerifyingKey, claimed_key, role};
use serde::{Deserialize, Serialize};

use crate::person_name;

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
#[serde(try_from = "RawPerson", into = "RawPerson")]
pub struct Person {
    /// Tells people apart: small letters, digits and hyphens. Two entries with one id are one person
    /// with two keys.
    pub id: String,
    /// Full name.
    pub name: String,
    /// In which role the person signs.
    pub role: Role,
    /// The public key. If it is a passkey, the file says so beside it: `passkey` is its origin.
    pub key: VerifyingKey<role::Person>,
    /// Whether the private key lies on the person's own machine and nowhere else, never on the
    /// desk's host. The data operator asks the person. Never true of a passkey.
    pub own_machine: bool,
}

/// A person as the file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    id: String,
    name: String,
    role: Role,
    key: VerifyingKey<role::Person>,
    /// On whose pages the passkey signs. The key's own text says it, too, but not to people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passkey: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    own_machine: bool,
}

impl TryFrom<RawPerson> for Person {
    type Error = String;
    fn try_from(raw: RawPerson) -> Result<Self, String> {
        let origin = raw.key.passkey().map(lagrum_notes::PasskeyKey::origin);
        if origin != raw.passkey.as_deref() {
            let name = raw.key.name();
            return Err(match origin {
                Some(origin) => {
                    format!("`key`: {name} is a passkey; say so beside it: passkey = {origin:?}")
                }
                None => format!("`passkey`: the key {name} is none; leave it out"),
            });
        }
        Ok(Self {
            id: raw.id,
            name: raw.name,
            role: raw.role,
            key: raw.key,
            own_machine: raw.own_machine,
        })
    }
}

impl From<Person> for RawPerson {
    fn from(person: Person) -> Self {
        let passkey = person.key.passkey().map(|key| key.origin().to_owned());
        Self {
            id: person.id,
            name: person.name,
            role: person.role,
            key: person.key,
            passkey,
            own_machine: person.own_machine,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Roster {
    /// Makes a roster.
    ///
    /// # Errors
    /// When it could not carry two signatures of two different people, one of them counsel, or
    /// when one key stands under two names.
    pub fn new(people: Vec<Person>) -> Result<Self, String> {
        for (at, person) in people.iter().enumerate() {
            let wrong = |why: &str| Err(format!("roster: {}: {why}", person.id.escape_debug()));
            if !is_person_id(&person.id) {
                return wrong(
                    "`id`: use lower-case letters (a-z), digits and hyphens, for example \"olof\"",
                );
            }
            if let Err(why) = person_name::check(&person.name) {
                return wrong(&format!("`name = {:?}`: {why}", person.name));
            }
            if !person.role.signs_mandates() {
                return wrong(&format!(
                    "role `{}` signs no mandates; name analysts and counsel",
                    person.role.as_str()
                ));
            }
            // The page that asks for it comes from the desk.
            if person.own_machine && person.key.passkey().is_some() {
                return wrong(
                    "a passkey is never `own_machine = true`: whoever has taken the desk over can show one thing and have the passkey sign another",
                );
            }
            for other in &people[..at] {
                if person.key.same_key(&other.key) {
                    return Err(format!(
                        "roster: {} and {} have the same key; each key stands once",
                        other.name, person.name
                    ));
                }
                if person.key.name() == other.key.name() {
                    return wrong(&format!("the key name {} occurs twice", person.key.name()));
                }
                let same = person.id == other.id;
                if same && (person.name != other.name || person.role != other.role) {
                    return wrong("has two names or two roles; give one of each");
                }
                if !same && person_name::read_alike(&person.name, &other.name) {
                    return wrong(&format!(
                        "the name reads like that of {}: one person is on the roster once. Two keys of one person have one id; two people of one name need something that tells them apart, for example a middle name",
                        other.id
                    ));
                }
            }
        }
        let counsel = people.iter().find(|person| person.role == Role::Counsel);
        let Some(counsel) = counsel else {
            return Err("roster: name at least one counsel".into());
        };
        if people.iter().all(|person| person.id == counsel.id) {
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

    /// Whether the key of anybody lies on a machine of the own: then one of two signatures can come
    /// from one.
    #[must_use]
    pub fn has_own_machine(&self) -> bool {
        self.people.iter().any(|person| person.own_machine)
    }

    /// SHA-256 over whose signatures count, whatever the file's order and remarks: two rosters with the same
    /// digest believe the same people.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        let line = |one: &Person| {
            let (id, role, own) = (&one.id, one.role.as_str(), one.own_machine);
            format!("{id}\n{}\n{role}\n{}\n{own}\n", one.name, one.key)
        };
        let mut lines: Vec<_> = self.people.iter().map(line).collect();
        lines.sort_unstable();
        Sha256Digest::of(format!("lagrum-roster/1\n{}", lines.concat()).as_bytes())
    }

    /// The person in whose name a signature line is. Whether they made it, only the key that fits says.
    #[must_use]
    pub fn named_on(&self, line: &str) -> Option<&Person> {
        let name = claimed_key(line);
        self.people.iter().find(|person| person.key.name() == name)
    }

    /// Whether something can be sealed to a person of this id: one of their keys is no passkey.
    #[must_use]
    pub fn can_be_shown(&self, id: &str) -> bool {
        let mut theirs = self.people.iter().filter(|person| person.id == id);
        theirs.any(|person| person.key.passkey().is_none())
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
