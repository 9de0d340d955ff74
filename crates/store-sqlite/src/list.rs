//! The read model: one row, and pages of a filtered list.

use lagrum_model::CaseId;
use lagrum_store::{ListQuery, Order, PageOf, StoreError, SummaryRow};
use rusqlite::types::ToSql;
use rusqlite::{Connection, Row, params, params_from_iter};

use crate::rows::{all, case_at, one};
use crate::words::{self, Asked};

macro_rules! columns {
    () => {
        "s.year, s.number, s.name, s.received_at, s.state, s.rank, s.authority,
         s.authority_folded, s.authority_country, s.reference, s.reference_folded, s.instrument,
         s.owner, s.due_at, s.due_clock, s.answers, s.parts, s.waiting_for, s.waiting_roles, s.events,
         s.desk_group, s.route, s.beside"
    };
}

fn summary_of(row: &Row<'_>) -> rusqlite::Result<SummaryRow> {
    Ok(SummaryRow {
        case: case_at(row, 0)?,
        name: row.get(2)?,
        received_at: row.get(3)?,
        state: row.get(4)?,
        rank: row.get(5)?,
        authority: row.get(6)?,
        authority_folded: row.get(7)?,
        authority_country: row.get(8)?,
        reference: row.get(9)?,
        reference_folded: row.get(10)?,
        instrument: row.get(11)?,
        owner: row.get(12)?,
        due_at: row.get(13)?,
        due_clock: row.get(14)?,
        answers: row.get(15)?,
        parts: row.get(16)?,
        waiting_for: row.get(17)?,
        waiting_roles: row.get(18)?,
        events: row.get(19)?,
        desk_group: row.get(20)?,
        route: row.get(21)?,
        beside: row.get(22)?,
    })
}

pub(crate) fn summary(
    connection: &Connection,
    case: &CaseId,
) -> Result<Option<SummaryRow>, StoreError> {
    one(
        connection,
        concat!(
            "select ",
            columns!(),
            " from summary as s where year = ?1 and number = ?2"
        ),
        params![case.year(), case.number()],
        summary_of,
    )
}

/// Conditions with their values; texts come from here, values never enter a text.
#[derive(Default)]
struct Conditions<'q> {
    texts: Vec<&'static str>,
    values: Vec<&'q dyn ToSql>,
}

impl<'q> Conditions<'q> {
    /// Adds a condition for a value that is given. Each text holds one `?`.
    fn given<T: ToSql>(&mut self, value: &'q Option<T>, text: &'static str) {
        if let Some(value) = value {
            self.texts.push(text);
            self.values.push(value);
        }
    }
}

/// What a query asks for by tags.
struct Sought {
    tag: Option<[u8; 32]>,
    words: Asked,
}

impl Sought {
    fn of(connection: &Connection, query: &ListQuery) -> Result<Self, StoreError> {
        Ok(Self {
            tag: query.identifier.map(|tag| tag.0),
            words: words::asked(connection, &query.words)?,
        })
    }

    /// Whether the cases are those of a word, rather than those of an identifier or of the list.
    fn by_word(&self) -> bool {
        self.tag.is_none() && self.words.rare
    }

    /// Whether nothing else is asked for than words.
    fn is_all_of(&self, conditions: &Conditions<'_>) -> bool {
        let words = self.words.words.len();
        self.tag.is_none() && words > 0 && conditions.texts.len() == words
    }

    /// Whether few cases are left, which are found without walking the list.
    fn leaves_few(&self) -> bool {
        self.tag.is_some() || self.words.rare
    }
}

