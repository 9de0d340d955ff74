//! The databases, each filled by statements in its own words: SQLite in a file, Debian's PostgreSQL and MariaDB on
//! Unix sockets in directories of their own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use lagrum_store_postgres::testing::{Server as Postgres, TestDatabase};
use mysql::prelude::Queryable;

use super::place;
use crate::address::Kind;

/// A database of a test.
pub(super) enum Store {
    Sqlite(tempfile::TempDir),
    Postgres(TestDatabase),
    Mariadb(&'static Mariadb, String),
}

impl Store {
    /// One of each kind, empty. What is not installed is told as such.
    pub(super) fn each() -> Vec<Self> {
        let mut all = vec![Self::Sqlite(place())];
        all.extend(Self::postgres());
        all.extend(Self::mariadb());
        all
    }

    pub(super) fn postgres() -> Option<Self> {
        installed(Postgres::shared().and_then(Postgres::database)).map(Self::Postgres)
    }

    pub(super) fn mariadb() -> Option<Self> {
        static SHARED: OnceLock<Result<Mariadb, String>> = OnceLock::new();
        let server = SHARED.get_or_init(Mariadb::start).as_ref();
        installed(server.map_err(Clone::clone)).map(Mariadb::database)
    }

    /// On a server of its own, for a test that stops it.
    pub(super) fn own() -> Vec<Self> {
        let postgres = installed(Postgres::own().and_then(Postgres::database));
        let mariadb = installed(Mariadb::start());
        let mariadb = mariadb.map(|server| Mariadb::database(Box::leak(Box::new(server))));
        postgres
            .map(Self::Postgres)
            .into_iter()
            .chain(mariadb)
            .collect()
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Sqlite(_) => Kind::Sqlite,
            Self::Postgres(_) => Kind::Postgres,
            Self::Mariadb(..) => Kind::Mysql,
        }
    }

    /// The one of three words that this kind of database has for it.
    pub(super) fn word<'w>(&self, sqlite: &'w str, postgres: &'w str, mariadb: &'w str) -> &'w str {
        match self.kind() {
            Kind::Sqlite => sqlite,
            Kind::Postgres => postgres,
            Kind::Mysql => mariadb,
        }
    }

    /// What the operator writes to name it.
    pub(super) fn address(&self) -> String {
        match self {
            Self::Sqlite(place) => format!("sqlite:{}/it.db", place.path().display()),
            Self::Postgres(database) => database.url(),
            Self::Mariadb(server, name) => {
                format!("mysql://root@localhost/{name}?socket={}", server.socket())
            }
        }
    }

    /// Carries out statements as the owner of the database.
    pub(super) fn fill(&self, statements: &[String]) {
        match self {
            Self::Sqlite(place) => {
                let owner = rusqlite::Connection::open(place.path().join("it.db")).unwrap();
                let all = format!("begin;{};commit", statements.join(";"));
                owner
                    .execute_batch(&all)
                    .unwrap_or_else(|e| panic!("{e}: {all:.2000}"));
            }
            Self::Postgres(database) => {
                let mut owner = database.client();
                owner.batch_execute("set timezone = 'UTC'").unwrap();
                owner.batch_execute(&statements.join(";")).unwrap();
            }
            Self::Mariadb(server, name) => {
                let mut owner = server.owner(name);
                owner
                    .query_drop("set time_zone = '+00:00', sql_mode = ''")
                    .unwrap();
                for statement in statements {
                    owner
                        .query_drop(statement)
                        .unwrap_or_else(|e| panic!("{e}: {statement}"));
                }
            }
        }
    }

    /// How many rows a table has.
    pub(super) fn count(&self, table: &str) -> i64 {
        let text = format!("select count(*) from {table}");
        match self {
            Self::Sqlite(place) => {
                let owner = rusqlite::Connection::open(place.path().join("it.db")).unwrap();
                owner.query_row(&text, [], |row| row.get(0)).unwrap()
            }
            Self::Postgres(database) => database.client().query_one(&text, &[]).unwrap().get(0),
            Self::Mariadb(server, name) => server.owner(name).query_first(&text).unwrap().unwrap(),
        }
    }

    /// In which zone sessions lie that say nothing else.
    pub(super) fn lies_in(&self, hours: u8) {
        match self {
            Self::Sqlite(_) => {}
            Self::Postgres(database) => {
                let text = format!(
                    "do $$ begin execute format('alter database %I set timezone = ''<+{hours:02}>-{hours}''', current_database()); end $$"
                );
                database.client().batch_execute(&text).unwrap();
            }
            Self::Mariadb(server, name) => {
                let text = format!("set global time_zone = '+{hours:02}:00'");
                server.owner(name).query_drop(text).unwrap();
            }
        }
    }

    /// Stops the server as a crash would.
    pub(super) fn stop(&self) {
        match self {
            Self::Sqlite(_) => {}
            Self::Postgres(database) => database.server().stop_immediately(),
            Self::Mariadb(server, _) => server.stop(),
        }
    }
}

