use std::collections::BTreeMap;
use std::path::PathBuf;

use super::server::{READER, SUFFIX};
use crate::{Answered, LdapConfig, LdapFault, LookUp};

pub(super) const FILTER: &str =
    "(&(objectClass=account9)(|(address=:identifier)(otherAddress=:identifier)))";

fn attributes() -> BTreeMap<String, String> {
    let all = [
        ("address", "address"),
        ("aliases", "otherAddress"),
        ("controller", "kind"),
        ("resides_in", "land"),
        ("us_person", "usPerson"),
        ("privileged", "secret"),
        ("public_authority_of", "state"),
    ];
    all.map(|(column, attribute)| (column.to_owned(), attribute.to_owned()))
        .into()
}

/// A look-up that a test changes.
pub(super) struct Asks {
    pub(super) address: String,
    pub(super) bind: String,
    pub(super) password: PathBuf,
    pub(super) base: String,
    pub(super) filter: String,
    pub(super) certificates: Option<PathBuf>,
    pub(super) columns: BTreeMap<String, String>,
    pub(super) seconds: u32,
}

impl Asks {
    pub(super) fn new(port: u16, password: PathBuf) -> Self {
        Self {
            address: format!("ldap://127.0.0.1:{port}"),
            bind: READER.into(),
            password,
            base: format!("ou=people,{SUFFIX}"),
            filter: FILTER.into(),
            certificates: None,
            columns: attributes(),
            seconds: 10,
        }
    }

    pub(super) fn open(&self) -> Result<LookUp, LdapFault> {
        LookUp::open(&LdapConfig {
            address: &self.address,
            bind: &self.bind,
            password_file: &self.password,
            base: &self.base,
            filter: &self.filter,
            certificates: self.certificates.as_deref(),
            columns: &self.columns,
            timeout_seconds: self.seconds,
        })
    }

    pub(super) fn ask(&self, name: &str) -> Result<Answered, LdapFault> {
        self.open()?.read(|ask| ask(name))
    }

    pub(super) fn refused(&self, name: &str) -> String {
        match self.ask(name) {
            Ok(found) => panic!("{name}: {found:?}"),
            Err(error) => error.to_string(),
        }
    }
}
