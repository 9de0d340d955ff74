//! What is watched about cases.

use lagrum_model::CaseId;
use lagrum_store::{MOST_COUNTED, PageOf, StoreError, WatchQuery, WatchRow};
use rusqlite::{Connection, Row, params};

use crate::rows::{all, case_at, one};

fn watch_of(row: &Row<'_>) -> rusqlite::Result<WatchRow> {
    Ok(WatchRow {
        case: case_at(row, 0)?,
        place: row.get(2)?,
        kind: row.get(3)?,
        about: row.get(4)?,
        since: row.get(5)?,
        settled: row.get(6)?,
    })
}

pub(crate) fn of_case(connection: &Connection, case: &CaseId) -> Result<Vec<WatchRow>, StoreError> {
    all(
        connection,
        "select year, number, place, kind, about, since, settled from watch
         where year = ?1 and number = ?2 order by place",
        params![case.year(), case.number()],
        watch_of,
    )
}

pub(crate) fn list(
    connection: &Connection,
    query: &WatchQuery,
) -> Result<PageOf<WatchRow>, StoreError> {
    // The index is named, so that no page ever looks at what is not on it.
    let from = match query.open {
        true => {
            "watch indexed by watch_open where kind = ?1 and since <= ?2 and since > ?3 and settled is null"
        }
        false => "watch indexed by watch_kind where kind = ?1 and since <= ?2 and since > ?3",
    };
    let kind = query.kind.as_str();
    let items = all(
        connection,
        &format!(
            "select year, number, place, kind, about, since, settled from {from}
             order by since desc, year desc, number desc, place desc limit ?4 offset ?5"
        ),
        params![
            kind,
            query.at,
            query.after,
            query.page.size,
            query.page.offset
        ],
        watch_of,
    )?;
    let total = one(
        connection,
        &format!("select count(*) from (select 1 from {from} limit ?4)"),
        params![kind, query.at, query.after, MOST_COUNTED],
        |row| row.get(0),
    )?;
    Ok(PageOf {
        items,
        total: total.unwrap_or_default(),
        unreadable: vec![],
    })
}
