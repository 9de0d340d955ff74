#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread::{Scope, ScopedJoinHandle};

use super::*;

const NOTHING: [i64; 0] = [];

struct Place {
    _directory: tempfile::TempDir,
    file: PathBuf,
    writer: Writer,
}

impl Place {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("desk.sqlite");
        let writer = Writer::open_new(&file);
        Self {
            _directory: directory,
            file,
            writer,
        }
    }

    /// The numbers that are final, as somebody else sees them.
    fn numbers(&self) -> Vec<i64> {
        let other = Connection::open(&self.file).unwrap();
        let mut query = other.prepare("select n from numbers order by n").unwrap();
        let numbers = query.query_map([], |row| row.get(0)).unwrap();
        numbers.collect::<Result<_, _>>().unwrap()
    }

    /// Waits for the turn in a thread of its own, after all that wait already.
    fn next<'s>(
        &'s self,
        scope: &'s Scope<'s, '_>,
        act: impl FnOnce(Turn<'_>) -> Result<(), StoreError> + Send + 's,
    ) -> ScopedJoinHandle<'s, Result<(), StoreError>> {
        let before = self.writer.state().queue.len();
        let thread = scope.spawn(|| act(self.writer.turn()?));
        while self.writer.state().queue.len() == before {
            std::thread::yield_now();
        }
        thread
    }
}

impl Writer {
    fn open_new(file: &Path) -> Self {
        drop(Connection::open(file).unwrap());
        let writer = Self::open(file).unwrap();
        let turn = writer.turn().unwrap();
        turn.execute_batch(
            "create table numbers (n integer primary key, of integer references numbers
                 deferrable initially deferred)",
        )
        .unwrap();
        turn.commit().unwrap();
        writer
    }
}

fn put(turn: Turn<'_>, n: i64) -> Result<(), StoreError> {
    turn.live()?
        .execute("insert into numbers (n) values (?1)", [n])
        .map_err(failure)?;
    turn.commit()
}

#[test]
fn turns_that_wait_for_each_other_become_final_together() {
    let place = Place::new();
    let put_and_look = |turn: Turn<'_>, n: i64| {
        turn.execute("insert into numbers (n) values (?1)", [n])
            .unwrap();
        if place.writer.state().queue.is_empty() {
            // The others have ended their turns; nobody sees it yet.
            let here: i64 = turn
                .query_row("select count(*) from numbers", [], |row| row.get(0))
                .unwrap();
            assert_eq!(here, 9);
            assert_eq!(place.numbers(), NOTHING);
        }
        turn.commit()
    };
    std::thread::scope(|scope| {
        let first = place.writer.turn().unwrap();
        let put_and_look = &put_and_look;
        let threads: Vec<_> = (0..9)
            .map(|n| place.next(scope, move |turn| put_and_look(turn, n)))
            .collect();
        drop(first);
        for thread in threads {
            thread.join().unwrap().unwrap();
        }
    });
    assert_eq!(place.numbers(), (0..9).collect::<Vec<_>>());
}

#[test]
fn a_turn_that_fails_undoes_only_itself() {
    let place = Place::new();
    std::thread::scope(|scope| {
        let first = place.writer.turn().unwrap();
        let one = place.next(scope, |turn| put(turn, 1));
        let dropped = place.next(scope, |turn| {
            turn.execute("insert into numbers (n) values (2)", [])
                .unwrap();
            Ok(())
        });
        let same = place.next(scope, |turn| put(turn, 1));
        let three = place.next(scope, |turn| put(turn, 3));
        drop(first);
        dropped.join().unwrap().unwrap();
        let both = [one.join().unwrap(), same.join().unwrap()];
        let refused =
            |result: &Result<(), StoreError>| matches!(result, Err(StoreError::ChangedMeanwhile));
        assert_eq!(both.iter().filter(|result| result.is_ok()).count(), 1);
        assert_eq!(both.iter().filter(|result| refused(result)).count(), 1);
        three.join().unwrap().unwrap();
    });
    assert_eq!(place.numbers(), [1, 3]);
    // Also when nobody comes after it.
    drop(place.writer.turn().unwrap());
    put(place.writer.turn().unwrap(), 4).unwrap();
    assert_eq!(place.numbers(), [1, 3, 4]);
}

