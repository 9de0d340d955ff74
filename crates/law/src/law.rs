use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use cedar_policy::{
    Authorizer, Decision, Entities, Entity, PolicyId, PolicySet, Request, Response,
};
use jiff::civil::Date;
use lagrum_model::{CountryCode, Disposition, Finding, Sha256Digest};

use crate::facts::Facts;
use crate::question::Words;
use crate::rule::CHANNEL;
use crate::{LawError, Question, Rule};

/// The law of one day, ready to be applied.
pub struct Law {
    pub(crate) as_of: Date,
    pub(crate) digest: Sha256Digest,
    pub(crate) facts: Arc<Facts>,
    pub(crate) rules: BTreeMap<PolicyId, Arc<Rule>>,
    pub(crate) policies: PolicySet,
    /// The permitting rules alone, to see what a forbidding rule overrode.
    pub(crate) permits: PolicySet,
    /// The countries that belong to a group on that day.
    pub(crate) countries: BTreeMap<CountryCode, Entity>,
    pub(crate) words: Words,
}

impl fmt::Debug for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Law")
            .field("as_of", &self.as_of)
            .field("digest", &self.digest)
            .field("rules", &self.rules.len())
            .finish_non_exhaustive()
    }
}

impl Law {
    /// The day whose law this is.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The digest of the packs that it was taken from.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// The rules in force, by name.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().map(AsRef::as_ref)
    }

    /// The rules in force as Cedar policies, for a prover.
    #[must_use]
    pub fn policies(&self) -> &PolicySet {
        &self.policies
    }

    /// Applies the law to one holding.
    ///
    /// Permitted: [`Disposition::Produce`], with the rules that permit it. Forbidden: the strongest
    /// route among the rules that forbid it, in the order of [`crate::Route`], with that rule's
    /// advice to the authority; `decided_by` begins with that rule and goes on by falling strength.
    /// Of two equally strong, a provision of law stands before the provider's own promise. Neither:
    /// [`Disposition::Reject`], decided by no rule.
    ///
    /// # Errors
    /// [`LawError::Evaluation`] if any rule fails: a rule that cannot be applied might have
    /// forbidden it.
    pub fn find(&self, question: &Question<'_>) -> Result<Finding, LawError> {
        let request = question.request(&self.words)?;
        let entities = question.entities(&self.words, &self.countries)?;
        let (response, rules) = self.decide(&request, &self.policies, &entities)?;
        if response.decision() == Decision::Allow {
            return Ok(Finding {
                disposition: Disposition::Produce,
                instead: None,
                decided_by: rules.iter().map(|rule| rule.citation()).collect(),
                overridden: Vec::new(),
            });
        }
        let mut forbids = rules;
        forbids.sort_by(|a, b| {
            (Reverse(a.route), a.kind, &a.id).cmp(&(Reverse(b.route), b.kind, &b.id))
        });
        let Some((strongest, route)) = forbids.first().and_then(|rule| Some((rule, rule.route?)))
        else {
            return Ok(self.nothing_permits(question));
        };
        let (_, overridden) = self.decide(&request, &self.permits, &entities)?;
        Ok(Finding {
            disposition: route.disposition(),
            instead: strongest
                .instead
                .as_ref()
                .map(|text| self.advise(text, question)),
            decided_by: forbids.iter().map(|rule| rule.citation()).collect(),
            overridden: overridden.iter().map(|rule| rule.citation()).collect(),
        })
    }

    /// Evaluates `policies` and returns the rules that determined the response, by name.
    fn decide(
        &self,
        request: &Request,
        policies: &PolicySet,
        entities: &Entities,
    ) -> Result<(Response, Vec<&Rule>), LawError> {
        let response = Authorizer::new().is_authorized(request, policies, entities);
        if let Some(error) = response.diagnostics().errors().next() {
            let cedar_policy::AuthorizationError::PolicyEvaluationError(failed) = error;
            return Err(LawError::Evaluation {
                rule: failed.policy_id().to_string(),
                why: failed.inner().to_string(),
            });
        }
        let mut rules = response
            .diagnostics()
            .reason()
            .map(|id| {
                self.rules
                    .get(id)
                    .map(AsRef::as_ref)
                    .ok_or_else(|| LawError::Evaluation {
                        rule: id.to_string(),
                        why: "it decided but is not among the rules in force".into(),
                    })
            })
            .collect::<Result<Vec<_>, _>>()?;
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Ok((response, rules))
    }

    fn nothing_permits(&self, question: &Question<'_>) -> Finding {
        let Question { basis, holding, .. } = question;
        Finding {
            disposition: Disposition::Reject,
            instead: Some(format!(
                "No rule that the provider knows to be in force on {} permits the disclosure of {} data on this instrument ({}, {}): name the provision that it rests on, or send the instrument that the law requires for that category.",
                self.as_of, holding.category, basis.instrument.kind, basis.instrument.country
            )),
            decided_by: Vec::new(),
            overridden: Vec::new(),
        }
    }

    fn advise(&self, text: &str, question: &Question<'_>) -> String {
        let asking = question.basis.authority.country;
        let channel = self
            .facts
            .channel(asking, question.holding.stored_in, self.as_of);
        text.replace(CHANNEL, channel)
    }
}
