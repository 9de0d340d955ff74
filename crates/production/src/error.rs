use std::io;

/// What can go wrong while a package is written, checked, sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum ProductionError {
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was read or written.
        what: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// Writing a file durably failed.
    #[error(transparent)]
    File(#[from] lagrum_durable::FileError),
    /// The package holds something that its mandate does not allow, or that does not fit.
    #[error("the package is refused: {0}")]
    Refused(String),
    /// The recipient's key or identity is wrong.
    #[error("{0}")]
    Key(String),
    /// A signature is missing or wrong.
    #[error("signature: {0}")]
    Signature(String),
}

impl ProductionError {
    /// Wraps an error of the operating system with what was being done.
    pub fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }

    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}
