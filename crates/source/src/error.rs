//! Everything that can go wrong with a source, said so that the operator knows what to do.

use std::error::Error;
use std::io;

type Cause = Box<dyn Error + Send + Sync>;

/// Why a source cannot be opened or a search was not completed. A search that ends with one of
/// these has no result: what the sink already received must be thrown away.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The configuration is wrong.
    #[error("source `{id}`: field `{field}`: {why}")]
    Config {
        /// The source.
        id: String,
        /// The field of its configuration.
        field: String,
        /// The rule that it breaks, and what to do.
        why: String,
    },

    /// The store does not answer now: it is away, busy, or the system refused for a reason that
    /// passes.
    #[error(
        "source `{id}`: {locator}: {cause}; the search was not completed, so nothing may be produced from it; see that the store is there, and try again"
    )]
    Unreachable {
        /// The source.
        id: String,
        /// Where in the store.
        locator: String,
        /// What it answered.
        #[source]
        cause: Cause,
    },

    /// The store does not let this agent read.
    #[error(
        "source `{id}`: {locator}: {cause}; the search was not completed, so nothing may be produced from it; let the agent's user read the store"
    )]
    Denied {
        /// The source.
        id: String,
        /// Where in the store.
        locator: String,
        /// What it answered.
        #[source]
        cause: Cause,
    },

    /// The store is not what it should be.
    #[error(
        "source `{id}`: {locator}: {cause}; the search was not completed, so nothing may be produced from it"
    )]
    Damaged {
        /// The source.
        id: String,
        /// Where in the store.
        locator: String,
        /// What is wrong.
        #[source]
        cause: Cause,
    },

    /// The store changed while it was read.
    #[error(
        "source `{id}`: {locator}: {why}; the search was not completed, so nothing may be produced from it"
    )]
    Changed {
        /// The source.
        id: String,
        /// Where in the store.
        locator: String,
        /// What changed, and what to do.
        why: String,
    },

    /// The search was ended from outside.
    #[error("source `{id}`: the search was ended before it was complete")]
    Cancelled {
        /// The source.
        id: String,
    },

    /// The taker of the results refused one.
    #[error(transparent)]
    Sink(#[from] SinkError),
}

/// Why a [`Sink`](crate::Sink) did not take what it was given. It ends the search.
#[derive(Debug, thiserror::Error)]
#[error("what was found could not be taken in: {0}")]
pub struct SinkError(#[source] pub Box<dyn Error + Send + Sync>);

impl From<io::Error> for SinkError {
    fn from(error: io::Error) -> Self {
        Self(Box::new(error))
    }
}

impl SourceError {
    /// Whether the same search may succeed later without anybody changing anything.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Changed { .. })
    }

    /// The class of the error in one word: with a number it is all that leaves the region, for what
    /// files and folders are called is the customers' own.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Config { .. } => "configuration",
            Self::Unreachable { .. } => "unreachable",
            Self::Denied { .. } => "denied",
            Self::Damaged { .. } => "damaged",
            Self::Changed { .. } => "changed",
            Self::Cancelled { .. } => "cancelled",
            Self::Sink(_) => "spool",
        }
    }

    /// The source, as the configuration names it.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Config { id, .. }
            | Self::Unreachable { id, .. }
            | Self::Denied { id, .. }
            | Self::Damaged { id, .. }
            | Self::Changed { id, .. }
            | Self::Cancelled { id } => Some(id),
            Self::Sink(_) => None,
        }
    }

    /// What may leave the region: the source and the class. The rest is kept there.
    #[must_use]
    pub fn outside(&self) -> String {
        let source = match self.id() {
            Some(id) => format!("source `{id}`"),
            None => "what was found could not be taken in".to_owned(),
        };
        format!("{source}: {}", self.class())
    }

    /// A fault in the field `field` of the configuration of the source `id`.
    #[must_use]
    pub fn config(id: &str, field: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Config {
            id: id.to_owned(),
            field: field.into(),
            why: why.into(),
        }
    }

    /// The system's refusal at `locator`, in the class that its kind says.
    #[must_use]
    pub fn io(id: &str, locator: impl Into<String>, error: impl Into<io::Error>) -> Self {
        let error = error.into();
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::denied(id, locator, error),
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Self::damaged(id, locator, error)
            }
            _ => Self::unreachable(id, locator, error),
        }
    }

    /// A store that does not answer now.
    #[must_use]
    pub fn unreachable(id: &str, locator: impl Into<String>, cause: impl Into<Cause>) -> Self {
        Self::Unreachable {
            id: id.to_owned(),
            locator: locator.into(),
            cause: cause.into(),
        }
    }

    /// A store that does not let this agent read.
    #[must_use]
    pub fn denied(id: &str, locator: impl Into<String>, cause: impl Into<Cause>) -> Self {
        Self::Denied {
            id: id.to_owned(),
            locator: locator.into(),
            cause: cause.into(),
        }
    }

    /// A store that is not what it should be.
    #[must_use]
    pub fn damaged(id: &str, locator: impl Into<String>, cause: impl Into<Cause>) -> Self {
        Self::Damaged {
            id: id.to_owned(),
            locator: locator.into(),
            cause: cause.into(),
        }
    }

    /// A store that changed while it was read.
    #[must_use]
    pub fn changed(id: &str, locator: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Changed {
            id: id.to_owned(),
            locator: locator.into(),
            why: why.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_region_names_no_file_and_no_folder() {
        let folder = ".Affair with X/new";
        let errors = [
            SourceError::io(
                "mail",
                folder,
                io::Error::from(io::ErrorKind::NotADirectory),
            ),
            SourceError::denied("mail", folder, folder),
            SourceError::damaged("mail", folder, folder),
            SourceError::changed("mail", folder, folder),
            SourceError::config("mail", folder, folder),
            SinkError::from(io::Error::other(folder)).into(),
        ];
        for error in errors {
            let outside = error.outside();
            assert!(!outside.contains("Affair"), "{outside}");
            assert!(outside.contains(error.class()));
            assert!(error.to_string().contains("Affair"), "{error}");
        }
    }

    #[test]
    fn only_what_may_pass_by_itself_is_worth_another_try() {
        let of = |kind| SourceError::io("mail", "cur", io::Error::from(kind));
        assert!(matches!(
            of(io::ErrorKind::PermissionDenied),
            SourceError::Denied { .. }
        ));
        assert!(!of(io::ErrorKind::PermissionDenied).retryable());
        assert!(!of(io::ErrorKind::UnexpectedEof).retryable());
        assert!(of(io::ErrorKind::NotFound).retryable());
        assert!(of(io::ErrorKind::TimedOut).retryable());
        assert!(SourceError::changed("mail", "cur", "moved").retryable());
        assert!(!SourceError::config("mail", "root", "is empty").retryable());
        let cause = of(io::ErrorKind::TimedOut);
        assert!(cause.source().is_some(), "the cause is kept");
    }
}
