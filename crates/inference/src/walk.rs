//! A search for a solution, from one solution or from near one.
//!
//! One hidden number after the other is raised or lowered, so that sums that lie outside their ends come nearer to them;
//! a sum that stays outside weighs more and more. That is how, in a table, a rise in one cell is made up for by a cycle
//! through others. (As *feasibility jump*: Luteberget and Sartor, 2022.)

use crate::bounds::{Bounds, Goal, div_up};
use crate::random::Random;
use crate::rows::{Rows, sum_of};

/// So many terms of a long sum are looked at in one step.
const LOOKED_AT: usize = 600;
/// How long, in steps, what was changed stays as it is.
const REST: u64 = 2;

pub(crate) struct Walk<'a> {
    rows: &'a Rows,
    bounds: &'a Bounds,
    values: Vec<i64>,
    sums: Vec<i64>,
    weights: Vec<i64>,
    rests_until: Vec<u64>,
    clock: u64,
    /// The sums that lie outside their ends, and where each is in that list. The last one is the goal.
    broken: Vec<usize>,
    listed: Vec<Option<usize>>,
    goal: Vec<i64>,
    goal_low: i64,
}

impl<'a> Walk<'a> {
    pub fn new(rows: &'a Rows, bounds: &'a Bounds) -> Self {
        let numbers = bounds.low.len();
        Self {
            rows,
            bounds,
            values: vec![0; numbers],
            sums: vec![0; rows.len() + 1],
            weights: vec![1; rows.len() + 1],
            rests_until: vec![0; numbers],
            clock: 0,
            broken: Vec::new(),
            listed: vec![None; rows.len() + 1],
            goal: vec![0; numbers],
            goal_low: 0,
        }
    }

    /// A solution that reaches the goal, from these values on, in so many steps at most, of which it takes those it needs.
    pub fn find(
        &mut self,
        from: &[i64],
        goal: &Goal<'_>,
        steps: &mut u64,
        random: &mut Random,
    ) -> Option<&[i64]> {
        self.begin(from, goal);
        let found = loop {
            if self.broken.is_empty() {
                break true;
            }
            if *steps == 0 {
                break false;
            }
            *steps -= 1;
            if !self.step(goal, random) {
                break false;
            }
        };
        for &(number, _) in goal.terms {
            self.goal[number] = 0;
        }
        found.then_some(&self.values)
    }

    fn begin(&mut self, from: &[i64], goal: &Goal<'_>) {
        for (number, &value) in from.iter().enumerate() {
            self.values[number] = value.clamp(self.bounds.low[number], self.bounds.high[number]);
        }
        for &(number, coefficient) in goal.terms {
            self.goal[number] = coefficient;
        }
        self.goal_low = goal.at_least;
        self.weights.fill(1);
        self.rests_until.fill(0);
        self.clock = 0;
        for row in self.broken.drain(..) {
            self.listed[row] = None;
        }
        for row in 0..=self.rows.len() {
            self.sums[row] = match row == self.rows.len() {
                true => sum_of(goal.terms, &self.values),
                false => sum_of(self.rows.row(row), &self.values),
            };
            self.list(row);
        }
    }

    fn outside(&self, row: usize, sum: i64) -> i64 {
        match row == self.rows.len() {
            true => (sum - self.goal_low).min(0),
            false => self.rows.outside(row, sum),
        }
    }

    fn list(&mut self, row: usize) {
        let is_broken = self.outside(row, self.sums[row]) != 0;
        match (self.listed[row], is_broken) {
            (None, true) => {
                self.listed[row] = Some(self.broken.len());
                self.broken.push(row);
            }
            (Some(place), false) => {
                self.listed[row] = None;
                self.broken.swap_remove(place);
                if let Some(&moved) = self.broken.get(place) {
                    self.listed[moved] = Some(place);
                }
            }
            _ => {}
        }
    }

    /// One change. Not, if the sum that was drawn cannot come nearer by any.
    fn step(&mut self, goal: &Goal<'_>, random: &mut Random) -> bool {
        self.clock += 1;
        let row = self.broken[random.below(self.broken.len())];
        let terms = match row == self.rows.len() {
            true => goal.terms,
            false => self.rows.row(row),
        };
        let need = -self.outside(row, self.sums[row]);
        let begin = random.below(terms.len());
        let mut best: Option<(i64, usize, i64)> = None;
        let mut looked_at = 0;
        for step in 0..terms.len() {
            let (number, coefficient) = terms[(begin + step) % terms.len()];
            let Some(full) = self.towards(number, coefficient, need) else {
                continue;
            };
            let rests = self.rests_until[number] > self.clock;
            let mut propose = |by: i64, worth: i64| {
                let worth = if rests {
                    worth.saturating_add(1 << 20)
                } else {
                    worth
                };
                if best.is_none_or(|(least, _, _)| worth < least) {
                    best = Some((worth, number, by));
                }
            };
            propose(full, self.worth(number, full));
            let free = self.free(number, full);
            if free != 0 && free != full {
                propose(free, self.worth(number, free));
            }
            looked_at += 1;
            if looked_at >= LOOKED_AT {
                break;
            }
        }
        let Some((worth, number, by)) = best else {
            return false;
        };
        if worth >= 0 {
            for at in 0..self.broken.len() {
                let row = self.broken[at];
                self.weights[row] = (self.weights[row] + 1).min(1 << 12);
            }
        }
        self.change(number, by);
        true
    }

    /// By how much this number has to change so that a sum changes by `need`, as far as its bounds permit.
    fn towards(&self, number: usize, coefficient: i64, need: i64) -> Option<i64> {
        let size = div_up(need.abs(), coefficient.abs());
        let value = self.values[number];
        let by = match (need > 0) == (coefficient > 0) {
            true => size.min(self.bounds.high[number] - value),
            false => -size.min(value - self.bounds.low[number]),
        };
        (by != 0).then_some(by)
    }

    /// The part of a change by which no sum that lies within its ends leaves them.
    fn free(&self, number: usize, by: i64) -> i64 {
        let mut free = by.abs();
        for &(row, coefficient) in self.rows.column(number) {
            let room = match (coefficient > 0) == (by > 0) {
                true => self.rows.high[row].saturating_sub(self.sums[row]),
                false => self.sums[row].saturating_sub(self.rows.low[row]),
            };
            if room >= 0 {
                free = free.min(room / coefficient.abs());
            }
        }
        free * by.signum()
    }

    /// How much worse it is after a change; negative: better.
    fn worth(&self, number: usize, by: i64) -> i64 {
        let change = |row: usize, coefficient: i64| {
            let before = self.outside(row, self.sums[row]).abs();
            let after = self.outside(row, self.sums[row] + coefficient * by).abs();
            (after - before).saturating_mul(self.weights[row])
        };
        let mut worth: i64 = 0;
        for &(row, coefficient) in self.rows.column(number) {
            worth = worth.saturating_add(change(row, coefficient));
        }
        match self.goal[number] {
            0 => worth,
            coefficient => worth.saturating_add(change(self.rows.len(), coefficient)),
        }
    }

    fn change(&mut self, number: usize, by: i64) {
        self.values[number] += by;
        self.rests_until[number] = self.clock + REST;
        let rows = self.rows;
        for &(row, coefficient) in rows.column(number) {
            self.sums[row] += coefficient * by;
            self.list(row);
        }
        if self.goal[number] != 0 {
            self.sums[rows.len()] += self.goal[number] * by;
            self.list(rows.len());
        }
    }
}
