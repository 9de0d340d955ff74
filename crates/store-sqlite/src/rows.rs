//! Rows, as this database holds them.

use lagrum_log::Commitment;
use lagrum_model::CaseId;
use lagrum_store::{CaseRecord, SealedEvent, StoreError, WrappedKey};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::error::failure;

/// A transaction on a connection that is leased.
pub(crate) struct Transaction<L>(pub(crate) L);

pub(crate) type Result<T> = std::result::Result<T, StoreError>;

pub(crate) fn one<T>(
    connection: &Connection,
    query: &str,
    values: impl Params,
    of: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    let mut query = connection.prepare_cached(query).map_err(failure)?;
    query.query_row(values, of).optional().map_err(failure)
}

pub(crate) fn all<T>(
    connection: &Connection,
    query: &str,
    values: impl Params,
    of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut query = connection.prepare_cached(query).map_err(failure)?;
    let rows = query.query_map(values, of).map_err(failure)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failure)
}

/// Year and number in the columns from `at` on.
pub(crate) fn case_at(row: &Row<'_>, at: usize) -> rusqlite::Result<CaseId> {
    Ok(CaseId::new(row.get(at)?, row.get(at + 1)?))
}

pub(crate) fn sealed_at(row: &Row<'_>, at: usize) -> rusqlite::Result<SealedEvent> {
    Ok(SealedEvent {
        number: row.get(at)?,
        commitment: Commitment::from_bytes(row.get(at + 1)?),
        sealed: row.get(at + 2)?,
    })
}

pub(crate) fn record(row: &Row<'_>) -> rusqlite::Result<CaseRecord> {
    Ok(CaseRecord {
        case: case_at(row, 0)?,
        events: row.get(2)?,
        key: row.get::<_, Option<Vec<u8>>>(3)?.map(WrappedKey),
    })
}

pub(crate) fn case(connection: &Connection, case: &CaseId) -> Result<Option<CaseRecord>> {
    one(
        connection,
        "select year, number, events, key from case_file where year = ?1 and number = ?2",
        params![case.year(), case.number()],
        record,
    )
}
