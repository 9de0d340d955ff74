use lagrum_mandate::answer::RefusalCode;

/// What can go wrong on the data side.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The configuration is wrong.
    #[error("agent configuration {file}: {why}")]
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
    /// A file could not be read or written whole.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
    /// The record of what was carried out cannot be used.
    #[error("ledger: {}", describe(.0))]
    Ledger(#[from] rusqlite::Error),
    /// The wire to the desk failed.
    #[error(transparent)]
    Transport(#[from] lagrum_transport::TransportError),
    /// A source failed; nothing was produced.
    #[error("{0}")]
    Source(#[from] lagrum_source::SourceError),
    /// The package failed; nothing was produced.
    #[error("{0}")]
    Production(#[from] lagrum_production::ProductionError),
    /// The law packs cannot be used.
    #[error("law packs: {0}")]
    Law(#[from] lagrum_law::LawError),
    /// The agent's key cannot sign.
    #[error(transparent)]
    Signature(#[from] lagrum_notes::NoteError),
    /// Another process has this agent.
    #[error("another process runs this agent ({0}); one at a time")]
    Busy(String),
}

/// What SQLite said, and what to do where the disk is the cause.
fn describe(error: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode::{DiskFull, ReadOnly, SystemIoFailure};
    match error.sqlite_error_code() {
        Some(DiskFull | ReadOnly | SystemIoFailure) => format!(
            "{error}. Nothing was changed; see that the disk has room and can be written, and try again"
        ),
        _ => error.to_string(),
    }
}

impl AgentError {
    /// The class of the error, as it stands in a refusal.
    #[must_use]
    pub fn code(&self) -> RefusalCode {
        match self {
            Self::Config { .. } | Self::Busy(_) => RefusalCode::Configuration,
            Self::Io { .. } | Self::File(_) | Self::Transport(_) => RefusalCode::Io,
            Self::Ledger(_) => RefusalCode::Ledger,
            Self::Source(_) => RefusalCode::Source,
            Self::Production(_) => RefusalCode::Package,
            Self::Law(_) => RefusalCode::Law,
            Self::Signature(_) => RefusalCode::Key,
        }
    }

    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
