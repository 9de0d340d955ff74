//! How many cases become one count.

use lagrum_figures::CaseFacts;

/// What counts cases. The order in which they come changes nothing, and parts that were made apart become one.
pub trait Count {
    /// Counts a case, if it is one that counts here.
    fn add(&mut self, facts: &CaseFacts);

    /// Adds what another part counted of other cases.
    ///
    /// # Panics
    /// When the other counts something else: another period, for example.
    fn merge(&mut self, other: Self);
}
