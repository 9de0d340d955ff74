//! What views count, added up by class.

use std::collections::BTreeMap;

use super::View;
use crate::{Class, CodeBook};

/// What a view counts, all of it or what somebody knows of it beforehand. The classes begin with 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sums {
    /// How many demands are in each class.
    pub numbers: Vec<i64>,
    /// How many accounts they have.
    pub accounts: Vec<i64>,
    /// How many are counted otherwise than in the view before: from which class, and to which.
    corrections: BTreeMap<(usize, usize), i64>,
}

impl Sums {
    /// Those of nothing.
    pub fn none(book: &CodeBook) -> Self {
        Self {
            numbers: vec![0; book.classes().len()],
            accounts: vec![0; book.classes().len()],
            corrections: BTreeMap::new(),
        }
    }

    fn add(&mut self, view: &View<'_>, card: usize) {
        let class = view.classes.get(card).copied().flatten();
        if let Some(class) = class.map(|class| class as usize - 1) {
            self.numbers[class] += 1;
            self.accounts[class] += i64::from(view.accounts.get(card).copied().unwrap_or(0));
        }
    }

    /// Those of all demands of each view.
    pub fn of(book: &CodeBook, views: &[View<'_>]) -> Vec<Self> {
        let sums = |view: &View<'_>| {
            let mut sums = Self::none(book);
            (0..view.classes.len()).for_each(|card| sums.add(view, card));
            for one in view.corrections {
                let (from, to) = (one.from as usize - 1, one.to as usize - 1);
                *sums.corrections.entry((from, to)).or_default() += i64::from(one.count);
            }
            sums
        };
        views.iter().map(sums).collect()
    }

    /// Those of the demands on these cards.
    pub fn of_cards(book: &CodeBook, views: &[View<'_>], cards: &[usize]) -> Vec<Self> {
        let pending = position(book, &Class::Pending);
        let class = |view: &View<'_>, card: usize| view.classes[card].map(|one| one as usize - 1);
        let mut all = Vec::new();
        for (at, view) in views.iter().enumerate() {
            let mut sums = Self::none(book);
            for &card in cards {
                sums.add(view, card);
                let before = at.checked_sub(1).and_then(|at| class(&views[at], card));
                if let (Some(from), Some(to)) = (before, class(view, card))
                    && from != to
                    && Some(from) != pending
                {
                    *sums.corrections.entry((from, to)).or_default() += 1;
                }
            }
            all.push(sums);
        }
        all
    }

    /// What is left without these.
    pub fn without(&self, known: &Self) -> Self {
        let less = |all: &[i64], known: &[i64]| all.iter().zip(known).map(|(a, b)| a - b).collect();
        let mut corrections = self.corrections.clone();
        for (change, count) in &known.corrections {
            *corrections.entry(*change).or_default() -= count;
        }
        corrections.retain(|_, count| *count != 0);
        Self {
            numbers: less(&self.numbers, &known.numbers),
            accounts: less(&self.accounts, &known.accounts),
            corrections,
        }
    }

    /// By how many corrections change a class.
    pub fn corrected(&self, class: usize) -> i64 {
        let change =
            |(from, to): &(usize, usize)| i64::from(*to == class) - i64::from(*from == class);
        let each = self.corrections.iter();
        each.map(|(one, count)| count * change(one)).sum()
    }

    /// How many of a class are counted otherwise now.
    pub fn corrected_from(&self, class: usize) -> i64 {
        let of = self
            .corrections
            .iter()
            .filter(|((from, _), _)| *from == class);
        of.map(|(_, count)| count).sum()
    }

    /// Whether any is counted otherwise from this class, or to it.
    pub fn is_corrected(&self, class: usize) -> bool {
        self.corrections
            .keys()
            .any(|(from, to)| [*from, *to].contains(&class))
    }

    /// How many demands.
    pub fn all(&self) -> i64 {
        self.numbers.iter().sum()
    }
}

/// At which place of the code book a class is.
pub(super) fn position(book: &CodeBook, class: &Class) -> Option<usize> {
    book.classes().iter().position(|one| one == class)
}
