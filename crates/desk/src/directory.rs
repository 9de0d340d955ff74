//! Which accounts there are, and where their data lies: that it is there, never what it is.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use lagrum_accounts::{
    AccountsError, Check, Columns, Entry, FACTS, Facts, Found, Indexed, Input, Row, Spec, Table,
};
use lagrum_mandate::WIDEST_WINDOW;
use lagrum_model::{
    AccountIdentifier, AccountKnown, AccountNamed, Addressee, Category, Controller, CountryCode,
    Demand, EmailAddress, Holding, Identifier, Region, Service,
};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::assess::{Held, Holdings, Told};
use crate::config::load;
use crate::{CommandError, OpenError};

/// `directory.toml`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryFile {
    /// The provider's companies.
    #[serde(default, rename = "entity")]
    pub entities: Vec<Entity>,
    /// The places where data lies.
    #[serde(default, rename = "place")]
    pub places: Vec<Place>,
    /// Accounts that are written by hand.
    #[serde(default, rename = "account")]
    pub accounts: Vec<DirectoryAccount>,
    /// The table in which the rest of them stand.
    #[serde(default, rename = "accounts", skip_serializing_if = "Option::is_none")]
    pub table: Option<Input>,
}

/// Accounts and where their data lies, indexed.
pub struct Directory {
    file: DirectoryFile,
    /// What people call it.
    shown: String,
    index: PathBuf,
    columns: Columns,
    settings: Vec<u8>,
    table: Mutex<Table<DirectoryAccount>>,
}

/// One company of the provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// Under what other names demands are addressed to it: a former one, a trade name, a shorter form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Where it is established.
    pub country: CountryCode,
    /// The region that is searched for it when nobody knows an account, and in which it is looked up
    /// whose account something is.
    pub region: Region,
    /// By what the agent there can look accounts up, besides their mail addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks_up: Vec<LooksUp>,
    /// How far before and after an instant it is looked there who used an Internet address, in seconds:
    /// as long as somebody stays whose coming alone is in the log. 300 if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds_around: Option<u32>,
}

impl Entity {
    /// Whether a demand that is addressed to this name is addressed to it: capital letters, spaces and the
    /// signs between words tell no two companies apart.
    fn is_called(&self, name: &str) -> bool {
        let plain = |name: &str| -> String {
            let words = name.split(|c: char| !c.is_alphanumeric());
            let words: Vec<_> = words
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            words.join(" ")
        };
        let asked = plain(name);
        std::iter::once(&self.name)
            .chain(&self.also)
            .any(|own| plain(own) == asked)
    }
}

/// By what an agent can look an account up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LooksUp {
    /// Internet address, port and instant: a log with the addresses of those who signed in.
    IpAddress,
    /// Telephone number: a table of subscribers with theirs.
    PhoneNumber,
    /// User id: the same with the provider's own.
    UserId,
}

impl LooksUp {
    fn of(identifier: &Identifier) -> Option<Self> {
        match identifier {
            Identifier::IpAddress(_) => Some(Self::IpAddress),
            Identifier::PhoneNumber(_) => Some(Self::PhoneNumber),
            Identifier::UserId(_) => Some(Self::UserId),
            _ => None,
        }
    }
}

/// How far around an instant it is looked, where nobody said otherwise.
const SECONDS_AROUND: u32 = 300;

/// One place where data lies.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its name.
    pub region: Region,
    /// In which country it is.
    pub country: CountryCode,
    /// Which service its data is of: some laws bind some services only. Absent: it is asked for where
    /// a rule depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Whether its agent is asked which accounts there are that stand in no list here.
    #[serde(default, skip_serializing_if = "is_false")]
    pub asks: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

/// One account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryAccount {
    /// Its address.
    pub address: EmailAddress,
    /// Other addresses that lead to it.
    #[serde(default)]
    pub aliases: Vec<EmailAddress>,
    /// Who decides over the data.
    pub controller: Controller,
    /// The enterprise customer, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// Where the account holder lives, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resides_in: Option<CountryCode>,
    /// Whether the account holder is a United States person (18 U.S.C. § 2523(a)(2)), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub us_person: Option<bool>,
    /// Whether it is the account of somebody bound by professional secrecy, in that capacity.
    #[serde(default)]
    pub privileged: bool,
    /// The State of the public authority for which the data is kept, if it is kept for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_authority_of: Option<CountryCode>,
    /// Which kinds of data lie where.
    pub holdings: Vec<DirectoryHolding>,
}

/// Which kinds of data of an account lie in one place.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryHolding {
    /// Where.
    pub region: Region,
    /// Which kinds.
    pub categories: Vec<Category>,
}

impl Entry for DirectoryAccount {
    fn address(&self) -> &EmailAddress {
        &self.address
    }

