//! A database as it is configured: where it is, and how one transaction of it is read.

use std::time::Duration;

use lagrum_model::{Category, DateRule};
use lagrum_source::{About, Context, LiesIn, SourceConfig, SourceError};
use zeroize::Zeroizing;

use crate::account::Account;
use crate::address::{Address, Kind};
use crate::ask::{Ask, Session, Values};
use crate::cell::Cell;
use crate::config::Checked;
use crate::fault::Fault;
use crate::tables::{self, Table};
use crate::{mariadb, postgresql, sqlite};

/// Tables in one database.
pub(crate) struct Sql {
    pub(crate) about: About,
    address: Address,
    password: Option<Zeroizing<String>>,
    timeout: Duration,
    pub(crate) account: Account,
    pub(crate) utc: bool,
    pub(crate) tables: Vec<Table>,
}

/// What is asked of the account's statement.
pub(crate) struct AskAccount<'a> {
    account: &'a Account,
    small: &'a [&'a str],
    values: Values,
}

impl AskAccount<'_> {
    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask {
            statement: &self.account.statement,
            values: &self.values,
            small: self.small,
            whole: self.account.keys(),
            fields: &[],
            order: None,
            within: None,
            most: None,
        }
    }
}

impl Sql {
    pub(crate) fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let checked = Checked::read(config, context)?;
        let tables = checked.tables;
        let mut categories: Vec<_> = tables.iter().map(|table| table.category).collect();
        categories.sort_unstable();
        categories.dedup();
        let served = categories.iter().map(|category| {
            let of = tables.iter().filter(|table| table.category == *category);
            (
                *category,
                of.flat_map(|table| table.fields.clone()).collect(),
            )
        });
        let lies_in = LiesIn::fields(served, &checked.boxes)
            .map_err(|why| SourceError::config(&checked.id, "sub_categories", why))?;
        let rule = |category: &Category| tables::date_rule(&tables, *category);
        let date_rule = match categories
            .iter()
            .map(rule)
            .find(|one| *one != DateRule::PresentState)
        {
            Some(rule) => rule,
            None => DateRule::PresentState,
        };
        Ok(Self {
            about: About {
                id: checked.id,
                kind: "sql",
                categories,
                date_rule,
                lies_in,
            },
            address: checked.address,
            password: checked.password,
            timeout: checked.timeout,
            account: checked.account,
            utc: checked.utc,
            tables,
        })
    }

    pub(crate) fn id(&self) -> &str {
        &self.about.id
    }

    /// The port that is connected to, unless it is a file or a Unix socket.
    pub(crate) fn port(&self) -> Option<u16> {
        self.address.port()
    }

    /// What the configuration calls a table's statement.
    pub(crate) fn field(&self, table: &Table) -> String {
        format!("table {}", table.name)
    }

    pub(crate) fn at(&self, fault: Fault, field: &str) -> SourceError {
        fault.at(self.id(), &self.address.to_string(), field)
    }

    pub(crate) fn ask_account<'a>(
        &'a self,
        small: &'a [&'a str],
        identifier: (String, Cell),
    ) -> AskAccount<'a> {
        AskAccount {
            account: &self.account,
            small,
            values: Values::from([identifier]),
        }
    }

    /// Lets `reader` read in one transaction.
    pub(crate) fn read<T>(
        &self,
        reader: impl FnOnce(&mut dyn Session) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        let password = self.password.as_ref().map(|password| password.as_str());
        read(&self.address, password, self.timeout, reader)
            .map_err(|fault| self.at(fault, "database"))
    }
}

/// Lets `reader` read a database in one transaction.
pub(crate) fn read<T>(
    address: &Address,
    password: Option<&str>,
    timeout: Duration,
    reader: impl FnOnce(&mut dyn Session) -> Result<T, SourceError>,
) -> Result<T, Fault> {
    match address {
        Address::Sqlite(file) => sqlite::read(file.clone(), reader),
        Address::Server(server) => match server.kind {
            Kind::Mysql => mariadb::read(server, password, timeout, reader),
            _ => postgresql::read(server, password, timeout, reader),
        },
    }
}
