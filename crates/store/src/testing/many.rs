//! Many at once.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use lagrum_log::HeadStore;

use super::logging::{log, publish};
use super::*;
use crate::{Order, Page};

const WRITERS: usize = 8;
const READERS: usize = 20;

fn duration() -> Duration {
    let seconds = std::env::var("LAGRUM_SECONDS").ok();
    Duration::from_secs(seconds.and_then(|text| text.parse().ok()).unwrap_or(3))
}

/// Repeats what somebody else was faster at; every other error fails the test.
fn again<T>(mut act: impl FnMut() -> Result<T, Failed>) -> T {
    loop {
        match act() {
            Err(Failed::Store(StoreError::ChangedMeanwhile)) => {}
            result => return result.unwrap(),
        }
    }
}

/// 8 writers and 20 readers over two stores, as two processes, with a sequencer: for 3 s, or for as
/// many as `LAGRUM_SECONDS` says.
pub fn many_write_and_read_at_once_and_every_event_is_there_once(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let stores = [store(place), store(place)];
    open(&stores[0], b"the first");
    let stop = AtomicBool::new(false);
    let (written, read) = (AtomicU64::new(1), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (store, stop, written) = (&stores[writer % 2], &stop, &written);
            scope.spawn(move || {
                let mut mine = vec![CaseId::new(2026, 1)];
                let mut count = 0;
                while !stop.load(Ordering::Relaxed) {
                    count += 1;
                    let text = format!("writer {writer}, number {count}");
                    if count % 4 == 0 {
                        mine.push(again(|| try_open(store, text.as_bytes())));
                    } else {
                        let id = &mine[count % mine.len()];
                        again(|| tell(store, id, note(&text)));
                    }
                    written.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for reader in 0..READERS {
            let (store, stop, read) = (&stores[reader % 2], &stop, &read);
            scope.spawn(move || {
                let open = CaseFilter {
                    open: Some(true),
                    ..CaseFilter::default()
                };
                while !stop.load(Ordering::Relaxed) {
                    let found = store
                        .list(&open, Order::Newest, Page::number(1, 20))
                        .unwrap();
                    let last = found.items.last().unwrap();
                    let events = store.events(&last.case).unwrap();
                    assert!(events.len() as u64 >= last.events);
                    store.entries_from(found.total / 2, 20).unwrap();
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let sequencer = store(place);
        let until = Instant::now() + duration();
        while Instant::now() < until {
            publish(&sequencer, &mut log);
            std::thread::sleep(Duration::from_millis(50));
        }
        stop.store(true, Ordering::Relaxed);
    });
    let written = written.into_inner();
    println!(
        "{written} events were written, {} times was read",
        read.into_inner()
    );
    publish(&stores[0], &mut log);
    is_whole(&stores[1]);
    assert_eq!(events_recorded(&stores[0]), written);
    let whole = log.verify_all().unwrap();
    assert_eq!(whole.head.size, written);
    assert_eq!(stores[1].log_head().head().unwrap(), Some(whole.head));
    for (entry, position) in stores[0].entries_from(0, u32::MAX).unwrap().iter().zip(0..) {
        assert_eq!(log.entry(position).unwrap(), entry.commitment);
    }
    let mut texts = Vec::new();
    for record in stores[0].cases_after(None, u32::MAX).unwrap() {
        let notes = stores[0].case(&record.case).unwrap().notes;
        texts.extend(notes.into_iter().map(|note| note.text));
    }
    let all = texts.len();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), all, "a note was written twice");
}
