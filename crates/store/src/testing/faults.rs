//! Failures at every step.

use std::sync::Arc;

use lagrum_log::{Hash, Head, HeadStore};

use super::faulty::{Failure, Faulty};
use super::logging::item;
use super::*;
use crate::{Leaf, Outgoing, Thing};

/// All that a change can touch.
#[derive(Debug, PartialEq)]
struct Snapshot {
    cases: Vec<crate::CaseRecord>,
    events: Vec<Vec<Event>>,
    summaries: Vec<Summary>,
    outbox: Vec<Outgoing>,
    entries: Vec<Leaf>,
    head: Option<Head>,
    shelves: Vec<Vec<Vec<u8>>>,
    arranged: String,
    cards: Vec<Option<String>>,
}

/// What the acts put on the shelf.
const KINDS: [&str; 3] = ["draft", "challenge", "mark"];

fn snapshot(store: &Store) -> Snapshot {
    let cases = store.cases_after(None, u32::MAX).unwrap();
    let readable: Vec<_> = cases.iter().filter(|record| record.key.is_some()).collect();
    Snapshot {
        events: readable
            .iter()
            .map(|record| store.events(&record.case).unwrap())
            .collect(),
        summaries: readable
            .iter()
            .map(|record| store.summary(&record.case).unwrap())
            .collect(),
        outbox: store.outbox(0, u32::MAX).unwrap(),
        entries: store.entries_from(0, u32::MAX).unwrap(),
        head: store.log_head().head().unwrap(),
        shelves: KINDS
            .iter()
            .map(|kind| {
                let mut things = store.shelf().all(kind, at(0)).unwrap();
                things.sort();
                things
            })
            .collect(),
        arranged: store.arranged().unwrap(),
        cards: cases
            .iter()
            .map(|record| Some(store.opening(&record.case).unwrap()?.to_text()))
            .collect(),
        cases,
    }
}

/// What is done to a store: the attempt's number makes it new each time. Gives whether it is done.
type Act = fn(&Store, u32) -> Result<(), Failed>;

fn opening(store: &Store, attempt: u32) -> Result<(), Failed> {
    let bytes = format!("opening {attempt}");
    let originals = [bytes.as_bytes(), b"annex"];
    store.open_case(
        "intake",
        at(0),
        &originals,
        &mut MadeRandom,
        &project,
        |changes| {
            changes.command(receive(bytes.as_bytes()), &analyst(), "received")?;
            changes.command(note("and noted"), &analyst(), "")?;
            changes.send(item(&bytes));
            Ok::<_, Failed>(())
        },
    )?;
    Ok(())
}

fn changing(store: &Store, attempt: u32) -> Result<(), Failed> {
    let text = format!("changing {attempt}");
    change(store, &CaseId::new(2026, 1), |changes| {
        let is_noted = changes.case().notes.iter().any(|noted| noted.text == text);
        if !is_noted {
            changes.command(note(&text), &analyst(), "")?;
            changes.send(item(&text));
            changes.done("first");
        }
        Ok(())
    })
}

fn placing(store: &Store, attempt: u32) -> Result<(), Failed> {
    let text = format!("placing {attempt}");
    let noted = store.case(&CaseId::new(2026, 1))?.notes;
    if noted.iter().all(|noted| noted.text != text) {
        tell(store, &CaseId::new(2026, 1), note(&text))?;
    }
    Ok(store.place(100).map(drop)?)
}

fn moving_the_head(store: &Store, attempt: u32) -> Result<(), Failed> {
    let mut log_head = store.log_head();
    let old = log_head.head()?;
    let new = Head {
        size: u64::from(attempt),
        root: Hash([1; 32]),
    };
    if old != Some(new) {
        assert!(log_head.compare_and_swap(old.as_ref(), &new)?);
    }
    Ok(())
}

fn striking_off(store: &Store, _: u32) -> Result<(), Failed> {
    match store.outbox(0, 1)?.first() {
        Some(outgoing) => Ok(store.outbox_done(&outgoing.item.as_ref().unwrap().key)?),
        None => Ok(()),
    }
}

fn rebuilding(store: &Store, _: u32) -> Result<(), Failed> {
    Ok(store.rebuild_summaries(&project).map(drop)?)
}

fn erasing(store: &Store, attempt: u32) -> Result<(), Failed> {
    let bytes = format!("erasing {attempt}");
    let opened = store.open_case(
        "intake",
        at(0),
        &[bytes.as_bytes()],
        &mut MadeRandom,
        &project,
        |changes| Ok::<_, Failed>(changes.command(receive(bytes.as_bytes()), &analyst(), "")?),
    )?;
    store.place(100)?;
    Ok(store.erase(&opened.case)?)
}

fn shelving(store: &Store, attempt: u32) -> Result<(), Failed> {
    let value = attempt.to_be_bytes();
    Ok(store
        .shelf()
        .put("draft", b"a", &value, None, &mut MadeRandom)?)
}

