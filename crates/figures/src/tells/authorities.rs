//! What an authority could tell of the demands of others, as it knows its own.

use lagrum_inference::{
    Effort, InferenceError, Protected, Reached, Seen, System, can_be_at_most, check,
};

use super::pool::Pool;
use super::told::{Told, Who};
use super::world::{Count, World, ones};
use super::{Asked, Sums, countries};
use crate::{Asker, Class, Of};

/// Steps for all authorities together, and for one at least: with more than 600 that know different things, more in all.
const FOR_ALL: u64 = 60_000_000;
const FOR_ONE: u64 = 100_000;

/// A sum over the demands of others.
struct Others {
    view: usize,
    what: String,
    sum: Count,
    /// So many values are to be left.
    values: i64,
    /// Whether it holds kinds of which nobody may say how many there were.
    sealed: bool,
    /// Whether also that there is none is to be hidden.
    even_none: bool,
}

impl Asked<'_> {
    /// What authorities could pin of others. Those that know the same are asked about once.
    pub(super) fn by_authorities(&self, pool: &mut Pool) -> Result<Vec<Told>, InferenceError> {
        let knowledge = self.knowledge();
        let each = FOR_ALL / u64::try_from(knowledge.len()).unwrap_or(u64::MAX).max(1);
        let effort = Effort {
            for_all: each.clamp(FOR_ONE, Effort::default().for_all),
            ..Effort::default()
        };
        let mut told = Vec::new();
        for (known, askers) in &knowledge {
            told.extend(self.by_these(known, askers, effort, pool)?);
        }
        Ok(told)
    }

    fn by_these(
        &self,
        known: &[Sums],
        askers: &[&Asker],
        effort: Effort,
        pool: &mut Pool,
    ) -> Result<Vec<Told>, InferenceError> {
        let period = self.period;
        let cards = i64::from(period.cards);
        let both = (&self.all[..], known);
        let world = World::new(period.book, self.plan, self.cells, Some(cards), both)?;
        let own = known.last().map_or(0, Sums::all);
        let mut asked = self.others(&world, cards - own);
        // Where there is none, and that is no secret, the truth shows that there may be none.
        asked.retain(|one| one.even_none || world.value(&one.sum) != 0);
        let who = || Who::Authority {
            countries: countries(askers),
            authorities: askers.len() as u64,
            demands: u64::try_from(own).unwrap_or_default(),
        };
        let system = world.system()?;
        let truth = &world.truth;
        retain_open(&mut asked, truth, pool.of(truth, &system));
        let pinned = pinned(&system, truth, &asked, effort, pool)?;
        let told = asked.into_iter().zip(pinned).filter_map(|(one, pinned)| {
            let between = match pinned {
                Pinned::Not => return None,
                Pinned::Between(low, high) => Some((low, high)),
                Pinned::Unknown => None,
            };
            Some(Told {
                who: who(),
                view: one.view as u64 + 1,
                what: format!("of others, {}", one.what),
                between,
                sealed: one.sealed,
            })
        });
        Ok(told.collect())
    }

    /// What is looked at: each class of each view, its accounts, and each figure. There are so many other cards.
    fn others(&self, world: &World, cards: i64) -> Vec<Others> {
        let mut all = Vec::new();
        let is_secret = self.plan.sealed > 1;
        let mut push = |view, what, sum: &Count, hidden: i64, most: i64, sealed: bool| {
            // Half of them, and two at least; what is published as it is hides nothing.
            let values = ((hidden + 1) / 2).max(2).min(most + 1);
            if hidden > 1 && values > 1 {
                all.push(Others {
                    view,
                    what,
                    sum: sum.clone(),
                    values,
                    sealed,
                    even_none: sealed && is_secret,
                });
            }
        };
        for (view, (counts, accounts)) in world.counts.iter().zip(&world.accounts).enumerate() {
            for (at, class) in self.period.book.classes().iter().enumerate() {
                let (values, what) = (self.values(class), class.to_string());
                let sealed = matches!(class, Class::Pending | Class::Other);
                if let Some(accounts) = accounts[at] {
                    let (sum, what) = (accounts.into(), format!("accounts of {what}"));
                    push(view, what, &sum, values, i64::MAX - 1, sealed);
                }
                push(view, what, &counts[at], values, cards, sealed);
            }
            for (cell, sum) in self.cells.iter().zip(&world.cells[view]) {
                // These are classes, and looked at as such.
                if matches!(cell.of, Of::Pending | Of::Other) {
                    continue;
                }
                let most = match cell.of {
                    Of::Accounts => i64::MAX - 1,
                    _ => cards,
                };
                let values = i64::from(self.plan.width(cell));
                push(view, cell.in_words(), sum, values, most, false);
            }
        }
        all
    }
}

