//! The second check: the public log.

use lagrum_log::{CheckpointPolicy, Commitment, Proof, VerifiedCheckpoint};
use lagrum_model::{CaseId, Event, EventKind};

use super::arrived::LoggedEvent;
use super::refused::Refused;
use crate::Mandate;

/// 2. The log contains the event that released exactly this mandate, under a checkpoint that
///    verifies. Gives that checkpoint.
///
/// # Errors
/// [`Refused::Log`].
pub fn the_log_has_it(
    policy: &CheckpointPolicy,
    proof: &[u8],
    mandate: &Mandate,
) -> Result<VerifiedCheckpoint, Refused> {
    let released = EventKind::Mandated {
        mandate: mandate.digest(),
    };
    let otherwise = "the logged event does not release this mandate";
    the_log_has(policy, proof, &mandate.case, &released, otherwise)
}

/// Whether the log contains an event of `case` that says exactly `what`, under a checkpoint that verifies. Gives that
/// checkpoint.
///
/// # Errors
/// [`Refused::Log`]; `otherwise`, where what the log contains says something else.
pub(super) fn the_log_has(
    policy: &CheckpointPolicy,
    proof: &[u8],
    case: &CaseId,
    what: &EventKind,
    otherwise: &str,
) -> Result<VerifiedCheckpoint, Refused> {
    let refused = |why: String| Refused::Log(why);
    let proof = Proof::parse(proof).map_err(|e| refused(e.to_string()))?;
    let logged: LoggedEvent = serde_json::from_slice(proof.extra())
        .map_err(|_| refused("the proof does not carry the event".into()))?;
    let commitment = Commitment::of(&logged.salt, logged.event.as_bytes());
    let included = proof
        .verify(policy, &commitment)
        .map_err(|e| refused(e.to_string()))?;
    let event: Event = serde_json::from_str(&logged.event)
        .map_err(|_| refused("the logged event cannot be read".into()))?;
    if event.what != *what || event.case != *case {
        return Err(refused(otherwise.into()));
    }
    Ok(included.checkpoint().clone())
}
