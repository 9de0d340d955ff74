//! The order of the log, its head, and what is to be done.

use std::sync::Barrier;

use lagrum_log::{Hash, Head, HeadStore, Log};
use lagrum_notes::SigningKey;

use super::*;

/// Two sequencers at once disturb each other as little as one after the other.
pub fn positions_are_given_once_and_in_the_order_of_recording(place: &dyn Place) {
    let stores = [store(place), store(place)];
    let ids = [b"a", b"b"].map(|bytes| open(&stores[0], bytes));
    for n in 0..10 {
        tell(&stores[n % 2], &ids[n % 2], note("more")).unwrap();
    }
    assert_eq!(stores[0].place(5).unwrap().events, 5);
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for n in 0..4 {
            let (store, start) = (&stores[n % 2], &start);
            scope.spawn(move || {
                start.wait();
                while store.place(2).unwrap().events > 0 {}
            });
        }
    });
    let entries = stores[1].entries_from(0, 100).unwrap();
    let order: Vec<_> = entries
        .iter()
        .map(|entry| entry.event.as_ref().unwrap())
        .map(|(case, event)| (case.number(), *event))
        .collect();
    let mut expected = vec![(1, 1), (2, 1)];
    expected.extend((0..10).map(|n| (n % 2 + 1, u64::from(n / 2) + 2)));
    assert_eq!(order, expected);
    assert_eq!(stores[0].entries_from(10, 1).unwrap(), entries[10..11]);
    assert_eq!(stores[0].entries_from(12, 5).unwrap(), []);
    is_whole(&stores[0]);
}

/// Before it is given a position, and each time it is read for the log.
pub fn an_entry_of_the_log_is_checked_against_its_event(place: &dyn Place) {
    let store = store(place);
    let id = open(&store, b"a");
    tell(&store, &id, note("a note")).unwrap();
    store.place(1).unwrap();
    place.unguard();
    place
        .tamper("update event set sealed = commitment where event = 2")
        .unwrap();
    let left_out = store.place(10).unwrap();
    assert_eq!((left_out.events, left_out.left_out.len()), (0, 1));
    let noticed = &left_out.left_out[0].why;
    assert!(
        noticed.contains("event 2 of case 2026-0001 was changed"),
        "{noticed}"
    );
    assert_eq!(store.entries_from(0, 10).unwrap().len(), 1);
    place.tamper("update event set commitment = (select commitment from event where event = 2) where event = 1").unwrap();
    let noticed = store.entries_from(0, 10).unwrap_err().to_string();
    assert!(
        noticed.contains("entry 0 of the log was changed"),
        "{noticed}"
    );
    place.tamper("delete from log_entry").unwrap();
    let noticed = store.entries_from(0, 10).unwrap_err().to_string();
    assert!(
        noticed.contains("entry 0 of the log is missing"),
        "{noticed}"
    );
}

fn head(size: u64, byte: u8) -> Head {
    Head {
        size,
        root: Hash([byte; 32]),
    }
}

/// Also when several move it at once: one does.
pub fn the_head_of_the_log_moves_only_from_where_it_is(place: &dyn Place) {
    let stores = [store(place), store(place)];
    let mut log_head = stores[0].log_head();
    assert_eq!(log_head.head().unwrap(), None);
    assert!(log_head.compare_and_swap(None, &Head::EMPTY).unwrap());
    assert!(!log_head.compare_and_swap(None, &head(1, 1)).unwrap());
    assert!(
        log_head
            .compare_and_swap(Some(&Head::EMPTY), &head(1, 1))
            .unwrap()
    );
    for wrong in [head(1, 2), head(2, 1), Head::EMPTY] {
        assert!(
            !log_head
                .compare_and_swap(Some(&wrong), &head(2, 2))
                .unwrap()
        );
    }
    assert_eq!(stores[1].log_head().head().unwrap(), Some(head(1, 1)));
    let start = Barrier::new(8);
    let moved = std::thread::scope(|scope| {
        let swap = |n: usize| {
            let (store, start) = (&stores[n % 2], &start);
            move || {
                start.wait();
                let new = head(2, n as u8);
                store
                    .log_head()
                    .compare_and_swap(Some(&head(1, 1)), &new)
                    .unwrap()
            }
        };
        let threads: Vec<_> = (0..8).map(|n| scope.spawn(swap(n))).collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().unwrap().then_some(()))
            .count()
    });
    assert_eq!(moved, 1);
}

