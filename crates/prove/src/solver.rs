//! The solver: a program of its own, one process for each thread.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Builder;

use cedar_policy::{Policy, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::err::{Error, SolverError};
use cedar_policy_symcc::solver::LocalSolver;
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicy, CompiledPolicySet, Env};
use tokio::process::Command;
use tokio::runtime::Runtime;

use crate::ProveError;
use crate::policies::rules;

/// The longest that one question to the solver may take, in milliseconds.
const LIMIT: u32 = 60_000;

/// The stack of a thread, in bytes: the translation walks terms as deep as a rule is long.
const STACK: usize = 256 << 20;

/// Something that shall hold for every request.
pub(crate) enum Claim<'a> {
    /// What the first permits, the second permits too.
    Implies(&'a PolicySet, &'a PolicySet),
    /// The set permits nothing.
    NeverPermits(&'a PolicySet),
    /// The rule never fails.
    NeverFails(&'a Policy),
}

/// What the solver found.
pub(crate) enum Verdict {
    /// It holds for every request.
    Holds,
    /// It does not hold for this one.
    Fails(Box<Env>),
    /// It is not known.
    Unknown(String),
}

/// The schema's request environments (one for each action), with one solver process.
pub(crate) struct Solver<'a> {
    schema: &'a Schema,
    environments: Vec<RequestEnv>,
    runtime: Runtime,
    compiler: CedarSymCompiler<LocalSolver>,
    program: &'a str,
}

impl<'a> Solver<'a> {
    pub(crate) fn new(schema: &'a Schema, program: &'a str) -> Result<Self, ProveError> {
        let missing = |why: String| ProveError::NoSolver {
            program: program.to_owned(),
            why,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| missing(e.to_string()))?;
        let compiler = start(&runtime, program).map_err(missing)?;
        Ok(Self {
            schema,
            environments: schema.request_envs().collect(),
            runtime,
            compiler,
            program,
        })
    }

    /// Whether `claim` holds for every request of every action, and if not, for which it does not.
    pub(crate) fn judge(&mut self, claim: &Claim<'_>) -> Verdict {
        for at in 0..self.environments.len() {
            match self.counterexample(claim, at) {
                Ok(None) => {}
                Ok(Some(found)) => return Verdict::Fails(Box::new(found)),
                Err(error) => return Verdict::Unknown(self.restart(error)),
            }
        }
        Verdict::Holds
    }

    /// Whether `claim` holds for every request of every action; the error says why it is not known.
    /// Faster than [`Solver::judge`] where it does not hold.
    pub(crate) fn holds(&mut self, claim: &Claim<'_>) -> Result<bool, String> {
        for at in 0..self.environments.len() {
            match self.holds_in(claim, at) {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(error) => return Err(self.restart(error)),
            }
        }
        Ok(true)
    }

    /// A process that failed once is not asked again. What went wrong, in words.
    fn restart(&mut self, error: Box<Error>) -> String {
        if let Ok(compiler) = start(&self.runtime, self.program) {
            self.compiler = compiler;
        }
        match *error {
            Error::SolverUnknown => "the solver gave up".to_owned(),
            Error::PolicyNotWellTyped { errs } => errs
                .first()
                .map_or_else(|| "a rule is not well typed".into(), ToString::to_string),
            other => other.to_string(),
        }
    }

    fn compiled(&self, set: &PolicySet, at: usize) -> Result<CompiledPolicySet, Box<Error>> {
        let environment = &self.environments[at];
        CompiledPolicySet::compile(set, environment, self.schema).map_err(Box::new)
    }

    fn one(&self, policy: &Policy, at: usize) -> Result<CompiledPolicy, Box<Error>> {
        let environment = &self.environments[at];
        CompiledPolicy::compile(policy, environment, self.schema).map_err(Box::new)
    }

    fn counterexample(&mut self, claim: &Claim<'_>, at: usize) -> Result<Option<Env>, Box<Error>> {
        match claim {
            Claim::Implies(left, right) => {
                let (left, right) = (self.compiled(left, at)?, self.compiled(right, at)?);
                let asked = self
                    .compiler
                    .check_implies_with_counterexample_opt(&left, &right);
                self.runtime.block_on(asked).map_err(Box::new)
            }
            Claim::NeverPermits(set) => {
                let set = self.compiled(set, at)?;
                let asked = self
                    .compiler
                    .check_always_denies_with_counterexample_opt(&set);
                self.runtime.block_on(asked).map_err(Box::new)
            }
            Claim::NeverFails(policy) => {
                let policy = self.one(policy, at)?;
                let asked = self
                    .compiler
                    .check_never_errors_with_counterexample_opt(&policy);
                self.runtime.block_on(asked).map_err(Box::new)
            }
        }
    }

    fn holds_in(&mut self, claim: &Claim<'_>, at: usize) -> Result<bool, Box<Error>> {
        match claim {
            Claim::Implies(left, right) => {
                let (left, right) = (self.compiled(left, at)?, self.compiled(right, at)?);
                let asked = self.compiler.check_implies_opt(&left, &right);
                self.runtime.block_on(asked).map_err(Box::new)
            }
            Claim::NeverPermits(set) => {
                let set = self.compiled(set, at)?;
                let asked = self.compiler.check_always_denies_opt(&set);
                self.runtime.block_on(asked).map_err(Box::new)
            }
            Claim::NeverFails(policy) => {
                let policy = self.one(policy, at)?;
                let asked = self.compiler.check_never_errors_opt(&policy);
                self.runtime.block_on(asked).map_err(Box::new)
            }
        }
    }
}

fn start(runtime: &Runtime, program: &str) -> Result<CedarSymCompiler<LocalSolver>, String> {
    let _inside = runtime.enter();
    let solver = LocalSolver::from_command(
        Command::new(program)
            .args(["--lang", "smt"])
            .arg(format!("--tlimit-per={LIMIT}"))
            .kill_on_drop(true),
    )
    .map_err(|error| match error {
        SolverError::Io(error) => error.to_string(),
        other => other.to_string(),
    })?;
    CedarSymCompiler::new(solver).map_err(|error| error.to_string())
}

/// Does all tasks on `threads` threads, each with a solver of its own; results in order.
pub(crate) fn in_parallel<T: Sync, R: Send>(
    tasks: &[T],
    threads: usize,
    schema: &Schema,
    program: &str,
    does: impl Fn(&T, &mut Solver<'_>) -> Result<R, ProveError> + Sync,
    done_so_far: impl Fn(usize) + Sync,
) -> Result<Vec<R>, ProveError> {
    let next = AtomicUsize::new(0);
    let finished = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<Result<R, ProveError>>>> =
        Mutex::new(tasks.iter().map(|_| None).collect());
    let work = || -> Result<(), ProveError> {
        let mut solver = Solver::new(schema, program)?;
        while let Some((at, task)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            tasks.get(at).map(|task| (at, task))
        } {
            let result = does(task, &mut solver);
            if let Ok(mut done) = done.lock() {
                done[at] = Some(result);
            }
            done_so_far(finished.fetch_add(1, Ordering::Relaxed) + 1);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1))
            .map(|_| Builder::new().stack_size(STACK).spawn_scoped(scope, work))
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .map_err(rules)?
                .join()
                .unwrap_or_else(|_| Err(ProveError::Rules("a thread of the prover failed".into())))
        })
    })?;
    let done = done
        .into_inner()
        .map_err(|_| ProveError::Rules("a thread of the prover failed".into()))?;
    done.into_iter()
        .map(|result| {
            result.unwrap_or_else(|| Err(ProveError::Rules("a task was not done".into())))
        })
        .collect()
}
