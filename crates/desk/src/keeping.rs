//! Until when what a demand asks to preserve is kept: as the clocks of the law say, and for longer once they do.

use jiff::{SignedDuration, Timestamp, Unit};
use lagrum_law::{ClockKind, ClockState, Party};
use lagrum_mandate::gate::LONGEST_KEPT;
use lagrum_mandate::{KeptIn, Mandate, MandateCard, Nonce, SealedTo};
use lagrum_model::{Act, Case, Refusal, Sha256Digest};
use rand_core::CryptoRngCore;

use crate::mandates::{Draft, LIFE};
use crate::sequencer::recorded_mandate;
use crate::{CommandError, Desk};

/// How long a copy is kept at once that has no end any more: then its mandate is extended.
const WITHOUT_END: SignedDuration = SignedDuration::from_hours(180 * 24);
/// How long before its end such a copy is kept for longer.
const BEFORE_ITS_END: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A copy whose time the law has made longer.
pub(crate) struct Longer {
    /// The mandate under which it was frozen.
    of: Sha256Digest,
    mandate: Mandate,
    parts: Vec<usize>,
    until: Timestamp,
}

impl Desk {
    /// Until when (UTC) what the case asks to preserve is kept, by the clocks as they stand at `at`; nothing where no
    /// clock of the law packs says so, or the time is over.
    pub(crate) fn keep_until(
        &self,
        case: &Case,
        at: Timestamp,
    ) -> Result<Option<Timestamp>, CommandError> {
        let clocks = self.clocks(case, at)?;
        let ours = clocks
            .iter()
            .filter(|one| one.kind == ClockKind::KeepUntil && one.party == Party::Provider);
        let ends = ours.filter_map(|clock| match clock.state {
            ClockState::Running | ClockState::Paused => clock.operative,
            ClockState::OpenEnded { .. } => {
                let kept = case.mandates.values().filter(|one| one.keeps());
                let before = kept
                    .filter_map(|one| Some(one.preserved.as_ref()?.until))
                    .max();
                let soon = before.is_none_or(|before| before < at + BEFORE_ITS_END);
                if soon { Some(at + WITHOUT_END) } else { before }
            }
            ClockState::Passed | ClockState::Done { .. } | ClockState::Released { .. } => None,
        });
        let end = ends.max().filter(|end| *end > at);
        // Whole seconds, as all of a mandate; and no longer than an agent takes.
        let longest = at + LONGEST_KEPT - SignedDuration::from_secs(1);
        let end = end.map(|end| end.min(longest));
        Ok(end.map(|end| end.round(Unit::Second).unwrap_or(end)))
    }

    /// The copies that are kept until earlier than the law says now, and that no open mandate keeps for longer.
    pub(crate) fn to_keep_longer(
        &self,
        case: &Case,
        at: Timestamp,
    ) -> Result<Vec<Longer>, CommandError> {
        let keeping = case.demand.as_ref().is_some_and(|demand| {
            demand.instrument.kind.act() == Act::Preserve
                && case.mandates.values().any(|one| one.keeps())
        });
        let Some(until) = keeping
            .then(|| self.keep_until(case, at))
            .transpose()?
            .flatten()
        else {
            return Ok(Vec::new());
        };
        let mut open = Vec::new();
        for record in case.mandates.values() {
            if !record.is_carried_out() && !record.is_lapsed() {
                let text = recorded_mandate(&record.text)?;
                open.extend(text.recipient.kept().and_then(|kept| kept.extends));
            }
        }
        let mut longer = Vec::new();
        for (digest, record) in &case.mandates {
            let Some(kept) = record.preserved.as_ref().filter(|kept| kept.is_kept()) else {
                continue;
            };
            let mandate = recorded_mandate(&record.text)?;
            let frozen = mandate
                .recipient
                .kept()
                .is_some_and(|kept| kept.extends.is_none());
            if frozen && kept.until < until && !record.recalled && !open.contains(digest) {
                longer.push(Longer {
                    of: *digest,
                    mandate,
                    parts: record.parts.clone(),
                    until,
                });
            }
        }
        Ok(longer)
    }
}

impl Longer {
    /// The mandate that keeps it for longer: of exactly what was frozen, on the facts as they are now.
    pub(crate) fn draft(
        &self,
        case: &Case,
        card: Option<&MandateCard>,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Draft, Refusal> {
        let at = at.round(Unit::Second).unwrap_or(at);
        let mut nonce = [0; 16];
        random.fill_bytes(&mut nonce);
        let mandate = Mandate {
            recipient: SealedTo::Vault(KeptIn::longer(self.of, self.until)),
            basis: case.basis().ok_or(Refusal::NotDescribed)?,
            card: card.cloned(),
            issued_at: at,
            expires_at: at + LIFE,
            nonce: Nonce(nonce),
            ..self.mandate.clone()
        };
        Ok(Draft {
            mandate: mandate.digest(),
            text: mandate.to_text(),
            parts: self.parts.clone(),
            answers: None,
        })
    }
}
