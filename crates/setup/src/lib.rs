//! One provider on one machine: which file is where, setting it all up, and opening its desk; regions and people that
//! come and go; copies of desk and log.
//!
//! **Invariant.** Keys are written for their owner alone, and no key is overwritten. Settings are changed whole, after
//! what they would say was read again; what people wrote beside stays. A desk is there when its configuration is, which
//! is written last. A copy is there when the list of its files is, and is of one instant.
//!
//! The command line and the demo use it. It names both wings, because a provider on one machine has
//! both; neither of them knows the other.

mod agent;
mod backup;
mod copying;
mod error;
mod layout;
mod person;
mod place;
mod provider;
mod region;
mod written;

pub use backup::{Backup, CheckedCopy, Manifest, back_up};
pub use error::SetupError;
pub use person::{Newcomer, PersonAdded, PersonEnded, RosterElsewhere, add_person, end_person};
pub use place::{Place, packages};
pub use provider::{Provider, provider};
pub use region::{NewRegion, RegionAdded, add_region};
