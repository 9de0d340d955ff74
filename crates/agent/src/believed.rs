use std::path::Path;

use lagrum_log::{
    CheckpointPolicy, LogReader, Proof, SignedCheckpoint, VerifiedCheckpoint, verify_consistency,
};

use crate::ledger::Ledger;

/// Checks that the public log still contains everything that this agent saw in it before, and
/// everything that the proof at hand claims to be in it; then remembers how far it goes. A log that
/// shows this agent another history than the public is found out here.
pub(crate) fn believe_log(
    public: &Path,
    policy: &CheckpointPolicy,
    ledger: &Ledger,
    proof: &[u8],
) -> Result<(), String> {
    let text = |e: lagrum_log::Error| e.to_string();
    let reader = LogReader::open(public, policy.log().clone());
    if let Some(remembered) = ledger.remembered_checkpoint().map_err(|e| e.to_string())? {
        let old = SignedCheckpoint::parse(remembered.as_bytes())
            .and_then(|checkpoint| policy.verify(&checkpoint))
            .map_err(|e| format!("the remembered checkpoint: {e}"))?;
        grown_from(&reader, policy, &old).map_err(|e| {
            format!("the log no longer contains what this agent saw in it before: {e}")
        })?;
    }
    let proof = Proof::parse(proof).map_err(text)?;
    let claimed = policy
        .verify(proof.inclusion().checkpoint())
        .map_err(text)?;
    let now = grown_from(&reader, policy, &claimed)
        .map_err(|e| format!("the proof's checkpoint is not one of the public log: {e}"))?;
    ledger
        .remember_checkpoint(now.signed().text())
        .map_err(|e| e.to_string())
}

fn grown_from(
    reader: &LogReader,
    policy: &CheckpointPolicy,
    old: &VerifiedCheckpoint,
) -> Result<VerifiedCheckpoint, lagrum_log::Error> {
    let proof = reader.prove_consistency(old.head().size)?;
    let new = policy.verify(proof.checkpoint())?;
    verify_consistency(old, &new, &proof)?;
    Ok(new)
}
