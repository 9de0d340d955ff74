use std::path::Path;

use crate::FileError;

/// Places before or after which the process may stop. A test makes it stop there; a program passes
/// [`NoFaults`].
pub trait FaultPoints {
    /// The process is about to go on with `file`.
    ///
    /// # Errors
    /// Where a test stops it.
    fn point(&self, file: &Path) -> Result<(), FileError>;
}

/// Nothing stops the process.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFaults;

impl FaultPoints for NoFaults {
    #[inline]
    fn point(&self, _: &Path) -> Result<(), FileError> {
        Ok(())
    }
}
