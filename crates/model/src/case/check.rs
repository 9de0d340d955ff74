//! What must hold before a case is answered.

use super::{Answer, Case, MandateState, Refusal};
use crate::{Assessment, Disposition, Sha256Digest};

impl Case {
    pub(super) fn mandate(&self, mandate: Sha256Digest) -> Result<&MandateState, Refusal> {
        self.mandates.get(&mandate).ok_or_else(|| {
            Refusal::Against(format!("no mandate {mandate} was drafted in this case"))
        })
    }

    /// Whether these answers are possible: each part once, with a reason, none laxer than the law.
    pub(super) fn check_answers(&self, answers: &[Answer]) -> Result<(), Refusal> {
        let not_now = |rule| Refusal::NotNow {
            state: self.state().as_str(),
            rule,
        };
        let Some(assessment) = &self.assessment else {
            return Err(not_now("apply the law first (`lagrum assess`)"));
        };
        if self.is_released() && self.waiting().next().is_none() {
            return Err(not_now(
                "two people already signed and the mandate is on its way; the decision is fixed",
            ));
        }
        let mut parts: Vec<_> = answers.iter().map(|answer| answer.part).collect();
        parts.sort_unstable();
        if let Some(part) = parts.iter().find(|part| self.is_fixed(**part)) {
            return Err(Refusal::Against(format!(
                "part {}: its mandate is on its way; the decision about it is fixed",
                part + 1
            )));
        }
        // A part that waits may be left without an answer; every other one has exactly one.
        let waits = |part: &usize| assessment.parts[*part].finding.disposition == Disposition::Wait;
        let open = || (0..assessment.parts.len()).filter(|part| !self.is_fixed(*part));
        let once = parts.windows(2).all(|pair| pair[0] != pair[1]);
        let known = parts.iter().all(|part| *part < assessment.parts.len());
        if !once || !known || !open().all(|part| parts.contains(&part) || waits(&part)) {
            return Err(Refusal::Against(format!(
                "answer each of the {} parts once",
                open().count()
            )));
        }
        if parts.is_empty() {
            return Err(Refusal::Against(
                "every part waits, which is no answer. Record what they wait for when it has happened (`lagrum record`), or correct the description (`lagrum intake --for`), and assess again; or answer them more strictly (`--part 1=reject`)"
                    .into(),
            ));
        }
        for answer in answers {
            let proposed = assessment.parts[answer.part].finding.disposition;
            if answer.reason.trim().is_empty() {
                return Err(Refusal::Against(format!(
                    "part {}: give a reason",
                    answer.part + 1
                )));
            }
            if answer.disposition == Disposition::Wait {
                return Err(Refusal::Against(format!(
                    "part {0}: it waits, which is no answer. Record what it waits for when it has happened (`lagrum record`), or correct the description (`lagrum intake --for`), and assess again; or answer it more strictly (`--part {0}=reject`)",
                    answer.part + 1
                )));
            }
            let laxer = answer.disposition.is_granted()
                && (!proposed.is_granted()
                    || answer.disposition.is_carried_out() != proposed.is_carried_out());
            if laxer {
                return Err(Refusal::Against(format!(
                    "part {}: the law says {proposed}; a person can be stricter than the law packs, never laxer. Correct the demand's description or the law pack, and assess again",
                    answer.part + 1
                )));
            }
        }
        let verified = matches!(self.authenticated, Some((true, _)));
        if !verified && answers.iter().any(|answer| answer.disposition.is_granted()) {
            return Err(not_now(
                "nothing is produced or preserved for a demand that is not verified",
            ));
        }
        Ok(())
    }

    /// Whether a new assessment is of the same parts, so that what is answered keeps its place.
    pub(super) fn check_same_parts(&self, new: &Assessment) -> Result<(), Refusal> {
        let same = |old: &Assessment| {
            old.parts.len() == new.parts.len()
                && old.parts.iter().zip(&new.parts).all(|(old, new)| {
                    (&old.identifier, old.category, &old.holding)
                        == (&new.identifier, new.category, &new.holding)
                })
        };
        if self.assessment.as_ref().is_some_and(same) {
            return Ok(());
        }
        Err(Refusal::Against(
            "what is held of these accounts has changed since parts of this demand were answered; take what waits in as a demand of its own"
                .into(),
        ))
    }

    /// Whether a mandate of this text may be put up for signature for these parts.
    pub(super) fn check_draft(
        &self,
        mandate: Sha256Digest,
        text: &str,
        parts: &[usize],
    ) -> Result<(), Refusal> {
        if Sha256Digest::of(text.as_bytes()) != mandate {
            return Err(Refusal::Against(
                "the mandate's digest is not that of its text".into(),
            ));
        }
        let carried_out = |part: &usize| {
            self.answers
                .iter()
                .any(|answer| answer.part == *part && answer.disposition.is_carried_out())
        };
        if parts.is_empty() || !parts.iter().all(carried_out) {
            return Err(Refusal::Against(
                "a mandate covers only parts that were decided to be produced".into(),
            ));
        }
        Ok(())
    }
}
