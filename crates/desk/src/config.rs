use std::fs;
use std::path::{Path, PathBuf};

use lagrum_model::{
    AccountIdentifier, AuthorityKind, Category, Controller, CountryCode, EmailAddress, Holding,
    Identifier, Region,
};
use lagrum_notes::{VerifyingKey, role};
use lagrum_transport::directory::Contact;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::DeskError;

/// The desk's configuration, `desk.toml`. Paths are relative to the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskConfig {
    /// The provider's name, as authorities read it.
    pub provider: String,
    /// The public log, as a directory.
    pub log: PathBuf,
    /// The log's signing key; readable by nobody but the desk.
    pub log_key: PathBuf,
    /// The people who may sign mandates. The agents have their own copies, and theirs count.
    pub roster: PathBuf,
    /// Accounts and where their data lies.
    pub directory: PathBuf,
    /// Authorities whose contact details were checked.
    pub authorities: PathBuf,
    /// Where sealed packages are put for delivery.
    pub deliveries: PathBuf,
    /// The desk's own law packs; absent: those that the program was built with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<PathBuf>,
    /// The agents.
    #[serde(default, rename = "agent")]
    pub agents: Vec<AgentContact>,
}

/// How the desk and one agent reach each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentContact {
    /// Where it runs.
    pub region: Region,
    /// Its public key.
    pub key: VerifyingKey<role::Agent>,
    /// Where mandates are left for it (`in`) and answers are fetched (`out`).
    pub exchange: PathBuf,
}

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

/// Authorities whose contact details a person checked beforehand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorities {
    /// The authorities.
    #[serde(default, rename = "authority")]
    pub authorities: Vec<KnownAuthority>,
}

/// One authority whose contact details were checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownAuthority {
    /// Its name.
    pub name: String,
    /// The country it acts for.
    pub country: CountryCode,
    /// What kind it is.
    pub kind: AuthorityKind,
    /// The domains of its mail addresses, matched whole.
    pub domains: Vec<String>,
    /// The number to call back, found independently of any demand.
    pub telephone: String,
    /// Its public key for sealed packages (`age1…`), if it gave one through a checked channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_key: Option<String>,
}

pub(crate) fn load<T: DeserializeOwned>(file: &Path) -> Result<T, DeskError> {
    let fault = |why: String| DeskError::Config {
        file: file.display().to_string(),
        why,
    };
    let text = fs::read_to_string(file).map_err(|e| fault(e.to_string()))?;
    toml::from_str(&text).map_err(|e| fault(e.to_string().trim().to_owned()))
}

impl DeskConfig {
    /// The agents, as the wire knows them.
    #[must_use]
    pub fn contacts(&self) -> Vec<Contact> {
        let contact = |agent: &AgentContact| Contact {
            region: agent.region.clone(),
            key: agent.key.clone(),
            directory: agent.exchange.clone(),
        };
        self.agents.iter().map(contact).collect()
    }

    /// Reads `desk.toml`, and makes its paths absolute from where it lies.
    ///
    /// # Errors
    /// [`DeskError::Config`], naming the field.
    pub fn load(file: &Path) -> Result<Self, DeskError> {
        let mut config: Self = load(file)?;
        let base = file.parent().unwrap_or(Path::new(".")).to_owned();
        for path in [
            &mut config.log,
            &mut config.log_key,
            &mut config.roster,
            &mut config.directory,
            &mut config.authorities,
            &mut config.deliveries,
        ] {
            *path = base.join(&*path);
        }
        config.law = config.law.map(|path| base.join(path));
        for agent in &mut config.agents {
            agent.exchange = base.join(&agent.exchange);
        }
        Ok(config)
    }
}

/// What the directory knows of an identifier.
pub(crate) enum Known<'d> {
    /// It names this account.
    Account(&'d DirectoryAccount),
    /// It is another name of this account.
    Alias(&'d DirectoryAccount),
    /// Nobody here is called that.
    Unknown,
}

impl Directory {
    pub(crate) fn find(&self, identifier: &AccountIdentifier) -> Known<'_> {
        let Identifier::EmailAddress(address) = identifier.get() else {
            return Known::Unknown;
        };
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

    pub(crate) fn country_of(&self, region: &Region) -> Option<CountryCode> {
        self.places
            .iter()
            .find(|place| place.region == *region)
            .map(|place| place.country)
    }

    /// The holdings of an account in a category.
    pub(crate) fn holdings(&self, account: &DirectoryAccount, category: Category) -> Vec<Holding> {
        account
            .holdings
            .iter()
            .filter(|holding| holding.categories.contains(&category))
            .filter_map(|holding| {
                Some(Holding {
                    category,
                    region: holding.region.clone(),
                    stored_in: self.country_of(&holding.region)?,
                    controller: account.controller,
                    holder_resides_in: account.resides_in,
                    holder_is_us_person: account.us_person,
                    privileged: account.privileged,
                    public_authority_of: account.public_authority_of,
                })
            })
            .collect()
    }

    /// Where an account that nobody knows is looked for: in the region of the addressed company.
    pub(crate) fn unknown(&self, addressee: CountryCode, category: Category) -> Option<Holding> {
        let entity = self
            .entities
            .iter()
            .find(|entity| entity.country == addressee)
            .or(self.entities.first())?;
        Some(Holding::new(
            category,
            entity.region.clone(),
            self.country_of(&entity.region)?,
            Controller::Consumer,
        ))
    }
}

impl Authorities {
    /// The authority of that name and country, if its contact details were checked.
    #[must_use]
    pub fn find(&self, name: &str, country: CountryCode) -> Option<&KnownAuthority> {
        self.authorities
            .iter()
            .find(|known| known.name == name && known.country == country)
    }
}
