//! The cube: sums over the demands of a period, by everything that tables tell apart.

use std::collections::BTreeMap;

use lagrum_figures::{CaseFacts, Outcome, Period};

use crate::Count;
use crate::counted::Within;
use crate::demand::{Demand, Kind, Sums};

/// Sums over the demands that were received in a period, for each [`Kind`] that came.
///
/// The tables that are plain sums are read from it, so that their figures agree, whatever a demand is called in each. It
/// grows with the kinds that came and not with the demands, and is made in parts that are added up.
#[derive(Clone)]
pub struct Cube {
    within: Within,
    /// By the number of a kind: one more than the index of its cell, or 0 while none came. The operating system gives memory
    /// to it as kinds come.
    places: Vec<u32>,
    cells: Vec<(Kind, Sums)>,
}

/// How many demands are counted together. Where their cells stand is looked up for all of them first, so that the
/// processor waits for the memory of many at once.
const TOGETHER: usize = 256;

impl Cube {
    /// Without a demand yet.
    #[must_use]
    pub fn new(period: &Period) -> Self {
        Self {
            within: Within::of(period),
            places: vec![0; Kind::NUMBERS],
            cells: Vec::new(),
        }
    }

    /// Of all of these cases.
    #[must_use]
    pub fn of<'a>(cases: impl IntoIterator<Item = &'a CaseFacts>, period: &Period) -> Self {
        let mut cube = Self::new(period);
        cases.into_iter().for_each(|facts| cube.add(facts));
        cube
    }

    /// The period in which its demands were received.
    #[must_use]
    pub fn period(&self) -> &Period {
        self.within.period()
    }

    /// Counts demands that are known to be of the period.
    pub fn count(&mut self, demands: &[Demand]) {
        let mut found = [0; TOGETHER];
        for demands in demands.chunks(TOGETHER) {
            for (demand, index) in demands.iter().zip(&mut found) {
                *index = self.index(demand.kind());
            }
            for (demand, index) in demands.iter().zip(found) {
                self.cells[index].1.add(demand.sums());
            }
        }
    }

    /// Where the cell of a kind is, made if there is none yet.
    fn index(&mut self, kind: Kind) -> usize {
        let place = &mut self.places[kind.number()];
        if *place == 0 {
            self.cells.push((kind, Sums::default()));
            *place = u32::try_from(self.cells.len()).expect("there are fewer numbers of kinds");
        }
        *place as usize - 1
    }

    /// Each kind that came, in no order.
    pub fn cells(&self) -> impl Iterator<Item = (&Kind, &Sums)> {
        self.cells.iter().map(|(kind, sums)| (kind, sums))
    }

    /// What came of demands, those together to which `keys` gives the same; once for each that it gives.
    pub(crate) fn by<K: Ord, I: IntoIterator<Item = K>>(
        &self,
        keys: impl Fn(&Kind) -> I,
    ) -> BTreeMap<K, Became> {
        let mut all: BTreeMap<K, Became> = BTreeMap::new();
        for (kind, sums) in self.cells() {
            for key in keys(kind) {
                all.entry(key).or_default().of_mut(kind.outcome).add(*sums);
            }
        }
        all
    }

    /// What came of the demands of which `is_meant` holds.
    pub(crate) fn of_those(&self, is_meant: impl Fn(&Kind) -> bool) -> Became {
        let mut one = self.by(|kind| is_meant(kind).then_some(()));
        one.remove(&()).unwrap_or_default()
    }
}

impl Count for Cube {
    fn add(&mut self, facts: &CaseFacts) {
        if let Some(demand) = self.within.demand(facts) {
            self.count(&[demand]);
        }
    }

    fn merge(&mut self, other: Self) {
        assert_eq!(self.within, other.within, "cubes of two periods");
        for (kind, sums) in other.cells {
            let index = self.index(kind);
            self.cells[index].1.add(sums);
        }
    }
}

/// What became of demands: their sums, by outcome.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Became([Sums; 1 + Outcome::ALL.len()]);

impl Became {
    fn of_mut(&mut self, outcome: Option<Outcome>) -> &mut Sums {
        &mut self.0[outcome.map_or(0, |outcome| 1 + outcome as usize)]
    }

    /// The sums of those that ended so; of those that are not answered, if it is absent.
    pub(crate) fn of(mut self, outcome: impl Into<Option<Outcome>>) -> Sums {
        *self.of_mut(outcome.into())
    }

    /// The sums of all.
    pub(crate) fn all(self) -> Sums {
        let mut all = Sums::default();
        self.0.into_iter().for_each(|sums| all.add(sums));
        all
    }

    /// The sums of those of which something was handed over.
    pub(crate) fn disclosed(self) -> Sums {
        let mut both = self.of(Outcome::Produced);
        both.add(self.of(Outcome::ProducedInPart));
        both
    }
}

#[cfg(test)]
mod tests;
