//! A log whose checkpoints are published when its witnesses have seen them, and not before.

use std::fs;

use lagrum_notes::{SigningKey, role};

use crate::tests::support::*;
use crate::{
    CheckpointPolicy, Error, Head, Log, Recovery, SignedCheckpoint, layout, verify_growth,
};

fn witness(number: u8) -> SigningKey<role::Witness> {
    SigningKey::from_seed(&[number; 32], &format!("w{number}.example/w")).unwrap()
}

/// Two of three have to have seen it.
fn two_of_three() -> CheckpointPolicy {
    let witnesses = [1, 2, 3].map(|number| witness(number).verifying_key());
    CheckpointPolicy::new(key().verifying_key(), witnesses.to_vec(), 2).unwrap()
}

fn seen_by(checkpoint: &SignedCheckpoint, numbers: &[u8]) -> SignedCheckpoint {
    let mut seen = checkpoint.clone();
    for number in numbers {
        let key = witness(*number);
        let line = key.cosign(seen.body(), 1_800_000_000).unwrap();
        let with = seen.with_cosignature_of(&key.verifying_key(), &format!("{line}\n"));
        seen = with.unwrap().unwrap();
    }
    seen
}

impl Place {
    fn held(&self, store: &MemoryStore) -> Log {
        let log = self.open(&store.faults).unwrap();
        log.published_when(two_of_three())
    }

    fn pending(&self) -> std::path::PathBuf {
        self.staging().join("pending")
    }
}

/// The newest checkpoint of a log, seen by these.
fn newest(log: &Log, numbers: &[u8]) -> SignedCheckpoint {
    seen_by(log.reader().newest().unwrap().signed(), numbers)
}

#[test]
fn nothing_is_published_before_enough_witnesses_have_seen_it() {
    let (place, mut store) = (Place::new(), MemoryStore::default());
    let mut log = place.held(&store);
    log.append(&mut store, &commitments(0, 5)).unwrap();
    // Nobody reads a checkpoint yet; the tiles under it are there, and the keeper sees it.
    assert_eq!(blamed(place.reader().checkpoint()), layout::CHECKPOINT);
    assert_eq!(log.reader().newest().unwrap().head().size, 5);
    log.verify_all().unwrap();

    let first = newest(&log, &[1]);
    assert!(!log.publish_cosigned(&first).unwrap());
    assert!(!place.file(layout::CHECKPOINT).exists());
    // The one that saw it is remembered, also over another start.
    drop(log);
    let mut log = place.held(&store);
    assert_eq!(log.recover(&mut store).unwrap().recovery, Recovery::Clean);
    let second = newest(&log, &[3]);
    assert!(log.publish_cosigned(&second).unwrap());
    assert!(!place.pending().exists());
    let published = place.reader().checkpoint().unwrap();
    assert_eq!(
        two_of_three()
            .verify(published.signed())
            .unwrap()
            .head()
            .size,
        5
    );

    // The next waits, and readers stay with the one before.
    log.append(&mut store, &commitments(5, 300)).unwrap();
    let read = place.reader().checkpoint().unwrap();
    assert_eq!(read, published);
    assert_eq!(log.prove(4).unwrap().checkpoint(), published.signed());
    assert!(matches!(log.prove(5), Err(Error::NotInLog { size: 5, .. })));
    place.reader().verify_all().unwrap();
    let kept = log.reader();
    let entries: Vec<_> = (0..).zip(commitments(0, 300)).collect();
    assert_eq!(kept.compare(&entries).unwrap().size, Some(300));
    assert_eq!(place.reader().compare(&entries).unwrap().size, Some(5));
    let newest = kept.newest().unwrap();
    let grew = kept.prove_growth(&newest, 5).unwrap();
    verify_growth(&published.head(), &newest, &grew).unwrap();
}

#[test]
fn who_asks_the_witnesses_need_not_be_faster_than_what_is_appended() {
    let (place, mut store) = (Place::new(), MemoryStore::default());
    let mut log = place.held(&store);
    for size in [3, 250, 700] {
        let before = store.head.map_or(0, |head| head.size);
        log.append(&mut store, &commitments(before, size)).unwrap();
        let asked = newest(&log, &[1, 2]);
        // It grows while they answer, past full tiles.
        log.append(&mut store, &commitments(size, size + 20))
            .unwrap();
        assert!(log.publish_cosigned(&asked).unwrap());
        assert_eq!(place.reader().checkpoint().unwrap().head().size, size);
        place.reader().verify_all().unwrap();
        assert_eq!(log.reader().newest().unwrap().head().size, size + 20);
        assert_eq!(log.recover(&mut store).unwrap().head.size, size + 20);
    }
    let late = place.reader().checkpoint().unwrap();
    let last = newest(&log, &[2, 3]);
    assert!(log.publish_cosigned(&last).unwrap());
    // What is older is not published again, and another history never.
    for other in [late.signed().clone(), {
        let root = crate::Hash([7; 32]);
        let forged = SignedCheckpoint::sign(&key(), &Head { size: 720, root }).unwrap();
        seen_by(&forged, &[1, 2, 3])
    }] {
        let refused = log.publish_cosigned(&other);
        assert!(
            matches!(refused, Err(Error::NotProved { .. })),
            "{refused:?}"
        );
    }
    let more = SignedCheckpoint::sign(
        &key(),
        &Head {
            size: 900,
            root: crate::Hash([7; 32]),
        },
    );
    assert!(
        log.publish_cosigned(&seen_by(&more.unwrap(), &[1, 2, 3]))
            .is_err()
    );
    assert_eq!(place.reader().checkpoint().unwrap().signed(), &last);
}

