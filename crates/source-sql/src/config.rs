//! What the operator wrote of a database, checked.

use std::collections::BTreeMap;
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
        let address = match address {
            Address::Sqlite(path) => Address::Sqlite(context.base_directory.join(path)),
            server => server,
        };
        let password = match (&written.password_file, &address) {
            (None, _) => None,
            (Some(_), Address::Sqlite(_)) => {
                let why = "a file asks for no password; take the line out";
                return Err(fault("password_file", why.into()));
            }
            (Some(path), Address::Server(_)) => {
                let password = read_secret(&context.base_directory.join(path))
                    .map_err(|e| fault("password_file", e.to_string()))?;
                let password = Zeroizing::new(password.trim_end_matches(['\r', '\n']).to_owned());
                if password.is_empty() || password.contains('\0') {
                    return Err(fault("password_file", "holds no password".into()));
                }
                Some(password)
            }
        };
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
