use std::path::{Path, PathBuf};

use lagrum_model::EmailAddress;
use serde::{Deserialize, Serialize};

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
    passwd: Option<PathBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Rule>,
}

const FORMS: &str = "write one of these: `csv`; `database` and `query`; `passwd`";

impl TryFrom<Written> for Input {
    type Error = String;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let form = match (written.csv, written.database, written.query, written.passwd) {
            (Some(csv), None, None, None) => Form::Csv(csv),
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
