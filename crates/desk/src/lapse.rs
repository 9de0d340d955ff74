//! Mandates that nobody can carry out any more: they ran out, or somebody recalled them and the agent
//! said that it heard it. What they covered is open again, and may be drafted anew.
//!
//! A mandate that an agent may still carry out never lapses: a recall that nobody answered may have come
//! too late, and an agent's clock may be behind.

use jiff::Timestamp;
use lagrum_mandate::Mandate;
use lagrum_mandate::answer::heard_recall;
use lagrum_mandate::gate::CLOCK_TOLERANCE;
use lagrum_model::{Case, Command, Lapse, MandateRecord, Refusal, Sha256Digest};
use lagrum_store::Changes;

use crate::CommandError;
use crate::sequencer::{recorded_mandate, take_back, withdraw};
use crate::session::Acting;

/// From when on (UTC) nobody carries a mandate out: one that agents have lives longer where a clock is
/// behind.
fn over_at(mandate: &Mandate, record: &MandateRecord) -> Timestamp {
    let at = mandate.expires_at;
    match record.is_released() {
        true => at.saturating_add(CLOCK_TOLERANCE).unwrap_or(at),
        false => at,
    }
}

/// From when on (UTC) nobody carries a mandate out, as its record has it.
pub(crate) fn ends_at(record: &MandateRecord) -> Result<Timestamp, CommandError> {
    Ok(over_at(&recorded_mandate(&record.text)?, record))
}

/// Why nobody can carry a mandate out any more, if nobody can and that is not recorded yet.
pub(crate) fn dead(record: &MandateRecord, now: Timestamp) -> Result<Option<Lapse>, CommandError> {
    if record.is_carried_out() || record.lapsed.is_some() {
        return Ok(None);
    }
    if heard_recall(record) {
        return Ok(Some(Lapse::Recalled {}));
    }
    let mandate = recorded_mandate(&record.text)?;
    let at = mandate.expires_at;
    Ok((over_at(&mandate, record) <= now).then_some(Lapse::Expired { at }))
}

/// Records which mandates of the case nobody can carry out any more, of those that `concern`, and has
/// their offers taken back. Gives them.
pub(crate) fn lapse(
    changes: &mut Changes<'_>,
    acting: &Acting<'_>,
    concern: impl Fn(&MandateRecord) -> bool,
) -> Result<Vec<Sha256Digest>, CommandError> {
    let now = changes.at();
    let mut dead_now = Vec::new();
    for (digest, record) in &changes.case().mandates {
        if concern(record)
            && let Some(because) = dead(record, now)?
        {
            dead_now.push((*digest, because));
        }
    }
    for (mandate, because) in &dead_now {
        let reason = match because {
            Lapse::Expired { .. } => "it ran out, and no agent answered that it carried it out",
            Lapse::Recalled {} => {
                "it was recalled, and its agent answered that it never carries it out"
            }
            Lapse::Needless {} => "its parts were produced",
        };
        lapsed(changes, acting, *mandate, *because, reason)?;
    }
    Ok(dead_now.into_iter().map(|(mandate, _)| mandate).collect())
}

fn lapsed(
    changes: &mut Changes<'_>,
    acting: &Acting<'_>,
    mandate: Sha256Digest,
    because: Lapse,
    reason: &str,
) -> Result<(), CommandError> {
    if let Some(record) = changes.case().mandates.get(&mandate)
        && record.is_released()
    {
        let text = recorded_mandate(&record.text)?;
        changes.send(match because {
            Lapse::Recalled {} => withdraw(&mandate, &text),
            Lapse::Expired { .. } | Lapse::Needless {} => take_back(&mandate, &text),
        });
    }
    acting.command(changes, Command::LapseMandate { mandate, because }, reason)
}

/// After `produced`, which had lapsed, was carried out after all: what was drafted for its parts
/// meanwhile is needless, and is taken back.
pub(crate) fn needless(
    changes: &mut Changes<'_>,
    acting: &Acting<'_>,
    produced: &Sha256Digest,
) -> Result<(), CommandError> {
    let case = changes.case();
    let Some(made) = case
        .mandates
        .get(produced)
        .filter(|one| one.lapsed.is_some())
    else {
        return Ok(());
    };
    let parts = made.parts.clone();
    let mut replaced = Vec::new();
    for (digest, record) in &case.mandates {
        let open = !record.is_carried_out() && record.lapsed.is_none();
        // One that covers more than that is still needed.
        let covered = record.parts.iter().all(|part| parts.contains(part));
        if open && covered && recorded_mandate(&record.text)?.review.is_none() {
            replaced.push(*digest);
        }
    }
    for mandate in replaced {
        let reason = format!("its parts were produced under the mandate {produced} after all");
        lapsed(changes, acting, mandate, Lapse::Needless {}, &reason)?;
    }
    Ok(())
}

/// Why what is decided cannot be decided again, where a mandate that somebody recalled is the reason: its
/// agent may have carried it out before it heard that.
pub(crate) fn still_out(case: &Case) -> Result<Option<Refusal>, CommandError> {
    let mut until: Option<Timestamp> = None;
    for record in case.mandates.values() {
        if record.is_out() && record.recalled && !heard_recall(record) {
            let over = over_at(&recorded_mandate(&record.text)?, record);
            until = Some(until.map_or(over, |before| before.max(over)));
        }
    }
    Ok(until.map(|until| Refusal::MayBeCarriedOut { until }))
}
