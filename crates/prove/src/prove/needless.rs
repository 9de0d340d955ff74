//! Rules that change nothing, or only the reasons.

use cedar_policy::{PolicyId, PolicySet};
use lagrum_law::Rule;
use lagrum_model::Effect;

use super::{Proof, with};
use crate::ProveError;
use crate::policies::{permitting, rules, set};
use crate::report::{Useless, Why};
use crate::solver::{Claim, Solver};

impl Proof<'_> {
    /// Whether the rule changes anything on the day.
    pub(super) fn useless(
        &self,
        id: &PolicyId,
        solver: &mut Solver<'_>,
    ) -> Result<Option<Useless>, ProveError> {
        let rule = self
            .law
            .rules()
            .find(|rule| PolicyId::new(&rule.id) == *id)
            .ok_or_else(|| rules(format!("rule {id} is not in force")))?;
        let found = |why| {
            Ok(Some(Useless {
                rule: rule.id.clone(),
                why,
            }))
        };
        let assumed = |sets: &[&PolicySet]| self.assumptions.of_day(sets.iter().copied());
        let alone = set([permitting(&self.policy(rule)?)?])?;
        let applies = with(&alone, &assumed(&[&alone]))?;
        match solver.holds(&Claim::NeverPermits(&applies)) {
            Ok(true) => return found(Why::NeverApplies),
            Ok(false) => {}
            Err(because) => return found(Why::Unknown { because }),
        }
        let others: Vec<_> = self
            .law
            .rules()
            .filter(|other| {
                other.id != rule.id && other.effect == rule.effect && other.route >= rule.route
            })
            .collect();
        let mut covered = |rules: &[&Rule]| {
            let permits = rules
                .iter()
                .map(|rule| permitting(&self.policy(rule)?))
                .collect::<Result<Vec<_>, _>>()?;
            let permits = set(permits)?;
            let applies = with(&alone, &assumed(&[&alone, &permits]))?;
            Ok::<_, ProveError>(solver.holds(&Claim::Implies(&applies, &permits)) == Ok(true))
        };
        if covered(&others)? {
            // Half of them, and half of those, until one is left or it takes both halves.
            let mut among = others.as_slice();
            while among.len() > 1 {
                let (first, second) = among.split_at(among.len() / 2);
                if covered(first)? {
                    among = first;
                } else if covered(second)? {
                    among = second;
                } else {
                    break;
                }
            }
            let other = match among {
                [one] => Some(one.id.clone()),
                _ => None,
            };
            return found(Why::AnotherAlwaysApplies { other });
        }
        if self.options.reasons && rule.effect == Effect::Forbid {
            let law = self.law.policies();
            let without = self.law.only(|other| other.id != rule.id);
            let without = with(without.policies(), &assumed(&[law]))?;
            if solver.holds(&Claim::Implies(&without, law)) == Ok(true) {
                return found(Why::GivesReasonOnly);
            }
        }
        Ok(None)
    }
}
