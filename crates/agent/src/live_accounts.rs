//! Accounts that are looked up where they live, once for each mandate that names them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use lagrum_accounts::{Answer, Ask, At, Columns, Found, Live, Table};
use lagrum_ldap::{LdapConfig, LdapFault};
use lagrum_model::EmailAddress;
use lagrum_source::SourceError;
use lagrum_source_sql::LookUpConfig;

use crate::AgentError;
use crate::entered::Entered;

/// What the table is called where it fails.
const SQL: &str = "[accounts]";

/// What the directory is called where it fails.
const LDAP: &str = "[accounts.ldap]";

/// Accounts that are looked up where they live.
pub(crate) struct LiveAccounts {
    live: Live,
    look_up: LookUp,
    /// What was found since the last mandate: the law and the search see the same.
    found: RefCell<BTreeMap<String, Found<Entered>>>,
}

/// The port that is connected to for a look-up, unless it is a file or a Unix socket.
///
/// # Errors
/// When the configuration is wrong.
pub(crate) fn port(live: &Live) -> Result<Option<u16>, AgentError> {
    Ok(match LookUp::open(&live.at)? {
        LookUp::Sql(look_up) => look_up.port(),
        LookUp::Ldap(look_up) => Some(look_up.port()),
    })
}

/// What is asked there.
enum LookUp {
    Sql(lagrum_source_sql::LookUp),
    Ldap(lagrum_ldap::LookUp),
}

impl LiveAccounts {
    /// Opens it, and asks for what can be known before an account is named.
    ///
    /// # Errors
    /// When the configuration or the query is wrong, and when nobody answers.
    pub(crate) fn open(live: &Live, columns: &Columns) -> Result<Self, AgentError> {
        let look_up = LookUp::open(&live.at)?;
        if let LookUp::Ldap(look_up) = &look_up {
            look_up.check()?;
        }
        let opened = Self {
            live: live.clone(),
            look_up,
            found: RefCell::default(),
        };
        let live = &opened.live;
        opened
            .look_up
            .read(|ask| live.check::<Entered, AgentError>(columns, ask))?;
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
        let live = &self.live;
        let look_up = &self.look_up;
        let found = look_up.read(|ask| live.look_up(columns, by_hand, address, ask))?;
        let normal = address.normal().to_owned();
        self.found.borrow_mut().insert(normal, found.clone());
        Ok(found)
    }

    /// What is found from here on is what stands there now.
    pub(crate) fn forget(&self) {
        self.found.borrow_mut().clear();
    }
}

impl LookUp {
    /// Opens what is asked at `at`; nothing is connected to.
    fn open(at: &At) -> Result<Self, AgentError> {
        match at {
            At::Sql {
                database,
                password_file,
                query,
                timeout_seconds,
            } => {
                let config = LookUpConfig {
                    database,
                    password_file: password_file.as_deref(),
                    query,
                    timeout_seconds: *timeout_seconds,
                };
                Ok(Self::Sql(lagrum_source_sql::LookUp::open(SQL, &config)?))
            }
            At::Ldap(directory) => Ok(Self::Ldap(lagrum_ldap::LookUp::open(&LdapConfig {
                address: &directory.address,
                bind: &directory.bind,
                password_file: &directory.password_file,
                base: &directory.base,
                filter: &directory.filter,
                certificates: directory.certificates.as_deref(),
                columns: &directory.columns,
                timeout_seconds: directory.timeout_seconds,
            })?)),
        }
    }

    /// Lets `reader` ask for the rows of names.
    fn read<T>(
        &self,
        reader: impl FnOnce(Ask<'_, AgentError>) -> Result<T, AgentError>,
    ) -> Result<T, AgentError> {
        match self {
            Self::Sql(look_up) => look_up.read(|ask| {
                reader(&mut |name| {
                    let lagrum_source_sql::Answered { columns, rows } = ask(name)?;
                    Ok(Answer { columns, rows })
                })
            }),
            Self::Ldap(look_up) => look_up.read(|ask| {
                reader(&mut |name| {
                    let lagrum_ldap::Answered { columns, rows } = ask(name)?;
                    Ok(Answer { columns, rows })
                })
            }),
        }
    }
}

impl From<LdapFault> for AgentError {
    fn from(fault: LdapFault) -> Self {
        let (at, why) = ("the directory", fault.to_string());
        Self::Source(match fault {
            LdapFault::Config { field, why } => SourceError::config(LDAP, field, why),
            LdapFault::Referral => SourceError::config(LDAP, "base", why),
            LdapFault::Entry { .. } => SourceError::config(LDAP, "columns", why),
            // It broke off, as one does that is stopped.
            LdapFault::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                SourceError::unreachable(LDAP, at, error)
            }
            LdapFault::Io(error) => SourceError::io(LDAP, at, error),
            LdapFault::Busy(_) => SourceError::unreachable(LDAP, at, why),
            LdapFault::Denied(_) => SourceError::denied(LDAP, at, why),
            LdapFault::Refused(_) | LdapFault::Certificate | LdapFault::Nonsense(_) => {
                SourceError::damaged(LDAP, at, why)
            }
        })
    }
}
