//! Which commitments a report has, and where each of them stands.

use crate::statement::{Correction, Statement};
use crate::sum::{Measure, Sum};

/// A point of the equations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The generator of values.
    G,
    /// The card of this row.
    Card(usize),
    /// What the former view committed to as the class of this row.
    Former(usize),
    /// A commitment of the proof's first part.
    First(usize),
}

/// What follows from the statement alone.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// For each row the place of its card in the period.
    pub rows: Vec<usize>,
    pub classes: usize,
    pub pending: Option<usize>,
    pub values: Vec<usize>,
    /// Sum, low end, width.
    pub bands: Vec<(Sum, u64, usize)>,
    pub later: bool,
    pub corrections: Vec<Correction>,
    ranges_at: usize,
    bands_at: usize,
    moves_at: usize,
    /// Commitments of the first part.
    pub first: usize,
}

impl Shape {
    pub(crate) fn of(statement: &Statement) -> Self {
        let mut void = statement.void.iter().peekable();
        let rows: Vec<usize> = (0..statement.cards)
            .filter(|card| void.next_if_eq(&card).is_none())
            .map(|card| card as usize)
            .collect();
        let values: Vec<usize> = statement
            .values
            .iter()
            .map(|values| *values as usize)
            .collect();
        let classes = statement.classes as usize;
        let bands: Vec<_> = statement
            .bands
            .iter()
            .map(|band| (band.sum.clone(), band.low, band.width as usize))
            .collect();
        let ranges_at = rows.len() * (1 + values.len()) + 1 + classes * (1 + values.len());
        let bands_at = ranges_at + values.iter().sum::<usize>();
        let moves_at = bands_at + bands.iter().map(|(_, _, width)| width).sum::<usize>();
        let mut shape = Self {
            rows,
            classes,
            pending: statement.pending.map(|class| class as usize),
            values,
            bands,
            later: statement.view > 1,
            corrections: statement.corrections.clone(),
            ranges_at,
            bands_at,
            moves_at,
            first: moves_at,
        };
        if shape.later {
            shape.first += shape.hidden_moves().count();
        }
        shape
    }

    /// The class of this row.
    pub(crate) fn class(&self, row: usize) -> Place {
        Place::First(row)
    }

    /// The amount of this row in this column, from 0.
    pub(crate) fn amount(&self, column: usize, row: usize) -> Place {
        Place::First(self.rows.len() * (1 + column) + row)
    }

    /// How many rows have this class, from 0.
    pub(crate) fn count(&self, class: usize) -> Place {
        Place::First(self.rows.len() * (1 + self.values.len()) + class)
    }

    /// The amounts of this column, from 0, over the rows with this class, from 1.
    pub(crate) fn total(&self, column: usize, class: usize) -> Place {
        let totals = self.rows.len() * (1 + self.values.len()) + 1 + self.classes;
        Place::First(totals + column * self.classes + class - 1)
    }

    /// Where the counts of the classes and then the totals of the columns stand in the first part.
    pub(crate) fn totals(&self) -> std::ops::Range<usize> {
        self.rows.len() * (1 + self.values.len())..self.ranges_at
    }

    /// How many rows have this amount in this column.
    pub(crate) fn in_range(&self, column: usize, value: usize) -> Place {
        Place::First(self.ranges_at + self.values[..column].iter().sum::<usize>() + value)
    }

    /// Whether the sum is at this distance from the band's low end.
    pub(crate) fn in_band(&self, band: usize, value: usize) -> Place {
        let before: usize = self.bands[..band].iter().map(|(_, _, width)| width).sum();
        Place::First(self.bands_at + before + value)
    }

    /// How many rows went this way since the former view.
    pub(crate) fn moved(&self, way: usize) -> Place {
        Place::First(self.moves_at + way)
    }

    /// The ways from the former class to the present one that need no announcement.
    pub(crate) fn hidden_moves(&self) -> impl Iterator<Item = (usize, usize)> {
        let stays = (0..=self.classes).map(|class| (class, class));
        let answered = self.pending.into_iter().flat_map(|pending| {
            (1..=self.classes)
                .filter(move |class| *class != pending)
                .map(move |class| (pending, class))
        });
        stays.chain(answered)
    }

    /// The commitments of which a sum consists, each with its weight.
    pub(crate) fn each_of(&self, sum: &Sum, mut take: impl FnMut(Place, u64)) {
        for (class, weight) in sum.classes() {
            let (class, weight) = (class as usize, u64::from(weight));
            match sum.measure() {
                Measure::Cases => take(self.count(class), weight),
                Measure::Columns(columns) => {
                    for (column, own) in columns {
                        take(
                            self.total(*column as usize - 1, class),
                            weight * u64::from(*own),
                        );
                    }
                }
            }
        }
    }
}
