//! That a run goes on, told to the desk when it begins, from time to time while it does, and when it ends: a search may
//! take hours, and whoever keeps the desk sees whether one that was begun is still worked on.
//!
//! Each word counts anew. Where something cannot be counted nothing is told: whoever reads a word takes a number that is
//! not there for 0.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use lagrum_mandate::answer::{Beat, RefusalCode, SignedAnswer, Step, Working};
use lagrum_model::{Region, Sha256Digest};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::AgentEnd;

use crate::AgentError;
use crate::ledger::Numbers;

/// How often it is told, if nothing else is said.
pub(crate) const EVERY: Duration = Duration::from_secs(300);

/// Who tells it, to whom, and what does not change while it runs.
pub(crate) struct Teller<'a> {
    pub(crate) region: &'a Region,
    pub(crate) law: Sha256Digest,
    pub(crate) roster: Sha256Digest,
    pub(crate) own_machine: bool,
    pub(crate) key: &'a SigningKey<role::Agent>,
    pub(crate) desk: &'a dyn AgentEnd,
    /// Gives the time (UTC). What counts from the beginning of the run stands still while the machine sleeps.
    pub(crate) clock: &'a (dyn Fn() -> Timestamp + Sync),
}

/// What is told of a run.
pub(crate) struct AtWork<'a> {
    teller: Teller<'a>,
    numbers: Mutex<Numbers>,
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    working: Option<Working>,
    refused: BTreeMap<RefusalCode, u64>,
    /// Why the last word could not be told.
    not_told: Option<String>,
    ended: bool,
}

/// Ends the telling when the run ends, however it does.
pub(crate) struct Ends<'w, 'a>(pub(crate) &'w AtWork<'a>);

impl Drop for Ends<'_, '_> {
    fn drop(&mut self) {
        self.0.state().ended = true;
        self.0.ended.notify_all();
    }
}

impl<'a> AtWork<'a> {
    pub(crate) fn new(teller: Teller<'a>, numbers: Numbers) -> Self {
        Self {
            teller,
            numbers: Mutex::new(numbers),
            state: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A mandate is worked on from now on (UTC).
    pub(crate) fn begins(&self, since: Timestamp) {
        self.state().working = Some(Working {
            since,
            step: Step::Reading,
            source: 0,
            sources: 0,
        });
    }

    /// A mandate is worked on no more, and was refused for this reason, if it was.
    pub(crate) fn is_done(&self, refused: Option<RefusalCode>) {
        let mut state = self.state();
        state.working = None;
        if let Some(code) = refused {
            *state.refused.entry(code).or_default() += 1;
        }
    }

    /// How far the mandate is that is worked on: what is done, and at which of how many sources. Neither the mandate nor
    /// the source is named.
    pub(crate) fn is_at(&self, step: Step, place: Option<(u32, u32)>) {
        if let Some(working) = &mut self.state().working {
            working.step = step;
            if let Some(place) = place {
                (working.source, working.sources) = place;
            }
        }
    }

    /// Tells it `every` so often, until the run ends.
    pub(crate) fn tell_on(&self, every: Duration) {
        loop {
            let runs = |state: &mut State| !state.ended;
            let (state, _) = self
                .ended
                .wait_timeout_while(self.state(), every, runs)
                .unwrap_or_else(PoisonError::into_inner);
            if state.ended {
                return;
            }
            drop(state);
            self.tell();
        }
    }

    /// Tells it now. What cannot be told stops nothing.
    pub(crate) fn tell(&self) {
        match self.told() {
            Ok(()) => self.state().not_told = None,
            Err(error) => self.cannot_tell(&error),
        }
    }

    /// It could not be told, for this reason.
    pub(crate) fn cannot_tell(&self, why: &AgentError) {
        self.state().not_told = Some(why.to_string());
    }

    /// Why the last word could not be told.
    pub(crate) fn not_told(&self) -> Option<String> {
        self.state().not_told.clone()
    }

    fn told(&self) -> Result<(), AgentError> {
        let Teller { key, desk, .. } = self.teller;
        // What changes while it is counted is told as late, never as early.
        let at = (self.teller.clock)();
        let mut waiting = 0;
        for stem in desk.waiting()? {
            waiting += u64::from(!desk.is_answered(&stem)?);
        }
        let (cards_missing, to_review) = {
            let numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
            (numbers.cards_missing()?, numbers.to_review()?)
        };
        let not_counted = || io::Error::other("not counted");
        let to_review = to_review
            .ok_or_else(|| AgentError::io("a list of what was withheld")(not_counted()))?;
        let (refused, working) = {
            let state = self.state();
            (state.refused.clone(), state.working.clone())
        };
        let beat = Beat {
            region: self.teller.region.clone(),
            at,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            law: self.teller.law,
            roster: self.teller.roster,
            own_machine: self.teller.own_machine,
            waiting,
            refused,
            to_review,
            cards_missing,
            working,
        };
        Ok(desk.send_beat(&beat.sign(key)?)?)
    }
}
