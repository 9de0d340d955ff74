//! Rows, as this database holds them.

use lagrum_log::Commitment;
use lagrum_model::CaseId;
use lagrum_store::{CaseRecord, SealedEvent, StoreError, WrappedKey};
use postgres::Row;
use postgres::types::FromSql;

use crate::error::failure;
use crate::pool::{Lease, Values};

pub(crate) type Result<T> = std::result::Result<T, StoreError>;

/// A transaction on a connection that is leased.
pub(crate) struct Transaction<'p> {
    pub(crate) lease: Lease<'p>,
    /// A statement failed: the server undoes the transaction whatever else is said.
    pub(crate) failed: bool,
    /// Something was erased.
    pub(crate) erased: bool,
}

impl<'p> Transaction<'p> {
    pub(crate) fn new(lease: Lease<'p>) -> Self {
        Self {
            lease,
            failed: false,
            erased: false,
        }
    }

    pub(crate) fn all<T>(
        &mut self,
        text: &str,
        values: Values<'_>,
        of: impl FnMut(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let rows = self.lease.query(text, values);
        let rows = rows.inspect_err(|_| self.failed = true)?;
        rows.iter().map(of).collect()
    }

    pub(crate) fn one<T>(
        &mut self,
        text: &str,
        values: Values<'_>,
        of: impl FnMut(&Row) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.all(text, values, of)?.pop())
    }

    /// Executes a statement, and says how many rows it changed.
    pub(crate) fn execute(&mut self, text: &str, values: Values<'_>) -> Result<u64> {
        let changed = self.lease.execute(text, values);
        changed.inspect_err(|_| self.failed = true)
    }
}

pub(crate) fn get<'r, T: FromSql<'r>>(row: &'r Row, at: usize) -> Result<T> {
    row.try_get(at).map_err(failure)
}

/// A number that is never negative.
pub(crate) fn count<T: TryFrom<i64>>(row: &Row, at: usize) -> Result<T> {
    get::<i64>(row, at)?
        .try_into()
        .map_err(|_| StoreError::Damaged("a number is out of its range".into()))
}

pub(crate) fn bytes32(row: &Row, at: usize) -> Result<[u8; 32]> {
    get::<&[u8]>(row, at)?
        .try_into()
        .map_err(|_| StoreError::Damaged("a digest does not have 32 bytes".into()))
}

/// A number as the database holds it. What is larger is not there.
pub(crate) fn wide(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn number_of(case: &CaseId) -> i64 {
    i64::from(case.number())
}

/// Year and number in the columns from `at` on.
pub(crate) fn case_at(row: &Row, at: usize) -> Result<CaseId> {
    Ok(CaseId::new(get(row, at)?, count(row, at + 1)?))
}

pub(crate) fn sealed_at(row: &Row, at: usize) -> Result<SealedEvent> {
    Ok(SealedEvent {
        number: count(row, at)?,
        commitment: Commitment::from_bytes(bytes32(row, at + 1)?),
        sealed: get(row, at + 2)?,
    })
}

pub(crate) fn record(row: &Row) -> Result<CaseRecord> {
    Ok(CaseRecord {
        case: case_at(row, 0)?,
        events: count(row, 2)?,
        key: get::<Option<Vec<u8>>>(row, 3)?.map(WrappedKey),
    })
}
