//! Key files: a signing key under a passphrase, as an armoured age file.

use std::io::{self, Read, Write};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use zeroize::Zeroizing;

use crate::{Holds, NoteError, SigningKey};

/// Cost of trying one passphrase: 2^16 rounds of scrypt (64 MiB, some 200 ms).
const SCRYPT_WORK: u8 = 16;

/// The longest key file: a key under a passphrase takes some 500 bytes. `age` reads a header again
/// from its start with each piece of it, so that its time grows with the square of the file.
const LONGEST: usize = 4 << 10;

impl<R: Holds> SigningKey<R> {
    /// Encrypts the key under a passphrase, as an armoured age file.
    ///
    /// # Errors
    /// When the encryption fails, which only a full memory can cause.
    pub fn seal(&self, passphrase: &str) -> Result<String, NoteError> {
        let fault = |e: io::Error| NoteError::KeyFile(e.to_string());
        let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
        recipient.set_work_factor(SCRYPT_WORK);
        let encryptor =
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
                .map_err(|e| NoteError::KeyFile(e.to_string()))?;
        let armour = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).map_err(fault)?;
        let mut writer = encryptor.wrap_output(armour).map_err(fault)?;
        writer
            .write_all(self.to_secret().as_bytes())
            .map_err(fault)?;
        let sealed = writer
            .finish()
            .and_then(ArmoredWriter::finish)
            .map_err(fault)?;
        String::from_utf8(sealed).map_err(|e| NoteError::KeyFile(e.to_string()))
    }

    /// Opens a file that [`SigningKey::seal`] wrote.
    ///
    /// # Errors
    /// A wrong passphrase, or a file that is not a key file.
    pub fn open(file: &[u8], passphrase: &str) -> Result<Self, NoteError> {
        if file.len() > LONGEST {
            return Err(NoteError::KeyFile(format!(
                "it has more than {LONGEST} bytes"
            )));
        }
        let decryptor = age::Decryptor::new(ArmoredReader::new(file))
            .map_err(|e| NoteError::KeyFile(e.to_string()))?;
        if !decryptor.is_scrypt() {
            return Err(NoteError::KeyFile(
                "it is not locked by a passphrase".into(),
            ));
        }
        let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        identity.set_max_work_factor(SCRYPT_WORK + 2);
        let mut reader = decryptor
            .decrypt(std::iter::once(&identity as &dyn age::Identity))
            .map_err(|_| NoteError::Passphrase)?;
        let mut text = Zeroizing::new(String::new());
        reader
            .read_to_string(&mut text)
            .map_err(|e| NoteError::KeyFile(e.to_string()))?;
        Self::from_secret(&text)
    }
}
