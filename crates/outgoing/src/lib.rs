//! What the desk sends out by itself: mail by SMTP (RFC 5321), and messages to programs over HTTPS, signed for
//! each receiver.
//!
//! **Invariant.** Nothing goes to a server that did not prove its name, unless it is this machine. Each try ends
//! within the times that are written here, and takes in no more than the sizes that are, whatever a server does.
//! No text of a server is handed on: it may name people. What goes out is what the caller gave, and one mail
//! names one recipient.

mod hook;
mod settings;
mod smtp;

use lagrum_https::NoAnswer;

pub use hook::{Hook, Told, hook_body, post, signature};
pub use settings::{
    HookSettings, MailSettings, OnCallSettings, OutgoingSettings, Security, WatchSettings,
};
pub use smtp::{Letter, Taken, send};

/// Why something did not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// Nobody answers there.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The address of a receiver is one of a private network, and the settings do not say that it may be.
    #[error("the receiver's address is in a private network; `private = true` allows that")]
    Private,
    /// The certificate is not one that is trusted here, or names another server.
    #[error("the server's certificate is not trusted here")]
    Certificate,
    /// The server offers no TLS where the settings ask for it.
    #[error("the server offers no TLS")]
    NoTls,
    /// User or password are wrong, or the server takes no password.
    #[error("the server does not let this user in ({0})")]
    Denied(u16),
    /// The server said no, and not now.
    #[error("the server does not take it now ({0})")]
    NotNow(u16),
    /// The server said no.
    #[error("the server says no ({0})")]
    No(u16),
    /// The server stopped in the middle, or said what nobody understands: nobody can say whether it took it.
    #[error("the server broke off")]
    BrokeOff,
    /// It took too long: nobody can say whether the server took it.
    #[error("the server is too slow")]
    TooSlow,
    /// It cannot be written as a mail: an address, or certificates in the settings.
    #[error("it cannot be written as a mail, or the certificates in the settings cannot be read")]
    Malformed,
}

impl NotSent {
    /// Whether it may go out another time.
    #[must_use]
    pub fn later(self) -> bool {
        !matches!(self, Self::No(_) | Self::Malformed)
    }
}

impl From<NoAnswer> for NotSent {
    fn from(why: NoAnswer) -> Self {
        match why {
            NoAnswer::Unreachable => Self::Unreachable,
            NoAnswer::Private => Self::Private,
            NoAnswer::Certificate | NoAnswer::Authority => Self::Certificate,
            NoAnswer::BrokeOff | NoAnswer::TooLong | NoAnswer::SpeaksTls | NoAnswer::NoTls => {
                Self::BrokeOff
            }
            NoAnswer::TooSlow => Self::TooSlow,
            NoAnswer::Certificates | NoAnswer::Malformed => Self::Malformed,
        }
    }
}
