use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use lagrum_model::Role;
use lagrum_store::{CaseFilter, Order, Page, StoreError};
use rand_core::OsRng;

use super::world::{World, decide, person, take};
use crate::{CommandError, Desk, SettleError};

/// How long the crowd works: three seconds, or `LAGRUM_SECONDS`.
fn duration() -> Duration {
    let told = std::env::var("LAGRUM_SECONDS").ok();
    Duration::from_secs(told.and_then(|text| text.parse().ok()).unwrap_or(3))
}

#[test]
fn eight_writers_and_twenty_readers_lose_nothing_and_record_nothing_twice() {
    a_crowd_works(&World::new());
}

#[test]
fn the_same_crowd_works_over_a_server_with_two_desk_processes() {
    match World::on_a_server() {
        Ok(world) => a_crowd_works(&world),
        Err(why) => println!("SKIPPED: {why}"),
    }
}

fn a_crowd_works(world: &World) {
    let until = Instant::now() + duration();
    let (taken, read) = (AtomicU64::new(0), AtomicU64::new(0));
    // Two desks over one database, as two processes have it.
    let desks = [world.desk(), world.desk()];
    thread::scope(|scope| {
        for number in 0..8_usize {
            let (desk, taken) = (&desks[number % 2], &taken);
            scope.spawn(move || {
                let mut random = OsRng;
                let by = person(desk, Role::Analyst);
                let mut session = desk.session(by, &world.time, &mut random);
                let mut round = 0;
                while Instant::now() < until {
                    round += 1;
                    let id = take(&mut session, &format!("R {number}/{round}")).case;
                    decide(&mut session, &id);
                    for key in &world.keys {
                        let waiting = session.to_sign(&id).unwrap();
                        let lines = waiting
                            .iter()
                            .map(|one| (one.mandate, key.sign_line(&one.text).unwrap()));
                        let lines: Vec<_> = lines.collect();
                        session.add_signatures(&id, &lines).unwrap();
                    }
                    settle(desk);
                    taken.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for number in 0..20_usize {
            let (desk, read) = (&desks[number % 2], &read);
            scope.spawn(move || {
                let mut random = OsRng;
                let by = person(desk, Role::Auditor);
                let session = desk.session(by, &world.time, &mut random);
                while Instant::now() < until {
                    let page = session
                        .cases(&CaseFilter::default(), Order::Newest, Page::number(1, 20))
                        .unwrap();
                    for summary in page.items.iter().take(2) {
                        let view = session.case(&summary.case).unwrap();
                        assert!(view.events.len() as u64 >= summary.events);
                    }
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let desk = world.desk();
    settle(&desk);
    let (taken, read) = (taken.into_inner(), read.into_inner());
    println!("{taken} cases to a decision, {read} reads");
    assert!(taken >= 8 && read >= 20, "{taken} {read}");

    let mut random = OsRng;
    let admin = desk.session(person(&desk, Role::Administrator), &world.time, &mut random);
    assert_eq!(admin.compare().unwrap(), []);
    let mut events = 0;
    let mut references = BTreeSet::new();
    let mut after = None;
    loop {
        let chunk = desk.inner.store.cases_after(after.as_ref(), 100).unwrap();
        let Some(last) = chunk.last() else { break };
        after = Some(last.case.clone());
        for record in &chunk {
            let case = desk.inner.store.case(&record.case).unwrap();
            assert!(references.insert(case.demand.unwrap().reference), "twice");
            assert_eq!(case.mandates.len(), 1);
            events += record.events;
        }
    }
    assert_eq!(references.len() as u64, taken);
    let inbox = std::fs::read_dir(world.dir().join("exchange/in")).unwrap();
    let sent = inbox
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".mandate"));
    assert_eq!(sent.count() as u64, taken, "each mandate is with its agent");
    assert_eq!(world.whole_log().head.size, events, "each event once");
}

fn settle(desk: &Desk) {
    match desk.settle() {
        Ok(_) => {}
        Err(SettleError::Store(StoreError::ChangedMeanwhile)) => {}
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn opening_and_reading_take_no_lock_and_write_nothing() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let id = take(&mut session, "R 1").case;
    desk.settle().unwrap();
    // The log is held by somebody else, and its key is out of reach.
    let key = world.dir().join("log.key");
    let lock = std::fs::File::open(world.dir().join("staging/lock")).unwrap();
    lock.lock().unwrap();
    let hidden = world.dir().join("hidden");
    std::fs::rename(&key, &hidden).unwrap();
    let entries = |dir: &std::path::Path| {
        let mut found: Vec<_> = std::fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name(), entry.metadata().unwrap().len()))
            .filter(|(name, _)| !name.to_string_lossy().contains("sqlite-"))
            .collect();
        found.sort();
        found
    };
    let before = entries(world.dir());
    let other = world.desk();
    let mut random = OsRng;
    let reader = other.session(person(&other, Role::Auditor), &world.time, &mut random);
    assert_eq!(reader.case(&id).unwrap().events.len(), 2);
    let page = Page::number(1, 10);
    let list = reader
        .cases(&CaseFilter::default(), Order::Due, page)
        .unwrap();
    assert_eq!(list.total, 1);
    assert_eq!(entries(world.dir()), before);
    // And work goes on: only the log waits.
    session.note(&id, "called").unwrap();
    std::fs::rename(&hidden, &key).unwrap();
    drop(lock);
    assert_eq!(desk.settle().unwrap().entries, 3);
}

#[test]
fn what_is_recorded_and_not_yet_public_has_no_proof_and_is_not_lost() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Analyst), &world.time, &mut random);
    let id = take(&mut session, "R 1").case;
    assert!(session.proof(&id, 1).unwrap().is_none());
    // The log cannot be written: a file lies where its directory must be.
    std::fs::write(world.dir().join("log"), "not a directory").unwrap();
    assert!(desk.settle().is_err());
    assert!(session.proof(&id, 1).is_ok_and(|proof| proof.is_none()));
    std::fs::remove_file(world.dir().join("log")).unwrap();
    assert_eq!(desk.settle().unwrap().entries, 2);
    assert!(session.proof(&id, 1).unwrap().is_some());
    let missing = session.proof(&id, 9).unwrap_err();
    assert!(matches!(
        missing,
        CommandError::Store(StoreError::NoSuchEvent { .. })
    ));
}
