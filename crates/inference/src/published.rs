//! What is published of hidden numbers.

use crate::InferenceError;

/// No count and no amount is larger than this, 2^34: what is proved, is proved of data up to here. It keeps every sum within
/// 63 bits.
pub const LARGEST: i64 = 1 << 34;

/// A sum of hidden numbers, and between which ends it is known to lie, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Hidden numbers, each with a coefficient. Of a number that is named twice the coefficients are added up.
    pub terms: Vec<(usize, i64)>,
    /// The lower end.
    pub low: i64,
    /// The upper end.
    pub high: i64,
}

impl Published {
    /// A sum that is published as it is.
    #[must_use]
    pub fn exactly(terms: Vec<(usize, i64)>, value: i64) -> Self {
        Self {
            terms,
            low: value,
            high: value,
        }
    }

    /// A sum that is published as the band of `width` values from `low` on.
    ///
    /// # Errors
    /// When the width is not positive, or the band ends beyond 63 bits.
    pub fn band(terms: Vec<(usize, i64)>, low: i64, width: i64) -> Result<Self, InferenceError> {
        if width < 1 {
            return Err(InferenceError::Width(width));
        }
        let high = low
            .checked_add(width - 1)
            .ok_or(InferenceError::TooLarge("a band ends beyond 63 bits"))?;
        Ok(Self { terms, low, high })
    }

    /// A sum that is known to be so much at least.
    #[must_use]
    pub fn at_least(terms: Vec<(usize, i64)>, least: i64) -> Self {
        Self {
            terms,
            low: least,
            high: i64::MAX,
        }
    }

    /// A sum that is known to be so much at most.
    #[must_use]
    pub fn at_most(terms: Vec<(usize, i64)>, most: i64) -> Self {
        Self {
            terms,
            low: i64::MIN,
            high: most,
        }
    }
}
