//! Looking at messages ahead of their turn, on all processors.
//!
//! **Invariant.** What is told here is only that a message certainly lies outside the period. Of everything else, what
//! nobody looked at and what a thread broke off over included, nothing is told, and it is looked at in its turn.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{iter, thread};

use super::listing::Entry;
use crate::SourceError;
use crate::one_file::Look;

/// How many messages are looked at together, at most.
const BATCH: usize = 256;

/// So many batches are looked at ahead of their turn at most.
const WAITING: usize = 8;

/// Most threads that look at messages.
const THREADS: usize = 4;

/// For fewer messages a thread costs more than it saves.
const WORTH_A_THREAD: usize = 32;

/// A batch, and where it is told which of its messages certainly lie outside.
type Work<'e> = (&'e [Entry], SyncSender<Vec<bool>>);

/// A batch whose turn comes, and where it will be told; nowhere, if nobody looks at it.
type Waiting<'e> = (&'e [Entry], Option<Receiver<Vec<bool>>>);

/// Gives `take` batch after batch of `entries`, with those of each that certainly lie outside by `look`, as far as that
/// is known: where none is told, none is known to. `take` says whether it is worth looking at batches like this one.
///
/// # Errors
/// What `take` says.
pub(super) fn in_turn(
    entries: &[Entry],
    look: impl Fn(&[Entry], &mut Look) -> Vec<bool> + Sync,
    mut take: impl FnMut(&[Entry], &[bool]) -> Result<bool, SourceError>,
) -> Result<(), SourceError> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(THREADS).min(entries.len() / WORTH_A_THREAD);
    let mut worth = true;
    if threads < 2 {
        let mut room = Look::default();
        for batch in entries.chunks(BATCH) {
            let out = match worth {
                true => look(batch, &mut room),
                false => Vec::new(),
            };
            worth = take(batch, &out)?;
        }
        return Ok(());
    }
    let each = (entries.len() / threads / 2).clamp(WORTH_A_THREAD, BATCH);
    let (hand_out, work) = sync_channel::<Work<'_>>(WAITING);
    // Theirs alone: what is handed out to nobody comes back.
    let work = Arc::new(Mutex::new(work));
    let look_on = |work: Arc<Mutex<Receiver<Work<'_>>>>| {
        let mut room = Look::default();
        let next = || work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        while let Ok((batch, done)) = next() {
            // Nobody waits for it any more: the search has ended.
            let _ = done.send(look(batch, &mut room));
        }
    };
    let look_on = &look_on;
    thread::scope(|scope| {
        let begin = |work| scope.spawn(move || look_on(work));
        let running: Vec<_> = iter::repeat_n(work, threads).map(begin).collect();
        let mut batches = entries.chunks(each);
        let mut waiting: VecDeque<Waiting<'_>> = VecDeque::new();
        let mut go_on = || {
            loop {
                while waiting.len() < WAITING
                    && let Some(batch) = batches.next()
                {
                    let (done, looked) = sync_channel(1);
                    let handed_out = worth && hand_out.send((batch, done)).is_ok();
                    waiting.push_back((batch, handed_out.then_some(looked)));
                }
                let Some((batch, looked)) = waiting.pop_front() else {
                    return Ok(());
                };
                let out = looked.and_then(|looked| looked.recv().ok());
                worth = take(batch, &out.unwrap_or_default())?;
            }
        };
        let ended = go_on();
        // The threads end when there is nothing more to come.
        drop(hand_out);
        for thread in running {
            // One that broke off told nothing of what it had.
            let _ = thread.join();
        }
        ended
    })
}

#[cfg(test)]
mod tests {
    use super::super::listing::Part;
    use super::*;

    fn entries(count: usize) -> Vec<Entry> {
        let entry = |number: usize| Entry {
            part: Part::Cur,
            name: std::ffi::CString::new(format!("{number:06}")).expect("no NUL"),
            message: true,
        };
        (0..count).map(entry).collect()
    }

    fn number(entry: &Entry) -> usize {
        let name = entry.name.to_str().expect("digits");
        name.parse().expect("digits")
    }

    #[test]
    fn each_is_taken_once_in_its_turn_with_what_was_told_of_it() {
        for count in [0, 1, 63, 64, 65, 257, 10_000] {
            let all = entries(count);
            let look = |batch: &[Entry], _: &mut Look| {
                let third = |entry| number(entry).is_multiple_of(3);
                batch.iter().map(third).collect()
            };
            let mut next = 0_usize;
            in_turn(&all, look, |batch, out| {
                assert_eq!(batch.len(), out.len());
                for (entry, out) in batch.iter().zip(out) {
                    assert_eq!((number(entry), *out), (next, next.is_multiple_of(3)));
                    next += 1;
                }
                Ok(true)
            })
            .expect("taken");
            assert_eq!(next, count);
        }
    }

    #[test]
    fn of_what_a_thread_breaks_off_over_nothing_is_told_and_all_is_taken() {
        let all = entries(10_000);
        let look = |batch: &[Entry], _: &mut Look| {
            if batch.iter().any(|entry| number(entry) % 2000 == 1999) {
                std::panic::resume_unwind(Box::new("off"));
            }
            vec![true; batch.len()]
        };
        let mut next = 0_usize;
        in_turn(&all, look, |batch, out| {
            let broken = batch.iter().any(|entry| number(entry) % 2000 == 1999);
            // With a thread gone, the others go on; with all of them gone, nobody tells anything.
            assert!(out.is_empty() || !broken && out.len() == batch.len());
            assert_eq!(number(&batch[0]), next);
            next += batch.len();
            Ok(true)
        })
        .expect("taken");
        assert_eq!(next, 10_000);
    }

    #[test]
    fn nothing_is_looked_at_where_it_is_not_worth_it_and_an_error_ends_all() {
        let all = entries(100_000);
        let looked = std::sync::atomic::AtomicUsize::new(0);
        let look = |batch: &[Entry], _: &mut Look| {
            looked.fetch_add(batch.len(), std::sync::atomic::Ordering::Relaxed);
            vec![true; batch.len()]
        };
        in_turn(&all, look, |_, _| Ok(false)).expect("taken");
        assert!(looked.into_inner() <= WAITING * BATCH);
        let looked = std::sync::atomic::AtomicUsize::new(0);
        let look = |batch: &[Entry], _: &mut Look| {
            looked.fetch_add(batch.len(), std::sync::atomic::Ordering::Relaxed);
            vec![true; batch.len()]
        };
        let ended = in_turn(&all, look, |_, _| {
            Err(SourceError::config("mail", "root", "no more".to_owned()))
        });
        assert!(ended.is_err());
        assert!(looked.into_inner() <= WAITING * BATCH);
    }
}
