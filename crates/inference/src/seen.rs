//! What was found of a protected sum.

use std::sync::Arc;

/// A solution of everything that is known: a value for each hidden number. Many protected sums can share one.
pub type Witness = Arc<[i64]>;

/// How narrowly a protected sum can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is safe: here are two solutions in which it differs by its width at least. [`crate::System::verify`] checks them.
    ///
    /// **One of them may be the true data.** They are for whoever may see it, and never for publication.
    Wide {
        /// The one in which it is smaller.
        lower: Witness,
        /// The one in which it is larger.
        upper: Witness,
    },
    /// It is not safe: it is proved to lie between these, which are nearer to each other than its width.
    Narrow {
        /// The lower end.
        low: i64,
        /// The upper end.
        high: i64,
    },
    /// Neither was found within the effort. Treat it like narrow.
    Unknown,
}
