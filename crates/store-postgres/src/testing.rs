//! A real server for tests: Debian's PostgreSQL, on a Unix socket in a directory of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

/// The superuser of the server.
const USER: &str = "lagrum";

/// Runs beside the server: starts and stops it as it is told on its standard input, and when that
/// ends, however the test ended, stops it for good and removes its directory.
const KEEPER: &str = r#"
bin=$1 dir=$2
start() {
    "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off \
        -c shared_buffers=32MB -c max_connections=200 >>"$dir/log" 2>&1 </dev/null &
    pid=$!
}
cd "$dir" || exit 1
"$bin/initdb" -D data -U lagrum -A trust -E UTF8 --no-locale --no-sync >log 2>&1 || { cat log; exit 1; }
start
echo ready
while read -r word; do
    case $word in
        stop) kill -QUIT "$pid"; wait "$pid"; echo stopped ;;
        start) start; echo started ;;
    esac
done
kill -INT "$pid"; wait "$pid"
cd / && rm -rf "$dir"
"#;

/// A server that runs until this value drops or the process ends.
pub struct Server {
    directory: PathBuf,
    keeper: Mutex<Keeper>,
    databases: AtomicU32,
}

struct Keeper {
    /// When this drops, the keeper ends.
    told: ChildStdin,
    says: BufReader<ChildStdout>,
}

/// A database on a server, empty at first.
pub struct TestDatabase {
    server: &'static Server,
    name: String,
}

impl Server {
    /// The server that all tests of this process share.
    ///
    /// # Errors
    /// Why there is none.
    pub fn shared() -> Result<&'static Self, String> {
        static SHARED: OnceLock<Result<Server, String>> = OnceLock::new();
        SHARED
            .get_or_init(Self::start)
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Starts a server of its own, for a test that stops it. It runs until the process ends.
    ///
    /// # Errors
    /// Why there is none.
    pub fn own() -> Result<&'static Self, String> {
        Ok(Box::leak(Box::new(Self::start()?)))
    }

    fn start() -> Result<Self, String> {
        let bin = binaries().ok_or("no PostgreSQL server is installed (Debian: postgresql)")?;
        let directory = directory()?;
        let mut command = Command::new("sh");
        // The server refuses to run as root.
        if is_root(&directory) {
            let give = Command::new("chown")
                .arg("postgres")
                .arg(&directory)
                .status();
            if !give.is_ok_and(|status| status.success()) {
                return Err("there is no user postgres to run the server as".into());
            }
            command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
        }
        let mut child = command
            .args(["-c", KEEPER, "keeper"])
            .arg(&bin)
            .arg(&directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("the PostgreSQL server cannot be started: {e}"))?;
        let (told, says) = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .ok_or("no pipes")?;
        let server = Self {
            directory,
            keeper: Mutex::new(Keeper {
                told,
                says: BufReader::new(says),
            }),
            databases: AtomicU32::new(0),
        };
        let heard = server.hear();
        if heard != "ready" {
            return Err(format!("the PostgreSQL server does not start: {heard}"));
        }
        server.wait_until_ready()?;
        Ok(server)
    }

    fn hear(&self) -> String {
        let mut line = String::new();
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = keeper.says.read_line(&mut line);
        line.trim().to_owned()
    }

    fn tell(&self, word: &str) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(keeper.told, "{word}").expect("the server's keeper runs");
        drop(keeper);
        self.hear();
    }

    /// Stops the server at once, as a crash would: nothing is finished, nobody is told.
    pub fn stop_immediately(&self) {
        self.tell("stop");
    }

    /// Starts it again, and waits until it answers.
    ///
    /// # Panics
    /// When it does not.
    pub fn start_again(&self) {
        self.tell("start");
        self.wait_until_ready().expect("the server starts again");
    }

    fn wait_until_ready(&self) -> Result<(), String> {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            match Client::connect(&self.address("postgres"), NoTls) {
                Ok(_) => return Ok(()),
                Err(e) if Instant::now() > until => {
                    return Err(format!("the PostgreSQL server does not answer: {e}"));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    fn address(&self, database: &str) -> String {
        format!(
            "host={} user={USER} dbname={database}",
            self.directory.display()
        )
    }

    /// Makes an empty database.
    ///
    /// # Errors
    /// What the server says.
    pub fn database(&'static self) -> Result<TestDatabase, String> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        // As the server: each new database is a copy of the template.
        let mut client =
            Client::connect(&self.address("postgres"), NoTls).map_err(|e| e.to_string())?;
        client
            .batch_execute(&format!("create database {name}"))
            .map_err(|e| e.to_string())?;
        Ok(TestDatabase { server: self, name })
    }
}

impl TestDatabase {
    /// The connection string.
    #[must_use]
    pub fn address(&self) -> String {
        self.server.address(&self.name)
    }

    /// The same as operators write it where accounts or rows of a source lie.
    ///
    /// # Panics
    /// When the connection string lacks a part.
    #[must_use]
    pub fn url(&self) -> String {
        let address = self.address();
        let of = |field: &str| {
            let mut parts = address.split(' ');
            parts.find_map(|part| part.strip_prefix(field)).unwrap()
        };
        let (host, user, name) = (of("host="), of("user="), of("dbname="));
        format!("postgres://{user}@localhost/{name}?socket={host}")
    }

    /// A connection of a superuser, past the adapter.
    ///
    /// # Panics
    /// When the server does not answer.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::connect(&self.address(), NoTls).expect("the server answers")
    }

    /// The server that it is on.
    #[must_use]
    pub fn server(&self) -> &'static Server {
        self.server
    }
}

/// Where the server's programs are: the newest of Debian's versions, or in the path.
fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
    let mut versions: Vec<_> = versions.into_iter().flatten().flatten().collect();
    versions.sort_by_key(|version| {
        version
            .file_name()
            .to_string_lossy()
            .parse::<u32>()
            .unwrap_or(0)
    });
    let debian = versions
        .into_iter()
        .rev()
        .map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    debian
        .chain(std::env::split_paths(&path))
        .find(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
}

/// A new directory, in memory if possible, into which the server's user can go.
fn directory() -> Result<PathBuf, String> {
    let memory = Path::new("/dev/shm");
    let below = match std::env::var_os("LAGRUM_SCRATCH") {
        Some(chosen) => PathBuf::from(chosen),
        None if memory.is_dir() => memory.to_owned(),
        None => std::env::temp_dir(),
    };
    tempfile::Builder::new()
        .prefix("lagrum-postgres-")
        .tempdir_in(&below)
        .map(tempfile::TempDir::keep)
        .map_err(|e| format!("{}: {e}", below.display()))
}

fn is_root(made: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(made).is_ok_and(|about| about.uid() == 0)
}
