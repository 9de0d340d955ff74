//! What intakes have written, row by row, and how long one program takes to insert it again.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use crate::timed;

/// The rows of the newest cases, and the tables and indexes that they lie in.
pub struct Recorded {
    schema: Vec<String>,
    inserts: Vec<String>,
    /// For each case the rows, with the place of their statement among `inserts`.
    cases: Vec<Vec<(usize, Vec<Value>)>>,
}

impl Recorded {
    /// Reads what so many cases have written to a desk's database, the newest first. Nothing of it is published.
    pub fn read(database: &Path, cases: usize) -> Self {
        let desk = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let texts = |statement: &str| -> Vec<String> {
            let mut statement = desk.prepare(statement).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let tables = texts(
            "select name from sqlite_schema as s where type = 'table' and 2 =
                 (select count(*) from pragma_table_info(s.name) where name in ('year', 'number'))",
        );
        let wide = |table: &String| {
            desk.prepare(&format!("select * from {table}"))
                .unwrap()
                .column_count()
        };
        let inserts = tables.iter().map(|table| {
            let values = vec!["?"; wide(table)].join(", ");
            format!("insert into {table} values ({values})")
        });
        let numbers: Vec<(i64, i64)> = {
            let newest =
                "select year, number from case_file order by year desc, number desc limit ?1";
            let mut statement = desk.prepare(newest).unwrap();
            let rows = statement.query_map([cases], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.unwrap().map(Result::unwrap).collect()
        };
        assert_eq!(numbers.len(), cases, "as many cases as were taken in");
        let of_case = |(year, number): &(i64, i64)| {
            let mut found = Vec::new();
            for (place, table) in tables.iter().enumerate() {
                let select = format!("select * from {table} where year = ?1 and number = ?2");
                let mut statement = desk.prepare_cached(&select).unwrap();
                let columns = statement.column_count();
                let row =
                    |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
                let rows = statement.query_map([year, number], row).unwrap();
                found.extend(rows.map(|row| (place, row.unwrap())));
            }
            found
        };
        Self {
            schema: texts(
                "select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by rowid",
            ),
            inserts: inserts.collect(),
            cases: numbers.iter().map(of_case).collect(),
        }
    }

    /// How long it takes to insert them into a new database, case by case, each with one fsync.
    pub fn insert(&self, new: &Path) -> Duration {
        let plain = Connection::open(new).unwrap();
        plain.pragma_update(None, "journal_mode", "wal").unwrap();
        plain.pragma_update(None, "synchronous", "full").unwrap();
        plain.set_prepared_statement_cache_capacity(self.inserts.len());
        for statement in &self.schema {
            plain.execute_batch(statement).unwrap();
        }
        let (time, ()) = timed(|| {
            for rows in self.cases.iter().rev() {
                plain.execute_batch("begin immediate").unwrap();
                for (place, row) in rows {
                    let mut insert = plain.prepare_cached(&self.inserts[*place]).unwrap();
                    insert.execute(params_from_iter(row)).unwrap();
                }
                plain.execute_batch("commit").unwrap();
            }
        });
        time
    }
}
