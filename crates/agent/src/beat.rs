//! The word of an agent that it is at work.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_mandate::answer::{Beat, SignedAnswer};
use lagrum_transport::Stem;

use crate::{Agent, MandateOutcome};

impl Agent {
    /// Tells the desk that this agent is at work, and with what. Where that cannot be told it stops nothing:
    /// whoever looks after the desk sees that it is missing.
    pub(crate) fn beat(&self, outcomes: &[(Stem, MandateOutcome)], now: Timestamp) -> Beat {
        let mut refused = BTreeMap::new();
        for (_, outcome) in outcomes {
            // That a recall was heard is an answer to it: nothing is wrong.
            match outcome {
                MandateOutcome::Refused(refusal) if !refusal.recalled => {
                    *refused.entry(refusal.code).or_default() += 1;
                }
                _ => {}
            }
        }
        let unanswered = |stem: &&Stem| !self.desk.is_answered(stem).unwrap_or(false);
        let waiting = self.desk.waiting().unwrap_or_default();
        let waits = self.waits_for_counsel().unwrap_or_default();
        let beat = Beat {
            region: self.config.region.clone(),
            at: now,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            law: self.law.digest(),
            roster: self.roster.digest(),
            own_machine: self.config.own_machine,
            waiting: waiting.iter().filter(unanswered).count() as u64,
            refused,
            to_review: waits.items,
            cards_missing: self.ledger.cards_missing().unwrap_or_default(),
            working: None,
        };
        let sent = beat.sign(&self.key).map(|note| self.desk.send_beat(&note));
        let _ = sent;
        beat
    }
}
