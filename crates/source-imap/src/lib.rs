//! Mail on an IMAP server (RFC 3501), read account by account and left as it is.
//!
//! **Invariant.** Nothing at the server changes: folders are opened with `EXAMINE`, messages are read with
//! `BODY.PEEK[]`, and no command that could change anything is known here. A search tells every message of the
//! account's own folders, or it fails: what the server leaves out, cuts short, refuses or does not say clearly is
//! an error. Folders of other people are not opened.
//!
//! Bytes leave as the server gives them, with the line ends of the protocol (CRLF).
//!
//! A reader of its own and not one of the libraries: those take a refused or broken-off `FETCH` for the end of the
//! folder, know no `NAMESPACE`, give names of folders with characters replaced, and hold a message whole in memory.

mod config;
mod connection;
mod fault;
mod folders;
mod session;
mod source;
#[cfg(test)]
mod tests;
mod value;

pub use config::ImapConfig;
pub use source::open;
