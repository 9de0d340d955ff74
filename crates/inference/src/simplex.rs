//! A linear relaxation: the revised simplex method over bounded variables, in floating point.
//!
//! Nothing is believed of it: its multipliers are only proposals for [`crate::proof`], its solutions only starts for a
//! search. It keeps its basis between questions, so that the next one begins where the last one ended.

mod basis;

use crate::bounds::Bounds;
use crate::rows::Rows;

/// What the basis says of the sums, within rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The best of the relaxation is found.
    Best,
    /// The relaxation has no solution.
    None,
    /// It was enough.
    Spent,
}

/// Beyond this an end is none.
const NO_END: f64 = (1_u64 << 33) as f64;
const WITHIN: f64 = 1e-7;
const SMALL: f64 = 1e-9;
/// Sums of more terms than this are in the relaxation from the first on, others when a solution breaks them: the two ends
/// of every amount are very many, and few of them matter at once.
const FEW_TERMS: usize = 2;
const MOST_ROWS: usize = 700;
const PIVOTS_UNTIL_FRESH: u32 = 400;
/// Without progress for so long, Bland's rule.
const PATIENCE: u32 = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Low,
    High,
    Basis(usize),
}

/// The relaxation. Its variables are the hidden numbers, and behind them one for each sum that it takes in.
#[derive(Clone, Debug)]
pub(crate) struct Simplex<'a> {
    rows: &'a Rows,
    numbers: usize,
    /// The sums that are in it, and where each sum is in it.
    taken: Vec<usize>,
    place: Vec<Option<usize>>,
    low: Vec<f64>,
    high: Vec<f64>,
    at: Vec<At>,
    basis: Vec<usize>,
    value: Vec<f64>,
    inverse: Vec<Vec<f64>>,
    multipliers: Vec<f64>,
    since_fresh: u32,
}

impl<'a> Simplex<'a> {
    pub fn new(rows: &'a Rows, bounds: &Bounds) -> Self {
        let numbers = bounds.low.len();
        let mut new = Self {
            rows,
            numbers,
            taken: Vec::new(),
            place: vec![None; rows.len()],
            low: Vec::new(),
            high: Vec::new(),
            at: vec![At::Low; numbers],
            basis: Vec::new(),
            value: Vec::new(),
            inverse: Vec::new(),
            multipliers: Vec::new(),
            since_fresh: 0,
        };
        new.low.resize(numbers, 0.0);
        new.high.resize(numbers, 0.0);
        for row in 0..rows.len() {
            if rows.row(row).len() > FEW_TERMS && new.taken.len() < MOST_ROWS {
                new.take(row);
            }
        }
        new.bind(bounds);
        new
    }

    /// Takes other bounds of the hidden numbers.
    pub fn bind(&mut self, bounds: &Bounds) {
        for number in 0..self.numbers {
            self.low[number] = bounds.low[number] as f64;
            let high = bounds.high[number] as f64;
            self.high[number] = if high > NO_END { f64::INFINITY } else { high };
            if self.at[number] == At::High && self.high[number].is_infinite() {
                self.at[number] = At::Low;
            }
        }
        self.revalue();
    }

    /// Looks for the least of a sum, with so many pivots at most, of which it takes those it needs. A sum that comes out
    /// broken is taken in, and it goes on.
    pub fn least(&mut self, objective: &[(usize, f64)], pivots: &mut u64) -> Outcome {
        loop {
            let outcome = self.solve(objective, pivots);
            if outcome != Outcome::Best || !self.take_broken() {
                return outcome;
            }
            self.revalue();
        }
    }

    /// The multipliers of the sums that are in it.
    pub fn multipliers(&self) -> Vec<(usize, f64)> {
        let all = self.taken.iter().zip(&self.multipliers);
        all.filter(|(_, multiplier)| multiplier.abs() > SMALL)
            .map(|(&row, &multiplier)| (row, multiplier))
            .collect()
    }

    /// The hidden numbers as they are now in it.
    pub fn values(&self) -> Vec<f64> {
        (0..self.numbers).map(|number| self.of(number)).collect()
    }

    fn of(&self, variable: usize) -> f64 {
        match self.at[variable] {
            At::Low => self.low[variable],
            At::High => self.high[variable],
            At::Basis(position) => self.value[position],
        }
    }

