//! The agent's sources: one module for each kind of store, behind one small trait.
//!
//! **Invariant.** A source gives out only what certainly belongs to an order. What certainly does
//! not stays where it is; what cannot be told goes to a person, with the reason; and when a store
//! cannot be read from end to end, the search is an error and never a smaller result. A search is
//! told what to do by an [`Order`](lagrum_mandate::Order) and by nothing else, writes nothing to
//! the store, and follows no symbolic link below the root that the operator named.
//!
//! Stored bytes are handed over untouched and as a stream: memory does not grow with the size of
//! the messages, and of a Maildir only the names of its files are held. No time zone of the
//! machine takes part in any decision.

mod access_log;
mod accounts;
mod compressed;
mod config;
mod content;
pub mod dates;
mod eml;
mod error;
mod header;
pub mod import;
mod mail;
mod mail_store;
mod maildir;
pub mod mbox;
mod source;
mod store;
mod subscribers;
#[cfg(test)]
mod testing;

pub use accounts::Aliases;
pub use config::{AccessLogConfig, MailConfig, SourceConfig, SubscribersConfig, TimeFormat, open};
pub use error::{SinkError, SourceError};
pub use source::{About, Counts, Item, Outcome, Record, Review, Sink, Source};
