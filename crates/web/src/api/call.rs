//! One request of a program.

use jiff::Timestamp;
use lagrum_access::{Principal, Scope};
use lagrum_desk::{CommandError, Desk, Published, Session};
use lagrum_model::CaseId;

use super::problem::ApiProblem;
use super::takes::Json;
use super::tokens::Token;
use crate::Web;

/// Who asks, and with which token.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) by: Principal,
    pub(crate) token: Token,
}

/// One request, as an operation sees it.
pub(crate) struct Call<'w> {
    pub(crate) web: &'w Web,
    pub(crate) desk: Desk,
    pub(crate) now: Timestamp,
    pub(crate) who: Option<Caller>,
    pub(crate) params: Vec<(String, String)>,
    /// Gives the OpenAPI document.
    pub(crate) document: fn() -> &'static str,
}

impl Call<'_> {
    pub(crate) fn who(&self) -> Result<&Caller, ApiProblem> {
        self.who
            .as_ref()
            .ok_or_else(|| ApiProblem::new("unauthorized"))
    }

    /// A question to the desk.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&mut Session<'_>) -> Result<T, CommandError>,
    ) -> Result<T, ApiProblem> {
        let by = self.who()?.by.clone();
        let mut random = self.web.random();
        let mut session = self.desk.session(by, &*self.web.time, &mut *random);
        question(&mut session).map_err(|error| self.problem(error))
    }

    /// A command. What was recorded stays recorded; whether it is public, the answer says.
    pub(crate) fn change<T>(
        &self,
        command: impl FnOnce(&mut Session<'_>) -> Result<T, CommandError>,
    ) -> Result<Json<Published<T>>, ApiProblem> {
        let outcome = self.ask(command)?;
        let settled = self.desk.settle();
        let published = settled.is_ok_and(|settled| settled.is_public());
        Ok(Json(Published { outcome, published }))
    }

    /// Why the desk did not do it.
    fn problem(&self, error: CommandError) -> ApiProblem {
        if let CommandError::NotAllowed(not) = &error
            && let Some(who) = &self.who
            && !who.by.is_for(not.action)
        {
            let scopes: Vec<_> = Scope::of(not.action).into_iter().collect();
            return scope_missing(&scopes);
        }
        error.into()
    }

    pub(crate) fn param(&self, name: &str) -> Result<&str, ApiProblem> {
        let found = self.params.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| ApiProblem::new("not-there"))
    }

    /// The case that the address names.
    pub(crate) fn case_id(&self) -> Result<CaseId, ApiProblem> {
        CaseId::parse(self.param("case")?).map_err(|_| ApiProblem::new("not-there"))
    }

    /// The number that the address names, from 1.
    pub(crate) fn number(&self) -> Result<u64, ApiProblem> {
        let number = self.param("number")?.parse().ok();
        let number = number.filter(|number| *number > 0);
        number.ok_or_else(|| ApiProblem::new("not-there"))
    }
}

/// The token is not for this: which scopes would be (RFC 6750, section 3.1).
pub(crate) fn scope_missing(scopes: &[Scope]) -> ApiProblem {
    let words: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
    let words = words.join(" ");
    ApiProblem::new("scope-missing")
        .detail(format!("its scopes lack one of: {words}"))
        .header(
            "www-authenticate",
            format!("Bearer error=\"insufficient_scope\", scope=\"{words}\""),
        )
}
