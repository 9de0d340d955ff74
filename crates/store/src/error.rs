use lagrum_model::CaseId;

/// Why something could not be read or written. No variant shows which database is behind it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the same thing at the same time. Nothing was recorded.
    #[error("it was changed meanwhile; look at it again and repeat what is still wanted")]
    ChangedMeanwhile,
    /// There is no such case.
    #[error("there is no case {0}")]
    NoSuchCase(CaseId),
    /// There is no such event.
    #[error("case {case} has no event {number}")]
    NoSuchEvent {
        /// In which case.
        case: CaseId,
        /// Which event, from 1.
        number: u64,
    },
    /// The case was erased: its key is deleted, only its commitments are left.
    #[error("case {0} was erased; only its commitments in the log are left")]
    Erased(CaseId),
    /// The case cannot be erased yet: an event of it is not in the log, or something that it asked
    /// for is not done.
    #[error("case {0} cannot be erased yet: not all of it is in the log and sent out")]
    Unfinished(CaseId),
    /// The master key is not the one under which the database was written. Nothing was changed.
    #[error("the master key does not belong to this database; use the key file it was made with")]
    WrongKey,
    /// What is stored does not fit together: it was changed from outside, or the disk failed.
    #[error("the database is damaged: {0}; restore it from a backup")]
    Damaged(String),
    /// A newer version of the program recorded it: what of it is not known here. It is what was recorded, and nothing
    /// is done with it.
    #[error("{0}")]
    NotKnown(String),
    /// The public log, against which what is read is held, is damaged itself.
    #[error(transparent)]
    PublicLog(lagrum_log::Error),
    /// The log's batches cannot be written as it was asked for.
    #[error("{0}")]
    Schedule(lagrum_log::Error),
    /// No loss can be stated: nothing is lost, or not what was said.
    #[error("no loss can be stated: {0}")]
    Loss(String),
    /// A database at this address is not used.
    #[error("the address of the database: {0}")]
    Address(String),
    /// The tables have a version that this program does not know.
    #[error(
        "the tables of the database have version {found}, this program knows versions up to {known}; use the program that made them, or a newer one"
    )]
    UnknownSchema {
        /// The version that was found.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// There is no room for it. Nothing was recorded.
    #[error("there is no room left, so nothing was recorded; make room and try again: {source}")]
    Full {
        /// What the database said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database cannot be used now. Nothing was recorded.
    #[error(
        "the database cannot be used now, and nothing was recorded; see that it can be reached, that the disk has room and can be written, and try again: {source}"
    )]
    Unavailable {
        /// What the database said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database stopped answering while a change was made final: it is recorded whole or not at
    /// all, and nobody could say which.
    #[error(
        "the database stopped answering; look whether the change was recorded before repeating it, and that the disk has room: {source}"
    )]
    Uncertain {
        /// What the database said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Whether the same call may succeed later without anybody changing anything.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::ChangedMeanwhile | Self::Unavailable { .. })
    }

    /// Whether one case cannot be read, and nothing is wrong beside it: it is not there, is erased, was changed, or a newer
    /// version of the program recorded something in it.
    #[must_use]
    pub fn is_of_one_case(&self) -> bool {
        matches!(
            self,
            Self::NoSuchCase(_) | Self::Erased(_) | Self::Damaged(_) | Self::NotKnown(_)
        )
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }
}
