//! Looking after the desk: what is done while nobody appends to the log, and who may.

use std::time::Instant;

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_log::Head;

use crate::{CommandError, Session};

impl Session<'_> {
    /// Finishes what was begun at the log, and lets `work` run while nobody appends to it or publishes it: then
    /// database and log are of one instant. Others wait for the log up to ten seconds and go on without it, so
    /// `work` is to be short. It is told the head of the log, and when this is (UTC).
    ///
    /// # Errors
    /// When the person may not, when the log or the store fails, and what `work` says.
    pub fn while_the_log_stands<T, E: From<CommandError>>(
        &mut self,
        work: impl FnOnce(&Head, Timestamp) -> Result<T, E>,
    ) -> Result<T, E> {
        let held = || -> Result<_, CommandError> {
            self.may(Action::BackUp)?;
            let mut log = self.desk.open_log(Instant::now())?;
            let mut head = self.desk.inner.store.log_head();
            let recovered = log.recover(&mut head).map_err(crate::SettleError::from)?;
            Ok((log, recovered.head))
        };
        let (log, head) = held()?;
        let done = work(&head, self.time.now());
        // Until here nobody else had it.
        drop(log);
        done
    }

    /// Whether the person may change who works here and where agents are.
    ///
    /// # Errors
    /// When the person may not.
    pub fn may_change_setup(&self) -> Result<(), CommandError> {
        self.may(Action::ChangeSetup)
    }
}
