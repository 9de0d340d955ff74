//! Producing: the spool into which a search runs, and the seal.
//!
//! **Invariant.** A sealed package exists only after [`check`](lagrum_package::check::check) re-read
//! every item of it and found none outside the mandate. A failure before that leaves no package.

mod error;
mod seal;
mod spool;

#[cfg(test)]
mod second_opinion_tests;

pub use error::ProductionError;
pub use seal::{Sealed, seal};
pub use spool::{PutAside, SearchSink, Spool, Taken, Traced, Written};
