//! Statistical disclosure control: how narrowly a reader, or an insider, can read a protected sum from published ones.
//!
//! What is published of hidden counts and amounts, exactly or in bands, are linear equations. What follows from them for a
//! protected cell is asked here over integers, with everything that was ever published and everything that holds by
//! definition: each production has an account at least, so a published number of accounts tells of productions.
//!
//! **Invariant.** Nothing is called wide but with two solutions that differ by the width, which [`System::verify`] checks
//! against every sum; nothing is called narrow but by bounds that are reckoned exactly, from what is published alone;
//! everything else is unknown, and to be treated like narrow. No searching, rounding or effort can change that: a search
//! only proposes.
//!
//! Three questions:
//! - [`check()`]: of this data, before it is published, or as an insider sees it ([`System::with`]).
//! - [`can_be_at_most()`]: of this data, whether a sum can be so little: whether there may be nothing to read at all.
//! - [`worst_case()`]: of a plan, before there is data. Whether a report is refused for what [`check()`] says depends on what is
//!   hidden, and so tells something of it; what [`worst_case()`] says does not.
//!
//! Not seen by it: how likely each value is; which values between the two ends are possible (a sum may be known to be
//! even); what is known beside the sums, unless it is told as such.

mod bounds;
mod branch;
mod check;
mod data;
mod error;
mod known;
mod nested;
mod plan;
mod planned;
mod proof;
mod published;
mod random;
mod reach;
mod rows;
mod seen;
mod simplex;
mod system;
#[cfg(test)]
mod tests;
mod walk;

pub use check::{Effort, check};
pub use error::InferenceError;
pub use plan::{Worst, worst_case};
pub use planned::Planned;
pub use published::{LARGEST, Published};
pub use reach::{Reached, can_be_at_most};
pub use seen::{Seen, Witness};
pub use system::{Hidden, Protected, System};
