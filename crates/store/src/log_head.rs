use lagrum_log::{Head, HeadStore};

use crate::patience::patiently;
use crate::{Database, StoreError};

/// The head of the log in the desk's database.
///
/// Every look at it waits for a change that is under way, so an answer is settled: a change of which
/// nobody heard whether it became final cannot arrive later.
pub struct LogHead<'d>(&'d dyn Database);

impl<'d> LogHead<'d> {
    /// The head in `database`.
    #[must_use]
    pub fn new(database: &'d dyn Database) -> Self {
        Self(database)
    }
}

impl HeadStore for LogHead<'_> {
    type Error = StoreError;

    fn head(&self) -> Result<Option<Head>, StoreError> {
        let mut transaction = self.0.write("log head")?;
        transaction.lock_log()?;
        transaction.head()
    }

    fn compare_and_swap(
        &mut self,
        expected: Option<&Head>,
        new: &Head,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.0.write("log head")?;
        transaction.lock_log()?;
        if !transaction.compare_and_swap(expected, new)? {
            return Ok(false);
        }
        match transaction.commit() {
            Ok(()) => Ok(true),
            Err(StoreError::Uncertain { source }) => match patiently(|| self.head()) {
                Ok(Some(head)) if head == *new => Ok(true),
                Ok(_) => Err(StoreError::Unavailable { source }),
                Err(_) => Err(StoreError::Uncertain { source }),
            },
            Err(error) => Err(error),
        }
    }
}
