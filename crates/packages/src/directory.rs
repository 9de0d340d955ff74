//! Packages in a directory of this machine.

use std::fs;
use std::io::{ErrorKind, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use lagrum_durable::{FileError, NewFile, move_into_place, open_plain, private_directory};
use lagrum_model::Sha256Digest;
use sha2::{Digest as _, Sha256};

use crate::{Before, Checked, Looked, Packages, PackagesError, Piece, Removed, Sealed, put_pieces};

/// A directory in which packages lie as files. One that is handed over leaves it.
#[derive(Clone, Debug)]
pub struct Directory {
    folder: PathBuf,
}

/// SHA-256 of a file.
fn digest_of(file: &Path) -> Result<Sha256Digest, FileError> {
    let mut opened = open_plain(file)?;
    let mut hasher = Sha256::new();
    std::io::copy(&mut opened, &mut hasher).map_err(FileError::of("read", file))?;
    Ok(Sha256Digest(hasher.finalize().into()))
}

impl Directory {
    /// This directory. It is made when something is to be kept there.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn file(&self, one: &Sealed) -> PathBuf {
        self.folder.join(&one.name)
    }

    /// Whether a file is there, and is the package.
    ///
    /// # Errors
    /// [`PackagesError::OtherBytes`] if it is another; when it cannot be read.
    pub fn holds(file: &Path, package: Sha256Digest) -> Result<bool, PackagesError> {
        if !file.exists() {
            return Ok(false);
        }
        match digest_of(file)? == package {
            true => Ok(true),
            false => Err(PackagesError::OtherBytes(package)),
        }
    }
}

impl Packages for Directory {
    fn is_whole(&self, one: &Sealed, _: u64) -> Result<bool, PackagesError> {
        match Self::holds(&self.file(one), one.sha256) {
            // What is half there, or another's, is written anew.
            Err(PackagesError::OtherBytes(_)) => Ok(false),
            other => other,
        }
    }

    fn keep(&self, one: &Sealed, length: u64, from: &mut dyn Read) -> Result<(), PackagesError> {
        private_directory(&self.folder)?;
        let file = self.file(one);
        let mut package = from.take(length.saturating_add(1));
        let mut kept = NewFile::create(&file)?;
        let (mut hasher, mut all) = (Sha256::new(), 0);
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = package
                .read(&mut buffer)
                .map_err(FileError::of("read", &file))?;
            if read == 0 {
                break;
            }
            all += read as u64;
            hasher.update(&buffer[..read]);
            kept.write_all(&buffer[..read])
                .map_err(FileError::of("write", &file))?;
        }
        if Sha256Digest(hasher.finalize().into()) != one.sha256 || all != length {
            return Err(PackagesError::NotTheOne);
        }
        Ok(kept.finish()?)
    }

    fn hand_over(&self, one: &Sealed, to: &Path, before: Before<'_>) -> Result<(), PackagesError> {
        let from = self.file(one);
        let kept = Self::holds(&from, one.sha256)?;
        if !kept && !Self::holds(to, one.sha256)? {
            return Err(PackagesError::NotThere(one.sha256));
        }
        before()?;
        if kept {
            move_into_place(&from, to)?;
        }
        Ok(())
    }

    fn hand_over_in_pieces(
        &self,
        one: &Sealed,
        pieces: &[Piece],
        before: Before<'_>,
    ) -> Result<(), PackagesError> {
        if self.length(one)?.is_none() {
            for piece in pieces {
                if !Self::holds(&piece.to, piece.sha256)? {
                    return Err(PackagesError::NotThere(one.sha256));
                }
            }
            return Ok(before()?);
        }
        put_pieces(&|from, length| self.read(one, from, length), pieces, before)?;
        Ok(lagrum_durable::remove(&self.file(one))?)
    }

    fn length(&self, one: &Sealed) -> Result<Option<u64>, PackagesError> {
        let file = self.file(one);
        match fs::symlink_metadata(&file) {
            Ok(about) => Ok(about.is_file().then_some(about.len())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FileError::new("look at", &file, error).into()),
        }
    }

    fn read(
        &self,
        one: &Sealed,
        from: u64,
        length: u64,
    ) -> Result<Box<dyn Read + Send>, PackagesError> {
        let file = self.file(one);
        let whole = self.length(one)?;
        let whole = whole.ok_or(PackagesError::NotThere(one.sha256))?;
        let mut opened = open_plain(&file)?;
        opened
            .seek(SeekFrom::Start(from))
            .map_err(FileError::of("read", &file))?;
        Ok(match (from, length) {
            (0, length) if length == whole => Box::new(Checked::new(opened, one.sha256, length)),
            _ => Box::new(opened.take(length)),
        })
    }

    fn remove(&self, one: &Sealed) -> Result<Removed, PackagesError> {
        let there = self.length(one)?.is_some();
        if there {
            lagrum_durable::remove(&self.file(one))?;
            lagrum_durable::sync_directory(&self.folder)?;
        }
        Ok(Removed {
            removed: u64::from(there),
            not_known: None,
        })
    }

    fn look(&self) -> Option<Looked> {
        None
    }
}
