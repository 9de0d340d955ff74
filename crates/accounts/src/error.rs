use std::path::PathBuf;

use lagrum_durable::FileError;
use lagrum_guest::GuestError;

/// Why a table of accounts cannot be used. Nobody is found in it then, and nobody is said to be
/// unknown.
#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    /// A file cannot be read, or the index cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The operator's database cannot be read.
    #[error("{}: {cause}", .file.display())]
    Database {
        /// The database.
        file: PathBuf,
        /// Why.
        cause: GuestError,
    },
    /// The table as a whole, or the list of accounts written by hand, is wrong.
    #[error("{table}: {why}")]
    Whole {
        /// Which.
        table: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// One row is wrong.
    #[error("{row}: {why}")]
    Row {
        /// Which row: its file and line, or the account that it names.
        row: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Two rows do not go together.
    #[error("{one} and {other}: {why}")]
    Two {
        /// The one that came first.
        one: String,
        /// The other.
        other: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// The index failed.
    #[error("{}: the index of accounts: {}", .file.display(), described(.cause))]
    Index {
        /// The index.
        file: PathBuf,
        /// What SQLite said.
        cause: rusqlite::Error,
    },
}

/// What SQLite said, and what to do where the disk is the cause.
fn described(cause: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode::{CannotOpen, DiskFull, ReadOnly, SystemIoFailure};
    match cause.sqlite_error_code() {
        Some(CannotOpen | DiskFull | ReadOnly | SystemIoFailure) => {
            format!("{cause}. See that the disk has room and can be written, and try again")
        }
        _ => cause.to_string(),
    }
}
