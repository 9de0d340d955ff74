//! What the operator wrote of a database, checked.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use lagrum_durable::read_secret;
use lagrum_model::SubCategory;
use lagrum_source::{Context, SourceConfig, SourceError};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::address::Address;
use crate::tables::{self, Table};
use crate::written::SqlConfig;

/// What was written, checked.
pub(crate) struct Checked {
    pub(crate) id: String,
    pub(crate) address: Address,
    pub(crate) password: Option<Zeroizing<String>>,
    pub(crate) account: Account,
    /// Whether instants without a zone lie in UTC.
    pub(crate) utc: bool,
    pub(crate) timeout: Duration,
    pub(crate) tables: Vec<Table>,
    /// In which box each column lies, by its name in records.
    pub(crate) boxes: BTreeMap<SubCategory, Vec<String>>,
}

impl Checked {
    /// Reads and checks what the operator wrote.
    pub(crate) fn read(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let written: SqlConfig = config.read()?;
        let id = written.id;
        let fault = |field: &str, why: String| SourceError::config(&id, field, why);
        let address = Address::parse(&written.database).map_err(|why| fault("database", why))?;
        let address = address.below(context.base_directory);
        let file = written
            .password_file
            .map(|file| context.base_directory.join(file));
        let password =
            password(file.as_deref(), &address).map_err(|why| fault("password_file", why))?;
        let utc = match written.zone.as_deref() {
            None => false,
            Some("UTC") => true,
            Some(_) => {
                let why = "only UTC is read; give a view in which the instants lie in UTC";
                return Err(fault("zone", why.into()));
            }
        };
        if !(1..=86_400).contains(&written.timeout_seconds) {
            let why = "write 1 to 86400 seconds";
            return Err(fault("timeout_seconds", why.into()));
        }
        let kind = address.kind();
        let account = Account::check(&written.account, &written.account_keys, kind)
            .map_err(|(field, why)| fault(field, why))?;
        let (tables, boxes) = tables::check(&written.tables, &account, kind)
            .map_err(|(field, why)| fault(&field, why))?;
        Ok(Self {
            address,
            password,
            account,
            utc,
            timeout: Duration::from_secs(written.timeout_seconds.into()),
            tables,
            boxes,
            id,
        })
    }
}

/// The password in a file, if one is named.
pub(crate) fn password(
    file: Option<&Path>,
    address: &Address,
) -> Result<Option<Zeroizing<String>>, String> {
    let Some(file) = file else { return Ok(None) };
    if matches!(address, Address::Sqlite(_)) {
        return Err("a file asks for no password; take the line out".into());
    }
    let password = read_secret(file).map_err(|error| error.to_string())?;
    let password = Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned());
    match password.is_empty() || password.contains('\0') {
        true => Err("holds no password".into()),
        false => Ok(Some(password)),
    }
}
