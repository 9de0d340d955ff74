use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock};

use cedar_policy::{Authorizer, Entities, Entity, PolicyId, PolicySet, Request};
use jiff::civil::Date;
use lagrum_model::{Act, CountryCode, Disposition, Finding, Form, FormReason, Sha256Digest};

use crate::facts::Facts;
use crate::question::Words;
use crate::rule::{CHANNEL, FormWord, Through};
use crate::slice::{Parts, Piece, SharedParts, parts};
use crate::{LawError, Question, Route, Rule};

/// The law of one day, ready to be applied.
pub struct Law {
    pub(crate) as_of: Date,
    pub(crate) digest: Sha256Digest,
    pub(crate) facts: Arc<Facts>,
    pub(crate) rules: BTreeMap<PolicyId, Arc<Rule>>,
    pub(crate) policies: PolicySet,
    /// The permitting rules alone and the forbidding ones alone: each is judged once, and what
    /// would have permitted is known where something forbids.
    pub(crate) permits: PolicySet,
    pub(crate) forbids: PolicySet,
    /// The pieces of each rule, shared with the laws of other days.
    pub(crate) parts: BTreeMap<PolicyId, SharedParts>,
    /// The rules in pieces, made when a demand with several holdings first asks for them.
    pub(crate) sliced: OnceLock<Sliced>,
    /// The countries that belong to a group on that day.
    pub(crate) countries: BTreeMap<CountryCode, Entity>,
    pub(crate) words: Words,
}

/// The rules in force, each in pieces.
pub(crate) struct Sliced {
    /// Each rule in its pieces.
    pub(crate) rules: BTreeMap<PolicyId, InPieces>,
    /// The pieces of all rules, each once.
    pub(crate) pieces: Vec<Arc<Piece>>,
}

/// One rule in its pieces: their places in [`Sliced::pieces`], as in [`Parts`].
#[derive(Debug)]
pub(crate) struct InPieces {
    pub(crate) demand: Vec<usize>,
    pub(crate) asked: Vec<usize>,
    pub(crate) holding: Vec<usize>,
    pub(crate) parts: Arc<Parts>,
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

    /// This law without the rules for which `kept` is false: to see what some packs say without
    /// the others. Nothing is ever produced on it.
    #[must_use]
    pub fn only(&self, kept: impl Fn(&Rule) -> bool) -> Self {
        let keeps = |id: &PolicyId| self.rules.get(id).is_some_and(|rule| kept(rule));
        let some_of = |all: &PolicySet| {
            let some = all.policies().filter(|policy| keeps(policy.id()));
            PolicySet::from_policies(some.cloned()).expect("a part of a set repeats no name")
        };
        let rules = self.rules.iter().filter(|(id, _)| keeps(id));
        Self {
            as_of: self.as_of,
            digest: self.digest,
            facts: Arc::clone(&self.facts),
            rules: rules.map(|(id, r)| (id.clone(), Arc::clone(r))).collect(),
            policies: some_of(&self.policies),
            permits: some_of(&self.permits),
            forbids: some_of(&self.forbids),
            parts: self.parts.clone(),
            sliced: OnceLock::new(),
            countries: self.countries.clone(),
            words: self.words.clone(),
        }
    }

    /// Applies the law to one holding.
    ///
    /// Permitted: [`Disposition::Produce`], or [`Disposition::Preserve`] where the instrument asks for
    /// that, with the rules that permit it. Forbidden: the strongest
    /// route among the rules that forbid it, in the order of [`crate::Route`], with that rule's
    /// advice to the authority; `decided_by` begins with that rule and goes on by falling strength.
    /// Of two equally strong, a provision of law stands before the provider's own promise. Beside
    /// [`Route::RejectUnexplained`] no other rule is named: the rules that decide are what the
    /// authority is told, and a forger is told nothing of the law. Neither:
    /// [`Disposition::Reject`], decided by no rule.
    ///
    /// # Errors
    /// [`LawError::Evaluation`] if any rule fails: a rule that cannot be applied might have
    /// forbidden it.
    pub fn find(&self, question: &Question<'_>) -> Result<Finding, LawError> {
        let (request, entities) = self.in_cedar(question)?;
        let permits = self.applying(&self.permits, &request, &entities)?;
        let forbids = self.applying(&self.forbids, &request, &entities)?;
        Ok(self.conclude(question, permits, forbids))
    }

    /// The question as it is put to Cedar: for a prover, or to compare with Cedar's own authorizer
    /// over [`Law::policies`].
    ///
    /// # Errors
    /// [`LawError::Question`] if its facts cannot be put before the rules.
    pub fn in_cedar(&self, question: &Question<'_>) -> Result<(Request, Entities), LawError> {
        let request = question.request(&self.words, self.as_of)?;
        let entities = question.entities(&self.words, &self.countries)?;
        Ok((request, entities))
    }

    /// The rules in pieces.
    pub(crate) fn sliced(&self) -> Result<&Sliced, LawError> {
        if let Some(sliced) = self.sliced.get() {
            return Ok(sliced);
        }
        let mut sliced = Sliced {
            rules: BTreeMap::new(),
            pieces: Vec::new(),
        };
        let mut known = HashMap::new();
        for policy in self.policies.policies() {
            let refused = |why: String| LawError::Evaluation {
                rule: policy.id().to_string(),
                why,
            };
            let kept = self.parts.get(policy.id()).cloned().unwrap_or_default();
            let parts = match kept.get() {
                Some(parts) => Arc::clone(parts),
                None => {
                    let made = Arc::new(parts(policy).map_err(refused)?);
                    Arc::clone(kept.get_or_init(|| made))
                }
            };
            let mut numbered = |pieces: &[Arc<Piece>]| -> Vec<usize> {
                let number = |piece: &Arc<Piece>| {
                    *known.entry(piece.text.clone()).or_insert_with(|| {
                        sliced.pieces.push(Arc::clone(piece));
                        sliced.pieces.len() - 1
                    })
                };
                pieces.iter().map(number).collect()
            };
            let rule = InPieces {
                demand: numbered(&parts.demand),
                asked: numbered(&parts.asked),
                holding: numbered(&parts.holding),
                parts,
            };
            sliced.rules.insert(policy.id().clone(), rule);
        }
        Ok(self.sliced.get_or_init(|| sliced))
    }

