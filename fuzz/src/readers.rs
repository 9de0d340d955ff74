//! What reads one input: a module for each reader.

pub(crate) mod access_log;
pub(crate) mod cards;
pub(crate) mod demand;
pub(crate) mod events;
pub(crate) mod law_packs;
pub(crate) mod log_directory;
pub(crate) mod log_made;
pub(crate) mod mail_date;
pub(crate) mod maildir;
pub(crate) mod mandate;
pub(crate) mod mbox;
pub(crate) mod mbox_made;
pub(crate) mod message;
pub(crate) mod notes;
pub(crate) mod package;
pub(crate) mod package_made;
pub(crate) mod packed;
pub(crate) mod paper;
pub(crate) mod passkey;
pub(crate) mod proofs;
pub(crate) mod records;
pub(crate) mod sealed;
pub(crate) mod settings;
pub(crate) mod shown;
pub(crate) mod subscribers;
pub(crate) mod sums;
