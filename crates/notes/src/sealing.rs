//! What is sealed to a person who signs: to the X25519 key that belongs to their Ed25519 key (RFC 7748 section 4.1,
//! the birational map), as age seals to keys of SSH.

use std::io::{Read as _, Write as _};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::x25519;
use bech32::{Bech32, Hrp};
use zeroize::Zeroizing;

use crate::role::Person;
use crate::{NoteError, SigningKey, VerifyingKey};

/// The longest that is opened, in bytes: a note under a header for each key.
const LONGEST: usize = 2 << 20;

/// Seals `content` so that each of these keys opens it, and nothing else.
///
/// # Errors
/// When none of them is an Ed25519 key; a passkey opens nothing.
pub fn seal_to(keys: &[&VerifyingKey<Person>], content: &[u8]) -> Result<Vec<u8>, NoteError> {
    sealed(keys, content, Format::Binary)
}

/// The same, as an armored text.
///
/// # Errors
/// As [`seal_to`].
pub fn seal_text_to(keys: &[&VerifyingKey<Person>], text: &str) -> Result<String, NoteError> {
    let sealed = sealed(keys, text.as_bytes(), Format::AsciiArmor)?;
    String::from_utf8(sealed).map_err(|e| NoteError::KeyFile(e.to_string()))
}

fn sealed(
    keys: &[&VerifyingKey<Person>],
    content: &[u8],
    format: Format,
) -> Result<Vec<u8>, NoteError> {
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
    let output = ArmoredWriter::wrap_output(Vec::new(), format);
    let writer = output.and_then(|output| encryptor.wrap_output(output));
    let written = writer.and_then(|mut writer| {
        writer.write_all(content)?;
        writer.finish()?.finish()
    });
    written.map_err(|e| fault(e.to_string()))
}

/// Opens what was sealed to this key, armored or not.
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
    let decryptor = age::Decryptor::new_buffered(ArmoredReader::new(sealed))
        .map_err(|e| fault(e.to_string()))?;
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
