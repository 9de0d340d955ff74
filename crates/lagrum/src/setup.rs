//! Setting a provider up: desk, log, and one agent for each region. `lagrum init` and the demo both
//! use it.

use std::fs;

use anyhow::bail;
use lagrum_desk::{AgentContact, DeskConfig};
use lagrum_durable::{private_directory, private_file};
use lagrum_mandate::{Person, Roster};
use lagrum_model::{CountryCode, Region};
use lagrum_notes::{SigningKey, role};
use lagrum_production::{Trust, TrustedAgent};
use rand_core::CryptoRngCore;

use crate::commands::Place;

/// What a provider consists of.
pub struct Provider<'p> {
    /// Its name, as authorities read it.
    pub name: &'p str,
    /// Its domain, for the names of keys.
    pub domain: &'p str,
    /// Its regions, and in which countries they lie.
    pub regions: &'p [(Region, CountryCode)],
    /// The people who sign mandates.
    pub people: &'p [Person],
}

/// Writes configuration and keys below `at`. Accounts, sources and authorities are the operator's
/// to add: their files are there, with a comment that says how.
pub fn provider(
    at: &Place,
    provider: &Provider<'_>,
    random: &mut impl CryptoRngCore,
) -> anyhow::Result<()> {
    if at.desk().exists() || at.agents().exists() {
        bail!(
            "{} already holds a provider; name another --dir",
            at.dir().display()
        );
    }
    let roster = Roster::new(provider.people.to_vec()).map_err(anyhow::Error::msg)?;
    let roster_text = toml::to_string(&roster)?;
    let log_key = SigningKey::<role::Log>::generate(random, &format!("{}/log", provider.domain))?;
    let desk = at.desk();
    private_directory(at.dir())?;
    private_directory(&desk)?;
    private_file(&desk.join("log.key"), log_key.to_secret().as_bytes())?;
    let mut contacts = Vec::new();
    for (region, country) in provider.regions {
        let agent = at.agents().join(region.as_str());
        private_directory(&agent)?;
        let key = SigningKey::<role::Agent>::generate(
            random,
            &format!("{}/agent/{region}", provider.domain),
        )?;
        private_file(&agent.join("agent.key"), key.to_secret().as_bytes())?;
        fs::write(agent.join("roster.toml"), &roster_text)?;
        let config = format!(
            "# The agent of the region {region}. It belongs to the data operator there.\n\
             # Add [[account]] and [[source]] tables: see docs/agent.md.\n\
             provider = {{ name = {name} }}\n\
             region = \"{region}\"\n\
             country = \"{country}\"\n\
             desk = \"../../exchange/{region}\"\n\
             log = \"../../log\"\n\
             log_key = \"{}\"\n\
             roster = \"roster.toml\"\n\
             key = \"agent.key\"\n\
             state = \"state\"\n",
            log_key.verifying_key(),
            name = toml::Value::from(provider.name),
        );
        fs::write(agent.join("agent.toml"), config)?;
        contacts.push(AgentContact {
            region: region.clone(),
            key: key.verifying_key(),
            exchange: format!("../exchange/{region}").into(),
        });
    }
    let trust = Trust {
        log: log_key.verifying_key(),
        agents: contacts
            .iter()
            .map(|contact| TrustedAgent {
                region: contact.region.clone(),
                key: contact.key.clone(),
            })
            .collect(),
        people: provider.people.to_vec(),
    };
    fs::write(at.trust(), trust.to_text())?;
    fs::write(desk.join("roster.toml"), &roster_text)?;
    let places = provider.regions.iter().map(|(region, country)| {
        format!("[[place]]\nregion = \"{region}\"\ncountry = \"{country}\"\n\n")
    });
    fs::write(
        desk.join("directory.toml"),
        "# Companies, places, accounts, and which kinds of their data lie where: see docs/desk.md.\n\n"
            .to_owned()
            + &places.collect::<String>(),
    )?;
    fs::write(
        desk.join("authorities.toml"),
        "# Authorities whose contact details were checked beforehand: see docs/desk.md.\n",
    )?;
    let config = DeskConfig {
        provider: provider.name.to_owned(),
        log: "../log".into(),
        log_key: "log.key".into(),
        roster: "roster.toml".into(),
        directory: "directory.toml".into(),
        authorities: "authorities.toml".into(),
        deliveries: "../deliveries".into(),
        law: None,
        agents: contacts,
    };
    // The desk is there when its configuration is: this file comes last.
    fs::write(desk.join("desk.toml"), toml::to_string(&config)?)?;
    Ok(())
}
