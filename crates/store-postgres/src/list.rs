//! The read model: one row, and pages of a filtered list.

use lagrum_model::CaseId;
use lagrum_store::{ListQuery, Order, PageOf, SummaryRow};
use postgres::Row;
use postgres::types::ToSql;

use crate::rows::{Result, Transaction, case_at, count, get, number_of, wide};

const COLUMNS: &str = "s.year, s.number, s.name, s.received_at, s.state, s.rank, s.authority,
    s.authority_folded, s.authority_country, s.reference, s.reference_folded, s.instrument,
    s.owner, s.due_at, s.due_clock, s.answers, s.parts, s.waiting_for, s.waiting_roles, s.events,
    s.desk_group, s.route, s.beside";

fn summary_of(row: &Row) -> Result<SummaryRow> {
    Ok(SummaryRow {
        case: case_at(row, 0)?,
        name: get(row, 2)?,
        received_at: get(row, 3)?,
        state: get(row, 4)?,
        rank: get(row, 5)?,
        authority: get(row, 6)?,
        authority_folded: get(row, 7)?,
        authority_country: get(row, 8)?,
        reference: get(row, 9)?,
        reference_folded: get(row, 10)?,
        instrument: get(row, 11)?,
        owner: get(row, 12)?,
        due_at: get(row, 13)?,
        due_clock: get(row, 14)?,
        answers: get(row, 15)?,
        parts: count(row, 16)?,
        waiting_for: get(row, 17)?,
        waiting_roles: get(row, 18)?,
        events: count(row, 19)?,
        desk_group: get(row, 20)?,
        route: get(row, 21)?,
        beside: get(row, 22)?,
    })
}

pub(crate) fn summary(
    transaction: &mut Transaction<'_>,
    case: &CaseId,
) -> Result<Option<SummaryRow>> {
    transaction.one(
        &format!("select {COLUMNS} from summary as s where year = $1 and number = $2"),
        &[&case.year(), &number_of(case)],
        summary_of,
    )
}

/// Conditions with their values; texts come from here, values never enter a text.
#[derive(Default)]
struct Conditions<'q> {
    texts: Vec<String>,
    values: Vec<&'q (dyn ToSql + Sync)>,
}

impl<'q> Conditions<'q> {
    /// Adds a condition for a value. The text holds one `?`, where it goes.
    fn add(&mut self, value: &'q (dyn ToSql + Sync), text: &str) {
        self.values.push(value);
        let place = format!("${}", self.values.len());
        self.texts.push(text.replacen('?', &place, 1));
    }

    fn given<T: ToSql + Sync>(&mut self, value: &'q Option<T>, text: &str) {
        if let Some(value) = value {
            self.add(value, text);
        }
    }
}

/// What a query asks for.
fn conditions<'q>(
    query: &'q ListQuery,
    tag: &'q Option<Vec<u8>>,
    words: &'q [i64],
) -> Conditions<'q> {
    let mut conditions = Conditions::default();
    conditions.given(
        tag,
        "(s.year, s.number) in (select year, number from summary_identifier where tag = ?)",
    );
    for word in words {
        conditions.add(
            word,
            "exists (select 1 from summary_word as w
                 where w.word = ? and w.year = s.year and w.number = s.number)",
        );
    }
    conditions.given(&query.state, "s.state = ?");
    conditions.given(&query.authority, "strpos(s.authority_folded, ?) > 0");
    conditions.given(&query.reference, "strpos(s.reference_folded, ?) > 0");
    conditions.given(&query.country, "s.authority_country = ?");
    conditions.given(&query.instrument, "s.instrument = ?");
    conditions.given(&query.received_since, "s.received_at >= ?");
    conditions.given(&query.received_before, "s.received_at < ?");
    conditions.given(&query.owner, "s.owner = ?");
    if query.without_owner {
        conditions.texts.push("s.owner is null".into());
    }
    conditions.given(&query.waiting_for, "s.waiting_for = ?");
    for role in &query.waiting_roles {
        conditions.add(role, "strpos(s.waiting_roles, ?) > 0");
    }
    conditions.given(&query.due_before, "s.due_at < ?");
    match query.open {
        Some(true) => conditions.texts.push("s.rank < 2".into()),
        Some(false) => conditions.texts.push("s.rank = 2".into()),
        None => {}
    }
    conditions
}

impl Conditions<'_> {
    fn filter(&self) -> String {
        if self.texts.is_empty() {
            String::new()
        } else {
            format!("where {}", self.texts.join(" and "))
        }
    }
}

