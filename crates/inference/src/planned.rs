//! A sum that will be published.

use crate::InferenceError;
use crate::published::Published;

/// A sum that will be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Hidden numbers, each with a coefficient.
    pub terms: Vec<(usize, i64)>,
    /// As the band of so many values in which it lies, with edges at the multiples of that. 1: as it is.
    pub width: i64,
}

impl Planned {
    /// What is published of these data.
    ///
    /// # Errors
    /// When they are not as many as the sum needs, or the width is not positive, or the sum leaves 63 bits.
    pub fn publish(&self, data: &[i64]) -> Result<Published, InferenceError> {
        if self.width < 1 {
            return Err(InferenceError::Width(self.width));
        }
        let too_large = || InferenceError::TooLarge("a sum leaves 63 bits");
        let mut sum: i64 = 0;
        for &(number, coefficient) in &self.terms {
            let value = data.get(number).ok_or(InferenceError::NoSuchNumber {
                number,
                of: data.len(),
            })?;
            let part = value.checked_mul(coefficient).ok_or_else(too_large)?;
            sum = sum.checked_add(part).ok_or_else(too_large)?;
        }
        let low = sum
            .div_euclid(self.width)
            .checked_mul(self.width)
            .ok_or_else(too_large)?;
        Published::band(self.terms.clone(), low, self.width)
    }
}
