use std::fs::{self, DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use crate::FileError;

/// How many bytes may still be written where a file or directory lies.
///
/// # Errors
/// When it is not there, or the system refuses.
pub fn free_space(place: &Path) -> Result<u64, FileError> {
    let told =
        rustix::fs::statvfs(place).map_err(|e| FileError::new("look at", place, e.into()))?;
    Ok(told.f_bavail.saturating_mul(told.f_frsize))
}

/// Makes the names in a directory durable.
///
/// # Errors
/// When the system refuses.
pub fn sync_directory(directory: &Path) -> Result<(), FileError> {
    // The parent of a bare file name is the empty path.
    let directory = match directory.as_os_str().is_empty() {
        true => Path::new("."),
        false => directory,
    };
    File::open(directory)
        .and_then(|opened| opened.sync_all())
        .map_err(FileError::of("make durable", directory))
}

/// Makes a directory, and those above it, if they are not there.
///
/// # Errors
/// When the system refuses.
pub fn create_directory(directory: &Path) -> Result<(), FileError> {
    fs::create_dir_all(directory).map_err(FileError::of("create", directory))
}

/// Makes a directory that only its owner can enter, and those above it, if they are not there.
///
/// # Errors
/// When the system refuses.
pub fn private_directory(directory: &Path) -> Result<(), FileError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(FileError::of("create", directory))
}

/// Removes a file, if it is there. A link is removed, not the file that it leads to.
///
/// # Errors
/// When the system refuses.
pub fn remove(file: &Path) -> Result<(), FileError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(FileError::new("remove", file, error))
        }
        _ => Ok(()),
    }
}