/// How many there are, up to `most`.
pub(crate) fn counted(
    transaction: &mut Transaction<'_>,
    query: &ListQuery,
    most: u32,
) -> Result<u64> {
    let tag = query.identifier.map(|tag| tag.0.to_vec());
    let words: Vec<_> = query.words.iter().map(|word| word.0).collect();
    let most = i64::from(most);
    let mut total = 0;
    for group in query.each_group() {
        let mut conditions = conditions(query, &tag, &words);
        conditions.given(&group, "s.desk_group = ?");
        let last = conditions.values.len() + 1;
        let values = conditions.values.iter().copied();
        let values: Vec<_> = values.chain([&most as &(dyn ToSql + Sync)]).collect();
        let found: Option<u64> = transaction.one(
            &format!(
                "select count(*) from (select 1 from summary as s {} limit ${last}) as found",
                conditions.filter()
            ),
            &values,
            |row| count(row, 0),
        )?;
        total += found.unwrap_or_default();
    }
    Ok(total.min(most.unsigned_abs()))
}

pub(crate) fn list(
    transaction: &mut Transaction<'_>,
    query: &ListQuery,
) -> Result<PageOf<SummaryRow>> {
    let tag = query.identifier.map(|tag| tag.0.to_vec());
    let words: Vec<_> = query.words.iter().map(|word| word.0).collect();
    let order = match query.order {
        Order::Number => "s.year, s.number",
        Order::Newest => "s.year desc, s.number desc",
        Order::Due => "s.rank, s.due_at, s.year, s.number",
        Order::Received => "s.received_at, s.year, s.number",
    };
    // One walk skips what is before the page. Of several groups each is walked in the order of the list, as far as
    // the page goes; then they are put together.
    let groups = query.each_group();
    let (size, offset) = (i64::from(query.page.size), wide(query.page.offset));
    let end = offset.saturating_add(size);
    let conditions = conditions(query, &tag, &words);
    let filter = |group: Option<usize>| {
        let own = group.map(|place| format!("s.desk_group = ${place}"));
        let texts: Vec<_> = conditions.texts.iter().cloned().chain(own).collect();
        match texts.is_empty() {
            true => String::new(),
            false => format!("where {}", texts.join(" and ")),
        }
    };
    let mut values: Vec<&(dyn ToSql + Sync)> = conditions.values.clone();
    values.extend([&size as &(dyn ToSql + Sync), &offset, &end]);
    let [size_at, offset_at, end_at] = [2, 1, 0].map(|back| values.len() - back);
    let before = values.len();
    values.extend(
        groups
            .iter()
            .flatten()
            .map(|one| *one as &(dyn ToSql + Sync)),
    );
    let place = |n: usize| query.groups.is_some().then_some(before + n + 1);
    let piece = format!("limit ${size_at} offset ${offset_at}");
    let (far, cut) = match groups.len() {
        1 => (piece, String::new()),
        _ => (format!("limit ${end_at}"), piece),
    };
    let walks: Vec<_> = (0..groups.len())
        .map(|n| {
            let filter = filter(place(n));
            format!("(select s.year, s.number from summary as s {filter} order by {order} {far})")
        })
        .collect();
    let items = match walks.is_empty() {
        true => Vec::new(),
        false => transaction.all(
            // The type of a value that a query does not use has to be said all the same.
            &format!(
                "with page as materialized ({}), typed as (select ${size_at}::bigint, ${offset_at}::bigint, ${end_at}::bigint)
                 select {COLUMNS} from page join summary as s using (year, number) order by {order} {cut}",
                walks.join(" union all "),
            ),
            &values,
            summary_of,
        )?,
    };
    // A page that is not full is the last one, and tells how many there are.
    let found = items.len() as u64;
    let is_last = found < u64::from(query.page.size) && (found > 0 || query.page.offset == 0);
    let most = wide(query.page.counted_up_to);
    let mut total = 0;
    if is_last {
        total = query.page.offset + found;
    } else {
        for group in &groups {
            let mut values = conditions.values.clone();
            values.extend(group.iter().map(|one| *one as &(dyn ToSql + Sync)));
            let filter = filter(group.map(|_| values.len()));
            values.push(&most);
            let last = values.len();
            let count_all = format!(
                "select count(*) from (select 1 from summary as s {filter} limit ${last}) as found"
            );
            let count: Option<u64> = transaction.one(&count_all, &values, |row| count(row, 0))?;
            total += count.unwrap_or_default();
        }
        total = query.page.total(total, found);
    }
    Ok(PageOf {
        items,
        total,
        unreadable: vec![],
    })
}
