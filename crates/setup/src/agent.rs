//! The directory of one agent, as it is when it is new.

use std::path::Path;

use lagrum_desk::AgentContact;
use lagrum_durable::{private_directory, private_file};
use lagrum_mandate::{Recipients, Roster};
use lagrum_model::{CountryCode, Region, Service};
use lagrum_notes::{SigningKey, VerifyingKey, role};
use rand_core::CryptoRngCore;
use serde::Serialize;

use crate::{Place, SetupError};

/// What a new agent is told.
pub(crate) struct NewAgent<'a> {
    /// The provider's name, as authorities read it.
    pub(crate) provider: &'a str,
    /// Its domain, for the name of the key.
    pub(crate) domain: &'a str,
    /// Which place it serves.
    pub(crate) region: &'a Region,
    /// In which country that is.
    pub(crate) country: &'a CountryCode,
    /// Which service its data is of, if it is said.
    pub(crate) service: Option<Service>,
    /// The time zone in which people read times.
    pub(crate) zone: Option<&'a str>,
    /// Where the public log lies, from the agent's directory.
    pub(crate) log: &'a str,
    /// The text of log.policy.
    pub(crate) policy: &'a str,
    /// The text of roster.toml.
    pub(crate) roster: &'a str,
    /// The text of recipients.toml.
    pub(crate) recipients: &'a str,
    /// Whether the log has files of count cards.
    pub(crate) count_cards: bool,
}

impl NewAgent<'_> {
    /// Writes what is not there yet; one that was cut off is gone on with, under the same key. Its configuration
    /// comes last.
    pub(crate) fn write(
        &self,
        at: &Place,
        random: &mut impl CryptoRngCore,
    ) -> Result<AgentContact, SetupError> {
        let roster = Roster::parse(self.roster).map_err(SetupError::Roster)?;
        let agent = at.agents().join(self.region.as_str());
        private_directory(&agent)?;
        let file = agent.join("agent.key");
        let key = match file.exists() {
            true => {
                SigningKey::<role::Agent>::from_secret(lagrum_durable::read_secret(&file)?.trim())?
            }
            false => {
                let name = format!("{}/agent/{}", self.domain, self.region);
                let key = SigningKey::<role::Agent>::generate(random, &name)?;
                private_file(&file, key.to_secret().as_bytes())?;
                key
            }
        };
        // An agent asks for a signature from a person's own machine, unless no key lies on one.
        let settings = self.settings(roster.has_own_machine())?;
        for (name, text) in [
            ("roster.toml", self.roster),
            ("log.policy", self.policy),
            ("recipients.toml", self.recipients),
            ("agent.toml", &settings),
        ] {
            let file = agent.join(name);
            if !file.exists() {
                lagrum_durable::replace(&file, text.as_bytes())?;
            }
        }
        Ok(AgentContact {
            region: self.region.clone(),
            key: key.verifying_key(),
            exchange: format!("../exchange/{}", self.region).into(),
        })
    }

    /// The text of agent.toml.
    fn settings(&self, own_machine: bool) -> Result<String, SetupError> {
        let fields = AgentFields {
            zone: self.zone,
            region: self.region.as_str(),
            country: self.country.as_str(),
            service: self.service.map(Service::as_str),
            desk: format!("../../exchange/{}", self.region),
            log: self.log,
            log_policy: "log.policy",
            roster: "roster.toml",
            own_machine,
            count_cards: self.count_cards,
            recipients: "recipients.toml",
            key: "agent.key",
            state: "state",
            vault: "vault",
        };
        Ok(format!(
            "# The agent of the region {}. It belongs to the data operator there.\n\
             # Add [[account]] and [[source]] tables: see docs/agent.md.\n\
             provider = {{ name = {} }}\n{}",
            self.region,
            toml::Value::from(self.provider),
            toml::to_string(&fields)?
        ))
    }
}

/// The text of a new log.policy: the log alone is believed.
pub(crate) fn policy(log: &VerifyingKey<role::Log>) -> String {
    format!(
        "# Whose checkpoints of the log this agent believes (c2sp.org/tlog-policy). `quorum none` believes the log\n\
         # alone: whoever has the log's key can show this agent a log of its own. With witnesses:\n\
         #   witness ngo ngo.example+…+…\n\
         #   group two-of-three 2 ngo university other-provider\n\
         #   quorum two-of-three\n\
         log {log}\nquorum none\n"
    )
}

/// The text of a new recipients.toml.
pub(crate) fn recipients(known: &Recipients) -> Result<String, SetupError> {
    Ok(format!(
        "# To whom this agent seals. A key is checked with the authority itself before it is written here:\n\
         # by hand, or by two people who sign it. See docs/agent.md.\n\n{}",
        toml::to_string(known)?
    ))
}

/// A place of the directory, as directory.toml has it.
pub(crate) fn place(region: &Region, country: &CountryCode, service: Option<Service>) -> String {
    let service = service.map_or_else(String::new, |service| {
        format!("service = \"{}\"\n", service.as_str())
    });
    format!("[[place]]\nregion = \"{region}\"\ncountry = \"{country}\"\n{service}")
}

/// The text of one of an agent's own files, if it lies here.
pub(crate) fn own_file(agent: &Path, name: &str) -> Result<Option<String>, SetupError> {
    let file = agent.join(name);
    match file.exists() {
        true => Ok(Some(lagrum_durable::read_settings(&file)?)),
        false => Ok(None),
    }
}

/// What `agent.toml` begins with.
#[derive(Serialize)]
struct AgentFields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    region: &'a str,
    country: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'a str>,
    desk: String,
    log: &'a str,
    log_policy: &'a str,
    roster: &'a str,
    own_machine: bool,
    count_cards: bool,
    recipients: &'a str,
    key: &'a str,
    state: &'a str,
    vault: &'a str,
}
