use cedar_policy::{Authorizer, Effect, Entities, PolicyId, PolicySet, Request};
use lagrum_model::{AskedPeriod, Basis, Finding, Holding, Within};

use crate::question::{OfPart, around, request, with_holding};
use crate::rule::Bound;
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
        let any_part = OfPart {
            named: true,
            period: None,
        };
        let of_demand = request(basis, any_part, &law.words, law.as_of)?;
        // The conditions judged here speak of no holding, so none is there.
        let around = around(basis, &law.words, &law.countries)?;
        let sliced = law.sliced()?;
        let response = Authorizer::new().is_authorized(&of_demand, &sliced.demand, &around);
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
            around,
            permits,
            forbids,
        })
    }

    /// The law for one part of the demand; `named` and `period` as in [`Question`].
    ///
    /// # Errors
    /// [`LawError::Question`] if the facts of the part cannot be put before the rules.
    pub fn part(
        &self,
        named: bool,
        period: Option<AskedPeriod>,
    ) -> Result<LawForPart<'_>, LawError> {
        let asked = OfPart { named, period };
        let put = |asked| request(self.basis, asked, &self.law.words, self.law.as_of);
        let cut = match self.cut(period) {
            Some(left) => {
                let period = Some(left);
                Some((left, put(OfPart { named, period })?))
            }
            None => None,
        };
        Ok(LawForPart {
            of: self,
            asked,
            request: put(asked)?,
            cut,
        })
    }

    /// What is left of a period that reaches beyond the receipt of the demand, if anything is.
    fn cut(&self, period: Option<AskedPeriod>) -> Option<AskedPeriod> {
        let (received_at, asked) = (self.basis.received_at?, period.unwrap_or_default());
        if asked.until().is_some_and(|until| until <= received_at) {
            return None;
        }
        AskedPeriod::new(asked.from(), Some(received_at)).ok()
    }
}

/// The law of one day for one part of a demand.
#[derive(Debug)]
pub struct LawForPart<'a> {
    of: &'a LawFor<'a>,
    asked: OfPart,
    request: Request,
    /// The period up to the receipt of the demand, where that is less than what is asked for.
    cut: Option<(AskedPeriod, Request)>,
}

impl LawForPart<'_> {
    /// Applies the law to one holding, for the period exactly as it is asked for.
    ///
    /// # Errors
    /// As [`Law::find`].
    pub fn find(&self, holding: &Holding) -> Result<Finding, LawError> {
        let (permits, forbids) = self.applying(&self.request, holding)?;
        Ok(self.conclude(holding, self.asked.period, permits, forbids))
    }

    /// Applies the law to one holding. Where rules only forbid that the period reaches beyond the
    /// receipt of the demand, the finding is the one for what lies before, and says so in
    /// [`Finding::within`].
    ///
    /// # Errors
    /// As [`Law::find`].
    pub fn reach(&self, holding: &Holding) -> Result<Finding, LawError> {
        let (permits, forbids) = self.applying(&self.request, holding)?;
        let cutting = |rule: &&&Rule| rule.within == Some(Bound::Receipt);
        let Some((period, request)) = self
            .cut
            .as_ref()
            .filter(|_| forbids.iter().any(|rule| cutting(&rule)))
        else {
            return Ok(self.conclude(holding, self.asked.period, permits, forbids));
        };
        let by: Vec<_> = forbids.iter().filter(cutting).collect();
        let citations = by.iter().map(|rule| rule.citation()).collect();
        let (permits, forbids) = self.applying(request, holding)?;
        let mut finding = self.conclude(holding, Some(*period), permits, forbids);
        finding.within = Some(Within {
            period: *period,
            by: citations,
        });
        Ok(finding)
    }

    fn conclude(
        &self,
        holding: &Holding,
        period: Option<AskedPeriod>,
        permits: Vec<&Rule>,
        forbids: Vec<&Rule>,
    ) -> Finding {
        let question = Question {
            basis: self.of.basis,
            holding,
            named: self.asked.named,
            period,
        };
        self.of.law.conclude(&question, permits, forbids)
    }

    /// The rules that permit and those that forbid.
    fn applying(
        &self,
        request: &Request,
        holding: &Holding,
    ) -> Result<(Vec<&Rule>, Vec<&Rule>), LawError> {
        let LawFor {
            law,
            around,
            permits,
            forbids,
            ..
        } = self.of;
        let entities = with_holding(around, holding, &law.words, &law.countries)?;
        let permits = law.applying(permits, request, &entities)?;
        let forbids = law.applying(forbids, request, &entities)?;
        Ok((permits, forbids))
    }
}

#[cfg(test)]
mod tests;