/// What the desk does: places, appends, and finds every event proved.
pub fn the_log_is_written_over_the_store_and_is_whole(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let store = store(place);
    let id = open(&store, b"a");
    for n in 0..20 {
        tell(&store, &id, note("more")).unwrap();
        if n % 7 == 0 {
            publish(&store, &mut log);
        }
    }
    publish(&store, &mut log);
    assert_eq!(log.verify_all().unwrap().head.size, 21);
    for number in 1..=21 {
        let logged = store.logged(&id, number).unwrap();
        let position = logged.position.unwrap();
        assert_eq!(log.entry(position).unwrap(), logged.commitment);
    }
}

pub(super) fn log(directory: &std::path::Path) -> Log {
    let key = SigningKey::from_seed(&[7; 32], "log.test.example").unwrap();
    Log::open(&directory.join("public"), &directory.join("staging"), key).unwrap()
}

/// Gives positions to what is there, and brings the log up to them.
pub(super) fn publish(store: &Store, log: &mut Log) {
    while store.place(1000).unwrap().events == 1000 {}
    let mut size = log.recover(&mut store.log_head()).unwrap().head.size;
    loop {
        let entries = store.entries_from(size, 1000).unwrap();
        if entries.is_empty() {
            return;
        }
        let commitments: Vec<_> = entries.iter().map(|entry| entry.commitment).collect();
        size = log
            .append(&mut store.log_head(), &commitments)
            .unwrap()
            .size;
    }
}

pub(super) fn item(key: &str) -> OutboxItem {
    OutboxItem {
        key: key.into(),
        kind: "release".into(),
        body: format!("details of {key}").into_bytes(),
    }
}

/// With the change from which it follows, in its order, and never again after it was done.
pub fn what_is_sent_is_put_once_and_struck_off_once(place: &dyn Place) {
    let store = store(place);
    let id = open(&store, b"a");
    let send = |keys: &[&str]| {
        change(&store, &id, |changes| {
            changes.command(note("sent"), &analyst(), "")?;
            keys.iter().for_each(|key| changes.send(item(key)));
            Ok(())
        })
        .unwrap();
    };
    send(&["a", "b"]);
    send(&["b", "c"]);
    let waiting = store.outbox(0, 10).unwrap();
    let items: Vec<_> = waiting
        .iter()
        .map(|outgoing| outgoing.item.clone().unwrap())
        .collect();
    assert_eq!(items, [item("a"), item("b"), item("c")]);
    let after: Vec<_> = waiting.iter().map(|outgoing| outgoing.event).collect();
    assert_eq!(after, [2, 2, 3]);
    assert_eq!(store.outbox(waiting[0].place, 1).unwrap(), waiting[1..2]);

    store.outbox_done("a").unwrap();
    store.outbox_done("a").unwrap();
    change(&store, &id, |changes| {
        changes.command(note("done"), &analyst(), "")?;
        changes.done("b");
        Ok(())
    })
    .unwrap();
    send(&["a", "b", "c"]);
    assert_eq!(store.outbox(0, 10).unwrap(), waiting[2..]);
}

/// First what has a place in the log, then what waits for one; what nobody can read any more stands there empty.
pub fn what_was_recorded_lately_is_read_once_and_in_order(place: &dyn Place) {
    let store = store(place);
    let ids = [b"a", b"b"].map(|bytes| open(&store, bytes));
    for n in 0..4 {
        tell(&store, &ids[n % 2], note("more")).unwrap();
    }
    store.place(4).unwrap();
    let name = |one: &crate::Recent| (one.case.number(), one.number, one.position);
    let placed = store.recent(0, 100).unwrap();
    let names: Vec<_> = placed.iter().map(name).collect();
    let expected = [
        (1, 1, Some(0)),
        (2, 1, Some(1)),
        (1, 2, Some(2)),
        (2, 2, Some(3)),
    ];
    assert_eq!(names, expected);
    let events = placed.iter().map(|one| one.event.as_ref().unwrap());
    for (event, one) in events.zip(&placed) {
        assert_eq!((&event.case, event.number), (&one.case, one.number));
    }
    assert_eq!(store.recent(2, 1).unwrap().len(), 1);
    assert!(store.recent(4, 100).unwrap().is_empty());
    let waiting = store.recent_unplaced(100).unwrap();
    let names: Vec<_> = waiting.iter().map(name).collect();
    assert_eq!(names, [(1, 3, None), (2, 3, None)]);
    place.unguard();
    place
        .tamper("update event set sealed = commitment where event = 2")
        .unwrap();
    let read = store.recent(0, 100).unwrap();
    let readable: Vec<_> = read.iter().map(|one| one.event.is_some()).collect();
    assert_eq!(readable, [true, true, false, false]);
}
