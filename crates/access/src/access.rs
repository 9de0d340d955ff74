use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request, RestrictedExpression, Schema,
};
use lagrum_model::{CaseState, Role};
use serde::Serialize;

use crate::{Action, Principal};

pub(crate) const POLICY: &str = include_str!("../policy.cedar");
pub(crate) const SCHEMA: &str = include_str!("../schema.cedarschema");

/// The policy, ready to be asked, and what it has answered.
struct Rules {
    policy: PolicySet,
    schema: Schema,
    /// One place for each question there is. A question names nothing but role, action, state and whether
    /// groups keep the case from the person, so that its answer is the same for as long as the program runs.
    answers: Vec<OnceLock<bool>>,
}

/// Both texts are compiled in, and a test reads and validates them.
static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    policy: POLICY.parse().expect("policy.cedar is a policy"),
    schema: SCHEMA.parse().expect("schema.cedarschema is a schema"),
    answers: vec![OnceLock::new(); Role::ALL.len() * Action::ALL.len() * About::COUNT],
});

/// The place of a question among [`Rules::answers`]. Each enumeration lists its values in the order
/// of their numbers, which a test holds.
pub(crate) fn place(role: Role, action: Action, about: About) -> usize {
    let about = match about {
        About::Desk { whole } => usize::from(whole),
        About::Case { state, theirs } => 2 * (state as usize + 1) + usize::from(theirs),
    };
    (role as usize * Action::ALL.len() + action as usize) * About::COUNT + about
}

/// What the policy is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// The desk as a whole, and whether every case is there for the person.
    Desk { whole: bool },
    /// A case in a state, and whether it is there for the person.
    Case { state: CaseState, theirs: bool },
}

impl About {
    /// How many there are.
    pub(crate) const COUNT: usize = 2 * (CaseState::ALL.len() + 1);

    fn state(self) -> Option<CaseState> {
        match self {
            Self::Desk { .. } => None,
            Self::Case { state, .. } => Some(state),
        }
    }
}

/// A case, as far as it matters for who may do what to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseOf<'a> {
    /// How far it has come.
    pub state: CaseState,
    /// The id of the group whose it is; absent where the desk has no groups.
    pub group: Option<&'a str>,
}

/// Why somebody may not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The case is of a group for which the person does not work: to them it is not there.
    #[error("there is no such case")]
    NotThere,
    /// Their role, or the token by which they act, does not permit it.
    #[error(transparent)]
    NotAllowed(NotAllowed),
}

/// Who may do what.
#[derive(Clone, Copy)]
pub struct Access {
    rules: &'static Rules,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access")
    }
}

/// A role does not permit an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotAllowed {
    /// What was wanted.
    pub action: Action,
    /// In which role.
    pub role: Role,
    /// How far the case has come; absent where the desk as a whole is meant.
    #[serde(serialize_with = "word")]
    pub state: Option<CaseState>,
    /// The roles that may do it in this state. None: nobody may.
    pub allowed: Vec<Role>,
}

fn word<S: serde::Serializer>(state: &Option<CaseState>, to: S) -> Result<S::Ok, S::Error> {
    state.map(CaseState::as_str).serialize(to)
}

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not in the role {}", self.action, self.role)?;
        if let Some(state) = self.state {
            write!(f, " while the case is in the state {}", state.as_str())?;
        }
        match self.allowed[..] {
            [] => f.write_str("; no role may"),
            _ => {
                let roles: Vec<_> = self.allowed.iter().map(ToString::to_string).collect();
                write!(f, "; roles that may: {}", roles.join(", "))
            }
        }
    }
}

impl std::error::Error for NotAllowed {}

impl Default for Access {
    fn default() -> Self {
        Self::new()
    }
}

impl Access {
    /// The policy of this program.
    #[must_use]
    pub fn new() -> Self {
        Self { rules: &RULES }
    }

