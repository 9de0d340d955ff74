//! Prints how fast the store is over SQLite, beside a bare table. For a release build:
//!
//! `cargo run --release -p lagrum-store-sqlite --example rates-sqlite -- DIRECTORY [CASES]`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use lagrum_store::Store;
use lagrum_store::testing::{bytes_of_an_intake, rates, vault};
use lagrum_store_sqlite::SqliteDatabase;

const BARE: &str = "pragma journal_mode = wal; pragma synchronous = full;
    create table bare (n integer primary key, bytes blob)";

/// Rows a second into a table of nothing else, each with its own wait for the disk.
fn bare(file: &Path) -> f64 {
    const ROWS: u64 = 2000;
    let connection = rusqlite::Connection::open(file).expect("a database");
    connection.execute_batch(BARE).expect("a table");
    let start = Instant::now();
    for n in 0..ROWS {
        let bytes = bytes_of_an_intake(n);
        connection
            .execute("insert into bare (bytes) values (?1)", [bytes])
            .expect("a row");
    }
    ROWS as f64 / start.elapsed().as_secs_f64()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let directory = PathBuf::from(arguments.next().expect("a directory"));
    let cases = arguments
        .next()
        .map_or(100_000, |text| text.parse().expect("a number"));
    let bare = bare(&directory.join("bare.sqlite"));
    let database = SqliteDatabase::open(&directory.join("desk.sqlite")).expect("a database");
    let store = Store::open(Arc::new(database), vault()).expect("a store");
    rates(&store, bare, cases);
}
