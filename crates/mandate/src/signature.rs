//! Keys of people and agents, and their signatures: Ed25519 on signed notes (c2sp.org/signed-note).

use std::io::{Read, Write};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use lagrum_log::{LogKey, LogVerifier};
use rand_core::CryptoRngCore;
use signed_note::{Note, Signer, Verifier, VerifierList};
use zeroize::Zeroizing;

/// Cost of trying one passphrase: 2^16 rounds of scrypt (64 MiB, some 200 ms).
const SCRYPT_WORK: u8 = 16;

/// The signing key of a person or an agent: Ed25519 under a name, such as `kvist.example/maja`.
#[derive(Debug)]
pub struct SigningKey(LogKey);

/// The public half of a [`SigningKey`], in the form `<name>+<id>+<base64>`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct VerifyingKey(LogVerifier);

/// What can go wrong with a key or a signature.
#[derive(Debug, thiserror::Error)]
pub enum SignatureError {
    /// The key itself is wrong.
    #[error(transparent)]
    Key(#[from] lagrum_log::Error),
    /// The passphrase is wrong.
    #[error("the passphrase does not open this key file")]
    Passphrase,
    /// The file is something else.
    #[error("not a key file: {0}; `lagrum key new` makes one")]
    KeyFile(String),
    /// The text cannot be signed, or the note is malformed.
    #[error("not a signed note (c2sp.org/signed-note): {0}")]
    Note(String),
    /// Nobody who is known signed it, or a signature does not fit.
    #[error("{0}")]
    Unsigned(String),
}

impl SigningKey {
    /// Makes a key from the caller's random source.
    ///
    /// # Errors
    /// When `name` has spaces, `+` or control characters.
    pub fn generate(random: &mut impl CryptoRngCore, name: &str) -> Result<Self, SignatureError> {
        Ok(Self(LogKey::generate(random, name)?))
    }

    /// Reads the secret form that [`SigningKey::to_secret`] wrote.
    ///
    /// # Errors
    /// When the text is not such a key. The message never contains it.
    pub fn from_secret(text: &str) -> Result<Self, SignatureError> {
        Ok(Self(LogKey::from_secret_string(text.trim())?))
    }

    /// The secret form. Whoever has it signs as this person or agent.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<String> {
        self.0.to_secret_string()
    }

    /// Encrypts the key under a passphrase, as an armoured age file.
    ///
    /// # Errors
    /// When the encryption fails, which only a full memory can cause.
    pub fn seal(&self, passphrase: &str) -> Result<String, SignatureError> {
        let fault = |e: std::io::Error| SignatureError::KeyFile(e.to_string());
        let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
        recipient.set_work_factor(SCRYPT_WORK);
        let encryptor =
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
                .map_err(|e| SignatureError::KeyFile(e.to_string()))?;
        let armour = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).map_err(fault)?;
        let mut writer = encryptor.wrap_output(armour).map_err(fault)?;
        writer
            .write_all(self.to_secret().as_bytes())
            .map_err(fault)?;
        let sealed = writer
            .finish()
            .and_then(ArmoredWriter::finish)
            .map_err(fault)?;
        String::from_utf8(sealed).map_err(|e| SignatureError::KeyFile(e.to_string()))
    }

    /// Opens a file that [`SigningKey::seal`] wrote.
    ///
    /// # Errors
    /// A wrong passphrase, or a file that is no key file.
    pub fn open(file: &[u8], passphrase: &str) -> Result<Self, SignatureError> {
        let decryptor = age::Decryptor::new(ArmoredReader::new(file))
            .map_err(|e| SignatureError::KeyFile(e.to_string()))?;
        if !decryptor.is_scrypt() {
            return Err(SignatureError::KeyFile(
                "it is not locked by a passphrase".into(),
            ));
        }
        let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        identity.set_max_work_factor(SCRYPT_WORK + 2);
        let mut reader = decryptor
            .decrypt(std::iter::once(&identity as &dyn age::Identity))
            .map_err(|_| SignatureError::Passphrase)?;
        let mut text = Zeroizing::new(String::new());
        reader
            .read_to_string(&mut text)
            .map_err(|e| SignatureError::KeyFile(e.to_string()))?;
        Self::from_secret(&text)
    }

    /// The public half.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifier())
    }

    /// Signs `text` and returns the signature line.
    ///
    /// # Errors
    /// When `text` does not end in a newline, or has control characters.
    pub fn sign_line(&self, text: &str) -> Result<String, SignatureError> {
        let note = self.sign_note(text)?;
        note.strip_prefix(text)
            .and_then(|rest| rest.strip_prefix('\n'))
            .map(|line| line.trim_end().to_owned())
            .ok_or_else(|| SignatureError::Note("the text does not end in a newline".into()))
    }

    /// Signs `text` as a whole note.
    ///
    /// # Errors
    /// As [`SigningKey::sign_line`].
    pub fn sign_note(&self, text: &str) -> Result<String, SignatureError> {
        let fault = |e: signed_note::NoteError| SignatureError::Note(e.to_string());
        let mut note = Note::new(text.as_bytes(), &[]).map_err(fault)?;
        note.add_sigs(&[&self.0 as &dyn Signer]).map_err(fault)?;
        String::from_utf8(note.to_bytes()).map_err(|e| SignatureError::Note(e.to_string()))
    }
}

