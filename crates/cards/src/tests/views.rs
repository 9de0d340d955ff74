//! Honest reports, the first and later ones, and who can check what in them.

use super::world::{World, random};
use crate::error::{CardError, ProveError, Refused};
use crate::opening::Opening;
use crate::statement::Correction;
use crate::verify::{Counted, NotCounted, verify};
use crate::{Cards, write_card_file};

#[test]
fn an_honest_report_is_accepted_and_says_what_was_counted() {
    for seed in 0..12 {
        let mut world = match seed % 3 {
            0 => World::uneven(seed),
            _ => World::small(seed),
        };
        let report = world.report(None).unwrap();
        let verified = verify(&report, &world.cards, None, &mut random()).unwrap();
        let count =
            |class: Option<u32>| world.rows.iter().filter(|row| row.class == class).count() as u64;
        let value = |name| verified.numbers().get(name).unwrap().value();
        assert_eq!(value("received"), 8 - count(None));
        assert_eq!(value("produced"), count(Some(1)));
        let accounts: u32 = world.rows.iter().map(|row| row.amounts[0]).sum();
        assert_eq!(value("accounts"), u64::from(accounts));
        let weighted: u64 = world
            .rows
            .iter()
            .map(|row| {
                let amount = u64::from(row.amounts[0]) + 4 * u64::from(row.amounts[1]);
                amount
                    * match row.class {
                        Some(1 | 2) => 3,
                        Some(4) => 1,
                        _ => 0,
                    }
            })
            .sum();
        assert_eq!(value("weighted"), weighted);
        assert_eq!(verified.digest(), report.digest());
    }
}

#[test]
fn whoever_holds_an_opening_sees_how_it_was_counted() {
    for world in [World::small(1), World::uneven(1)] {
        each_is_counted_as_what_it_was(world);
    }
}

fn each_is_counted_as_what_it_was(mut world: World) {
    let report = world.report(None).unwrap();
    let verified = verify(&report, &world.cards, None, &mut random()).unwrap();
    for (opening, row) in world.openings.iter().zip(&world.rows) {
        let read = Opening::parse(opening.to_text().as_bytes()).unwrap();
        let counted = Counted {
            class: row.class,
            amounts: row.amounts.clone(),
        };
        assert_eq!(verified.counted(&read), Ok(counted));
        assert_eq!(
            read.card(),
            *world.cards.at(read.place().0, read.place().1).unwrap()
        );
        let changed = |old: &str, new: &str| {
            let text = opening.to_text().replacen(old, new, 1);
            verified.counted(&Opening::parse(text.as_bytes()).unwrap())
        };
        assert_eq!(changed("kvist", "other"), Err(NotCounted::Elsewhere));
        let slot = format!("slot {}", opening.place().0);
        assert_eq!(changed(&slot, "slot 2"), Err(NotCounted::Elsewhere));
        // The place is not part of the card: a receipt for another place is a false one.
        let (here, there) = (opening.place().1, (opening.place().1 + 1) % 3);
        let moved = changed(&format!("place {here}"), &format!("place {there}"));
        assert_eq!(moved, Err(NotCounted::OtherCard));
        let text = opening.to_text();
        let seed = text.lines().find(|line| line.starts_with("seed ")).unwrap();
        assert_eq!(
            changed(seed, &format!("seed {}", "07".repeat(32))),
            Err(NotCounted::Hidden)
        );
        let salt = text.lines().find(|line| line.starts_with("salt ")).unwrap();
        assert_eq!(
            changed(salt, &format!("salt {}", "07".repeat(32))),
            Err(NotCounted::OtherCard)
        );
    }
    // A place behind the last card of its file is the place of none.
    let text = world.openings[0].to_text();
    let (slot, place) = world.openings[0].place();
    let behind = text
        .replace(&format!("slot {slot}"), "slot 4")
        .replace(&format!("place {place}"), "place 4");
    let behind = Opening::parse(behind.as_bytes()).unwrap();
    assert_eq!(verified.counted(&behind), Err(NotCounted::Elsewhere));
}

#[test]
fn an_opening_is_written_in_one_way_only() {
    let world = World::small(1);
    let text = world.openings[0].to_text();
    for (old, new) in [
        ("slot ", "slot 0"),
        ("\n\n", "\n"),
        ("salt ", "salt A"),
        ("opening\n", "opening\n\n"),
        ("p ", "p ff"),
    ] {
        assert!(
            Opening::parse(text.replacen(old, new, 1).as_bytes()).is_err(),
            "{old}"
        );
    }
    assert!(!format!("{:?}", world.openings[0]).contains(&text[text.len() - 20..text.len() - 2]));
}

