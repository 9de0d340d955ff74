//! What the operator writes of a database.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lagrum_model::{Category, SubCategory};
use lagrum_sources::TimeFormat;
use serde::Deserialize;

/// Tables in an SQL database.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqlConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// Where it is: `sqlite:/path`, `postgres://USER@localhost/DATABASE`, `mysql://USER@localhost/DATABASE`; a Unix
    /// socket stands behind it, as `?socket=/path`.
    pub database: String,
    /// The user's password, in a file that nobody else can read. Absent: the database asks for none.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The query that finds the account called `:identifier`. It has to give the stored name as `named`, and each of
    /// `account_keys`.
    pub account: String,
    /// By what the tables know the account: columns of `account`, which are parameters of the tables' statements.
    #[serde(default = "account_key")]
    pub account_keys: Vec<String>,
    /// `UTC`: in which zone instants lie that are stored without one. Absent: the database has none such among those
    /// that decide.
    #[serde(default)]
    pub zone: Option<String>,
    /// How long one statement may take, in seconds.
    #[serde(default = "ten_minutes")]
    pub timeout_seconds: u32,
    /// The tables.
    #[serde(rename = "table")]
    pub tables: Vec<TableConfig>,
}

/// One table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableConfig {
    /// What its rows are called: its columns leave as `name.column`.
    pub name: String,
    /// The category of its rows.
    pub category: Category,
    /// A query that gives its rows. Absent: those of `table`.
    #[serde(default)]
    pub statement: Option<String>,
    /// The table or view in the database, if it is called otherwise than `name`; `schema.table` is one too.
    #[serde(default)]
    pub table: Option<String>,
    /// The columns that are handed over, in this order.
    pub columns: Vec<String>,
    /// The column that says whose a row is.
    pub key: String,
    /// What it has to equal: one of `account_keys`, or a column of `parent`. Absent: the first of `account_keys`.
    #[serde(default)]
    pub of: Option<String>,
    /// The table under whose rows this one's rows stand.
    #[serde(default)]
    pub parent: Option<String>,
    /// The column that tells one row from another: rows are handed over in its order and found again by it.
    #[serde(default)]
    pub row: Option<String>,
    /// The column whose instant decides.
    #[serde(default)]
    pub date: Option<String>,
    /// How that column writes it, if it is none of the database's own instants.
    #[serde(default)]
    pub date_format: Option<TimeFormat>,
    /// The parent's date decides.
    #[serde(default)]
    pub dated_by_parent: bool,
    /// The rows are a present state, and no date decides. Subscriber data only.
    #[serde(default)]
    pub undated: bool,
    /// In which box below the category each column lies. A column of which it is not said leaves only where all of
    /// the category does.
    #[serde(default)]
    pub sub_categories: BTreeMap<SubCategory, Vec<String>>,
}

fn account_key() -> Vec<String> {
    vec!["account".to_owned()]
}

fn ten_minutes() -> u32 {
    600
}
