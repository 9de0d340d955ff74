//! Proofs over the law packs: what holds for every possible request, not only for those that were
//! tried.
//!
//! **Invariant.** "Proved" means that the solver found that no request of the schema breaks the
//! invariant, under assumptions that the report names. Whatever else happens — a counterexample, a
//! solver that gives up, runs out of time or is not there — is never reported as proved; and a
//! counterexample is shown only after Cedar's own authorizer confirmed it on the very facts that
//! are printed.
//!
//! The rules are translated to logic by `cedar-policy-symcc` and judged by the solver `cvc5`, a
//! program of its own (Debian package `cvc5`). [`prove()`] does it all; a [`Report`] says what was
//! proved, of which packs, assuming what.
//!
//! Nothing here reads a clock of the calendar: the day whose law is proved is passed in.

mod assumptions;
mod counterexample;
mod demand_file;
mod error;
mod invariant;
mod options;
mod policies;
mod prove;
mod report;
mod simplify;
mod solver;

pub use counterexample::Counterexample;
pub use error::ProveError;
pub use invariant::Invariant;
pub use options::Options;
pub use prove::{Progress, prove, prove_watched};
pub use report::{Assuming, Check, Outcome, Property, Report, Useless, Why};
