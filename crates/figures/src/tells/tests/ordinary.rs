//! Reports as they are made.

use std::time::Instant;

use super::*;
use crate::{Outcome, could_tell};

/// So many authorities of five countries with so many demands in all: few of them have most, and each mostly asks by one
/// kind of instrument.
fn ordinary(book: &CodeBook, authorities: u64, demands: u64, seed: u64) -> Vec<Demand> {
    let countries = ["SE", "DK", "US", "GB", "IE", "FR"];
    let kinds: BTreeSet<String> = book
        .classes()
        .iter()
        .filter_map(|class| match class {
            Class::Answered { instrument, .. } => Some(instrument.clone()),
            _ => None,
        })
        .collect();
    let kinds: Vec<String> = kinds.into_iter().collect();
    let mut draw = Draw(seed);
    let asks: Vec<(&str, u64)> = (0..authorities)
        .map(|_| {
            let most = 1 + draw.below(6);
            (
                countries[draw.below(most) as usize],
                draw.below(kinds.len() as u64),
            )
        })
        .collect();
    let mut all = Vec::new();
    for _ in 0..demands {
        let most = 1 + draw.below(authorities);
        let asker = draw.below(most);
        let (of, kind) = asks[asker as usize];
        let kind = match draw.below(5) {
            0 => draw.below(kinds.len() as u64),
            _ => kind,
        };
        let most = 1 + draw.below(7);
        let outcome = Outcome::ALL[draw.below(most) as usize];
        let class = match draw.below(20) {
            0 => Class::Pending,
            1 if draw.below(3) == 0 => Class::Other,
            _ => Class::Answered {
                country: (of != "FR").then(|| of.to_owned()),
                instrument: kinds[kind as usize].clone(),
                outcome: outcome.as_str().to_owned(),
            },
        };
        let number = book.classes().iter().position(|one| *one == class).unwrap() as u32 + 1;
        let accounts = match class.is_produced() {
            true => 1 + draw.below(3) as u32,
            false => 0,
        };
        all.push(Demand {
            views: vec![(number, accounts)],
            by: by(&format!("Authority {asker}"), of),
        });
    }
    all
}

/// Bands of ten hold for reports as they are: the classes of few demands hide among those that others have.
#[test]
fn a_report_of_ordinary_size_passes_in_bands_of_ten() {
    let book = book(&["SE", "DK", "US", "GB", "IE"]);
    let plan = Plan::default();
    for (authorities, demands, seed) in [(5, 60, 1), (40, 1_000, 1), (40, 1_000, 2)] {
        let all = ordinary(&book, authorities, demands, seed);
        assert_eq!(told(&book, &plan, 4392, &all), []);
    }
}

/// Some seconds, and no step more than was given.
#[test]
fn two_hundred_authorities_take_no_longer_than_people_wait() {
    let book = book(&["SE", "DK", "US", "GB", "IE"]);
    let all = ordinary(&book, 200, 4_000, 0);
    let began = Instant::now();
    let found = told(&book, &Plan::default(), 8784, &all);
    assert!(found.iter().all(|one| one.between.is_some()), "{found:?}");
    assert!(began.elapsed().as_secs() < 120, "{:?}", began.elapsed());
}

/// Before there is data: what is proved of a plan, and an example that people can follow.
#[test]
fn what_a_plan_could_tell_is_told_with_an_example() {
    let book = book(&["SE", "DK", "US", "GB", "IE"]);
    let could = could_tell(&book, &Plan::default()).unwrap();
    assert_eq!(could.never, ["not answered yet", "other"]);
    assert!(could.could.len() > 500, "{}", could.could.len());
    let example = could.example.unwrap();
    assert!(example.high - example.low < 9, "{example:?}");
    assert!(example.demands.len() < 25 && example.demands.iter().all(|(_, number)| *number > 0));
    // As they are, figures hide nothing, and nothing but sealed kinds is asked about.
    let exact = Plan {
        band: 1,
        ..Plan::default()
    };
    let could = could_tell(&book, &exact).unwrap();
    assert_eq!(could.never, ["not answered yet", "other"]);
    assert!(could.could.is_empty() && could.example.is_none());
}
