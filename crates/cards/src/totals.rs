//! What opens the totals of a report: kept by its provider, for sums with others.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::TextError;
use crate::group::{Bytes, Opened, scalar};
use crate::sum::{Measure, Sum};

/// What opens how many cards have each class, and what they add up to.
///
/// Secret for ever: the values that a report publishes as a band, or not at all, are in it.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct Totals {
    #[zeroize(skip)]
    classes: usize,
    /// Classes from 0, then for each column classes from 1.
    opened: Vec<Opened>,
}

impl Totals {
    pub(crate) fn new(classes: usize, opened: Vec<Opened>) -> Self {
        Self { classes, opened }
    }

    /// What opens a sum; none if it names a class or a column that there is not.
    pub(crate) fn open(&self, sum: &Sum) -> Option<Opened> {
        let columns = (self.opened.len() - 1) / self.classes - 1;
        if !sum.fits(u32::try_from(self.classes).ok()?, columns) {
            return None;
        }
        let mut opened = Opened::default();
        for (class, weight) in sum.classes() {
            let class = class as usize;
            match sum.measure() {
                Measure::Cases => opened = opened + self.opened[class] * weight.into(),
                Measure::Columns(columns) => {
                    for (column, own) in columns {
                        let at = *column as usize * self.classes + class;
                        opened =
                            opened + self.opened[at] * (u64::from(weight) * u64::from(*own)).into();
                    }
                }
            }
        }
        Some(opened)
    }

    /// The bytes to keep, where secrets are kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = (self.classes as u64).to_le_bytes().to_vec();
        for opened in &self.opened {
            bytes.extend(opened.value.as_bytes());
            bytes.extend(opened.blinding.as_bytes());
        }
        bytes
    }

    /// What was kept.
    ///
    /// # Errors
    ///
    /// If these are other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TextError> {
        const FORM: TextError = TextError::new("totals", "these are not the bytes that were kept");
        let (classes, rest) = bytes.split_first_chunk::<8>().ok_or(FORM)?;
        let classes = usize::try_from(u64::from_le_bytes(*classes)).map_err(|_| FORM)?;
        let (parts, left) = rest.as_chunks::<64>();
        let opened = parts.iter().map(|part| {
            let half = |at: usize| -> Bytes { part[at..at + 32].try_into().expect("32 bytes") };
            Some(Opened {
                value: scalar(&half(0))?,
                blinding: scalar(&half(32))?,
            })
        });
        let mut opened: Vec<Opened> = opened.collect::<Option<_>>().ok_or(FORM)?;
        let whole = left.is_empty()
            && classes > 0
            && opened.len() > classes
            && (opened.len() - 1).is_multiple_of(classes);
        if whole {
            return Ok(Self { classes, opened });
        }
        opened.zeroize();
        Err(FORM)
    }
}