fn replacing(store: &Store, attempt: u32) -> Result<(), Failed> {
    let value = attempt.to_be_bytes();
    store
        .shelf()
        .replace("draft", b"a", &value, None, &mut MadeRandom)?;
    Ok(())
}

fn shelving_what_follows(store: &Store, attempt: u32) -> Result<(), Failed> {
    let key = attempt.to_be_bytes();
    let thing = |key| Thing {
        kind: "mark",
        key,
        value: &key[..1],
        until: None,
    };
    let follows = [&key[..], b"last"].concat();
    let things = [thing(&key[..]), thing(&follows)];
    store.shelf().put_all_if_first(&things, &mut MadeRandom)?;
    Ok(())
}

fn taking(store: &Store, attempt: u32) -> Result<(), Failed> {
    let (shelf, key) = (store.shelf(), attempt.to_be_bytes());
    shelf.put_first("challenge", &key, b"once", None, &mut MadeRandom)?;
    shelf.take("challenge", &key, at(0))?;
    Ok(())
}

fn sweeping(store: &Store, attempt: u32) -> Result<(), Failed> {
    let (shelf, key) = (store.shelf(), attempt.to_be_bytes());
    shelf.put("challenge", &key, b"short", Some(at(10)), &mut MadeRandom)?;
    Ok(shelf.sweep(at(20))?)
}

fn arranging(store: &Store, attempt: u32) -> Result<(), Failed> {
    // Nobody's, as the desk of these tests has no groups.
    store.arrange(&attempt.to_string(), &|_| String::new(), &project)?;
    Ok(())
}

fn announcing(store: &Store, attempt: u32) -> Result<(), Failed> {
    let rules = store.schedule()?;
    let (last, first) = (rules.rules().last(), rules.rules().is_empty());
    if last.is_some_and(|last| last.size == attempt + 1) {
        return Ok(());
    }
    let from = last.map_or(0, |last| last.begins + 40 * 24 * 3600);
    let from = match first {
        true => at(0),
        false => Timestamp::from_second(from as i64).unwrap(),
    };
    let rhythm = lagrum_log::Rhythm {
        size: attempt + 1,
        cards: 2,
        cards_every: 2,
        ..lagrum_log::Rhythm::default()
    };
    Ok(store
        .announce(rhythm, from, "log.test.example", at(0))
        .map(drop)?)
}

fn ticking(store: &Store, attempt: u32) -> Result<(), Failed> {
    let text = format!("ticking {attempt}");
    let noted = store.case(&CaseId::new(2026, 1))?.notes;
    if noted.iter().all(|noted| noted.text != text) {
        tell(store, &CaseId::new(2026, 1), note(&text))?;
    }
    match store.waits_until()? {
        Some(next) => Ok(store.tick(next, "release", &mut MadeRandom).map(drop)?),
        None => Ok(()),
    }
}

/// A store that is opened for the first time is marked with its key, or not opened.
pub fn a_failure_while_a_store_is_first_used_leaves_all_or_nothing(place: &dyn Place) {
    let faulty = Arc::new(Faulty::new(place.open().unwrap()));
    let store = Store::open(faulty.clone(), vault()).unwrap();
    let mut failed = 0;
    for step in 0.. {
        faulty.fail(step, Failure::Before);
        let done = shelving(&store, step);
        if faulty.heal() {
            break;
        }
        assert!(done.is_err());
        failed += 1;
        assert!(store.shelf().all("draft", at(0)).unwrap().is_empty());
    }
    assert!(failed > 2, "{failed}");
    assert!(!faulty.never_struck().contains(&"put_key_mark"));
}

/// At each step of each kind of transaction: before it, after it, and without anybody being told.
/// An error means that nothing of the last transaction is there; the same again does it once.
pub fn a_failure_at_any_step_leaves_all_or_nothing(place: &dyn Place) {
    let faulty = Arc::new(Faulty::new(place.open().unwrap()));
    let failures = [Failure::Before, Failure::After, Failure::Silent];
    let failed = all_or_nothing(&faulty, &failures);
    assert!(failed > 100, "only {failed} failures happened");
}

/// The same where the database itself crashes before each step, and while it is done. `crash` makes
/// it crash, and returns when it answers again.
pub fn a_database_that_crashes_at_any_step_leaves_all_or_nothing(
    place: &dyn Place,
    crash: Arc<dyn Fn() + Send + Sync>,
) {
    let faulty = Arc::new(Faulty::crashing(place.open().unwrap(), crash));
    let failed = all_or_nothing(&faulty, &[Failure::CrashBefore, Failure::CrashDuring]);
    assert!(failed > 20, "only {failed} failures happened");
}

