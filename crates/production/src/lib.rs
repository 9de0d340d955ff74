//! Producing: the spool into which a search runs, and the seal.
//!
//! **Invariant.** A sealed package exists only after [`check`](lagrum_package::check::check) re-read
//! every item of it and found none outside the mandate. What is sealed are the bytes that it read. A failure before
//! that leaves no package.

mod append;
mod error;
mod frozen;
mod items;
mod known;
mod put_aside;
mod seal;
mod search_sink;
mod side_by_side;
mod spool;
mod withheld;

#[cfg(test)]
mod second_opinion_tests;
#[cfg(test)]
mod tests;

pub use error::ProductionError;
pub use frozen::{Thawed, Visit, freeze, thaw};
pub use known::Known;
pub use put_aside::PutAside;
pub use seal::{SealWith, seal};
pub use search_sink::{SearchSink, Taken};
pub use spool::{Spool, Traced, Written};
pub use withheld::{WITHHELD, WithheldCopy, read_withheld};
