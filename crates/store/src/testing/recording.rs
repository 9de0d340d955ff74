//! Events and originals.

use std::sync::Barrier;

use lagrum_log::{Commitment, Salt};
use lagrum_model::{Command, Refusal, Sha256Digest};

use super::*;
use crate::{Order, Page, SealedEvent};

/// Any bytes: a scan, a broken file, nothing at all.
pub fn original_bytes_are_kept_with_their_digest_whatever_they_are(place: &dyn Place) {
    let store = store(place);
    let large = vec![0xa7; 3 << 20];
    for bytes in [&b"%PDF-1.7 \xff\x00 not a demand"[..], b"", &large] {
        let id = open(&store, bytes);
        let sha256 = Sha256Digest::of(bytes);
        assert_eq!(store.original(&id, &sha256).unwrap().unwrap(), bytes);
        assert_eq!(store.case_of_original(&sha256).unwrap(), Some(id));
    }
    let id = CaseId::new(2026, 1);
    let unknown = Sha256Digest::of(b"never came");
    assert_eq!(store.original(&id, &unknown).unwrap(), None);
    assert_eq!(store.case_of_original(&unknown).unwrap(), None);

    // An annex belongs to its case and opens none: the same annex may come in another case.
    let annex = b"the act that it relies on";
    for id in [CaseId::new(2026, 1), CaseId::new(2026, 2)] {
        let attach = |changes: &mut Changes<'_>| {
            let original = original(annex);
            Ok::<_, Failed>(changes.command(Command::Attach { original }, &analyst(), "annex")?)
        };
        store
            .change(
                "attach",
                &id,
                at(1),
                &[annex],
                &mut MadeRandom,
                &project,
                attach,
            )
            .unwrap();
        let kept = store.original(&id, &Sha256Digest::of(annex)).unwrap();
        assert_eq!(kept.unwrap(), annex);
    }
    assert_eq!(
        store.case_of_original(&Sha256Digest::of(annex)).unwrap(),
        None
    );

    place.unguard();
    place.tamper("update original set sealed = (select sealed from original where number = 1 and opens = 1) where number = 2 and opens = 1").unwrap();
    let changed = store.original(&CaseId::new(2026, 2), &Sha256Digest::of(b""));
    assert!(
        matches!(changed, Err(StoreError::Damaged(_))),
        "{changed:?}"
    );
}

