//! The card by which a case is counted.

use std::cell::Cell;

use lagrum_cards::{Opening, write_card_file};
use lagrum_log::{Rhythm, Schedule, Slot};

use super::*;
use crate::testing::{Counting, counted_by};

const ORIGIN: &str = "kvist.example/log";

/// Files of four cards, each hour since three hours before.
fn schedule() -> Schedule {
    let rhythm = Rhythm {
        cards: 4,
        cards_every: 6,
        ..Rhythm::default()
    };
    let now: Timestamp = NOW.parse().unwrap();
    let begins = (now - SignedDuration::from_hours(3)).as_second() as u64;
    let mut schedule = Schedule::default();
    let rule = schedule.next_rule(rhythm, begins, ORIGIN, 5);
    schedule.add(rule, 0).unwrap();
    schedule
}

/// The file of a slot, with one card beside blank ones.
fn file(opening: &Opening) -> Vec<u8> {
    let (slot, place) = opening.place();
    let mut random = Counting(1000);
    let openings: Vec<_> = (0..4)
        .map(|at| match at == place {
            true => opening.clone(),
            false => Opening::fresh(ORIGIN, slot, at, None, &mut random),
        })
        .collect();
    write_card_file(ORIGIN, slot, &openings, &mut random)
}

#[test]
fn a_card_is_looked_for_at_its_slot_and_place_and_nowhere_else() {
    let schedule = schedule();
    let size = schedule.slot(2).unwrap().leaf() + 1;
    let card = counted_by(2, 1);
    let lies = file(card.opening());
    let asked: Cell<Option<Slot>> = Cell::new(None);
    let show = |slot: &Slot| {
        asked.set(Some(*slot));
        Ok(Some(lies.clone()))
    };
    let files = CardFiles {
        schedule: &schedule,
        size,
        file: &show,
    };
    let now = NOW.parse().unwrap();
    let look = |slot, place| {
        let seen = files.look(counted_by(slot, place).opening(), now);
        seen.map_err(|why| why.to_string())
    };
    assert_eq!(look(2, 1), Ok(CardSeen::There));
    assert_eq!(asked.take().map(|slot| slot.leaf()), Some(size - 1));
    // The same card, told of another place; the same place, another card; the file of another slot.
    let why = look(2, 0).unwrap_err();
    assert!(why.contains("another card lies"), "{why}");
    let other = Opening::fresh(ORIGIN, 2, 1, Some([9; 32]), &mut Counting(7));
    assert_eq!(files.look(&other, now), Err(NotThere::Another));
    assert!(look(1, 1).unwrap_err().contains("the file of its card"));
    asked.take();
    // What is to come is not looked for, and is not further away than rules are announced.
    assert_eq!(look(3, 1), Ok(CardSeen::Promised));
    assert_eq!(look(3 + 30 * 24, 1), Ok(CardSeen::Promised));
    assert!(look(4 + 30 * 24, 1).unwrap_err().contains("thirty days"));
    for (slot, place) in [(2, 4), (3, 4), (u64::MAX, 0)] {
        let why = look(slot, place).unwrap_err();
        assert!(why.contains("no file has"), "{why}");
    }
    assert_eq!(asked.take(), None);

    // A log that falls behind its own schedule would have cards believed that never come.
    let at = |slot: u64| schedule.slot(slot).unwrap().tick.at as i64;
    let late = |seconds: i64| {
        let now = Timestamp::from_second(at(3) + seconds).unwrap();
        files.look(counted_by(3, 1).opening(), now)
    };
    assert_eq!(late(3 * 24 * 3600), Ok(CardSeen::Promised));
    let why = late(3 * 24 * 3600 + 1).unwrap_err().to_string();
    assert!(why.contains("behind its own schedule"), "{why}");

    // A file that is not shown, or not as it was published, is not there.
    let gone = CardFiles {
        file: &|_: &Slot| Ok(None),
        ..files
    };
    let why = gone.look(card.opening(), now).unwrap_err().to_string();
    assert!(why.contains("does not show"), "{why}");
    let empty = Schedule::default();
    let none = CardFiles {
        schedule: &empty,
        ..gone
    };
    assert!(none.look(card.opening(), now).is_err());
}

#[test]
fn a_mandate_without_a_card_counts_no_case() {
    let schedule = schedule();
    let files = CardFiles {
        schedule: &schedule,
        size: 0,
        file: &|_: &Slot| Ok(None),
    };
    let now = NOW.parse().unwrap();
    let seen = the_case_is_counted(&files, &mandate(), now);
    assert!(matches!(seen, Err(Refused::Card(why)) if why.contains("names no card")));
    let with = Mandate {
        card: Some(counted_by(0, 0)),
        ..mandate()
    };
    assert_eq!(
        the_case_is_counted(&files, &with, now),
        Ok(CardSeen::Promised)
    );
}
