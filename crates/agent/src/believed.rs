use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use lagrum_log::{
    CheckpointPolicy, LogReader, Proof, SignedCheckpoint, VerifiedCheckpoint, verify_consistency,
};

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
    pub(crate) fn believe(&self, ledger: &Ledger, proof: &[u8]) -> Result<(), String> {
        let text = |e: lagrum_log::Error| e.to_string();
        let reader = LogReader::open(self.directory, self.policy.log().clone());
        let remembered = ledger.remembered_checkpoint().map_err(|e| e.to_string())?;
        if let Some(remembered) = &remembered {
            let old = SignedCheckpoint::parse(remembered.as_bytes())
                .and_then(|checkpoint| self.policy.verify(&checkpoint))
                .map_err(|e| format!("the remembered checkpoint: {e}"))?;
            self.grown_from(&reader, &old).map_err(|e| {
                format!("the log no longer contains what this agent saw in it before: {e}")
            })?;
        }
        let proof = Proof::parse(proof).map_err(text)?;
        let claimed = self
            .policy
            .verify(proof.inclusion().checkpoint())
            .map_err(text)?;
        let now = self
            .grown_from(&reader, &claimed)
            .map_err(|e| format!("the proof's checkpoint is not one of the public log: {e}"))?;
        self.fresh(&now)?;
        for mirror in self.mirrors {
            self.same_history(&reader, &now, mirror)
                .map_err(|e| format!("the mirror {}: {e}", mirror.display()))?;
        }
        // A log that has not grown is remembered already.
        if remembered.as_deref() == Some(now.signed().text()) {
            return Ok(());
        }
        ledger
            .remember_checkpoint(now.signed().text(), now.head().size)
            .map_err(|e| e.to_string())
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

    /// Whether the witnesses' word is new enough.
    fn fresh(&self, checkpoint: &VerifiedCheckpoint) -> Result<(), String> {
        let (Some(max_age), Some(seen_at)) = (self.max_age, checkpoint.seen_at()) else {
            return Ok(());
        };
        let seen_at = i64::try_from(seen_at)
            .ok()
            .and_then(|second| Timestamp::from_second(second).ok())
            .ok_or("a witness gives a time that no clock has")?;
        if self.now.duration_since(seen_at) > max_age {
            return Err(format!(
                "its witnesses saw it last at {seen_at}, longer ago than this agent believes (log_max_age_hours)"
            ));
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
        let reader = LogReader::open(mirror, self.policy.log().clone());
        let theirs = self.policy.verify(reader.checkpoint()?.signed())?;
        if theirs.head().size <= ours.head().size {
            self.grown_from(public, &theirs)?;
        } else {
            self.grown_from(&reader, ours)?;
        }
        Ok(())
    }
}
