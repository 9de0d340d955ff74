//! Accounts that are looked up where they live, once for each mandate that names them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use lagrum_accounts::{Answer, At, Columns, Found, Live, Table};
use lagrum_model::EmailAddress;
use lagrum_source::SourceError;
use lagrum_source_sql::{Answered, LookUp, LookUpConfig};

use crate::AgentError;
use crate::entered::Entered;

/// What the table is called where it fails.
const ID: &str = "[accounts]";

/// Accounts that are looked up where they live.
pub(crate) struct LiveAccounts {
    live: Live,
    look_up: LookUp,
    /// What was found since the last mandate: the law and the search see the same.
    found: RefCell<BTreeMap<String, Found<Entered>>>,
}

impl LiveAccounts {
    /// Opens it, and asks for what can be known before an account is named.
    ///
    /// # Errors
    /// When the configuration or the query is wrong, and when nobody answers.
    pub(crate) fn open(live: &Live, columns: &Columns) -> Result<Self, AgentError> {
        let At::Sql {
            database,
            password_file,
            query,
            timeout_seconds,
        } = &live.at;
        let config = LookUpConfig {
            database,
            password_file: password_file.as_deref(),
            query,
            timeout_seconds: *timeout_seconds,
        };
        let opened = Self {
            live: live.clone(),
            look_up: LookUp::open(ID, &config)?,
            found: RefCell::default(),
        };
        opened.look_up.read(|ask| {
            opened
                .live
                .check::<Entered, AgentError>(columns, &mut |name| answer(ask(name)))
        })?;
        Ok(opened)
    }

    /// What an address names. `by_hand` are the accounts that are written by hand.
    ///
    /// # Errors
    /// When nobody answers, or what is answered cannot be so.
    pub(crate) fn find(
        &self,
        columns: &Columns,
        by_hand: &Table<Entered>,
        address: &EmailAddress,
    ) -> Result<Found<Entered>, AgentError> {
        if let Some(found) = self.found.borrow().get(address.normal()) {
            return Ok(found.clone());
        }
        let found = self.look_up.read(|ask| {
            self.live
                .look_up(columns, by_hand, address, &mut |name| answer(ask(name)))
        })?;
        let normal = address.normal().to_owned();
        self.found.borrow_mut().insert(normal, found.clone());
        Ok(found)
    }

    /// What is found from here on is what stands there now.
    pub(crate) fn forget(&self) {
        self.found.borrow_mut().clear();
    }
}

fn answer(answered: Result<Answered, SourceError>) -> Result<Answer, AgentError> {
    let Answered { columns, rows } = answered?;
    Ok(Answer { columns, rows })
}
