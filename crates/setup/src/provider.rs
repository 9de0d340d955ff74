use std::collections::BTreeSet;
use std::path::Path;

use lagrum_access::People;
use lagrum_desk::{CheckSettings, DeskConfig};
use lagrum_durable::{private_directory, private_file};
use lagrum_mandate::{KnownRecipient, Person, Recipients, Roster};
use lagrum_model::{CountryCode, Region, Service};
use lagrum_notes::{SigningKey, role};
use lagrum_package::{Trust, TrustedAgent};
use lagrum_store::MasterKey;
use rand_core::CryptoRngCore;

use crate::agent::{self, NewAgent};
use crate::{Place, SetupError};

/// What a provider consists of.
pub struct Provider<'p> {
    /// Its name, as authorities read it.
    pub name: &'p str,
    /// Its domain, for the names of keys.
    pub domain: &'p str,
    /// Its regions, and in which countries they lie.
    pub regions: &'p [(Region, CountryCode)],
    /// Which service their data is of, if it is said: some laws bind some services only.
    pub service: Option<Service>,
    /// The people who sign mandates.
    pub people: &'p [Person],
    /// Whose keys were checked with the authorities themselves: to whom the agents seal.
    pub recipients: &'p [KnownRecipient],
    /// The operating system's user that they share.
    pub user: &'p str,
    /// The time zone in which people read times.
    pub zone: Option<&'p str>,
    /// Whether the log has files of count cards, so that its agents ask for them: it is written in batches.
    pub count_cards: bool,
    /// The database, if it is another than a file of the desk.
    pub database: Option<&'p str>,
}

/// Writes configuration and keys below `at`. Accounts, sources and authorities are the operator's
/// to add: their files are there, with a comment that says how.
///
/// # Errors
/// [`SetupError::AlreadyThere`]; when a name, a person or a file cannot be used.
pub fn provider(
    at: &Place,
    provider: &Provider<'_>,
    random: &mut impl CryptoRngCore,
) -> Result<(), SetupError> {
    if at.desk().exists() || at.agents().exists() {
        return Err(SetupError::AlreadyThere(at.dir().to_owned()));
    }
    let roster = Roster::new(provider.people.to_vec()).map_err(SetupError::Roster)?;
    let roster_text = toml::to_string(&roster)?;
    let recipients =
        Recipients::new(provider.recipients.to_vec()).map_err(SetupError::Recipients)?;
    let recipients = agent::recipients(&recipients)?;
    let log_key = SigningKey::<role::Log>::generate(random, &format!("{}/log", provider.domain))?;
    let policy = agent::policy(&log_key.verifying_key());
    let desk = at.desk();
    private_directory(at.dir())?;
    private_directory(&desk)?;
    private_file(&desk.join("log.key"), log_key.to_secret().as_bytes())?;
    let master = MasterKey::generate(random);
    private_file(
        &desk.join("master.key"),
        master.to_secret_string().as_bytes(),
    )?;
    write(desk.join("people.toml"), people(provider)?)?;
    let mut contacts = Vec::new();
    for (region, country) in provider.regions {
        let new = NewAgent {
            provider: provider.name,
            domain: provider.domain,
            region,
            country,
            service: provider.service,
            zone: provider.zone,
            log: "../../log",
            policy: &policy,
            roster: &roster_text,
            recipients: &recipients,
            count_cards: provider.count_cards,
        };
        contacts.push(new.write(at, random)?);
    }
    let trust = Trust {
        log: log_key.verifying_key(),
        log_policy: None,
        former_logs: Vec::new(),
        agents: contacts
            .iter()
            .map(|contact| TrustedAgent {
                region: contact.region.clone(),
                key: contact.key.clone(),
            })
            .collect(),
        people: provider.people.to_vec(),
        recipients: provider.recipients.to_vec(),
        numbers: Vec::new(),
    };
    write(at.trust(), trust.to_text())?;
    write(desk.join("roster.toml"), &roster_text)?;
    let places = provider.regions.iter();
    let places =
        places.map(|(region, country)| agent::place(region, country, provider.service) + "\n");
    write(
        desk.join("directory.toml"),
        "# Companies, places, accounts, and which kinds of their data lie where: see docs/desk.md.\n\n"
            .to_owned()
            + &places.collect::<String>(),
    )?;
    write(
        desk.join("authorities.toml"),
        "# Authorities whose contact details were checked beforehand: see docs/desk.md.\n",
    )?;
    let config = DeskConfig {
        provider: provider.name.to_owned(),
        zone: provider.zone.map(str::to_owned),
        database: provider.database.unwrap_or("desk.sqlite").to_owned(),
        master_key: "master.key".into(),
        log: "../log".into(),
        staging: "staging".into(),
        log_key: "log.key".into(),
        people: "people.toml".into(),
        roster: "roster.toml".into(),
        former: None,
        letters: lagrum_desk::Letters::default(),
        directory: "directory.toml".into(),
        accounts_index: "accounts.sqlite".into(),
        authorities: "authorities.toml".into(),
        packages: "packages".into(),
        deliveries: "../deliveries".into(),
        packages_s3: None,
        law: None,
        log_policy: None,
        check: CheckSettings::default(),
        door: None,
        agents: contacts,
    };
    // The desk is there when its configuration is: this file comes last.
    write(desk.join("desk.toml"), toml::to_string(&config)?)?;
    Ok(())
}

fn write(file: impl AsRef<Path>, text: impl AsRef<[u8]>) -> Result<(), SetupError> {
    let file = file.as_ref();
    Ok(lagrum_durable::replace(file, text.as_ref())?)
}

/// The text of `people.toml`: those who sign, under their ids of the roster.
fn people(provider: &Provider<'_>) -> Result<String, SetupError> {
    // A person with two keys is one person.
    let mut ids = BTreeSet::new();
    let people = provider.people.iter().filter(|one| ids.insert(&one.id));
    let people = people.map(|person| lagrum_access::Person {
        id: person.id.clone(),
        name: person.name.clone(),
        role: person.role,
        user: Some(provider.user.to_owned()),
        mail: None,
        news: None,
    });
    let people = People::new(people.collect())?;
    Ok(format!(
        "# The people who work at the desk; roles: analyst, counsel, data-operator, administrator, auditor.\n\
         # `user` is the operating system's user; who shares one acts with --as, and can act for the others\n\
         # who have it. On the web each signs in with a passkey of their own, and needs no user here.\n\n{}",
        toml::to_string(&people)?
    ))
}
