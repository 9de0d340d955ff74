use std::path::PathBuf;

use jiff::Timestamp;
use lagrum_mandate::answer::RefusalCode;
use lagrum_mandate::gate::ANEW;

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
    /// The accounts cannot be used as they are written down.
    #[error("accounts: {0}")]
    Accounts(#[from] lagrum_accounts::AccountsError),
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
    /// The agent has no record of what it carried out.
    #[error("{}: this agent has no record of what it carries out yet; begin one, if the agent and its key are new", .0.display())]
    NoRecord(PathBuf),
    /// The record was there, and is not.
    #[error("{}: the record of what this agent carried out is gone; bring it back, or begin it again: then mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordLost(PathBuf),
    /// The mark beside the key is not there, or cannot be read.
    #[error("{}: the mark that says which record belongs to this key is gone or damaged; bring it back, or begin it again: then mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordNotMarked(PathBuf),
    /// The key belongs to another record.
    #[error("{}: another record belongs to this agent's key; one key works with one state directory", .0.display())]
    OtherRecord(PathBuf),
    /// The record came out of a backup.
    #[error("{}: this record knows less than the agent did: it is an old copy. Bring the newest back, or begin it again: then mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordOlder(PathBuf),
    /// There is a record already.
    #[error("{}: there is a record already. Begun again, mandates issued before have to be recalled, drafted and signed anew", .0.display())]
    RecordThere(PathBuf),
    /// The clock went back.
    #[error("it was {latest} (UTC) when this agent last worked, and its clock says {now}; it works again in {}, or when the clock is right. If the clock was ahead by mistake, begin the record again", wait(*.now, *.latest))]
    ClockBehind {
        /// What the clock says.
        now: Timestamp,
        /// When it last worked.
        latest: Timestamp,
    },
    /// The mandate ran out while it was carried out.
    #[error("mandate: it expired at {0}, while it was carried out; nothing was produced; {ANEW}")]
    Expired(Timestamp),
    /// The mandate was recalled while it was carried out.
    #[error("mandate: it was recalled while it was carried out; nothing was produced; {ANEW}")]
    Recalled,
    /// A mandate of a review says something else than counsel decided here.
    #[error("mandate: {0}")]
    Review(String),
    /// A decision of counsel is not taken.
    #[error(transparent)]
    Undecided(#[from] crate::ReviewRefused),
    /// The copy of something that was withheld is not there.
    #[error(
        "number {0}: the copy of it is not here; what is withheld can be looked at as long as it is not carried out"
    )]
    CopyGone(u64),
    /// Another process has this agent.
    #[error("another process runs this agent ({0}); one at a time")]
    Busy(String),
}

/// How long until then, in words.
fn wait(now: Timestamp, latest: Timestamp) -> String {
    let minutes = latest.duration_since(now).as_mins() + 1;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
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
            Self::Config { .. } | Self::Accounts(_) | Self::Busy(_) => RefusalCode::Configuration,
            Self::NoRecord(_)
            | Self::RecordLost(_)
            | Self::RecordNotMarked(_)
            | Self::OtherRecord(_)
            | Self::RecordOlder(_)
            | Self::RecordThere(_)
            | Self::ClockBehind { .. } => RefusalCode::Ledger,
            Self::Expired(_)
            | Self::Recalled
            | Self::Review(_)
            | Self::Undecided(_)
            | Self::CopyGone(_) => RefusalCode::Mandate,
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
