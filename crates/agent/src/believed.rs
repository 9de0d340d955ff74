use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use lagrum_log::{
    CheckpointPolicy, LogReader, Proof, SignedCheckpoint, VerifiedCheckpoint, verify_consistency,
};

use crate::AgentError;
use crate::doubt::LogDoubt;
use crate::ledger::Ledger;

/// The public log as an agent looks at it.
pub(crate) struct Public<'a> {
    /// Where it lies.
    pub directory: &'a Path,
    /// Other people's copies.
    pub mirrors: &'a [PathBuf],
    /// Whose checkpoints are believed.
    pub policy: &'a CheckpointPolicy,
    /// How old the witnesses' word may be.
    pub max_age: Option<SignedDuration>,
    /// Now (UTC).
    pub now: Timestamp,
}

impl Public<'_> {
    /// Checks that the public log still contains everything that this agent saw in it before, that
    /// it contains everything that the proof at hand claims, that the witnesses of the policy saw it,
    /// and that every mirror tells the same history; then remembers how far it goes. A log that shows
    /// this agent another history than the public is found out here.
    ///
    /// In the release model: `Believe`.
    pub(crate) fn believe(&self, ledger: &Ledger, proof: &[u8]) -> Result<(), AgentError> {
        let reader = LogReader::of(self.directory, self.policy);
        let remembered = self.remembered(ledger)?;
        if let Some(old) = &remembered {
            self.grown_from(&reader, old).map_err(LogDoubt::Shrunk)?;
        }
        let proof = Proof::parse(proof).map_err(LogDoubt::Proof)?;
        let claimed = self
            .policy
            .verify(proof.inclusion().checkpoint())
            .map_err(LogDoubt::Proof)?;
        let now = self
            .grown_from(&reader, &claimed)
            .map_err(LogDoubt::NotPublic)?;
        self.fresh(&now)?;
        for mirror in self.mirrors {
            self.same_history(&reader, &now, mirror)
                .map_err(|error| LogDoubt::Mirror {
                    mirror: mirror.clone(),
                    error,
                })?;
        }
        // A log that has not grown is remembered already.
        if remembered.is_some_and(|old| old.signed().text() == now.signed().text()) {
            return Ok(());
        }
        ledger.remember_checkpoint(now.signed().text(), now.head().size)
    }

    /// The newest checkpoint of a log, which contains all of `old`.
    fn grown_from(
        &self,
        reader: &LogReader,
        old: &VerifiedCheckpoint,
    ) -> Result<VerifiedCheckpoint, lagrum_log::Error> {
        let proof = reader.prove_consistency(old.head().size)?;
        let new = self.policy.verify(proof.checkpoint())?;
        verify_consistency(old, &new, &proof)?;
        Ok(new)
    }

    /// When enough of the policy's witnesses saw the newest checkpoint (UTC, by their clocks): it is no earlier than
    /// that, whatever the clock here says. Nothing, where the policy asks for no witness.
    pub(crate) fn witnessed_at(&self, ledger: &Ledger) -> Result<Option<Timestamp>, AgentError> {
        if self.policy.asks_no_witness() {
            return Ok(None);
        }
        let reader = LogReader::of(self.directory, self.policy);
        let newest = match self.remembered(ledger)? {
            Some(old) => self.grown_from(&reader, &old).map_err(LogDoubt::Shrunk)?,
            None => reader.checkpoint().map_err(LogDoubt::NotPublic)?,
        };
        Ok(seen_at(&newest)?)
    }

    /// The checkpoint that this agent saw last.
    fn remembered(&self, ledger: &Ledger) -> Result<Option<VerifiedCheckpoint>, AgentError> {
        let Some(text) = ledger.remembered_checkpoint()? else {
            return Ok(None);
        };
        let old = SignedCheckpoint::parse(text.as_bytes())
            .and_then(|checkpoint| self.policy.verify(&checkpoint))
            .map_err(LogDoubt::Remembered)?;
        Ok(Some(old))
    }

    /// Whether the witnesses' word is new enough.
    fn fresh(&self, checkpoint: &VerifiedCheckpoint) -> Result<(), LogDoubt> {
        let (Some(max_age), Some(seen_at)) = (self.max_age, seen_at(checkpoint)?) else {
            return Ok(());
        };
        if self.now.duration_since(seen_at) > max_age {
            return Err(LogDoubt::Old(seen_at));
        }
        Ok(())
    }

    /// Whether a mirror tells the same history, as far as both go.
    fn same_history(
        &self,
        public: &LogReader,
        ours: &VerifiedCheckpoint,
        mirror: &Path,
    ) -> Result<(), lagrum_log::Error> {
        let reader = LogReader::of(mirror, self.policy);
        let theirs = self.policy.verify(reader.checkpoint()?.signed())?;
        if theirs.head().size <= ours.head().size {
            self.grown_from(public, &theirs)?;
        } else {
            self.grown_from(&reader, ours)?;
        }
        Ok(())
    }
}

/// When a checkpoint was seen (UTC), as its witnesses say.
fn seen_at(checkpoint: &VerifiedCheckpoint) -> Result<Option<Timestamp>, LogDoubt> {
    let at = |seen: u64| Timestamp::from_second(i64::try_from(seen).ok()?).ok();
    let seen = checkpoint.seen_at();
    seen.map(|seen| at(seen).ok_or(LogDoubt::NoTime))
        .transpose()
}
