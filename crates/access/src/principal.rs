use std::fmt;

use lagrum_model::{Actor, Role};
use nix::unistd::{User, getuid};
use serde::Serialize;

use crate::{Action, People, Person, Scope};

/// Somebody whose identity was proved, in one role. Only this crate makes one.
///
/// On the command line the proof is the operating system's user, on the web a session or a token of the
/// interface for programs: each a function in this file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    id: String,
    name: String,
    role: Role,
    /// What a token is for; absent where the person themselves acts.
    scopes: Option<Vec<Scope>>,
    /// The groups of the desk for which the person works; absent where groups limit nothing for them.
    groups: Option<Vec<String>>,
}

impl Principal {
    fn of(person: &Person, people: &People) -> Self {
        Self {
            groups: people.groups_of(person),
            id: person.id.clone(),
            name: person.name.clone(),
            role: person.role,
            scopes: None,
        }
    }

    /// Whether what acts for the person is made for this action: whoever acts themselves is for all
    /// of their own.
    #[must_use]
    pub fn is_for(&self, action: Action) -> bool {
        let in_scope =
            |scopes: &Vec<Scope>| Scope::of(action).is_some_and(|scope| scopes.contains(&scope));
        self.scopes.as_ref().is_none_or(in_scope)
    }

    /// The scopes of the token; absent where the person themselves acts.
    #[must_use]
    pub fn scopes(&self) -> Option<&[Scope]> {
        self.scopes.as_deref()
    }

    /// The ids of the groups whose cases are there for the person; absent: all cases are.
    #[must_use]
    pub fn groups(&self) -> Option<&[String]> {
        self.groups.as_deref()
    }

    /// Whether a case of this group (its id; none where the desk has no groups) is there for the person.
    #[must_use]
    pub fn works_for(&self, group: Option<&str>) -> bool {
        let has = |own: &[String]| group.is_some_and(|group| own.iter().any(|one| one == group));
        self.groups().is_none_or(has)
    }

    /// The person's id in `people.toml`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// In which role the person acts now.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The person, for the record.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Person {
            id: self.id.clone(),
            name: self.name.clone(),
            role: self.role,
        }
    }
}

/// Why somebody is nobody at this desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum NotKnown {
    /// The operating system cannot name its user.
    #[error("the operating system has no name for user {uid}: {cause}")]
    NoUser {
        /// The number of the user.
        uid: u32,
        /// What the operating system said.
        cause: String,
    },
    /// Nobody has this user.
    #[error(
        "user {user}: nobody in people.toml has `user = \"{user}\"`; the administrator of the desk adds people there"
    )]
    Nobody {
        /// The operating system's user.
        user: String,
    },
    /// Several people have this user, and it was not said which of them acts.
    #[error("user {user} belongs to several people in people.toml; say which of them acts: {}", listed(.people))]
    Several {
        /// The operating system's user.
        user: String,
        /// Who has it.
        people: Vec<Candidate>,
    },
    /// The person who was named does not have this user.
    #[error("{chosen}: not a person of user {user} in people.toml; theirs: {}", listed(.people))]
    NotTheirs {
        /// The operating system's user.
        user: String,
        /// The id that was given.
        chosen: String,
        /// Who has the user.
        people: Vec<Candidate>,
    },
}

/// One of the people who have a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The id in `people.toml`.
    pub id: String,
    /// The full name.
    pub name: String,
    /// In which role.
    pub role: Role,
}

impl Candidate {
    fn of(person: &Person) -> Self {
        Self {
            id: person.id.clone(),
            name: person.name.clone(),
            role: person.role,
        }
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {})", self.id, self.name, self.role)
    }
}

fn listed(people: &[Candidate]) -> String {
    let all: Vec<_> = people.iter().map(ToString::to_string).collect();
    all.join("; ")
}

impl People {
    /// The person behind the operating system's user. Where several people have it, `chosen` (an
    /// id) says which of them acts; it can name nobody else.
    ///
    /// # Errors
    /// [`NotKnown`], with the people who have this user.
    pub fn principal_of_user(
        &self,
        user: &str,
        chosen: Option<&str>,
    ) -> Result<Principal, NotKnown> {
        let theirs: Vec<&Person> = self
            .people()
            .iter()
            .filter(|person| person.user.as_deref() == Some(user))
            .collect();
        let candidates = || theirs.iter().map(|person| Candidate::of(person)).collect();
        let user = user.to_owned();
        match (&theirs[..], chosen) {
            ([], _) => Err(NotKnown::Nobody { user }),
            ([one], None) => Ok(Principal::of(one, self)),
            (_, None) => Err(NotKnown::Several {
                user,
                people: candidates(),
            }),
            (_, Some(id)) => match theirs.iter().find(|person| person.id == id) {
                Some(person) => Ok(Principal::of(person, self)),
                None => Err(NotKnown::NotTheirs {
                    user,
                    chosen: id.to_owned(),
                    people: candidates(),
                }),
            },
        }
    }
}

impl People {
    /// The person of a session on the web, whose passkey, invitation or bound account at the sign-in provider was
    /// verified when it began. It is looked up anew for each request, so that somebody who left is nobody at once.
    #[must_use]
    pub fn principal_signed_in(&self, id: &str) -> Option<Principal> {
        self.find(id).map(|person| Principal::of(person, self))
    }

    /// The person of a token, which does what its scopes name and no more. Looked up anew for each
    /// request, as of a session: a token never does more than the person may now.
    #[must_use]
    pub fn principal_of_token(&self, id: &str, scopes: &[Scope]) -> Option<Principal> {
        let principal = self.principal_signed_in(id)?;
        Some(Principal {
            scopes: Some(scopes.to_vec()),
            ..principal
        })
    }
}

/// The name of the operating system's user who runs this process (the real user, so that a program
/// with a set-user-id bit gains nobody's rights).
///
/// # Errors
/// [`NotKnown::NoUser`] if the operating system has no name for it.
pub fn current_user() -> Result<String, NotKnown> {
    let uid = getuid();
    let no = |cause: String| NotKnown::NoUser {
        uid: uid.as_raw(),
        cause,
    };
    match User::from_uid(uid) {
        Ok(Some(user)) => Ok(user.name),
        Ok(None) => Err(no("it is not in the list of users".into())),
        Err(error) => Err(no(error.to_string())),
    }
}