/// A world in which the first demand is pending and the second answered as class 1.
fn one_pending_one_answered() -> World {
    let mut seed = 0;
    loop {
        let mut world = World::small(seed);
        let demands: Vec<usize> = (0..8)
            .filter(|card| world.rows[*card].class.is_some())
            .collect();
        if let [first, second, ..] = demands[..] {
            world.rows[first].class = Some(5);
            world.rows[second].class = Some(1);
            world.rows.swap(0, first);
            world.rows.swap(1, if second == 0 { first } else { second });
            world.openings.swap(0, first);
            world
                .openings
                .swap(1, if second == 0 { first } else { second });
            // Places have to stay: only a world where nothing was moved will do.
            if first == 0 && second == 1 {
                return world;
            }
        }
        seed += 1;
    }
}

#[test]
fn a_later_view_answers_what_was_pending_and_takes_back_nothing() {
    let mut world = one_pending_one_answered();
    let first = world.report(None).unwrap();
    let first = verify(&first, &world.cards, None, &mut random()).unwrap();
    world.next_view(&first);
    world.rows[0].class = Some(2);
    let second = world.report(Some(&first)).unwrap();
    let second = verify(&second, &world.cards, Some(&first), &mut random()).unwrap();
    assert_eq!(second.counted(&world.openings[0]).unwrap().class, Some(2));

    // Answered is answered: as another class, as pending, as nothing.
    let mut world = one_pending_one_answered();
    let report = world.report(None).unwrap();
    let first = verify(&report, &world.cards, None, &mut random()).unwrap();
    world.next_view(&first);
    for other in [Some(2), Some(5)] {
        world.rows[1].class = other;
        assert_eq!(
            world.report(Some(&first)),
            Err(ProveError::Moved { card: 1 })
        );
    }
    // An announced correction says how many, and is shown.
    world.rows[1].class = Some(3);
    let correction = |count| Correction {
        from: 1,
        to: 3,
        count,
    };
    world.statement.corrections = vec![correction(2)];
    assert_eq!(
        world.report(Some(&first)),
        Err(ProveError::Correction { correction: 0 })
    );
    world.statement.corrections = vec![correction(1)];
    let corrected = world.report(Some(&first)).unwrap();
    let verified = verify(&corrected, &world.cards, Some(&first), &mut random()).unwrap();
    assert_eq!(verified.statement().corrections, [correction(1)]);
}

#[test]
fn a_later_view_continues_the_logged_former_one_and_no_other() {
    let mut world = one_pending_one_answered();
    let report = world.report(None).unwrap();
    let first = verify(&report, &world.cards, None, &mut random()).unwrap();
    // Another report of the same period, shown to others.
    world.rows[1].class = Some(4);
    let other = world.report(None).unwrap();
    let other = verify(&other, &world.cards, None, &mut random()).unwrap();
    world.next_view(&other);
    let second = world.report(Some(&other)).unwrap();
    assert!(verify(&second, &world.cards, Some(&other), &mut random()).is_ok());
    for former in [None, Some(&first)] {
        let refused = verify(&second, &world.cards, former, &mut random()).unwrap_err();
        assert!(matches!(refused, Refused::Former(_)), "{refused}");
    }
    let refused = verify(&report, &world.cards, Some(&other), &mut random()).unwrap_err();
    assert!(matches!(refused, Refused::Former(_)), "{refused}");
}

#[test]
fn a_void_card_is_in_the_statement_and_in_no_number() {
    let mut world = World::small(1);
    world.statement.void = vec![1, 6];
    let report = world.report(None).unwrap();
    let verified = verify(&report, &world.cards, None, &mut random()).unwrap();
    assert_eq!(verified.counted(&world.openings[1]), Err(NotCounted::Void));
    let demands = (0..8).filter(|card| ![1, 6].contains(card) && world.rows[*card].class.is_some());
    assert_eq!(
        verified.numbers().get("received").unwrap().value(),
        demands.count() as u64
    );
    // What was void stays void.
    world.next_view(&verified);
    world.statement.void = vec![1];
    assert_eq!(
        world.report(Some(&verified)),
        Err(ProveError::Statement(Refused::Former("void")))
    );
    world.statement.void = vec![1, 2, 6];
    let later = world.report(Some(&verified)).unwrap();
    verify(&later, &world.cards, Some(&verified), &mut random()).unwrap();
}

