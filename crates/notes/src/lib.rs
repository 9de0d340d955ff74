//! Signed notes (c2sp.org/signed-note) and the keys that sign them: everything that Lagrum signs is such a
//! note, readable as text. Keys are Ed25519; a person's may be a passkey (Web Authentication, ES256), a witness's ML-DSA-44.
//!
//! **Invariant.** A key has a [role] in its type. No key of a person passes for an agent's or
//! a log's, none but a person's is a passkey, none but a witness's is of ML-DSA-44, and no error about the one speaks of the other. A note is either signed by a key that
//! is known and fits, or it is an error: [`verify_note`] gives its text only then.

mod cosigning;
mod error;
mod key_file;
mod ml_dsa;
mod note;
mod passkey;
pub mod role;
mod sealing;
mod signing;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod verifying;

#[cfg(test)]
mod tests;

pub use cosigning::MlDsaKey;
pub use error::NoteError;
pub use note::{assemble, claimed_key, verify_note};
pub use passkey::{Assertion, PasskeyError, PasskeyKey};
pub use role::{Holds, Role, Signs};
pub use sealing::{open_sealed, seal_text_to, seal_to};
pub use signing::SigningKey;
pub use verifying::{VerifyingKey, divide_cosignature, passkey_challenge, passkey_line};
