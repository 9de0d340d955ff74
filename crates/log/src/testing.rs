//! What tests of other rooms need of a log (feature `testing`).

use std::convert::Infallible;

use crate::{Head, HeadStore};

/// A head that lives as long as the value; `None` before the first entry.
#[derive(Debug, Default)]
pub struct MemoryHead(pub Option<Head>);

impl HeadStore for MemoryHead {
    type Error = Infallible;

    fn head(&self) -> Result<Option<Head>, Self::Error> {
        Ok(self.0)
    }

    fn compare_and_swap(
        &mut self,
        expected: Option<&Head>,
        new: &Head,
    ) -> Result<bool, Self::Error> {
        let fits = self.0.as_ref() == expected;
        if fits {
            self.0 = Some(*new);
        }
        Ok(fits)
    }
}
