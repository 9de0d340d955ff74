//! Copies of what a search withheld, for the counsel who looks at it: sealed as they are written, to
//! a key that stays with the agent. What counsel saw is what is released, whatever the store does
//! meanwhile.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use age::stream::StreamWriter;
use age::x25519;
use lagrum_model::Sha256Digest;
use lagrum_package::PackageError;

use crate::ProductionError;
use crate::append::append;

/// The name of the sealed copies in a spool's directory.
pub const WITHHELD: &str = "withheld.age";

/// Copies of what one search withholds, while it runs.
pub(crate) struct WithheldCopies {
    file: PathBuf,
    kept_for: x25519::Recipient,
    /// Nothing, as long as nothing is withheld.
    archive: Option<tar::Builder<StreamWriter<BufWriter<File>>>>,
}

impl WithheldCopies {
    /// None yet. They will lie in `dir`, sealed to `kept_for`.
    pub(crate) fn begin(dir: &Path, kept_for: &x25519::Recipient) -> Self {
        Self {
            file: dir.join(WITHHELD),
            kept_for: kept_for.clone(),
            archive: None,
        }
    }

    /// Copies the `length` bytes that `content` gives, under the number that they have in the review
    /// list. Gives their SHA-256.
    pub(crate) fn add(
        &mut self,
        number: u64,
        length: u64,
        content: &mut dyn Read,
    ) -> io::Result<Sha256Digest> {
        let archive = match &mut self.archive {
            Some(archive) => archive,
            None => {
                let to = BufWriter::new(File::create_new(&self.file)?);
                let kept_for = std::iter::once(&self.kept_for as &dyn age::Recipient);
                let encryptor =
                    age::Encryptor::with_recipients(kept_for).map_err(io::Error::other)?;
                self.archive
                    .insert(tar::Builder::new(encryptor.wrap_output(to)?))
            }
        };
        let mut header = tar::Header::new_ustar();
        header.set_size(length);
        header.set_mode(0o600);
        append(archive, &mut header, number.to_string(), content)
    }

    /// Writes the end.
    pub(crate) fn close(&mut self) -> Result<(), PackageError> {
        let Some(archive) = self.archive.take() else {
            return Ok(());
        };
        let end = || {
            let mut inner = archive.into_inner()?.finish()?;
            inner.flush()
        };
        end().map_err(PackageError::io(self.file.display().to_string()))
    }
}

/// A copy of something that was withheld.
pub struct WithheldCopy<'c> {
    /// Its number in the review list.
    pub number: u64,
    /// Its length in bytes.
    pub length: u64,
    /// Its bytes.
    pub content: &'c mut dyn Read,
}

/// Opens the copies in `file`, and gives `visit` each, in the order of the list.
///
/// # Errors
/// When the file cannot be opened with this key or is damaged, or what `visit` says.
pub fn read_withheld(
    file: &Path,
    key: &x25519::Identity,
    visit: &mut dyn FnMut(WithheldCopy<'_>) -> Result<(), ProductionError>,
) -> Result<(), ProductionError> {
    let fault = || PackageError::io(file.display().to_string());
    let other = |why: String| PackageError::io(file.display().to_string())(io::Error::other(why));
    let opened = lagrum_durable::open_plain(file)?;
    let sealed = BufReader::new(opened);
    let decryptor = age::Decryptor::new(sealed).map_err(|e| other(e.to_string()))?;
    let plain = decryptor
        .decrypt(std::iter::once(key as &dyn age::Identity))
        .map_err(|e| other(e.to_string()))?;
    let mut archive = tar::Archive::new(plain);
    for entry in archive.entries().map_err(fault())? {
        let mut entry = entry.map_err(fault())?;
        let name = entry.path_bytes().into_owned();
        let number = std::str::from_utf8(&name)
            .ok()
            .and_then(|name| name.parse().ok())
            .ok_or_else(|| other("a copy without a number".into()))?;
        let length = entry.size();
        visit(WithheldCopy {
            number,
            length,
            content: &mut entry,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "a test's files are no account's data"
    )]

    use super::*;

    #[test]
    fn what_was_copied_is_read_again_with_the_key_and_lies_nowhere_in_the_clear() {
        let dir = tempfile::tempdir().unwrap();
        let key = x25519::Identity::generate();
        let mut copies = WithheldCopies::begin(dir.path(), &key.to_public());
        let file = dir.path().join(WITHHELD);
        copies.close().unwrap();
        assert!(!file.exists(), "nothing was withheld");
        let long = vec![b'x'; 200_000];
        for (number, bytes) in [(2, &b"undated"[..]), (7, &long)] {
            let mut content = bytes;
            let sha256 = copies
                .add(number, bytes.len() as u64, &mut content)
                .unwrap();
            assert_eq!(sha256, Sha256Digest::of(bytes));
        }
        copies.close().unwrap();

        let mut read = Vec::new();
        read_withheld(&file, &key, &mut |copy| {
            let mut bytes = Vec::new();
            copy.content.read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes.len() as u64, copy.length);
            read.push((copy.number, bytes));
            Ok(())
        })
        .unwrap();
        assert_eq!(read, [(2, b"undated".to_vec()), (7, long)]);

        let sealed = std::fs::read(&file).unwrap();
        assert!(!sealed.windows(7).any(|part| part == b"undated"));
        let other = x25519::Identity::generate();
        assert!(read_withheld(&file, &other, &mut |_| panic!("another key")).is_err());
        std::fs::write(&file, &sealed[..sealed.len() / 2]).unwrap();
        assert!(read_withheld(&file, &key, &mut |_| Ok(())).is_err());
    }
}
