use lagrum_model::{
    AccountIdentifier, Category, Controller, CountryCode, Demand, EmailAddress, Holding,
    Identifier, Region,
};
use serde::{Deserialize, Serialize};

use crate::assess::{Held, Holdings};

/// Accounts and where their data lies: that it is there, never what it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    /// The provider's companies.
    #[serde(default, rename = "entity")]
    pub entities: Vec<Entity>,
    /// The places where data lies.
    #[serde(default, rename = "place")]
    pub places: Vec<Place>,
    /// The accounts.
    #[serde(default, rename = "account")]
    pub accounts: Vec<DirectoryAccount>,
}

/// One company of the provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// Where it is established.
    pub country: CountryCode,
    /// The region that is searched for it when nobody knows an account.
    pub region: Region,
}

/// One place where data lies.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its name.
    pub region: Region,
    /// In which country it is.
    pub country: CountryCode,
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

/// What the directory knows of an identifier.
enum Known<'d> {
    /// It names this account.
    Account(&'d DirectoryAccount),
    /// It is another name of this account.
    Alias(&'d DirectoryAccount),
    /// Nobody here is called that.
    Unknown,
}

impl Directory {
    fn find(&self, address: &EmailAddress) -> Known<'_> {
        for account in &self.accounts {
            if account.address == *address {
                return Known::Account(account);
            }
            if account.aliases.contains(address) {
                return Known::Alias(account);
            }
        }
        Known::Unknown
    }

    fn country_of(&self, region: &Region) -> Option<CountryCode> {
        self.places
            .iter()
            .find(|place| place.region == *region)
            .map(|place| place.country)
    }

    /// The holdings of an account in a category.
    fn holdings(&self, account: &DirectoryAccount, category: Category) -> Vec<Holding> {
        account
            .holdings
            .iter()
            .filter(|holding| holding.categories.contains(&category))
            .filter_map(|holding| {
                let country = self.country_of(&holding.region)?;
                Some(account.holding(category, holding.region.clone(), country))
            })
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
        account.holding(category, found.region, found.stored_in)
    }
}

impl DirectoryAccount {
    fn holding(&self, category: Category, region: Region, stored_in: CountryCode) -> Holding {
        Holding {
            category,
            region,
            stored_in,
            controller: self.controller,
            holder_resides_in: self.resides_in,
            holder_is_us_person: self.us_person,
            privileged: self.privileged,
            public_authority_of: self.public_authority_of,
        }
    }
}

impl Holdings for Directory {
    fn placeless(&self, demand: &Demand, category: Category) -> Option<Holding> {
        let entity = self
            .entities
            .iter()
            .find(|entity| entity.country == demand.addressee.country)?;
        Some(Holding::new(
            category,
            entity.region.clone(),
            self.country_of(&entity.region)?,
            Controller::Consumer,
        ))
    }

    fn of(&self, identifier: &AccountIdentifier, category: Category, placeless: &Holding) -> Held {
        let Identifier::EmailAddress(address) = identifier.get() else {
            return Held::NotLookedUp;
        };
        match self.find(address) {
            Known::Unknown => Held::Nobody,
            Known::Alias(account) => {
                let mut holdings = self.holdings(account, category);
                if holdings.is_empty() {
                    holdings.push(self.nothing_of(account, category, placeless.clone()));
                }
                Held::Alias {
                    of: account.address.to_string(),
                    holdings,
                }
            }
            Known::Account(account) => {
                let holdings = self.holdings(account, category);
                if holdings.is_empty() {
                    return Held::Nothing(self.nothing_of(account, category, placeless.clone()));
                }
                Held::Here {
                    holdings,
                    customer: account.customer.clone(),
                }
            }
        }
    }
}
