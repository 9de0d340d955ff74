//! SQL databases: many tables of one account, found by declared keys.
//!
//! **Invariant.** Nothing at the database changes: whatever is asked runs in one read-only transaction of one
//! instant. A row is handed over only if its key is, to the byte, the one that was asked for and its date, read
//! here, lies in the order's period: the database is not trusted to have obeyed the statement. A search tells
//! every row of the declared tables, or it fails.
//!
//! Beside the sources, a look-up gives the row of one name ([`LookUp`]), under the same rules.
//!
//! The operator's statements say whose rows they are, and nothing else. The dates of an order are set around them
//! here, so that no row without a date is lost on the way: such rows go to a person.

mod account;
mod address;
mod ask;
mod cell;
mod config;
mod database;
mod dated;
mod fault;
mod look_up;
mod mariadb;
mod postgresql;
mod search;
mod source;
mod sqlite;
mod statement;
mod tables;
#[cfg(test)]
mod tests;
mod written;

pub use look_up::{Answered, LookUp, LookUpConfig};
pub use source::open;
pub use written::{SqlConfig, TableConfig};
