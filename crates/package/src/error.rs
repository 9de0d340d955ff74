use std::io;

use lagrum_model::NotKnown;

/// What can go wrong while a package is checked or opened.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was read or written.
        what: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// The package holds something that its mandate does not allow, or that does not fit.
    #[error("the package is refused: {0}")]
    Refused(String),
    /// A newer version of the program wrote it: what is not known here. It is not said to be wrong.
    #[error("this package cannot be checked with this version of the program: {0}")]
    NotKnown(String),
    /// The recipient's key or identity is wrong.
    #[error("{0}")]
    Key(String),
    /// Whether the card of a receipt is there, this copy of the public log does not tell.
    #[error(
        "whether the card is there cannot be said from this copy of the log, which ends after {entries} entries: {why}. Take a newer copy, and look again"
    )]
    NotSeen {
        /// What is missing.
        why: String,
        /// How many entries the copy shows.
        entries: u64,
    },
    /// A signature is missing or wrong.
    #[error("signature: {0}")]
    Signature(String),
}

impl PackageError {
    /// Wraps an error of the operating system with what was being done.
    pub fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    /// Why a file of the package, in JSON, cannot be read.
    pub(crate) fn unread(file: &str, error: &serde_json::Error) -> Self {
        match NotKnown::of_json(error) {
            Some(why) => Self::NotKnown(format!("{file}: {why}")),
            None => Self::refused(format!("{file}: {error}")),
        }
    }

    /// A package that is refused for this reason.
    pub fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}
