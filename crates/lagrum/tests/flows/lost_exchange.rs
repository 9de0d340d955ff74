//! The directory that desk and agent share is lost, or another lies in its place: what was open goes to
//! the agent again, and is produced once.

use std::fs;
use std::path::Path;

use crate::by_hand::Hand;
use crate::support::{entries, name};

const EXCHANGE: &str = "provider/exchange/stockholm";

/// What the agent says of each mandate that waits or was carried out.
fn ran(hand: &Hand) -> Vec<serde_json::Value> {
    let ran = hand.json(&["agent", "run", "--region", "stockholm"]);
    ran.as_array().unwrap().clone()
}

/// How many packages were produced in a case, and how many of its mandates are recorded.
pub fn recorded(hand: &Hand, case: &str) -> (usize, usize) {
    let shown = hand.json(&["case", case]);
    let count = |what: &str| {
        let events = shown["events"].as_array().unwrap();
        let of_kind = events.iter().filter(|one| one["what"]["event"] == what);
        of_kind.count()
    };
    (count("produced"), count("mandated"))
}

#[test]
fn what_was_on_its_way_when_the_exchange_was_lost_is_produced_exactly_once() {
    let hand = Hand::ready();
    let exchange = hand.path(EXCHANGE);
    let case = hand.decided();
    hand.approve(&case, "olof").ok();
    hand.approve(&case, "maja").ok();
    hand.run(&["settle"]).ok();

    // Between release and the agent's run.
    fs::remove_dir_all(&exchange).unwrap();
    assert_eq!(
        ran(&hand),
        Vec::<serde_json::Value>::new(),
        "it never heard of it"
    );
    let told = hand.run(&["settle"]).ok().out;
    assert!(told.contains("was lost: 1 of the mandates"), "{told}");
    let produced = ran(&hand);
    assert_eq!(produced.len(), 1, "{produced:?}");
    assert_eq!(
        produced[0]["outcome"]["produced"]["produced"], 3,
        "{produced:?}"
    );

    // After it was produced, before the desk fetched it: the agent has it still, and sends that package.
    let package = |exchange: &str| {
        let out = entries(&Path::new(exchange).join("out"));
        let sealed = out.iter().find(|file| name(file).ends_with(".tar.age"));
        sealed.map(|file| fs::read(file).unwrap())
    };
    let first = package(&exchange).expect("sent");
    fs::remove_dir_all(&exchange).unwrap();
    let told = hand.run(&["settle"]).ok().out;
    assert!(told.contains("was lost: 1 of the mandates"), "{told}");
    let again = ran(&hand);
    assert_eq!(again.len(), 1, "{again:?}");
    assert_eq!(again[0]["outcome"], "already produced", "{again:?}");
    assert_eq!(package(&exchange), Some(first), "nothing was sealed anew");
    let told = hand.run(&["settle"]).ok().out;
    assert!(
        told.contains(&format!("Case {case}: produced, items: 3")),
        "{told}"
    );
    assert_eq!(recorded(&hand, &case), (1, 1));

    // What is produced is left for nobody again.
    fs::remove_dir_all(&exchange).unwrap();
    let told = hand.run(&["settle"]).ok().out;
    assert!(!told.contains("was lost"), "{told}");
    assert_eq!(ran(&hand), Vec::<serde_json::Value>::new());
    hand.run(&["deliver", &case]).ok();
    assert_eq!(recorded(&hand, &case), (1, 1));
}
