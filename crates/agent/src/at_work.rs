//! That a run goes on, told to the desk from time to time while it does: a search may take hours, and whoever keeps
//! the desk sees whether one that was begun is still worked on.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use lagrum_mandate::answer::{Beat, SignedAnswer, Step, Working};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::AgentEnd;

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

    /// Tells it `every` so often, until the run ends, at the time that `clock` (UTC) gives then: what counts from the
    /// beginning of the run stands still while the machine sleeps. What cannot be told stops nothing.
    pub(crate) fn tell(
        &self,
        every: Duration,
        clock: &(dyn Fn() -> Timestamp + Sync),
        key: &SigningKey<role::Agent>,
        desk: &dyn AgentEnd,
    ) {
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
            let beat = Beat {
                at: clock(),
                working,
                ..self.beat.clone()
            };
            let _ = beat.sign(key).map(|note| desk.send_beat(&note));
        }
    }
}
