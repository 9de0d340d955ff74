//! Count cards.

use lagrum_cards::{Cards, Opening};
use lagrum_model::Sha256Digest;

use super::batches::{ORIGIN, minute, scheduled, tick, with_cards};
use super::*;

/// The cards of all files so far, of so many each.
fn cards(store: &Store, each: usize) -> Cards {
    let rules = store.schedule().unwrap();
    let mut cards = Cards::new(ORIGIN, 0);
    let notices = store.notices_from(0, u32::MAX).unwrap();
    for (position, text) in notices {
        let slot = rules.slot(cards.next_slot()).unwrap();
        if position == slot.leaf() {
            cards.push(&text, each).unwrap();
        }
    }
    cards
}

fn opening(store: &Store, id: &CaseId) -> Opening {
    store.opening(id).unwrap().unwrap()
}

/// What is wrong with a case, if something is.
fn faults(store: &Store) -> Vec<String> {
    let mut told = vec![];
    store
        .verify(&project, &mut |_, _, _| {}, &mut |fault| told.push(fault))
        .unwrap();
    told.into_iter().map(|fault| fault.why).collect()
}

/// A file lies where the schedule says, whatever happened; who came first has no other place than who came last.
pub fn each_case_has_its_card_in_the_next_file_and_other_places_are_blank(place: &dyn Place) {
    let store = with_cards(place, 9, 2);
    tick(&store, minute(0));
    let ids: Vec<_> = (0..11_u8).map(|n| open(&store, &[n])).collect();
    tick(&store, minute(45));
    let cards = cards(&store, 9);
    assert_eq!(cards.next_slot(), 3, "one each twenty minutes");
    let mut places = vec![];
    for (n, id) in (0..).zip(&ids) {
        let opening = opening(&store, id);
        let (slot, at) = opening.place();
        assert_eq!(slot, if n < 9 { 1 } else { 2 });
        assert_eq!(cards.at(slot, at), Some(&opening.card()));
        assert_eq!(opening.demand(), Some(Sha256Digest::of(&[n]).0));
        let said = store.case(id).unwrap().card.unwrap();
        assert_eq!((said.slot, said.place), (slot, at));
        assert_eq!(said.card, Sha256Digest::of(&opening.card().to_bytes()));
        places.push(at);
    }
    let in_order: Vec<u32> = (0..9).collect();
    let mut first = places[..9].to_vec();
    assert_ne!(first, in_order, "places are left to chance");
    first.sort_unstable();
    assert_eq!(first, in_order, "each place once");
    assert_eq!(faults(&store), [""; 0]);
    // What comes after a file was made has its card in a later one.
    let late = open(&store, b"late");
    assert_eq!(opening(&store, &late).place().0, 3);
    is_whole(&store);
}

/// While files are made beside them.
pub fn many_who_are_given_cards_at_once_are_given_different_ones(place: &dyn Place) {
    let store = with_cards(place, 3, 1);
    tick(&store, minute(0));
    let stores: Vec<Store> = (0..4).map(|_| super::store(place)).collect();
    std::thread::scope(|scope| {
        for (n, store) in (0_u8..).zip(&stores) {
            scope.spawn(move || {
                for m in 0..8_u8 {
                    open(store, &[n, m]);
                }
            });
        }
        scope.spawn(|| {
            for ticks in 1..20 {
                tick(&store, minute(10 * ticks));
            }
        });
    });
    tick(&store, minute(10 * 32));
    let cards = cards(&store, 3);
    let mut places = std::collections::BTreeSet::new();
    for record in store.cases_after(None, u32::MAX).unwrap() {
        let opening = opening(&store, &record.case);
        let (slot, at) = opening.place();
        assert_eq!(cards.at(slot, at), Some(&opening.card()), "{}", record.case);
        assert!(places.insert((slot, at)));
    }
    assert_eq!(places.len(), 32);
    assert_eq!(faults(&store), [""; 0]);
    is_whole(&store);
}

/// Its place becomes a blank one, and everybody else's is there.
pub fn a_card_that_was_changed_from_outside_stops_no_file_and_is_told(place: &dyn Place) {
    let store = with_cards(place, 5, 2);
    tick(&store, minute(0));
    let ids: Vec<_> = (0..3_u8).map(|n| open(&store, &[n])).collect();
    assert!(
        place
            .tamper("update count_card set sealed = (select sealed from event where number = 1 and event = 1) where number = 2")
            .is_err()
    );
    place.unguard();
    // One is changed, of another somebody put in what opens the first.
    place
        .tamper(
            "update count_card set sealed = (select sealed from count_card where number = 1) where number = 3;
             update count_card set sealed = (select sealed from event where number = 1 and event = 1) where number = 2",
        )
        .unwrap();
    let told = faults(&store);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("what opens the card of case 2026-0002 was changed"));
    assert!(store.opening(&ids[1]).is_err());
    let ticked = tick(&store, minute(20));
    let left_out: Vec<_> = ticked.left_out.iter().map(|one| one.case.clone()).collect();
    let mut expected = ids[1..].to_vec();
    let mut found = left_out;
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    let cards = cards(&store, 5);
    let good = opening(&store, &ids[0]);
    let (slot, at) = good.place();
    assert_eq!(cards.at(slot, at), Some(&good.card()));
    assert_eq!(store.opening(&ids[1]).unwrap(), None);
    let told = faults(&store);
    assert!(
        told.len() == 2
            && told
                .iter()
                .all(|why| why.contains("is not what its events say"))
    );
    // It is given another when somebody asks.
    change(&store, &ids[1], |changes| {
        changes.count(&analyst());
        Ok(())
    })
    .unwrap();
    assert_eq!(opening(&store, &ids[1]).place().0, 2);
    assert_eq!(faults(&store).len(), 1);
}

/// One that was opened while entries were written at once. Asking again gives no second one.
pub fn a_case_of_before_is_given_a_card_when_somebody_asks(place: &dyn Place) {
    let id = open(&store(place), b"before");
    let store = scheduled(place);
    assert_eq!(store.case(&id).unwrap().card, None);
    assert_eq!(store.opening(&id).unwrap(), None);
    for _ in 0..2 {
        change(&store, &id, |changes| {
            changes.count(&analyst());
            Ok(())
        })
        .unwrap();
        assert_eq!(store.events(&id).unwrap().len(), 2);
        assert_eq!(opening(&store, &id).place().0, 0);
    }
    assert_eq!(faults(&store), [""; 0]);
    is_whole(&store);
}

/// Thirty days: what is announced now changes nothing before.
pub fn no_card_is_given_further_ahead_than_rules_are_known(place: &dyn Place) {
    let store = with_cards(place, 1, 7 * 144);
    tick(&store, minute(0));
    let given: Vec<_> = (0..6_u8)
        .map(|n| {
            let id = open(&store, &[n]);
            store.case(&id).unwrap().card.map(|card| card.slot)
        })
        .collect();
    assert_eq!(
        given,
        [Some(1), Some(2), Some(3), Some(4), None, None],
        "each week one"
    );
    assert_eq!(faults(&store), [""; 0]);
}
