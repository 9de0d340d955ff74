//! What goes wrong with a program.

use std::io;

use lagrum_source::SourceError;

/// Why a program did not give what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// It cannot be started, or read from.
    #[error("the program cannot be run: {0}")]
    Io(#[from] io::Error),
    /// It said nothing for too long, or took too long as a whole.
    #[error("the program took too long and was ended")]
    TooSlow,
    /// It ended with another status than 0.
    #[error("the program ended with {status}: {said}")]
    Failed {
        /// Its status as a word, and as a number where it has one.
        status: String,
        /// The number.
        code: Option<i32>,
        /// The beginning of what it wrote to standard error.
        said: String,
    },
    /// It said what it should not.
    #[error("the program does not answer as it should: {0}")]
    Nonsense(&'static str),
    /// The store changed meanwhile.
    #[error("{0}")]
    Changed(&'static str),
    /// The search itself ends.
    #[error(transparent)]
    Search(#[from] SourceError),
}

impl Fault {
    /// The same as an error of the source `id`, at `locator`.
    pub(crate) fn at(self, id: &str, locator: &str) -> SourceError {
        match self {
            Self::Search(error) => error,
            Self::Changed(why) => SourceError::changed(id, locator, why),
            Self::Io(error) => SourceError::unreachable(id, locator, error),
            // sysexits.h: 75 may pass, 77 is for want of a right.
            Self::TooSlow | Self::Failed { code: Some(75), .. } => {
                SourceError::unreachable(id, locator, self)
            }
            Self::Failed { code: Some(77), .. } => SourceError::denied(id, locator, self),
            Self::Failed { .. } | Self::Nonsense(_) => SourceError::damaged(id, locator, self),
        }
    }
}
