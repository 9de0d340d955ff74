//! What was changed from outside, by somebody who has the database, the master key, or both.

use std::fs;

use lagrum_log::{Commitment, Log, LogReader, Salt};
use lagrum_model::CaseState;
use lagrum_notes::SigningKey;

use super::*;
use crate::{Fault, Losses, Order, Page, SealedEvent};

/// A store that holds what it reads against a log below `directory`.
fn held(place: &dyn Place, directory: &std::path::Path) -> Store {
    let key: SigningKey<_> = SigningKey::from_seed(&[7; 32], "log.test.example").unwrap();
    let reader = LogReader::open(directory.join("public"), key.verifying_key());
    store(place).held_against(Arc::new(reader))
}

/// The last event of the first case again, with another text, sealed and placed as if it had always
/// been there: what the master key and the database are good for.
fn rewrite_the_last(place: &dyn Place, id: &CaseId, number: u64, text: &str) {
    let store = store(place);
    let position = store.logged(id, number).unwrap().position.unwrap();
    let salt = Salt::from_bytes([9; 32]);
    let commitment = Commitment::of(&salt, text.as_bytes());
    let mut transaction = store.database.read().unwrap();
    let record = transaction.case(id).unwrap().unwrap();
    drop(transaction);
    let key = store.key_of(&record).unwrap();
    let sealed = key.seal_event(number, &commitment, &salt, text, &mut MadeRandom);
    let before = number - 1;
    place
        .tamper(&format!(
            "delete from log_entry where position >= {position};
             delete from event where number = 1 and event = {number};
             update case_file set events = {before} where number = 1;
             update log_state set size = {position}"
        ))
        .unwrap();
    let mut transaction = store.database.write("forge").unwrap();
    let event = SealedEvent {
        number,
        commitment,
        sealed,
    };
    transaction.append_event(id, &event).unwrap();
    transaction.commit().unwrap();
    assert_eq!(store.place(10).unwrap().events, 1);
}

fn text_of(store: &Store, id: &CaseId, number: u64) -> String {
    store.logged(id, number).unwrap().text
}

/// All that is found wrong, in one line each.
fn faults(store: &Store, log: &Log) -> Vec<String> {
    let mut found = Vec::new();
    let mut tell = |fault: Fault| {
        let of = |case: &Option<CaseId>| case.as_ref().map_or("-".into(), ToString::to_string);
        let event = fault.event.map_or("-".into(), |event| event.to_string());
        found.push(format!("{}/{event}: {}", of(&fault.case), fault.why));
    };
    store
        .verify(&project, &mut |_, _, _| (), &mut tell)
        .unwrap();
    let entries: Vec<_> = (0..log.checkpoint().unwrap().head().size)
        .map(|position| log.entry(position).unwrap())
        .collect();
    let mut losses = Losses::default();
    store
        .verify_entries(0, &entries, &mut losses, &mut tell)
        .unwrap();
    found
}

/// Everything in the database fits together, and the public log has something else.
pub fn an_event_that_is_not_the_one_in_the_public_log_is_told_and_stops_only_its_case(
    place: &dyn Place,
) {
    let directory = scratch().unwrap();
    let mut log = logging::log(directory.path());
    let own = held(place, directory.path());
    let ids = [b"a", b"b"].map(|bytes| open(&own, bytes));
    tell(&own, &ids[1], note("the other")).unwrap();
    tell(&own, &ids[0], note("called back")).unwrap();
    logging::publish(&own, &mut log);
    assert_eq!(own.record(&ids[0]).unwrap().uncompared, None);
    assert_eq!(faults(&own, &log), Vec::<String>::new());

    place.unguard();
    let changed = text_of(&own, &ids[0], 2).replace("called back", "never asked");
    rewrite_the_last(place, &ids[0], 2, &changed);
    assert_eq!(store(place).events(&ids[0]).unwrap().len(), 2, "all fits");
    let told = own.events(&ids[0]).unwrap_err();
    assert!(matches!(told, StoreError::Damaged(_)), "{told:?}");
    let told = told.to_string();
    assert!(
        told.contains("event 2 of case 2026-0001 is not what the public log has as its entry 3"),
        "{told}"
    );
    assert!(tell(&own, &ids[0], note("more")).is_err());
    // The list still finds it by the words that were written.
    let told = faults(&own, &log);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told.iter().any(|one| one.contains("other words")),
        "{told:?}"
    );
    tell(&own, &ids[1], note("more")).unwrap();
    logging::publish(&own, &mut log);

    // An event that is of another case or number by its own words.
    let moved = text_of(&store(place), &ids[0], 2).replace("\"number\":2", "\"number\":1");
    place.tamper("delete from log_entry where position > 3; delete from event where number = 2 and event = 3; update case_file set events = 2 where number = 2").unwrap();
    rewrite_the_last(place, &ids[0], 2, &moved);
    let told = store(place).events(&ids[0]).unwrap_err().to_string();
    assert!(told.contains("says that it is event 1"), "{told}");
}

