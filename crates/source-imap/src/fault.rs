//! What goes wrong between here and the server.

use std::io;

use lagrum_source::SourceError;
use tokio_rustls::rustls;

/// Why an account was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// Nobody answers there, or the connection broke.
    #[error("the server cannot be reached, or broke off: {0}")]
    Broke(#[from] io::Error),
    /// The server closes the connection.
    #[error("the server ended the session")]
    Bye,
    /// It is not the server that it should be.
    #[error("the server's certificate is not trusted here, or names another server")]
    Certificate,
    /// The server refused a command, for this code (RFC 5530) if it says one.
    #[error("the server refused {what}{}", code_shown(.code))]
    Refused {
        /// What was asked.
        what: &'static str,
        /// Its code, in capitals; empty if it says none.
        code: String,
    },
    /// It says what no server says.
    #[error("the server does not keep to the protocol: {0}")]
    Nonsense(&'static str),
    /// The account has more than is listed over IMAP.
    #[error(
        "the account has more than {0}, and so much is not listed over IMAP; have its mail read where the server keeps it, by a source of kind maildir, mbox or doveadm"
    )]
    TooMuch(&'static str),
    /// Something was there and is not there any more.
    #[error("{0}")]
    Changed(&'static str),
    /// The search itself ends.
    #[error(transparent)]
    Search(#[from] SourceError),
}

fn code_shown(code: &str) -> String {
    match code {
        "" => String::new(),
        code => format!(" ({code})"),
    }
}

impl Fault {
    /// What a failed read or write means.
    pub(crate) fn io(error: io::Error) -> Self {
        let inner = error.get_ref().and_then(|e| e.downcast_ref());
        match inner {
            Some(rustls::Error::InvalidCertificate(_)) => Self::Certificate,
            _ => Self::Broke(error),
        }
    }

    /// The same as an error of the source `id`, at `locator`.
    pub(crate) fn at(self, id: &str, locator: &str) -> SourceError {
        match self {
            Self::Search(error) => error,
            Self::Changed(why) => SourceError::changed(id, locator, why),
            Self::Broke(_) | Self::Bye => SourceError::unreachable(id, locator, self),
            Self::Certificate | Self::Nonsense(_) | Self::TooMuch(_) => {
                SourceError::damaged(id, locator, self)
            }
            Self::Refused { ref code, .. } => match code.as_str() {
                "NONEXISTENT" | "EXPUNGEISSUED" => {
                    SourceError::changed(id, locator, "it was there and is gone; search again")
                }
                "CORRUPTION" => SourceError::damaged(id, locator, self),
                "UNAVAILABLE" | "INUSE" | "SERVERBUG" | "LIMIT" => {
                    SourceError::unreachable(id, locator, self)
                }
                _ => SourceError::denied(id, locator, self),
            },
        }
    }
}
