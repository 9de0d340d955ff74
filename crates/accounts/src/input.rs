use std::path::{Path, PathBuf};

use lagrum_model::EmailAddress;
use serde::{Deserialize, Serialize};

use crate::at::{At, Directory, Live, SECONDS};
use crate::rules::{Rule, Rules};

/// Where the accounts stand that are not written by hand, and the rules that say of them what is not
/// written there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Input {
    pub(crate) form: Form,
    pub(crate) rules: Rules,
}

/// In which form they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Comma-separated values (RFC 4180) in UTF-8, the names of the columns in the first row.
    Csv(PathBuf),
    /// The rows of a query over an SQLite database, which is opened for reading only.
    Query {
        /// The database.
        database: PathBuf,
        /// One `select`; it names the columns.
        query: String,
    },
    /// A passwd-file of Dovecot. Nothing of a line is kept but the user.
    Passwd {
        /// The file.
        file: PathBuf,
        /// The domain of users that are written without one.
        domain: Option<String>,
    },
}

/// Where the accounts are that are not written by hand: in a table that is indexed, or where they are
/// looked up one by one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub enum Whereabouts {
    /// In a table that is indexed.
    Indexed(Input),
    /// Where they live.
    Live(Live),
}

/// As it stands in a configuration.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    csv: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    database: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password_file: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timeout_seconds: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passwd: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ldap: Option<Directory>,
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Rule>,
}

const FORMS: &str =
    "write one of these: `csv`; `database` and `query`; `passwd`; at an agent also [accounts.ldap]";

impl Written {
    /// The field that says where accounts are looked up one by one: a database with an address, or a directory.
    fn live(&self) -> Option<&'static str> {
        let kinds = [
            "sqlite:",
            "postgres://",
            "postgresql://",
            "mysql://",
            "mariadb://",
        ];
        let database = self.database.as_deref().unwrap_or_default();
        match kinds.iter().any(|kind| database.starts_with(kind)) {
            true => Some("database"),
            false => self.ldap.as_ref().map(|_| "ldap"),
        }
    }
}

impl TryFrom<Written> for Whereabouts {
    type Error = String;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        if written.live().is_none() {
            return Input::try_from(written).map(Self::Indexed);
        }
        let (at, rules) = match written {
            Written {
                csv: None,
                database: Some(database),
                query: Some(query),
                password_file,
                timeout_seconds,
                passwd: None,
                domain: None,
                ldap: None,
                rules,
            } => {
                let at = At::Sql {
                    database,
                    password_file,
                    query,
                    timeout_seconds: timeout_seconds.unwrap_or(SECONDS),
                };
                (at, rules)
            }
            Written {
                csv: None,
                database: None,
                query: None,
                password_file: None,
                timeout_seconds: None,
                passwd: None,
                domain: None,
                ldap: Some(directory),
                rules,
            } => (At::Ldap(Box::new(directory)), rules),
            _ => return Err(FORMS.into()),
        };
        let rules = Rules::try_from(rules)?;
        Ok(Self::Live(Live { at, rules }))
    }
}

impl Whereabouts {
    /// The same, its paths starting at `base` unless they are absolute.
    #[must_use]
    pub fn below(self, base: &Path) -> Self {
        match self {
            Self::Indexed(input) => Self::Indexed(input.below(base)),
            Self::Live(live) => Self::Live(live.below(base)),
        }
    }
}

impl TryFrom<Written> for Input {
    type Error = String;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        if let Some(field) = written.live() {
            return Err(format!(
                "`{field}`: accounts are looked up where they live by agents alone, since nobody else holds a password of a store; name a file"
            ));
        }
        if written.password_file.is_some() || written.timeout_seconds.is_some() {
            return Err(
                "`password_file` and `timeout_seconds` go with a `database` that has an address (postgres://…, mysql://…, sqlite:…); take them out"
                    .into(),
            );
        }
        let form = match (written.csv, written.database, written.query, written.passwd) {
            (Some(csv), None, None, None) => Form::Csv(csv),
            (None, Some(_), Some(query), None) if query.contains(":identifier") => {
                return Err(
                    "`database`: the query asks for one name; write sqlite: before the path to have it looked up each time, or have the query give everybody"
                        .into(),
                );
            }
            (None, Some(database), Some(query), None) => Form::Query {
                database: database.into(),
                query,
            },
            (None, None, None, Some(file)) => Form::Passwd {
                file,
                domain: written.domain.clone(),
            },
            _ => return Err(FORMS.into()),
        };
        match (&form, written.domain) {
            (_, None) => {}
            (Form::Passwd { .. }, Some(domain)) => {
                EmailAddress::parse(&format!("a@{domain}"))
                    .map_err(|_| format!("`domain`: `{}` is none", domain.escape_debug()))?;
            }
            (_, Some(_)) => {
                return Err(
                    "`domain` goes with `passwd`, where users have none; take it out".into(),
                );
            }
        }
        let rules = Rules::try_from(written.rules)?;
        Ok(Self { form, rules })
    }
}

impl From<Input> for Written {
    fn from(input: Input) -> Self {
        let rules = input.rules.into();
        match input.form {
            Form::Csv(csv) => Self {
                csv: Some(csv),
                rules,
                ..Self::default()
            },
            Form::Query { database, query } => Self {
                database: Some(database.to_string_lossy().into_owned()),
                query: Some(query),
                rules,
                ..Self::default()
            },
            Form::Passwd { file, domain } => Self {
                passwd: Some(file),
                domain,
                rules,
                ..Self::default()
            },
        }
    }
}

impl Input {
    /// The same, its path starting at `base` unless it is absolute.
    #[must_use]
    pub fn below(mut self, base: &Path) -> Self {
        let (Form::Csv(file) | Form::Query { database: file, .. } | Form::Passwd { file, .. }) =
            &mut self.form;
        *file = base.join(&*file);
        self
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        match &self.form {
            Form::Csv(file) | Form::Query { database: file, .. } | Form::Passwd { file, .. } => {
                file
            }
        }
    }

    /// What people call it.
    pub(crate) fn shown(&self) -> String {
        self.file().display().to_string()
    }

    /// What people call one of its rows.
    pub(crate) fn row(&self, number: u64, address: Option<&str>) -> String {
        let shown = self.shown();
        match (&self.form, address) {
            (Form::Csv(_) | Form::Passwd { .. }, None) => format!("{shown} line {number}"),
            (Form::Csv(_) | Form::Passwd { .. }, Some(address)) => {
                format!("{shown} line {number} (`{address}`)")
            }
            (Form::Query { .. }, None) => format!("{shown}: row {number} of the query"),
            (Form::Query { .. }, Some(address)) => format!("{shown}: the row of `{address}`"),
        }
    }
}