#[test]
fn a_commit_that_fails_fails_for_all_who_shared_it_and_for_nobody_later() {
    let place = Place::new();
    std::thread::scope(|scope| {
        let first = place.writer.turn().unwrap();
        let good = place.next(scope, |turn| put(turn, 1));
        let bad = place.next(scope, |turn| {
            // Refers to nothing, which SQLite says only when it is made final.
            turn.execute("insert into numbers (n, of) values (2, 77)", [])
                .unwrap();
            turn.commit()
        });
        drop(first);
        for thread in [good, bad] {
            let result = thread.join().unwrap();
            assert!(
                matches!(result, Err(StoreError::Unavailable { .. })),
                "{result:?}"
            );
        }
    });
    assert_eq!(place.numbers(), NOTHING);
    put(place.writer.turn().unwrap(), 3).unwrap();
    assert_eq!(place.numbers(), [3]);
}

#[test]
fn a_transaction_that_sqlite_ended_by_itself_is_told_to_all_who_shared_it() {
    let place = Place::new();
    std::thread::scope(|scope| {
        let first = place.writer.turn().unwrap();
        let act = |turn: Turn<'_>| {
            if !place.writer.state().queue.is_empty() {
                return put(turn, 1);
            }
            // As after a failure of the disk.
            turn.execute_batch("rollback").unwrap();
            assert!(turn.live().is_err());
            turn.commit()
        };
        let threads = [place.next(scope, act), place.next(scope, act)];
        drop(first);
        for thread in threads {
            let result = thread.join().unwrap();
            assert!(
                matches!(result, Err(StoreError::Unavailable { .. })),
                "{result:?}"
            );
        }
    });
    assert_eq!(place.numbers(), NOTHING);
    put(place.writer.turn().unwrap(), 3).unwrap();
    assert_eq!(place.numbers(), [3]);
}

#[test]
fn who_waits_gets_the_turn_in_order_and_nobody_overtakes() {
    let place = Place::new();
    let order = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        let first = place.writer.turn().unwrap();
        let threads: Vec<_> = (0..6)
            .map(|n| {
                let order = &order;
                place.next(scope, move |turn| {
                    order.lock().unwrap().push(n);
                    put(turn, n)
                })
            })
            .collect();
        // Who wants another turn at once comes after all of them.
        drop(first);
        let again = place.writer.turn().unwrap();
        order.lock().unwrap().push(6);
        drop(again);
        for thread in threads {
            thread.join().unwrap().unwrap();
        }
    });
    assert_eq!(order.into_inner().unwrap(), [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn another_process_gets_in_between_however_many_wait_here() {
    let place = Place::new();
    let other = Writer::open(&place.file).unwrap();
    let (writes, done) = (AtomicI64::new(0), AtomicBool::new(false));
    let longest = std::thread::scope(|scope| {
        // Four here never leave the lock alone: each turn takes a while, and somebody always waits.
        for _ in 0..4 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let turn = place.writer.turn().unwrap();
                    std::thread::sleep(Duration::from_millis(20));
                    put(turn, writes.fetch_add(1, Ordering::Relaxed)).unwrap();
                }
            });
        }
        // Three turns, however long each of them is waited for.
        let turns = (1..=3).map(|n| {
            let began = Instant::now();
            let written = other.turn().and_then(|turn| put(turn, -n));
            std::thread::sleep(Duration::from_millis(10));
            written.map(|()| began.elapsed())
        });
        let waited: Result<Vec<_>, _> = turns.collect();
        done.store(true, Ordering::Relaxed);
        waited.unwrap().into_iter().max().unwrap()
    });
    println!("the longest wait was {longest:?}");
    assert!(longest < PATIENCE / 2, "{longest:?}");
}
