//! Why a page is not what was asked for.

use lagrum_desk::{CommandError, OpenError};
use lagrum_store::StoreError;

/// Why the web cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The address cannot be listened on.
    #[error("{address}: {source}")]
    Listen {
        /// Which address.
        address: String,
        /// Why.
        source: std::io::Error,
    },
    /// The desk cannot be opened.
    #[error("{0}")]
    Desk(String),
    /// The door for authorities is not configured as it must be.
    #[error("desk.toml: [door]: {0}")]
    Door(String),
    /// The certificate or its key cannot be used.
    #[error(transparent)]
    Tls(#[from] lagrum_serving::TlsError),
    /// There is a certificate, and browsers are told to come without TLS.
    #[error(
        "{0}: with a certificate the desk is reached under https://; name that address as its origin"
    )]
    NotSecure(String),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Part of the desk's configuration cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no such person.
    #[error("{0}: nobody in people.toml has this id")]
    Nobody(String),
}

/// Why a handler gives no page of its own. Each is a page, too.
#[derive(Debug)]
pub(crate) enum Problem {
    /// There is no such page, or it is not this person's to see: the same page for both.
    NotThere,
    /// Somebody has to sign in first.
    SignIn,
    /// The request is not one that a page of ours makes.
    Malformed,
    /// It came from another site's page, or nobody can tell that it did not.
    Foreign,
    /// More than is read.
    TooLarge,
    /// It took too long to arrive.
    TooSlow,
    /// Too many at once.
    Busy,
    /// The desk says no, or cannot.
    Command(Box<CommandError>),
    /// The law packs cannot be read.
    Law,
}

impl Problem {
    /// Its code in the list of codes; nothing where what the desk said has its own.
    pub(crate) fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotThere => "not-there",
            Self::SignIn => "unauthorized",
            Self::Malformed => "malformed",
            Self::Foreign => "foreign",
            Self::TooLarge => "too-large",
            Self::TooSlow => "too-slow",
            Self::Busy => "busy",
            Self::Law => "unavailable",
            Self::Command(_) => return None,
        })
    }
}

impl From<CommandError> for Problem {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::NotAllowed(_) | CommandError::NoSuchCase(_) => Self::NotThere,
            other => Self::Command(Box::new(other)),
        }
    }
}

impl From<WebError> for Problem {
    fn from(error: WebError) -> Self {
        match error {
            WebError::Store(error) => error.into(),
            WebError::Open(error) => error.into(),
            other => Self::Command(Box::new(CommandError::Damaged(other.to_string()))),
        }
    }
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        CommandError::from(error).into()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        CommandError::from(error).into()
    }
}