#[test]
fn after_a_crash_at_any_place_what_is_published_was_seen_and_the_log_goes_on() {
    let mut crashes = 0;
    loop {
        let (place, mut store) = (Place::new(), MemoryStore::default());
        let mut log = place.held(&store);
        log.append(&mut store, &commitments(0, 250)).unwrap();
        let seen = newest(&log, &[1, 2]);
        log.publish_cosigned(&seen).unwrap();
        store.faults.fail_after(crashes);
        let result = log
            .append(&mut store, &commitments(250, 300))
            .and_then(|_| {
                let one = newest(&log, &[1]);
                log.publish_cosigned(&one)?;
                let two = newest(&log, &[2]);
                log.append(&mut store, &commitments(300, 310))?;
                log.publish_cosigned(&two)
            });
        let done = store.faults.none();
        assert_eq!(done, result.is_ok(), "place {crashes}");
        drop(log);
        let read = place.reader().checkpoint().unwrap();
        two_of_three().verify(read.signed()).unwrap();
        place.reader().verify_all().unwrap();

        let mut log = place.held(&store);
        let size = log.recover(&mut store).unwrap().head.size;
        assert_eq!(log.recover(&mut store).unwrap().recovery, Recovery::Clean);
        assert_eq!(log.reader().newest().unwrap().head().size, size);
        log.append(&mut store, &commitments(size, 320)).unwrap();
        let all = newest(&log, &[1, 3]);
        assert!(log.publish_cosigned(&all).unwrap());
        assert_eq!(place.reader().verify_all().unwrap().head.size, 320);
        assert_eq!(files_under(&place.staging()), ["lock"]);
        if done {
            break;
        }
        crashes += 1;
    }
    assert!(crashes >= 30, "only {crashes} places");
}

#[test]
fn a_published_checkpoint_that_was_rolled_back_is_found_while_another_waits() {
    let (place, mut store) = (Place::new(), MemoryStore::default());
    let mut log = place.held(&store);
    log.append(&mut store, &commitments(0, 5)).unwrap();
    let five = newest(&log, &[1, 2]);
    log.publish_cosigned(&five).unwrap();
    let older = fs::read(place.file(layout::CHECKPOINT)).unwrap();
    log.append(&mut store, &commitments(5, 10)).unwrap();
    let ten = newest(&log, &[1, 2]);
    log.publish_cosigned(&ten).unwrap();
    log.append(&mut store, &commitments(10, 12)).unwrap();
    fs::write(place.file(layout::CHECKPOINT), older).unwrap();
    let found = log.recover(&mut store);
    assert!(
        matches!(
            found,
            Err(Error::CheckpointBehind {
                published: 5,
                head: 12
            })
        ),
        "{found:?}"
    );
    log.publish_again(&store).unwrap();
    log.recover(&mut store).unwrap();

    // What waits and is damaged is told, and made anew by who publishes the head again.
    fs::write(place.pending(), "after 5\nnothing").unwrap();
    assert!(matches!(
        log.recover(&mut store),
        Err(Error::Damaged { .. })
    ));
    log.publish_again(&store).unwrap();
    assert_eq!(log.recover(&mut store).unwrap().head.size, 12);
    assert_eq!(log.reader().newest().unwrap().head().size, 12);
}

#[test]
fn who_has_to_see_the_log_can_change() {
    let (place, mut store) = Place::with_log(5);
    // What was published before gathers there what it lacks.
    let mut log = place.held(&store);
    log.recover(&mut store).unwrap();
    let one = newest(&log, &[1]);
    assert!(!log.publish_cosigned(&one).unwrap());
    let two = newest(&log, &[2]);
    assert!(log.publish_cosigned(&two).unwrap());
    assert_eq!(place.reader().checkpoint().unwrap().signed(), &two);
    // The next waits, until nobody has to see it any more.
    log.append(&mut store, &commitments(5, 9)).unwrap();
    drop(log);
    assert_eq!(place.reader().checkpoint().unwrap().head().size, 5);
    place
        .open(&store.faults)
        .unwrap()
        .recover(&mut store)
        .unwrap();
    assert_eq!(place.reader().checkpoint().unwrap().head().size, 9);
    assert!(!place.pending().exists());
}

#[test]
fn a_checkpoint_that_waits_while_the_key_changes_is_signed_with_both() {
    let (place, mut store) = (Place::new(), MemoryStore::default());
    let mut log = place.held(&store);
    log.append(&mut store, &commitments(0, 5)).unwrap();
    let next = SigningKey::from_seed(&[43; 32], ORIGIN).unwrap();
    log.sign_with_next(&mut store, &next).unwrap();
    drop(log);
    let witnesses = [1, 2].map(|number| witness(number).verifying_key());
    let policy = CheckpointPolicy::new(next.verifying_key(), witnesses.to_vec(), 2).unwrap();
    let log = Log::open(&place.public(), &place.staging(), next).unwrap();
    let mut log = log.published_when(policy.clone());
    assert_eq!(log.recover(&mut store).unwrap().head.size, 5);
    let seen = newest(&log, &[1, 2]);
    assert!(log.publish_cosigned(&seen).unwrap());
    let read = fs::read(place.file(layout::CHECKPOINT)).unwrap();
    let read = SignedCheckpoint::parse(&read).unwrap();
    policy.verify(&read).unwrap();
    two_of_three().verify(&read).unwrap();
}