    fn aliases(&self) -> &[EmailAddress] {
        &self.aliases
    }

    fn of(row: &Row<'_>) -> Result<Self, String> {
        let Facts {
            address,
            aliases,
            controller,
            resides_in,
            us_person,
            privileged,
            public_authority_of,
        } = Facts::of(row)?;
        Ok(Self {
            address,
            aliases,
            controller,
            customer: row.get("customer").map(str::to_owned),
            resides_in,
            us_person,
            privileged,
            public_authority_of,
            holdings: row.need("holdings", holdings)?,
        })
    }
}

/// Reads `stockholm: content traffic; dublin: subscriber`.
fn holdings(text: &str) -> Result<Vec<DirectoryHolding>, String> {
    let one = |text: &str| {
        let (region, categories) = text.split_once(':').ok_or_else(|| {
            format!(
                "`{}`: write REGION: CATEGORY CATEGORY; REGION: …",
                text.escape_debug()
            )
        })?;
        let category = |name: &str| {
            let found = Category::ALL.into_iter().find(|one| one.as_str() == name);
            found.ok_or_else(|| format!("`{}` is not a category", name.escape_debug()))
        };
        let categories: Vec<_> = categories
            .split_whitespace()
            .map(category)
            .collect::<Result<_, _>>()?;
        if categories.is_empty() {
            return Err(format!("`{}` names no category", text.escape_debug()));
        }
        Ok(DirectoryHolding {
            region: Region::parse(region.trim())?,
            categories,
        })
    };
    text.split(';').map(one).collect()
}

/// The check that what an account has lies in places that are known, each of them named once.
struct PlacesAreKnown<'p>(&'p [Place]);

impl Check<DirectoryAccount> for PlacesAreKnown<'_> {
    fn begin(&mut self, _: &Connection) -> rusqlite::Result<()> {
        Ok(())
    }

    fn account(
        &mut self,
        _: &Connection,
        _: i64,
        account: &DirectoryAccount,
    ) -> Result<(), String> {
        let mut seen: Vec<(&Region, Category)> = Vec::new();
        for DirectoryHolding { region, categories } in &account.holdings {
            if !self.0.iter().any(|place| place.region == *region) {
                return Err(format!(
                    "holdings: no [[place]] has the region `{region}`, so nobody knows the law of the data there; add one"
                ));
            }
            for category in categories {
                if seen.contains(&(region, *category)) {
                    return Err(format!(
                        "holdings: {category} in `{region}` is named twice; keep one"
                    ));
                }
                seen.push((region, *category));
            }
        }
        if account.customer.is_some() && account.controller != Controller::Enterprise {
            return Err("`customer` is the name of an enterprise; write controller = \"enterprise\", or take it out".into());
        }
        Ok(())
    }

    fn without_facts(
        &mut self,
        _: &Connection,
        _: i64,
        _: &EmailAddress,
        _: &Row<'_>,
    ) -> Result<(), String> {
        Ok(())
    }

    fn end(&mut self, _: &Indexed<'_, DirectoryAccount>) -> Result<(), AccountsError> {
        Ok(())
    }
}

impl Directory {
    /// Reads the file, and opens the index of its accounts; makes it first, if there is none or a list
    /// or table changed.
    ///
    /// # Errors
    /// When something is wrong with the file or a row of the table: what is to be mended.
    pub fn open(file: &Path, index: &Path) -> Result<Self, OpenError> {
        let mut read: DirectoryFile = load(file)?;
        let base = file.parent().unwrap_or(Path::new("."));
        read.table = read.table.map(|table| table.below(base));
        let shown = file.display().to_string();
        for entity in &read.entities {
            if entity
                .seconds_around
                .is_some_and(|seconds| seconds > WIDEST_WINDOW)
            {
                let why = format!(
                    "[[entity]] `{}`: seconds_around is at most {WIDEST_WINDOW}, a day to each side",
                    entity.name
                );
                return Err(OpenError::config(file, why));
            }
            if !read
                .places
                .iter()
                .any(|place| place.region == entity.region)
            {
                let why = format!(
                    "[[entity]] `{}`: no [[place]] has the region `{}`; add one",
                    entity.name, entity.region
                );
                return Err(OpenError::config(file, why));
            }
        }
        let columns = Columns {
            required: FACTS
                .into_iter()
                .chain(["holdings"])
                .map(str::to_owned)
                .collect(),
            optional: ["aliases", "customer"].map(str::to_owned).to_vec(),
        };
        let settings = format!("{:?}", read.places).into_bytes();
        let spec = Spec {
            index,
            by_hand: (&shown, &read.accounts),
            nobody: &[],
            input: read.table.as_ref(),
            columns: &columns,
            settings: &settings,
        };
        let table = Table::open(&spec, &mut PlacesAreKnown(&read.places))?;
        Ok(Self {
            file: read,
            shown,
            index: index.to_owned(),
            columns,
            settings,
            table: Mutex::new(table),
        })
    }