    /// What follows when exactly these rules apply.
    pub(crate) fn conclude(
        &self,
        question: &Question<'_>,
        permits: Vec<&Rule>,
        forbids: Vec<&Rule>,
    ) -> Finding {
        if forbids.is_empty() && !permits.is_empty() {
            return Finding {
                disposition: question.basis.instrument.kind.act().granted(),
                instead: None,
                decided_by: permits.iter().map(|rule| rule.citation()).collect(),
                overridden: Vec::new(),
                via: None,
                form: None,
                within: None,
            };
        }
        let mut forbids = forbids;
        forbids.sort_by(|a, b| {
            (Reverse(a.route), a.kind, &a.id).cmp(&(Reverse(b.route), b.kind, &b.id))
        });
        let Some((strongest, route)) = forbids.first().and_then(|rule| Some((rule, rule.route?)))
        else {
            return self.nothing_permits(question);
        };
        let via = strongest
            .names_a_channel()
            .then(|| via(strongest, question));
        let via = via.flatten();
        let instead = strongest
            .instead
            .as_ref()
            .map(|text| self.advise(text, via, question));
        let form = match route {
            Route::Wait | Route::RejectUnexplained => None,
            _ => form(strongest.form, question),
        };
        let mut permits = permits;
        if route == Route::RejectUnexplained {
            forbids.retain(|rule| rule.route == Some(route));
            permits.clear();
        }
        Finding {
            disposition: route.disposition(),
            instead,
            decided_by: forbids.iter().map(|rule| rule.citation()).collect(),
            overridden: permits.iter().map(|rule| rule.citation()).collect(),
            via,
            form,
            within: None,
        }
    }

    /// The rules of `policies`, all of one effect, that apply to the request; by name.
    pub(crate) fn applying(
        &self,
        policies: &PolicySet,
        request: &Request,
        entities: &Entities,
    ) -> Result<Vec<&Rule>, LawError> {
        let response = Authorizer::new().is_authorized(request, policies, entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(failed(error));
        }
        let applied = response.diagnostics().reason();
        let mut rules = applied
            .map(|id| self.rule(id))
            .collect::<Result<Vec<_>, _>>()?;
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(rules)
    }

    /// The rule of a name.
    pub(crate) fn rule(&self, id: &PolicyId) -> Result<&Rule, LawError> {
        let rule = self.rules.get(id).map(AsRef::as_ref);
        rule.ok_or_else(|| LawError::Evaluation {
            rule: id.to_string(),
            why: "it decided but is not among the rules in force".into(),
        })
    }

    fn nothing_permits(&self, question: &Question<'_>) -> Finding {
        let Question { basis, holding, .. } = question;
        let permits = match basis.instrument.kind.act() {
            Act::Disclose => "permits the disclosure",
            Act::Preserve => "asks for the preservation",
        };
        Finding {
            disposition: Disposition::Reject,
            instead: Some(format!(
                "No rule that the provider knows to be in force on {} {} of {} data on this instrument ({}, {}): name the provision that it rests on, or send the instrument that the law requires for that category.",
                self.as_of.strftime("%-d %B %Y"),
                permits,
                holding.category,
                basis.instrument.kind,
                basis.instrument.country
            )),
            decided_by: Vec::new(),
            overridden: Vec::new(),
            via: None,
            form: form(None, question),
            within: None,
        }
    }

    fn advise(&self, text: &str, via: Option<CountryCode>, question: &Question<'_>) -> String {
        let asking = question.basis.authority.country;
        let way = self.facts.way(asking, via, self.as_of);
        text.replace(CHANNEL, way.english())
    }
}

/// The form with which the addressee of a European order says why it does not do what is asked for,
/// or asks what is missing; none for other instruments.
fn form(word: Option<FormWord>, question: &Question<'_>) -> Option<Form> {
    let basis = question.basis;
    let reason = match word {
        Some(FormWord::None) => return None,
        Some(FormWord::Reason(reason)) => reason,
        Some(FormWord::AsFound) => basis.findings.objection.map(FormReason::from)?,
        None => FormReason::Other,
    };
    Form::of(reason, &basis.instrument)
}

/// The rule that failed, and why.
pub(crate) fn failed(error: &cedar_policy::AuthorizationError) -> LawError {
    let cedar_policy::AuthorizationError::PolicyEvaluationError(failed) = error;
    LawError::Evaluation {
        rule: failed.policy_id().to_string(),
        why: failed.inner().to_string(),
    }
}

/// The State through which the authority can ask: the one that the rule means, or the next that can
/// carry out what it asks for. Never its own.
fn via(rule: &Rule, question: &Question<'_>) -> Option<CountryCode> {
    let Question { basis, holding, .. } = question;
    let of = |through| match through {
        Through::Addressee => Some(basis.addressee_country),
        Through::Storage => Some(holding.stored_in),
        Through::Conflict => basis.findings.conflict.map(|conflict| conflict.country),
        Through::PublicAuthority => holding.public_authority_of,
    };
    let next = [Through::Storage, Through::Addressee, Through::Conflict];
    [rule.through]
        .into_iter()
        .chain(next)
        .filter_map(of)
        .find(|country| *country != basis.authority.country)
}
