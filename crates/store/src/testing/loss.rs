//! A database that is older than the log.

use lagrum_log::{Head, HeadStore, Log, LogReader, Loss};

use super::batches::{minute, scheduled, tick, with_cards};
use super::faulty::{Failure, Faulty};
use super::logging::log;
use super::*;
use crate::PassedOver;

/// Gives positions to what is there, and brings the log up to them, with its public texts.
fn publish(store: &Store, log: &mut Log) -> Head {
    store.place(1000).unwrap();
    let mut head = log.recover(&mut store.log_head()).unwrap().head;
    loop {
        let entries = store.entries_from(head.size, 1000).unwrap();
        if entries.is_empty() {
            return head;
        }
        let texts = store.notices_from(head.size, 1000).unwrap();
        let entries: Vec<_> = entries.iter().map(|entry| entry.commitment).collect();
        log.put_notices(&texts, &entries).unwrap();
        head = log.append(&mut store.log_head(), &entries).unwrap();
    }
}

/// All that is wrong, and how many entries are lost.
fn verified(store: &Store, reader: &LogReader) -> (Vec<String>, u64) {
    let mut told = Vec::new();
    let mut tell = |fault: crate::Fault| told.push(fault.why);
    store
        .verify(&project, &mut |_, _, _| (), &mut tell)
        .unwrap();
    let size = reader.checkpoint().unwrap().head().size;
    let entries: Vec<_> = (0..size).map(|at| reader.entry(at).unwrap()).collect();
    let mut entry = |position: u64| Ok(entries.get(position as usize).copied());
    let mut losses = store.losses(size, &mut entry, &mut tell).unwrap();
    let lost = store
        .verify_entries(0, &entries, &mut losses, &mut tell)
        .unwrap();
    losses.finish(&mut tell);
    (told, lost)
}

/// Takes the log back to where it was: rows of the log that the older copy does not have, and those of case 3.
fn restore(place: &dyn Place, size: u64, head: &Head, more: &str) {
    let root = hex::encode(head.root.0);
    let root = match place.tamper("select 'one'::text") {
        Ok(()) => format!("'\\x{root}'::bytea"),
        // SQLite has no such cast.
        Err(_) => format!("x'{root}'"),
    };
    let of_case: String = [
        "unplaced",
        "event",
        "original",
        "summary",
        "summary_identifier",
        "summary_word",
        "watch",
        "fact",
        "outbox",
        "case_file",
    ]
    .iter()
    .map(|table| format!("delete from {table} where number = 3;"))
    .collect();
    place
        .tamper(&format!(
            "delete from log_entry where position >= {size}; delete from log_cover where position >= {size};
             {of_case} {more}
             update case_counter set last = 2 where last > 2;
             update log_state set size = {size}, head_size = {size}, head_root = {root}"
        ))
        .unwrap();
}

