//! What people recorded of the time and cost of a case.

use jiff::Timestamp;

use super::{Actor, Burden, BurdenSum, Case, Recorded};

/// An entry, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BurdenEntry {
    /// The number of its event.
    pub number: u64,
    /// When it was recorded (UTC).
    pub at: Timestamp,
    /// Who recorded it.
    pub by: Actor,
    /// What it says.
    pub burden: Burden,
    /// What was done, in the words of whoever recorded it; may be empty.
    pub what: String,
    /// Who took it back, when and why. It counts in no sum then.
    pub taken_back: Option<Recorded>,
}

impl Case {
    /// What its entries come to; those that were taken back do not count.
    #[must_use]
    pub fn burden_sum(&self) -> BurdenSum {
        let counts = self.burden.iter().filter(|one| one.taken_back.is_none());
        BurdenSum::of(counts.map(|one| &one.burden))
    }
}
