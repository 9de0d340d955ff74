//! The files that are read, and those that are written.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use lagrum_model::Sha256Digest;
use lagrum_package::layout::ManifestLine;
use sha2::{Digest, Sha256};

use crate::ConversionError;

/// A new file.
pub(crate) fn create(path: &Path) -> Result<BufWriter<File>, ConversionError> {
    let fault = || ConversionError::io(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(fault())?;
    }
    File::create_new(path).map(BufWriter::new).map_err(fault())
}

/// A new file with this text.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), ConversionError> {
    let fault = || ConversionError::io(path);
    let mut file = create(path)?;
    file.write_all(text.as_bytes()).map_err(fault())?;
    file.flush().map_err(fault())
}

/// A file that tells its SHA-256 once it is read.
pub(crate) struct Hashed {
    file: BufReader<File>,
    hash: Sha256,
    length: u64,
}

impl Hashed {
    pub(crate) fn open(root: &Path, path: &str) -> Result<Self, ConversionError> {
        let full = root.join(path);
        let opened = lagrum_durable::open_plain(&full);
        let file = opened.map_err(|fault| ConversionError::io(&full)(fault.source))?;
        Ok(Self {
            file: BufReader::with_capacity(1 << 18, file),
            hash: Sha256::new(),
            length: 0,
        })
    }

    /// Its SHA-256 and length, once all of it was read.
    pub(crate) fn finish(self) -> (Sha256Digest, u64) {
        (Sha256Digest(self.hash.finalize().into()), self.length)
    }

    /// That it was the file that the manifest names.
    pub(crate) fn is(self, line: &ManifestLine) -> Result<(), ConversionError> {
        match self.finish() == (line.sha256, line.length) {
            true => Ok(()),
            false => Err(ConversionError::Changed {
                path: line.path.clone(),
            }),
        }
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(&buffer[..read]);
        self.length += read as u64;
        Ok(read)
    }
}

/// Copies a file of the package to `path`; its SHA-256 and its length.
pub(crate) fn copy(root: &Path, of: &str, path: &Path) -> Result<Hashed, ConversionError> {
    let mut from = Hashed::open(root, of)?;
    let mut to = create(path)?;
    io::copy(&mut from, &mut to).map_err(ConversionError::io(path))?;
    to.flush().map_err(ConversionError::io(path))?;
    Ok(from)
}
