//! Sealed packages and receipts, where deliveries are fetched.

use std::io::{Read, Write};
use std::path::Path;

use lagrum_durable::{NewFile, create_directory};
use lagrum_model::Sha256Digest;
use sha2::Digest;

use crate::DeskError;

/// Writes a package whole or not at all, durably, if it is the one expected.
pub(crate) fn write_package(
    mut source: impl Read,
    to: &Path,
    sha256: Sha256Digest,
) -> Result<(), DeskError> {
    create_directory(to.parent().unwrap_or(Path::new(".")))?;
    let mut copy = NewFile::create(to)?;
    let (mut hasher, mut buffer) = (sha2::Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = source
            .read(&mut buffer)
            .map_err(DeskError::io(to.display().to_string()))?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        copy.write_all(&buffer[..read])
            .map_err(DeskError::io(to.display().to_string()))?;
    }
    if Sha256Digest(hasher.finalize().into()) != sha256 {
        return Err(DeskError::Wrong(format!(
            "{}: not the package that the agent's receipt names",
            to.display()
        )));
    }
    Ok(copy.finish()?)
}

/// Writes a file whole or not at all, durably, and its directory if it is not there.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), DeskError> {
    create_directory(path.parent().unwrap_or(Path::new(".")))?;
    Ok(lagrum_durable::replace(path, bytes)?)
}
