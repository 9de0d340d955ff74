//! What was found when everything that is kept was gone through.

use anyhow::anyhow;
use lagrum_desk::Verification;
use lagrum_store::Fault;

use crate::output::Failure;

/// What was gone through, for people.
pub fn gone_through(done: &Verification) -> String {
    let found = &done.found;
    let mut lines: Vec<_> = done
        .unchecked
        .iter()
        .map(|one| format!("Not checked: {}", sentence(one)))
        .collect();
    lines.push(format!(
        "Cases: {}; erased: {}; events: {}, of which not yet public: {}; entries of the public log: {}; originals: {} ({} bytes); signatures that fit: {}.",
        found.cases, found.erased, found.events, found.waiting, found.entries,
        found.originals, found.original_bytes, done.signatures
    ));
    if found.lost > 0 {
        lines.push(format!(
            "Of entries of the public log nobody can say any more what they stand for, as the log says itself: {}.",
            found.lost
        ));
    }
    lines.push(match done.faults {
        0 => "Everything is what was recorded, and what the public log commits to.".into(),
        faults => format!("Faults: {faults}. Nothing is done in a case that has one; restore what was changed from a backup."),
    });
    lines.join("\n")
}

/// Whether all is what was recorded.
pub fn as_recorded(done: &Verification) -> Result<(), Failure> {
    match done.faults {
        0 => Ok(()),
        _ => Err(Failure::NotGenuine(anyhow!(
            "what is kept is not what was recorded"
        ))),
    }
}

/// What is wrong, in one sentence.
pub fn sentence(fault: &Fault) -> String {
    match (&fault.case, fault.event) {
        (Some(case), Some(event)) => format!("Case {case}, event {event}: {}", fault.why),
        (Some(case), None) => format!("Case {case}: {}", fault.why),
        (None, _) => fault.why.clone(),
    }
}
