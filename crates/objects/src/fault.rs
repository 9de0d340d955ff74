//! What goes wrong between here and the storage.

use std::error::Error;
use std::io;

use lagrum_https::Broken;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
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
    #[error("the storage refused {what} ({code}){}", hint(.what, .code))]
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
    /// Whoever asks ends it.
    #[error(transparent)]
    Ended(Box<dyn Error + Send + Sync>),
    /// Under the key lies something, and nothing is overwritten.
    #[error("something lies there already")]
    There,
    /// An upload in parts is not known there, or not any more.
    #[error("the storage knows nothing of this upload (any more)")]
    NoUpload,
}

/// What is asked when objects are listed.
pub(crate) const LISTS: &str = "to list objects";

/// What the operator may do about a code.
fn hint(what: &str, code: &str) -> &'static str {
    match code {
        "SignatureDoesNotMatch" => "; the secret in `secret_file` is not that of `access_key`",
        "InvalidAccessKeyId" => "; it does not know the `access_key`",
        "RequestTimeTooSkewed" => "; its clocks differ from each other",
        "InvalidObjectState" => {
            "; the object lies in an archive, and is to be restored there first"
        }
        "NotImplemented" | "MethodNotAllowed" if what == LISTS => {
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
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::Broke(_) | Self::Busy(..))
    }
}
