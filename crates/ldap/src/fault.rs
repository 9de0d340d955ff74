use std::io;

use tokio_rustls::rustls;

/// Why nothing is known of a name.
#[derive(Debug, thiserror::Error)]
pub enum LdapFault {
    /// The configuration is wrong.
    #[error("field `{field}`: {why}")]
    Config {
        /// The field.
        field: &'static str,
        /// The rule that it breaks, and what to do.
        why: String,
    },
    /// The server does not answer, or not in time.
    #[error("{0}")]
    Io(io::Error),
    /// The server is not who it should be.
    #[error("its certificate is not valid for it; see `certificates`")]
    Certificate,
    /// The server answers otherwise than it should.
    #[error("{0}")]
    Nonsense(&'static str),
    /// The server does not let this user read.
    #[error("it does not let this user {0}")]
    Denied(&'static str),
    /// The server knows of other servers, which are not asked.
    #[error(
        "it refers to another server, which is not asked: whether the account is there, nobody knows; ask the server that has all of `base`"
    )]
    Referral,
    /// The server does not answer now, or not to its end: its result (RFC 4511, appendix A).
    #[error("it cannot answer now, or not to the end (its result {0} of RFC 4511)")]
    Busy(u16),
    /// The server refuses: its result (RFC 4511, appendix A).
    #[error("it refuses (its result {0} of RFC 4511)")]
    Refused(u16),
    /// An entry cannot be told.
    #[error("attribute `{attribute}`: {why}")]
    Entry {
        /// Which of its attributes, as the configuration writes it.
        attribute: String,
        /// Why.
        why: &'static str,
    },
}

impl From<io::Error> for LdapFault {
    fn from(error: io::Error) -> Self {
        let tls = error.get_ref().and_then(|error| error.downcast_ref());
        match tls {
            Some(rustls::Error::InvalidCertificate(_)) => Self::Certificate,
            _ => Self::Io(error),
        }
    }
}
