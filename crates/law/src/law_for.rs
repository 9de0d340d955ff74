use cedar_policy::{Authorizer, Effect, Entities, PolicyId, PolicySet, Request};
use lagrum_model::{Basis, Finding, Holding};

use crate::question::{around, request, with_holding};
use crate::{Law, LawError, Question, Rule};

/// The law of one day for one demand, ready to be applied to any number of holdings.
///
/// What is the same for every holding is done once: the facts of the demand are put into the words
/// of the rules, and the rules whose conditions on the demand alone do not hold are left out; of the others
/// only the other conditions are judged. What is found is what [`Law::find`] finds.
#[derive(Debug)]
pub struct LawFor<'a> {
    law: &'a Law,
    basis: &'a Basis,
    named: Request,
    unnamed: Request,
    /// The authority, and the countries that the demand names.
    around: Entities,
    permits: PolicySet,
    forbids: PolicySet,
}

impl Law {
    /// The law for one demand, to be applied to many holdings: finds the same as [`Law::find`],
    /// faster.
    ///
    /// # Errors
    /// [`LawError::Question`] if the facts of the demand cannot be put before the rules.
    pub fn for_basis<'a>(&'a self, basis: &'a Basis) -> Result<LawFor<'a>, LawError> {
        LawFor::new(self, basis)
    }
}

impl<'a> LawFor<'a> {
    pub(crate) fn new(law: &'a Law, basis: &'a Basis) -> Result<Self, LawError> {
        let named = request(basis, true, &law.words, law.as_of)?;
        let unnamed = request(basis, false, &law.words, law.as_of)?;
        // The conditions judged here speak of no holding, so none is there.
        let around = around(basis, &law.words, &law.countries)?;
        let sliced = law.sliced()?;
        let response = Authorizer::new().is_authorized(&named, &sliced.demand, &around);
        let diagnostics = response.diagnostics();
        let (mut permits, mut forbids) = (PolicySet::new(), PolicySet::new());
        let mut keep = |id: &PolicyId, from: &PolicySet| {
            let refused = |why: String| LawError::Evaluation {
                rule: id.to_string(),
                why,
            };
            let policy = from
                .policy(id)
                .ok_or_else(|| refused("it applies but is not among the rules in force".into()))?;
            let to = match policy.effect() {
                Effect::Permit => &mut permits,
                Effect::Forbid => &mut forbids,
            };
            to.add(policy.clone()).map_err(|e| refused(e.to_string()))
        };
        for id in diagnostics.reason() {
            keep(id, &sliced.holding)?;
        }
        // A rule that fails here may or may not fail as a whole: it is kept whole, so that it does.
        for error in diagnostics.errors() {
            let cedar_policy::AuthorizationError::PolicyEvaluationError(failed) = error;
            keep(failed.policy_id(), &law.policies)?;
        }
        Ok(Self {
            law,
            basis,
            named,
            unnamed,
            around,
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
        let entities = with_holding(&self.around, holding, &law.words, &law.countries)?;
        let permits = law.applying(&self.permits, request, &entities)?;
        let forbids = law.applying(&self.forbids, request, &entities)?;
        Ok((permits, forbids))
    }
}

#[cfg(test)]
mod tests;
