//! The log for strangers, over HTTP: its files served, copies of it kept, its witnesses asked, and a witness for the logs
//! of others (c2sp.org/tlog-tiles, c2sp.org/tlog-witness).
//!
//! **Invariant.** A witness cosigns a checkpoint only after it has durably stored it as the last of its log, and only if
//! that log's tree of before is its beginning. Of what a witness answers nothing is taken but its own signature,
//! checked. Nothing of a log's directory is served but the files that a log publishes.

mod ask;
mod files;
mod witness;

#[cfg(test)]
mod tests;

pub use ask::{Asked, Https, NotFetched, Outcome, ask_witnesses};
pub use files::log_files;
pub use witness::{Witness, WitnessAnswer, WitnessError, witness_pages};