/// Does each kind of act, fails at each of its steps, and says how many failed.
fn each(faulty: &Faulty, store: &Store, acts: &[(Act, bool)], failures: &[Failure]) -> u32 {
    let (mut attempt, mut failed) = (0, 0);
    for (act, is_single) in acts {
        let (act, is_single) = (*act, *is_single);
        // Acts that each time do the next thing, not the same.
        let goes_on =
            act as usize == erasing as Act as usize || act as usize == striking_off as Act as usize;
        for failure in failures {
            for step in 0.. {
                attempt += 1;
                let before = snapshot(store);
                faulty.fail(step, *failure);
                let result = act(store, attempt);
                let is_through = faulty.heal();
                if let Err(error) = &result {
                    failed += 1;
                    let is_told = !matches!(error, Failed::Store(StoreError::Uncertain { .. }));
                    if is_single && is_told {
                        assert_eq!(snapshot(store), before, "{failure:?} {step} {error:?}");
                    }
                }
                act(store, attempt).unwrap();
                if !goes_on {
                    let done = snapshot(store);
                    act(store, attempt).unwrap();
                    assert_eq!(
                        snapshot(store),
                        done,
                        "{failure:?} {step}: once and no more"
                    );
                }
                if is_through {
                    break;
                }
            }
        }
        is_whole(store);
    }
    failed
}

/// The batches of the log: announced once, and each fixed once.
pub fn a_failure_while_batches_are_fixed_leaves_all_or_nothing(place: &dyn Place) {
    let faulty = Arc::new(Faulty::new(place.open().unwrap()));
    let store = Store::open(faulty.clone(), vault()).unwrap();
    open(&store, b"a");
    let failures = [Failure::Before, Failure::After, Failure::Silent];
    let acts: [(Act, bool); 3] = [(announcing, true), (opening, true), (ticking, false)];
    let failed = each(&faulty, &store, &acts, &failures);
    assert!(failed > 20, "only {failed} failures happened");
    let never = faulty.never_struck();
    assert!(
        ["put_notice", "place", "lock_cards", "put_card"]
            .iter()
            .all(|step| !never.contains(step)),
        "{never:?}"
    );
}

/// Does each kind of act there is.
fn all_or_nothing(faulty: &Arc<Faulty>, failures: &[Failure]) -> u32 {
    let store = Store::open(faulty.clone(), vault()).unwrap();
    open(&store, b"a");
    tell(&store, &CaseId::new(2026, 1), note("first")).unwrap();
    // Those that are one transaction: an error leaves the state before it. Of the others each
    // transaction is whole, and doing it again goes on. What opens cases comes last, since every
    // look at the state looks at all of them.
    let acts: [(Act, bool); 13] = [
        (shelving, true),
        (replacing, true),
        (shelving_what_follows, true),
        (taking, false),
        (sweeping, false),
        (arranging, true),
        (changing, true),
        (striking_off, true),
        (moving_the_head, true),
        (placing, false),
        (rebuilding, false),
        (erasing, false),
        (opening, true),
    ];
    let failed = each(faulty, &store, &acts, failures);
    // A store is marked with its key once, before anything of this was done to it.
    let of_batches = ["put_notice", "lock_cards", "put_card", "remove_card"];
    assert_eq!(
        faulty.never_struck(),
        [&["pass_over"][..], &of_batches, &["put_key_mark"]].concat()
    );
    // Numbers of cases have no gaps, though openings failed.
    let cases = store.cases_after(None, u32::MAX).unwrap();
    let numbers = cases.iter().map(|record| record.case.number());
    assert!(numbers.eq(1..=cases.len() as u32));
    failed
}

/// Whoever commits and hears nothing asks what became of it, and tells the caller the truth.
pub fn a_lost_answer_to_a_commit_is_settled(place: &dyn Place) {
    let faulty = Arc::new(Faulty::new(place.open().unwrap()));
    let store = Store::open(faulty.clone(), vault()).unwrap();
    let id = open(&store, b"a");
    // Begin, lock, append, the groups by which the list is arranged, summary, words, facts, commit.
    const COMMIT: u32 = 7;
    faulty.fail(COMMIT, Failure::After);
    tell(&store, &id, note("recorded, and the answer lost")).unwrap();
    assert!(!faulty.heal());
    faulty.fail(COMMIT, Failure::Silent);
    let lost = tell(&store, &id, note("not recorded"));
    assert!(!faulty.heal());
    assert!(
        matches!(lost, Err(Failed::Store(StoreError::Unavailable { .. }))),
        "{lost:?}"
    );
    let texts: Vec<_> = store
        .case(&id)
        .unwrap()
        .notes
        .into_iter()
        .map(|note| note.text)
        .collect();
    assert_eq!(texts, ["recorded, and the answer lost"]);

    let mut log_head = store.log_head();
    let head = |size| Head {
        size,
        root: Hash([1; 32]),
    };
    // Begin, lock, swap, commit.
    faulty.fail(3, Failure::After);
    assert!(log_head.compare_and_swap(None, &head(1)).unwrap());
    faulty.fail(3, Failure::Silent);
    let lost = log_head.compare_and_swap(Some(&head(1)), &head(2));
    assert!(
        matches!(lost, Err(StoreError::Unavailable { .. })),
        "{lost:?}"
    );
    assert!(!faulty.heal());
    assert_eq!(log_head.head().unwrap(), Some(head(1)));
}
