//! The log written in batches at ticks.

use lagrum_log::{Commitment, LogReader, Rhythm, Rule};

use super::logging::{item, log};
use super::*;
use crate::{Fault, Losses, Ticked};

pub(super) const ORIGIN: &str = "log.test.example";
const URGENT: &str = "release";

/// Four entries every ten minutes, from the beginning on, and a file of cards every week.
pub(super) fn scheduled(place: &dyn Place) -> Store {
    with_cards(place, 24, 7 * 144)
}

/// Four entries every ten minutes, from the beginning on, and files of so many cards each so many ticks.
pub(super) fn with_cards(place: &dyn Place, cards: u32, cards_every: u32) -> Store {
    let store = store(place);
    let rhythm = Rhythm {
        size: 4,
        cards,
        cards_every,
        ..Rhythm::default()
    };
    store.announce(rhythm, at(0), ORIGIN, at(0)).unwrap();
    store
}

pub(super) fn minute(minute: i64) -> Timestamp {
    at(minute * 60)
}

pub(super) fn tick(store: &Store, now: Timestamp) -> Ticked {
    store.tick(now, URGENT, &mut MadeRandom).unwrap()
}

/// How many entries the log has, and of how many events.
fn placed(store: &Store) -> (usize, usize) {
    let leaves = store.entries_from(0, u32::MAX).unwrap();
    let events = leaves.iter().filter(|leaf| leaf.event.is_some()).count();
    (leaves.len(), events)
}

/// Writes until no event waits.
pub(super) fn tick_until_nothing_waits(store: &Store) {
    while let Some(next) = store.waits_until().unwrap() {
        assert!(tick(store, next).batches > 0);
    }
}

