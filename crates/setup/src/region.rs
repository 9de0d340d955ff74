//! One region more, with its agent.

use std::path::Path;

use lagrum_desk::{AgentContact, DeskConfig, DirectoryFile};
use lagrum_model::{CountryCode, Region, Service};
use lagrum_package::Trust;
use rand_core::CryptoRngCore;

use crate::agent::{self, NewAgent, own_file};
use crate::written::Written;
use crate::{Place, SetupError};

/// A region that is to be added.
pub struct NewRegion<'r> {
    /// Its name.
    pub region: &'r Region,
    /// In which country its data lies.
    pub country: &'r CountryCode,
    /// Which service the data is of, if it is said.
    pub service: Option<Service>,
    /// Whether the log has files of count cards.
    pub count_cards: bool,
}

/// A region that was added.
#[derive(Clone, Debug)]
pub struct RegionAdded {
    /// How the desk reaches its agent, and by which key it believes it.
    pub agent: AgentContact,
    /// The agent of the region from which the new one has roster, recipients and the log's policy. Absent: none lies
    /// here, and they are what desk.toml and trust.toml say.
    pub like: Option<Region>,
}

/// Adds a region: the directory of its agent with a key of its own, its place in directory.toml, the agent in
/// trust.toml and, last, in desk.toml. Cut off before that, it is gone on with under the same key.
///
/// # Errors
/// [`SetupError::Settings`] if the region is there already, or settings cannot be changed; when a file cannot be
/// read or written.
pub fn add_region(
    at: &Place,
    new: &NewRegion<'_>,
    random: &mut impl CryptoRngCore,
) -> Result<RegionAdded, SetupError> {
    let config = DeskConfig::load(&at.desk_file())?;
    let region = new.region;
    if config.agents.iter().any(|agent| agent.region == *region) {
        let why = format!("desk.toml has an agent of the region {region} already");
        return Err(SetupError::Settings(why));
    }
    let trust =
        Trust::parse(&lagrum_durable::read_settings(&at.trust())?).map_err(SetupError::Settings)?;
    let taken_on = taken_on(at, &config, &trust)?;
    let name = trust.log.name();
    let log = match config.log == at.log() {
        true => "../../log".to_owned(),
        false => absolute(&config.log)?,
    };
    let agent = NewAgent {
        provider: &config.provider,
        domain: name.strip_suffix("/log").unwrap_or(name),
        region,
        country: new.country,
        service: new.service,
        zone: config.zone.as_deref(),
        log: &log,
        policy: &taken_on.policy,
        roster: &taken_on.roster,
        recipients: &taken_on.recipients,
        count_cards: new.count_cards,
    };
    let contact = agent.write(at, random)?;
    let key = format!("region = \"{region}\"\nkey = \"{}\"\n", contact.key);
    let table = format!("[[agent]]\n{key}");
    if !trust.agents.iter().any(|one| one.key == contact.key) {
        add(&at.trust(), "agent", &table, Trust::parse)?;
    }
    let places = lagrum_durable::read_settings(&config.directory)?;
    let places: DirectoryFile = toml::from_str(&places)
        .map_err(|e| SetupError::Settings(format!("{}: {e}", config.directory.display())))?;
    if !places.places.iter().any(|place| place.region == *region) {
        let table = agent::place(region, new.country, new.service);
        add(&config.directory, "place", &table, |text| {
            toml::from_str::<DirectoryFile>(text).map_err(|e| e.to_string())
        })?;
    }
    let exchange = contact.exchange.display();
    let table = format!("[[agent]]\n{key}exchange = \"{exchange}\"\n");
    add(&at.desk_file(), "agent", &table, |text| {
        toml::from_str::<DeskConfig>(text).map_err(|e| e.to_string())
    })?;
    Ok(RegionAdded {
        agent: contact,
        like: taken_on.like,
    })
}

/// What the new agent believes.
struct TakenOn {
    like: Option<Region>,
    policy: String,
    roster: String,
    recipients: String,
}

/// As the first agent believes that lies here; else as desk.toml and trust.toml say.
fn taken_on(at: &Place, config: &DeskConfig, trust: &Trust) -> Result<TakenOn, SetupError> {
    for one in &config.agents {
        let other = at.agents().join(one.region.as_str());
        if let (Some(policy), Some(roster), Some(recipients)) = (
            own_file(&other, "log.policy")?,
            own_file(&other, "roster.toml")?,
            own_file(&other, "recipients.toml")?,
        ) {
            return Ok(TakenOn {
                like: Some(one.region.clone()),
                policy,
                roster,
                recipients,
            });
        }
    }
    let policy = match &config.log_policy {
        Some(file) => lagrum_durable::read_settings(file)?,
        None => agent::policy(&trust.log),
    };
    Ok(TakenOn {
        like: None,
        policy,
        roster: lagrum_durable::read_settings(&config.roster)?,
        recipients: agent::recipients(&trust.recipients().map_err(SetupError::Recipients)?)?,
    })
}

/// Adds a table to a settings file.
pub(crate) fn add<T>(
    file: &Path,
    name: &str,
    table: &str,
    right: impl FnOnce(&str) -> Result<T, String>,
) -> Result<(), SetupError> {
    let mut written = Written::read(file)?;
    written.add(name, table)?;
    written.save(right)?;
    Ok(())
}

fn absolute(path: &Path) -> Result<String, SetupError> {
    let path = std::path::absolute(path).map_err(lagrum_durable::FileError::of("find", path))?;
    Ok(path.display().to_string())
}