/// A log that cannot be read is no reason to stop work, and never taken for a comparison; one that
/// was changed is.
pub fn a_log_that_is_away_or_rolled_back_is_told_and_a_changed_one_is_not_believed(
    place: &dyn Place,
) {
    let directory = scratch().unwrap();
    let mut log = logging::log(directory.path());
    let own = held(place, directory.path());
    let id = open(&own, b"a");
    logging::publish(&own, &mut log);
    let public = directory.path().join("public");
    let early = fs::read(public.join("checkpoint")).unwrap();
    tell(&own, &id, note("a note")).unwrap();
    logging::publish(&own, &mut log);
    assert_eq!(own.record(&id).unwrap().uncompared, None);

    let late = fs::read(public.join("checkpoint")).unwrap();
    fs::write(public.join("checkpoint"), &early).unwrap();
    let told = own.record(&id).unwrap().uncompared.unwrap();
    assert!(
        told.contains("has 1 entries, and 2 were published"),
        "{told}"
    );
    fs::write(public.join("checkpoint"), &late).unwrap();

    let tile = public.join("tile/0/000.p/2");
    let whole = fs::read(&tile).unwrap();
    let mut changed = whole.clone();
    changed[3] ^= 1;
    fs::write(&tile, &changed).unwrap();
    let told = own.record(&id).unwrap_err();
    assert!(matches!(told, StoreError::PublicLog(_)), "{told:?}");
    fs::write(&tile, &whole).unwrap();

    let away = directory.path().join("away");
    fs::rename(&public, &away).unwrap();
    let mut seen = None;
    change(&own, &id, |changes| {
        seen = changes.uncompared().map(str::to_owned);
        Ok(changes.command(note("meanwhile"), &analyst(), "")?)
    })
    .unwrap();
    assert!(seen.unwrap().contains("has 0 entries"));
    fs::write(&public, "in its place").unwrap();
    assert!(own.record(&id).unwrap().uncompared.is_some());
    fs::remove_file(&public).unwrap();
    fs::rename(&away, &public).unwrap();
    assert_eq!(own.record(&id).unwrap().uncompared, None);
}

