use std::path::Path;

use lagrum_access::{NotAllowed, PeopleError};
use lagrum_model::{CaseId, Refusal};
use lagrum_store::StoreError;

use crate::sample_refused::SampleRefused;

/// Why a command or a question was not answered. Nothing was recorded, unless it says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The case, or the desk, refuses it. The refusal is facts; words for people stand in
    /// `lagrum-documents`.
    #[error("case {case}: {refusal}")]
    Refused {
        /// In which case.
        case: CaseId,
        /// Why.
        refusal: Refusal,
    },
    /// What was given is refused before it belongs to a case.
    #[error("{0}")]
    Invalid(Refusal),
    /// The person's role does not permit it.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// There is no such case.
    #[error("there is no case {0}")]
    NoSuchCase(CaseId),
    /// The groups of the desk are others than those by which the list of cases is arranged.
    #[error(
        "the groups of the desk changed, and the list of cases is not arranged by them yet; the next command of anybody arranges it"
    )]
    NotArranged,
    /// The store failed, or somebody else changed the case meanwhile.
    #[error(transparent)]
    Store(StoreError),
    /// The configuration, the directory, the roster or the law packs cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The law packs failed.
    #[error("law packs: {0}")]
    Law(#[from] lagrum_law::LawError),
    /// What is recorded does not fit together.
    #[error("{0}")]
    Damaged(String),
    /// The case could not be held against the public log, and nothing is signed or handed over that
    /// was not.
    #[error(
        "case {case} could not be compared with the public log, and nothing is signed or handed over before it was: {why}"
    )]
    NotCompared {
        /// Which case.
        case: CaseId,
        /// Why.
        why: String,
    },
    /// A sample is not ordered, drawn or stated of.
    #[error(transparent)]
    Sample(#[from] SampleRefused),
    /// The agents' answers or packages cannot be reached.
    #[error(transparent)]
    Transport(#[from] lagrum_transport::TransportError),
    /// A package cannot be kept, read or removed.
    #[error(transparent)]
    Packages(#[from] lagrum_packages::PackagesError),
    /// Packages are removed when their case is closed, and this one is not.
    #[error("case {0} is open; its packages are removed when it is closed")]
    StillOpen(CaseId),
    /// A report of the public figures cannot be made.
    #[error(transparent)]
    Figures(#[from] lagrum_figures::FiguresError),
    /// A file cannot be written.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
    /// The log cannot be read.
    #[error("log: {0}")]
    Log(#[from] lagrum_log::Error),
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoSuchCase(case) => Self::NoSuchCase(case),
            other => Self::Store(other),
        }
    }
}

impl CommandError {
    /// The refusal, if it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused { refusal, .. } | Self::Invalid(refusal) => Some(refusal),
            _ => None,
        }
    }
}

/// Why the desk, or a part of it that is read when it is needed, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A configuration file is wrong.
    #[error("{file}: {why}")]
    Config {
        /// Which file.
        file: String,
        /// Field, rule and way out.
        why: String,
    },
    /// The accounts cannot be used as they are written down.
    #[error("accounts: {0}")]
    Accounts(#[from] lagrum_accounts::AccountsError),
    /// The list of people is wrong.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The law packs cannot be used.
    #[error("law packs: {0}")]
    Law(#[from] lagrum_law::LawError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OpenError {
    pub(crate) fn config(file: &Path, why: impl ToString) -> Self {
        Self::Config {
            file: file.display().to_string(),
            why: why.to_string(),
        }
    }
}

/// Why the sequencer stopped. What it had done stays done, and the next run goes on.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// Another process had the log for longer than ten seconds.
    #[error("another process has had the log for longer than ten seconds")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log failed.
    #[error("log: {0}")]
    Log(#[from] lagrum_log::Error),
    /// The exchange with an agent failed.
    #[error(transparent)]
    Transport(#[from] lagrum_transport::TransportError),
    /// The log's key or the configuration cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A package or receipt cannot be kept.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
    /// What is recorded does not fit together.
    #[error("{0}")]
    Damaged(String),
}

impl From<SettleError> for CommandError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Store(error) => error.into(),
            SettleError::Transport(error) => error.into(),
            SettleError::File(error) => error.into(),
            SettleError::Open(error) => error.into(),
            SettleError::Log(lagrum_log::Error::HeadStoreBehind { .. }) => {
                Self::Invalid(Refusal::LogAhead)
            }
            other => Self::Damaged(other.to_string()),
        }
    }
}
