//! The production: package, independent re-check, seal, verify.
//!
//! **Invariant.** A sealed package exists only after [`check`](check::check) re-read every item of
//! it and found none outside the mandate; and it always says what was searched, found, empty and
//! withheld. A failure before that leaves no package.
//!
//! A package is a tar archive, sealed to the recipient with [age](https://age-encryption.org/v1):
//! `age -d -i KEY FILE | tar x` opens it without Lagrum. See [`layout`] for what lies inside.

pub mod check;
mod error;
pub mod layout;
mod open;
mod receipt;
mod seal;
mod statement;
mod trust;
mod write;

pub use error::ProductionError;
pub use open::{Opened, open_into, verify_directory, verify_sealed};
pub use receipt::verify_receipt;
pub use seal::{Sealed, seal};
pub use statement::{Search, SearchOutcome, Statement};
pub use trust::{Trust, TrustedAgent};
pub use write::{Review, Spool, Written};
