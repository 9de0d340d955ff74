//! The database of one source.

use std::path::PathBuf;

use lagrum_guest::GuestError;
use rusqlite::Connection;

use crate::SourceError;

/// The database of one source.
pub(super) struct Database {
    id: String,
    database: lagrum_guest::Database,
}

impl Database {
    pub(super) fn new(id: &str, path: PathBuf) -> Self {
        Self {
            id: id.to_owned(),
            database: lagrum_guest::Database::new(path),
        }
    }

    /// The source's id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// What SQLite refused.
    pub(super) fn refused(&self, error: rusqlite::Error) -> SourceError {
        self.told(lagrum_guest::refused(error))
    }

    /// Opens the database, lets `reader` read it, and closes it again.
    ///
    /// # Errors
    /// When it cannot be read, what `reader` said, or when it was written to meanwhile in a way that
    /// makes what was read worthless.
    pub(super) fn read<T>(
        &self,
        reader: impl FnOnce(&Connection) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        self.database
            .read(reader)
            .map_err(|error| self.told(error))?
    }

    fn told(&self, error: GuestError) -> SourceError {
        let shown = format!("database {}", self.database.file().display());
        let why = error.to_string();
        match error {
            GuestError::Unreachable(_) => SourceError::unreachable(&self.id, shown, why),
            GuestError::Denied(_) => SourceError::denied(&self.id, shown, why),
            GuestError::Damaged(_) => SourceError::damaged(&self.id, shown, why),
            GuestError::Changed => SourceError::changed(&self.id, shown, why),
            GuestError::Io(error) => SourceError::io(&self.id, shown, error),
        }
    }
}
