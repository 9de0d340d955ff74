//! The configuration of sources, and opening them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lagrum_model::Category;
use serde::Deserialize;

use crate::access_log::AccessLog;
use crate::accounts::{Accounts, Aliases};
use crate::mail_store::MailStore;
use crate::subscribers::Subscribers;
use crate::{Source, SourceError};

/// One source, as the operator writes it. Relative paths start where the configuration lies.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind")]
pub enum SourceConfig {
    /// A directory with one Maildir (Maildir++ folders included) for each account.
    #[serde(rename = "maildir")]
    Maildir(MailConfig),
    /// A directory with one mbox for each account, plain, gzip or Zstandard.
    #[serde(rename = "mbox")]
    Mbox(MailConfig),
    /// A directory with one folder of `.eml` files for each account.
    #[serde(rename = "eml-folder")]
    EmlFolder(MailConfig),
    /// A table of subscribers in an SQLite database.
    #[serde(rename = "subscribers-sqlite")]
    SubscribersSqlite(SubscribersConfig),
    /// A log of accesses in JSON Lines, plain, gzip or Zstandard.
    #[serde(rename = "access-log-jsonl")]
    AccessLogJsonl(AccessLogConfig),
}

/// Mail in files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The directory that holds all accounts. It may be reached through a link; nothing below it
    /// may be one.
    pub root: PathBuf,
    /// Each account (a mail address, or the provider's own name) with its place below the root.
    pub accounts: BTreeMap<String, PathBuf>,
}

/// Subscribers in SQLite. The database is opened for reading only.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscribersConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The database file.
    pub database: PathBuf,
    /// The table or view.
    pub table: String,
    /// The column that names the account.
    pub account_column: String,
    /// The columns that are handed over, in this order.
    pub columns: Vec<String>,
}

/// Accesses in JSON Lines.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessLogConfig {
    /// The source's name: lower-case letters, digits and `-`.
    pub id: String,
    /// The files, in the order in which they are read: the oldest of a rotation first.
    pub paths: Vec<PathBuf>,
    /// The field that names the account.
    pub account_field: String,
    /// The field that says when.
    pub time_field: String,
    /// How it says it.
    pub time_format: TimeFormat,
    /// For each category that the log serves (`traffic`, `identification`), the fields that are
    /// handed over. Nothing else of a line leaves.
    pub fields: BTreeMap<Category, Vec<String>>,
}

/// How a log writes an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeFormat {
    /// Text with a zone, for example `2026-03-01T12:00:00+01:00` (RFC 3339).
    Rfc3339,
    /// A number: seconds since 1970-01-01T00:00:00Z, with or without a fraction.
    EpochSeconds,
    /// A number: milliseconds since 1970-01-01T00:00:00Z.
    EpochMilliseconds,
}

/// Opens a source and checks what can be checked before the first search. Relative paths start
/// at `base_directory`.
///
/// # Errors
/// When a field breaks its rule or what it names is not there.
pub fn open(
    config: &SourceConfig,
    base_directory: &Path,
    aliases: &Aliases,
) -> Result<Box<dyn Source>, SourceError> {
    match config {
        SourceConfig::Maildir(mail) => {
            let (root, accounts) = mail.check(base_directory, aliases)?;
            Ok(Box::new(MailStore::maildir(&mail.id, root, accounts)))
        }
        SourceConfig::Mbox(mail) => {
            let (root, accounts) = mail.check(base_directory, aliases)?;
            Ok(Box::new(MailStore::mbox(&mail.id, root, accounts)))
        }
        SourceConfig::EmlFolder(mail) => {
            let (root, accounts) = mail.check(base_directory, aliases)?;
            Ok(Box::new(MailStore::eml_folder(&mail.id, root, accounts)))
        }
        SourceConfig::SubscribersSqlite(table) => {
            check_id(&table.id)?;
            Ok(Box::new(Subscribers::open(table, base_directory, aliases)?))
        }
        SourceConfig::AccessLogJsonl(log) => {
            check_id(&log.id)?;
            Ok(Box::new(AccessLog::open(log, base_directory, aliases)?))
        }
    }
}

impl MailConfig {
    fn check(
        &self,
        base_directory: &Path,
        aliases: &Aliases,
    ) -> Result<(PathBuf, Accounts), SourceError> {
        check_id(&self.id)?;
        let root = base_directory.join(&self.root);
        if !root.is_dir() {
            let why = format!("{} is not a directory; correct the path", root.display());
            return Err(SourceError::config(&self.id, "root", why));
        }
        Ok((root, Accounts::new(&self.id, &self.accounts, aliases)?))
    }
}

fn check_id(id: &str) -> Result<(), SourceError> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || id.len() > 64 || !id.bytes().all(allowed) {
        return Err(SourceError::config(
            id,
            "id",
            "write 1 to 64 lower-case letters, digits and `-`",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
