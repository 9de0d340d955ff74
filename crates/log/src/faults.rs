//! Places where tests let the process "crash". Outside tests there is nothing here.

use std::path::Path;

use lagrum_durable::{FaultPoints, FileError};

/// Counts the places that an append or a recovery passes, and fails at one of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    #[cfg(test)]
    left: std::rc::Rc<std::cell::Cell<Option<u32>>>,
}

impl FaultPoints for Faults {
    #[cfg(not(test))]
    #[inline]
    fn point(&self, _file: &Path) -> Result<(), FileError> {
        Ok(())
    }

    #[cfg(test)]
    fn point(&self, file: &Path) -> Result<(), FileError> {
        if self.strikes() {
            let source = std::io::Error::other("the test stops here");
            return Err(FileError::new("go on with", file, source));
        }
        Ok(())
    }
}

#[cfg(test)]
impl Faults {
    /// Fails after `count` more places.
    pub(crate) fn fail_after(&self, count: u32) {
        self.left.set(Some(count));
    }

    /// No more failures. Says whether the failure that was ordered is still to come.
    pub(crate) fn none(&self) -> bool {
        self.left.take().is_some()
    }

    /// Whether the ordered failure happens at this place.
    pub(crate) fn strikes(&self) -> bool {
        match self.left.get() {
            Some(0) => {
                self.left.set(None);
                true
            }
            Some(count) => {
                self.left.set(Some(count - 1));
                false
            }
            None => false,
        }
    }
}