/// How narrowly a sum is seen.
enum Pinned {
    /// Not more narrowly than it may be.
    Not,
    /// To these.
    Between(i64, i64),
    /// It was not found out.
    Unknown,
}

/// Those of the sums of which solutions do not show that they may be read: there may be none, or enough values are left.
fn retain_open(sums: &mut Vec<Others>, truth: &[i64], solutions: impl Iterator<Item = Vec<i64>>) {
    let value = |one: &Others, numbers: &[i64]| -> i64 {
        let terms = one.sum.terms.iter();
        terms.map(|number| numbers[*number]).sum::<i64>() + one.sum.known
    };
    let mut ends: Vec<(i64, i64)> = sums
        .iter()
        .map(|one| (value(one, truth), value(one, truth)))
        .collect();
    for solution in solutions {
        let mut at = 0;
        while let (Some(one), Some((least, most))) = (sums.get(at), ends.get_mut(at)) {
            let value = value(one, &solution);
            *least = value.min(*least);
            *most = value.max(*most);
            let is_wide = *most - *least >= one.values - 1;
            if is_wide || (*least <= 0 && !one.even_none) {
                sums.swap_remove(at);
                ends.swap_remove(at);
            } else {
                at += 1;
            }
        }
    }
}

/// How narrowly each of these sums is seen.
fn pinned(
    system: &System,
    truth: &[i64],
    sums: &[Others],
    effort: Effort,
    pool: &mut Pool,
) -> Result<Vec<Pinned>, InferenceError> {
    let protected = |one: &Others| Protected {
        terms: ones(&one.sum.terms),
        width: one.values - 1,
    };
    let protected: Vec<Protected> = sums.iter().map(protected).collect();
    if sums.is_empty() {
        return Ok(Vec::new());
    }
    let seen = check(system, truth, &protected, effort)?;
    for seen in &seen {
        if let Seen::Wide { lower, upper } = seen {
            pool.put_of(truth, lower);
            pool.put_of(truth, upper);
        }
    }
    let pinned = |(one, seen): (&Others, Seen)| match seen {
        Seen::Wide { .. } => Pinned::Not,
        Seen::Narrow { low, high } => Pinned::Between(low + one.sum.known, high + one.sum.known),
        Seen::Unknown => Pinned::Unknown,
    };
    let mut pinned: Vec<Pinned> = sums.iter().zip(seen).map(pinned).collect();
    // May there be none?
    let is_open = |at: &usize| match pinned[*at] {
        Pinned::Not => false,
        Pinned::Between(low, _) => low < 1 && !sums[*at].even_none,
        Pinned::Unknown => !sums[*at].even_none,
    };
    let open: Vec<usize> = (0..sums.len()).filter(is_open).collect();
    let none = |at: &usize| (protected[*at].terms.clone(), -sums[*at].sum.known);
    let none: Vec<_> = open.iter().map(none).collect();
    let reached = can_be_at_most(system, truth, &none, effort)?;
    for (at, reached) in open.into_iter().zip(reached) {
        if let Reached::Can(solution) = &reached {
            pool.put_of(truth, solution);
        }
        pinned[at] = match (reached, &pinned[at]) {
            (Reached::Can(_), _) => Pinned::Not,
            (Reached::Cannot, Pinned::Between(low, high)) => Pinned::Between(*low.max(&1), *high),
            (Reached::Cannot | Reached::Unknown, _) => Pinned::Unknown,
        };
    }
    Ok(pinned)
}

impl From<usize> for Count {
    fn from(number: usize) -> Self {
        Self {
            terms: vec![number],
            known: 0,
        }
    }
}
