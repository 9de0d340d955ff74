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
    if let Some(groups) = &query.groups {
        return of_groups(connection, query, groups);
    }
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
    let found = items.len() as u64;
    Ok(PageOf {
        items,
        total: query.page.total(total.unwrap_or_default(), found),
        unreadable: vec![],
    })
}

/// What is not over, of cases of some groups: each group is walked as far as the page goes.
fn of_groups(
    connection: &Connection,
    query: &WatchQuery,
    groups: &[String],
) -> Result<PageOf<WatchRow>, StoreError> {
    const FROM: &str = "watch indexed by watch_group
        where desk_group = ?1 and kind = ?2 and since <= ?3 and since > ?4 and settled is null";
    let end = query.page.offset.saturating_add(query.page.size.into());
    let end = end.min(i64::MAX as u64);
    let kind = query.kind.as_str();
    let (mut items, mut total) = (Vec::new(), 0);
    for group in groups {
        let found = all(
            connection,
            &format!(
                "select year, number, place, kind, about, since, settled from {FROM}
                 order by since desc, year desc, number desc, place desc limit ?5"
            ),
            params![group, kind, query.at, query.after, end],
            watch_of,
        )?;
        items.extend(found);
        let count: Option<u64> = one(
            connection,
            &format!("select count(*) from (select 1 from {FROM} limit ?5)"),
            params![group, kind, query.at, query.after, MOST_COUNTED],
            |row| row.get(0),
        )?;
        total += count.unwrap_or_default();
    }
    Ok(lagrum_store::latest(items, total, query.page))
}
