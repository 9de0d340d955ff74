//! `exchange.toml`: which regions there are, and whose agents.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use lagrum_durable::{FileError, SettingsError, SettingsFile, read_settings};
use lagrum_model::Region;
use lagrum_notes::{VerifyingKey, role};
use serde::Deserialize;

/// The settings of an exchange. Paths are relative to the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeSettings {
    /// Its address, as the agents have it in their own settings.
    pub origin: String,
    /// Its regions.
    pub regions: Vec<RegionSettings>,
}

/// One region of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionSettings {
    /// Its name.
    pub region: Region,
    /// The directory that the desk writes, too ([`lagrum_transport::directory`]).
    pub directory: PathBuf,
    /// The key of its agent. A region has one: its record of what was carried out is what makes that happen once.
    pub agent: Option<VerifyingKey<role::Agent>>,
    /// The longest package that is taken, in bytes.
    pub largest_package: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    origin: String,
    #[serde(default, rename = "region")]
    regions: Vec<WrittenRegion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRegion {
    region: Region,
    directory: PathBuf,
    #[serde(default)]
    agent: Option<String>,
    #[serde(default = "gibibytes")]
    largest_package_gib: u32,
}

fn gibibytes() -> u32 {
    64
}

impl ExchangeSettings {
    /// Reads `exchange.toml`.
    ///
    /// # Errors
    /// [`SettingsError`], naming the field.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        let Some((said, written)) = SettingsFile::read::<Written>(file)? else {
            let why = "it is not there".to_owned();
            let path = file.to_owned();
            return Err(SettingsError::Invalid { path, why });
        };
        let origin = plain_origin(&written.origin).ok_or_else(|| {
            said.invalid(
                "origin: write https://HOST or https://HOST:PORT; http is for this machine alone",
            )
        })?;
        let base = file.parent().unwrap_or(Path::new("."));
        let mut regions: Vec<RegionSettings> = Vec::new();
        for one in written.regions {
            let region = one.region;
            if regions.iter().any(|other| other.region == region) {
                return Err(said.invalid(format!("region: {region} is there twice")));
            }
            let wrong = |why: String| said.invalid(format!("region {region}: agent: {why}"));
            let key = match (one.agent, enrolled(&enrolled_file(file, &region))?) {
                (Some(_), Some(_)) => {
                    let why = "another one came in with a token; take one of the two out";
                    return Err(wrong(why.into()));
                }
                (written, came_in) => written.or(came_in),
            };
            let key = key.map(|key| VerifyingKey::parse(&key)).transpose();
            let agent: Option<VerifyingKey<role::Agent>> = key.map_err(|e| wrong(e.to_string()))?;
            // One key, one region: what an agent may reach is told by its key.
            let mut others = regions.iter().filter_map(|other| other.agent.as_ref());
            if let Some(own) = &agent
                && others.any(|key| own.same_key(key))
            {
                return Err(wrong("its key is the one of another region, too".into()));
            }
            regions.push(RegionSettings {
                region,
                directory: base.join(one.directory),
                agent,
                largest_package: u64::from(one.largest_package_gib) << 30,
            });
        }
        Ok(Self { origin, regions })
    }

    /// The files that say what these settings say.
    pub(crate) fn files(&self, file: &Path) -> Vec<PathBuf> {
        let enrolled = |one: &RegionSettings| enrolled_file(file, &one.region);
        let files = self.regions.iter().map(enrolled);
        files.chain([file.to_owned()]).collect()
    }

    /// Whether a key is that of another region's agent. One key, one region: what an agent may reach is told by its key.
    pub(crate) fn is_known_elsewhere(
        &self,
        key: &VerifyingKey<role::Agent>,
        region: &Region,
    ) -> bool {
        let others = self.regions.iter().filter(|one| one.region != *region);
        others
            .filter_map(|one| one.agent.as_ref())
            .any(|one| one.same_key(key))
    }

    /// A region of it.
    pub(crate) fn region(&self, region: &Region) -> Option<&RegionSettings> {
        self.regions.iter().find(|one| one.region == *region)
    }
}

/// Where the key of the agent of a region stands that came in with a token, beside the settings.
pub(crate) fn enrolled_file(settings: &Path, region: &Region) -> PathBuf {
    settings.with_file_name("enrolled").join(region.as_str())
}

/// The key in such a file, if it is there.
pub(crate) fn enrolled(file: &Path) -> Result<Option<String>, FileError> {
    match read_settings(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        text => Ok(Some(text?.trim_end().to_owned())),
    }
}

/// An address of a server without a path, in one way of writing it.
pub(crate) fn plain_origin(address: &str) -> Option<String> {
    let server = lagrum_https::Server::at(address).filter(|server| server.path == "/")?;
    let scheme = if server.secure { "https" } else { "http" };
    Some(format!(
        "{scheme}://{}",
        server.authority.to_ascii_lowercase()
    ))
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "a test's files are no account's data"
)]
mod tests {
    use lagrum_notes::SigningKey;

    use super::*;

    fn read(text: &str) -> Result<ExchangeSettings, String> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("exchange.toml");
        lagrum_durable::replace(&file, text.as_bytes()).unwrap();
        ExchangeSettings::read(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_name_what_is_wrong_in_them() {
        let key = SigningKey::<role::Agent>::from_seed(&[7; 32], "kvist.example/agent").unwrap();
        let key = key.verifying_key();
        let region = |name: &str| {
            format!("[[region]]\nregion = \"{name}\"\ndirectory = \"{name}\"\nagent = \"{key}\"\n")
        };
        let good = format!(
            "origin = \"https://Exchange.kvist.example/\"\n{}",
            region("stockholm")
        );
        let settings = read(&good).unwrap();
        assert_eq!(settings.origin, "https://exchange.kvist.example");
        assert_eq!(settings.regions[0].agent, Some(key.clone()));
        assert_eq!(settings.regions[0].largest_package, 64 << 30);
        for (text, why) in [
            (
                format!("{good}{}", region("stockholm")),
                "stockholm is there twice",
            ),
            (
                format!("{good}{}", region("dublin")),
                "the one of another region",
            ),
            (good.replace("https://", "http://"), "origin"),
            (good.replace("example/\"", "example/path\""), "origin"),
            (good.replace(&key.to_string(), "none"), "agent"),
            (good.replace("agent =", "agents ="), "unknown field"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(why), "{said}");
        }
    }
}
