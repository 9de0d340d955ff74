//! What lies on the shelf.

use std::sync::Barrier;

use super::*;
use crate::Thing;

/// Kinds and keys do not meet; what is put in a place takes it.
pub fn what_is_put_on_the_shelf_is_found_under_its_kind_and_key_only(place: &dyn Place) {
    let (store, mut random) = (store(place), MadeRandom);
    let shelf = store.shelf();
    let mut put = |kind: &str, key: &[u8], value: &[u8]| {
        shelf.put(kind, key, value, None, &mut random).unwrap();
    };
    put("draft", b"a", b"first");
    put("draft", b"b", b"other");
    put("session", b"a", b"third");
    put("draft", b"a", b"second");
    let got = |kind: &str, key: &[u8]| shelf.get(kind, key, at(0)).unwrap();
    assert_eq!(got("draft", b"a").as_deref(), Some(&b"second"[..]));
    assert_eq!(got("session", b"a").as_deref(), Some(&b"third"[..]));
    assert_eq!(got("session", b"b"), None);
    let mut drafts = shelf.all("draft", at(0)).unwrap();
    drafts.sort();
    assert_eq!(drafts, [&b"other"[..], b"second"]);
    shelf.remove("draft", b"a").unwrap();
    shelf.remove("draft", b"a").unwrap();
    assert_eq!(got("draft", b"a"), None);
    assert_eq!(got("draft", b"b").as_deref(), Some(&b"other"[..]));
}

/// To the microsecond, and whether or not somebody swept.
pub fn what_lies_on_the_shelf_for_a_time_counts_no_longer(place: &dyn Place) {
    let (store, mut random) = (store(place), MadeRandom);
    let shelf = store.shelf();
    shelf
        .put("session", b"a", b"short", Some(at(10)), &mut random)
        .unwrap();
    shelf
        .put("session", b"b", b"long", Some(at(20)), &mut random)
        .unwrap();
    shelf
        .put("passkey", b"c", b"stays", None, &mut random)
        .unwrap();
    let just = at(10) - jiff::SignedDuration::from_micros(1);
    assert!(shelf.get("session", b"a", just).unwrap().is_some());
    assert!(shelf.get("session", b"a", at(10)).unwrap().is_none());
    assert!(shelf.take("session", b"a", at(10)).unwrap().is_none());
    assert_eq!(shelf.all("session", at(10)).unwrap(), [b"long"]);
    shelf.sweep(at(20)).unwrap();
    assert!(shelf.get("session", b"b", at(0)).unwrap().is_some());
    shelf.sweep(at(21)).unwrap();
    assert!(shelf.get("session", b"b", at(0)).unwrap().is_none());
    assert!(shelf.get("passkey", b"c", at(90)).unwrap().is_some());
}

/// A challenge is answered once, whoever answers it at the same time.
pub fn of_many_who_take_a_thing_from_the_shelf_one_gets_it(place: &dyn Place) {
    let stores = [store(place), store(place)];
    let mut random = MadeRandom;
    for round in 0..10_u8 {
        let shelf = stores[0].shelf();
        shelf
            .put("challenge", &[round], b"it", Some(at(60)), &mut random)
            .unwrap();
        let start = Barrier::new(4);
        let takers = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4)
                .map(|n| {
                    let (store, start) = (&stores[n % 2], &start);
                    scope.spawn(move || {
                        start.wait();
                        store.shelf().take("challenge", &[round], at(0)).unwrap()
                    })
                })
                .collect();
            all.into_iter()
                .filter_map(|taker| taker.join().unwrap())
                .count()
        });
        assert_eq!(takers, 1);
    }
}

/// An answer counts once, whoever gives it at the same time.
pub fn of_many_who_put_a_thing_on_the_shelf_one_was_first(place: &dyn Place) {
    let stores = [store(place), store(place)];
    for round in 0..10_u8 {
        let start = Barrier::new(8);
        let first = std::thread::scope(|scope| {
            let (start, stores) = (&start, &stores);
            let all: Vec<_> = (0..8)
                .map(|n| {
                    scope.spawn(move || {
                        start.wait();
                        let shelf = stores[n % 2].shelf();
                        let until = Some(at(10));
                        shelf.put_first("challenge", &[round], b"x", until, &mut MadeRandom)
                    })
                })
                .collect();
            all.into_iter()
                .map(|putter| putter.join().unwrap().unwrap())
                .filter(|first| *first)
                .count()
        });
        assert_eq!(first, 1);
        let lies = stores[0].shelf().get("challenge", &[round], at(0));
        assert_eq!(lies.unwrap().as_deref(), Some(&b"x"[..]));
    }
    // A word is made with the master key, for one kind.
    let shelf = stores[0].shelf();
    assert_eq!(shelf.word("a", b"x"), stores[1].shelf().word("a", b"x"));
    assert_ne!(shelf.word("a", b"x"), shelf.word("b", b"x"));
    assert_ne!(shelf.word("a", b"x"), shelf.word("a", b"y"));
}

