//! Linear sums with ends, by row and by column.

use crate::InferenceError;
use crate::published::{LARGEST, Published};

/// The coefficients of one sum add up to no more than so much, without their signs. With [`LARGEST`] every sum, and the
/// difference of two, fits 63 bits.
const HEAVIEST: i64 = 1 << 27;
/// Ends further out say nothing, as no sum reaches them.
const FURTHEST: i64 = 1 << 62;

/// Sums over hidden numbers, each with ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    row_starts: Vec<usize>,
    by_row: Vec<(usize, i64)>,
    column_starts: Vec<usize>,
    by_column: Vec<(usize, i64)>,
    /// Lower ends.
    pub low: Vec<i64>,
    /// Upper ends.
    pub high: Vec<i64>,
}

/// The terms, each hidden number once, none with 0, in order.
///
/// # Errors
/// When one names no hidden number, or they are too heavy.
pub(crate) fn tidy(
    terms: &[(usize, i64)],
    numbers: usize,
) -> Result<Vec<(usize, i64)>, InferenceError> {
    let too_heavy = || InferenceError::TooLarge("a sum has larger coefficients than 2^27 in all");
    let mut sorted = terms.to_vec();
    sorted.sort_by_key(|&(number, _)| number);
    let mut tidy: Vec<(usize, i64)> = Vec::with_capacity(sorted.len());
    for (number, coefficient) in sorted {
        if number >= numbers {
            return Err(InferenceError::NoSuchNumber {
                number,
                of: numbers,
            });
        }
        match tidy.last_mut().filter(|(last, _)| *last == number) {
            Some((_, sum)) => *sum = sum.checked_add(coefficient).ok_or_else(too_heavy)?,
            None => tidy.push((number, coefficient)),
        }
    }
    tidy.retain(|&(_, coefficient)| coefficient != 0);
    let mut weight: i64 = 0;
    for &(_, coefficient) in &tidy {
        let size = coefficient.checked_abs().ok_or_else(too_heavy)?;
        weight = weight.checked_add(size).ok_or_else(too_heavy)?;
    }
    match weight <= HEAVIEST {
        true => Ok(tidy),
        false => Err(too_heavy()),
    }
}

impl Rows {
    /// The rows of these sums over so many hidden numbers.
    ///
    /// # Errors
    /// When a sum is not one.
    pub fn of<'a>(
        sums: impl IntoIterator<Item = &'a Published>,
        numbers: usize,
    ) -> Result<Self, InferenceError> {
        let mut rows = Self {
            row_starts: vec![0],
            ..Self::default()
        };
        for sum in sums {
            if sum.low > sum.high {
                let (low, high) = (sum.low, sum.high);
                return Err(InferenceError::Empty { low, high });
            }
            rows.by_row.extend(tidy(&sum.terms, numbers)?);
            rows.row_starts.push(rows.by_row.len());
            rows.low.push(sum.low.clamp(-FURTHEST, FURTHEST));
            rows.high.push(sum.high.clamp(-FURTHEST, FURTHEST));
        }
        let mut starts = vec![0; numbers + 1];
        for &(number, _) in &rows.by_row {
            starts[number + 1] += 1;
        }
        for number in 0..numbers {
            starts[number + 1] += starts[number];
        }
        let mut next = starts.clone();
        rows.by_column = vec![(0, 0); rows.by_row.len()];
        for row in 0..rows.len() {
            for at in rows.row_starts[row]..rows.row_starts[row + 1] {
                let (number, coefficient) = rows.by_row[at];
                rows.by_column[next[number]] = (row, coefficient);
                next[number] += 1;
            }
        }
        rows.column_starts = starts;
        Ok(rows)
    }

    /// How many sums.
    pub fn len(&self) -> usize {
        self.low.len()
    }

    /// The terms of a sum.
    pub fn row(&self, row: usize) -> &[(usize, i64)] {
        &self.by_row[self.row_starts[row]..self.row_starts[row + 1]]
    }

    /// The sums in which a hidden number is, with its coefficients.
    pub fn column(&self, number: usize) -> &[(usize, i64)] {
        &self.by_column[self.column_starts[number]..self.column_starts[number + 1]]
    }

    /// By how much a sum lies outside its ends: negative, if below.
    pub fn outside(&self, row: usize, sum: i64) -> i64 {
        if sum > self.high[row] {
            sum - self.high[row]
        } else {
            (sum - self.low[row]).min(0)
        }
    }

    /// Whether these values, of which each lies within [`LARGEST`], make every sum lie within its ends.
    ///
    /// # Errors
    /// The first that does not.
    pub fn hold(&self, values: &[i64]) -> Result<(), InferenceError> {
        for row in 0..self.len() {
            let value = sum_of(self.row(row), values);
            let (low, high) = (self.low[row], self.high[row]);
            if value < low || value > high {
                return Err(InferenceError::Sum {
                    sum: row,
                    value,
                    low,
                    high,
                });
            }
        }
        Ok(())
    }
}

/// The sum of these terms. It fits, as terms are tidy and values lie within [`LARGEST`].
pub(crate) fn sum_of(terms: &[(usize, i64)], values: &[i64]) -> i64 {
    debug_assert!(
        terms
            .iter()
            .all(|&(number, _)| values[number].abs() <= LARGEST)
    );
    terms
        .iter()
        .map(|&(number, coefficient)| coefficient * values[number])
        .sum()
}
