//! The package: what lies in it, the independent check, opening and verifying it.
//!
//! **Invariant.** Whatever [`check`](check::check) accepts holds nothing outside its mandate, says
//! what was searched, found, empty and withheld, and agrees with itself to the byte. Who holds a
//! package needs no store, no connector and no database to find that out: this crate shares no code
//! with the sources.
//!
//! A package is a tar archive, sealed to the recipient with [age](https://age-encryption.org/v1):
//! `age -d -i KEY FILE | tar x` opens it without Lagrum. See [`layout`] for what lies inside.

pub mod cell;
pub mod check;
mod counted;
mod error;
mod fields;
#[cfg(test)]
mod foreign_tests;
pub mod layout;
mod open;
mod plain;
mod public_log;
mod receipt;
mod statement;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod trust;
mod volumes;

pub use counted::{CardPlace, look_for_card, read_receipt};
pub use error::PackageError;
pub use fields::Fields;
pub use open::{
    Items, Opened, header, open_archive_into, open_into, passphrase_identity, verify_directory,
    verify_sealed,
};
pub use public_log::compare_with_log;
pub use receipt::{digest_of_file, verify_receipt};
pub use statement::{FROZEN, Limited, Search, SearchOutcome, Statement};
pub use trust::{Trust, TrustedAgent};
pub use volumes::SealedFiles;
