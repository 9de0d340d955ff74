use std::io;
use std::path::{Path, PathBuf};

/// What the file system refused.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {source}", .file.display())]
pub struct FileError {
    /// What was tried: "read", "write" …
    pub action: &'static str,
    /// On which file or directory.
    pub file: PathBuf,
    /// What the system answered.
    pub source: io::Error,
}

impl FileError {
    /// Adds what was tried, and on which file, to what the system answered.
    #[must_use]
    pub fn new(action: &'static str, file: &Path, source: io::Error) -> Self {
        let file = file.to_path_buf();
        Self {
            action,
            file,
            source,
        }
    }

    /// The same as a function, for `map_err`.
    pub fn of(action: &'static str, file: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::new(action, file, source)
    }

    /// The kind of the system's answer.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}
