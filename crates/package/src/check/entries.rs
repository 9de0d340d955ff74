//! What a package is read from, and where its files go.

use std::io::{self, Read};

use crate::PackageError;

/// One file of a package.
pub struct Entry<'e> {
    /// Path in the package.
    pub path: String,
    /// Length in bytes.
    pub length: u64,
    /// Its bytes.
    pub content: &'e mut dyn Read,
}

/// Gives the files of a package, in the order of [`crate::layout`].
pub trait Entries {
    /// Calls `visit` with each file in turn.
    ///
    /// # Errors
    /// What `visit` said, or what reading said.
    fn each(
        &mut self,
        visit: &mut dyn FnMut(Entry<'_>) -> Result<(), PackageError>,
    ) -> Result<(), PackageError>;
}

/// A package as a tar stream.
pub struct Archive<R: Read>(pub R);

impl<R: Read> Entries for Archive<R> {
    fn each(
        &mut self,
        visit: &mut dyn FnMut(Entry<'_>) -> Result<(), PackageError>,
    ) -> Result<(), PackageError> {
        let fault = || PackageError::io("the package's archive");
        let mut archive = tar::Archive::new(&mut self.0);
        // Raw: what stands before a file to give it a longer name is refused like all that is no plain
        // file, before any of it is read. No path of a package is that long.
        for entry in archive.entries().map_err(fault())?.raw(true) {
            let mut entry = entry.map_err(fault())?;
            if entry.header().entry_type() != tar::EntryType::Regular {
                return Err(PackageError::refused(
                    "it holds something that is not a plain file",
                ));
            }
            let path = String::from_utf8(entry.path_bytes().into_owned())
                .map_err(|_| PackageError::refused("it holds a path that is not text"))?;
            let length = entry.size();
            visit(Entry {
                path,
                length,
                content: &mut entry,
            })?;
        }
        // What follows the archive is read too: a cut or altered ciphertext shows only at its end.
        let mut rest = [0; 4096];
        loop {
            match self.0.read(&mut rest).map_err(fault())? {
                0 => return Ok(()),
                read if rest[..read].iter().all(|byte| *byte == 0) => {}
                _ => return Err(PackageError::refused("something follows the archive")),
            }
        }
    }
}

/// Where accepted files go.
pub trait Keep {
    /// A file begins.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn begin(&mut self, path: &str) -> io::Result<()>;
    /// More bytes of it.
    ///
    /// # Errors
    /// When they cannot be kept.
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// Keeps nothing.
pub struct KeepNothing;

impl Keep for KeepNothing {
    fn begin(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
    fn bytes(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}
