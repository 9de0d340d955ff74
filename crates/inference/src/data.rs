//! Made-up data, under which a plan may say too much.

use crate::bounds::{Bounds, Goal};
use crate::planned::Planned;
use crate::published::LARGEST;
use crate::random::Random;
use crate::rows::Rows;
use crate::system::System;
use crate::walk::Walk;

/// Makes up data for a plan.
pub(crate) struct Data<'a> {
    plan: &'a [Planned],
    rows: &'a Rows,
    bounds: &'a Bounds,
    of: Vec<Vec<usize>>,
    random: Random,
}

const STEPS: u64 = 4_000;

impl<'a> Data<'a> {
    /// For a plan of tidy sums, and what holds by definition.
    pub fn new(standing: &'a System, plan: &'a [Planned], seed: u64) -> Self {
        let mut of = vec![Vec::new(); standing.len()];
        for (at, planned) in plan.iter().enumerate() {
            for &(number, _) in &planned.terms {
                of[number].push(at);
            }
        }
        Self {
            plan,
            rows: &standing.rows,
            bounds: &standing.bounds,
            of,
            random: Random(seed),
        }
    }

    /// A number below `end`, or 0.
    pub fn draw(&mut self, end: usize) -> usize {
        self.random.below(end)
    }

    /// The next data; absent: what was drawn cannot be.
    pub fn next(&mut self, turn: u32) -> Option<Vec<i64>> {
        let mut data = vec![0; self.bounds.low.len()];
        match turn {
            0 => {}
            _ if turn.is_multiple_of(3) => self.scatter(&mut data),
            _ => self.edges(&mut data),
        }
        if turn % 5 == 4 {
            self.amounts(&mut data);
        }
        // So that it fits what holds by definition.
        let nothing = Goal {
            terms: &[],
            at_least: 0,
        };
        let mut steps = STEPS;
        let mut walk = Walk::new(self.rows, self.bounds);
        let found = walk.find(&data, &nothing, &mut steps, &mut self.random)?;
        Some(found.to_vec())
    }

    /// Disjoint sums at the edges of their bands, each by one cell, and these together in as few other sums as possible.
    fn edges(&mut self, data: &mut [i64]) {
        let mut order: Vec<usize> = (0..self.plan.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, self.random.below(at + 1));
        }
        let mut favour = vec![0_u64; self.plan.len()];
        for (rank, &sum) in order.iter().enumerate() {
            favour[sum] = 1 << (rank.min(40));
        }
        // Sums of one size first: those into which a plan cuts a total are of one.
        let size = |sum: usize| self.plan[sum].terms.len();
        let first = order.first().map_or(0, |&sum| size(sum));
        order.sort_by_key(|&sum| size(sum) != first);
        let is_clean = self.random.below(2) == 0;
        let bottom = self.random.below(6) == 0;
        let mut is_taken = vec![false; data.len()];
        for sum in order {
            let planned = &self.plan[sum];
            let taken = planned.terms.iter().any(|&(number, _)| is_taken[number]);
            let skips = match is_clean {
                true => size(sum) != first && self.random.below(2) == 0,
                false => self.random.below(12) == 0,
            };
            if taken || skips {
                continue;
            }
            let liked =
                |number: usize| -> u64 { self.of[number].iter().map(|&sum| favour[sum]).sum() };
            let cell = planned
                .terms
                .iter()
                .filter(|&&(_, coefficient)| coefficient > 0)
                .max_by_key(|&&(number, _)| liked(number));
            let Some(&(cell, coefficient)) = cell else {
                continue;
            };
            for &(number, _) in &planned.terms {
                is_taken[number] = true;
            }
            let bands = [0, 0, 0, 1, 2][self.random.below(5)];
            let edge = match bottom {
                true => 0,
                false => planned.width - 1,
            };
            let off = i64::from(!is_clean && self.random.below(10) == 0);
            let value = planned
                .width
                .saturating_mul(bands)
                .saturating_add(edge - off);
            data[cell] = (value / coefficient).clamp(0, LARGEST >> 8);
        }
    }

    /// A few cells, near multiples of widths.
    fn scatter(&mut self, data: &mut [i64]) {
        let cells = 1 + self.random.below(data.len().min(12));
        for _ in 0..cells {
            let cell = self.random.below(data.len());
            let Some(number) = data.get_mut(cell) else {
                return;
            };
            let width = match self.of[cell].as_slice() {
                [] => 10,
                sums => self.plan[sums[self.random.below(sums.len())]].width,
            };
            let near = [0, 1, 2, width - 1, width, width + 1][self.random.below(6)];
            *number = near.clamp(0, LARGEST >> 8);
        }
    }

    /// Amounts as large as what holds by definition permits.
    fn amounts(&mut self, data: &mut [i64]) {
        for row in 0..self.rows.len() {
            if let &[(a, of_a), (b, of_b)] = self.rows.row(row)
                && self.rows.high[row] == 0
            {
                let (amount, count, times) = match (of_a, of_b) {
                    (1, times) if times < 0 => (a, b, -times),
                    (times, 1) if times < 0 => (b, a, -times),
                    _ => continue,
                };
                data[amount] = data[count].saturating_mul(times).min(LARGEST >> 8);
            }
        }
    }
}
