//! Where sealed packages lie between their collection and the end of their time: the port, and a directory.
//!
//! **Invariant.** A package lies there under its name only if its bytes are those whose SHA-256 and length were named;
//! nothing that lies there is overwritten with other bytes; and nothing is handed over as whole whose bytes were not
//! compared again on their way out. What lies there is ciphertext.

mod checked;
mod directory;
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;

use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use lagrum_durable::{FileError, NewFile};
use lagrum_model::Sha256Digest;

pub use checked::Checked;
pub use directory::Directory;
pub use settings::{S3Settings, Style};

/// A piece of a package, and the file into which it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The file.
    pub to: PathBuf,
    /// Where in the package it begins, in bytes.
    pub from: u64,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of its bytes.
    pub sha256: Sha256Digest,
}

/// A sealed package, as whoever asks for it knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Its name as a file, without a `/`.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Sha256Digest,
}

/// Why a package is not kept, handed over, told of or removed.
#[derive(Debug, thiserror::Error)]
pub enum PackagesError {
    /// What was to be kept is not what was named.
    #[error("the package is not the one that the receipt names")]
    NotTheOne,
    /// What lies there is not what was kept.
    #[error(
        "where sealed packages are kept other bytes lie than those of package {0}: nothing of them is taken for it"
    )]
    OtherBytes(Sha256Digest),
    /// It does not lie there.
    #[error("package {0} does not lie where sealed packages are kept")]
    NotThere(Sha256Digest),
    /// A file or a directory refuses.
    #[error(transparent)]
    File(#[from] FileError),
    /// The storage refuses, fails or cannot be reached.
    #[error("the bucket for sealed packages: {0}")]
    Storage(String),
    /// Something of it is still there.
    #[error("package {package} is not removed, or not all of it: {why}")]
    NotRemoved {
        /// Which.
        package: Sha256Digest,
        /// What is left, and why.
        why: String,
    },
}

/// What was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// How many files, or objects and versions.
    pub removed: u64,
    /// What may be left, and nobody here can know.
    pub not_known: Option<String>,
}

/// How a place that is elsewhere stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Which it is.
    pub place: String,
    /// What is not as it has to be.
    pub faults: Vec<String>,
    /// What cannot be known from here.
    pub not_known: Vec<String>,
}

/// What is done when the bytes of a package were found right, before it gets its name.
pub type Before<'b> = &'b mut dyn FnMut() -> Result<(), FileError>;

/// Where sealed packages lie. Each step can be done again after it was cut off anywhere, and by two at once.
pub trait Packages: Send + Sync {
    /// Whether a package of this length lies there; its bytes are read and compared.
    ///
    /// # Errors
    /// [`PackagesError`].
    fn is_whole(&self, one: &Sealed, length: u64) -> Result<bool, PackagesError>;

    /// Keeps a package. No more of it is read than `length` says, and one byte. When this returns it is there whole,
    /// durably.
    ///
    /// # Errors
    /// [`PackagesError::NotTheOne`] if it is another, [`PackagesError::OtherBytes`] if others lie in its place; others.
    fn keep(&self, one: &Sealed, length: u64, from: &mut dyn Read) -> Result<(), PackagesError>;

    /// Puts a package into the file `to`, once its bytes are found right, durably. Also done when it lies in `to`
    /// already.
    ///
    /// # Errors
    /// [`PackagesError`]; then `to` is not there, or is what it was.
    fn hand_over(&self, one: &Sealed, to: &Path, before: Before<'_>) -> Result<(), PackagesError>;

    /// Puts a package into several files, each once its bytes are found right, durably. Also done when some of them, or
    /// all, are there already. `before` is done first.
    ///
    /// # Errors
    /// [`PackagesError`]; then each of the files is not there, or is what it was, or is the one that it has to be.
    fn hand_over_in_pieces(
        &self,
        one: &Sealed,
        pieces: &[Piece],
        before: Before<'_>,
    ) -> Result<(), PackagesError> {
        put_pieces(&|from, length| self.read(one, from, length), pieces, before)
    }

    /// How long a package is that lies there, in bytes; `None`: it does not.
    ///
    /// # Errors
    /// When that cannot be found out.
    fn length(&self, one: &Sealed) -> Result<Option<u64>, PackagesError>;

    /// `length` bytes of a package from `from` on. All of it is compared while it is read: the last bytes come only if
    /// the whole is what it should be. A piece is compared with nothing but its length.
    ///
    /// # Errors
    /// [`PackagesError`]; reading fails where the bytes end early or are others.
    fn read(
        &self,
        one: &Sealed,
        from: u64,
        length: u64,
    ) -> Result<Box<dyn Read + Send>, PackagesError>;

    /// Removes a package with all that is kept of it. One that is not there is removed.
    ///
    /// # Errors
    /// When something of it is left.
    fn remove(&self, one: &Sealed) -> Result<Removed, PackagesError>;

    /// How the place stands; `None`: it is a directory of this machine.
    fn look(&self) -> Option<Looked>;
}

/// Opens so many bytes of a package from there on.
type Open<'o> = &'o dyn Fn(u64, u64) -> Result<Box<dyn Read + Send>, PackagesError>;

fn put_pieces(open: Open<'_>, pieces: &[Piece], before: Before<'_>) -> Result<(), PackagesError> {
    before()?;
    for piece in pieces {
        if Directory::holds(&piece.to, piece.sha256)? {
            continue;
        }
        let bytes = open(piece.from, piece.length)?;
        let mut bytes = Checked::new(bytes, piece.sha256, piece.length);
        let mut file = NewFile::create(&piece.to)?;
        io::copy(&mut bytes, &mut file).map_err(|error| match error.kind() {
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
                PackagesError::OtherBytes(piece.sha256)
            }
            _ => FileError::new("put a package into", &piece.to, error).into(),
        })?;
        file.finish()?;
    }
    Ok(())
}
