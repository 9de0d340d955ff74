//! Going on after a loss: with a database that is older than the log.

use std::time::Instant;

use lagrum_access::Action;
use lagrum_model::Refusal;
use lagrum_store::StatedLoss;

use crate::{CommandError, Desk, Session, SettleError};

impl Desk {
    /// Whether the public log has more than the database knows that it published: then a copy older than the log was
    /// restored, and nothing gets a place in it before a person has stated what is lost.
    pub(crate) fn log_is_not_ahead(&self) -> Result<(), SettleError> {
        match self.log_ahead()? {
            Some((published, head)) => {
                Err(lagrum_log::Error::HeadStoreBehind { published, head }.into())
            }
            None => Ok(()),
        }
    }

    /// Whether a case can be opened: not while the log is ahead, since a case that is lost may have the next number.
    pub(crate) fn opens_cases(&self) -> Result<(), CommandError> {
        match self.log_ahead()? {
            Some(_) => Err(CommandError::Invalid(Refusal::LogAhead)),
            None => Ok(()),
        }
    }

    /// How many entries the log has and the database knows of, where those are fewer.
    fn log_ahead(&self) -> Result<Option<(u64, u64)>, SettleError> {
        // In this order: the head is written before the checkpoint.
        let Some(published) = self.log_reader()?.claimed_size() else {
            return Ok(None);
        };
        let head = self.inner.store.published()?.map_or(0, |head| head.size);
        Ok((published > head).then_some((published, head)))
    }
}

impl Session<'_> {
    /// States that what the public log has and the database lacks is lost, and why: one line, which the log shows to
    /// everybody. The desk then goes on where the log is. At least `pass_over` numbers of cases are given to no case
    /// any more.
    ///
    /// Reads the whole log, and nobody else writes to it meanwhile.
    ///
    /// # Errors
    /// When the person may not; when nothing is lost, or the log is damaged or another one; when the store fails.
    pub fn state_loss(&mut self, why: &str, pass_over: u32) -> Result<StatedLoss, CommandError> {
        self.may(Action::StateLoss)?;
        let held = self.desk.open_log(Instant::now())?;
        let reader = self.desk.log_reader()?;
        reader.verify_all()?;
        let at = self.time.now();
        let stated = self
            .desk
            .inner
            .store
            .state_loss(&reader, why, pass_over, at)?;
        drop(held);
        Ok(stated)
    }
}
