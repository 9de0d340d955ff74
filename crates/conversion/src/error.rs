use std::io;
use std::path::Path;

use lagrum_package::PackageError;

/// Why a package was not converted. Nothing is left behind then.
#[derive(Debug, thiserror::Error)]
pub enum ConversionError {
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// What was read or written.
        what: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// The package does not hold what its check found.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A file is another one than when the package was checked.
    #[error("{path} changed after the package was checked; check it again")]
    Changed {
        /// Which one, in the package.
        path: String,
    },
}

impl ConversionError {
    pub(crate) fn io(what: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let what = what.display().to_string();
        move |source| Self::Io { what, source }
    }
}
