//! Stores in which something is odd, each modelled on a report about mail or log software
//! (`tests/store-cases/README.md`): each goes from the demand to the opened package, and comes out
//! as its `expected.txt` says.
//!
//! `LAGRUM_CASE=NAME` runs those whose names begin so, and shows what came of them.

mod case;
mod expected;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use self::case::Case;
use crate::by_hand::Hand;

/// How many at once.
const HANDS: usize = 2;

/// The cases that do not come out right yet, each with what is missing. A case that comes out
/// right leaves this list.
const NOT_YET: &[(&str, &str)] = &[];

/// The lines that do not hold; where the case itself broke off, that it did.
fn outcome(case: &Case, people: &Hand) -> Vec<String> {
    let run = AssertUnwindSafe(|| case.run(people));
    let broken = catch_unwind(run).unwrap_or_else(|_| vec!["it broke off; see above".into()]);
    if !broken.is_empty() {
        println!("{}: {}", case.name, broken.join("; "));
    }
    broken
}

#[test]
fn every_odd_store_is_answered_as_is_right() {
    let cases = case::all();
    assert!(!cases.is_empty(), "LAGRUM_CASE: there is no such case");
    let people = Hand::people();
    let came: Vec<(&Case, Vec<String>)> = thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS)
            .map(|first| {
                let (cases, people) = (&cases, &people);
                scope.spawn(move || {
                    let own = cases.iter().skip(first).step_by(HANDS);
                    own.map(|case| (case, outcome(case, people)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        hands
            .into_iter()
            .flat_map(|hand| hand.join().unwrap())
            .collect()
    });
    let not_yet: BTreeMap<_, _> = NOT_YET.iter().copied().collect();
    let mut wrong = Vec::new();
    for (case, broken) in came {
        let name = case.name.as_str();
        match (broken.is_empty(), not_yet.get(name)) {
            (true, None) => println!("{name}: right"),
            (false, Some(why)) => println!("{name}: not yet ({why}); {}", broken.join("; ")),
            (true, Some(_)) => wrong.push(format!("{name}: right now; take it out of NOT_YET")),
            (false, None) => wrong.push(format!("{name}: does not hold: {}", broken.join("; "))),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