/// Also across processes, and each year begins anew.
pub fn cases_are_numbered_without_gaps_and_events_without_gaps_within_them(place: &dyn Place) {
    let (one, other) = (store(place), store(place));
    let ids = [open(&one, b"a"), open(&other, b"b"), open(&one, b"c")];
    assert_eq!(ids.each_ref().map(CaseId::number), [1, 2, 3]);
    tell(&other, &ids[0], note("first")).unwrap();
    tell(&one, &ids[0], note("second")).unwrap();
    let events = other.events(&ids[0]).unwrap();
    assert_eq!(
        events.iter().map(|event| event.number).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(one.case(&ids[0]).unwrap().notes.len(), 2);

    let next_year = at(200 * 86_400);
    let opened = one.open_case(
        "intake",
        next_year,
        &[b"d"],
        &mut MadeRandom,
        &project,
        |changes| Ok::<_, Failed>(changes.command(receive(b"d"), &analyst(), "received")?),
    );
    assert_eq!(opened.unwrap().case, CaseId::new(2027, 1));
    let all = one
        .list(&CaseFilter::default(), Order::Number, Page::number(1, 10))
        .unwrap();
    assert_eq!(all.total, 4);
    assert_eq!(all.items[3].case, CaseId::new(2027, 1));
    let missing = one.events(&CaseId::new(2026, 9));
    assert!(
        matches!(missing, Err(StoreError::NoSuchCase(_))),
        "{missing:?}"
    );
}

/// Eight at once bring the same bytes: one case, and all are told it.
pub fn the_same_bytes_open_one_case_whoever_brings_them_at_once(place: &dyn Place) {
    let stores = [store(place), store(place)];
    open(&stores[0], b"another");
    let start = Barrier::new(8);
    let opened: Vec<_> = std::thread::scope(|scope| {
        let bring = |n: usize| {
            let (store, start) = (&stores[n % 2], &start);
            move || {
                start.wait();
                store
                    .open_case(
                        "intake",
                        at(0),
                        &[b"same"],
                        &mut MadeRandom,
                        &project,
                        |changes| {
                            Ok::<_, Failed>(changes.command(receive(b"same"), &analyst(), "")?)
                        },
                    )
                    .unwrap()
            }
        };
        let threads: Vec<_> = (0..8).map(|n| scope.spawn(bring(n))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(opened.iter().filter(|opened| opened.new).count(), 1);
    assert!(
        opened
            .iter()
            .all(|opened| opened.case == CaseId::new(2026, 2))
    );
    assert_eq!(open(&stores[1], b"third").number(), 3);
}

/// Neither events, nor originals, nor a number.
pub fn a_refused_command_leaves_nothing_behind(place: &dyn Place) {
    let store = store(place);
    let id = open(&store, b"a");
    let before = store.summary(&id).unwrap();
    let refused = store.change(
        "test",
        &id,
        at(1),
        &[b"more"],
        &mut MadeRandom,
        &project,
        |changes| {
            changes.command(note("kept?"), &analyst(), "")?;
            changes.send(item("kept?"));
            assert_eq!(changes.case().notes.len(), 1);
            Ok::<_, Failed>(changes.command(receive(b"again"), &analyst(), "")?)
        },
    );
    assert!(matches!(
        refused,
        Err(Failed::Refused(Refusal::AlreadyReceived))
    ));
    assert_eq!(store.events(&id).unwrap().len(), 1);
    assert_eq!(
        store.original(&id, &Sha256Digest::of(b"more")).unwrap(),
        None
    );
    assert_eq!(store.outbox(0, 10).unwrap(), []);
    assert_eq!(store.summary(&id).unwrap(), before);

    let refused = store.open_case(
        "intake",
        at(0),
        &[b"b"],
        &mut MadeRandom,
        &project,
        |changes| {
            changes.command(receive(b"b"), &analyst(), "")?;
            Err::<(), _>(Failed::Refused(Refusal::Closed))
        },
    );
    assert!(matches!(refused, Err(Failed::Refused(Refusal::Closed))));
    assert_eq!(
        store.case_of_original(&Sha256Digest::of(b"b")).unwrap(),
        None
    );
    assert_eq!(open(&store, b"c").number(), 2);
}

/// The database refuses; who can go past that is found out by the commitment.
pub fn events_cannot_be_changed_or_removed_and_a_changed_one_is_noticed(place: &dyn Place) {
    let store = store(place);
    let id = open(&store, b"a");
    tell(&store, &id, note("a note")).unwrap();
    store.place(10).unwrap();
    for attempt in [
        "update event set sealed = commitment",
        "delete from event",
        "update log_entry set position = position + 5",
        "delete from log_entry",
    ] {
        assert!(place.tamper(attempt).is_err(), "{attempt}");
    }
    assert_eq!(store.events(&id).unwrap().len(), 2);
    place.unguard();
    place
        .tamper("update event set sealed = commitment where event = 2")
        .unwrap();
    let noticed = store.events(&id).unwrap_err().to_string();
    assert!(
        noticed.contains("event 2 of case 2026-0001 was changed"),
        "{noticed}"
    );
    assert!(tell(&store, &id, note("another")).is_err());
    assert!(store.entries_from(0, 10).is_err());
}

/// Nor can one be moved to another case or number, or the last one be taken away.
pub fn an_event_that_is_missing_or_in_another_place_is_noticed(place: &dyn Place) {
    let store = store(place);
    let ids = [b"a", b"b"].map(|bytes| open(&store, bytes));
    for id in &ids {
        tell(&store, id, note("a note")).unwrap();
    }
    place.unguard();
    place
        .tamper(
            "create table kept as select sealed, commitment from event where number = 1 and event = 2;
             update event set sealed = (select sealed from kept),
                 commitment = (select commitment from kept) where number = 2 and event = 2",
        )
        .unwrap();
    assert_eq!(store.events(&ids[0]).unwrap().len(), 2);
    let moved = store.events(&ids[1]).unwrap_err().to_string();
    assert!(moved.contains("was changed"), "{moved}");
    place
        .tamper("delete from event where number = 1 and event = 2")
        .unwrap();
    let missing = store.events(&ids[0]).unwrap_err().to_string();
    assert!(missing.contains("is missing"), "{missing}");
}

/// The database itself counts them.
pub fn an_event_follows_the_last_one_or_is_not_recorded(place: &dyn Place) {
    let database = place.open().unwrap();
    let id = open(&Store::open(database.clone(), vault()).unwrap(), b"a");
    for number in [0, 1, 3, 1 << 40] {
        let commitment = Commitment::of(&Salt::from_bytes([1; 32]), b"");
        let event = SealedEvent {
            number,
            commitment,
            sealed: vec![],
        };
        let mut transaction = database.write("test").unwrap();
        let refused = transaction.append_event(&id, &event);
        assert!(
            matches!(refused, Err(StoreError::ChangedMeanwhile)),
            "{number}: {refused:?}"
        );
    }
    let mut transaction = database.write("test").unwrap();
    let refused = transaction.put_case(&id, &crate::WrappedKey(vec![1]));
    assert!(
        matches!(refused, Err(StoreError::ChangedMeanwhile)),
        "{refused:?}"
    );
}

/// Neither in events nor in originals nor in what is to be done; identifiers only as keyed tags.
pub fn nothing_of_a_person_lies_in_the_clear(place: &dyn Place) {
    let store = store(place);
    let id = open(&store, b"bytes that tell of Wilhelmina");
    change(&store, &id, |changes| {
        changes.command(note("Wilhelmina called"), &analyst(), "Wilhelmina")?;
        changes.send(OutboxItem {
            key: "1".into(),
            kind: "letter".into(),
            body: b"to Wilhelmina".to_vec(),
        });
        Ok(())
    })
    .unwrap();
    let tagged = |id: &CaseId, case: &Case, events: &[Event]| Projection {
        door: None,
        facts: Some(format!("{} events of {id}", events.len()).into_bytes()),
        identifiers: vec![lagrum_model::Identifier::UserId(
            "Wilhelmina".parse().unwrap(),
        )],
        ..project(id, case, events)
    };
    assert_eq!(store.rebuild_summaries(&tagged).unwrap().cases, 1);
    drop(store);
    let bytes = place.bytes();
    let found = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(found(b"demand.toml"), "the file name is in the list");
    let digest = Sha256Digest::of(b"bytes that tell of Wilhelmina");
    for needle in [&b"Wilhelmina"[..], b"Elin", &digest.0] {
        assert!(!found(needle), "{}", String::from_utf8_lossy(needle));
        assert!(!found(hex::encode(needle).as_bytes()), "in hexadecimal");
    }
}

/// A wrong key file must not make a database of two halves.
pub fn another_master_key_is_refused_before_anything_is_written(place: &dyn Place) {
    let other = || Vault::new(&MasterKey::generate(&mut MadeRandom));
    let early = Store::open(place.open().unwrap(), other()).unwrap();
    let store = store(place);
    let id = open(&store, b"a");
    let late = try_open(&early, b"b");
    assert!(matches!(late, Err(Failed::Store(StoreError::WrongKey))));
    assert!(matches!(early.events(&id), Err(StoreError::Damaged(_))));
    let refused = Store::open(place.open().unwrap(), other());
    assert!(matches!(refused, Err(StoreError::WrongKey)));
    assert_eq!(store.cases_after(None, 10).unwrap().len(), 1);
}

/// Reading goes on while somebody writes.
pub fn what_is_not_final_is_seen_by_nobody_and_delays_no_reader(place: &dyn Place) {
    let (writer, reader) = (store(place), store(place));
    let id = open(&writer, b"a");
    let database = place.open().unwrap();
    let mut earlier = database.read().unwrap();
    assert_eq!(earlier.events(&id).unwrap().len(), 1);
    change(&writer, &id, |changes| {
        changes.command(note("in the making"), &analyst(), "")?;
        for store in [&reader, &writer] {
            assert_eq!(store.events(&id).unwrap().len(), 1);
            let all = store.list(&CaseFilter::default(), Order::Due, Page::number(1, 10));
            assert_eq!(all.unwrap().items[0].events, 1);
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(reader.events(&id).unwrap().len(), 2);
    // Who began to read before goes on in the same instant.
    assert_eq!(earlier.events(&id).unwrap().len(), 1);
    assert_eq!(earlier.case(&id).unwrap().unwrap().events, 1);
}

/// In both directions: nothing is guessed.
pub fn tables_of_another_version_are_refused(place: &dyn Place) {
    let id = open(&store(place), b"a");
    // One that runs when the tables are brought up writes nothing more to them.
    let runs_on = store(place);
    for version in [99, -1] {
        place.pretend_version(version);
        let refused = tell(&runs_on, &id, note("more"));
        assert!(
            matches!(
                refused,
                Err(Failed::Store(StoreError::UnknownSchema { found, .. })) if found == version
            ),
            "{refused:?}"
        );
        let refused = place.open().err();
        assert!(
            matches!(refused, Some(StoreError::UnknownSchema { found, .. }) if found == version),
            "{refused:?}"
        );
    }
}

/// What an agent, an officer or an auditor is shown.
pub fn one_event_is_opened_and_nothing_else_of_its_case(place: &dyn Place) {
    let store = store(place);
    let id = open(&store, b"a");
    tell(&store, &id, note("the second")).unwrap();
    let logged = store.logged(&id, 2).unwrap();
    assert_eq!(logged.position, None);
    assert_eq!(
        Commitment::of(&logged.salt, logged.text.as_bytes()),
        logged.commitment
    );
    let event: Event = serde_json::from_str(&logged.text).unwrap();
    assert_eq!(event, store.events(&id).unwrap()[1]);
    assert_ne!(store.logged(&id, 1).unwrap().salt, logged.salt);
    store.place(10).unwrap();
    assert_eq!(store.logged(&id, 2).unwrap().position, Some(1));
    let missing = store.logged(&id, 3);
    assert!(
        matches!(missing, Err(StoreError::NoSuchEvent { number: 3, .. })),
        "{missing:?}"
    );
}
