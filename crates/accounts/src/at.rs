use std::path::{Path, PathBuf};

use crate::rules::Rules;

/// Where accounts are looked up, and the rules that say of them what is not written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// Where.
    pub at: At,
    pub(crate) rules: Rules,
}

/// Where accounts are looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// In an SQL database.
    Sql {
        /// Its address: `postgres://USER@HOST/DATABASE`, `mysql://…`, `sqlite:/path`.
        database: String,
        /// The file with the user's password.
        password_file: Option<PathBuf>,
        /// The query that gives the row of `:identifier`.
        query: String,
        /// How long a look-up may take, in seconds.
        timeout_seconds: u32,
    },
}

impl Live {
    /// The same, its paths starting at `base` unless they are absolute.
    #[must_use]
    pub(crate) fn below(mut self, base: &Path) -> Self {
        let At::Sql {
            database,
            password_file,
            ..
        } = &mut self.at;
        if let Some(file) = database.strip_prefix("sqlite:") {
            *database = format!("sqlite:{}", base.join(file).display());
        }
        *password_file = password_file.take().map(|file| base.join(file));
        self
    }

    /// What people call it.
    pub(crate) fn shown(&self) -> String {
        match &self.at {
            At::Sql { .. } => "[accounts]: the query".to_owned(),
        }
    }
}
