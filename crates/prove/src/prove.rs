use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use cedar_policy::{Policy, PolicyId, PolicySet, ValidationMode, Validator};
use lagrum_law::{Law, LawPacks, PackKind, Rule};
use lagrum_model::Effect;

use crate::assumptions::{Assumptions, Members};
use crate::policies::{everything, named_entities, rules, set};
use crate::report::{Assumes, Assuming, Check, Outcome, Property, Report, Useless};
use crate::simplify::Asked;
use crate::solver::{Claim, Solver, Verdict, in_parallel};
use crate::{Invariant, Options, Progress, ProveError};

mod against;
mod confirmed;
mod needless;

use confirmed::{allows, response};

/// Proves every invariant of the law of one day: of all packs together, and of each pack together
/// with the packs that carry the invariant. With `against`, also that nothing is permitted here
/// that is not permitted there.
///
/// # Errors
/// [`ProveError`] if the solver is not there, or if something cannot be put to it. That an
/// invariant does not hold is no error: see [`Report::holds`].
pub fn prove(
    packs: &LawPacks,
    against: Option<&LawPacks>,
    options: &Options,
) -> Result<Report, ProveError> {
    prove_watched(packs, against, options, |_| ())
}

/// As [`prove`], and says after each question to the solver how far it has come. Several threads
/// say so.
///
/// # Errors
/// As [`prove`].
pub fn prove_watched(
    packs: &LawPacks,
    against: Option<&LawPacks>,
    options: &Options,
    watch: impl Fn(Progress) + Sync,
) -> Result<Report, ProveError> {
    let start = Instant::now();
    let proof = Proof::new(packs, against, options)?;
    let tasks = proof.tasks();
    let done = in_parallel(
        &tasks,
        options.threads,
        packs.schema(),
        &options.solver,
        |task, solver| proof.carry_out(task, solver),
        |done| {
            watch(Progress {
                done,
                of: tasks.len(),
            });
        },
    )?;
    let mut checks = vec![proof.strict()];
    let mut useless = Vec::new();
    for done in done {
        match done {
            Done::Check(check) => checks.push(*check),
            Done::Fails(check) => {
                // One line for all rules of which it is proved by itself.
                match (
                    &check.outcome,
                    checks.iter_mut().find(|c| c.property == check.property),
                ) {
                    (Outcome::Proved { .. }, Some(first)) => {
                        first.milliseconds += check.milliseconds;
                    }
                    _ => checks.push(*check),
                }
            }
            Done::Useless(found) => useless.extend(found),
        }
    }
    Ok(Report {
        as_of: options.as_of,
        law: packs.digest(),
        against: against.map(LawPacks::digest),
        rules: proof.law.rules().count(),
        assumes: Assumes {
            engine: proof.assumptions.engine_says(),
            day: proof.assumptions.day_says(),
        },
        checks,
        useless,
        milliseconds: start.elapsed().as_millis(),
    })
}

/// Some packs, and their rules alone.
struct Part {
    packs: Vec<String>,
    law: Law,
}

/// Everything that the tasks need, made once.
struct Proof<'a> {
    packs: &'a LawPacks,
    against: Option<against::Other>,
    options: &'a Options,
    law: Arc<Law>,
    assumptions: Assumptions,
    invariants: Vec<Invariant>,
    /// The first is all packs together.
    parts: Vec<Part>,
    /// For each invariant, the parts of which it is proved.
    of_invariant: Vec<Vec<usize>>,
    /// For the promise as a whole likewise.
    of_promise: Vec<usize>,
    /// Countries that a rule or a group names.
    countries: BTreeSet<String>,
}

enum Task {
    Never(usize, usize),
    /// An invariant of a permitting rule by itself.
    Bounds(usize, PolicyId),
    OnlyNarrows(usize),
    Against,
    NeverFails(PolicyId),
    Useful(PolicyId),
}

enum Done {
    Check(Box<Check>),
    Fails(Box<Check>),
    Useless(Option<Useless>),
}

