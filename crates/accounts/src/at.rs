use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

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
    /// In an LDAP directory.
    Ldap(Box<Directory>),
}

/// How long a look-up may take where nobody said otherwise, in seconds.
pub(crate) const SECONDS: u32 = 30;

fn seconds() -> u32 {
    SECONDS
}

/// An LDAP directory, and what it is asked: the table `[accounts.ldap]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    /// Its address: `ldaps://HOST`, `ldap://HOST`.
    pub address: String,
    /// As whom it is asked (a DN).
    pub bind: String,
    /// The file with that one's password.
    pub password_file: PathBuf,
    /// Below which entry accounts lie (a DN).
    pub base: String,
    /// The filter that finds the entry of `:identifier`.
    pub filter: String,
    /// Who vouches for the server (PEM).
    #[serde(default)]
    pub certificates: Option<PathBuf>,
    /// The attribute of each column.
    pub columns: BTreeMap<String, String>,
    /// How long a look-up may take, in seconds.
    #[serde(default = "seconds")]
    pub timeout_seconds: u32,
}

impl Live {
    /// The same, its paths starting at `base` unless they are absolute.
    #[must_use]
    pub(crate) fn below(mut self, base: &Path) -> Self {
        match &mut self.at {
            At::Sql {
                database,
                password_file,
                ..
            } => {
                if let Some(file) = database.strip_prefix("sqlite:") {
                    *database = format!("sqlite:{}", base.join(file).display());
                }
                *password_file = password_file.take().map(|file| base.join(file));
            }
            At::Ldap(directory) => {
                directory.password_file = base.join(&directory.password_file);
                let certificates = directory.certificates.take();
                directory.certificates = certificates.map(|file| base.join(file));
            }
        }
        self
    }

    /// What people call it.
    pub(crate) fn shown(&self) -> String {
        match &self.at {
            At::Sql { .. } => "[accounts]: the query".to_owned(),
            At::Ldap(_) => "[accounts.ldap]: the directory".to_owned(),
        }
    }

    /// What finds the row of a name.
    pub(crate) fn finds(&self) -> &'static str {
        match &self.at {
            At::Sql { .. } => "the query",
            At::Ldap(_) => "the filter",
        }
    }
}
