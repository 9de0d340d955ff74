//! A generated store: accounts × rows, of which whoever made them knows which lie in January 2026.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use lagrum_model::Category;

use super::servers::Store;
use super::{january, opened, search};
use crate::address::Kind;

const ACCOUNTS: usize = 12;
const ROWS: usize = 60;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    In,
    Out,
    Person,
}

/// A generator of numbers (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// One row, with its instant or what stands there instead.
struct Made {
    id: usize,
    account: usize,
    at: Option<Timestamp>,
    label: Label,
}

fn made(dice: &mut Dice) -> Vec<Made> {
    let (from, until) = (january().from(), january().until());
    let micro = SignedDuration::from_micros(1);
    let mut all = Vec::new();
    for account in 0..ACCOUNTS {
        for number in 0..ROWS {
            let away = SignedDuration::from_secs(dice.below(86_400 * 20).cast_signed());
            let (at, label) = match number {
                0 => (Some(from), Label::In),
                1 => (Some(from - micro), Label::Out),
                2 => (Some(until - micro), Label::In),
                3 => (Some(until), Label::Out),
                4 => (None, Label::Person),
                5 => (Some("1971-01-01T00:00:00Z".parse().unwrap()), Label::Person),
                6 => (Some("2031-01-01T00:00:00Z".parse().unwrap()), Label::Person),
                _ => match dice.below(3) {
                    0 => (Some(from + away), Label::In),
                    1 => (Some(from - micro - away), Label::Out),
                    _ => (Some(until + away), Label::Out),
                },
            };
            all.push(Made {
                id: account * ROWS + number,
                account,
                at,
                label,
            });
        }
    }
    all
}

/// An instant as the column with a zone holds it, and as the one without.
fn written(store: &Store, one: &Made) -> (String, String) {
    let Some(at) = one.at else {
        let odd = store.word("'yesterday'", "'infinity'", "'0000-00-00 00:00:00'");
        return ("null".into(), odd.into());
    };
    let local =
        |at: Timestamp| format!("{:.6}", jiff::tz::TimeZone::UTC.to_datetime(at)).replace('T', " ");
    let zoned = match store.kind() {
        // Whoever wrote a text chose the zone.
        Kind::Sqlite => {
            let hours = (one.id % 25) as i64 - 12;
            let there = local(at + SignedDuration::from_hours(hours));
            format!(
                "'{there}{}{:02}:00'",
                if hours < 0 { '-' } else { '+' },
                hours.abs()
            )
        }
        Kind::Postgres => format!("'{}+00'", local(at)),
        Kind::Mysql => format!("'{}'", local(at)),
    };
    (zoned, format!("'{}'", local(at)))
}

fn filled(store: &Store, all: &[Made]) {
    let zoned = store.word("text", "timestamptz", "timestamp(6) null");
    let plain = store.word("text", "timestamp", "datetime(6)");
    let mut statements = vec![
        "create table people (id bigint primary key, mail varchar(200))".to_owned(),
        format!("create table events (id bigint, person bigint, at {zoned}, seconds bigint)"),
        format!("create table posts (id bigint, person bigint, at {plain})"),
        "create table files (id bigint, post bigint)".to_owned(),
        format!("create table comments (id bigint, post bigint, at {zoned})"),
    ];
    for account in 0..ACCOUNTS {
        statements.push(format!(
            "insert into people values ({account}, 'p{account}@kvist.example')"
        ));
    }
    let mut rows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in all {
        let (id, person) = (one.id, one.account);
        let (at, local) = written(store, one);
        let seconds = one
            .at
            .map_or("null".into(), |at| at.as_second().to_string());
        let mut add = |table, row| rows.entry(table).or_default().push(row);
        add("events", format!("({id}, {person}, {at}, {seconds})"));
        add("posts", format!("({id}, {person}, {local})"));
        add("files", format!("({id}, {id})"));
        // Each under a post whose date tells nothing of its own.
        let post = person * ROWS + (one.id + 7) % ROWS;
        add("comments", format!("({id}, {post}, {at})"));
    }
    for (table, rows) in rows {
        statements.push(format!("insert into {table} values {}", rows.join(",")));
    }
    store.fill(&statements);
}

fn config(store: &Store) -> String {
    format!(
        r#"
        kind = "sql"
        id = "forum"
        database = "{}"
        account = "select id as account, mail as named from people where lower(mail) = :identifier"
        zone = "UTC"
        [[table]]
        name = "events"
        category = "traffic"
        columns = ["id", "at"]
        key = "person"
        row = "id"
        date = "at"
        [[table]]
        name = "seconds"
        table = "events"
        category = "identification"
        columns = ["id"]
        key = "person"
        row = "id"
        date = "seconds"
        date_format = "epoch-seconds"
        [[table]]
        name = "posts"
        category = "content"
        columns = ["id", "at"]
        key = "person"
        row = "id"
        date = "at"
        [[table]]
        name = "files"
        category = "content"
        columns = ["id"]
        parent = "posts"
        key = "post"
        of = "id"
        row = "id"
        dated_by_parent = true
        [[table]]
        name = "comments"
        category = "content"
        statement = "select c.* from comments c where c.post = :id"
        columns = ["id", "at"]
        parent = "posts"
        key = "post"
        of = "id"
        row = "id"
        date = "at"
        "#,
        store.address()
    )
}

#[test]
fn every_row_of_the_period_is_handed_over_and_no_other_in_whatever_zone_the_server_lies() {
    let all = made(&mut Dice(20_26));
    for store in Store::each() {
        filled(&store, &all);
        let source = opened(&config(&store), std::path::Path::new("/")).unwrap();
        for hours in [0, 5, 13] {
            store.lies_in(hours);
            for account in 0..ACCOUNTS {
                let of = |table: &str, label: Label| {
                    let own = all
                        .iter()
                        .filter(|one| one.account == account && one.label == label);
                    let mut own: Vec<_> = own
                        .map(|one| format!("table {table} id {}", one.id))
                        .collect();
                    own.sort_unstable();
                    own
                };
                for (category, tables) in [
                    (Category::Traffic, &["events"][..]),
                    (Category::Identification, &["seconds"]),
                    (Category::Content, &["comments", "files", "posts"]),
                ] {
                    let name = format!("p{account}@kvist.example");
                    let taken = search(&source, &name, category).unwrap();
                    let expected = |label| -> Vec<String> {
                        let each = tables.iter().flat_map(|table| of(table, label));
                        each.collect()
                    };
                    let kind = store.kind();
                    // Seconds have no fractions: the microsecond before the period lies in the second before it.
                    assert_eq!(
                        taken.names(),
                        expected(Label::In),
                        "{kind:?} {hours} {category}"
                    );
                    assert_eq!(
                        taken.put_aside(),
                        expected(Label::Person),
                        "{kind:?} {category}"
                    );
                    let bytes = taken.reviews.values().all(|(_, bytes)| bytes.is_some());
                    assert!(bytes, "what a person decides about can be looked at");
                }
            }
            let taken = search(&source, "p3@kvist.example", Category::Traffic).unwrap();
            let first = &taken.records[&format!("table events id {}", 3 * ROWS)];
            match store.kind() {
                Kind::Sqlite => {}
                _ => assert_eq!(first["events.at"], "2026-01-01T00:00:00Z"),
            }
        }
        store.lies_in(0);
    }
}
