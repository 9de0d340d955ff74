//! PostgreSQL keeps every promise of the port.

use std::sync::Arc;

use lagrum_store::testing::Place;
use lagrum_store::{Database, StoreError};
use lagrum_store_postgres::PostgresDatabase;
use lagrum_store_postgres::testing::{Server, TestDatabase};

struct Postgres(TestDatabase);

impl Postgres {
    fn new() -> Result<Self, String> {
        Server::shared()?.database().map(Self)
    }
}

impl Place for Postgres {
    fn open(&self) -> Result<Arc<dyn Database>, StoreError> {
        Ok(Arc::new(PostgresDatabase::open(&self.0.address())?))
    }

    fn tamper(&self, statements: &str) -> Result<(), String> {
        self.0
            .client()
            .batch_execute(statements)
            .map_err(|e| e.to_string())
    }

    fn unguard(&self) {
        self.tamper("drop function refuse() cascade").unwrap();
    }

    fn pretend_version(&self, version: i64) {
        self.tamper(&format!("update schema_version set version = {version}"))
            .unwrap();
    }

    fn bytes(&self) -> Vec<u8> {
        let mut client = self.0.client();
        let tables = "select relname from pg_class where relkind = 'r'
                      and relnamespace = current_schema()::regnamespace";
        let mut bytes = Vec::new();
        for table in client.query(tables, &[]).unwrap() {
            let table: String = table.get(0);
            for row in client
                .query(&format!("select t::text from {table} as t"), &[])
                .unwrap()
            {
                bytes.extend_from_slice(row.get::<_, String>(0).as_bytes());
            }
        }
        bytes
    }
}

lagrum_store::promises!(Postgres::new);

/// Before and after each step of each kind of transaction, and while it is made final.
#[test]
fn a_server_that_stops_in_a_transaction_leaves_all_or_nothing() {
    match Server::own() {
        Ok(server) => {
            let place = Postgres(server.database().unwrap());
            lagrum_store::testing::a_database_that_crashes_at_any_step_leaves_all_or_nothing(
                &place,
                Arc::new(|| {
                    server.stop_immediately();
                    server.start_again();
                }),
            );
        }
        Err(why) => println!("SKIPPED: {why}"),
    }
}
