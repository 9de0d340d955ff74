//! An SQLite database of somebody else: read, and left as it was.
//!
//! **Invariant.** Nothing is written to the database, and nothing is left beside it. What was read while
//! somebody else wrote to it is an error, and never an answer.
//!
//! How it is opened depends on its journal. A database with a rollback journal is opened for reading,
//! which takes a lock that its writers wait for and writes nothing. With a write-ahead log, opening it
//! for reading would create `-wal` and `-shm` beside it, or need the right to. So:
//!
//! - without a `-wal`, or with an empty one, everything stands in the file itself, which no writer
//!   touches before it has written a `-wal`: it is opened as `immutable`, and what was read counts only
//!   if file and `-wal` are afterwards what they were before;
//! - with a `-wal` and its index `-shm`, the index is used read only (`readonly_shm`): SQLite takes the
//!   reader's locks in it, or, if no writer lives, builds an index of its own in memory;
//! - with a `-wal` and no `-shm` nobody can say what holds: refused, with the way out.

use std::fmt::Write as _;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lagrum_durable::open_plain;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

/// How long a reader waits for somebody who writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database(PathBuf);

/// Why a database was not read. Its path is the caller's to say.
#[derive(Debug, thiserror::Error)]
pub enum GuestError {
    /// It does not answer now: it is away, busy, or the system refused for a reason that passes.
    #[error("{0}")]
    Unreachable(String),
    /// It does not let this user read.
    #[error("{0}")]
    Denied(String),
    /// It is not what it should be.
    #[error("{0}")]
    Damaged(String),
    /// It was written to while it was read.
    #[error("another program wrote to the database while it was read; search again")]
    Changed,
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// How a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// With its own locks.
    Locked,
    /// As it stands, whoever has it open.
    Immutable,
    /// With the index of its write-ahead log, read only.
    SharedIndex,
}

/// What of a file shows that somebody wrote to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    id: (u64, u64),
    length: u64,
    written: (i64, i64),
    changed: (i64, i64),
}

impl State {
    fn of(about: &Metadata) -> Self {
        Self {
            id: (about.dev(), about.ino()),
            length: about.len(),
            written: (about.mtime(), about.mtime_nsec()),
            changed: (about.ctime(), about.ctime_nsec()),
        }
    }

    fn marks(&self) -> Vec<i64> {
        let ((dev, ino), (written, written_ns)) = (self.id, self.written);
        let (changed, changed_ns) = self.changed;
        let mut marks = vec![written, written_ns, changed, changed_ns];
        marks.extend([dev, ino, self.length].map(u64::cast_signed));
        marks
    }
}