impl<'a> Proof<'a> {
    fn new(
        packs: &'a LawPacks,
        against: Option<&LawPacks>,
        options: &'a Options,
    ) -> Result<Self, ProveError> {
        let day = options.as_of;
        let law = packs.in_force(day)?;
        let mut groups: Vec<_> = packs
            .groups()
            .iter()
            .map(|group| Members::of(group, day))
            .collect();
        let against = against
            .map(|other| against::Other::new(packs, other, day, &mut groups))
            .transpose()?;
        let mut countries = named_entities(law.policies().policies(), "Country");
        for group in &groups {
            countries.extend(group.countries.iter().map(ToString::to_string));
        }
        if let Some(other) = &against {
            countries.extend(named_entities(other.law.policies().policies(), "Country"));
        }
        let invariants: Vec<_> = Invariant::all(packs)?
            .into_iter()
            .filter(|invariant| invariant.in_force(day))
            .collect();
        countries.extend(named_entities(
            invariants.iter().map(|i| &i.policy),
            "Country",
        ));

        let mut parts = vec![Part {
            packs: Vec::new(),
            law: law.only(|_| true),
        }];
        let mut found = BTreeMap::new();
        let mut parts_with = |rests_on: &[String]| {
            let mut of = vec![0];
            for pack in packs.packs().iter().map(|pack| &pack.name) {
                if rests_on.contains(pack) || !options.each_pack {
                    continue;
                }
                let mut names = rests_on.to_vec();
                names.push(pack.clone());
                names.sort();
                of.push(*found.entry(names.clone()).or_insert_with(|| {
                    let law = law.only(|rule| names.contains(&rule.pack));
                    parts.push(Part { packs: names, law });
                    parts.len() - 1
                }));
            }
            of
        };
        let of_invariant = invariants
            .iter()
            .map(|invariant| match invariant.is_of_each_permit() {
                true => Vec::new(),
                false => parts_with(&invariant.rests_on),
            })
            .collect();
        let promise: Vec<_> = packs
            .packs()
            .iter()
            .filter(|pack| pack.kind == PackKind::Policy)
            .map(|pack| pack.name.clone())
            .collect();
        let of_promise = parts_with(&promise);
        Ok(Self {
            packs,
            against,
            options,
            assumptions: Assumptions::new(&groups)?,
            law,
            invariants,
            parts,
            of_invariant,
            of_promise,
            countries,
        })
    }

