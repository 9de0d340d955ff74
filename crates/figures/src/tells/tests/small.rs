//! Small worlds, of which everything that could be is enumerated.

use super::*;
use crate::{Cell, Of};

/// A code book that is short enough.
const BOOK: &str = "lagrum/figures/v1/codebook\n1 pending\n2 other\n3 SE search-warrant produced\n4 SE search-warrant refused\n5 SE subpoena produced\n6 SE subpoena refused\n\n";
/// The most accounts of a demand.
const MOST: i64 = 2;

/// Demands, and accounts, of each class.
type Numbers = Vec<(i64, i64)>;

/// For each class of others, its accounts and each figure the true ends are known, over everything that an authority cannot
/// tell apart: and with them whether it is pinned.
#[test]
fn what_is_said_of_others_is_so_for_all_that_could_be() {
    let book = CodeBook::parse(BOOK.as_bytes()).unwrap();
    let (mut pinned, mut hidden) = (0, 0);
    for seed in 0..150 {
        let small = Small::draw(&mut Draw(seed));
        let said = told(&book, &small.plan, small.cards, &small.demands);
        let is_police =
            |one: &&Told| matches!(one.who, Who::Authority { demands, .. } if demands == small.own);
        let said: Vec<&Told> = said.iter().filter(is_police).collect();
        for end in small.ends(&book) {
            let what = format!("of others, {}", end.what);
            let told = said.iter().find(|one| one.what == what);
            let half = (i64::from(small.plan.band) + 1) / 2;
            let most = if end.of_accounts {
                i64::MAX
            } else {
                small.rest() + 1
            };
            let values = half.max(2).min(most);
            let is_pinned = end.least > 0 && end.most - end.least + 1 < values;
            assert_eq!(told.is_some(), is_pinned, "{seed}: {end:?}, {told:?}");
            let Some(told) = told else {
                hidden += 1;
                continue;
            };
            let (low, high) = told.between.unwrap();
            assert!(
                0 < low && low <= end.least && end.most <= high,
                "{seed}: {end:?}, {told:?}"
            );
            assert!(high - low + 1 < values, "{seed}: {end:?}, {told:?}");
            pinned += 1;
        }
    }
    assert!(pinned > 50 && hidden > 500, "{pinned} {hidden}");
}

/// What a sum over the demands of others is at least and at most.
#[derive(Debug)]
struct End {
    what: String,
    of_accounts: bool,
    least: i64,
    most: i64,
}

/// Demands of one authority and of another, and how many cards there are.
struct Small {
    plan: Plan,
    cards: u32,
    own: u64,
    demands: Vec<Demand>,
}

impl Small {
    fn draw(draw: &mut Draw) -> Self {
        let (own, others) = (5 + draw.below(8), 1 + draw.below(4));
        let of = |draw: &mut Draw, name: &str| {
            let class = [1, 2, 3, 3, 3, 4, 5, 6][draw.below(8) as usize];
            let accounts = match class {
                3 | 5 => 1 + draw.below(2) as u32,
                2 => draw.below(3) as u32,
                _ => 0,
            };
            many(1, &[(class, accounts)], by(name, "SE"))
        };
        let mut demands = Vec::new();
        (0..own).for_each(|_| demands.extend(of(draw, "Police")));
        (0..others).for_each(|_| demands.extend(of(draw, "Customs")));
        Self {
            plan: Plan {
                band: [3, 5, 6, 10][draw.below(4) as usize],
                sealed: 1,
                accounts: 1 + MOST as u32,
            },
            cards: (own + others + draw.below(2)) as u32,
            own,
            demands,
        }
    }

    /// How many cards are not the authority's own.
    fn rest(&self) -> i64 {
        i64::from(self.cards) - self.own as i64
    }

    fn numbers(&self, is_counted: impl Fn(usize) -> bool) -> Numbers {
        let mut numbers = vec![(0, 0); 6];
        for (at, demand) in self.demands.iter().enumerate() {
            let (class, accounts) = demand.views[0];
            if is_counted(at) {
                let of = &mut numbers[class as usize - 1];
                *of = (of.0 + 1, of.1 + i64::from(accounts));
            }
        }
        numbers
    }

    /// Over all demands that others could have, the ends of everything that is looked at.
    fn ends(&self, book: &CodeBook) -> Vec<End> {
        let cells = self.plan.cells(book);
        let (all, own) = (
            self.numbers(|_| true),
            self.numbers(|at| at < self.own as usize),
        );
        let both = |others: &Numbers| -> Numbers {
            let each = others.iter().zip(&own);
            each.map(|(a, b)| (a.0 + b.0, a.1 + b.1)).collect()
        };
        let band = |cell: &Cell, of: &Numbers| figure(cell, of) / i64::from(self.plan.width(cell));
        let is_same = |others: &Numbers, of_accounts: bool| {
            let both = both(others);
            let of = cells
                .iter()
                .filter(|cell| (cell.of == Of::Accounts) == of_accounts);
            of.into_iter()
                .all(|cell| band(cell, &both) == band(cell, &all))
        };
        let mut ends: Vec<End> = Vec::new();
        for counts in counts(self.rest()) {
            let counts: Numbers = counts.into_iter().map(|number| (number, 0)).collect();
            if !is_same(&counts, false) {
                continue;
            }
            for others in with_accounts(&counts) {
                if is_same(&others, true) {
                    note(&mut ends, book, &cells, &others);
                }
            }
        }
        ends
    }
}

fn figure(cell: &Cell, of: &Numbers) -> i64 {
    let classes = cell.classes.iter().map(|class| of[*class as usize - 1]);
    match cell.of {
        Of::Accounts => classes.map(|one| one.1).sum(),
        _ => classes.map(|one| one.0).sum(),
    }
}

/// Every six numbers whose sum is so much at most.
fn counts(most: i64) -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for _ in 0..6 {
        let longer = |numbers: Vec<i64>| {
            let left = most - numbers.iter().sum::<i64>();
            (0..=left).map(move |number| [&numbers[..], &[number]].concat())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

/// With every number of accounts that these demands can have.
fn with_accounts(counts: &Numbers) -> Vec<Numbers> {
    let mut all = vec![counts.clone()];
    for (class, least) in [(1, 0), (2, 1), (4, 1)] {
        let number = counts[class].0;
        let each = |numbers: Numbers| {
            (least * number..=MOST * number).map(move |accounts| {
                let mut numbers = numbers.clone();
                numbers[class].1 = accounts;
                numbers
            })
        };
        all = all.into_iter().flat_map(each).collect();
    }
    all
}

fn note(ends: &mut Vec<End>, book: &CodeBook, cells: &[Cell], others: &Numbers) {
    let mut values = Vec::new();
    for (class, of) in book.classes().iter().zip(others) {
        values.push((class.to_string(), false, of.0));
        if *class == Class::Other || class.is_produced() {
            values.push((format!("accounts of {class}"), true, of.1));
        }
    }
    for cell in cells
        .iter()
        .filter(|cell| !matches!(cell.of, Of::Pending | Of::Other))
    {
        values.push((
            cell.in_words(),
            cell.of == Of::Accounts,
            figure(cell, others),
        ));
    }
    if ends.is_empty() {
        let end = |(what, of_accounts, value)| End {
            what,
            of_accounts,
            least: value,
            most: value,
        };
        ends.extend(values.into_iter().map(end));
        return;
    }
    for (end, (_, _, value)) in ends.iter_mut().zip(values) {
        end.least = end.least.min(value);
        end.most = end.most.max(value);
    }
}
