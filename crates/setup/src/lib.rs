//! One provider on one machine: which file is where, setting it all up, and opening its desk.
//!
//! **Invariant.** Keys are written for their owner alone, and nothing that exists is overwritten. A
//! desk is there when its configuration is, which is written last.
//!
//! The command line and the demo use it. It names both wings, because a provider on one machine has
//! both; neither of them knows the other.

mod error;
mod place;
mod provider;

pub use error::SetupError;
pub use place::Place;
pub use provider::{Provider, provider};