    /// The regions in which data lies.
    pub(crate) fn regions(&self) -> Vec<Region> {
        self.file
            .places
            .iter()
            .map(|place| place.region.clone())
            .collect()
    }

    /// The regions whose agents are asked about an address: none, where it stands in the lists here.
    pub(crate) fn asked_about(&self, address: &EmailAddress) -> Result<Vec<&Region>, OpenError> {
        let asking = self.file.places.iter().filter(|place| place.asks);
        let asking: Vec<_> = asking.map(|place| &place.region).collect();
        if asking.is_empty() {
            return Ok(asking);
        }
        Ok(match self.table().find(address)? {
            (_, Found::Unknown) => asking,
            _ => Vec::new(),
        })
    }

    /// What agents told of an address, as holdings of a category; the regions that have not told, if any has not.
    fn as_told(&self, told: &Told<'_>, category: Category, placeless: &Holding) -> Held {
        let asking = self.file.places.iter().filter(|place| place.asks);
        let missing = asking.filter(|place| !told.contains_key(&place.region));
        let missing: Vec<_> = missing.map(|place| place.region.clone()).collect();
        if !missing.is_empty() {
            return Held::NotTold(missing);
        }
        let mut accounts = Vec::new();
        let mut aliases = Vec::new();
        for (region, names) in told {
            let Some(place) = self.place(region) else {
                continue;
            };
            match names {
                AccountNamed::Account { known } => accounts.push((place, known)),
                AccountNamed::Alias { of, known } => aliases.push((of, (place, known))),
                AccountNamed::Nobody {} | AccountNamed::Unknown {} => {}
            }
        }
        let held = |all: &[(&Place, &AccountKnown)]| -> Vec<Holding> {
            let has = all
                .iter()
                .filter(|(_, known)| known.categories.contains(&category));
            has.map(|(place, known)| known_holding(known, category, place))
                .collect()
        };
        let nothing = |all: &[(&Place, &AccountKnown)]| {
            let elsewhere = all.iter().find(|(_, known)| !known.categories.is_empty());
            match elsewhere.or(all.first()) {
                Some((place, known)) => known_holding(known, category, place),
                None => placeless.clone(),
            }
        };
        // An account in one region goes before another name of one in another.
        if !accounts.is_empty() {
            let holdings = held(&accounts);
            return match holdings.is_empty() {
                true => Held::Nothing(nothing(&accounts)),
                false => Held::Here {
                    holdings,
                    customer: None,
                },
            };
        }
        let Some((of, _)) = aliases.first() else {
            return Held::Nobody;
        };
        let of = of.to_string();
        let all: Vec<_> = aliases.into_iter().map(|(_, one)| one).collect();
        let mut holdings = held(&all);
        if holdings.is_empty() {
            holdings.push(nothing(&all));
        }
        Held::Alias { of, holdings }
    }

    /// Whether there is a table of accounts besides those that are written by hand.
    pub(crate) fn has_table(&self) -> bool {
        self.file.table.is_some()
    }

    /// Up to `most` accounts that are written by hand and have data in a region.
    pub(crate) fn by_hand_in(
        &self,
        region: &Region,
        most: usize,
    ) -> Vec<(EmailAddress, Vec<Category>)> {
        let there = |account: &DirectoryAccount| {
            let here = account.holdings.iter().filter(|one| one.region == *region);
            let categories: Vec<_> = here.flat_map(|one| one.categories.clone()).collect();
            (!categories.is_empty()).then(|| (account.address.clone(), categories))
        };
        let all = self.file.accounts.iter().filter_map(there);
        all.take(most).collect()
    }

