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
    /// One place for each question there is. A question names nothing but role, action and state,
    /// so that its answer is the same for as long as the program runs.
    answers: Vec<OnceLock<bool>>,
}

/// Both texts are compiled in, and a test reads and validates them.
static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    policy: POLICY.parse().expect("policy.cedar is a policy"),
    schema: SCHEMA.parse().expect("schema.cedarschema is a schema"),
    answers: vec![
        OnceLock::new();
        Role::ALL.len() * Action::ALL.len() * (CaseState::ALL.len() + 1)
    ],
});

/// The place of a question among [`Rules::answers`]. Each enumeration lists its values in the order
/// of their numbers, which a test holds.
pub(crate) fn place(role: Role, action: Action, state: Option<CaseState>) -> usize {
    let state = state.map_or(0, |state| state as usize + 1);
    (role as usize * Action::ALL.len() + action as usize) * (CaseState::ALL.len() + 1) + state
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

    /// Whether `by`, and the token by which they act, if one does, may do `action`: to a case that has come to `state`, or at the desk as a whole
    /// (`None`). An action that is done to a case is refused without one.
    ///
    /// # Errors
    /// [`NotAllowed`] if the policy does not permit it, or if it cannot be asked.
    pub fn check(
        &self,
        by: &Principal,
        action: Action,
        state: Option<CaseState>,
    ) -> Result<(), NotAllowed> {
        if by.is_for(action) && self.permits(by.role(), action, state) {
            return Ok(());
        }
        let may = |role: &Role| self.permits(*role, action, state);
        Err(NotAllowed {
            action,
            role: by.role(),
            state,
            allowed: Role::ALL.into_iter().filter(may).collect(),
        })
    }

    /// The same, for the desk as a whole or in any state of a case: asked before something is done that may
    /// bring the case into another state.
    ///
    /// # Errors
    /// As [`Access::check`], where no state permits it.
    pub fn check_ever(&self, by: &Principal, action: Action) -> Result<(), NotAllowed> {
        let desk = self.check(by, action, None);
        CaseState::ALL.into_iter().fold(desk, |found, state| {
            found.or_else(|_| self.check(by, action, Some(state)))
        })
    }

    /// Whether a person in `role` may. Who the person is, the policy never learns.
    pub(crate) fn permits(self, role: Role, action: Action, state: Option<CaseState>) -> bool {
        *self.rules.answers[place(role, action, state)]
            .get_or_init(|| self.ask(role, action, state).unwrap_or(false))
    }

    /// The answer of the policy, or `None` if it cannot be asked or one of its rules fails.
    fn ask(self, role: Role, action: Action, state: Option<CaseState>) -> Option<bool> {
        let role = uid("Role", role.as_str())?;
        let person = uid("Person", "somebody")?;
        let who = Entity::new(person.clone(), HashMap::new(), HashSet::from([role])).ok()?;
        let what = match state {
            None => Entity::with_uid(uid("Desk", "desk")?),
            Some(state) => {
                let state = RestrictedExpression::new_entity_uid(uid("State", state.as_str())?);
                let attributes = HashMap::from([("state".to_owned(), state)]);
                Entity::new(uid("Case", "case")?, attributes, HashSet::new()).ok()?
            }
        };
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
