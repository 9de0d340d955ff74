//! The transparency log: a public, append-only Merkle tree of commitments to case events, as
//! plain files that any static web server can publish and any C2SP client can check
//! (c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint, c2sp.org/tlog-proof).
//!
//! **Invariant.** An entry that has been appended stays at its index for ever, and no checkpoint
//! is signed that is not a continuation of every checkpoint signed before: whatever crashes, and
//! whatever is damaged or rolled back on disk, the log either continues exactly or says what is
//! wrong and signs nothing. What comes from outside is a [`SignedCheckpoint`], a [`Proof`] or a
//! [`ConsistencyProof`]; only checking it against a [`CheckpointPolicy`] gives a
//! [`VerifiedCheckpoint`] or a [`VerifiedInclusion`].
//!
//! The log tells *that* something happened and in which order, not *what*: an entry is a salted
//! hash ([`Commitment`]). This crate has no clock and no random source of its own.

mod checkpoint;
mod commitment;
mod consistency;
mod edge;
mod error;
mod faults;
mod hash;
mod head;
mod layout;
mod log;
mod loss;
mod merkle;
mod mirror;
mod notices;
mod pending;
mod policy;
mod proof;
mod reader;
mod recover;
mod schedule;
mod staging;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod verify;

#[cfg(test)]
mod tests;

pub use checkpoint::SignedCheckpoint;
pub use commitment::{Commitment, Salt};
pub use consistency::{ConsistencyProof, verify_consistency, verify_growth};
pub use error::Error;
pub use hash::Hash;
pub use head::{Head, HeadStore, MAXIMUM_SIZE};
pub use layout::{is_public_file, notice_path};
pub use log::{Log, MAXIMUM_BATCH};
pub use loss::Loss;
pub use mirror::{Fetch, Fork, MirrorError, Mirrored, mirror};
pub use notices::index_text;
pub use policy::{CheckpointPolicy, Cosignature, FormerKey, PolicyError, VerifiedCheckpoint};
pub use proof::{Inclusion, Proof, VerifiedInclusion};
pub use reader::{Compared, LogReader};
pub use recover::{Recovered, Recovery};
pub use schedule::{ANNOUNCED_BEFORE, Rhythm, Rule, Schedule, Slot, Tick};
pub use verify::WholeLog;