fn installed<T>(there: Result<T, String>) -> Option<T> {
    match there {
        Ok(there) => Some(there),
        Err(why) => {
            println!("SKIPPED: {why}");
            None
        }
    }
}

/// Runs beside the server: stops it when it is told, and stops it for good and removes its directory when its standard
/// input ends, however the test ended.
const KEEPER: &str = r#"
dir=$1
user=
[ "$(id -u)" = 0 ] && user=--user=root
cd "$dir" || exit 1
trap 'cd / && rm -rf "$dir"' EXIT
mariadb-install-db --no-defaults --datadir="$dir/data" --auth-root-authentication-method=normal \
    --skip-test-db $user >log 2>&1 || { tail -n 1 log; exit 1; }
mariadbd --no-defaults --datadir="$dir/data" --socket="$dir/socket" --skip-networking $user \
    --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=32M --log-bin-trust-function-creators=1 \
    >>log 2>&1 </dev/null &
pid=$!
until [ -S "$dir/socket" ]; do kill -0 "$pid" || { tail -n 1 log; exit 1; }; sleep 0.05; done
echo ready
while read -r word; do kill -KILL "$pid"; wait "$pid"; echo stopped; done
kill -KILL "$pid" 2>/dev/null; wait "$pid"
"#;

/// Debian's MariaDB.
pub(super) struct Mariadb {
    directory: PathBuf,
    keeper: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    databases: AtomicU32,
}

impl Mariadb {
    fn start() -> Result<Self, String> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path: Vec<_> = std::env::split_paths(&path)
            .chain(["/usr/sbin".into()])
            .collect();
        if !path.iter().any(|bin| bin.join("mariadbd").exists()) {
            return Err(
                "no MariaDB server is installed (Debian: mariadb-server-core, mariadb-client-core)"
                    .into(),
            );
        }
        let memory = Path::new("/dev/shm");
        let below = match memory.is_dir() {
            true => memory.to_owned(),
            false => std::env::temp_dir(),
        };
        let directory = tempfile::Builder::new()
            .prefix("lagrum-mariadb-")
            .tempdir_in(below);
        let directory = directory.map_err(|e| e.to_string())?.keep();
        let mut child = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(&directory)
            .env(
                "PATH",
                std::env::join_paths(path).map_err(|e| e.to_string())?,
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| e.to_string())?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (told, says) = pipes.ok_or("no pipes")?;
        let server = Self {
            directory,
            keeper: Mutex::new((told, BufReader::new(says))),
            databases: AtomicU32::new(0),
        };
        match server.hear().as_str() {
            "ready" => Ok(server),
            other => Err(format!("the MariaDB server does not start: {other}")),
        }
    }

    fn hear(&self) -> String {
        let mut line = String::new();
        let _ = self.keeper.lock().unwrap().1.read_line(&mut line);
        line.trim().to_owned()
    }

    fn stop(&self) {
        writeln!(self.keeper.lock().unwrap().0, "stop").unwrap();
        assert_eq!(self.hear(), "stopped");
    }

    fn socket(&self) -> String {
        self.directory.join("socket").display().to_string()
    }

    fn owner(&self, database: &str) -> mysql::Conn {
        let options = mysql::OptsBuilder::new()
            .socket(Some(self.socket()))
            .user(Some("root"))
            .db_name(Some(database));
        mysql::Conn::new(options).unwrap()
    }

    fn database(&'static self) -> Store {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        let made = format!("create database {name} character set utf8mb4");
        self.owner("mysql").query_drop(made).unwrap();
        Store::Mariadb(self, name)
    }
}