#[test]
fn records_that_say_something_else_than_the_statement_make_no_report() {
    let mut world = World::small(1);
    let demand = world
        .rows
        .iter()
        .position(|row| row.class.is_some())
        .unwrap();
    let blank = world
        .rows
        .iter()
        .position(|row| row.class.is_none())
        .unwrap();
    let mut refused = |change: &dyn Fn(&mut World)| {
        let (rows, statement) = (world.rows.clone(), world.statement.clone());
        change(&mut world);
        let refused = world.report(None).unwrap_err();
        (world.rows, world.statement) = (rows, statement);
        refused
    };
    assert_eq!(
        refused(&|world| world.rows[demand].class = None),
        ProveError::Class { card: demand }
    );
    assert_eq!(
        refused(&|world| world.rows[blank].class = Some(1)),
        ProveError::Class { card: blank }
    );
    assert_eq!(
        refused(&|world| world.rows[demand].class = Some(6)),
        ProveError::Class { card: demand }
    );
    assert_eq!(
        refused(&|world| world.rows[demand].amounts[0] = 4),
        ProveError::Amounts { card: demand }
    );
    assert_eq!(
        refused(&|world| world.rows[blank].amounts[0] = 1),
        ProveError::Amounts { card: blank }
    );
    assert_eq!(
        refused(&|world| world.rows[demand].amounts.push(0)),
        ProveError::Amounts { card: demand }
    );
    assert_eq!(
        refused(&|world| world.statement.bands[0].low = 8),
        ProveError::Band { band: 0 }
    );
    assert_eq!(
        refused(&|world| world.statement.slots = (4, 5)),
        ProveError::Opening { card: 0 }
    );
    assert_eq!(
        refused(&|world| world.statement.slots = (4, 7)),
        ProveError::Statement(Refused::Slots)
    );
    let cards = |world: &mut World| world.statement.cards = 4;
    assert_eq!(
        refused(&cards),
        ProveError::Statement(Refused::Cards { said: 4, found: 8 })
    );
}

#[test]
fn a_card_file_belongs_to_its_log_its_slot_and_itself() {
    let world = World::small(1);
    let own: Vec<Opening> = (0..4)
        .map(|place| Opening::fresh("other/log", 2, place, None, &mut random()))
        .collect();
    let file = write_card_file("other/log", 2, &own, &mut random());
    let read = |origin: &str, first: u64, file: &[u8]| Cards::new(origin, first).push(file, 4);
    assert_eq!(read("other/log", 2, &file), Ok(()));
    assert_eq!(
        read("kvist.example/log", 2, &file),
        Err(CardError::Proof { slot: 2 })
    );
    assert_eq!(
        read("other/log", 3, &file),
        Err(CardError::Proof { slot: 3 })
    );
    // Copied cards, under a proof of one's own: nobody can make it without the openings.
    let mut copied = world.files[0][..256].to_vec();
    copied.extend(&file[256..]);
    assert_eq!(
        read("other/log", 2, &copied),
        Err(CardError::Proof { slot: 2 })
    );
    let mut cards = Cards::new("other/log", 2);
    cards.push(&file, 4).unwrap();
    let again = write_card_file("other/log", 3, &own, &mut random());
    assert_eq!(
        cards.push(&again, 4),
        Err(CardError::Twice { slot: 3, place: 0 })
    );
    let twice = [
        own[1].clone(),
        own[0].clone(),
        own[2].clone(),
        own[0].clone(),
    ];
    let twice = write_card_file("other/log", 2, &twice, &mut random());
    assert_eq!(
        read("other/log", 2, &twice),
        Err(CardError::Twice { slot: 2, place: 3 })
    );
    assert_eq!(
        read("other/log", 2, &file[1..]),
        Err(CardError::Length {
            slot: 2,
            found: 351,
            expected: 352
        })
    );
    for byte in 0..file.len() {
        let mut other = file.clone();
        other[byte] ^= 1 << (byte % 8);
        assert!(read("other/log", 2, &other).is_err(), "{byte}");
    }
}

/// Two commitments with one blinding tell by how much they differ: what became of a demand between two reports.
#[test]
fn no_two_reports_share_a_blinding() {
    let opening = Opening::fresh("made.example/log", 3, 1, Some([7; 32]), &mut random());
    let mut seen = std::collections::BTreeSet::new();
    for what in 0..3 {
        for view in 1..4 {
            for slots in [(0, 5), (0, 6), (1, 5), (3, 3)] {
                let blinding = opening.blind(what, view, slots).to_bytes();
                assert!(seen.insert(blinding), "{what} {view} {slots:?}");
            }
        }
    }
}