impl Database {
    /// The database in this file. Nothing is opened yet.
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// Its file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.0
    }

    /// Opens the database, lets `reader` read it, and closes it again.
    ///
    /// # Errors
    /// When it cannot be opened, or when it was written to meanwhile in a way that makes what was read
    /// worthless. What `reader` says is handed on.
    pub fn read<T>(&self, reader: impl FnOnce(&Connection) -> T) -> Result<T, GuestError> {
        // SQLite looks for the write-ahead log beside the file itself, not beside a link to it.
        let path = fs::canonicalize(&self.0)?;
        let state = || fs::metadata(&path).map(|about| State::of(&about));
        let before = state()?;
        let way = way(&path)?;
        let mut connection = connect(&path, way).map_err(refused)?;
        bound(&mut connection, before.length).map_err(refused)?;
        let result = reader(&connection);
        drop(connection);
        if way == Way::Immutable && (state()? != before || !beside_is_empty(&path, "-wal")?) {
            return Err(GuestError::Changed);
        }
        Ok(result)
    }

    /// What shows that somebody wrote to the database: as long as this is the same, so are its rows,
    /// unless somebody writes at this very moment.
    ///
    /// # Errors
    /// When it is not there.
    pub fn marks(&self) -> Result<Vec<i64>, GuestError> {
        let path = fs::canonicalize(&self.0)?;
        let mut marks = State::of(&fs::metadata(&path)?).marks();
        match fs::metadata(beside(&path, "-wal")) {
            // A reader who is root changes the owner of the log, to what it was.
            Ok(about) => {
                let written = State::of(&about).written;
                let changed = written;
                marks.extend(
                    State {
                        changed,
                        ..State::of(&about)
                    }
                    .marks(),
                );
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(marks)
    }
}

fn way(path: &Path) -> Result<Way, GuestError> {
    let damaged = |why: &str| Err(GuestError::Damaged(why.to_owned()));
    let file = open_plain(path).map_err(|error| error.source)?;
    // The file is closed before SQLite opens it: closing it later would take SQLite's locks away.
    let Some(header) = header(file)? else {
        return damaged("it is empty; give the file that holds the table");
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return damaged("it is not an SQLite database, or it is encrypted; give a plain one");
    }
    // Version 2 to read it means a write-ahead log (SQLite file format, section 1.3.3).
    if header[19] != 2 {
        return Ok(Way::Locked);
    }
    if beside_is_empty(path, "-wal")? {
        return Ok(Way::Immutable);
    }
    match fs::metadata(beside(path, "-shm")) {
        Ok(_) => Ok(Way::SharedIndex),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(GuestError::Unreachable(
            "it has a write-ahead log (-wal) without its index (-shm): another program has the database for itself, or it was copied in the middle of its work; have the program that owns it open and close it once".into(),
        )),
        Err(error) => Err(error.into()),
    }
}

/// The first bytes of a database; none if it is empty.
fn header(file: File) -> io::Result<Option<[u8; 100]>> {
    let mut bytes = Vec::new();
    file.take(100).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    // What is shorter is no database, which its first bytes will say.
    bytes.resize(100, 0);
    let mut header = [0; 100];
    header.copy_from_slice(&bytes);
    Ok(Some(header))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn beside_is_empty(path: &Path, ending: &str) -> io::Result<bool> {
    match fs::metadata(beside(path, ending)) {
        Ok(about) => Ok(about.len() == 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn connect(path: &Path, way: Way) -> rusqlite::Result<Connection> {
    let mut name = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                name.push(char::from(*byte));
            }
            other => {
                // Writing to a String cannot fail.
                let _ = write!(name, "%{other:02x}");
            }
        }
    }
    name.push_str(match way {
        Way::Locked => "?mode=ro",
        Way::Immutable => "?mode=ro&immutable=1",
        Way::SharedIndex => "?mode=ro&readonly_shm=1",
    });
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(name, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // Nothing of what is read goes to a file of SQLite's own, and nothing that the schema names runs.
    connection.execute_batch(
        "PRAGMA temp_store = memory; PRAGMA trusted_schema = off; PRAGMA query_only = on;",
    )?;
    Ok(connection)
}

/// How many steps of its machine SQLite may take for a database however small, and for each byte of one:
/// reading a plain table takes a few for each column. A view need not end.
const STEPS: u64 = 20_000_000;
const STEPS_PER_BYTE: u64 = 100;

/// How often the steps are counted.
const COUNTED: i32 = 100_000;

/// Ends a statement that takes more steps than a database of this length can need.
fn bound(connection: &mut Connection, length: u64) -> rusqlite::Result<()> {
    let most = STEPS.saturating_add(length.saturating_mul(STEPS_PER_BYTE));
    let mut taken = 0_u64;
    connection.progress_handler(
        COUNTED,
        Some(move || {
            taken += u64::from(COUNTED.unsigned_abs());
            taken > most
        }),
    )
}

/// What SQLite refused, in its class, with what to do.
#[must_use]
pub fn refused(error: rusqlite::Error) -> GuestError {
    let hint = |hint: &str| format!("{error}; {hint}");
    let extended = match &error {
        rusqlite::Error::SqliteFailure(inner, _) => inner.extended_code,
        _ => 0,
    };
    match error.sqlite_error_code() {
        _ if extended == ffi::SQLITE_READONLY_ROLLBACK => GuestError::Damaged(hint(
            "a write was cut off; have the program that owns the database open it once",
        )),
        Some(ErrorCode::OperationInterrupted) => GuestError::Damaged(
            "reading it takes more work than a table of its size can need: a view in it does not end, or joins too much; give a plain table".into(),
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => GuestError::Unreachable(hint(
            "another program has it locked and did not let go within 5 seconds",
        )),
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory) => {
            GuestError::Unreachable(error.to_string())
        }
        Some(
            ErrorCode::PermissionDenied
            | ErrorCode::AuthorizationForStatementDenied
            | ErrorCode::ReadOnly,
        ) => GuestError::Denied(error.to_string()),
        _ => GuestError::Damaged(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
