use lagrum_store::StoreError;
use rusqlite::{Error, ErrorCode, ffi};

/// What SQLite said, in the words of the port.
pub(crate) fn failure(error: Error) -> StoreError {
    let Error::SqliteFailure(code, _) = &error else {
        return StoreError::Damaged(error.to_string());
    };
    match (code.code, code.extended_code) {
        (
            _,
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => StoreError::ChangedMeanwhile,
        (ErrorCode::DiskFull, _) => StoreError::Full {
            source: error.into(),
        },
        (
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::ConstraintViolation,
            _,
        ) => StoreError::Damaged(error.to_string()),
        _ => StoreError::Unavailable {
            source: error.into(),
        },
    }
}

/// Why a COMMIT failed. When the file system failed beneath it, SQLite cannot say how much is on
/// the disk.
pub(crate) fn commit_failure(error: Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::SystemIoFailure) => StoreError::Uncertain {
            source: error.into(),
        },
        _ => failure(error),
    }
}

/// It does not work now, and nothing of SQLite's says why.
pub(crate) fn unavailable(why: &str) -> StoreError {
    StoreError::Unavailable { source: why.into() }
}