impl VerifyingKey {
    /// Reads `<name>+<id>+<base64>`.
    ///
    /// # Errors
    /// When the key is malformed or weak.
    pub fn parse(text: &str) -> Result<Self, SignatureError> {
        Ok(Self(LogVerifier::parse(text)?))
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.origin()
    }

    fn bare(&self) -> String {
        self.0
            .to_string()
            .splitn(3, '+')
            .nth(2)
            .unwrap_or_default()
            .to_owned()
    }

    /// Whether the two are one key, under whatever names.
    #[must_use]
    pub fn same_key(&self, other: &Self) -> bool {
        self.bare() == other.bare()
    }
}

impl std::fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Puts a text and signature lines together to a note.
#[must_use]
pub fn assemble(text: &str, lines: &[&str]) -> String {
    let mut note = format!("{text}\n");
    for line in lines {
        note.push_str(line);
        note.push('\n');
    }
    note
}

/// Divides a note, and says which of `known` signed it. A signature in the name of a known key that
/// does not fit makes the whole note invalid; signatures of others are ignored.
///
/// # Errors
/// [`SignatureError`]; nobody known having signed is one.
pub fn verify_note<'k>(
    note: &[u8],
    known: &[&'k VerifyingKey],
) -> Result<(String, Vec<&'k VerifyingKey>), SignatureError> {
    let parsed = Note::from_bytes(note).map_err(|e| SignatureError::Note(e.to_string()))?;
    let list = VerifierList::new(
        known
            .iter()
            .map(|key| Box::new(key.0.clone()) as Box<dyn Verifier>)
            .collect(),
    );
    let (verified, _) = parsed
        .verify(&list)
        .map_err(|e| SignatureError::Unsigned(e.to_string()))?;
    let by = known
        .iter()
        .copied()
        .filter(|key| {
            verified
                .iter()
                .any(|found| found.name() == key.name() && found.id() == key.0.key_id())
        })
        .collect();
    let text = String::from_utf8(parsed.text().to_vec())
        .map_err(|e| SignatureError::Note(e.to_string()))?;
    Ok((text, by))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(u64);
    impl rand_core::RngCore for Counting {
        fn next_u32(&mut self) -> u32 {
            u32::try_from(self.next_u64() & 0xffff_ffff).unwrap()
        }
        fn next_u64(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            self.0
        }
        fn fill_bytes(&mut self, dest: &mut [u8]) {
            rand_core::impls::fill_bytes_via_next(self, dest);
        }
        fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand_core::Error> {
            self.fill_bytes(dest);
            Ok(())
        }
    }
    impl rand_core::CryptoRng for Counting {}

    #[test]
    fn a_key_file_opens_with_its_passphrase_and_with_no_other() {
        let key = SigningKey::generate(&mut Counting(1), "kvist.example/maja").unwrap();
        let file = key.seal("correct horse").unwrap();
        assert!(
            !file.contains("PRIVATE"),
            "the key file does not show the key"
        );
        let again = SigningKey::open(file.as_bytes(), "correct horse").unwrap();
        assert_eq!(again.verifying_key(), key.verifying_key());
        assert!(matches!(
            SigningKey::open(file.as_bytes(), "wrong horse"),
            Err(SignatureError::Passphrase)
        ));
        assert!(matches!(
            SigningKey::open(b"hello", "correct horse"),
            Err(SignatureError::KeyFile(_))
        ));
    }

    #[test]
    fn one_changed_byte_anywhere_makes_the_note_worthless() {
        let key = SigningKey::generate(&mut Counting(2), "kvist.example/maja").unwrap();
        let public = key.verifying_key();
        let note = key.sign_note("a mandate\n").unwrap();
        assert_eq!(
            verify_note(note.as_bytes(), &[&public]).unwrap().1,
            [&public]
        );
        for at in 0..note.len() {
            let mut changed = note.clone().into_bytes();
            changed[at] ^= 1;
            assert!(verify_note(&changed, &[&public]).is_err(), "byte {at}");
        }
    }

    #[test]
    fn signature_lines_of_two_people_make_one_note() {
        let maja = SigningKey::generate(&mut Counting(3), "kvist.example/maja").unwrap();
        let olof = SigningKey::generate(&mut Counting(4), "firm.example/olof").unwrap();
        let text = "a mandate\n";
        let lines = [maja.sign_line(text).unwrap(), olof.sign_line(text).unwrap()];
        let note = assemble(text, &[&lines[0], &lines[1]]);
        let (public_maja, public_olof) = (maja.verifying_key(), olof.verifying_key());
        let (signed, by) = verify_note(note.as_bytes(), &[&public_maja, &public_olof]).unwrap();
        assert_eq!((signed.as_str(), by.len()), (text, 2));
        assert!(!public_maja.same_key(&public_olof));
    }
}
