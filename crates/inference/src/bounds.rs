//! Between which ends the hidden numbers lie, and what the sums say of them.

use crate::rows::Rows;

/// Between which ends each hidden number lies.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    pub low: Vec<i64>,
    pub high: Vec<i64>,
}

/// There is no solution between the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoSolution;

/// A sum that has to be so much at least.
#[derive(Clone, Debug)]
pub(crate) struct Goal<'a> {
    pub terms: &'a [(usize, i64)],
    pub at_least: i64,
}

/// How often each sum is looked at, on average, before it is enough. Every bound is sound at any time.
const ROUNDS: usize = 24;

impl Bounds {
    /// Draws the ends of sums in to what they can be between these bounds. That takes no solution away.
    pub fn clip(&self, rows: &mut Rows) {
        for row in 0..rows.len() {
            let (least, most) = self.of_sum(rows.row(row));
            rows.low[row] = rows.low[row].max(least);
            rows.high[row] = rows.high[row].min(most);
        }
    }

    /// The smallest and the largest that a sum can be, sums among the hidden numbers aside.
    pub fn of_sum(&self, terms: &[(usize, i64)]) -> (i64, i64) {
        let (mut low, mut high) = (0, 0);
        for &(number, coefficient) in terms {
            let (a, b) = (
                coefficient * self.low[number],
                coefficient * self.high[number],
            );
            low += a.min(b);
            high += a.max(b);
        }
        (low, high)
    }

    /// Narrows the bounds by what the sums say, until that changes nothing any more, or it was enough.
    ///
    /// # Errors
    /// When there is no solution.
    pub fn narrow(&mut self, rows: &Rows, goal: Option<&Goal<'_>>) -> Result<(), NoSolution> {
        let mut waits = vec![true; rows.len()];
        let mut queue: Vec<usize> = (0..rows.len()).rev().collect();
        let mut left = rows.len() * ROUNDS + ROUNDS;
        let mut touched = Vec::new();
        if let Some(goal) = goal {
            let most = self.of_sum(goal.terms).1;
            self.narrow_by(goal.terms, goal.at_least, most, &mut touched)?;
            touched.clear();
        }
        while let Some(row) = queue.pop() {
            waits[row] = false;
            if left == 0 {
                return Ok(());
            }
            left -= 1;
            self.narrow_by(rows.row(row), rows.low[row], rows.high[row], &mut touched)?;
            for number in touched.drain(..) {
                for &(other, _) in rows.column(number) {
                    if !waits[other] {
                        waits[other] = true;
                        queue.push(other);
                    }
                }
            }
            if queue.is_empty()
                && let Some(goal) = goal
            {
                let most = self.of_sum(goal.terms).1;
                self.narrow_by(goal.terms, goal.at_least, most, &mut touched)?;
                for number in touched.drain(..) {
                    for &(other, _) in rows.column(number) {
                        if !waits[other] {
                            waits[other] = true;
                            queue.push(other);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn narrow_by(
        &mut self,
        terms: &[(usize, i64)],
        low: i64,
        high: i64,
        touched: &mut Vec<usize>,
    ) -> Result<(), NoSolution> {
        let (least, most) = self.of_sum(terms);
        if least > high || most < low {
            return Err(NoSolution);
        }
        if least >= low && most <= high {
            return Ok(());
        }
        for &(number, coefficient) in terms {
            let (own_low, own_high) = (self.low[number], self.high[number]);
            if own_low == own_high {
                continue;
            }
            // What the others leave for this one.
            let (own_least, own_most) = match coefficient > 0 {
                true => (coefficient * own_low, coefficient * own_high),
                false => (coefficient * own_high, coefficient * own_low),
            };
            let ceiling = high.saturating_sub(least - own_least);
            let floor = low.saturating_sub(most - own_most);
            let (new_low, new_high) = match coefficient > 0 {
                true => (div_up(floor, coefficient), div_down(ceiling, coefficient)),
                false => (div_up(ceiling, coefficient), div_down(floor, coefficient)),
            };
            if new_low > own_low || new_high < own_high {
                self.low[number] = own_low.max(new_low);
                self.high[number] = own_high.min(new_high);
                if self.low[number] > self.high[number] {
                    return Err(NoSolution);
                }
                touched.push(number);
            }
        }
        self.has_multiple(terms, low, high)
    }

    /// Whether what is not certain yet can make the sum lie between its ends, as far as common divisors tell.
    fn has_multiple(&self, terms: &[(usize, i64)], low: i64, high: i64) -> Result<(), NoSolution> {
        let (mut certain, mut divisor) = (0_i64, 0_i64);
        for &(number, coefficient) in terms {
            if self.low[number] == self.high[number] {
                certain += coefficient * self.low[number];
            } else {
                divisor = common(divisor, coefficient.abs());
                if divisor == 1 {
                    return Ok(());
                }
            }
        }
        if divisor == 0 {
            return match low <= certain && certain <= high {
                true => Ok(()),
                false => Err(NoSolution),
            };
        }
        let (from, to) = (low.saturating_sub(certain), high.saturating_sub(certain));
        match div_up(from, divisor) <= div_down(to, divisor) {
            true => Ok(()),
            false => Err(NoSolution),
        }
    }
}

/// The greatest common divisor of two numbers that are not negative.
pub(crate) fn common(a: i64, b: i64) -> i64 {
    match b {
        0 => a,
        _ => common(b, a % b),
    }
}

/// `a / b`, rounded down; `b` is not 0.
pub(crate) fn div_down(a: i64, b: i64) -> i64 {
    let quotient = a / b;
    match a % b != 0 && (a < 0) != (b < 0) {
        true => quotient - 1,
        false => quotient,
    }
}

/// `a / b`, rounded up; `b` is not 0.
pub(crate) fn div_up(a: i64, b: i64) -> i64 {
    let quotient = a / b;
    match a % b != 0 && (a < 0) == (b < 0) {
        true => quotient + 1,
        false => quotient,
    }
}
