//! What is hidden, what is known of it, and what is protected.

use crate::InferenceError;
use crate::bounds::Bounds;
use crate::published::{LARGEST, Published};
use crate::rows::{Rows, sum_of, tidy};

/// The hidden numbers: how many cases are in each class, and what amounts they come to. With what holds of them by
/// definition, before anything is published.
///
/// ```
/// let mut hidden = lagrum_inference::Hidden::default();
/// let produced = hidden.count();
/// let refused = hidden.count();
/// // Each produced case has an account at least, and no case has more than 1,023.
/// let accounts = hidden.amount_of(produced, 1, 1_023);
/// assert_eq!(hidden.len(), 3);
/// # let _ = (refused, accounts);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    low: Vec<i64>,
    high: Vec<i64>,
    standing: Vec<Published>,
}

impl Hidden {
    /// So many counts: each 0 or more.
    #[must_use]
    pub fn counts(how_many: usize) -> Self {
        Self {
            low: vec![0; how_many],
            high: vec![LARGEST; how_many],
            standing: Vec::new(),
        }
    }

    /// One more count, 0 or more: the hidden number that it is.
    pub fn count(&mut self) -> usize {
        self.between(0, None)
    }

    /// One more hidden number between these ends: the hidden number that it is. Absent: up to [`LARGEST`].
    pub fn between(&mut self, low: i64, high: Option<i64>) -> usize {
        self.low.push(low);
        self.high.push(high.unwrap_or(LARGEST));
        self.low.len() - 1
    }

    /// One more: an amount over the cases that `count` counts, of which each has `least` to `most`. For a class without
    /// amounts both are 0.
    pub fn amount_of(&mut self, count: usize, least: i64, most: i64) -> usize {
        let amount = self.count();
        self.holds(Published::at_least(
            vec![(amount, 1), (count, least.saturating_neg())],
            0,
        ));
        self.holds(Published::at_most(
            vec![(amount, 1), (count, most.saturating_neg())],
            0,
        ));
        amount
    }

    /// Something holds by definition.
    pub fn holds(&mut self, sum: Published) {
        self.standing.push(sum);
    }

    /// How many hidden numbers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.low.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.low.is_empty()
    }

    pub(crate) fn ends(&self) -> (&[i64], &[i64]) {
        (&self.low, &self.high)
    }

    pub(crate) fn standing(&self) -> &[Published] {
        &self.standing
    }

    fn bounds(&self) -> Result<Bounds, InferenceError> {
        for (&low, &high) in self.low.iter().zip(&self.high) {
            if low > high {
                return Err(InferenceError::Empty { low, high });
            }
            if low < -LARGEST || high > LARGEST {
                return Err(InferenceError::TooLarge(
                    "a hidden number could lie beyond 2^34",
                ));
            }
        }
        Ok(Bounds {
            low: self.low.clone(),
            high: self.high.clone(),
        })
    }
}

/// A sum that nobody may read more narrowly than by a width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    /// Hidden numbers, each with a coefficient.
    pub terms: Vec<(usize, i64)>,
    /// By how much the largest value that is possible has to lie above the smallest. In a band of ten values, 0 to 9, that
    /// is 9.
    pub width: i64,
}

impl Protected {
    /// A hidden number of its own: a protected cell.
    #[must_use]
    pub fn cell(number: usize, width: i64) -> Self {
        Self {
            terms: vec![(number, 1)],
            width,
        }
    }

    pub(crate) fn tidy(&self, numbers: usize) -> Result<Self, InferenceError> {
        if self.width < 1 {
            return Err(InferenceError::Width(self.width));
        }
        Ok(Self {
            terms: tidy(&self.terms, numbers)?,
            width: self.width,
        })
    }
}

/// Everything that somebody knows of the hidden numbers.
#[derive(Clone, Debug)]
pub struct System {
    pub(crate) bounds: Bounds,
    pub(crate) rows: Rows,
    sums: Vec<Published>,
}

impl System {
    /// What a reader knows: what holds by definition, and everything that was ever published.
    ///
    /// # Errors
    /// When a sum names a number that there is not, has ends in the wrong order, or is too large to be reckoned with.
    pub fn new(hidden: &Hidden, published: &[Published]) -> Result<Self, InferenceError> {
        let sums: Vec<Published> = hidden.standing.iter().chain(published).cloned().collect();
        Ok(Self {
            bounds: hidden.bounds()?,
            rows: Rows::of(&sums, hidden.len())?,
            sums,
        })
    }

    /// What an insider knows: this, and what they know for certain themselves. An authority knows its own cases:
    /// [`Published::at_least`] for their classes.
    ///
    /// # Errors
    /// As [`System::new`].
    pub fn with(&self, knows: &[Published]) -> Result<Self, InferenceError> {
        let sums: Vec<Published> = self.sums.iter().chain(knows).cloned().collect();
        Ok(Self {
            bounds: self.bounds.clone(),
            rows: Rows::of(&sums, self.len())?,
            sums,
        })
    }

    /// How many hidden numbers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bounds.low.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bounds.low.is_empty()
    }

    /// Checks that these values are a solution of everything that is known.
    ///
    /// # Errors
    /// The first that is not so.
    pub fn admits(&self, values: &[i64]) -> Result<(), InferenceError> {
        if values.len() != self.len() {
            return Err(InferenceError::Length {
                given: values.len(),
                of: self.len(),
            });
        }
        let ends = self.bounds.low.iter().zip(&self.bounds.high);
        for (number, (&value, (&low, &high))) in values.iter().zip(ends).enumerate() {
            if value < low || value > high {
                return Err(InferenceError::Number { number, value });
            }
        }
        self.rows.hold(values)
    }

    /// Checks two exhibited solutions: that both are solutions of everything that is known, and that the protected sum
    /// differs between them by its width at least. It trusts nothing that found them.
    ///
    /// # Errors
    /// The first that is not so.
    pub fn verify(
        &self,
        protected: &Protected,
        lower: &[i64],
        upper: &[i64],
    ) -> Result<(), InferenceError> {
        let protected = protected.tidy(self.len())?;
        self.admits(lower)?;
        self.admits(upper)?;
        let by = sum_of(&protected.terms, upper) - sum_of(&protected.terms, lower);
        match by >= protected.width {
            true => Ok(()),
            false => Err(InferenceError::Near {
                by,
                width: protected.width,
            }),
        }
    }
}
