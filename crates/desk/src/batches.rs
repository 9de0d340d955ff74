//! When batches of the log are written.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_log::{Rhythm, Rule, Schedule};

use crate::{CommandError, Desk, Session, SettleError};

impl Desk {
    /// Has batches of the log written from `at` on (UTC), where it was written at once until now. What is there
    /// stays; the first batch is due then, and says so in public.
    ///
    /// # Errors
    /// When there is a schedule, or the store fails.
    pub fn begin_batches(&self, rhythm: Rhythm, at: Timestamp) -> Result<Rule, SettleError> {
        let origin = self.log_key()?;
        Ok(self.inner.store.announce(rhythm, at, origin.name(), at)?)
    }
}

impl Session<'_> {
    /// When batches of the log are written. No rule: entries are written when something happens.
    ///
    /// # Errors
    /// When the person may not, or the store fails.
    pub fn log_schedule(&self) -> Result<Schedule, CommandError> {
        self.may(Action::Check)?;
        Ok(self.desk.inner.store.schedule()?)
    }

    /// Announces another rhythm for the log's batches, in the log itself: from the first tick at or after `from` (UTC)
    /// on; without one, from now on where there is no schedule yet, else as soon as can be.
    ///
    /// # Errors
    /// When the person may not; when it cannot be kept, or begins less than thirty days after it is announced.
    pub fn announce_batches(
        &mut self,
        rhythm: Rhythm,
        from: Option<Timestamp>,
    ) -> Result<Rule, CommandError> {
        self.may(Action::ScheduleLog)?;
        let now = self.time.now();
        let soonest = match self.desk.inner.store.schedule()?.rules().is_empty() {
            true => now,
            // A day more than has to be, for the batch in which it is announced.
            false => now + jiff::SignedDuration::from_hours(31 * 24),
        };
        let origin = self.desk.log_key()?;
        let store = &self.desk.inner.store;
        Ok(store.announce(rhythm, from.unwrap_or(soonest), origin.name(), now)?)
    }
}
