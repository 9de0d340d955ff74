//! A small pool of connections, each with the statements that it has prepared.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lagrum_store::StoreError;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Row, Statement};

use crate::error::{commit_failure, failure, unavailable};
use crate::schema;

/// Connections of one process at most. The server's default is 100 for all.
const MOST: usize = 16;

/// How long anybody waits for a connection. The server is told the same for its locks.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every connection begins with. Whatever the server's default is, what is final is on its
/// disk; and a program that hangs in the middle does not keep its locks for ever.
const SETTINGS: &str = "
    set synchronous_commit = on;
    set lock_timeout = '10s';
    set idle_in_transaction_session_timeout = '60s';
    set client_min_messages = warning";

/// Statements that one connection keeps; filters of lists make new ones.
const MOST_PREPARED: usize = 200;

pub(crate) struct Pool {
    config: Config,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    open: usize,
}

struct Connection {
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl Pool {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            state: Mutex::default(),
            returned: Condvar::new(),
        }
    }

    pub(crate) fn prepare_tables(&self) -> Result<(), StoreError> {
        schema::migrate(&mut self.connect()?.client)
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let mut client = self.config.connect(NoTls).map_err(unavailable)?;
        client.batch_execute(SETTINGS).map_err(unavailable)?;
        Ok(Connection {
            client,
            prepared: HashMap::new(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection in a transaction that `begin` has begun; waits for one while all are in use.
    pub(crate) fn lease(&self, begin: &str) -> Result<Lease<'_>, StoreError> {
        let busy = |state: &mut State| state.idle.is_empty() && state.open >= MOST;
        let (mut state, _) = self
            .returned
            .wait_timeout_while(self.state(), PATIENCE, busy)
            .unwrap_or_else(PoisonError::into_inner);
        let idle = state.idle.pop();
        if idle.is_none() {
            if state.open >= MOST {
                return Err(StoreError::Unavailable {
                    source: "all connections are in use".into(),
                });
            }
            state.open += 1;
        }
        drop(state);
        let mut lease = Lease {
            pool: self,
            connection: idle,
            in_transaction: false,
        };
        // A connection that lay idle may have been lost since; nothing was done on it yet.
        let mut begun = false;
        if let Some(connection) = &mut lease.connection {
            begun = connection.client.batch_execute(begin).is_ok();
        }
        if !begun {
            lease.connection = None;
            let mut connection = self.connect()?;
            connection
                .client
                .batch_execute(begin)
                .map_err(unavailable)?;
            lease.connection = Some(connection);
        }
        lease.in_transaction = true;
        Ok(lease)
    }
}

/// A connection in a transaction. Dropping it undoes the transaction.
pub(crate) struct Lease<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
    in_transaction: bool,
}

pub(crate) type Values<'v> = &'v [&'v (dyn ToSql + Sync)];

impl Lease<'_> {
    fn prepared(&mut self, text: &str) -> Result<(&mut Client, Statement), StoreError> {
        let connection = self.connection.as_mut().ok_or_else(gone)?;
        let statement = match connection.prepared.get(text) {
            Some(statement) => statement.clone(),
            None => {
                if connection.prepared.len() >= MOST_PREPARED {
                    connection.prepared.clear();
                }
                let statement = connection.client.prepare(text).map_err(failure)?;
                connection
                    .prepared
                    .insert(text.to_owned(), statement.clone());
                statement
            }
        };
        Ok((&mut connection.client, statement))
    }

    pub(crate) fn query(&mut self, text: &str, values: Values<'_>) -> Result<Vec<Row>, StoreError> {
        let (client, statement) = self.prepared(text)?;
        client.query(&statement, values).map_err(failure)
    }

    /// Executes a statement, and says how many rows it changed.
    pub(crate) fn execute(&mut self, text: &str, values: Values<'_>) -> Result<u64, StoreError> {
        let (client, statement) = self.prepared(text)?;
        client.execute(&statement, values).map_err(failure)
    }

    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        let connection = self.connection.as_mut().ok_or_else(gone)?;
        let result = connection.client.batch_execute("commit");
        self.in_transaction = false;
        if result.is_err() {
            self.connection = None;
        }
        result.map_err(commit_failure)
    }

    /// Lets the server overwrite rows that were removed, as far as nobody still reads them.
    pub(crate) fn vacuum(&mut self, tables: &str) {
        if let Some(connection) = &mut self.connection {
            // If it does not work now, the server does it later by itself.
            let _ = connection.client.batch_execute(&format!("vacuum {tables}"));
        }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let connection = self
            .connection
            .take()
            .filter(|connection| !connection.client.is_closed());
        let connection = connection.and_then(|mut connection| {
            let clean = !self.in_transaction || connection.client.batch_execute("rollback").is_ok();
            clean.then_some(connection)
        });
        let mut state = self.pool.state();
        match connection {
            Some(connection) => state.idle.push(connection),
            None => state.open -= 1,
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}

fn gone() -> StoreError {
    StoreError::Unavailable {
        source: "the connection is lost".into(),
    }
}
