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
//! Without the feature `solver` nothing is proved, and [`ProveError::NotBuilt`] says so.
//!
//! Nothing here reads a clock of the calendar: the day whose law is proved is passed in.

mod counterexample;
mod error;
mod options;
mod report;

// Translating the law to logic takes a minute and a half to compile: what tests and releases turn on.
#[cfg(feature = "solver")]
mod assumptions;
#[cfg(feature = "solver")]
mod demand_file;
#[cfg(feature = "solver")]
mod found;
#[cfg(feature = "solver")]
mod invariant;
#[cfg(not(feature = "solver"))]
mod not_built;
#[cfg(feature = "solver")]
mod policies;
#[cfg(feature = "solver")]
mod prove;
#[cfg(feature = "solver")]
mod simplify;
#[cfg(feature = "solver")]
mod solver;

pub use counterexample::Counterexample;
pub use error::ProveError;
#[cfg(feature = "solver")]
pub use invariant::Invariant;
#[cfg(not(feature = "solver"))]
pub use not_built::{prove, prove_watched};
pub use options::Options;
#[cfg(feature = "solver")]
pub use prove::{prove, prove_watched};
pub use report::{Assuming, Check, Outcome, Progress, Property, Report, Useless, Why};