/// It takes in what the log has, says in public what nobody can say any more, gives no number twice, and goes on.
pub fn after_a_loss_was_stated_the_store_goes_on_where_the_log_is(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let own = store(place);
    let ids = [b"a", b"b"].map(|bytes| open(&own, bytes));
    let copied = publish(&own, &mut log);
    let nothing = own.state_loss(&log.reader(), "a disk broke", 0, at(9));
    assert!(matches!(nothing, Err(StoreError::Loss(_))), "{nothing:?}");

    // In the copy, and not placed when it was made.
    tell(&own, &ids[0], note("waits")).unwrap();
    publish(&own, &mut log);
    let lost = open(&own, b"c");
    publish(&own, &mut log);
    tell(&own, &ids[1], note("waits, too")).unwrap();
    publish(&own, &mut log);
    tell(&own, &lost, note("of which nobody will know")).unwrap();
    let now = publish(&own, &mut log);
    assert_eq!((copied.size, now.size), (2, 6));
    place.unguard();
    restore(
        place,
        copied.size,
        &copied,
        "insert into unplaced (year, number, event) values (2026, 1, 2), (2026, 2, 2);",
    );
    let own = store(place);
    let reader = log.reader();

    for wrong in ["", "two\nlines", &"x".repeat(301)] {
        let refused = own.state_loss(&reader, wrong, 0, at(9));
        assert!(matches!(refused, Err(StoreError::Loss(_))), "{refused:?}");
    }
    // At whichever step it fails, nothing is changed, and it can be done again.
    let faulty = Arc::new(Faulty::new(place.open().unwrap()));
    let failing = Store::open(faulty.clone(), vault()).unwrap();
    let mut step = 0;
    let stated = loop {
        faulty.fail(step, Failure::Before);
        let stated = failing.state_loss(&reader, "a disk broke", 0, at(9));
        if faulty.heal() {
            break stated.unwrap();
        }
        assert!(stated.is_err(), "step {step}");
        assert_eq!(own.log_head().head().unwrap(), Some(copied));
        assert_eq!(own.entries_from(0, 10).unwrap().len(), 2);
        step += 1;
    };
    assert!(step > 5 && !faulty.never_struck().contains(&"pass_over"));
    assert_eq!(
        (stated.entries, stated.recognised, stated.lost),
        (4, 2, 2),
        "{stated:?}"
    );
    let passed = PassedOver {
        year: 2026,
        first: 3,
        last: 200,
    };
    assert_eq!(stated.passed_over, Some(passed));
    assert_eq!(own.logged(&ids[0], 2).unwrap().position, Some(2));
    assert_eq!(own.log_head().head().unwrap(), Some(now));
    let again = own.state_loss(&reader, "again", 0, at(10));
    assert!(matches!(again, Err(StoreError::Loss(_))), "{again:?}");

    // As long as the log does not say so, nothing is stated.
    let (told, counted) = verified(&own, &reader);
    assert!(
        told.len() == 1 && told[0].contains("the loss is not stated yet"),
        "{told:?}"
    );
    assert_eq!(counted, 0);

    // It goes on; the log says what is lost, and nobody wonders about the numbers.
    assert_eq!(open(&own, b"d").number(), 201);
    publish(&own, &mut log);
    let texts = reader.texts(&own.schedule().unwrap()).unwrap();
    let [(position, text)] = &texts[..] else {
        panic!("{texts:?}");
    };
    let loss = Loss::parse(text).unwrap().unwrap();
    assert_eq!(
        (loss.first, loss.last, loss.lost, &*loss.why),
        (3, 5, 2, "a disk broke")
    );
    assert!(*position >= now.size);
    assert_eq!(verified(&own, &reader), (vec![], 2));
    log.verify_all().unwrap();

    // What is kept as lost without a word of the log is told: so nobody hides an event. Not between others that are
    // lost, and not by a text that the log does not have.
    place
        .tamper(
            "insert into log_lost select position, commitment from log_entry where position = 4;
             delete from log_entry where position = 4;
             delete from event where number = 2 and event = 2;
             update case_file set events = 1 where number = 2",
        )
        .unwrap();
    let (told, _) = verified(&own, &reader);
    let more = "says that 2 of its entries 3 to 5 are lost, and 3 are kept as lost";
    assert!(told.iter().any(|why| why.contains(more)), "{told:?}");
    let unsaid = |told: &[String]| {
        let unsaid =
            |at| format!("entry {at} of the public log is kept as lost, and nobody stated");
        (3..=5).all(|at| told.iter().any(|why| why.contains(&unsaid(at))))
    };
    place
        .tamper("update log_notice set position = 900000000 where kind = 'loss'")
        .unwrap();
    let (told, counted) = verified(&own, &reader);
    assert!(unsaid(&told), "{told:?}");
    let beyond = "kept as entry 900000000 of the log";
    assert!(told.iter().any(|why| why.contains(beyond)), "{told:?}");
    assert_eq!(counted, 0);
    // Where the log has another entry, it says nothing of the kind either.
    place
        .tamper("update log_notice set position = 0 where kind = 'loss'")
        .unwrap();
    assert!(unsaid(&verified(&own, &reader).0));
    place.tamper("delete from log_notice").unwrap();
    assert!(unsaid(&verified(&own, &reader).0));
}

/// All that the log has is recognised, and a case waited for its place in it: it left no entry, and its number is given
/// to no other case.
pub fn a_case_that_was_not_published_when_it_was_lost_shares_its_number_with_none(
    place: &dyn Place,
) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let own = store(place);
    let ids = [b"a", b"b"].map(|bytes| open(&own, bytes));
    let copied = publish(&own, &mut log);
    tell(&own, &ids[0], note("waits")).unwrap();
    publish(&own, &mut log);
    let lost = open(&own, b"c");
    place.unguard();
    restore(
        place,
        copied.size,
        &copied,
        "insert into unplaced (year, number, event) values (2026, 1, 2);",
    );
    let own = store(place);
    let stated = own
        .state_loss(&log.reader(), "a disk broke", 0, at(9))
        .unwrap();
    assert_eq!((stated.recognised, stated.lost), (1, 0), "{stated:?}");
    let passed = stated.passed_over.unwrap();
    assert!(passed.first == lost.number() && passed.last >= passed.first + 99);
    assert_eq!(open(&own, b"d").number(), passed.last + 1);
    // More are passed over by whoever says so, and none without a word.
    let none = own.state_loss(&log.reader(), "again", 0, at(10));
    assert!(matches!(none, Err(StoreError::Loss(_))), "{none:?}");
    let more = own.state_loss(&log.reader(), "again", 250, at(10)).unwrap();
    let more = more.passed_over.unwrap();
    assert!(more.first == passed.last + 2 && more.last > more.first + 249);
    publish(&own, &mut log);
    assert_eq!(verified(&own, &log.reader()), (vec![], 0));
}

