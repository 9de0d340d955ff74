//! What is sealed to a person who signs: to the X25519 key that belongs to their Ed25519 key (RFC 7748 section 4.1,
//! the birational map), as age seals to keys of SSH.

use std::io::{Read as _, Write as _};

use age::x25519;
use bech32::{Bech32, Hrp};
use zeroize::Zeroizing;

use crate::role::Person;
use crate::{NoteError, SigningKey, VerifyingKey};

/// The longest that is opened, in bytes: a few words under a header for each key.
const LONGEST: usize = 16 << 10;

/// Seals `content` so that each of these keys opens it, and nothing else.
///
/// # Errors
/// When none of them is an Ed25519 key; a passkey opens nothing.
pub fn seal_to(keys: &[&VerifyingKey<Person>], content: &[u8]) -> Result<Vec<u8>, NoteError> {
    let fault = |why: String| NoteError::KeyFile(why);
    let recipients = keys.iter().filter_map(|key| key.montgomery());
    let recipients: Vec<x25519::Recipient> = recipients
        .map(|point| {
            in_age("age", &point)?
                .parse()
                .map_err(|e: &str| fault(e.into()))
        })
        .collect::<Result<_, _>>()?;
    let each = recipients.iter().map(|one| one as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(each).map_err(|e| fault(e.to_string()))?;
    let mut sealed = Vec::new();
    let mut writer = encryptor
        .wrap_output(&mut sealed)
        .map_err(|e| fault(e.to_string()))?;
    let written = writer.write_all(content).and_then(|()| writer.finish());
    written.map_err(|e| fault(e.to_string()))?;
    Ok(sealed)
}

/// Opens what was sealed to this key.
///
/// # Errors
/// When it was sealed to others, or is damaged.
pub fn open_sealed(
    key: &SigningKey<Person>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, NoteError> {
    let fault = |why: String| NoteError::KeyFile(why);
    if sealed.len() > LONGEST {
        return Err(fault(format!("it has more than {LONGEST} bytes")));
    }
    let secret = Zeroizing::new(in_age("age-secret-key-", &key.scalar())?.to_uppercase());
    let identity: x25519::Identity = secret.parse().map_err(|e: &str| fault(e.into()))?;
    let decryptor = age::Decryptor::new(sealed).map_err(|e| fault(e.to_string()))?;
    let mut reader = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(|e| fault(e.to_string()))?;
    let mut content = Zeroizing::new(Vec::new());
    reader
        .read_to_end(&mut content)
        .map_err(|e| fault(e.to_string()))?;
    Ok(content)
}

/// 32 bytes as age writes a key.
fn in_age(prefix: &str, bytes: &[u8; 32]) -> Result<String, NoteError> {
    let prefix = Hrp::parse(prefix).map_err(|e| NoteError::KeyFile(e.to_string()))?;
    bech32::encode::<Bech32>(prefix, bytes).map_err(|e| NoteError::KeyFile(e.to_string()))
}
