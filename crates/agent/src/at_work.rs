//! That a run goes on, told to the desk from time to time while it does: a search may take hours, and whoever keeps
//! the desk sees whether one that was begun is still worked on.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use lagrum_mandate::answer::{Beat, SignedAnswer, Step, Working};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::{AgentEnd, Stem};

use crate::{Agent, MandateOutcome, Progress};

/// How often it is told, if nothing else is said.
pub(crate) const EVERY: Duration = Duration::from_secs(300);

/// What is told while a run goes on.
pub(crate) struct AtWork {
    /// What was told when it began.
    beat: Beat,
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    working: Option<Working>,
    ended: bool,
}

/// Ends the telling when the run ends, however it does.
pub(crate) struct Ends<'w>(pub(crate) &'w AtWork);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.state().ended = true;
        self.0.ended.notify_all();
    }
}

impl AtWork {
    pub(crate) fn new(beat: Beat) -> Self {
        Self {
            beat,
            state: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A mandate is worked on from now on (UTC), or none.
    pub(crate) fn begins(&self, working: Option<Timestamp>) {
        self.state().working = working.map(|since| Working {
            since,
            step: Step::Reading,
            source: 0,
            sources: 0,
        });
    }

    /// How far the mandate is that is worked on. Neither the mandate nor the source is named.
    pub(crate) fn is_at(&self, progress: &Progress<'_>) {
        let mut state = self.state();
        let Some(working) = &mut state.working else {
            return;
        };
        match progress {
            Progress::Searching { place, .. } => {
                working.step = Step::Searching;
                (working.source, working.sources) = *place;
            }
            Progress::Sealing { .. } => working.step = Step::Sealing,
        }
    }

    /// Tells it `every` so often, until the run ends. What cannot be told stops nothing.
    pub(crate) fn tell(&self, every: Duration, key: &SigningKey<role::Agent>, desk: &dyn AgentEnd) {
        let began = Instant::now();
        loop {
            let runs = |state: &mut State| !state.ended;
            let (state, _) = self
                .ended
                .wait_timeout_while(self.state(), every, runs)
                .unwrap_or_else(PoisonError::into_inner);
            if state.ended {
                return;
            }
            let working = state.working.clone();
            drop(state);
            let since = SignedDuration::try_from(began.elapsed()).unwrap_or_default();
            let beat = Beat {
                at: self.beat.at.saturating_add(since).unwrap_or(self.beat.at),
                working,
                ..self.beat.clone()
            };
            let _ = beat.sign(key).map(|note| desk.send_beat(&note));
        }
    }
}

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