    /// The companies of the provider.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.file.entities
    }

    /// Reads the table again, if it changed.
    pub(crate) fn refresh(&self) -> Result<(), OpenError> {
        let spec = Spec {
            index: &self.index,
            by_hand: (&self.shown, &self.file.accounts),
            nobody: &[],
            input: self.file.table.as_ref(),
            columns: &self.columns,
            settings: &self.settings,
        };
        let mut table = self.table();
        if !table.is_current(&spec)? {
            *table = Table::open(&spec, &mut PlacesAreKnown(&self.file.places))?;
        }
        Ok(())
    }

    /// A look-up that panicked left nothing half done.
    fn table(&self) -> MutexGuard<'_, Table<DirectoryAccount>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far around an instant it is looked in a region who used an address, in seconds.
    pub(crate) fn seconds_around(&self, region: &Region) -> u32 {
        let mut entities = self.file.entities.iter();
        let entity = entities.find(|entity| entity.region == *region);
        entity
            .and_then(|entity| entity.seconds_around)
            .unwrap_or(SECONDS_AROUND)
    }

    fn place(&self, region: &Region) -> Option<&Place> {
        let mut places = self.file.places.iter();
        places.find(|place| place.region == *region)
    }

    /// The holdings of an account in a category.
    fn holdings(&self, account: &DirectoryAccount, category: Category) -> Vec<Holding> {
        account
            .holdings
            .iter()
            .filter(|holding| holding.categories.contains(&category))
            .filter_map(|holding| Some(account.holding(category, self.place(&holding.region)?)))
            .collect()
    }

    /// An account that is there but has nothing of a category: looked for where its other data lies.
    fn nothing_of(
        &self,
        account: &DirectoryAccount,
        category: Category,
        placeless: Holding,
    ) -> Holding {
        let elsewhere = Category::ALL
            .iter()
            .find_map(|other| self.holdings(account, *other).into_iter().next());
        let found = elsewhere.unwrap_or(placeless);
        account.holding(
            category,
            &Place {
                region: found.region,
                country: found.stored_in,
                service: found.service,
                asks: false,
            },
        )
    }
}

/// Data of a category of an account that an agent told of.
fn known_holding(known: &AccountKnown, category: Category, place: &Place) -> Holding {
    Holding {
        category,
        region: place.region.clone(),
        stored_in: place.country,
        controller: known.controller,
        holder_resides_in: known.resides_in,
        holder_is_us_person: known.us_person,
        privileged: known.privileged,
        public_authority_of: known.public_authority_of,
        service: place.service,
    }
}

impl DirectoryAccount {
    fn holding(&self, category: Category, place: &Place) -> Holding {
        Holding {
            category,
            region: place.region.clone(),
            stored_in: place.country,
            controller: self.controller,
            holder_resides_in: self.resides_in,
            holder_is_us_person: self.us_person,
            privileged: self.privileged,
            public_authority_of: self.public_authority_of,
            service: place.service,
        }
    }
}

impl Holdings for Directory {
    fn placeless(&self, demand: &Demand, category: Category) -> Option<Holding> {
        let Addressee {
            entity: name,
            country,
        } = &demand.addressee;
        let mut entities = self.file.entities.iter();
        let entity = entities.find(|one| one.country == *country && one.is_called(name))?;
        let place = self.place(&entity.region)?;
        let region = entity.region.clone();
        let nobodys = Holding::new(category, region, place.country, Controller::Consumer);
        Some(Holding {
            service: place.service,
            ..nobodys
        })
    }

    fn companies(&self) -> Vec<Addressee> {
        let entities = self.file.entities.iter();
        let company = |entity: &Entity| Addressee {
            entity: entity.name.clone(),
            country: entity.country,
        };
        entities.map(company).collect()
    }

    fn of(
        &self,
        identifier: &AccountIdentifier,
        category: Category,
        placeless: &Holding,
        told: &Told<'_>,
    ) -> Result<Held, CommandError> {
        let Identifier::EmailAddress(address) = identifier.get() else {
            let wanted = LooksUp::of(identifier.get());
            let mut entities = self.file.entities.iter();
            let looks_up = wanted.is_some_and(|wanted| {
                entities.any(|entity| {
                    entity.region == placeless.region && entity.looks_up.contains(&wanted)
                })
            });
            return Ok(match looks_up {
                true => Held::ToBeLookedUp,
                false => Held::NotLookedUp,
            });
        };
        let (_, found) = self.table().find(address).map_err(OpenError::from)?;
        Ok(match found {
            Found::Unknown if self.file.places.iter().any(|place| place.asks) => {
                self.as_told(told, category, placeless)
            }
            Found::Unknown | Found::Nobody => Held::Nobody,
            Found::WithoutFacts(_) => {
                let whole = AccountsError::Whole {
                    table: self.shown.clone(),
                    why: format!(
                        "no [[accounts.rule]] is for `{address}`, so nothing is known of it that the law asks for; write one"
                    ),
                };
                return Err(OpenError::from(whole).into());
            }
            Found::Alias(account) => {
                let mut holdings = self.holdings(&account, category);
                if holdings.is_empty() {
                    holdings.push(self.nothing_of(&account, category, placeless.clone()));
                }
                Held::Alias {
                    of: account.address.to_string(),
                    holdings,
                }
            }
            Found::Account(account) => {
                let holdings = self.holdings(&account, category);
                match holdings.is_empty() {
                    true => Held::Nothing(self.nothing_of(&account, category, placeless.clone())),
                    false => Held::Here {
                        holdings,
                        customer: account.customer,
                    },
                }
            }
        })
    }
}

#[cfg(test)]
mod tests;
