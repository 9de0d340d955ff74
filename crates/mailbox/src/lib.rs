//! The mailbox to which authorities write: an IMAP folder (RFC 3501), read and left as it is.
//!
//! **Invariant.** Nothing in the mailbox changes: the folder is opened with `EXAMINE`, messages are read with
//! `BODY.PEEK[]`, no flag is set and nothing is moved or deleted. Each message is handed on before the place
//! behind it counts as read; a message that cannot be taken is named, and stops no other.

mod heading;
mod reader;
mod settings;

pub use heading::Heading;
pub use reader::{Letter, MailboxError, Place, Read, Unread, read_new};
pub use settings::MailboxSettings;
