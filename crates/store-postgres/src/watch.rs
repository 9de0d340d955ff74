//! What is watched about cases.

use lagrum_model::CaseId;
use lagrum_store::{MOST_COUNTED, PageOf, WatchQuery, WatchRow};
use postgres::Row;

use crate::rows::{Result, Transaction, case_at, count, get, number_of, wide};

fn watch_of(row: &Row) -> Result<WatchRow> {
    Ok(WatchRow {
        case: case_at(row, 0)?,
        place: count(row, 2)?,
        kind: get(row, 3)?,
        about: get(row, 4)?,
        since: get(row, 5)?,
        settled: get(row, 6)?,
    })
}

pub(crate) fn of_case(transaction: &mut Transaction<'_>, case: &CaseId) -> Result<Vec<WatchRow>> {
    transaction.all(
        "select year, number, place, kind, about, since, settled from watch
         where year = $1 and number = $2 order by place",
        &[&case.year(), &number_of(case)],
        watch_of,
    )
}

pub(crate) fn list(
    transaction: &mut Transaction<'_>,
    query: &WatchQuery,
) -> Result<PageOf<WatchRow>> {
    if let Some(groups) = &query.groups {
        return of_groups(transaction, query, groups);
    }
    let from = match query.open {
        true => "watch where kind = $1 and since <= $2 and since > $3 and settled is null",
        false => "watch where kind = $1 and since <= $2 and since > $3",
    };
    let kind = query.kind.as_str();
    let items = transaction.all(
        &format!(
            "select year, number, place, kind, about, since, settled from {from}
             order by since desc, year desc, number desc, place desc limit $4 offset $5"
        ),
        &[
            &kind,
            &query.at,
            &query.after,
            &i64::from(query.page.size),
            &wide(query.page.offset),
        ],
        watch_of,
    )?;
    let total = transaction.one(
        &format!("select count(*) from (select 1 from {from} limit $4) as counted"),
        &[&kind, &query.at, &query.after, &wide(MOST_COUNTED)],
        |row| count(row, 0),
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
    transaction: &mut Transaction<'_>,
    query: &WatchQuery,
    groups: &[String],
) -> Result<PageOf<WatchRow>> {
    const FROM: &str = "watch
        where desk_group = $1 and kind = $2 and since <= $3 and since > $4 and settled is null";
    let end = query.page.offset.saturating_add(query.page.size.into());
    let end = wide(end);
    let kind = query.kind.as_str();
    let (mut items, mut total) = (Vec::new(), 0);
    for group in groups {
        let found = transaction.all(
            &format!(
                "select year, number, place, kind, about, since, settled from {FROM}
                 order by since desc, year desc, number desc, place desc limit $5"
            ),
            &[group, &kind, &query.at, &query.after, &end],
            watch_of,
        )?;
        items.extend(found);
        let count: Option<u64> = transaction.one(
            &format!("select count(*) from (select 1 from {FROM} limit $5) as counted"),
            &[group, &kind, &query.at, &query.after, &wide(MOST_COUNTED)],
            |row| count(row, 0),
        )?;
        total += count.unwrap_or_default();
    }
    Ok(lagrum_store::latest(items, total, query.page))
}
