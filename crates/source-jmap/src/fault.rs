//! What goes wrong between here and the server.

use std::io;

use lagrum_https::Broken;
use lagrum_source::SourceError;

/// Why an account was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// Nobody answers there, or the connection broke.
    #[error("the server cannot be reached, or broke off: {0}")]
    Broke(#[from] io::Error),
    /// It has too much to do, or says that it failed itself.
    #[error("the server has no time ({0}); tries made: {1}")]
    Busy(String, u32),
    /// It is not the server that it should be.
    #[error("the server's certificate is not trusted here, or names another server")]
    Certificate,
    /// It lets the login not in.
    #[error("the server does not let the login in, or does not let it stand for the account ({0})")]
    NotLetIn(u16),
    /// It knows no mail of the account, or does not show it.
    #[error(
        "the server has no mail of an account of that name, or does not show it: which of the two, it does not say"
    )]
    NoMail,
    /// It refused, with this code (RFC 8620, 3.6).
    #[error("the server refused {what} ({code})")]
    Refused {
        /// What was asked.
        what: &'static str,
        /// Its code: letters and digits.
        code: String,
    },
    /// A mailbox may not be read.
    #[error(
        "the account has a mailbox that it may not read itself, so that its messages are not shown"
    )]
    Hidden,
    /// What the operator wrote is not so there.
    #[error("{1}")]
    Config(&'static str, &'static str),
    /// It says what no such server says.
    #[error("the server does not keep to the protocol: {0}")]
    Nonsense(&'static str),
    /// Something was there and is not there any more, or is another.
    #[error("{0}")]
    Changed(&'static str),
    /// The search itself ends.
    #[error(transparent)]
    Search(#[from] SourceError),
}

impl From<Broken> for Fault {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Io(error) => Self::Broke(error),
            Broken::Certificate => Self::Certificate,
        }
    }
}

impl Fault {
    /// Whether the same request may be answered if it is made again at once.
    pub(crate) fn passes(&self) -> bool {
        matches!(self, Self::Broke(_) | Self::Busy(..))
    }

    /// The same as an error of the source `id`, at `locator`.
    pub(crate) fn at(self, id: &str, locator: &str) -> SourceError {
        match self {
            Self::Search(error) => error,
            Self::Changed(why) => SourceError::changed(id, locator, why),
            Self::Config(field, why) => SourceError::config(id, field, why),
            Self::Broke(_) | Self::Busy(..) => SourceError::unreachable(id, locator, self),
            Self::Certificate | Self::Nonsense(_) => SourceError::damaged(id, locator, self),
            Self::NotLetIn(_) | Self::NoMail | Self::Refused { .. } | Self::Hidden => {
                SourceError::denied(id, locator, self)
            }
        }
    }
}
