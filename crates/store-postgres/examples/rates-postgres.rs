//! Prints how fast the store is over PostgreSQL, beside a bare table. For a release build:
//!
//! `cargo run --release -p lagrum-store-postgres --example rates-postgres -- ADDRESS [CASES]`
//!
//! The address is that of an empty database, in the form of PostgreSQL's own programs.

use std::sync::Arc;
use std::time::Instant;

use lagrum_store::Store;
use lagrum_store::testing::{bytes_of_an_intake, rates, vault};
use lagrum_store_postgres::PostgresDatabase;
use postgres::{Client, NoTls};

/// Rows a second into a table of nothing else, each with its own wait for the disk.
fn bare(address: &str) -> f64 {
    const ROWS: u64 = 2000;
    let mut client = Client::connect(address, NoTls).expect("a server");
    client
        .batch_execute("create table bare (n bigint primary key, bytes bytea)")
        .expect("a table");
    let insert = client
        .prepare("insert into bare (n, bytes) values ($1, $2)")
        .expect("a statement");
    let start = Instant::now();
    for n in 0..ROWS {
        let bytes = bytes_of_an_intake(n);
        client
            .execute(&insert, &[&(n as i64), &bytes])
            .expect("a row");
    }
    ROWS as f64 / start.elapsed().as_secs_f64()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().expect("an address");
    let cases = arguments
        .next()
        .map_or(100_000, |text| text.parse().expect("a number"));
    let bare = bare(&address);
    let database = PostgresDatabase::open(&address).expect("a database");
    let store = Store::open(Arc::new(database), vault()).expect("a store");
    rates(&store, bare, cases);
}