    /// Whether `by`, and the token by which they act, if one does, may do `action`: to a case, or at the desk
    /// as a whole (`None`). An action that is done to a case is refused without one.
    ///
    /// # Errors
    /// [`Denied`] if the policy does not permit it, or if it cannot be asked.
    pub fn check(
        &self,
        by: &Principal,
        action: Action,
        case: Option<CaseOf<'_>>,
    ) -> Result<(), Denied> {
        let Some(CaseOf { state, group }) = case else {
            return self.check_desk(by, action).map_err(Denied::NotAllowed);
        };
        let theirs = by.works_for(group);
        let answer = self.answer(by, action, About::Case { state, theirs });
        answer.map_err(|refused| match theirs {
            true => Denied::NotAllowed(refused),
            false => Denied::NotThere,
        })
    }

    /// The same at the desk as a whole, which is there for everybody.
    ///
    /// # Errors
    /// [`NotAllowed`] if the policy does not permit it, or if it cannot be asked.
    pub fn check_desk(&self, by: &Principal, action: Action) -> Result<(), NotAllowed> {
        let whole = by.groups().is_none();
        self.answer(by, action, About::Desk { whole })
    }

    /// The same, for the desk as a whole or in any state of a case that is there for the person: asked before
    /// something is done that may bring the case into another state.
    ///
    /// # Errors
    /// [`NotAllowed`], where no state permits it.
    pub fn check_ever(&self, by: &Principal, action: Action) -> Result<(), NotAllowed> {
        let desk = self.check_desk(by, action);
        // For whoever works for no group there is no case.
        let any = by.groups().is_none_or(|groups| !groups.is_empty());
        let states = CaseState::ALL.into_iter().filter(|_| any);
        states.fold(desk, |found, state| {
            let theirs = true;
            found.or_else(|_| self.answer(by, action, About::Case { state, theirs }))
        })
    }

    fn answer(self, by: &Principal, action: Action, about: About) -> Result<(), NotAllowed> {
        if by.is_for(action) && self.permits(by.role(), action, about) {
            return Ok(());
        }
        let may = |role: &Role| self.permits(*role, action, about);
        Err(NotAllowed {
            action,
            role: by.role(),
            state: about.state(),
            allowed: Role::ALL.into_iter().filter(may).collect(),
        })
    }

    /// Whether a person in `role` may. Who the person is, the policy never learns.
    pub(crate) fn permits(self, role: Role, action: Action, about: About) -> bool {
        *self.rules.answers[place(role, action, about)]
            .get_or_init(|| self.ask(role, action, about).unwrap_or(false))
    }

    /// The answer of the policy, or `None` if it cannot be asked or one of its rules fails.
    fn ask(self, role: Role, action: Action, about: About) -> Option<bool> {
        let role = uid("Role", role.as_str())?;
        let person = uid("Person", "somebody")?;
        let who = Entity::new(person.clone(), HashMap::new(), HashSet::from([role])).ok()?;
        let truth = |name: &str, is: bool| (name.to_owned(), RestrictedExpression::new_bool(is));
        let (what, attributes) = match about {
            About::Desk { whole } => (uid("Desk", "desk")?, HashMap::from([truth("whole", whole)])),
            About::Case { state, theirs } => {
                let state = RestrictedExpression::new_entity_uid(uid("State", state.as_str())?);
                let attributes = [("state".to_owned(), state), truth("theirs", theirs)];
                (uid("Case", "case")?, HashMap::from(attributes))
            }
        };
        let what = Entity::new(what, attributes, HashSet::new()).ok()?;
        let action = uid("Action", action.as_str())?;
        let schema = Some(&self.rules.schema);
        let request = Request::new(person, action, what.uid(), Context::empty(), schema).ok()?;
        let entities = Entities::from_entities([who, what], schema).ok()?;
        let answer = Authorizer::new().is_authorized(&request, &self.rules.policy, &entities);
        let failed = answer.diagnostics().errors().next().is_some();
        (!failed).then(|| answer.decision() == Decision::Allow)
    }
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    let kind = EntityTypeName::from_str(kind).ok()?;
    Some(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}