/// Makes the database one in which the first batch alone was made, and every event waits for its place.
const AFTER_THE_FIRST_BATCH: &str = "delete from log_notice where position >= 4;
     delete from count_card where slot > 0 and year is null;
     insert into unplaced (year, number, event) select year, number, event from event;";

/// Texts that the log shows are taken in as they are, so that its indexes name them, and batches go on in time.
pub fn after_a_loss_batches_and_their_public_texts_go_on(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let own = with_cards(place, 3, 1);
    tick(&own, minute(0));
    let copied = publish(&own, &mut log);
    let id = open(&own, b"a");
    tick(&own, minute(10));
    tick(&own, minute(20));
    let now = publish(&own, &mut log);
    assert_eq!((copied.size, now.size), (4, 12));
    place.unguard();
    restore(place, copied.size, &copied, AFTER_THE_FIRST_BATCH);
    let own = store(place);
    let reader = log.reader();
    let stated = own
        .state_loss(&reader, "a disk broke", 0, at(1300))
        .unwrap();
    // Two batches of four: an index and a file of cards in each, two events, two that stand for nothing.
    assert_eq!(
        (stated.entries, stated.recognised, stated.texts, stated.lost),
        (8, 2, 4, 2)
    );
    assert_eq!(tick(&own, minute(25)).batches, 0);
    assert_eq!(tick(&own, minute(40)).batches, 2);
    publish(&own, &mut log);
    let schedule = reader.schedule().unwrap();
    let texts = reader.texts(&schedule).unwrap();
    assert_eq!(texts.len(), 2, "the rule, and the loss");
    assert!(own.logged(&id, 2).unwrap().position.is_some());
    assert_eq!(verified(&own, &reader), (vec![], 2));
}

/// A case that was given a card, after the copy was restored, in a file that the log had by then is counted anew; one
/// whose card is in the log keeps it.
pub fn after_a_loss_no_case_has_a_card_that_the_log_has_otherwise(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let own = with_cards(place, 3, 1);
    tick(&own, minute(0));
    let copied = publish(&own, &mut log);
    let id = open(&own, b"a");
    let kept = own.opening(&id).unwrap().unwrap();
    tick(&own, minute(10));
    publish(&own, &mut log);
    place.unguard();
    restore(place, copied.size, &copied, AFTER_THE_FIRST_BATCH);
    let own = store(place);
    let other = open(&own, b"b");
    let given = own.opening(&other).unwrap().unwrap().place().0;
    assert_eq!(given, kept.place().0, "the log has this file");
    let reader = log.reader();
    let stated = own.state_loss(&reader, "a disk broke", 0, at(700)).unwrap();
    assert_eq!(stated.uncounted, 1, "{stated:?}");
    assert_eq!(own.opening(&id).unwrap(), Some(kept));
    assert_eq!(own.opening(&other).unwrap(), None);
    change(&own, &other, |changes| {
        changes.count(&analyst());
        Ok(())
    })
    .unwrap();
    let anew = own.opening(&other).unwrap().unwrap();
    assert!(anew.place().0 > given);
    tick(&own, minute(20));
    let now = publish(&own, &mut log);
    assert_eq!(verified(&own, &reader).0, [""; 0]);
    // And the file that the log got has its card.
    let rules = own.schedule().unwrap();
    let slot = rules.slot(anew.place().0).unwrap();
    assert!(slot.leaf() < now.size);
    let file = reader.notice(slot.leaf()).unwrap().unwrap();
    let mut cards = lagrum_cards::Cards::new(anew.origin(), slot.number);
    cards.push(&file, slot.cards as usize).unwrap();
    assert_eq!(cards.at(slot.number, anew.place().1), Some(&anew.card()));
}

/// Another log, or positions that were given in the meantime: nothing is changed.
pub fn no_loss_is_stated_of_another_history(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let own = scheduled(place);
    tick(&own, minute(0));
    publish(&own, &mut log);
    let head = own.log_head().head().unwrap().unwrap();
    tick(&own, minute(10));
    let now = publish(&own, &mut log);
    let reader = log.reader();
    place.unguard();
    restore(place, head.size, &head, "");
    let own = store(place);
    // The restored desk worked on: it gave positions that the log has otherwise.
    tick(&own, minute(10));
    let refused = own.state_loss(&reader, "a disk broke", 0, at(9));
    assert!(
        matches!(&refused, Err(StoreError::Loss(why)) if why.contains("otherwise")),
        "{refused:?}"
    );
    restore(place, head.size, &Head { size: 4, ..now }, "");
    let refused = store(place).state_loss(&reader, "a disk broke", 0, at(9));
    assert!(
        matches!(&refused, Err(StoreError::Loss(why)) if why.contains("another one")),
        "{refused:?}"
    );
}
