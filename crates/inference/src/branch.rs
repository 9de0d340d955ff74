//! Whether any solution reaches a goal: relaxations, walks, and branching over integers.

use crate::bounds::{Bounds, Goal};
use crate::proof;
use crate::random::Random;
use crate::rows::{Rows, sum_of};
use crate::simplex::{Outcome, Simplex};
use crate::walk::Walk;

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// This solution reaches the goal.
    Found(Vec<i64>),
    /// No solution does: proved.
    No,
    /// It was enough.
    Spent,
}

/// What a relaxation says.
pub(crate) enum Relaxed {
    /// There is no solution: proved.
    NoSolution,
    /// The sum is so much at most: proved. The values of the relaxation, where it has a solution, reach that nearly.
    AtMost(i64, Option<Vec<f64>>),
}

/// A pivot takes as long as so many steps of a walk.
const STEPS_OF_PIVOT: u64 = 8;
/// More pivots no single relaxation is given.
const PIVOTS: u64 = 4_000;
/// More open branches are not kept.
const MOST_OPEN: usize = 400;
/// A walk from what a relaxation proposes: at the first branch, and at every so-many-th.
const WALK_EVERY: u64 = 8;
const STEPS_OF_WALK: u64 = 300;

/// Looks for solutions of the sums between the bounds.
pub(crate) struct Search<'a> {
    rows: &'a Rows,
    bounds: &'a Bounds,
    simplex: Simplex<'a>,
    walk: Walk<'a>,
    random: Random,
    scratch: Vec<i128>,
}

impl<'a> Search<'a> {
    pub fn new(rows: &'a Rows, bounds: &'a Bounds, seed: u64) -> Self {
        Self {
            rows,
            bounds,
            simplex: Simplex::new(rows, bounds),
            walk: Walk::new(rows, bounds),
            random: Random(seed),
            scratch: Vec::new(),
        }
    }

    /// A solution that reaches the goal, from these values on.
    pub fn walk(&mut self, from: &[i64], goal: &Goal<'_>, steps: &mut u64) -> Option<Vec<i64>> {
        let found = self.walk.find(from, goal, steps, &mut self.random)?;
        Some(found.to_vec())
    }

    /// A solution that reaches the goal, from the nearest integers to what a relaxation proposes.
    pub fn walk_from(
        &mut self,
        near: &[f64],
        goal: &Goal<'_>,
        steps: &mut u64,
    ) -> Option<Vec<i64>> {
        let from: Vec<i64> = near.iter().map(|value| value.round() as i64).collect();
        self.walk(&from, goal, steps)
    }

    /// How much a sum is at most.
    pub fn relax(&mut self, terms: &[(usize, i64)], steps: &mut u64) -> Relaxed {
        self.simplex.bind(self.bounds);
        self.relax_within(self.bounds, terms, steps)
    }

    fn relax_within(
        &mut self,
        bounds: &Bounds,
        terms: &[(usize, i64)],
        steps: &mut u64,
    ) -> Relaxed {
        let falling: Vec<(usize, i64)> = terms.iter().map(|&(number, a)| (number, -a)).collect();
        let objective: Vec<(usize, f64)> = falling
            .iter()
            .map(|&(number, a)| (number, a as f64))
            .collect();
        let given = (*steps / STEPS_OF_PIVOT).min(PIVOTS);
        let mut pivots = given;
        let outcome = self.simplex.least(&objective, &mut pivots);
        *steps = steps.saturating_sub((given - pivots) * STEPS_OF_PIVOT);
        let multipliers = self.simplex.multipliers();
        let (rows, scratch) = (self.rows, &mut self.scratch);
        if outcome != Outcome::Best && proof::contradicts(&multipliers, rows, bounds, scratch) {
            return Relaxed::NoSolution;
        }
        let plain = bounds.of_sum(terms).1;
        let proved = proof::at_least(&falling, &multipliers, rows, bounds, scratch);
        let most = proved.map_or(plain, |least| plain.min(least.saturating_neg()));
        let values = (outcome == Outcome::Best).then(|| self.simplex.values());
        Relaxed::AtMost(most, values)
    }

    /// Whether any solution reaches the goal, with so many steps at most, of which it takes those it needs.
    pub fn reach(&mut self, goal: &Goal<'_>, steps: &mut u64) -> Answer {
        let mut open = vec![self.bounds.clone()];
        let mut branches: u64 = 0;
        while let Some(mut bounds) = open.pop() {
            if *steps < STEPS_OF_PIVOT {
                return Answer::Spent;
            }
            *steps -= STEPS_OF_PIVOT;
            branches += 1;
            if bounds.narrow(self.rows, Some(goal)).is_err() {
                continue;
            }
            if bounds.low == bounds.high {
                match self.is_found(&bounds.low, goal) {
                    true => return Answer::Found(bounds.low),
                    false => continue,
                }
            }
            self.simplex.bind(&bounds);
            let near = match self.relax_within(&bounds, goal.terms, steps) {
                Relaxed::NoSolution => continue,
                Relaxed::AtMost(most, _) if most < goal.at_least => continue,
                Relaxed::AtMost(_, near) => near,
            };
            if let Some(near) = &near {
                let rounded: Vec<i64> = near.iter().map(|value| value.round() as i64).collect();
                if self.is_found(&rounded, goal) {
                    return Answer::Found(rounded);
                }
                if branches % WALK_EVERY == 1 {
                    let given = STEPS_OF_WALK.min(*steps);
                    let mut left = given;
                    let found = self.walk(&rounded, goal, &mut left);
                    *steps -= given - left;
                    if let Some(found) = found {
                        return Answer::Found(found);
                    }
                }
            }
            if open.len() >= MOST_OPEN {
                return Answer::Spent;
            }
            split(bounds, near.as_deref(), &mut open);
        }
        Answer::No
    }

    fn is_found(&self, values: &[i64], goal: &Goal<'_>) -> bool {
        let ends = self.bounds.low.iter().zip(&self.bounds.high);
        let mut all = values.iter().zip(ends);
        all.all(|(value, (low, high))| low <= value && value <= high)
            && self.rows.hold(values).is_ok()
            && sum_of(goal.terms, values) >= goal.at_least
    }
}

/// Splits the bounds in two, of which the likelier comes last: at the number whose value in the relaxation is furthest from
/// an integer, or at the one of which most is open.
fn split(bounds: Bounds, near: Option<&[f64]>, open: &mut Vec<Bounds>) {
    let is_open = |number: &usize| bounds.low[*number] < bounds.high[*number];
    let numbers = || (0..bounds.low.len()).filter(is_open);
    let fraction =
        |number: usize| near.map_or(0.0, |near| (near[number] - near[number].round()).abs());
    let broken = numbers()
        .filter(|&number| fraction(number) > 1e-6)
        .max_by(|&a, &b| fraction(a).total_cmp(&fraction(b)));
    let smallest = |&number: &usize| bounds.high[number] - bounds.low[number];
    let Some(number) = broken.or_else(|| numbers().min_by_key(smallest)) else {
        return;
    };
    let (low, high) = (bounds.low[number], bounds.high[number]);
    let at = match (broken, near) {
        (Some(_), Some(near)) => near[number].floor() as i64,
        _ => low + (high - low) / 2,
    };
    let at = at.clamp(low, high - 1);
    let is_upper = near.is_some_and(|near| near[number] > at as f64 + 0.5);
    let (mut lower, mut upper) = (bounds.clone(), bounds);
    lower.high[number] = at;
    upper.low[number] = at + 1;
    match is_upper {
        true => open.extend([lower, upper]),
        false => open.extend([upper, lower]),
    }
}
