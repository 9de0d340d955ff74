//! Everything that can go wrong with a source, said so that the operator knows what to do.

use std::error::Error;
use std::io;

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

    /// The file system refused something.
    #[error(
        "source `{id}`: {locator}: {error}; the search was not completed, so nothing may be produced from it; check that this user may read the store, and try again"
    )]
    Io {
        /// The source.
        id: String,
        /// Where in the store.
        locator: String,
        /// What the system answered.
        #[source]
        error: io::Error,
    },

    /// The store is not what it should be, or changed while it was read.
    #[error(
        "source `{id}`: {locator}: {why}; the search was not completed, so nothing may be produced from it"
    )]
    Store {
        /// The source.
        id: String,
        /// Where in the store.
        locator: String,
        /// What is wrong.
        why: String,
    },

    /// The database refused something.
    #[error(
        "source `{id}`: database: {error}; the search was not completed, so nothing may be produced from it"
    )]
    Database {
        /// The source.
        id: String,
        /// What SQLite answered.
        #[source]
        error: rusqlite::Error,
    },

    /// Whoever takes the results refused one.
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
    /// A fault in the field `field` of the configuration of the source `id`.
    pub(crate) fn config(id: &str, field: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Config {
            id: id.to_owned(),
            field: field.into(),
            why: why.into(),
        }
    }

    /// The system's refusal at `locator`.
    pub(crate) fn io(id: &str, locator: impl Into<String>, error: impl Into<io::Error>) -> Self {
        Self::Io {
            id: id.to_owned(),
            locator: locator.into(),
            error: error.into(),
        }
    }

    /// A store that is not what it should be.
    pub(crate) fn store(id: &str, locator: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Store {
            id: id.to_owned(),
            locator: locator.into(),
            why: why.into(),
        }
    }
}
