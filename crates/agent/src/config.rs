use std::path::{Path, PathBuf};

use lagrum_accounts::{Facts, Whereabouts};
use lagrum_documents::{Provider, Zone};
use lagrum_log::FormerKey;
use lagrum_model::{CountryCode, EmailAddress, Region, Service};
use lagrum_source::SourceConfig;
use serde::Deserialize;

use crate::AgentError;
use crate::elsewhere::Elsewhere;

/// The agent's own configuration, `agent.toml`, on its own host. Paths are relative to the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentConfig {
    /// The provider's name and whom to call, for the page that the officer reads.
    #[serde(default)]
    pub provider: Option<Provider>,
    /// In which time zone the page tells times to an officer whose country has several, by its name in the IANA
    /// database. Absent: in UTC.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// The name of the place that it serves.
    pub region: Region,
    /// The country in which its stores lie.
    pub country: CountryCode,
    /// Which service their data is of, as the desk's `[[place]]` says it. Absent: what depends on it is
    /// not carried out.
    #[serde(default)]
    pub service: Option<Service>,
    /// The directory that it shares with the desk ([`lagrum_transport::directory`]), or the address of an exchange.
    pub desk: Elsewhere,
    /// The public log: a directory, or the address at which it is served. Then a copy is kept in `state`.
    pub log: Elsewhere,
    /// Certificates (PEM) of whoever vouches for the servers at these addresses. Absent: those that the machine trusts.
    #[serde(default)]
    pub certificates: Option<PathBuf>,
    /// Whose checkpoints of it are believed: a policy with the log's key and its witnesses
    /// (c2sp.org/tlog-policy).
    pub log_policy: PathBuf,
    /// The keys that the log had before the one that `log_policy` names: they count for checkpoints of the
    /// past.
    #[serde(default, rename = "former_log")]
    pub former_logs: Vec<FormerKey>,
    /// How old the witnesses' word may be, in hours. Absent: any age.
    #[serde(default)]
    pub log_max_age_hours: Option<u32>,
    /// Whether the log has files of count cards. On unless it is switched off: then a mandate without a card is refused.
    #[serde(default = "on")]
    pub count_cards: bool,
    /// Other people's copies of the log, as directories. Each has to tell the same history.
    #[serde(default)]
    pub log_mirrors: Vec<PathBuf>,
    /// The people whose signatures count (a [`lagrum_mandate::Roster`]).
    pub roster: PathBuf,
    /// Whether one of the two signatures must come from a key that the roster says lies on its
    /// holder's own machine. On unless it is switched off.
    #[serde(default = "on")]
    pub own_machine: bool,
    /// To whom it seals (a [`lagrum_mandate::Recipients`]).
    pub recipients: PathBuf,
    /// The agent's signing key; readable by nobody but the agent.
    pub key: PathBuf,
    /// Where it keeps what it did, and works.
    pub state: PathBuf,
    /// Where it keeps what a mandate has it preserve: a directory for its owner alone, outside every store. Absent: it
    /// cannot preserve, and says so.
    #[serde(default)]
    pub vault: Option<PathBuf>,
    /// How long each file of a package is in bytes, where it is handed over in more than one: at least 1 MiB.
    #[serde(default = "longest_volume")]
    pub longest_volume: u64,
    /// Of how many accounts it tells the desk within 24 hours, at most, that they are there or not.
    #[serde(default = "most_inquired")]
    pub most_inquired_per_day: u32,
    /// Whether it shuts itself in. Absent: as far as that goes.
    #[serde(default)]
    pub confine: Confine,
    /// Its own law packs; absent: those that the program was built with.
    #[serde(default)]
    pub law: Option<PathBuf>,
    /// Addresses that are certainly nobody's here. Only of these it may be said that nobody is called
    /// that: an address that is neither here nor an account's is refused.
    #[serde(default)]
    pub nobody: Vec<EmailAddress>,
    /// What is known of the accounts here. Nothing is assumed of any other.
    #[serde(default, rename = "account")]
    pub accounts: Vec<Facts>,
    /// Where the rest of the accounts are, if there are more than are written by hand.
    #[serde(default, rename = "accounts")]
    pub table: Option<Whereabouts>,
    /// The stores.
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceConfig>,
}

/// Whether an agent shuts itself in: `confine` in agent.toml.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confine {
    /// It does not start where anything of it is missing.
    Required,
    /// As far as the kernel has it and its sources allow it; it says what is missing.
    #[default]
    Possible,
    /// Not at all; it says so.
    Off,
}

/// The longest file of a configuration that is read.
const LONGEST: u64 = 1 << 20;

/// The text of one of the agent's own files.
pub(crate) fn text_of(file: &Path) -> Result<String, AgentError> {
    let bytes = lagrum_durable::read(file, LONGEST)?;
    String::from_utf8(bytes).map_err(|_| AgentError::Config {
        file: file.display().to_string(),
        why: "it is not UTF-8 text".into(),
    })
}

fn on() -> bool {
    true
}

fn most_inquired() -> u32 {
    500
}

/// Below 2 GiB, which many a program and file system takes no more than.
fn longest_volume() -> u64 {
    2_000_000_000
}

/// The least that `longest_volume` may be, in bytes.
const SHORTEST_VOLUME: u64 = 1 << 20;

impl AgentConfig {
    /// Reads `agent.toml`, and makes its paths absolute from where it lies.
    ///
    /// # Errors
    /// [`AgentError::Config`], naming the field.
    pub fn load(file: &Path) -> Result<Self, AgentError> {
        let fault = |why: String| AgentError::Config {
            file: file.display().to_string(),
            why,
        };
        let text = lagrum_durable::read_settings(file).map_err(|e| fault(e.source.to_string()))?;
        let mut config: Self = toml::from_str(&text).map_err(|e| {
            let hint = match e.message().contains("map, expected a sequence") {
                true => {
                    "; there may be several: write its heading in double brackets, as in [[source]]"
                }
                false => "",
            };
            fault(format!("{}{hint}", e.to_string().trim()))
        })?;
        if config.longest_volume < SHORTEST_VOLUME {
            return Err(fault(format!(
                "longest_volume: {} bytes are too few for one file of a package; write at least {SHORTEST_VOLUME}, or leave it out for {}",
                config.longest_volume,
                longest_volume()
            )));
        }
        let base = file.parent().unwrap_or(Path::new(".")).to_owned();
        for path in [
            &mut config.log_policy,
            &mut config.roster,
            &mut config.recipients,
            &mut config.key,
            &mut config.state,
        ] {
            *path = base.join(&*path);
        }
        config.desk = config.desk.below(&base);
        config.log = config.log.below(&base);
        config.certificates = config.certificates.map(|path| base.join(path));
        for path in &mut config.log_mirrors {
            *path = base.join(&*path);
        }
        config.law = config.law.map(|path| base.join(path));
        config.vault = config.vault.map(|path| base.join(path));
        config.table = config.table.map(|table| table.below(&base));
        Ok(config)
    }

    /// The directory in which it reads the public log: the log's own, or its copy.
    #[must_use]
    pub fn log_directory(&self) -> PathBuf {
        match &self.log {
            Elsewhere::Directory(path) => path.clone(),
            Elsewhere::Address(_) => self.state.join("log"),
        }
    }

    /// Where its record of what it carried out lies.
    pub(crate) fn ledger(&self) -> PathBuf {
        self.state.join("ledger.sqlite")
    }

    /// Where the index of its accounts lies. It can be thrown away at any time.
    pub(crate) fn index(&self) -> PathBuf {
        self.state.join("accounts.sqlite")
    }
}
