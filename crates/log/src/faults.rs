//! Places where tests let the process "crash". Outside tests there is nothing here.

use std::path::Path;

use crate::error::Error;

/// Counts the places that an append or a recovery passes, and fails at one of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    #[cfg(test)]
    left: std::rc::Rc<std::cell::Cell<Option<u32>>>,
}

impl Faults {
    /// A place before or after which the process may stop.
    #[cfg(not(test))]
    #[inline]
    pub(crate) fn point(&self, _file: &Path) -> Result<(), Error> {
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn point(&self, file: &Path) -> Result<(), Error> {
        if self.strikes() {
            let source = std::io::Error::other("the test stops here");
            return Err(Error::file("go on with", file, source));
        }
        Ok(())
    }

    /// Fails after `count` more places.
    #[cfg(test)]
    pub(crate) fn fail_after(&self, count: u32) {
        self.left.set(Some(count));
    }

    /// No more failures. Says whether the failure that was ordered is still to come.
    #[cfg(test)]
    pub(crate) fn none(&self) -> bool {
        self.left.take().is_some()
    }

    /// Whether the ordered failure happens at this place.
    #[cfg(test)]
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
