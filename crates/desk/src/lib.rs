//! The desk: casework. Store, intake, decisions, signatures, releases, deliveries.
//!
//! **Invariant.** Every change of a case is one transaction that appends events; each event is
//! committed to in the public log, in the order of the store. The desk holds no credentials of any
//! data store and no person's signing key, and never sees produced plaintext.

mod assess;
mod config;
mod deliveries;
mod desk;
mod mandates;
mod store;

pub use config::{
    AgentContact, Authorities, DeskConfig, Directory, DirectoryAccount, Entity, KnownAuthority,
};
pub use desk::{Desk, Genuine, ReadDemand, Receipted};
pub use store::{Logged, Store};

use lagrum_model::{CaseId, Refusal};

/// What can go wrong at the desk.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The configuration is wrong.
    #[error("{file}: {why}")]
    Config {
        /// Which file.
        file: String,
        /// Field, rule and way out.
        why: String,
    },
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was read or written.
        what: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The database failed.
    #[error("desk database: {}", told(.0))]
    Store(#[from] rusqlite::Error),
    /// What the database holds does not fit together.
    #[error("desk database: {0}")]
    Damaged(String),
    /// There is no such case.
    #[error("there is no case {0}; `lagrum cases` lists them")]
    NoCase(CaseId),
    /// The command is not possible now.
    #[error("case {case}: {refusal}")]
    Refused {
        /// Which case.
        case: CaseId,
        /// Why.
        refusal: Refusal,
    },
    /// A file could not be read or written whole.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
    /// The wire to the agents failed.
    #[error(transparent)]
    Transport(#[from] lagrum_transport::TransportError),
    /// The law packs failed.
    #[error("law packs: {0}")]
    Law(#[from] lagrum_law::LawError),
    /// The log failed.
    #[error("log: {0}")]
    Log(#[from] lagrum_log::Error),
    /// Something that was given is wrong.
    #[error("{0}")]
    Wrong(String),
}

/// What SQLite said, and what to do where the disk is the cause.
fn told(error: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode::{DiskFull, ReadOnly, SystemIoFailure};
    match error.sqlite_error_code() {
        Some(DiskFull | ReadOnly | SystemIoFailure) => format!(
            "{error}. Nothing was changed; see that the disk has room and can be written, and try again"
        ),
        _ => error.to_string(),
    }
}

impl DeskError {
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
