use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// A directory that has its name only when everything is in it. Dropped before that, it goes with all that is in it.
#[derive(Debug)]
pub struct Draft(TempDir);

impl Draft {
    /// Beside the place where it is to lie, which is free; `prefix` begins its name until then.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] when something lies there already; when the place cannot be written.
    pub fn beside(to: &Path, prefix: &str) -> io::Result<Self> {
        if to.exists() {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "already exists; name a new directory",
            ));
        }
        let parent = match to.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let draft = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
        Ok(Self(draft))
    }

    /// Where it lies until it has its name.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn keep(self, to: &Path) -> io::Result<()> {
        fs::rename(self.0.path(), to)?;
        // The directory has its name now and stays.
        let _ = self.0.keep();
        Ok(())
    }
}
