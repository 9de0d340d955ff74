//! What must hold before a case is answered.

use super::{Actor, Answer, Case, MandateRecord, Refusal};
use crate::{Assessment, Disposition, Sha256Digest};

impl Case {
    pub(super) fn mandate(&self, mandate: Sha256Digest) -> Result<&MandateRecord, Refusal> {
        self.mandates
            .get(&mandate)
            .ok_or(Refusal::NoSuchMandate { mandate })
    }

    /// Whether these answers are possible: each part once, with a reason, none laxer than the law.
    pub(super) fn check_answers(&self, answers: &[Answer]) -> Result<(), Refusal> {
        let Some(assessment) = &self.assessment else {
            return Err(Refusal::NotAssessed);
        };
        let all = assessment.parts.len();
        let open = self.waiting().chain(self.reopened()).next();
        if self.is_released() && open.is_none() {
            return Err(Refusal::AnswersFixed);
        }
        let mut parts: Vec<_> = answers.iter().map(|answer| answer.part).collect();
        parts.sort_unstable();
        if let Some(&part) = parts.iter().find(|part| self.is_fixed(**part)) {
            return Err(Refusal::PartFixed { part });
        }
        if let Some(&part) = parts.iter().find(|part| **part >= all) {
            return Err(Refusal::NoSuchPart { part, parts: all });
        }
        // A part that waits may be left without an answer; every other one has exactly one.
        let waits = |part: &usize| {
            assessment.parts[*part].finding.disposition == Disposition::Wait
                || self.is_looked_up(*part)
        };
        let open = || (0..all).filter(|part| !self.is_fixed(*part));
        let once = parts.windows(2).all(|pair| pair[0] != pair[1]);
        if !once || !open().all(|part| parts.contains(&part) || waits(&part)) {
            return Err(Refusal::OneAnswerEach {
                open: open().count(),
            });
        }
        if parts.is_empty() {
            return Err(Refusal::EveryPartPending);
        }
        for answer in answers {
            let part = answer.part;
            let proposed = assessment.parts[part].finding.proposed();
            if answer.reason.trim().is_empty() {
                return Err(Refusal::ReasonMissing { part });
            }
            if answer.disposition == Disposition::Wait {
                return Err(Refusal::PartPending { part });
            }
            if answer.disposition.is_laxer_than(proposed) {
                return Err(Refusal::LaxerThanLaw {
                    part,
                    proposed,
                    answered: answer.disposition,
                });
            }
        }
        if answers.iter().any(|answer| answer.disposition.is_granted()) {
            self.check_sender()?;
        }
        Ok(())
    }

    /// Whether anything may be handed over, frozen or kept for whoever sent the demand: it is verified,
    /// the authority confirmed it on the number that the provider has, and where an emergency is
    /// claimed, one person called and another verified.
    ///
    /// # Errors
    /// What is missing of that.
    pub fn check_sender(&self) -> Result<(), Refusal> {
        if !self.is_verified() {
            return Err(Refusal::NotVerified);
        }
        if !self.is_called_back() {
            return Err(Refusal::CallBackMissing);
        }
        let emergency = self
            .demand
            .as_ref()
            .is_some_and(|demand| demand.emergency.is_some());
        let verified_by = self.authenticated.as_ref().map(|found| &found.by);
        let called_by = self.call_backs.last().map(|made| &made.by);
        if emergency && verified_by.map(Actor::id) == called_by.map(Actor::id) {
            return Err(Refusal::SecondPersonMissing);
        }
        Ok(())
    }

    /// Whether an assessment of what is decided is one from the start: every part is answered, and nothing
    /// that two people signed was released. The law packs were corrected, say.
    pub(super) fn is_assessed_anew(&self) -> bool {
        !self.answers.is_empty()
            && !self.is_released()
            && self.waiting().next().is_none()
            && self.reopened().next().is_none()
    }

    /// Whether a new assessment is of the same parts, so that what is answered keeps its place.
    pub(super) fn check_same_parts(&self, new: &Assessment) -> Result<(), Refusal> {
        let same = |old: &Assessment| {
            let open = |part: usize| self.is_looked_up(part);
            let pairs = old.parts.iter().zip(&new.parts).enumerate();
            // Of whom it was found out who it is, there may be something elsewhere, and in more places.
            (old.parts.len() == new.parts.len()
                || old.parts.len() < new.parts.len() && (0..old.parts.len()).any(open))
                && pairs.into_iter().all(|(part, (old, new))| {
                    (&old.identifier, old.category) == (&new.identifier, new.category)
                        && (old.holding == new.holding || open(part))
                })
        };
        if self.assessment.as_ref().is_some_and(same) {
            return Ok(());
        }
        Err(Refusal::HoldingsChanged)
    }

    /// Whether a mandate of this text may be put up for signature for these parts.
    pub(super) fn check_draft(
        &self,
        mandate: Sha256Digest,
        text: &str,
        parts: &[usize],
    ) -> Result<(), Refusal> {
        if Sha256Digest::of(text.as_bytes()) != mandate {
            return Err(Refusal::OtherText);
        }
        // No mandate hands over what is only to be preserved, nor freezes what nobody asked to preserve.
        let keeps = self.only_preserves();
        let carried_out = |part: &usize| {
            self.answers.iter().any(|answer| {
                let fits = (answer.disposition != Disposition::Produce || !keeps)
                    && (answer.disposition != Disposition::Preserve || keeps);
                answer.part == *part && answer.disposition.is_granted() && fits
            })
        };
        if parts.is_empty() || !parts.iter().all(carried_out) {
            return Err(Refusal::NotCarriedOut);
        }
        Ok(())
    }
}
