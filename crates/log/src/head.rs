//! The head of the log, and the one place that decides what it is.

use serde::{Deserialize, Serialize};

use crate::hash::Hash;

/// The largest tree that this crate writes or reads: 2^48 entries. It keeps all arithmetic on
/// tile coordinates far from overflow, whatever a damaged file says.
pub const MAXIMUM_SIZE: u64 = 1 << 48;

/// The state of an append-only log: how many entries, and the root hash over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Root of the Merkle tree over them (RFC 6962 section 2.1).
    pub root: Hash,
}

impl Head {
    /// The head of a log without entries.
    pub const EMPTY: Head = Head {
        size: 0,
        root: Hash::EMPTY_TREE,
    };
}

/// The one place that says what the log's head is, for example a row in the desk's database.
///
/// The log never signs a checkpoint before its head is here, so two inconsistent checkpoints
/// cannot be signed, whatever crashes.
pub trait HeadStore {
    /// Why the store failed.
    type Error: std::error::Error + Send + Sync + 'static;

    /// The head, or nothing when the log has not been created.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn head(&self) -> Result<Option<Head>, Self::Error>;

    /// Replaces the head by `new` if it is `expected`; says whether it did.
    ///
    /// It must be durable when this returns `Ok(true)`.
    ///
    /// # Errors
    /// When the store fails. It may then hold either head, but that must be settled: what
    /// [`HeadStore::head`] says next stays true until the next call of this function. A change
    /// that may still arrive late would strand the log.
    fn compare_and_swap(
        &mut self,
        expected: Option<&Head>,
        new: &Head,
    ) -> Result<bool, Self::Error>;
}
