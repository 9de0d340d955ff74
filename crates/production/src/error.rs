use lagrum_durable::FileError;
use lagrum_package::PackageError;

/// What can go wrong while a package is written and sealed.
#[derive(Debug, thiserror::Error)]
pub enum ProductionError {
    /// The package holds something that its mandate does not allow, or cannot be written or read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A file could not be written durably.
    #[error(transparent)]
    File(#[from] FileError),
}