/// Not the log, not the list, not what is to be done, not its own reader.
pub fn a_damaged_case_stops_no_other(place: &dyn Place) {
    let store = store(place);
    let ids: Vec<_> = (0..3u8).map(|n| open(&store, &[n])).collect();
    for id in &ids {
        change(&store, id, |changes| {
            changes.command(note("one"), &analyst(), "")?;
            changes.send(logging::item(&format!("release:{id}")));
            Ok(())
        })
        .unwrap();
    }
    place.unguard();
    place
        .tamper(
            "update event set sealed = commitment where number = 2 and event = 1;
             update outbox set sealed = (select sealed from event where number = 1 and event = 1)
                 where number = 2;
             update summary set waiting_for = 'money' where number = 2;
             update summary set owner = 'nobody' where number = 1",
        )
        .unwrap();
    let placed = store.place(100).unwrap();
    assert_eq!(placed.events, 4);
    let named = |left_out: &[crate::Damaged]| {
        let numbers = left_out.iter().map(|one| one.case.number());
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(named(&placed.left_out), [2], "{placed:?}");
    // Again, and with a batch that the damaged ones alone would fill.
    tell(&store, &ids[2], note("two")).unwrap();
    assert_eq!(store.place(1).unwrap().events, 1);
    assert_eq!(store.place(1).unwrap().events, 0);
    let entries = store.entries_from(0, 100).unwrap();
    assert_eq!(entries.len(), 5);

    let outbox = store.outbox(0, 10).unwrap();
    let readable: Vec<_> = outbox.iter().map(|one| one.item.is_ok()).collect();
    assert_eq!(readable, [true, false, true]);

    let all = store
        .list(&CaseFilter::default(), Order::Number, Page::number(1, 10))
        .unwrap();
    assert_eq!((all.items.len(), all.total), (2, 3));
    assert_eq!(named(&all.unreadable), [2]);

    let differences = store.compare_summaries(&project).unwrap();
    let found: Vec<_> = differences
        .iter()
        .map(|one| (one.case.number(), one.damage.is_some()))
        .collect();
    assert_eq!(found, [(1, false), (2, true)]);
    let rebuilt = store.rebuild_summaries(&project).unwrap();
    assert_eq!((rebuilt.cases, named(&rebuilt.left_out)), (2, vec![2]));
    for id in [&ids[0], &ids[2]] {
        store.events(id).unwrap();
        tell(&store, id, note("more")).unwrap();
    }
    assert!(tell(&store, &ids[1], note("more")).is_err());
}

/// Each by its case and event, whatever it is.
pub fn going_through_everything_names_case_and_event_of_all_that_was_changed(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = logging::log(directory.path());
    let store = store(place);
    let ids: Vec<_> = (0..9u8).map(|n| open(&store, &[n])).collect();
    for id in &ids {
        tell(&store, id, note("one")).unwrap();
        tell(&store, id, note("two")).unwrap();
    }
    logging::publish(&store, &mut log);
    tell(&store, &ids[7], note("not public yet")).unwrap();
    let mut none = Vec::new();
    let found = store
        .verify(&project, &mut |_, _, _| (), &mut |fault| none.push(fault))
        .unwrap();
    assert_eq!(none, []);
    assert_eq!((found.cases, found.events, found.waiting), (9, 28, 1));
    assert_eq!((found.originals, found.original_bytes), (9, 9));
    assert_eq!(faults(&store, &log), Vec::<String>::new());
    let entry = |case: usize, number| store.logged(&ids[case], number).unwrap().position.unwrap();
    let (last, removed) = (entry(2, 3), entry(4, 2));

    place.unguard();
    place
        .tamper(&format!(
            "update event set sealed = commitment where number = 1 and event = 2;
             delete from event where number = 2 and event = 2;
             delete from event where number = 3 and event = 3;
             delete from log_entry where number = 3 and event = 3;
             update case_file set events = 2 where number = 3;
             update original set sealed = (select sealed from original where number = 1)
                 where number = 4;
             delete from log_entry where position = {removed};
             delete from original where number = 6;
             update summary set state = 'closed', rank = 2 where number = 7;
             delete from summary_identifier where number = 7;
             update fact set sealed = (select sealed from fact where number = 1) where number = 7;
             delete from unplaced where number = 8;
             delete from event where number = 9; delete from original where number = 9;
             delete from summary_identifier where number = 9; delete from summary_word where number = 9;
             delete from summary where number = 9;
             delete from fact where number = 9;
             delete from case_file where number = 9"
        ))
        .unwrap();
    let told = faults(&store, &log);
    let has = |case: &str, why: &str| {
        let found = told
            .iter()
            .any(|line| line.starts_with(case) && line.contains(why));
        assert!(found, "{case} {why}: {told:#?}");
    };
    has("2026-0001/2:", "was changed after it was recorded");
    has("2026-0002/2:", "it is missing");
    has("-/-:", &format!("entry {last} whose event is not here"));
    has("2026-0003/-:", "another number of events");
    has("2026-0004/-:", "original 1 was changed");
    has("2026-0005/2:", "it has lost its entry in the log");
    has("2026-0006/-:", "original 1 is missing");
    has("2026-0007/-:", "another state");
    has("2026-0007/-:", "other identifiers");
    has("2026-0007/-:", "what figures know of it");
    has("2026-0008/4:", "does not wait for it");
    has("2026-0009/-:", "the case is missing");
    has("2026-0009/1:", "it is missing");
    let listed = store.summary(&ids[6]).unwrap();
    assert_eq!(listed.state, CaseState::Closed, "the list is not checked");
    // What was said of them is not said of others, and nothing is said twice of one event.
    assert!(told.iter().all(|line| !line.starts_with("2026-0010")));
}

/// A program that is older than the one that recorded something says that, and does nothing in the case; the others go on.
pub fn an_event_of_a_newer_version_is_not_called_damaged_and_stops_only_its_case(
    place: &dyn Place,
) {
    let own = store(place);
    let ids = [b"a", b"b"].map(|bytes| open(&own, bytes));
    tell(&own, &ids[0], note("one")).unwrap();
    own.place(10).unwrap();
    place.unguard();
    let text = text_of(&own, &ids[0], 2);
    let newer = text.replace("\"event\":\"noted\"", "\"event\":\"dreamt\"");
    assert_ne!(newer, text);
    rewrite_the_last(place, &ids[0], 2, &newer);
    let own = store(place);
    let told = own.events(&ids[0]).unwrap_err();
    assert!(matches!(told, StoreError::NotKnown(_)), "{told:?}");
    let told = told.to_string();
    assert!(
        told.starts_with("event 2 of case 2026-0001: it has the word `dreamt`"),
        "{told}"
    );
    assert!(
        !told.contains("damaged") && !told.contains("backup"),
        "{told}"
    );
    let refused = tell(&own, &ids[0], note("more")).unwrap_err();
    assert!(
        matches!(&refused, Failed::Store(StoreError::NotKnown(why)) if why.contains("`dreamt`")),
        "{refused:?}"
    );
    tell(&own, &ids[1], note("more")).unwrap();
}
