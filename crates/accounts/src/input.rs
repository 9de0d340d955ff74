use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Where the accounts stand that are not written by hand: in a file of comma-separated values (`csv`),
/// or in a database of the operator's own (`database` and `query`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub enum Input {
    /// Comma-separated values (RFC 4180) in UTF-8, the names of the columns in the first row.
    Csv(PathBuf),
    /// The rows of a query over an SQLite database, which is opened for reading only.
    Query {
        /// The database.
        database: PathBuf,
        /// One `select`; it names the columns.
        query: String,
    },
}

/// As it stands in a configuration.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    csv: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    database: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    query: Option<String>,
}

impl TryFrom<Written> for Input {
    type Error = &'static str;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match (written.csv, written.database, written.query) {
            (Some(csv), None, None) => Ok(Self::Csv(csv)),
            (None, Some(database), Some(query)) => Ok(Self::Query { database, query }),
            _ => Err("write either `csv`, or `database` and `query`"),
        }
    }
}

impl From<Input> for Written {
    fn from(input: Input) -> Self {
        let (csv, database, query) = match input {
            Input::Csv(csv) => (Some(csv), None, None),
            Input::Query { database, query } => (None, Some(database), Some(query)),
        };
        Self {
            csv,
            database,
            query,
        }
    }
}

impl Input {
    /// The same, its path starting at `base` unless it is absolute.
    #[must_use]
    pub fn below(self, base: &Path) -> Self {
        match self {
            Self::Csv(csv) => Self::Csv(base.join(csv)),
            Self::Query { database, query } => Self::Query {
                database: base.join(database),
                query,
            },
        }
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        match self {
            Self::Csv(file) | Self::Query { database: file, .. } => file,
        }
    }

    /// What people call it.
    pub(crate) fn shown(&self) -> String {
        self.file().display().to_string()
    }

    /// What people call one of its rows.
    pub(crate) fn row(&self, number: u64, address: Option<&str>) -> String {
        let shown = self.shown();
        match (self, address) {
            (Self::Csv(_), None) => format!("{shown} line {number}"),
            (Self::Csv(_), Some(address)) => format!("{shown} line {number} (`{address}`)"),
            (Self::Query { .. }, None) => format!("{shown}: row {number} of the query"),
            (Self::Query { .. }, Some(address)) => format!("{shown}: the row of `{address}`"),
        }
    }
}
