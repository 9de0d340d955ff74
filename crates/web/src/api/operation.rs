//! What an operation of the interface is.

use lagrum_access::{Action, Scope};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::problem::ApiProblem;
use super::takes::{Gives, Takes};
use crate::route::Verb;

/// Before every path.
pub(crate) const BASE: &str = "/api/v1";

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Anybody in the world.
    Nobody,
    /// Whoever has a token.
    Token,
    /// Whoever has a token with one of these scopes.
    Any(&'static [Scope]),
    /// Whoever has a token for this action, and may do it in some state of a case; whether in the one that
    /// it is in, the desk says when it is done.
    May(Action),
    /// The same of two actions: one request asks for both.
    Both(Action, Action),
}

impl Needs {
    /// The scopes of which one is needed ([`Needs::Any`]), or else all; nothing where none is.
    pub(crate) fn scopes(self) -> Vec<Scope> {
        match self {
            Self::Nobody | Self::Token => Vec::new(),
            Self::Any(scopes) => scopes.to_vec(),
            Self::May(action) => Scope::of(action).into_iter().collect(),
            Self::Both(one, other) => [one, other].into_iter().filter_map(Scope::of).collect(),
        }
    }

    /// The actions that the person's role has to permit.
    pub(crate) fn actions(self) -> Vec<Action> {
        match self {
            Self::Nobody | Self::Token | Self::Any(_) => Vec::new(),
            Self::May(action) => vec![action],
            Self::Both(one, other) => vec![one, other],
        }
    }

    /// Whether a token with these scopes is for it.
    pub(crate) fn met_by(self, has: &[Scope]) -> bool {
        let wanted = self.scopes();
        let mut each = wanted.iter();
        match self {
            Self::Any(_) => each.any(|scope| has.contains(scope)),
            _ => each.all(|scope| has.contains(scope)),
        }
    }
}

/// What the list of operations says of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    pub(crate) verb: Verb,
    /// The path below `/api/v1`.
    pub(crate) path: &'static str,
    /// Its name, as programs that are made of the document call it.
    pub(crate) name: &'static str,
    /// What it does, in one sentence.
    pub(crate) says: &'static str,
    pub(crate) needs: Needs,
    /// Whether something changes by it, so that it is done once for each `Idempotency-Key`.
    pub(crate) changes: bool,
}

/// An operation that asks.
pub(crate) const fn get(
    path: &'static str,
    name: &'static str,
    says: &'static str,
    needs: Needs,
) -> About {
    About {
        verb: Verb::Get,
        path,
        name,
        says,
        needs,
        changes: false,
    }
}

/// An operation by which something changes.
pub(crate) const fn post(
    path: &'static str,
    name: &'static str,
    says: &'static str,
    needs: Needs,
) -> About {
    About {
        verb: Verb::Post,
        changes: true,
        ..get(path, name, says, needs)
    }
}

impl About {
    /// An operation that asks, with a body.
    pub(crate) const fn changing_nothing(self) -> Self {
        Self {
            changes: false,
            ..self
        }
    }
}

/// Something that a program can ask or do. Its types are what it reads and answers, and what the document
/// says of it.
pub(crate) trait Operation {
    /// The parameters of the address.
    type Query: DeserializeOwned + JsonSchema;
    /// The body.
    type Takes: Takes;
    /// The answer.
    type Gives: Gives;
    /// What the list of operations says of it.
    const IS: About;

    /// Does it.
    fn run(
        call: &Call<'_>,
        query: Self::Query,
        body: Self::Takes,
    ) -> Result<Self::Gives, ApiProblem>;
}

/// No parameters.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoQuery {}
