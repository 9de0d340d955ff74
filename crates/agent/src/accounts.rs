//! Which account an identifier names: looked up once, here. The facts that the law asks for, the places
//! in the stores and the answers of the sources hang on what is found.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use lagrum_accounts::{AccountsError, Columns, Entry, FACTS, Found, Spec, Table, Whereabouts};
use lagrum_model::{
    AccountIdentifier, Category, Controller, CountryCode, EmailAddress, Holding, Identifier, Region,
};
use lagrum_source::{Aliases, Known, SearchResult, Source};

use crate::entered::{Entered, Lies, PLACE};
use crate::live_accounts::LiveAccounts;
use crate::places::{self, Apart};
use crate::stores::Stores;
use crate::{AgentConfig, AgentError};

/// The accounts of one agent, by each of their names.
pub(crate) struct Accounts {
    table: RefCell<Table<Entered>>,
    /// Where those are looked up that are not in the table.
    live: Option<LiveAccounts>,
    by_hand: Vec<Entered>,
    columns: Columns,
    settings: Vec<u8>,
    stores: Stores,
}

/// What an identifier names.
#[derive(Clone)]
pub(crate) enum Named {
    /// This account, at this place of the index; [`places::NOT_INDEXED`] if it was looked up where it lives.
    Account(i64, Box<Entered>),
    /// This account, by another of its names. It is told and not followed.
    Alias(Box<Entered>),
    /// Certainly nobody here.
    Nobody,
}

impl Accounts {
    /// Opens the index of the accounts; makes it first, if the configuration or a table changed.
    ///
    /// # Errors
    /// When one address stands for two accounts, when a source has something of an account that nobody
    /// knows, when two accounts have a place in common, and when a row is wrong: with what is to be
    /// mended.
    pub(crate) fn open(
        config: &AgentConfig,
        sources: &[Box<dyn Source>],
    ) -> Result<Self, AgentError> {
        let stores = Stores::new(config, sources)?;
        let by_hand = config.accounts.iter().map(|account| Entered {
            facts: account.clone(),
            lies: Lies::default(),
        });
        let by_hand: Vec<_> = by_hand.collect();
        let columns = Columns {
            required: FACTS
                .map(str::to_owned)
                .into_iter()
                .chain(stores.with_column().map(|id| format!("{PLACE}{id}")))
                .collect(),
            optional: ["aliases", "none"].map(str::to_owned).to_vec(),
        };
        let settings = stores.settings();
        if let Some(Whereabouts::Live(_)) = &config.table {
            stores.can_be_apart_unseen()?;
        }
        let table = opened(config, &by_hand, &columns, &settings, &stores)?;
        let live = match &config.table {
            Some(Whereabouts::Live(live)) => Some(LiveAccounts::open(live, &columns)?),
            _ => None,
        };
        Ok(Self {
            table: RefCell::new(table),
            live,
            by_hand,
            columns,
            settings,
            stores,
        })
    }

    /// Reads what was written to the tables since they were indexed, and looks anew where accounts are looked up.
    /// From here to the next call nothing changes.
    ///
    /// # Errors
    /// As [`Accounts::open`].
    pub(crate) fn refresh(&self, config: &AgentConfig) -> Result<(), AccountsError> {
        if let Some(live) = &self.live {
            live.forget();
        }
        let index = config.index();
        let spec = spec(config, &index, &self.by_hand, &self.columns, &self.settings);
        if !self.table.borrow().is_current(&spec)? {
            let newer = opened(
                config,
                &self.by_hand,
                &self.columns,
                &self.settings,
                &self.stores,
            )?;
            self.table.replace(newer);
        }
        Ok(())
    }

    /// What `identifier` names.
    ///
    /// # Errors
    /// [`AgentError::NoFacts`], [`AgentError::NoRule`] and [`AgentError::NotByAddress`], when no account is found whose
    /// facts are known: nothing is assumed of anybody.
    pub(crate) fn resolve(
        &self,
        config: &AgentConfig,
        identifier: &AccountIdentifier,
    ) -> Result<Named, AgentError> {
        let address = match identifier.get() {
            Identifier::EmailAddress(address) => address,
            other => return Err(AgentError::NotByAddress(other.kind())),
        };
        match self.find(address)? {
            (Some(id), Found::Account(account)) => Ok(Named::Account(id, Box::new(account))),
            (_, Found::Alias(account)) => Ok(Named::Alias(Box::new(account))),
            (_, Found::Nobody) => Ok(Named::Nobody),
            (_, Found::WithoutFacts(of)) => Err(AgentError::NoRule {
                address: address.clone(),
                of,
            }),
            (_, Found::Account(_) | Found::Unknown) => Err(AgentError::NoFacts {
                address: address.clone(),
                by_hand: config.table.is_none(),
            }),
        }
    }

