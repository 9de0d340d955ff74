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

/// Something that a program can ask or do. Its types are what it reads and answers, and what the document
/// says of it.
pub(crate) trait Operation {
    /// The parameters of the address.
    type Query: DeserializeOwned + JsonSchema;
    /// The body.
    type Takes: Takes;
    /// The answer.
    type Gives: Gives;
    const VERB: Verb;
    /// The path below `/api/v1`.
    const PATH: &'static str;
    /// Its name, as programs that are made of the document call it.
    const NAME: &'static str;
    /// What it does, in one sentence.
    const SAYS: &'static str;
    const NEEDS: Needs;
    /// Whether something changes by it, so that it is done once for each `Idempotency-Key`.
    const CHANGES: bool = matches!(Self::VERB, Verb::Post);

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
