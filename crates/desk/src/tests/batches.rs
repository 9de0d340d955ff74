//! A desk whose log is written in batches at ticks.

use std::fs;
use std::path::Path;

use jiff::SignedDuration;
use lagrum_log::Rhythm;
use lagrum_model::{Matter, Refusal, Role, Standing, TimeSource as _};
use rand_core::OsRng;

use super::world::{World, decide, person, sign, take};
use crate::{CommandError, Desk, Genuine};

const TEN_MINUTES: SignedDuration = SignedDuration::from_mins(10);

#[test]
fn a_mandate_goes_to_its_agent_with_the_batch_that_has_its_release() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    desk.begin_batches(Rhythm::default(), world.time.now())
        .unwrap();
    let mut session = desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    session.settle().unwrap();
    assert_eq!(world.whole_log().head.size, 8);

    let id = take(&mut session, "R 1").case;
    decide(&mut session, &id);
    let waits = session.settle().unwrap().0;
    assert_eq!((waits.entries, waits.is_public()), (8, false));
    while !session.settle().unwrap().0.is_public() {
        world.time.advance(TEN_MINUTES);
    }
    let before = world.whole_log().head.size;
    sign(&world, &mut session, &id);
    // Whatever was recorded, the log is as long as it was, and says when it grows.
    let (settled, _) = session.settle().unwrap();
    assert_eq!((settled.entries, settled.released.len()), (before, 0));
    assert!(!settled.is_public());
    let next = settled.next_batch.unwrap();
    let found = session.check().unwrap();
    let waits = found
        .lines
        .iter()
        .find(|line| matches!(line.matter, Matter::LogWaits { at, .. } if at == next));
    assert_eq!(
        waits.map(|line| line.standing),
        Some(Standing::InOrder),
        "{found:?}"
    );

    world.time.advance(TEN_MINUTES);
    let (settled, _) = session.settle().unwrap();
    assert_eq!(settled.entries, before + 8);
    assert_eq!(settled.released, std::slice::from_ref(&id));
    assert!(settled.is_public());
    session.proof(&id, 1).unwrap().unwrap();
    drop(session);

    // Everything is what it was, from every side.
    let mut random = OsRng;
    let mut session = desk.session(person(&desk, Role::Administrator), &world.time, &mut random);
    let mut told = vec![];
    let whole = session
        .verify(&mut |fault| told.push(fault.clone()))
        .unwrap();
    assert_eq!((whole.faults, told.len()), (0, 0), "{told:?}");
    assert_eq!(session.log_schedule().unwrap().rules().len(), 1);

    // Another rhythm is announced in time, or not at all.
    let rhythm = Rhythm {
        size: 16,
        ..Rhythm::default()
    };
    let soon = world.time.now() + SignedDuration::from_hours(24 * 29);
    let refused = session.announce_batches(rhythm, Some(soon));
    assert!(
        matches!(refused, Err(CommandError::Store(_))),
        "{refused:?}"
    );
    let why = refused.unwrap_err().to_string();
    assert!(why.contains("thirty days before"), "{why}");
    let rule = session.announce_batches(rhythm, None).unwrap();
    assert_eq!(rule.size, 16);
    assert_eq!(session.log_schedule().unwrap().rules().len(), 2);
    assert!(
        desk.begin_batches(rhythm, world.time.now()).is_err(),
        "there is a schedule"
    );
}

#[test]
fn how_full_the_batches_are_is_told_before_anything_waits_too_long() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let rhythm = Rhythm {
        size: 2,
        ..Rhythm::default()
    };
    desk.begin_batches(rhythm, world.time.now()).unwrap();
    let mut session = desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    let id = take(&mut session, "R 1").case;
    decide(&mut session, &id);
    for n in 0..8 {
        session.note(&id, &format!("much happens: {n}")).unwrap();
    }
    for key in &world.keys {
        let waiting = session.to_sign(&id).unwrap();
        let line = |one: &crate::ToSign| (one.mandate, key.sign_line(&one.text).unwrap());
        let lines: Vec<_> = waiting.iter().map(line).collect();
        session.add_signatures(&id, &lines).unwrap();
    }
    // What is urgent has no room in the batches of the next twenty minutes: they are written at once, and so much
    // is told.
    let (settled, _) = session.settle().unwrap();
    assert_eq!(settled.released, [id]);
    let found = session.check().unwrap();
    let line = |word: &str| found.lines.iter().find(|line| line.matter.as_str() == word);
    let ahead = line("log-ahead").map(|line| &line.matter);
    assert!(
        matches!(ahead, Some(Matter::LogAhead { batches: 1.. })),
        "{ahead:?}"
    );
    let full = line("log-full").map(|line| line.standing);
    assert_eq!(full, Some(Standing::NotInOrder));
}

