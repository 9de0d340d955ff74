use lagrum_notes::SigningKey;

use crate::tests::support::*;
use crate::{Error, Head, HeadStore, Log, MAXIMUM_BATCH, Recovery};

#[test]
fn a_new_log_publishes_a_signed_checkpoint_of_the_empty_tree() {
    let (place, mut store) = (Place::new(), MemoryStore::default());
    let mut log = place.open(&store.faults).unwrap();
    let first = log.recover(&mut store).unwrap();
    assert_eq!(
        (first.head, first.recovery),
        (Head::EMPTY, Recovery::Created)
    );
    assert_eq!(log.checkpoint().unwrap().head(), Head::EMPTY);
    assert_eq!(log.checkpoint().unwrap().origin(), ORIGIN);
    assert_eq!(files_under(&place.public()), ["checkpoint"]);
    assert_eq!(log.verify_all().unwrap().bundles, 0);
    assert_eq!(log.recover(&mut store).unwrap().recovery, Recovery::Clean);
}

#[test]
fn an_empty_batch_changes_nothing() {
    let (place, mut store) = Place::with_log(3);
    let before = files_under(&place.public());
    let head = place.append(&mut store, 3, 3).unwrap();
    assert_eq!(Some(head), store.head);
    assert_eq!(files_under(&place.public()), before);
}

#[test]
fn entries_and_proofs_outside_the_log_are_refused() {
    let (place, _) = Place::with_log(3);
    let reader = place.reader();
    assert!(matches!(
        reader.prove(3),
        Err(Error::NotInLog { size: 3, .. })
    ));
    assert!(matches!(
        reader.entry(u64::MAX),
        Err(Error::NotInLog { .. })
    ));
    let error = reader.prove_consistency(4).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("tree size 4 is not in the log, which has 3")
    );
}

#[test]
fn only_one_writer_at_a_time_can_open_the_log() {
    let (place, store) = Place::with_log(1);
    let first = place.open(&store.faults).unwrap();
    assert!(matches!(
        place.open(&store.faults),
        Err(Error::Locked { .. })
    ));
    drop(first);
    assert!(place.open(&store.faults).is_ok());
}

#[test]
fn a_batch_that_is_too_large_is_refused_before_anything_is_written() {
    let (place, mut store) = Place::with_log(1);
    let batch = vec![commitments(1, 2)[0]; MAXIMUM_BATCH + 1];
    let mut log = place.open(&store.faults).unwrap();
    let error = log.append(&mut store, &batch).unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }));
    assert_eq!(store.head.unwrap().size, 1);
}

#[test]
fn the_same_entry_twice_is_two_entries() {
    let (place, mut store) = Place::with_log(2);
    place.append(&mut store, 0, 2).unwrap();
    let reader = place.reader();
    assert_eq!(reader.entry(0).unwrap(), reader.entry(2).unwrap());
    assert_eq!(reader.verify_all().unwrap().head.size, 4);
}

/// A store in which somebody else always is first.
struct Raced(MemoryStore);

impl HeadStore for Raced {
    type Error = std::io::Error;

    fn head(&self) -> Result<Option<Head>, Self::Error> {
        self.0.head()
    }

    fn compare_and_swap(&mut self, _: Option<&Head>, _: &Head) -> Result<bool, Self::Error> {
        Ok(false)
    }
}

#[test]
fn a_writer_who_lost_the_race_publishes_nothing() {
    let (place, mut store) = Place::with_log(5);
    let before = files_under(&place.public());
    let mut raced = Raced(store.clone());
    let mut log = place.open(&store.faults).unwrap();
    let result = log.append(&mut raced, &commitments(5, 9));
    assert!(matches!(result, Err(Error::HeadMoved)));
    assert_eq!(files_under(&place.public()), before);
    assert_eq!(files_under(&place.staging()), ["lock"]);
    assert_eq!(log.append(&mut store, &commitments(5, 7)).unwrap().size, 7);
}

#[test]
fn a_log_is_not_continued_with_another_key() {
    let (place, mut store) = Place::with_log(5);
    let other = SigningKey::from_seed(&[43; 32], ORIGIN).unwrap();
    let mut log = Log::open(&place.public(), &place.staging(), other).unwrap();
    assert_eq!(
        blamed(log.append(&mut store, &commitments(5, 6))),
        "checkpoint"
    );
}

#[test]
fn cosignatures_are_published_with_the_checkpoint_and_survive_recovery() {
    let (place, mut store) = Place::with_log(5);
    let mut log = place.open(&store.faults).unwrap();
    let checkpoint = log.checkpoint().unwrap();
    let line = "\u{2014} witness.example/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn\n";
    assert!(checkpoint.signed().with_signatures(line).is_err());
    let line = "\u{2014} witness.example/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9\n";
    let cosigned = checkpoint.signed().with_signatures(line).unwrap();
    log.publish_cosigned(&cosigned).unwrap();
    log.recover(&mut store).unwrap();
    assert_eq!(log.checkpoint().unwrap().signed(), &cosigned);
    assert_eq!(log.prove(2).unwrap().checkpoint(), &cosigned);

    log.append(&mut store, &commitments(5, 6)).unwrap();
    let refused = log.publish_cosigned(&cosigned);
    assert!(matches!(refused, Err(Error::NotProved { .. })));
    assert_eq!(log.checkpoint().unwrap().head().size, 6);
}
