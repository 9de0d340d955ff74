//! Everything that can go wrong with the log, said so that the operator knows what to do.

use std::io;
use std::path::{Path, PathBuf};

use lagrum_durable::FileError;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file system refused something.
    #[error(
        "cannot {action} {}: {source}; check that the disk has room and that this user may use the directory",
        .file.display()
    )]
    File {
        /// What was tried: "read", "write" …
        action: &'static str,
        /// On which file or directory.
        file: PathBuf,
        /// What the system answered.
        source: io::Error,
    },

    /// A file of the published log is missing or is not what the signed root commits to.
    #[error("the log is damaged: {file}: {rule}; restore this file from a mirror or a backup")]
    Damaged {
        /// The file, relative to the log's directory.
        file: String,
        /// What it should have been.
        rule: &'static str,
    },

    /// The file that holds a prepared append cannot be read, but it is needed.
    #[error(
        "the head store says {head} entries and the checkpoint says {published}, but the prepared append between them is damaged: {rule}; restore the staging directory, or the log's directory, from a backup"
    )]
    StagingDamaged {
        /// Number of entries in the head store.
        head: u64,
        /// Number of entries in the published checkpoint.
        published: u64,
        /// What is wrong with the prepared append.
        rule: &'static str,
    },

    /// Another process writes this log.
    #[error(
        "another process has the log open for writing ({}); stop it first, or open the log for reading",
        .file.display()
    )]
    Locked {
        /// The lock file.
        file: PathBuf,
    },

    /// The head was moved by somebody else between reading and writing it.
    #[error("another writer moved the head of the log; nothing was appended, try again")]
    HeadMoved,

    /// More has been published than the head store knows of: the store was rolled back.
    #[error(
        "the published checkpoint has {published} entries, but the head store has {head}: the head store was rolled back; restore it to the newer state, or witnesses will see two histories"
    )]
    HeadStoreBehind {
        /// Number of entries in the published checkpoint (or, without one, in files found).
        published: u64,
        /// Number of entries in the head store.
        head: u64,
    },

    /// The published checkpoint is older than the head, and no prepared append explains it.
    #[error(
        "the published checkpoint has {published} entries, but the head store has {head}: the log's directory was rolled back; restore it from a backup or, if its tiles are whole, publish the head again"
    )]
    CheckpointBehind {
        /// Number of entries in the published checkpoint; none if the file is not there.
        published: u64,
        /// Number of entries in the head store.
        head: u64,
    },

    /// The head store failed. Whether it took the new head is not known; recovery finds out.
    #[error("the head store failed: {0}; once it works again, the log recovers by itself")]
    HeadStore(#[source] Box<dyn std::error::Error + Send + Sync>),

    /// An entry or a tree size that the log does not have.
    #[error("{what} {asked} is not in the log, which has {size} entries; ask for a smaller one")]
    NotInLog {
        /// "entry" or "tree size".
        what: &'static str,
        /// What was asked for.
        asked: u64,
        /// How many entries there are.
        size: u64,
    },

    /// An append that is too large, or would make the tree too large.
    #[error("{what} must be at most {limit}; divide it into smaller parts")]
    TooLarge {
        /// What was too large.
        what: &'static str,
        /// The limit.
        limit: u64,
    },

    /// A text that does not follow its grammar.
    #[error("{what}: {rule}; get the original text again, nothing may be added or left out")]
    Malformed {
        /// Which text and which line.
        what: String,
        /// The rule that it breaks.
        rule: &'static str,
    },

    /// A key, or a set of keys, that cannot be used.
    #[error("{what}: {rule}; correct it where the keys are configured")]
    Key {
        /// Which key or policy.
        what: &'static str,
        /// The rule that it breaks.
        rule: &'static str,
    },

    /// A well-formed proof or checkpoint that does not prove what it is asked to prove.
    #[error("{what}: {rule}; do not rely on it, and ask the log's operator for a new one")]
    NotProved {
        /// "checkpoint", "inclusion proof" or "consistency proof".
        what: &'static str,
        /// What does not hold.
        rule: &'static str,
    },
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        let FileError {
            action,
            file,
            source,
        } = error;
        Self::File {
            action,
            file,
            source,
        }
    }
}

impl Error {
    pub(crate) fn file(action: &'static str, file: &Path, source: io::Error) -> Self {
        let file = file.to_path_buf();
        Self::File {
            action,
            file,
            source,
        }
    }

    pub(crate) fn damaged(file: impl Into<String>, rule: &'static str) -> Self {
        let file = file.into();
        Self::Damaged { file, rule }
    }

    pub(crate) fn malformed(what: impl Into<String>, rule: &'static str) -> Self {
        let what = what.into();
        Self::Malformed { what, rule }
    }
}
