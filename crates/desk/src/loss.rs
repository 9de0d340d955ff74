//! Going on after a loss: with a database that is older than the log.

use std::time::{Duration, Instant};

use lagrum_access::Action;
use lagrum_model::Refusal;
use lagrum_store::StatedLoss;

use crate::{CommandError, Desk, Session, SettleError};

/// How often the log is looked at again where it has less than was published, and with which pauses: whoever publishes
/// writes down first how far.
const LOOKS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

impl Desk {
    /// Whether the public log is where the database left it. If it has more, a copy older than the log was restored, and
    /// nothing gets a place in it before a person has stated what is lost. If it has less, or is not there, nobody knows
    /// whether it has more.
    ///
    /// # Errors
    /// [`lagrum_log::Error::HeadStoreBehind`] of the first, [`lagrum_log::Error::CheckpointBehind`] of the second.
    pub(crate) fn log_is_where_it_was(&self) -> Result<(), SettleError> {
        let mut looks = 0;
        loop {
            // In this order: the head is written before the checkpoint.
            let published = self.log_reader()?.claimed_newest();
            let head = self.inner.store.published()?.map_or(0, |head| head.size);
            match published {
                Some(published) if published > head => {
                    return Err(lagrum_log::Error::HeadStoreBehind { published, head }.into());
                }
                _ if published.unwrap_or(0) == head => return Ok(()),
                _ if looks < LOOKS => {
                    looks += 1;
                    std::thread::sleep(PAUSE);
                }
                _ => return self.log_is_recovered(),
            }
        }
    }

    /// Whoever published may have been cut off in between: then it is finished, and nothing is missing.
    fn log_is_recovered(&self) -> Result<(), SettleError> {
        let mut log = self.open_log(Instant::now())?;
        log.recover(&mut self.inner.store.log_head())?;
        Ok(())
    }

    /// Whether a case can be opened or given a count card: not while the log is ahead or away, since a case that is lost
    /// may have the next number, and the next file of cards may be published already.
    ///
    /// # Errors
    /// [`Refusal::LogAhead`], [`Refusal::LogAway`].
    pub(crate) fn gives_numbers_and_cards(&self) -> Result<(), CommandError> {
        match self.log_is_where_it_was() {
            Err(SettleError::Log(lagrum_log::Error::HeadStoreBehind { .. })) => {
                Err(CommandError::Invalid(Refusal::LogAhead))
            }
            Err(SettleError::Log(_) | SettleError::File(_)) => {
                Err(CommandError::Invalid(Refusal::LogAway))
            }
            other => Ok(other?),
        }
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
