//! What goes wrong between here and the storage.

use std::io;

use lagrum_https::Broken;
use lagrum_source::SourceError;

/// Why an account was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// Nobody answers there, or the connection broke.
    #[error("the storage cannot be reached, or broke off: {0}")]
    Broke(#[from] io::Error),
    /// It has too much to do, or says that it failed itself.
    #[error("the storage has no time ({0}); tries made: {1}")]
    Busy(String, u32),
    /// It is not the server that it should be.
    #[error("the storage's certificate is not trusted here, or names another server")]
    Certificate,
    /// It refused, with this code.
    #[error("the storage refused {what} ({code}){}", hint(.code))]
    Refused {
        /// What was asked.
        what: &'static str,
        /// Its code: letters and digits.
        code: String,
    },
    /// What the operator wrote is not so there.
    #[error("{1}")]
    Config(&'static str, &'static str),
    /// It says what no such storage says.
    #[error("the storage does not keep to the protocol: {0}")]
    Nonsense(&'static str),
    /// Something was there and is not there any more, or is another.
    #[error("{0}")]
    Changed(&'static str),
    /// The search itself ends.
    #[error(transparent)]
    Search(#[from] SourceError),
}

/// What the operator may do about a code.
fn hint(code: &str) -> &'static str {
    match code {
        "SignatureDoesNotMatch" => "; the secret in `secret_file` is not that of `access_key`",
        "InvalidAccessKeyId" => "; it does not know the `access_key`",
        "RequestTimeTooSkewed" => "; its clocks differ from each other",
        "InvalidObjectState" => {
            "; the object lies in an archive, and is to be restored there first"
        }
        "NotImplemented" | "MethodNotAllowed" => {
            "; where it keeps no versions, write `versions = false`"
        }
        _ => "",
    }
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
            Self::Refused { .. } => SourceError::denied(id, locator, self),
        }
    }
}