    fn solve(&mut self, objective: &[(usize, f64)], pivots: &mut u64) -> Outcome {
        let mut costs = vec![0.0; self.numbers];
        for &(number, cost) in objective {
            costs[number] += cost;
        }
        let (mut best, mut stalled) = (f64::INFINITY, 0_u32);
        let mut was_feasible = false;
        loop {
            let by = |position: usize| -> f64 {
                let (variable, value) = (self.basis[position], self.value[position]);
                if value < self.low[variable] - WITHIN * (1.0 + self.low[variable].abs()) {
                    value - self.low[variable]
                } else if value > self.high[variable] + WITHIN * (1.0 + self.high[variable].abs()) {
                    value - self.high[variable]
                } else {
                    0.0
                }
            };
            let outside: Vec<f64> = (0..self.basis.len()).map(by).collect();
            let infeasible: f64 = outside.iter().map(|by| by.abs()).sum();
            let feasible = infeasible == 0.0;
            let cost_of = |variable: usize| costs.get(variable).copied().unwrap_or(0.0);
            let measure = match feasible {
                true => objective
                    .iter()
                    .map(|&(number, cost)| cost * self.of(number))
                    .sum(),
                false => infeasible,
            };
            if feasible != was_feasible || measure < best - 1e-9 * (1.0 + best.abs()) {
                (best, stalled, was_feasible) = (measure, 0, feasible);
            } else {
                stalled += 1;
            }
            // The prices of the sums.
            self.multipliers.fill(0.0);
            for (position, &by) in outside.iter().enumerate() {
                let cost = match feasible {
                    true => cost_of(self.basis[position]),
                    false if by < 0.0 => -1.0,
                    false if by > 0.0 => 1.0,
                    false => 0.0,
                };
                if cost != 0.0 {
                    let line = &self.inverse[position];
                    for (price, entry) in self.multipliers.iter_mut().zip(line) {
                        *price += cost * entry;
                    }
                }
            }
            if *pivots == 0 {
                return Outcome::Spent;
            }
            let Some((entering, rising)) = self.entering(&costs, feasible, stalled > PATIENCE)
            else {
                return match feasible {
                    true => Outcome::Best,
                    false => Outcome::None,
                };
            };
            *pivots -= 1;
            if !self.step(entering, rising, &outside) {
                // Without an end: the relaxation is not believed where its numbers are that large.
                return Outcome::Spent;
            }
            if self.since_fresh >= PIVOTS_UNTIL_FRESH {
                self.refresh();
            }
        }
    }

    /// The variable by which the measure falls, and whether by rising.
    fn entering(&self, costs: &[f64], feasible: bool, first: bool) -> Option<(usize, bool)> {
        let mut best: Option<(usize, bool)> = None;
        let mut most = SMALL;
        for (variable, &at) in self.at.iter().enumerate() {
            if matches!(at, At::Basis(_)) || self.low[variable] >= self.high[variable] {
                continue;
            }
            let mut reduced = match feasible && variable < self.numbers {
                true => costs[variable],
                false => 0.0,
            };
            self.column(variable, |place, entry| {
                reduced -= self.multipliers[place] * entry;
            });
            let falls = match at {
                At::Low => -reduced,
                _ => reduced,
            };
            if falls > most {
                best = Some((variable, at == At::Low));
                if first {
                    return best;
                }
                most = falls;
            }
        }
        best
    }

    /// Moves a variable until the first one of the basis comes to an end. Whether there is one.
    fn step(&mut self, entering: usize, rising: bool, outside: &[f64]) -> bool {
        let alpha = self.alpha(entering);
        let sign = if rising { -1.0 } else { 1.0 };
        let own = self.high[entering] - self.low[entering];
        let (mut furthest, slack) = (own, 1e-9);
        let limit = |position: usize, slack: f64| -> Option<(f64, At)> {
            let rate = sign * alpha[position];
            if rate.abs() <= SMALL {
                return None;
            }
            let (variable, value) = (self.basis[position], self.value[position]);
            let by = outside[position];
            let end = match (by < 0.0, by > 0.0, rate > 0.0) {
                (true, _, true) | (false, false, false) => At::Low,
                (_, true, false) | (false, false, true) => At::High,
                _ => return None,
            };
            let to = match end {
                At::Low => self.low[variable],
                _ => self.high[variable],
            };
            to.is_finite()
                .then(|| ((((to - value) / rate).max(0.0) + slack / rate.abs()), end))
        };
        for position in 0..alpha.len() {
            if let Some((at, _)) = limit(position, slack) {
                furthest = furthest.min(at);
            }
        }
        let mut leaving: Option<(usize, f64, At)> = None;
        for position in 0..alpha.len() {
            if let Some((at, end)) = limit(position, 0.0)
                && at <= furthest
                && leaving.is_none_or(|(best, _, _)| alpha[position].abs() > alpha[best].abs())
            {
                leaving = Some((position, at, end));
            }
        }
        let by = leaving.map_or(own, |(_, at, _)| at.min(own));
        if !by.is_finite() {
            return false;
        }
        for (value, entry) in self.value.iter_mut().zip(&alpha) {
            *value += sign * by * entry;
        }
        let from = self.of(entering);
        match leaving.filter(|&(_, at, _)| at <= own) {
            None => self.at[entering] = if rising { At::High } else { At::Low },
            Some((position, _, end)) => {
                self.at[self.basis[position]] = end;
                self.replace(position, entering, &alpha);
                self.value[position] = from + if rising { by } else { -by };
                self.since_fresh += 1;
            }
        }
        true
    }
}