/// Nor can somebody with the database make a session last longer or pass for another.
pub fn what_lies_on_the_shelf_is_unreadable_and_bound_to_its_place(place: &dyn Place) {
    let (store, mut random) = (store(place), MadeRandom);
    let shelf = store.shelf();
    let (key, value) = (b"marker-key-of-a-person", b"marker-value-of-a-person");
    let mut put = |key: &[u8], value: &[u8]| {
        shelf
            .put("session", key, value, Some(at(10)), &mut random)
            .unwrap();
    };
    put(key, value);
    put(b"other", b"somebody else");
    let bytes = place.bytes();
    for secret in [&key[..], value] {
        assert!(!bytes.windows(secret.len()).any(|part| part == secret));
    }
    let longer = at(1000).as_microsecond();
    place
        .tamper(&format!("update shelf set until = {longer}"))
        .unwrap();
    let said = shelf.get("session", key, at(0)).unwrap_err().to_string();
    assert!(said.contains("session on the shelf was changed"), "{said}");
    put(key, value);
    put(b"other", b"somebody else");
    place
        .tamper("update shelf set sealed = (select sealed from shelf order by tag limit 1)")
        .unwrap();
    let swapped = [&key[..], b"other"].map(|key| shelf.get("session", key, at(0)).is_err());
    assert_eq!(swapped.iter().filter(|refused| **refused).count(), 1);
}

/// Of many who find out at once that something follows, one puts it there; and it is all there, or nothing.
pub fn what_follows_from_a_thing_on_the_shelf_is_put_there_once(place: &dyn Place) {
    let stores = [store(place), store(place)];
    for round in 0..10_u8 {
        let start = Barrier::new(8);
        let first = std::thread::scope(|scope| {
            let (start, stores) = (&start, &stores);
            let all: Vec<_> = (0..8_u8)
                .map(|n| {
                    scope.spawn(move || {
                        start.wait();
                        let shelf = stores[usize::from(n) % 2].shelf();
                        let thing = |kind, key, value| Thing {
                            kind,
                            key,
                            value,
                            until: None,
                        };
                        let (once, own) = ([round], [round, n]);
                        let things = [thing("told", &once, b""), thing("entry", &own, b"it")];
                        shelf.put_all_if_first(&things, &mut MadeRandom)
                    })
                })
                .collect();
            all.into_iter()
                .map(|putter| putter.join().unwrap().unwrap())
                .filter(|first| *first)
                .count()
        });
        assert_eq!(first, 1);
        let entries = stores[1].shelf().all("entry", at(0)).unwrap();
        assert_eq!(entries.len(), usize::from(round) + 1);
    }
    let nothing = stores[0].shelf().put_all_if_first(&[], &mut MadeRandom);
    assert!(!nothing.unwrap());
}

/// Somebody withdrew it while somebody else had it in hand; and what a change of a case takes away, goes with it.
pub fn what_was_taken_from_the_shelf_does_not_come_back(place: &dyn Place) {
    let (store, mut random) = (store(place), MadeRandom);
    let shelf = store.shelf();
    shelf.put("entry", b"a", b"1", None, &mut random).unwrap();
    let replaced = |value: &[u8]| {
        let until = Some(at(10));
        shelf.replace("entry", b"a", value, until, &mut MadeRandom)
    };
    assert!(replaced(b"2").unwrap());
    let lies = |now| shelf.get("entry", b"a", at(now)).unwrap();
    assert_eq!(lies(0).as_deref(), Some(&b"2"[..]));
    assert_eq!(lies(10), None);
    assert!(shelf.take("entry", b"a", at(0)).unwrap().is_some());
    assert!(!replaced(b"3").unwrap());
    assert_eq!(lies(0), None);
    let id = open(&store, b"a case");
    let changed = |act: &dyn Fn(&mut Changes<'_>)| {
        change(&store, &id, |changes| {
            act(changes);
            Ok(())
        })
        .unwrap();
    };
    changed(&|changes| changes.shelve("entry", b"b", b"of a case"));
    let lies = || shelf.get("entry", b"b", at(0)).unwrap();
    assert_eq!(lies().as_deref(), Some(&b"of a case"[..]));
    changed(&|changes| changes.unshelve("entry", b"b"));
    assert_eq!(lies(), None);
}
