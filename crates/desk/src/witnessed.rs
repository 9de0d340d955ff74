//! What the log's witnesses have to have seen before anything is released under it.

use std::time::Instant;

use lagrum_access::Action;
use lagrum_log::{CheckpointPolicy, LogReader, SignedCheckpoint};

use crate::{CommandError, Desk, OpenError, Session, SettleError};

impl Desk {
    /// Who has to have seen a checkpoint of the log; none if desk.toml names no policy, or the policy no witness.
    ///
    /// # Errors
    /// When the policy cannot be read.
    fn log_policy(&self) -> Result<Option<CheckpointPolicy>, OpenError> {
        let Some(file) = &self.inner.config.log_policy else {
            return Ok(None);
        };
        let text =
            lagrum_durable::read_settings(file).map_err(|e| OpenError::config(file, e.source))?;
        let policy = CheckpointPolicy::parse(&text).map_err(|e| OpenError::config(file, e))?;
        Ok(Some(policy).filter(|policy| !policy.asks_no_witness()))
    }

    /// Whether the published checkpoint is one that the agents believe, as far as the desk's own copy of their
    /// policy says. What is released under another, they would refuse.
    pub(crate) fn is_witnessed(&self, reader: &LogReader) -> Result<bool, OpenError> {
        let Some(policy) = self.log_policy()? else {
            return Ok(true);
        };
        let published = reader.checkpoint().ok();
        Ok(published.is_some_and(|shown| policy.verify(shown.signed()).is_ok()))
    }

    /// The log and the policy that says which witnesses to ask about it; none where no witness is asked for.
    ///
    /// # Errors
    /// When the policy cannot be read.
    pub fn to_witness(&self) -> Result<Option<(LogReader, CheckpointPolicy)>, OpenError> {
        let Some(policy) = self.log_policy()? else {
            return Ok(None);
        };
        Ok(Some((self.log_reader()?, policy)))
    }

    /// Publishes what witnesses said of the published checkpoint. Says whether enough of them have seen it now.
    ///
    /// # Errors
    /// When the log went on meanwhile (then they are asked about that), or it is in use.
    pub fn add_cosignatures(&self, cosigned: &SignedCheckpoint) -> Result<bool, SettleError> {
        self.open_log(Instant::now())?.publish_cosigned(cosigned)?;
        Ok(self.is_witnessed(&self.log_reader()?)?)
    }
}

impl Session<'_> {
    /// As [`Desk::to_witness`], for who may bring the log up to date.
    ///
    /// # Errors
    /// The same; when the person may not.
    pub fn to_witness(&self) -> Result<Option<(LogReader, CheckpointPolicy)>, CommandError> {
        self.may(Action::Settle)?;
        Ok(self.desk.to_witness()?)
    }

    /// As [`Desk::add_cosignatures`], for who may bring the log up to date.
    ///
    /// # Errors
    /// The same; when the person may not.
    pub fn add_cosignatures(&self, cosigned: &SignedCheckpoint) -> Result<bool, CommandError> {
        self.may(Action::Settle)?;
        Ok(self.desk.add_cosignatures(cosigned)?)
    }
}
