//! Versions of the tables. They only go forward, one step at a time.

use lagrum_store::StoreError;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::failure;

/// Step n makes version n + 1 out of version n. A step that was published is never changed.
const STEPS: [&str; 14] = [
    include_str!("schema.sql"),
    include_str!("shelf.sql"),
    include_str!("watch.sql"),
    include_str!("beside.sql"),
    include_str!("groups.sql"),
    include_str!("open.sql"),
    include_str!("shown.sql"),
    include_str!("batches.sql"),
    include_str!("narrowed.sql"),
    include_str!("cards.sql"),
    include_str!("facts.sql"),
    include_str!("known.sql"),
    include_str!("words.sql"),
    include_str!("lost.sql"),
];

pub(crate) const NEWEST: i64 = STEPS.len() as i64;

pub(crate) fn version(connection: &Connection) -> Result<i64, StoreError> {
    connection
        .query_row("pragma user_version", [], |row| row.get(0))
        .map_err(failure)
}

/// Whether the tables are those that this program knows: another process may be of a newer version, and have brought
/// them up while this one runs.
pub(crate) fn still_known(connection: &Connection) -> Result<(), StoreError> {
    let found = connection
        .prepare_cached("pragma user_version")
        .and_then(|mut asked| asked.query_row([], |row| row.get(0)))
        .map_err(failure)?;
    match found {
        NEWEST => Ok(()),
        found => Err(StoreError::UnknownSchema {
            found,
            known: NEWEST,
        }),
    }
}

/// Brings the tables to the newest version.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    if version(connection)? == NEWEST {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failure)?;
    // Asked again: another process may have been faster.
    let found = version(&transaction)?;
    let steps = usize::try_from(found)
        .ok()
        .and_then(|done| STEPS.get(done..))
        .ok_or(StoreError::UnknownSchema {
            found,
            known: NEWEST,
        })?;
    for step in steps {
        transaction.execute_batch(step).map_err(failure)?;
    }
    transaction
        .pragma_update(None, "user_version", NEWEST)
        .map_err(failure)?;
    transaction.commit().map_err(failure)
}
