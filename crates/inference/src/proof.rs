//! Bounds that are proved by multipliers of sums, exactly.

use crate::bounds::Bounds;
use crate::rows::Rows;

/// Multipliers are taken as fractions with this denominator: every one with a denominator up to 16 is met exactly.
const DENOMINATOR: i64 = 720_720 << 10;
/// Larger multipliers are not taken, so that nothing leaves 127 bits: 2^50 · 2^27 · 2^34, for up to 2^14 sums.
const LARGEST_MULTIPLIER: f64 = (1_u64 << 50) as f64;
const MOST_MULTIPLIERS: usize = 1 << 14;

/// A lower end of a sum of hidden numbers.
///
/// For any multipliers y and every solution x with sums s = Ax:
/// c·x = (c − yA)·x + y·s ≥ Σ_j min over the bounds of (c − yA)_j x_j + Σ_i min over the ends of y_i s_i.
/// So it is sound whatever the multipliers are, and wherever they come from; only how near it comes depends on them.
/// `None`: they are too large.
pub(crate) fn at_least(
    terms: &[(usize, i64)],
    multipliers: &[(usize, f64)],
    rows: &Rows,
    bounds: &Bounds,
    scratch: &mut Vec<i128>,
) -> Option<i64> {
    let least = scaled(terms, multipliers, rows, bounds, scratch)?;
    let whole = least.div_euclid(DENOMINATOR.into());
    // A sum of integers is an integer: rounded up.
    let up = whole + i128::from(least.rem_euclid(DENOMINATOR.into()) != 0);
    i64::try_from(up).ok()
}

/// Whether the multipliers prove that there is no solution: 0 would have to be positive.
pub(crate) fn contradicts(
    multipliers: &[(usize, f64)],
    rows: &Rows,
    bounds: &Bounds,
    scratch: &mut Vec<i128>,
) -> bool {
    scaled(&[], multipliers, rows, bounds, scratch).is_some_and(|least| least > 0)
}

fn scaled(
    terms: &[(usize, i64)],
    multipliers: &[(usize, f64)],
    rows: &Rows,
    bounds: &Bounds,
    left: &mut Vec<i128>,
) -> Option<i128> {
    if multipliers.len() > MOST_MULTIPLIERS {
        return None;
    }
    left.clear();
    left.resize(bounds.low.len(), 0);
    for &(number, coefficient) in terms {
        left[number] = i128::from(coefficient) * i128::from(DENOMINATOR);
    }
    let mut least: i128 = 0;
    for &(row, multiplier) in multipliers {
        let scaled = (multiplier * DENOMINATOR as f64).round();
        if scaled.is_nan() || scaled.abs() > LARGEST_MULTIPLIER {
            return None;
        }
        let multiplier = i128::from(scaled as i64);
        if multiplier == 0 {
            continue;
        }
        let end = match multiplier > 0 {
            true => rows.low[row],
            false => rows.high[row],
        };
        least = least.checked_add(multiplier.checked_mul(end.into())?)?;
        for &(number, coefficient) in rows.row(row) {
            left[number] -= multiplier * i128::from(coefficient);
        }
    }
    for (number, &of) in left.iter().enumerate() {
        let end = match of > 0 {
            true => bounds.low[number],
            false => bounds.high[number],
        };
        if of != 0 {
            least = least.checked_add(of.checked_mul(end.into())?)?;
        }
    }
    Some(least)
}
