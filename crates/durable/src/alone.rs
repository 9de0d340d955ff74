use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::FileError;

/// Locks a file for this process alone, as long as what it gives is kept; makes the file where there is none. Nothing
/// if another process has it locked: nobody waits.
///
/// # Errors
/// When the file cannot be opened or locked.
pub fn lock(file: &Path) -> Result<Option<File>, FileError> {
    let opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(file);
    let lock = opened.map_err(FileError::of("open", file))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(FileError::new("lock", file, error)),
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_locked_once_until_whoever_has_it_is_done() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("lock");
        let first = lock(&file).unwrap();
        assert!(first.is_some());
        assert!(lock(&file).unwrap().is_none());
        drop(first);
        assert!(lock(&file).unwrap().is_some());
        assert!(lock(&file.join("elsewhere")).is_err());
    }
}
