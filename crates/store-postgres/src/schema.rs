//! Versions of the tables. They only go forward, one step at a time.

use lagrum_store::StoreError;
use postgres::{Client, Row};

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

const NEWEST: i64 = STEPS.len() as i64;

/// The number under which processes wait for each other here, and for nothing else: `lagrum` as
/// bytes.
const LOCK: i64 = 0x6c61_6772_756d;

/// Brings the tables to the newest version.
pub(crate) fn migrate(client: &mut Client) -> Result<(), StoreError> {
    if version(client)? == NEWEST {
        return Ok(());
    }
    let mut transaction = client.transaction().map_err(failure)?;
    transaction
        .execute("select pg_advisory_xact_lock($1)", &[&LOCK])
        .map_err(failure)?;
    // Asked again: another process may have been faster.
    let found = version(&mut transaction)?;
    let steps = usize::try_from(found)
        .ok()
        .and_then(|done| STEPS.get(done..))
        .ok_or(StoreError::UnknownSchema {
            found,
            known: NEWEST,
        })?;
    for step in steps {
        transaction.batch_execute(step).map_err(failure)?;
    }
    transaction
        .batch_execute("create table if not exists schema_version (version bigint not null)")
        .and_then(|()| transaction.execute("delete from schema_version", &[]))
        .and_then(|_| transaction.execute("insert into schema_version values ($1)", &[&NEWEST]))
        .map_err(failure)?;
    transaction.commit().map_err(failure)
}

/// What [`still_known`] asks.
pub(crate) const VERSION: &str = "select version from schema_version";

/// Whether the tables are those that this program knows: another process may be of a newer version, and have brought
/// them up while this one runs.
pub(crate) fn still_known(rows: &[Row]) -> Result<(), StoreError> {
    let row = rows.first().ok_or_else(gone)?;
    match row.try_get(0).map_err(failure)? {
        NEWEST => Ok(()),
        found => Err(StoreError::UnknownSchema {
            found,
            known: NEWEST,
        }),
    }
}

fn gone() -> StoreError {
    StoreError::Damaged("the version of the tables is gone".into())
}

fn version(client: &mut impl postgres::GenericClient) -> Result<i64, StoreError> {
    let made = client
        .query_one("select to_regclass('schema_version') is not null", &[])
        .map_err(failure)?;
    if !made.get::<_, bool>(0) {
        return Ok(0);
    }
    let row = client.query_opt(VERSION, &[]).map_err(failure)?;
    row.ok_or_else(gone)?.try_get(0).map_err(failure)
}
