use lagrum_store::StoreError;
use postgres::Error;
use postgres::error::SqlState;

/// What PostgreSQL said, in the words of the port.
pub(crate) fn failure(error: Error) -> StoreError {
    let Some(state) = error.code() else {
        return match error.is_closed() || is_io(&error) {
            true => unavailable(error),
            // A row that does not have the form that it must have.
            false => StoreError::Damaged(told(&error)),
        };
    };
    if [
        SqlState::UNIQUE_VIOLATION,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ]
    .contains(state)
    {
        return StoreError::ChangedMeanwhile;
    }
    match state.code().get(..2) {
        _ if *state == SqlState::DISK_FULL => StoreError::Full {
            source: said(&error),
        },
        // Integrity constraints, exceptions that triggers raise, damaged files.
        Some("23" | "P0" | "XX") => StoreError::Damaged(told(&error)),
        _ => unavailable(error),
    }
}

/// Why a COMMIT failed. Unless the server says that it undid the transaction, it may have been made
/// final before the connection was lost.
pub(crate) fn commit_failure(error: Error) -> StoreError {
    let undone = error
        .code()
        .and_then(|state| state.code().get(..2))
        .is_some_and(|class| matches!(class, "23" | "25" | "40" | "53"));
    if undone {
        failure(error)
    } else {
        StoreError::Uncertain {
            source: said(&error),
        }
    }
}

pub(crate) fn unavailable(error: Error) -> StoreError {
    StoreError::Unavailable {
        source: said(&error),
    }
}

fn is_io(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
}

/// The error with the server's own words, which `Error` keeps to itself.
fn told(error: &Error) -> String {
    match error.as_db_error() {
        Some(told) => format!("PostgreSQL: {} ({})", told.message(), told.code().code()),
        None => match std::error::Error::source(error) {
            Some(source) => format!("PostgreSQL: {error}: {source}"),
            None => format!("PostgreSQL: {error}"),
        },
    }
}

fn said(error: &Error) -> Box<dyn std::error::Error + Send + Sync> {
    told(error).into()
}
