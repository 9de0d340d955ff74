use crate::{PasskeyError, Role};

/// What can go wrong with a key or a note.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The key itself is wrong. The message never contains it.
    #[error("{whose} {key}: {rule}; correct it where the keys are configured")]
    Key {
        /// Whose key: "person's".
        whose: &'static str,
        /// "signing key" or "verifier key".
        key: &'static str,
        /// The rule that it breaks.
        rule: &'static str,
    },
    /// The passphrase is wrong.
    #[error("the passphrase does not open this key file")]
    Passphrase,
    /// The file is something else.
    #[error("not a key file: {0}")]
    KeyFile(String),
    /// The text cannot be signed, or the note is malformed.
    #[error("not a signed note (c2sp.org/signed-note): {0}")]
    Note(String),
    /// Its signature holds, and a newer version of the program wrote it: what is not known here.
    #[error("{0}")]
    NotKnown(String),
    /// What a passkey made is none.
    #[error("{0}")]
    Passkey(#[from] PasskeyError),
    /// Nobody who is known signed it, or a signature does not fit.
    #[error("{0}")]
    Unsigned(String),
}

impl NoteError {
    pub(crate) fn signing<R: Role>(rule: &'static str) -> Self {
        Self::key::<R>("signing key", rule)
    }

    pub(crate) fn verifying<R: Role>(rule: &'static str) -> Self {
        Self::key::<R>("verifier key", rule)
    }

    fn key<R: Role>(key: &'static str, rule: &'static str) -> Self {
        let whose = R::WHOSE;
        Self::Key { whose, key, rule }
    }
}
