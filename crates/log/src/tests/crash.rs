//! A crash at every place of an append and of a recovery.

use lagrum_durable::partial;

use crate::faults::Faults;
use crate::tests::support::*;
use crate::{Head, Recovery, layout};

/// Where the log stands before the append that crashes, and how much that appends: an entry in a
/// partial tile, a tile that becomes full, several tiles, a new log.
const APPENDS: [(u64, u64); 5] = [(0, 0), (3, 4), (250, 256), (255, 700), (0, 300)];

/// The log must now be whole, have all entries once, and continue.
fn check_and_continue(place: &Place, store: &mut MemoryStore, before: u64, after: u64) {
    let mut log = place.open(&store.faults).unwrap();
    let recovered = log.recover(store).unwrap();
    let size = recovered.head.size;
    assert!(size == before || size == after, "{size} entries");
    assert_eq!(log.recover(store).unwrap().recovery, Recovery::Clean);
    assert_eq!(Some(recovered.head), store.head);
    assert_eq!(log.verify_all().unwrap().head, recovered.head);

    log.append(store, &commitments(size, after + 10)).unwrap();
    let entries = commitments(0, after + 10);
    let head = Head {
        size: after + 10,
        root: tree_by_definition(&entries),
    };
    assert_eq!(store.head, Some(head));
    assert_eq!(log.checkpoint().unwrap().head(), head);
    assert_eq!(log.verify_all().unwrap().head, head);
    assert_eq!(files_under(&place.staging()), ["lock"]);
}

/// A log of `size` entries; of none, not even created.
fn begin(size: u64) -> (Place, MemoryStore) {
    if size > 0 {
        return Place::with_log(size);
    }
    (Place::new(), MemoryStore::default())
}

#[test]
fn after_a_crash_at_any_place_the_log_continues_and_nothing_is_lost_or_doubled() {
    for (before, after) in APPENDS {
        let mut crashes = 0;
        loop {
            let (place, mut store) = begin(before);
            store.faults.fail_after(crashes);
            let result = place.append(&mut store, before, after);
            if store.faults.none() {
                assert!(result.is_ok());
                break;
            }
            assert!(result.is_err(), "place {crashes} must fail");
            // Whatever is published is whole for readers, even before anybody recovers.
            if place.file(layout::CHECKPOINT).exists() {
                place.reader().verify_all().unwrap();
            }
            check_and_continue(&place, &mut store, before, after);
            crashes += 1;
        }
        assert!(
            crashes >= 10,
            "only {crashes} places from {before} to {after}"
        );
    }
}

#[test]
fn after_a_failure_the_same_process_continues_too() {
    let (before, after) = (250, 600);
    for crashes in 0.. {
        let (place, mut store) = begin(before);
        let mut log = place.open(&store.faults).unwrap();
        store.faults.fail_after(crashes);
        let result = log.append(&mut store, &commitments(before, after));
        if store.faults.none() {
            assert!(result.is_ok());
            break;
        }
        let size = log.recover(&mut store).unwrap().head.size;
        log.append(&mut store, &commitments(size, after)).unwrap();
        assert_eq!(log.verify_all().unwrap().head.size, after);
    }
    let (_, expected) = Place::with_log(after);
    assert_eq!(
        expected.head.unwrap().root,
        tree_by_definition(&commitments(0, after))
    );
}

#[test]
fn a_crash_during_the_recovery_from_any_crash_is_harmless_as_well() {
    let (before, after) = (254, 260);
    let mut pairs = 0;
    for first in 0.. {
        let (place, mut store) = begin(before);
        store.faults.fail_after(first);
        let _ = place.append(&mut store, before, after);
        if store.faults.none() {
            break;
        }
        for second in 0.. {
            let faults = Faults::default();
            faults.fail_after(second);
            let mut log = place.open(&faults).unwrap();
            let result = log.recover(&mut store);
            if faults.none() {
                assert!(result.is_ok());
                break;
            }
            pairs += 1;
        }
        check_and_continue(&place, &mut store, before, after);
    }
    assert!(pairs >= 100, "only {pairs} pairs");
}

#[test]
fn names_that_the_disk_forgot_are_put_in_place_again() {
    // Until the directories are durable, any of the new names may be gone after a power cut.
    let (before, after) = (255, 520);
    let mut checked = 0;
    let (whole, _) = Place::with_log(after);
    let new: Vec<String> = files_under(&whole.public());
    for forgotten in 0_usize..5 {
        for crashes in 0.. {
            let (place, mut store) = begin(before);
            let old = files_under(&place.public());
            store.faults.fail_after(crashes);
            let _ = place.append(&mut store, before, after);
            if store.faults.none() {
                break;
            }
            let head = store.head.unwrap().size;
            let published = place.reader().checkpoint().unwrap().head().size;
            if head == before || published == after {
                continue;
            }
            for (position, file) in new.iter().enumerate() {
                let drop_it = (position + 1) * (forgotten + 7) % 5 < 2;
                if drop_it && !old.contains(file) {
                    let _ = std::fs::remove_file(place.file(file));
                }
            }
            check_and_continue(&place, &mut store, before, after);
            checked += 1;
        }
    }
    assert!(checked >= 50, "only {checked} cases");
}

#[test]
fn half_written_new_files_are_overwritten_and_never_read() {
    let (before, after) = (255, 700);
    let (whole, _) = Place::with_log(after);
    let (place, mut store) = Place::with_log(before);
    for file in files_under(&whole.public()) {
        let new = partial(&place.file(&file));
        std::fs::create_dir_all(new.parent().unwrap()).unwrap();
        std::fs::write(new, "torn").unwrap();
    }
    std::fs::write(place.staging().join(".append.partial"), "torn").unwrap();
    place.reader().verify_all().unwrap();
    check_and_continue(&place, &mut store, before, before);
    let size = store.head.unwrap().size;
    place.append(&mut store, size, after).unwrap();
    assert_eq!(place.reader().verify_all().unwrap().head.size, after);
    assert!(!partial(&place.file(layout::CHECKPOINT)).exists());
}
