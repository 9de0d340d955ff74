use cedar_policy::{Authorizer, Entity, PolicySet, Request};
use lagrum_model::{Basis, Finding, Holding};

use crate::question::{asking, entities, request};
use crate::{Law, LawError, Question, Rule};

/// The law of one day for one demand, ready to be applied to any number of holdings.
///
/// What is the same for every holding is done once: the facts of the demand are put into the words
/// of the rules, and the rules whose conditions on the demand alone do not hold are left out. What
/// is found is what [`Law::find`] finds.
#[derive(Debug)]
pub struct LawFor<'a> {
    law: &'a Law,
    basis: &'a Basis,
    named: Request,
    unnamed: Request,
    asking: Entity,
    permits: PolicySet,
    forbids: PolicySet,
}

impl<'a> LawFor<'a> {
    pub(crate) fn new(law: &'a Law, basis: &'a Basis) -> Result<Self, LawError> {
        let named = request(basis, true, &law.words, law.as_of)?;
        let unnamed = request(basis, false, &law.words, law.as_of)?;
        let asking = asking(basis, &law.words)?;
        // The conditions judged here speak of no holding, so none is there.
        let around = entities(basis, asking.clone(), None, &law.words, &law.countries)?;
        let response = Authorizer::new().is_authorized(&named, &law.demand_parts, &around);
        let diagnostics = response.diagnostics();
        // A rule that fails here may or may not fail as a whole: it is kept, so that it does.
        let failed = diagnostics.errors().map(|error| {
            let cedar_policy::AuthorizationError::PolicyEvaluationError(failed) = error;
            failed.policy_id()
        });
        let (mut permits, mut forbids) = (PolicySet::new(), PolicySet::new());
        for id in diagnostics.reason().chain(failed) {
            let (from, to) = match law.permits.policy(id) {
                Some(_) => (&law.permits, &mut permits),
                None => (&law.forbids, &mut forbids),
            };
            let refused = |why: String| LawError::Evaluation {
                rule: id.to_string(),
                why,
            };
            let policy = from
                .policy(id)
                .ok_or_else(|| refused("it applies but is not among the rules in force".into()))?;
            to.add(policy.clone()).map_err(|e| refused(e.to_string()))?;
        }
        Ok(Self {
            law,
            basis,
            named,
            unnamed,
            asking,
            permits,
            forbids,
        })
    }

    /// Applies the law to one holding; `named` as in [`Question`].
    ///
    /// # Errors
    /// As [`Law::find`].
    pub fn find(&self, holding: &Holding, named: bool) -> Result<Finding, LawError> {
        let (permits, forbids) = self.applying(holding, named)?;
        let question = Question {
            basis: self.basis,
            holding,
            named,
        };
        Ok(self.law.conclude(&question, permits, forbids))
    }

    /// The rules that permit and those that forbid.
    fn applying(
        &self,
        holding: &Holding,
        named: bool,
    ) -> Result<(Vec<&Rule>, Vec<&Rule>), LawError> {
        let law = self.law;
        let request = if named { &self.named } else { &self.unnamed };
        let asking = self.asking.clone();
        let entities = entities(
            self.basis,
            asking,
            Some(holding),
            &law.words,
            &law.countries,
        )?;
        let permits = law.applying(&self.permits, request, &entities)?;
        let forbids = law.applying(&self.forbids, request, &entities)?;
        Ok((permits, forbids))
    }
}

#[cfg(test)]
mod tests;
