//! Mail on a JMAP server (RFC 8620, RFC 8621), read account by account and left as it is.
//!
//! **Invariant.** Nothing at the server changes: it is asked with GET for its session and for messages, and with POST
//! for the three methods of `Method`, which read. A search tells every message that the server shows
//! the account itself, or it fails: the states of mailboxes and messages are the same before the first answer and after
//! the last, each mailbox may be read and holds as many messages as were listed of it, and each message has the
//! length that was announced. Nothing is asked of another server than the one that the operator named.
//!
//! One login stands for each account (`Authorize-As`, as Cyrus knows it), so that the server shows what it shows the
//! account. Accounts whose mailboxes are shared with the login are not read: which of them are not shared no server says,
//! and whoever shares them sees who reads.
//!
//! Bytes leave as the server gives them.

mod answer;
mod client;
mod config;
mod fault;
mod listing;
mod method;
mod session;
mod source;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;

pub use config::JmapConfig;
pub use source::open;
