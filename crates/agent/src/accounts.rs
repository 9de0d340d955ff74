//! Which account an identifier names: looked up once, here. The facts that the law asks for and the
//! answers of the sources hang on what is found.

use std::collections::{BTreeMap, HashMap, HashSet};

use lagrum_model::{AccountIdentifier, Category, Controller, EmailAddress, Holding, Identifier};
use lagrum_source::{Aliases, SearchResult, SourceConfig};

use crate::config::Account;
use crate::{AgentConfig, AgentError};

/// The accounts of one agent, by each of their names.
pub(crate) struct Accounts {
    accounts: Vec<Account>,
    /// By the normal form of an address.
    named: HashMap<String, Place>,
    /// For each source, of whom it has nothing: addresses in normal form.
    none: HashMap<String, HashSet<String>>,
}

/// What an address leads to.
#[derive(Clone, Copy)]
enum Place {
    Account(usize),
    Alias(usize),
    Nobody,
}

/// What an identifier names.
#[derive(Clone, Copy)]
pub(crate) enum Named<'a> {
    /// This account.
    Account(&'a Account),
    /// This account, by another of its names. It is told and not followed.
    Alias(&'a Account),
    /// Certainly nobody here.
    Nobody,
}

impl Accounts {
    /// Indexes the accounts of a configuration.
    ///
    /// # Errors
    /// A sentence, when one address stands for two accounts, or a source has nothing of an account
    /// that nobody knows.
    pub(crate) fn new(config: &AgentConfig) -> Result<Self, String> {
        let mut named = HashMap::new();
        let mut add = |address: &EmailAddress, place| match named
            .insert(address.normal().to_owned(), place)
        {
            None => Ok(()),
            Some(_) => Err(format!(
                "account: `{address}` stands twice among the accounts, their aliases and `nobody`; write each address once"
            )),
        };
        for (number, account) in config.accounts.iter().enumerate() {
            add(&account.address, Place::Account(number))?;
            for alias in &account.aliases {
                add(alias, Place::Alias(number))?;
            }
        }
        for address in &config.nobody {
            add(address, Place::Nobody)?;
        }
        let mut accounts = Self {
            accounts: config.accounts.clone(),
            named,
            none: HashMap::new(),
        };
        for SourceConfig { id, none, .. } in &config.sources {
            let mut normal = HashSet::new();
            for address in none {
                accounts
                    .is_account(address.normal())
                    .map_err(|why| format!("source `{id}`: field `none`: {why}"))?;
                normal.insert(address.normal().to_owned());
            }
            accounts.none.insert(id.clone(), normal);
        }
        Ok(accounts)
    }

    /// Checks that `name` is the address of an account, and no other name of one.
    ///
    /// # Errors
    /// What is wrong, with the line to mend.
    pub(crate) fn is_account(&self, name: &str) -> Result<&EmailAddress, String> {
        match self.named.get(&name.to_ascii_lowercase()) {
            Some(Place::Account(number)) => Ok(&self.accounts[*number].address),
            Some(Place::Alias(number)) => Err(format!(
                "`{name}` is another name of `{}`; write that",
                self.accounts[*number].address
            )),
            Some(Place::Nobody) => Err(format!(
                "`{name}` stands in `nobody` as well; keep it in one of the two"
            )),
            None => Err(format!(
                "no [[account]] has the address `{name}`, so nothing is known of it that the law asks for; add one, or take the line out"
            )),
        }
    }

    /// Whether `source` is said to have nothing of the account.
    pub(crate) fn has_none(&self, source: &str, account: &EmailAddress) -> bool {
        let none = self.none.get(source);
        none.is_some_and(|none| none.contains(account.normal()))
    }

    /// Each alias with the account that it stands for.
    pub(crate) fn aliases(&self) -> Result<Aliases, AgentError> {
        let pairs = self.accounts.iter().flat_map(|account| {
            let address = account.address.normal();
            let aliases = account.aliases.iter();
            aliases.map(move |alias| (alias.normal().into(), address.into()))
        });
        Aliases::try_from(pairs.collect::<BTreeMap<String, String>>()).map_err(|why| {
            AgentError::Config {
                file: "agent.toml".into(),
                why,
            }
        })
    }

    /// What `identifier` names.
    ///
    /// # Errors
    /// A sentence with the way out, when no account is found whose facts are known: nothing is
    /// assumed of anybody.
    pub(crate) fn resolve(&self, identifier: &AccountIdentifier) -> Result<Named<'_>, String> {
        let address = match identifier.get() {
            Identifier::EmailAddress(address) => address,
            Identifier::UserId(_) => return Err(not_looked_up("user id")),
            Identifier::PhoneNumber(_) => return Err(not_looked_up("telephone number")),
            Identifier::IpAddress { .. } => return Err(not_looked_up("Internet address")),
            Identifier::Network(_) => return Err(not_looked_up("network")),
        };
        match self.named.get(address.normal()) {
            Some(Place::Account(number)) => Ok(Named::Account(&self.accounts[*number])),
            Some(Place::Alias(number)) => Ok(Named::Alias(&self.accounts[*number])),
            Some(Place::Nobody) => Ok(Named::Nobody),
            None => Err(format!(
                "this agent knows no account `{address}`, and assumes nothing of it. If it is one, add to agent.toml: [[account]] with address = \"{address}\" and its facts; if nobody here is called that, add \"{address}\" to `nobody`"
            )),
        }
    }

    /// What is known of data of `category` about `identifier` here.
    ///
    /// # Errors
    /// As [`Accounts::resolve`].
    pub(crate) fn holding(
        &self,
        config: &AgentConfig,
        identifier: &AccountIdentifier,
        category: Category,
    ) -> Result<Holding, String> {
        let account = match self.resolve(identifier)? {
            Named::Account(account) | Named::Alias(account) => account,
            // Of nobody there is nothing; whether that may be said, the law decides as of anybody.
            Named::Nobody => {
                let (region, country) = (config.region.clone(), config.country);
                let consumer = Controller::Consumer;
                return Ok(Holding::new(category, region, country, consumer));
            }
        };
        Ok(Holding {
            category,
            region: config.region.clone(),
            stored_in: config.country,
            controller: account.controller,
            holder_resides_in: account.resides_in,
            holder_is_us_person: account.us_person,
            privileged: account.privileged,
            public_authority_of: account.public_authority_of,
        })
    }

    /// Whether what `source` answered agrees with what is known here of the identifier.
    ///
    /// # Errors
    /// A sentence with the line to mend. Then nothing may be said of the account: one of the two
    /// is wrong.
    pub(crate) fn agrees(
        &self,
        source: &str,
        identifier: &AccountIdentifier,
        result: &SearchResult,
    ) -> Result<(), String> {
        let found = match result {
            SearchResult::Searched(counts) => counts.selected + counts.for_review > 0,
            _ => false,
        };
        match (self.resolve(identifier)?, result) {
            (Named::Nobody, _) if found => Err(format!(
                "source `{source}` has something of `{identifier}`, and agent.toml names it in `nobody`: take it out there, and add an [[account]]"
            )),
            (Named::Account(account), _) if found && self.has_none(source, &account.address) => {
                Err(format!(
                    "source `{source}` has something of `{identifier}`, and names it in `none`: take it out there"
                ))
            }
            (Named::Account(account), SearchResult::UnknownAccount)
                if !self.has_none(source, &account.address) =>
            {
                Err(format!(
                    "source `{source}` does not know `{identifier}`, which is an [[account]] here: add its place to the source, or, if the source has nothing of it, none = [\"{}\"]",
                    account.address
                ))
            }
            (Named::Account(_), SearchResult::Alias { of }) => Err(format!(
                "source `{source}` takes `{identifier}` for another name of `{of}`, and it is an [[account]] here: mend one of the two"
            )),
            (Named::Alias(account), SearchResult::Searched(_)) => Err(format!(
                "source `{source}` takes `{identifier}` for an account, and it is another name of `{}`: mend one of the two",
                account.address
            )),
            _ => Ok(()),
        }
    }
}

fn not_looked_up(kind: &str) -> String {
    format!(
        "it names an account by its {kind}, and this agent looks accounts up by their mail address alone, so that nothing is known of that account; have the demand name the mail address"
    )
}
