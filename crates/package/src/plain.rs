use std::fs::File;
use std::path::Path;

use crate::PackageError;

/// Opens a file of a package, which is never a link, a pipe or a device.
pub(crate) fn plain(file: &Path) -> Result<File, PackageError> {
    lagrum_durable::open_plain(file)
        .map_err(|e| PackageError::io(file.display().to_string())(e.source))
}
