use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use lagrum_mandate::Person;
use lagrum_model::{Language, Region};
use lagrum_notes::{VerifyingKey, role};
use lagrum_packages::S3Settings;
use lagrum_transport::directory::Contact;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::OpenError;
use crate::check_settings::CheckSettings;

/// The desk's configuration, `desk.toml`. Paths are relative to the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskConfig {
    /// The provider's name, as authorities read it.
    pub provider: String,
    /// The time zone in which people read times, as an IANA name, for example `Europe/Stockholm`.
    /// Absent: UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The database: the path of an SQLite file, or the address of a PostgreSQL server on this machine
    /// (`postgres://…`, or `host=/run/postgresql user=lagrum dbname=lagrum`).
    pub database: String,
    /// The key under which the keys of cases are wrapped; readable by nobody but the desk.
    pub master_key: PathBuf,
    /// The public log, as a directory.
    pub log: PathBuf,
    /// Where an append to the log is prepared; private.
    pub staging: PathBuf,
    /// The log's signing key; readable by nobody but the desk. Only the sequencer reads it.
    pub log_key: PathBuf,
    /// The people who work at the desk, and in which roles.
    pub people: PathBuf,
    /// The people who may sign mandates. The agents have their own copies, and theirs count.
    pub roster: PathBuf,
    /// People who once signed mandates and do no more, in the form of the roster (`[[person]]`):
    /// what they signed is still checked, and they sign nothing new. Absent: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<PathBuf>,
    /// Accounts and where their data lies.
    pub directory: PathBuf,
    /// Where the index of those accounts lies: it is made when they changed, and can be thrown away.
    #[serde(default = "accounts_index")]
    pub accounts_index: PathBuf,
    /// Authorities whose contact details were checked.
    pub authorities: PathBuf,
    /// Where sealed packages lie from their collection to their delivery, unless that is a bucket.
    pub packages: PathBuf,
    /// Where sealed packages are put for delivery.
    pub deliveries: PathBuf,
    /// The desk's own law packs; absent: those that the program was built with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<PathBuf>,
    /// Which witnesses the public log has (c2sp.org/tlog-policy), as the agents have it. Absent: none are
    /// known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_policy: Option<PathBuf>,
    /// The bucket in which sealed packages lie in the place of `packages`; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packages_s3: Option<S3Settings>,
    /// From when on something is not in order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub check: CheckSettings,
    /// What letters say of the provider.
    #[serde(default, skip_serializing_if = "Letters::is_empty")]
    pub letters: Letters,
    /// The door for authorities; absent: it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<DoorConfig>,
    /// The agents.
    #[serde(default, rename = "agent")]
    pub agents: Vec<AgentContact>,
}

/// What letters say of the provider besides its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// Lines below the provider's name: an address, a telephone number, a mail address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<String>,
    /// Where the reader of a notice can check that it is genuine: the address of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// Files of the provider's own words in letters, by language, in the form in which those are that are compiled in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<Language, PathBuf>,
}

impl Letters {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The door for authorities: a host of its own, beside that of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoorConfig {
    /// The one address under which officers reach it, for example `https://authorities.kvist.example`.
    /// Another host than the desk's.
    pub origin: String,
    /// On which address and port it listens, for example `127.0.0.1:8701`.
    pub listen: std::net::SocketAddr,
    /// Whom an officer calls or writes to: lines of a telephone number, a mail address, office hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<String>,
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

/// The file of people who once signed.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Former {
    #[serde(default, rename = "person")]
    pub people: Vec<Person>,
}

/// Whether a database is a server's address, and not a file.
#[must_use]
pub fn is_server(database: &str) -> bool {
    database.contains("://") || database.contains("host=") || database.contains("dbname=")
}

/// A path that starts at `base`, without the detours that `..` makes.
fn below(base: &Path, path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in base.join(path).components() {
        let named = matches!(whole.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::ParentDir if named => {
                whole.pop();
            }
            other => whole.push(other),
        }
    }
    whole
}

fn is_default(settings: &CheckSettings) -> bool {
    *settings == CheckSettings::default()
}

fn accounts_index() -> PathBuf {
    "accounts.sqlite".into()
}

/// Reads a TOML file.
pub(crate) fn load<T: DeserializeOwned>(file: &Path) -> Result<T, OpenError> {
    let text =
        lagrum_durable::read_settings(file).map_err(|e| OpenError::config(file, e.source))?;
    toml::from_str(&text).map_err(|e| OpenError::config(file, e.to_string().trim()))
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
    /// [`OpenError::Config`], naming the field.
    pub fn load(file: &Path) -> Result<Self, OpenError> {
        let mut config: Self = load(file)?;
        let base = file.parent().unwrap_or(Path::new(".")).to_owned();
        for path in [
            &mut config.master_key,
            &mut config.log,
            &mut config.staging,
            &mut config.log_key,
            &mut config.people,
            &mut config.roster,
            &mut config.directory,
            &mut config.accounts_index,
            &mut config.authorities,
            &mut config.packages,
            &mut config.deliveries,
        ] {
            *path = below(&base, path);
        }
        if let Some(bucket) = &mut config.packages_s3 {
            bucket.secret_file = below(&base, &bucket.secret_file);
            bucket.certificates = bucket.certificates.take().map(|path| below(&base, &path));
        }
        config.law = config.law.map(|path| below(&base, &path));
        config.former = config.former.map(|path| below(&base, &path));
        config.log_policy = config.log_policy.map(|path| below(&base, &path));
        config.check.backup = config.check.backup.map(|path| below(&base, &path));
        for file in config.letters.texts.values_mut() {
            *file = below(&base, file);
        }
        for agent in &mut config.agents {
            agent.exchange = below(&base, &agent.exchange);
        }
        if !is_server(&config.database) {
            config.database = below(&base, Path::new(&config.database))
                .display()
                .to_string();
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_at_the_file_and_make_no_detours() {
        let path = |base: &str, path: &str| below(Path::new(base), Path::new(path));
        assert_eq!(path("data/desk", "../log"), Path::new("data/log"));
        assert_eq!(path("data/desk", "log.key"), Path::new("data/desk/log.key"));
        assert_eq!(path("/srv/desk", "../../log"), Path::new("/log"));
        assert_eq!(path("desk", "../../log"), Path::new("../log"));
        assert_eq!(path("desk", "/var/log"), Path::new("/var/log"));
    }
}
