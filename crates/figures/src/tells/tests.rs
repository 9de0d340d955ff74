//! What authorities could read.

mod ordinary;
mod small;

use std::collections::BTreeSet;

use lagrum_model::CountryCode;

use super::{Counts, Told, View, Who, tells};
use crate::{Asker, Class, CodeBook, Plan};

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap()
}

fn book(countries: &[&str]) -> CodeBook {
    CodeBook::of(&countries.iter().map(|code| country(code)).collect())
}

fn class(book: &CodeBook, of: &str, instrument: &str, outcome: &str) -> u32 {
    let wanted = Class::Answered {
        country: Some(of.to_owned()),
        instrument: instrument.to_owned(),
        outcome: outcome.to_owned(),
    };
    let at = book.classes().iter().position(|class| *class == wanted);
    at.unwrap() as u32 + 1
}

/// Numbers that are not random at all: the same at each run.
struct Draw(u64);

impl Draw {
    /// One below `end`.
    fn below(&mut self, end: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// A demand: its class and accounts in each view, and who asked.
#[derive(Clone)]
struct Demand {
    views: Vec<(u32, u32)>,
    by: Vec<Asker>,
}

fn by(name: &str, of: &str) -> Vec<Asker> {
    vec![Asker::of(name, country(of))]
}

/// So many demands that are counted so in each view.
fn many(number: usize, views: &[(u32, u32)], by: Vec<Asker>) -> Vec<Demand> {
    let one = Demand {
        views: views.to_vec(),
        by,
    };
    vec![one; number]
}

/// What is told of these demands on so many cards, the rest of which are blank.
fn told(book: &CodeBook, plan: &Plan, cards: u32, demands: &[Demand]) -> Vec<Told> {
    let number = demands.iter().map(|one| one.views.len()).max().unwrap_or(1);
    let columns: Vec<(Vec<Option<u32>>, Vec<u32>)> = (0..number)
        .map(|view| {
            let of = |one: &Demand| (Some(one.views[view].0), one.views[view].1);
            demands.iter().map(of).unzip()
        })
        .collect();
    let views: Vec<View<'_>> = columns
        .iter()
        .map(|(classes, accounts)| View {
            classes,
            accounts,
            corrections: &[],
        })
        .collect();
    let askers: Vec<&[Asker]> = demands.iter().map(|one| &one.by[..]).collect();
    let counts = Counts {
        book,
        cards,
        views: &views,
        askers: &askers,
    };
    tells(&counts, plan).unwrap()
}

/// What authorities are told, in words.
fn of_others(told: &[Told]) -> Vec<String> {
    let others = told.iter().filter(|one| one.who != Who::Reader);
    others
        .map(|one| format!("view {}, {one}", one.view))
        .collect()
}

/// Twelve of one kind are produced, with 23 accounts. One authority has eleven, and 22 of the accounts.
#[test]
fn an_authority_with_eleven_of_twelve_reads_the_twelfth() {
    let book = book(&["SE", "DK"]);
    let warrant = class(&book, "SE", "search-warrant", "produced");
    let plan = Plan {
        band: 6,
        ..Plan::default()
    };
    let police = by("Police of Norrland", "SE");
    let mut demands = many(11, &[(warrant, 2)], police.clone());
    demands.extend(many(1, &[(warrant, 1)], by("Customs", "SE")));
    let found = told(&book, &plan, 4392, &demands);
    assert!(found.iter().all(|one| one.who != Who::Reader), "{found:?}");
    let words = of_others(&found);
    assert_eq!(
        words,
        [
            "view 1, of others, produced: 1",
            "view 1, of others, accounts of which something was produced: 1"
        ]
    );
    let who = Who::Authority {
        countries: BTreeSet::from(["SE".to_owned()]),
        authorities: 1,
        demands: 11,
    };
    assert!(found.iter().all(|one| one.who == who), "{found:?}");
    // A name that is written otherwise is the same authority: it does not know less.
    for (at, demand) in demands.iter_mut().enumerate() {
        if at % 2 == 0 && demand.by == police {
            demand.by = by("POLICE  of Norrland.", "SE");
        }
    }
    assert_eq!(told(&book, &plan, 4392, &demands), found);
    // With one account of theirs less, or the whole of it theirs, nothing of others can be pinned.
    demands[0].views[0].1 = 1;
    demands.truncate(11);
    assert_eq!(of_others(&told(&book, &plan, 4392, &demands)), [""; 0]);
}

/// What another authority's cards are is not known to this one, nor is anything without knowing who asked.
#[test]
fn who_asked_has_to_be_known() {
    let book = book(&["SE", "DK"]);
    let warrant = class(&book, "SE", "search-warrant", "produced");
    let plan = Plan {
        band: 6,
        ..Plan::default()
    };
    let mut demands = many(11, &[(warrant, 2)], Vec::new());
    demands.extend(many(1, &[(warrant, 1)], Vec::new()));
    assert_eq!(told(&book, &plan, 4392, &demands), []);
    // Two that know each half of the eleven: neither reads it.
    for (at, demand) in demands.iter_mut().enumerate().take(11) {
        demand.by = by(&format!("Half {}", at % 2), "SE");
    }
    assert_eq!(told(&book, &plan, 4392, &demands), []);
}

/// Nineteen of others stay as they are, and of ten of its own an authority has one answered: then 20 are, and the band of
/// the second view tells that the others are nineteen, as those that waited are known to be its own.
#[test]
fn what_only_two_views_tell_an_authority_is_found() {
    let book = book(&["SE", "DK"]);
    let pending = book.pending().unwrap();
    let refused = class(&book, "SE", "search-warrant", "refused");
    let plan = Plan {
        band: 10,
        sealed: 1,
        ..Plan::default()
    };
    let views = [(pending, 0), (refused, 0)];
    let mut demands = many(8, &[(pending, 0); 2], by("Police", "SE"));
    demands.extend(many(1, &views, by("Police", "SE")));
    demands.extend(many(19, &[(refused, 0); 2], by("Customs", "SE")));
    let first: Vec<Demand> = demands
        .iter()
        .map(|one| Demand {
            views: one.views[..1].to_vec(),
            by: one.by.clone(),
        })
        .collect();
    let police = |told: &[Told]| {
        let own = |one: &&Told| matches!(one.who, Who::Authority { demands: 9, .. });
        let all = told.iter().filter(own).cloned().collect::<Vec<_>>();
        of_others(&all)
    };
    assert_eq!(police(&told(&book, &plan, 4392, &first)), [""; 0]);
    let found = police(&told(&book, &plan, 4392, &demands));
    let pinned = "view 1, of others, answered, authorities of SE: 19".to_owned();
    assert!(found.contains(&pinned), "{found:?}");
}

/// Of kinds of which nobody may say how many there were, also that there is none is hidden; where nothing is secret, it is
/// not.
#[test]
fn that_nobody_else_has_any_is_a_secret_of_sealed_kinds_alone() {
    let book = book(&["SE", "DK"]);
    let other = 2;
    assert_eq!(book.classes()[1], Class::Other);
    let demands = many(15, &[(other, 0)], by("Bureau", "US"));
    let plan = |sealed| Plan {
        band: 1,
        sealed,
        ..Plan::default()
    };
    let found = of_others(&told(&book, &plan(20), 4392, &demands));
    assert!(
        found.contains(&"view 1, of others, other: 0 to 4".to_owned()),
        "{found:?}"
    );
    assert_eq!(of_others(&told(&book, &plan(40), 4392, &demands)), [""; 0]);
    let refused = class(&book, "SE", "search-warrant", "refused");
    let all = many(19, &[(refused, 0)], by("Police", "SE"));
    let ten = Plan {
        sealed: 1,
        ..Plan::default()
    };
    assert_eq!(of_others(&told(&book, &ten, 4392, &all)), [""; 0]);
}

/// The first bands that do are proposed.
#[test]
fn wider_bands_are_proposed_that_hold() {
    let book = book(&["SE", "DK"]);
    let warrant = class(&book, "SE", "search-warrant", "produced");
    let plan = Plan {
        band: 6,
        ..Plan::default()
    };
    let mut demands = many(11, &[(warrant, 2)], by("Police", "SE"));
    demands.extend(many(1, &[(warrant, 1)], by("Customs", "SE")));
    let (classes, accounts): (Vec<_>, Vec<_>) = demands
        .iter()
        .map(|one| (Some(one.views[0].0), one.views[0].1))
        .unzip();
    let views = [View {
        classes: &classes,
        accounts: &accounts,
        corrections: &[],
    }];
    let askers: Vec<&[Asker]> = demands.iter().map(|one| &one.by[..]).collect();
    let counts = Counts {
        book: &book,
        cards: 4392,
        views: &views,
        askers: &askers,
    };
    let told = tells(&counts, &plan).unwrap();
    let wider = super::wider(&counts, &plan, &told).unwrap().unwrap();
    assert!(wider.band > 6 && wider.sealed == 250, "{wider:?}");
    assert_eq!(tells(&counts, &wider).unwrap(), []);
    if wider.band > 10 {
        assert_ne!(tells(&counts, &Plan { band: 10, ..plan }).unwrap(), []);
    }
}
