//! A table of accounts that is indexed once: which account an address names, and what was written down
//! about it.
//!
//! The operator writes accounts by hand, as a file of comma-separated values, as a query over a
//! database of their own, or names the passwd-file of their Dovecot ([`Input`]); what a table does not
//! say of its accounts, rules do. The first use after a change reads all of it, row by row, into an
//! index in SQLite ([`Table`]); every other use is one look-up. What an account is (the facts of the
//! agent, the holdings of the desk) is the caller's ([`Entry`]), and so is what has to hold between
//! accounts ([`Check`]).
//!
//! Or accounts stay where they live, and each is looked up when it is named ([`Live`]).
//!
//! **Invariant.** What is found was read whole, checked whole, and is what the operator's table says
//! now: no index is used that is half written, or older than the table. An address names one account,
//! one other name of one, nobody, or it is unknown; two rows that claim the same address, or two that
//! read alike, are an error that names both. Nothing is written beside the operator's table.

mod at;
mod build;
mod columns;
mod csv_file;
mod entry;
mod error;
mod input;
mod live;
mod marks;
mod names;
mod passwd_file;
mod query;
mod row;
mod rules;
mod stamp;
mod table;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;

pub use at::{At, Directory, Live};
pub use columns::Columns;
pub use entry::{Check, Entry, Found, Indexed, NoCheck, Spec};
pub use error::AccountsError;
pub use input::{Input, Whereabouts};
pub use live::{Answer, Ask};
pub use row::{FACTS, Facts, Row};
pub use table::Table;