/// What a query asks for. `by_number`: the list is walked in the order of the cases' numbers.
fn conditions<'q>(query: &'q ListQuery, sought: &'q Sought, by_number: bool) -> Conditions<'q> {
    let mut conditions = Conditions::default();
    conditions.given(
        &sought.tag,
        "(s.year, s.number) in (select year, number from summary_identifier where tag = ?)",
    );
    for (place, word) in sought.words.words.iter().enumerate() {
        // A rare word gives the cases; every other is looked up for each that is left.
        conditions.texts.push(match place == 0 && sought.by_word() {
            true => "(s.year, s.number) in (select year, number from summary_word where word = ?)",
            false => {
                "exists (select 1 from summary_word as w
                     where w.word = ? and w.year = s.year and w.number = s.number)"
            }
        });
        conditions.values.push(word);
    }
    conditions.given(&query.state, "s.state = ?");
    conditions.given(&query.authority, "instr(s.authority_folded, ?) > 0");
    conditions.given(&query.reference, "instr(s.reference_folded, ?) > 0");
    conditions.given(&query.country, "s.authority_country = ?");
    conditions.given(&query.instrument, "s.instrument = ?");
    conditions.given(&query.received_since, "s.received_at >= ?");
    conditions.given(&query.received_before, "s.received_at < ?");
    conditions.given(&query.owner, "s.owner = ?");
    if query.without_owner {
        conditions.texts.push("s.owner is null");
    }
    conditions.given(&query.waiting_for, "s.waiting_for = ?");
    for role in &query.waiting_roles {
        conditions.texts.push("instr(s.waiting_roles, ?) > 0");
        conditions.values.push(role);
    }
    // Only open cases have something due.
    conditions.given(&query.due_before, "s.rank = 0 and s.due_at < ?");
    match (query.open, by_number) {
        // The plus keeps SQLite from sorting nearly all cases where it can walk in their order.
        (Some(true), true) => conditions.texts.push("+s.rank < 2"),
        (Some(false), true) => conditions.texts.push("+s.rank = 2"),
        (Some(true), false) => conditions.texts.push("s.rank < 2"),
        (Some(false), false) => conditions.texts.push("s.rank = 2"),
        (None, _) => {}
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

/// How many there are, up to `most`. The index is named, so that what is closed is never looked at where
/// open ones are asked for.
pub(crate) fn count(
    connection: &Connection,
    query: &ListQuery,
    most: u32,
) -> Result<u64, StoreError> {
    let sought = Sought::of(connection, query)?;
    let mut total = 0;
    for group in query.each_group() {
        total += counted(connection, query, &sought, group, most)?;
    }
    Ok(total.min(most.into()))
}

fn counted(
    connection: &Connection,
    query: &ListQuery,
    sought: &Sought,
    group: Option<&String>,
    most: u32,
) -> Result<u64, StoreError> {
    let mut conditions = conditions(query, sought, false);
    conditions.given(&group, "s.desk_group = ?");
    let owned = query.owner.is_some() || query.without_owner;
    let index = match query.open {
        _ if sought.leaves_few() => "",
        _ if group.is_some() => "indexed by summary_group_due",
        Some(true) if query.waiting_for.is_some() => "indexed by summary_waiting",
        Some(true) if owned => "indexed by summary_owner",
        _ => "indexed by summary_due",
    };
    let values = conditions.values.iter().copied();
    let total = one(
        connection,
        &format!(
            "select count(*) from (select 1 from summary as s {index} {} limit ?)",
            conditions.filter()
        ),
        params_from_iter(values.chain([&most as &dyn ToSql])),
        |row| row.get(0),
    )?;
    Ok(total.unwrap_or_default())
}

pub(crate) fn list(
    connection: &Connection,
    query: &ListQuery,
) -> Result<PageOf<SummaryRow>, StoreError> {
    let sought = Sought::of(connection, query)?;
    let by_number = matches!(query.order, Order::Number | Order::Newest);
    let grouped = query.groups.is_some();
    // An identifier or a rare word leaves few cases, and its own index finds them.
    let walk = |index: &'static str| match sought.leaves_few() {
        true => "",
        false => index,
    };
    let (order, index) = match query.order {
        Order::Number if grouped => ("s.year, s.number", walk("indexed by summary_group_number")),
        Order::Number => ("s.year, s.number", ""),
        Order::Newest if grouped => (
            "s.year desc, s.number desc",
            walk("indexed by summary_group_number"),
        ),
        Order::Newest => ("s.year desc, s.number desc", ""),
        Order::Due if grouped => (
            "s.rank, s.due_at, s.year, s.number",
            walk("indexed by summary_group_due"),
        ),
        Order::Due => (
            "s.rank, s.due_at, s.year, s.number",
            walk("indexed by summary_due"),
        ),
        Order::Received if grouped => (
            "s.received_at, s.year, s.number",
            walk("indexed by summary_group_due"),
        ),
        Order::Received if query.open == Some(true) => (
            "s.received_at, s.year, s.number",
            walk("indexed by summary_open_received"),
        ),
        Order::Received => (
            "s.received_at, s.year, s.number",
            walk("indexed by summary_received"),
        ),
    };
    // The plan is made before it is known how long a page is: a cross join keeps SQLite from looking up every case
    // in the page. One walk skips what is before the page. Of several groups each is walked in the order of the
    // list, as far as the page goes; then they are put together.
    let groups = query.each_group();
    let end = query.page.offset.saturating_add(query.page.size.into());
    let end = end.min(i64::MAX as u64);
    let piece = [&query.page.size as &dyn ToSql, &query.page.offset];
    let whole = [&end as &dyn ToSql];
    let (far, cut): (&[&dyn ToSql], _) = match groups.len() {
        1 => (&piece, ("limit ? offset ?", "")),
        _ => (&whole, ("limit ?", "limit ? offset ?")),
    };
    let mut walks = Vec::new();
    let mut values: Vec<&dyn ToSql> = Vec::new();
    for group in &groups {
        let mut conditions = conditions(query, &sought, by_number);
        conditions.given(group, "s.desk_group = ?");
        walks.push(format!(
            "select * from (select s.year, s.number from summary as s {index} {} order by {order} {})",
            conditions.filter(),
            cut.0
        ));
        values.extend(conditions.values);
        values.extend(far);
    }
    if !cut.1.is_empty() {
        values.extend(piece);
    }
    let items = match walks.is_empty() {
        true => Vec::new(),
        false => all(
            connection,
            &format!(
                concat!(
                    "with page as materialized ({})
                     select ",
                    columns!(),
                    " from page cross join summary as s using (year, number) order by {} {}"
                ),
                walks.join(" union all "),
                order,
                cut.1
            ),
            params_from_iter(values),
            summary_of,
        )?,
    };
    // A page that is not full is the last one, and tells how many there are.
    let found = items.len() as u64;
    let is_last = found < u64::from(query.page.size) && (found > 0 || query.page.offset == 0);
    let most = query.page.counted_up_to.min(i64::MAX as u64);
    let mut total = 0;
    if is_last {
        total = query.page.offset + found;
    } else {
        for group in &groups {
            let mut conditions = conditions(query, &sought, by_number);
            conditions.given(group, "s.desk_group = ?");
            if query.page.counted_up_to == u64::MAX && sought.is_all_of(&conditions) {
                total += words::count(connection, &sought.words)?;
                continue;
            }
            let filter = conditions.filter();
            let index = match (filter.is_empty(), group.is_some()) {
                (true, _) => "",
                (false, true) => walk("indexed by summary_group_due"),
                (false, false) => walk("indexed by summary_due"),
            };
            let count: Option<u64> = one(
                connection,
                &format!(
                    "select count(*) from (select 1 from summary as s {index} {filter} limit ?)"
                ),
                params_from_iter(
                    conditions
                        .values
                        .iter()
                        .copied()
                        .chain([&most as &dyn ToSql]),
                ),
                |row| row.get(0),
            )?;
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
