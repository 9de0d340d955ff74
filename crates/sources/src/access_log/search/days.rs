//! On which days a log has entries, whoever they belong to.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_model::{Covered, Gap, Period};

use crate::dates::Interval;

/// The first and the last instant of each day (UTC) that has entries. What is no lost time lies between 1982 and tomorrow, so
/// that there are some sixteen thousand of them at most.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    all: BTreeMap<i64, Covered>,
    /// The day of the last entry: the next is mostly of the same.
    open: Option<(i64, Covered)>,
}

impl Days {
    /// One entry more, which is of one of two instants at most.
    pub(super) fn entry(&mut self, dated: Interval) {
        self.instant(dated.earliest());
        if dated.exact().is_none() {
            self.instant(dated.latest());
        }
    }

    /// The entries of `other` too.
    pub(super) fn add(&mut self, other: &Self) {
        let days = other
            .all
            .values()
            .chain(other.open.iter().map(|(_, day)| day));
        for day in days {
            self.span(*day);
        }
    }

    /// Entries that begin and end so.
    pub(super) fn span(&mut self, span: Covered) {
        self.instant(span.first);
        self.instant(span.last);
    }

    fn instant(&mut self, at: Timestamp) {
        let day = at.as_second().div_euclid(24 * 60 * 60);
        match &mut self.open {
            Some((open, covered)) if *open == day => *covered = Covered::and(Some(*covered), at),
            open => {
                if let Some((day, covered)) = open.replace((day, Covered::at(at))) {
                    self.close(day, covered);
                }
            }
        }
    }

    fn close(&mut self, day: i64, covered: Covered) {
        let known = self.all.get(&day).copied();
        let both = Covered::and(known, covered.first);
        self.all.insert(day, Covered::and(Some(both), covered.last));
    }

    fn closed(&self) -> Self {
        let mut closed = self.clone();
        if let Some((day, covered)) = closed.open.take() {
            closed.close(day, covered);
        }
        closed
    }

    /// From when to when the entries reach.
    pub(super) fn covers(&self) -> Option<Covered> {
        let closed = self.closed();
        let (first, last) = (
            closed.all.values().next()?,
            closed.all.values().next_back()?,
        );
        Some(Covered {
            first: first.first,
            last: last.last,
        })
    }

    /// The longest stretches of `period`, a day or longer, between two entries without one: an entry of a wrong clock far
    /// from all others hides neither that the log begins late, nor that a file of it is missing.
    pub(super) fn gaps(&self, period: &Period) -> Vec<Gap> {
        let closed = self.closed();
        let days: Vec<_> = closed.all.values().collect();
        let between = days.windows(2).map(|pair| Gap {
            from: pair[0].last,
            until: pair[1].first,
        });
        let mut gaps: Vec<_> = between.filter_map(|gap| gap.within(period)).collect();
        gaps.sort_by_key(|gap| Reverse(gap.length()));
        gaps.truncate(Gap::MOST);
        gaps.sort_by_key(|gap| gap.from);
        gaps
    }
}
