use std::io;

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

    /// A package that is refused for this reason.
    pub fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}
