//! Which groups of rows need not be read: those of which statistics say for certain that each row is dated where
//! nobody asks.

use jiff::Timestamp;
use lagrum_sources::TimeFormat;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::statistics::Statistics;

use crate::schema::Node;
use crate::value::{As, instant};

/// A column of times of which statistics say the instants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dated {
    column: usize,
    /// How many nanoseconds one of its units is.
    unit: i64,
}

impl Dated {
    /// The column `time`, if its numbers are instants: a time without a zone and a time in text are looked at row by row.
    pub(crate) fn of(time: &Node, format: Option<TimeFormat>) -> Option<Self> {
        let unit = match (time.single()?, format) {
            (As::Timestamp(unit, true), None) => *unit,
            (As::Plain, Some(TimeFormat::EpochSeconds)) => 1_000_000_000,
            (As::Plain, Some(TimeFormat::EpochMilliseconds)) => 1_000_000,
            (As::Plain, Some(TimeFormat::EpochMicroseconds)) => 1000,
            (As::Plain, Some(TimeFormat::EpochNanoseconds)) => 1,
            _ => return None,
        };
        let column = time.columns.start;
        Some(Self { column, unit })
    }

    /// From when to when all rows of a group are dated (UTC, both included), if that can be trusted: least and greatest are
    /// of whole numbers, which nobody shortens, and say how they are ordered, and no row is without a time.
    pub(crate) fn span(&self, group: &RowGroupMetaData) -> Option<(Timestamp, Timestamp)> {
        let column = group.columns().get(self.column)?;
        if column.num_values() != group.num_rows() {
            return None;
        }
        let all = column.statistics()?;
        let (least, greatest) = match all {
            Statistics::Int64(of) => (*of.min_opt()?, *of.max_opt()?),
            Statistics::Int32(of) => (i64::from(*of.min_opt()?), i64::from(*of.max_opt()?)),
            _ => return None,
        };
        if all.is_min_max_deprecated() || all.null_count_opt() != Some(0) || least > greatest {
            return None;
        }
        Some((instant(least, self.unit)?, instant(greatest, self.unit)?))
    }
}