/// Anybody can write to a mailbox, and would fill the files of cards for a month.
#[test]
fn what_comes_by_mail_has_a_card_when_a_person_says_that_it_is_a_demand() {
    let world = World::new();
    let desk = world.desk();
    let mut random = OsRng;
    let rhythm = Rhythm {
        cards: 2,
        ..Rhythm::default()
    };
    desk.begin_batches(rhythm, world.time.now()).unwrap();
    let mailed: Vec<_> = (0..100)
        .map(|n| super::news::arrives(&desk, &world, &format!("mail {n}")))
        .collect();
    let mut session = desk.session(person(&desk, Role::Counsel), &world.time, &mut random);
    assert_eq!(session.receipt(&mailed[0]).unwrap(), None);
    let here = take(&mut session, "R 1").case;
    assert!(session.receipt(&here).unwrap().is_some());
    let text = super::world::demand("R 2");
    let file = super::roles::file(text.as_bytes());
    session.describe(&mailed[7], &file, &[], None).unwrap();
    let receipt = session.receipt(&mailed[7]).unwrap().unwrap();
    assert!(receipt.contains("\nslot 0\n"), "{receipt}");
    // Described again, it keeps the card that it has.
    session.describe(&mailed[7], &file, &[], None).unwrap();
    assert_eq!(session.receipt(&mailed[7]).unwrap().unwrap(), receipt);
    assert_eq!(session.receipt(&mailed[8]).unwrap(), None);
}

/// The next file of cards may be published already, and a card of it that is given once more opens nothing.
#[test]
fn no_case_is_given_a_card_while_the_log_is_ahead_or_away() {
    for away in [false, true] {
        let world = World::new();
        let desk = world.desk();
        desk.begin_batches(Rhythm::default(), world.time.now())
            .unwrap();
        let id = super::news::arrives(&desk, &world, "a mail");
        public(&world, &desk);
        drop(desk);
        let (log, elsewhere) = (world.dir().join("log"), world.dir().join("elsewhere"));
        let refusal = match away {
            true => {
                fs::rename(&log, &elsewhere).unwrap();
                Refusal::LogAway
            }
            // A copy of the database that is older than the log.
            false => {
                fs::create_dir(&elsewhere).unwrap();
                copied(world.dir(), &elsewhere);
                let desk = world.desk();
                super::news::arrives(&desk, &world, "another one");
                public(&world, &desk);
                drop(desk);
                copied(&elsewhere, world.dir());
                Refusal::LogAhead
            }
        };

        // It is worked on, up to where its card would be named.
        let desk = world.desk();
        let (mut one, mut other) = (OsRng, OsRng);
        let mut counsel = desk.session(person(&desk, Role::Counsel), &world.time, &mut one);
        let text = super::world::demand("R 1");
        let file = super::roles::file(text.as_bytes());
        counsel.describe(&id, &file, &[], None).unwrap();
        super::world::call_back(&counsel, &id);
        let genuine = Genuine {
            verified: true,
            how: "called back",
            despite: None,
        };
        counsel.authenticate(&id, &genuine).unwrap();
        let today = jiff::civil::date(2026, 11, 21);
        counsel.assess(&id, today).unwrap();
        let by = person(&desk, Role::Administrator);
        let mut administrator = desk.session(by, &world.time, &mut other);
        let another = super::world::demand("R 2");
        let another = super::roles::file(another.as_bytes());
        for refused in [
            counsel.decide(&id, &[], "as proposed").map(drop),
            administrator.count_cases_of_before().map(drop),
            counsel.intake(&another, &[]).map(drop),
        ] {
            let error = refused.unwrap_err();
            assert_eq!(error.refusal(), Some(&refusal), "{error}");
        }
        assert_eq!(counsel.receipt(&id).unwrap(), None);

        // Where the log is again, or goes on from, it is given one that the log then has.
        match away {
            true => fs::rename(&elsewhere, &log).unwrap(),
            false => {
                let stated = administrator.state_loss("a disk broke", 0).unwrap();
                assert_eq!(stated.uncounted, 0, "{stated:?}");
            }
        }
        counsel.decide(&id, &[], "as proposed").unwrap();
        assert!(counsel.receipt(&id).unwrap().is_some());
        drop(counsel);
        public(&world, &desk);
        let mut told = vec![];
        let whole = administrator.verify(&mut |fault| told.push(fault.clone()));
        assert_eq!(whole.unwrap().faults, 0, "{told:?}");
    }
}

/// The files of a database that nobody has open, in the place of those that lie there.
fn copied(from: &Path, to: &Path) {
    for end in ["", "-wal", "-shm"] {
        let file = format!("desk.sqlite{end}");
        let _ = fs::remove_file(to.join(&file));
        if from.join(&file).exists() {
            fs::copy(from.join(&file), to.join(&file)).unwrap();
        }
    }
}

/// Time passes until the log has all that is recorded.
fn public(world: &World, desk: &Desk) {
    let mut random = OsRng;
    let by = person(desk, Role::Counsel);
    let mut session = desk.session(by, &world.time, &mut random);
    while !session.settle().unwrap().0.is_public() {
        world.time.advance(TEN_MINUTES);
    }
}