    fn tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        for (at, parts) in self.of_invariant.iter().enumerate() {
            if self.invariants[at].is_of_each_permit() {
                let permits = self.law.rules().filter(|r| r.effect == Effect::Permit);
                tasks.extend(permits.map(|rule| Task::Bounds(at, PolicyId::new(&rule.id))));
            } else {
                tasks.extend(parts.iter().map(|&part| Task::Never(at, part)));
            }
        }
        tasks.extend(self.of_promise.iter().map(|&part| Task::OnlyNarrows(part)));
        tasks.extend(self.against.iter().map(|_| Task::Against));
        let ids = || self.law.rules().map(|rule| PolicyId::new(&rule.id));
        if self.options.each_rule {
            tasks.extend(ids().map(Task::NeverFails));
        }
        if self.options.useless {
            tasks.extend(ids().map(Task::Useful));
        }
        tasks
    }

    fn carry_out(&self, task: &Task, solver: &mut Solver<'_>) -> Result<Done, ProveError> {
        let start = Instant::now();
        let check = |property, part: &Part, outcome| {
            Box::new(Check {
                property,
                packs: part.packs.clone(),
                outcome,
                milliseconds: start.elapsed().as_millis(),
            })
        };
        match task {
            Task::Never(invariant, part) => {
                let (invariant, part) = (&self.invariants[*invariant], &self.parts[*part]);
                let right = set([everything()?, invariant.policy.clone()])?;
                let outcome = self.implied(part, &right, solver, |asked| {
                    allows(&part.law, part.law.policies(), asked)
                        && !allows(&part.law, &right, asked)
                })?;
                Ok(Done::Check(check(invariant.property(), part, outcome)))
            }
            Task::Bounds(invariant, id) => {
                let invariant = &self.invariants[*invariant];
                let part = Part {
                    packs: Vec::new(),
                    law: self.law.only(|rule| PolicyId::new(&rule.id) == *id),
                };
                let right = set([everything()?, invariant.policy.clone()])?;
                let outcome = self.implied(&part, &right, solver, |asked| {
                    allows(&part.law, part.law.policies(), asked)
                        && !allows(&part.law, &right, asked)
                })?;
                let property = invariant.property();
                Ok(Done::Fails(check(property, &part, outcome)))
            }
            Task::OnlyNarrows(part) => {
                let part = &self.parts[*part];
                let promise = self
                    .law
                    .rules()
                    .filter(|rule| rule.kind == PackKind::Policy)
                    .map(|rule| self.policy(rule));
                let mut right = vec![everything()?];
                right.extend(promise.collect::<Result<Vec<_>, _>>()?);
                let right = set(right)?;
                let outcome = self.implied(part, &right, solver, |asked| {
                    allows(&part.law, part.law.policies(), asked)
                        && !allows(&part.law, &right, asked)
                })?;
                let property = Property {
                    id: "only-narrows-the-promise".into(),
                    says: "Nothing that the provider's own rules forbid is permitted by any combination of the other rules.".into(),
                    cite: "The provider's published promise".into(),
                };
                Ok(Done::Check(check(property, part, outcome)))
            }
            Task::Against => {
                let part = &self.parts[0];
                let other = self.against.as_ref().ok_or_else(|| rules("no other law"))?;
                let outcome = self.implied(part, &other.policies, solver, |asked| {
                    allows(&part.law, part.law.policies(), asked)
                        && !allows(&other.law, other.law.policies(), asked)
                })?;
                let property = Property {
                    id: "never-more-than-the-other-law".into(),
                    says:
                        "Nothing is permitted here that the law packs compared with do not permit."
                            .into(),
                    cite: "The gate, point 3: the agent's own copy of the law".into(),
                };
                Ok(Done::Check(check(property, part, outcome)))
            }
            Task::NeverFails(id) => {
                let one = self.by_id(id)?;
                let part = &self.parts[0];
                let outcome = match solver.judge(&Claim::NeverFails(&one)) {
                    Verdict::Holds => Outcome::Proved {
                        assuming: Assuming::Engine,
                    },
                    Verdict::Unknown(why) => Outcome::Undecided {
                        why: format!("{id}: {why}"),
                    },
                    Verdict::Fails(found) => self.refuted(
                        &found,
                        part,
                        |asked| {
                            set([one.clone()])
                                .ok()
                                .and_then(|one| response(&part.law, &one, asked))
                                .is_none_or(|r| r.diagnostics().errors().count() > 0)
                        },
                        &format!("{id} can fail"),
                    )?,
                };
                let property = Property {
                    id: "no-rule-fails".into(),
                    says: "No rule fails while it is applied, whatever the facts.".into(),
                    cite: "A rule that fails stops the case".into(),
                };
                Ok(Done::Fails(check(property, part, outcome)))
            }
            Task::Useful(id) => Ok(Done::Useless(self.useless(id, solver)?)),
        }
    }

    /// Whether what the part permits, `right` permits too: under the weakest assumptions that do.
    fn implied(
        &self,
        part: &Part,
        right: &PolicySet,
        solver: &mut Solver<'_>,
        breaks: impl Fn(&Asked) -> bool,
    ) -> Result<Outcome, ProveError> {
        let law = part.law.policies();
        let left = with(law, &self.assumptions.engine)?;
        if solver.holds(&Claim::Implies(&left, right)) == Ok(true) {
            let assuming = Assuming::Engine;
            return Ok(Outcome::Proved { assuming });
        }
        let left = with(law, &self.assumptions.of_day([law, right]))?;
        match solver.judge(&Claim::Implies(&left, right)) {
            Verdict::Holds => Ok(Outcome::Proved {
                assuming: Assuming::Day,
            }),
            Verdict::Unknown(why) => Ok(Outcome::Undecided { why }),
            Verdict::Fails(found) => self.refuted(&found, part, breaks, ""),
        }
    }

    /// Whether Cedar's strict validator has nothing to say of the rules in force together.
    fn strict(&self) -> Check {
        let start = Instant::now();
        let validator = Validator::new(self.packs.schema().clone());
        let found = validator.validate(self.law.policies(), ValidationMode::Strict);
        let remark = found
            .validation_errors()
            .map(|error| format!("{}: {error}", error.policy_id()))
            .chain(
                found
                    .validation_warnings()
                    .map(|warning| format!("{}: {warning}", warning.policy_id())),
            )
            .next();
        Check {
            property: Property {
                id: "strictly-valid".into(),
                says: "Cedar's strict validator has nothing to remark on the rules in force."
                    .into(),
                cite: "schema.cedarschema".into(),
            },
            packs: Vec::new(),
            outcome: match remark {
                None => Outcome::Proved {
                    assuming: Assuming::Engine,
                },
                Some(why) => Outcome::Undecided { why },
            },
            milliseconds: start.elapsed().as_millis(),
        }
    }

    fn policy(&self, rule: &Rule) -> Result<Policy, ProveError> {
        self.by_id(&PolicyId::new(&rule.id))
    }

    fn by_id(&self, id: &PolicyId) -> Result<Policy, ProveError> {
        self.law
            .policies()
            .policy(id)
            .cloned()
            .ok_or_else(|| rules(format!("rule {id} is not in force")))
    }
}

fn with(policies: &PolicySet, assumed: &[Policy]) -> Result<PolicySet, ProveError> {
    set(policies.policies().cloned().chain(assumed.iter().cloned()))
}
