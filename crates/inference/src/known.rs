//! What is known of a protected sum while it is looked at.

use crate::seen::{Seen, Witness};

/// What is known of a protected sum so far.
pub(crate) struct Known {
    pub rising: Vec<(usize, i64)>,
    pub falling: Vec<(usize, i64)>,
    pub width: i64,
    /// It is proved to lie between these.
    pub low: i64,
    pub high: i64,
    /// In these solutions it is smallest and largest.
    pub least: (i64, Witness),
    pub most: (i64, Witness),
    /// Steps.
    pub left: u64,
}

/// In which direction a sum is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Up,
    Down,
}

impl Known {
    pub fn is_wide(&self) -> bool {
        self.most.0 - self.least.0 >= self.width
    }

    pub fn is_narrow(&self) -> bool {
        self.high - self.low < self.width
    }

    pub fn is_open(&self) -> bool {
        !self.is_wide() && !self.is_narrow()
    }

    pub fn seen(self) -> Seen {
        if self.is_wide() {
            Seen::Wide {
                lower: self.least.1,
                upper: self.most.1,
            }
        } else if self.is_narrow() {
            Seen::Narrow {
                low: self.low,
                high: self.high,
            }
        } else {
            Seen::Unknown
        }
    }

    pub fn terms(&self, way: Way) -> &[(usize, i64)] {
        match way {
            Way::Up => &self.rising,
            Way::Down => &self.falling,
        }
    }

    /// How far beyond the furthest solution it would be wide, or could be at all: in the direction of the terms.
    pub fn wanted(&self, way: Way) -> i64 {
        match way {
            Way::Up => self.high.min(self.least.0.saturating_add(self.width)),
            Way::Down => -self.low.max(self.most.0.saturating_sub(self.width)),
        }
    }

    pub fn reached(&self, way: Way) -> i64 {
        match way {
            Way::Up => self.most.0,
            Way::Down => -self.least.0,
        }
    }

    /// It is proved to be so much at most, in the direction of the terms.
    pub fn at_most(&mut self, way: Way, most: i64) {
        match way {
            Way::Up => self.high = self.high.min(most),
            Way::Down => self.low = self.low.max(-most),
        }
    }
}