/// What is recorded at once is placed with the next batches; what was missed is made up for, batch by batch, and
/// nothing is written twice or before its time.
pub fn at_every_tick_the_log_gets_as_many_entries_whatever_happened(place: &dyn Place) {
    let store = scheduled(place);
    assert_eq!(placed(&store), (0, 0));
    assert_eq!(tick(&store, minute(0)).batches, 1);
    assert_eq!(placed(&store), (4, 0));
    assert_eq!(tick(&store, minute(9)).batches, 0);
    assert_eq!(tick(&store, minute(10)).batches, 1);

    let ids = [open(&store, b"a"), open(&store, b"b")];
    assert_eq!(
        store.place(100).unwrap().events,
        0,
        "only batches give places"
    );
    assert_eq!(store.waits_until().unwrap(), Some(minute(20)));
    assert_eq!(tick(&store, minute(19)), Ticked::default());
    assert_eq!(tick(&store, minute(20)).batches, 1);
    assert_eq!(placed(&store), (12, 4));
    assert_eq!(store.waits_until().unwrap(), None);

    // Nobody wrote for an hour, in which more happened than fits into two batches.
    for n in 0..9 {
        tell(&store, &ids[n % 2], note("more")).unwrap();
    }
    assert_eq!(tick(&store, minute(85)).batches, 6);
    assert_eq!(placed(&store), (36, 13));
    assert_eq!(tick(&store, minute(85)).batches, 0);
    // A clock that was set back writes nothing.
    assert_eq!(tick(&store, minute(5)).batches, 0);
    // Two processes at the same tick.
    let other = super::store(place);
    std::thread::scope(|scope| {
        for store in [&store, &other] {
            scope.spawn(|| tick(store, minute(90)));
        }
    });
    assert_eq!(placed(&store), (40, 13));

    // Each event once, those of a case in their order; what lies between is nothing that happened.
    let mut numbers = std::collections::BTreeMap::<_, Vec<u64>>::new();
    for leaf in store.entries_from(0, u32::MAX).unwrap() {
        if let Some((case, number)) = leaf.event {
            numbers.entry(case).or_default().push(number);
        }
    }
    assert_eq!(numbers[&ids[0]], [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(numbers[&ids[1]], [1, 2, 3, 4, 5, 6]);
    is_whole(&store);
    let fill = store.fill(minute(90)).unwrap().unwrap();
    assert_eq!((fill.events, fill.entries, fill.ahead), (13, 40, 0));
    assert_eq!(fill.percent(), Some(32));
}

/// A mandate comes before all else, and if its batch is full or far away, batches are written before their ticks:
/// later ones have their places and times all the same.
pub fn what_cannot_wait_waits_no_longer_than_the_rule_says(place: &dyn Place) {
    let store = scheduled(place);
    tick(&store, minute(0));
    let crowd = open(&store, b"crowd");
    for _ in 0..20 {
        tell(&store, &crowd, note("more")).unwrap();
    }
    let urgent = open(&store, b"urgent");
    change(&store, &urgent, |changes| {
        changes.command(note("signed"), &analyst(), "")?;
        changes.send(item("one"));
        Ok(())
    })
    .unwrap();
    // Three events of it: the next batch has room, and it is in time.
    assert_eq!(tick(&store, minute(1)), Ticked::default());
    assert_eq!(tick(&store, minute(10)).early, 0);
    let position = |number| store.logged(&urgent, number).unwrap().position;
    assert!(
        position(1) < position(2) && position(2) < Some(8),
        "{:?}",
        position(2)
    );

    // Six of them do not fit into the next batch: it is written ahead.
    for n in 0..6 {
        tell(&store, &urgent, note(&format!("more {n}"))).unwrap();
    }
    // Nor do those that are left have as long as it takes to the one after the next.
    let ahead = tick(&store, minute(11));
    assert_eq!((ahead.batches, ahead.early), (2, 2));
    assert_eq!(tick(&store, minute(11)).batches, 0);
    assert_eq!(placed(&store).0, 16);
    assert!(position(9) < Some(16), "{:?}", position(9));
    assert_eq!(store.fill(minute(11)).unwrap().unwrap().ahead, 2);
    // Their own ticks write nothing; the one after them does.
    assert_eq!(tick(&store, minute(20)).batches, 0);
    assert_eq!(tick(&store, minute(39)).batches, 0);
    assert_eq!(tick(&store, minute(40)).batches, 1);
    assert_eq!(store.fill(minute(40)).unwrap().unwrap().ahead, 0);
    let rules = store.schedule().unwrap();
    assert_eq!(rules.tick_of(16).unwrap().at, minute(40).as_second() as u64);
    tick_until_nothing_waits(&store);
    is_whole(&store);
}

/// A case that was changed from outside keeps nobody waiting, and has no batch written ahead.
pub fn a_damaged_case_delays_no_batch(place: &dyn Place) {
    let store = scheduled(place);
    tick(&store, minute(0));
    let (bad, good) = (open(&store, b"bad"), open(&store, b"good"));
    change(&store, &bad, |changes| {
        for n in 0..10 {
            changes.command(note(&format!("{n}")), &analyst(), "")?;
        }
        changes.send(item("never"));
        Ok(())
    })
    .unwrap();
    place.unguard();
    place
        .tamper("update event set sealed = commitment where number = 1 and event = 1")
        .unwrap();
    assert_eq!(tick(&store, minute(1)).batches, 0);
    let ticked = tick(&store, minute(10));
    assert_eq!(ticked.batches, 1);
    assert_eq!(ticked.left_out.len(), 1);
    assert_eq!(ticked.left_out[0].case, bad);
    assert_eq!(placed(&store), (8, 2));
    assert!(store.logged(&good, 1).unwrap().position.is_some());
}

/// The log that is appended holds them; what stands for nothing is opened when it is read, and a rule can be read
/// by everybody.
pub fn batches_are_appended_and_what_was_changed_in_them_is_told(place: &dyn Place) {
    let directory = scratch().unwrap();
    let mut log = log(directory.path());
    let store = scheduled(place);
    open(&store, b"a");
    tick(&store, minute(0));
    tick(&store, minute(10));
    let mut size = log.recover(&mut store.log_head()).unwrap().head.size;
    let leaves = store.entries_from(size, 100).unwrap();
    let entries: Vec<_> = leaves.iter().map(|leaf| leaf.commitment).collect();
    log.put_notices(&store.notices_from(size, 100).unwrap(), &entries)
        .unwrap();
    size = log.append(&mut store.log_head(), &entries).unwrap().size;
    assert_eq!(size, 8);
    let reader: LogReader = log.reader();
    let read: Vec<_> = (0..size)
        .filter_map(|leaf| reader.notice(leaf).unwrap())
        .collect();
    assert_eq!(read.len(), 3, "a rule, a file of cards, and an index");
    assert_eq!(reader.texts(&store.schedule().unwrap()).unwrap().len(), 1);
    let rules: Vec<_> = read
        .iter()
        .filter_map(|text| Rule::parse(std::str::from_utf8(text).ok()?).ok())
        .collect();
    let [rule] = &rules[..] else {
        panic!("{rules:?}");
    };
    assert_eq!((rule.size, rule.every, rule.leaf), (4, 10, 0));

    let told = |store: &Store, entries: &[Commitment]| {
        let mut told: Vec<Fault> = vec![];
        store
            .verify_entries(0, entries, &mut Losses::default(), &mut |fault| {
                told.push(fault);
            })
            .unwrap();
        told
    };
    assert_eq!(told(&store, &entries), []);
    let mut other = entries.clone();
    other[7] = entries[0];
    assert_eq!(told(&store, &other).len(), 1);
    assert!(
        place
            .tamper("update log_cover set sealed = commitment")
            .is_err()
    );
    assert!(place.tamper("delete from log_cover").is_err());
    assert!(
        place
            .tamper("update log_notice set text = text || text")
            .is_err()
    );
    place.unguard();
    place
        .tamper("update log_cover set sealed = commitment")
        .unwrap();
    assert_eq!(told(&store, &entries).len(), 3);
    let error = store.entries_from(0, 100).unwrap_err().to_string();
    assert!(error.contains("stands for nothing, was changed"), "{error}");
    place.tamper("delete from log_cover").unwrap();
    assert!(store.entries_from(0, 100).is_err());
}

/// A rule is announced thirty days before it counts, and then changes the rhythm from its tick on.
pub fn another_rhythm_counts_thirty_days_after_it_was_announced(place: &dyn Place) {
    let store = scheduled(place);
    tick(&store, minute(0));
    let rhythm = Rhythm {
        every: 30,
        size: 16,
        wait: 60,
        ..Rhythm::default()
    };
    let day = |days: i64| minute(days * 24 * 60);
    let refused = store.announce(rhythm, day(30), ORIGIN, minute(1));
    assert!(
        matches!(refused, Err(StoreError::Schedule(_))),
        "{refused:?}"
    );
    let other = store.announce(rhythm, day(40), "other.example/log", minute(1));
    assert!(other.is_err());
    let rule = store.announce(rhythm, day(31), ORIGIN, minute(1)).unwrap();
    assert_eq!(rule.begins, day(31).as_second() as u64);
    let ticks = 31 * 144;
    assert_eq!(tick(&store, day(31)).batches, ticks);
    assert_eq!(placed(&store).0 as u64, ticks * 4 + 16);
    assert_eq!(
        tick(&store, day(31) + jiff::SignedDuration::from_mins(29)).batches,
        0
    );
    assert_eq!(
        tick(&store, day(31) + jiff::SignedDuration::from_mins(30)).batches,
        1
    );
    assert_eq!(store.schedule().unwrap().rules().len(), 2);
    let mut notices = store.notices_from(0, 100).unwrap();
    assert_eq!(
        notices.len(),
        14,
        "two rules, six files of cards, six indexes"
    );
    notices.retain(|(_, text)| text.starts_with(b"lagrum/log/v1/schedule"));
    assert_eq!(notices.len(), 2);
    let announced = store.schedule().unwrap().tick_of(notices[1].0).unwrap();
    assert_eq!(
        announced.number, 1,
        "it is in the batch after it was announced"
    );
}

/// From the log alone nobody tells a day on which nothing happened from one with fifty events.
///
/// A thousand made-up days. What a reader has: when there are how many entries, and the entries. What somebody has
/// besides who was told of one event: its place in its batch.
pub fn a_busy_day_looks_like_a_quiet_one(place: &dyn Place) {
    const DAYS: i64 = 1000;
    const TICKS: i64 = 12;
    let store = store(place);
    let rhythm = Rhythm {
        every: 120,
        size: 8,
        wait: 240,
        cards_every: 12,
        ..Rhythm::default()
    };
    store.announce(rhythm, at(0), ORIGIN, at(0)).unwrap();
    tick(&store, at(0));
    let (mut times, mut places) = ([Vec::new(), Vec::new()], [0_u32; 8]);
    let mut looks = [Vec::new(), Vec::new()];
    let mut size = placed(&store).0 as u64;
    let mut now = 0;
    for day in 0..DAYS {
        let busy = (day % 2) as usize;
        let mut of_day = Vec::new();
        for hour in 0..TICKS {
            // Fifty events of a busy day, in ten of its twelve batches.
            if busy == 1 && hour < 10 {
                let bytes = format!("{day} {hour}");
                let id = open_at(&store, bytes.as_bytes(), minute(120 * now)).unwrap();
                change(&store, &id, |changes| {
                    for _ in 0..3 {
                        changes.command(note("more"), &analyst(), "")?;
                    }
                    Ok(())
                })
                .unwrap();
            }
            now += 1;
            tick(&store, minute(120 * now));
            let leaves = store.entries_from(size, 100).unwrap();
            size += leaves.len() as u64;
            of_day.push(leaves.len());
            let here = leaves.iter().filter(|leaf| leaf.event.is_some());
            for leaf in here {
                places[(leaf.position % 8) as usize] += 1;
            }
            let bits: u32 = leaves
                .iter()
                .flat_map(|leaf| leaf.commitment.as_bytes())
                .map(|byte| byte.count_ones())
                .sum();
            looks[busy].push(f64::from(bits));
        }
        times[busy].push(of_day);
    }
    assert_eq!(
        times[0], times[1],
        "the same number of entries at the same times"
    );
    assert_eq!(size as i64, (DAYS * TICKS + 1) * 8);

    // The bits of a batch: two samples of one distribution (2,048 fair bits: variance 512).
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let [quiet, busy] = [&looks[0], &looks[1]].map(|of| (mean(of), of.len() as f64));
    let differ = (quiet.0 - busy.0) / (512.0 / quiet.1 + 512.0 / busy.1).sqrt();
    assert!(differ.abs() < 5.0, "{differ} standard deviations");

    // Each place in a batch is as likely: chi square with 7 degrees of freedom, one in a million above 41.
    let all: u32 = places.iter().sum();
    let expected = f64::from(all) / 8.0;
    let chi: f64 = places
        .iter()
        .map(|found| (f64::from(*found) - expected).powi(2) / expected)
        .sum();
    assert!(all == 25_000 && chi < 41.0, "{places:?}: {chi}");
}