    fn find(&self, address: &EmailAddress) -> Result<(Option<i64>, Found<Entered>), AgentError> {
        let table = self.table.borrow();
        let found = table.find(address)?;
        let Some(live) = &self.live else {
            return Ok(found);
        };
        match live.find(&self.columns, &table, address)? {
            Found::Account(account) if found.0.is_none() => {
                Ok((Some(places::NOT_INDEXED), Found::Account(account)))
            }
            // It is by hand, or it is not there at all.
            other => Ok((found.0, other)),
        }
    }

    /// Whether an address is an account here, with a place that is there in each source in files that serves one of
    /// these categories and is not said to have nothing of it.
    pub(crate) fn has(
        &self,
        address: &EmailAddress,
        categories: &[Category],
    ) -> Result<bool, AgentError> {
        let account = match self.find(address)? {
            (Some(_), Found::Account(account)) => account,
            (_, Found::Alias(account)) => account,
            _ => return Ok(false),
        };
        let asked =
            |store: &&crate::stores::Store| store.serves.iter().any(|one| categories.contains(one));
        for store in self.stores.iter().filter(asked) {
            let Some(files) = &store.files else { continue };
            let (address, lies) = (&account.facts.address, &account.lies);
            let place = store
                .place_of(address, lies)
                .map_err(AgentError::Disagree)?;
            // What somebody else may look at and this program may not is not said to be missing.
            let is_there = |place| {
                let about = files.root.join(place).symlink_metadata();
                about.map_or_else(|error| error.kind() != ErrorKind::NotFound, |_| true)
            };
            if !store.has_none(address, lies) && !place.is_some_and(is_there) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The categories of which data of an account lies here: those of the sources that are not said to have nothing of
    /// it. No store is searched.
    ///
    /// # Errors
    /// [`AgentError::Disagree`], where a source in files has no place for it and is not said to have nothing of it.
    pub(crate) fn served(&self, account: &Entered) -> Result<Vec<Category>, AgentError> {
        let (address, lies) = (&account.facts.address, &account.lies);
        let mut served = Vec::new();
        for store in self.stores.iter() {
            let place = store.place_of(address, lies);
            let place = place.map_err(AgentError::Disagree)?;
            if store.has_none(address, lies) {
                continue;
            }
            if store.files.is_some() && place.is_none() {
                return Err(AgentError::Disagree(format!(
                    "source `{}` has no place for `{address}`, which is an account here: add it, or, if the source has nothing of it, none = [\"{address}\"]",
                    store.id
                )));
            }
            served.extend_from_slice(&store.serves);
        }
        Ok(served)
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
    ) -> Result<Holding, AgentError> {
        let (region, country): (Region, CountryCode) = (config.region.clone(), config.country);
        let facts = match self.resolve(config, identifier)? {
            Named::Account(_, account) | Named::Alias(account) => account.facts,
            // Of nobody there is nothing; whether that may be said, the law decides as of anybody.
            Named::Nobody => {
                let consumer = Controller::Consumer;
                let nobodys = Holding::new(category, region, country, consumer);
                return Ok(Holding {
                    service: config.service,
                    ..nobodys
                });
            }
        };
        Ok(Holding {
            category,
            region,
            stored_in: country,
            controller: facts.controller,
            holder_resides_in: facts.resides_in,
            holder_is_us_person: facts.us_person,
            privileged: facts.privileged,
            public_authority_of: facts.public_authority_of,
            service: config.service,
        })
    }

    /// What the sources have to know of the accounts that are named: their other names, and where they
    /// lie. No place of theirs is another account's.
    ///
    /// # Errors
    /// As [`Accounts::resolve`]; when a place turns out to be another account's.
    pub(crate) fn known<'i>(
        &self,
        config: &AgentConfig,
        identifiers: impl Iterator<Item = &'i AccountIdentifier>,
    ) -> Result<Known, AgentError> {
        let mut pairs = BTreeMap::new();
        let mut named = Vec::new();
        for identifier in identifiers {
            let found = self.resolve(config, identifier)?;
            if let Named::Account(_, account) | Named::Alias(account) = &found {
                for alias in account.aliases() {
                    let of = account.address().normal().to_owned();
                    pairs.insert(alias.normal().to_owned(), of);
                }
            }
            named.push(found);
        }
        let mut known = Known::new(Aliases::try_from(pairs).map_err(AgentError::Disagree)?);
        let index = config.index();
        let spec = spec(config, &index, &self.by_hand, &self.columns, &self.settings);
        let table: Ref<'_, _> = self.table.borrow();
        for found in named {
            let Named::Account(id, account) = found else {
                continue;
            };
            for (source, place) in self
                .stores
                .places_of(&account)
                .map_err(AgentError::Disagree)?
            {
                if id == places::NOT_INDEXED {
                    self.stores
                        .no_link_to(source, &place)
                        .map_err(AgentError::Disagree)?;
                }
                places::still_apart(&table, &spec, &self.stores, id, source, &place)?;
                known.add_place(source, account.address(), place);
            }
        }
        Ok(known)
    }

    /// Whether what `source` answered agrees with what is known here of the identifier.
    ///
    /// # Errors
    /// [`AgentError::Disagree`] with the line to mend. Then nothing may be said of the account: one of the two
    /// is wrong.
    pub(crate) fn agrees(
        &self,
        config: &AgentConfig,
        source: &str,
        identifier: &AccountIdentifier,
        result: &SearchResult,
    ) -> Result<(), AgentError> {
        let found = match result {
            SearchResult::Searched(counts) => counts.selected + counts.for_review > 0,
            _ => false,
        };
        let named = self.resolve(config, identifier)?;
        let store = self.stores.of(source);
        let has_none = match (&named, store) {
            (Named::Account(_, account), Some(store)) => {
                store.has_none(account.address(), &account.lies)
            }
            _ => false,
        };
        let why = match (named, result) {
            (Named::Nobody, _) if found => format!(
                "source `{source}` has something of `{identifier}`, and agent.toml names it in `nobody`: take it out there, and add an [[account]]"
            ),
            (Named::Account(..), _) if found && has_none => format!(
                "source `{source}` has something of `{identifier}`, and names it in `none`: take it out there"
            ),
            (Named::Account(_, account), SearchResult::UnknownAccount) if !has_none => {
                let mend = match store.is_some_and(|store| store.files.is_some()) {
                    true => "add its place to the source",
                    false => "see by which name the source is asked for it",
                };
                format!(
                    "source `{source}` does not know `{identifier}`, which is an account here: {mend}, or, if the source has nothing of it, none = [\"{}\"]",
                    account.address()
                )
            }
            (Named::Account(..), SearchResult::Alias { of }) => format!(
                "source `{source}` takes `{identifier}` for another name of `{of}`, and it is an [[account]] here: mend one of the two"
            ),
            (Named::Alias(account), SearchResult::Searched(_)) => format!(
                "source `{source}` takes `{identifier}` for an account, and it is another name of `{}`: mend one of the two",
                account.address()
            ),
            _ => return Ok(()),
        };
        Err(AgentError::Disagree(why))
    }
}

fn spec<'s>(
    config: &'s AgentConfig,
    index: &'s Path,
    by_hand: &'s [Entered],
    columns: &'s Columns,
    settings: &'s [u8],
) -> Spec<'s, Entered> {
    Spec {
        index,
        by_hand: ("agent.toml", by_hand),
        nobody: &config.nobody,
        input: match &config.table {
            Some(Whereabouts::Indexed(input)) => Some(input),
            _ => None,
        },
        columns,
        settings,
    }
}

fn opened(
    config: &AgentConfig,
    by_hand: &[Entered],
    columns: &Columns,
    settings: &[u8],
    stores: &Stores,
) -> Result<Table<Entered>, AccountsError> {
    let index = config.index();
    let spec = spec(config, &index, by_hand, columns, settings);
    Table::open(&spec, &mut Apart::new(stores, &index))
}
