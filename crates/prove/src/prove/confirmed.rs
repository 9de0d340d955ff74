//! Counterexamples: confirmed by Cedar's own authorizer, and made plain.

use cedar_policy::{Authorizer, Decision, PolicySet};
use lagrum_law::Law;

use super::{Part, Proof};
use crate::demand_file::demand;
use crate::found::asked;
use crate::report::Outcome;
use crate::simplify::{Asked, Plain, simplify};
use crate::{Counterexample, ProveError};

impl Proof<'_> {
    /// A counterexample, confirmed and made plain.
    pub(super) fn refuted(
        &self,
        found: &cedar_policy_symcc::Env,
        part: &Part,
        breaks: impl Fn(&Asked) -> bool,
        of: &str,
    ) -> Result<Outcome, ProveError> {
        let day = self.options.as_of;
        let finding = |asked: &Asked| part.law.find(&asked.question());
        let shown = asked(found, &self.countries, day).and_then(|asked| {
            let shows = |asked: &Asked| demand(asked).is_ok() && breaks(asked);
            if !shows(&asked) {
                return Err("Cedar's authorizer does not confirm it".into());
            }
            let plain = simplify(asked, &Plain::on(day), shows);
            let finding = finding(&plain).map_err(|e| e.to_string())?;
            Counterexample::new(&plain, finding, day, &part.packs)
        });
        Ok(match shown {
            Ok(counterexample) => Outcome::Refuted {
                counterexample: Box::new(counterexample),
            },
            Err(why) => Outcome::Undecided {
                why: format!(
                    "{of}{}the solver has a counterexample that cannot be shown as a demand: {why}. {}",
                    if of.is_empty() { "" } else { ": " },
                    found.request
                ),
            },
        })
    }
}

/// What Cedar's authorizer says over `policies`, on the facts that `law` has of the day.
pub(super) fn response(
    law: &Law,
    policies: &PolicySet,
    asked: &Asked,
) -> Option<cedar_policy::Response> {
    let (request, entities) = law.in_cedar(&asked.question()).ok()?;
    Some(Authorizer::new().is_authorized(&request, policies, &entities))
}

pub(super) fn allows(law: &Law, policies: &PolicySet, asked: &Asked) -> bool {
    response(law, policies, asked).is_some_and(|response| response.decision() == Decision::Allow)
}
