use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{SpooledTempFile, TempDir};

/// The one directory in which data of accounts may lie while it is worked on: temporary files go
/// there and nowhere else. Files have no name in it; a directory that somebody was cut off beside is removed by
/// whoever owns it all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Temporary files in `directory`, which is there, on a local disk, and for its owner alone.
    #[must_use]
    pub fn new(directory: &Path) -> Self {
        Self(directory.to_owned())
    }

    /// A new temporary file, for reading and writing.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn file(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.0)
    }

    /// A new directory, which goes with all that is in it when it is dropped.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn directory(&self) -> io::Result<TempDir> {
        tempfile::tempdir_in(&self.0)
    }

    /// Bytes that stay in memory up to `most`, and go to a temporary file beyond it.
    #[must_use]
    pub fn spool(&self, most: usize) -> SpooledTempFile {
        SpooledTempFile::new_in(most, &self.0)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests may use the system's")]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_is_written_lies_in_the_directory_and_nowhere_else() {
        let directory = tempfile::tempdir().unwrap();
        let scratch = Scratch::new(directory.path());
        scratch.file().unwrap().write_all(b"x").unwrap();
        // A directory that is away is an error, not a reason to go elsewhere.
        let away = Scratch::new(&directory.path().join("away"));
        assert!(away.file().is_err());
        let mut spool = away.spool(4);
        assert!(spool.write_all(b"1234").is_ok());
        assert!(spool.write_all(b"5").is_err());
    }

    #[test]
    fn no_name_is_left() {
        let directory = tempfile::tempdir().unwrap();
        let scratch = Scratch::new(directory.path());
        let file = scratch.file().unwrap();
        let mut spool = scratch.spool(0);
        spool.write_all(b"x").unwrap();
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
        drop(file);
    }
}
