//! Work that one thread does for all that wait for it.

use std::sync::{Condvar, Mutex, PoisonError};

/// Runs that follow each other. Whoever asks for one is served by the first run that begins after
/// it asked: of many who ask while a run goes on, one does the next run for all.
#[derive(Default)]
pub(crate) struct Turns<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    running: bool,
    /// Runs that have begun.
    begun: u64,
    /// The last run that ended well, and what it said.
    done: Option<(u64, T)>,
}

impl<T> Default for State<T> {
    fn default() -> Self {
        Self {
            running: false,
            begun: 0,
            done: None,
        }
    }
}

/// Ends a run, also when it panics: the next one may begin.
struct Running<'t, T>(&'t Turns<T>);

impl<T> Drop for Running<'_, T> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.running = false;
        drop(state);
        self.0.changed.notify_all();
    }
}

impl<T: Clone> Turns<T> {
    /// The outcome of a run that begins after this call: an own one, or that of another thread. A run
    /// that fails serves nobody but the one who did it.
    ///
    /// `rest` comes after a run that ended well, before the next one begins; whoever it served does not wait
    /// for it.
    pub(crate) fn take<E>(
        &self,
        run: impl FnOnce() -> Result<T, E>,
        rest: impl FnOnce(),
    ) -> Result<T, E> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = state.begun + 1;
        loop {
            if let Some((_, outcome)) = state.done.as_ref().filter(|(run, _)| *run >= wanted) {
                return Ok(outcome.clone());
            }
            if !state.running {
                break;
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.running = true;
        state.begun += 1;
        let mine = state.begun;
        drop(state);
        let running = Running(self);
        let outcome = run()?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done = Some((mine, outcome.clone()));
        drop(state);
        self.changed.notify_all();
        rest();
        drop(running);
        Ok(outcome)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn many_who_wait_are_served_by_few_runs_and_each_by_one_that_began_later() {
        let turns = Turns::default();
        let (asked, runs) = (AtomicU64::new(0), AtomicU64::new(0));
        let barrier = Barrier::new(16);
        thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    barrier.wait();
                    for _ in 0..20 {
                        let mine = asked.fetch_add(1, Ordering::SeqCst) + 1;
                        let run = || {
                            runs.fetch_add(1, Ordering::SeqCst);
                            let seen = asked.load(Ordering::SeqCst);
                            thread::sleep(Duration::from_millis(1));
                            Ok::<_, ()>(seen)
                        };
                        let seen = turns.take(run, || ());
                        assert!(seen.unwrap() >= mine, "served by a run that began before");
                    }
                });
            }
        });
        let runs = runs.into_inner();
        assert!(runs < 160, "{runs} runs for 320 who asked");
    }

    #[test]
    fn whoever_is_served_does_not_wait_for_the_rest_and_the_next_run_does() {
        let turns = Turns::default();
        let (rests, served) = (Barrier::new(2), Barrier::new(2));
        let (began, rested) = (Barrier::new(2), AtomicU64::new(0));
        thread::scope(|scope| {
            scope.spawn(|| {
                let rest = || {
                    rests.wait();
                    // Nobody else has come back if whoever is served waits for the rest.
                    served.wait();
                    rested.store(1, Ordering::SeqCst);
                };
                turns.take(|| Ok::<_, ()>(1), || ()).unwrap();
                began.wait();
                turns.take(|| Ok::<_, ()>(2), rest).unwrap();
            });
            began.wait();
            rests.wait();
            let state = turns.state.lock().unwrap();
            assert_eq!((state.running, state.done), (true, Some((2, 2))));
            drop(state);
            served.wait();
            let next = turns.take(|| Ok::<_, ()>(rested.load(Ordering::SeqCst)), || ());
            assert_eq!(next, Ok(1), "the next run began during the rest");
        });
    }

    #[test]
    fn a_run_that_fails_or_panics_serves_nobody_and_stops_nobody() {
        let turns = Turns::default();
        assert_eq!(turns.take(|| Err::<u8, _>("no"), || ()), Err("no"));
        let panicked = thread::scope(|scope| {
            let run = || turns.take(|| -> Result<u8, ()> { panic!("for the test") }, || ());
            scope.spawn(run).join().is_err()
        });
        assert!(panicked);
        assert_eq!(turns.take(|| Ok::<_, ()>(7), || ()), Ok(7));
    }
}
