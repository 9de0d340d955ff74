//! What the log's witnesses have to have seen before anything is released under it.

use std::time::Instant;

use lagrum_access::Action;
use lagrum_log::{CheckpointPolicy, LogReader, SignedCheckpoint, VerifiedCheckpoint};

use crate::{CommandError, Desk, OpenError, Session, SettleError};

impl Desk {
    /// Who has to have seen a checkpoint of the log; none if desk.toml names no policy, or the policy no witness.
    ///
    /// # Errors
    /// When the policy cannot be read.
    pub(crate) fn log_policy(&self) -> Result<Option<CheckpointPolicy>, OpenError> {
        let Some(file) = &self.inner.config.log_policy else {
            return Ok(None);
        };
        let text =
            lagrum_durable::read_settings(file).map_err(|e| OpenError::config(file, e.source))?;
        let policy = CheckpointPolicy::parse(&text).map_err(|e| OpenError::config(file, e))?;
        Ok(Some(policy).filter(|policy| !policy.asks_no_witness()))
    }

    /// Whether a checkpoint is one that the agents believe, as far as the desk's own copy of their policy says.
    /// What is released under another, they would refuse.
    pub(crate) fn is_witnessed(&self, checkpoint: &VerifiedCheckpoint) -> Result<bool, OpenError> {
        let policy = self.log_policy()?;
        Ok(policy.is_none_or(|policy| policy.verify(checkpoint.signed()).is_ok()))
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

    /// Takes what witnesses said of a checkpoint, and publishes it if enough of them have seen it. Says whether
    /// they have.
    ///
    /// # Errors
    /// When it is no checkpoint of the log, or one older than what is published; when the log is in use.
    pub fn add_cosignatures(&self, cosigned: &SignedCheckpoint) -> Result<bool, SettleError> {
        Ok(self.open_log(Instant::now())?.publish_cosigned(cosigned)?)
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
