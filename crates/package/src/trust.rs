use lagrum_log::{CheckpointPolicy, FormerKey};
use lagrum_mandate::{KnownNumber, KnownRecipient, Person, Recipients, Roster};
use lagrum_model::{NotKnown, Region};
use lagrum_notes::{VerifyingKey, role};
use serde::{Deserialize, Serialize};

/// The provider's public keys: what somebody needs who checks a package without trusting whoever
/// handed it over. A provider publishes it, for example at its transparency pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// The log's public key.
    pub log: VerifyingKey<role::Log>,
    /// Who must have seen a checkpoint of it: a policy (c2sp.org/tlog-policy) that names this log and
    /// its witnesses. Absent: the log alone is believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_policy: Option<String>,
    /// The keys that the log had before: they count for checkpoints of the past.
    #[serde(default, rename = "former_log", skip_serializing_if = "Vec::is_empty")]
    pub former_logs: Vec<FormerKey>,
    /// The agents and their keys.
    #[serde(rename = "agent")]
    pub agents: Vec<TrustedAgent>,
    /// The people who may sign mandates.
    #[serde(rename = "person")]
    pub people: Vec<Person>,
    /// To whom the agents seal.
    #[serde(default, rename = "recipient")]
    pub recipients: Vec<KnownRecipient>,
    /// On which numbers they may be told a passphrase.
    #[serde(default, rename = "telephone", skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<KnownNumber>,
}

/// One agent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedAgent {
    /// Where it runs.
    pub region: Region,
    /// Its public key.
    pub key: VerifyingKey<role::Agent>,
}

impl Trust {
    /// Reads the file (TOML).
    ///
    /// # Errors
    /// A sentence that names the field and the rule.
    pub fn parse(text: &str) -> Result<Self, String> {
        let trust: Self = toml::from_str(text).map_err(|e| match NotKnown::of_toml(&e) {
            Some(why) => format!("trust file: {why}"),
            None => format!("trust file: {}", e.to_string().trim()),
        })?;
        trust.roster()?;
        trust.recipients()?;
        trust.policy()?;
        Ok(trust)
    }

    /// The file.
    #[must_use]
    pub fn to_text(&self) -> String {
        toml::to_string(self).expect("keys and names are TOML-safe")
    }

    /// The people as a roster.
    ///
    /// # Errors
    /// As [`Roster::new`].
    pub fn roster(&self) -> Result<Roster, String> {
        Roster::new(self.people.clone())
    }

    /// The recipients.
    ///
    /// # Errors
    /// As [`Recipients::new`].
    pub fn recipients(&self) -> Result<Recipients, String> {
        Recipients::new(self.recipients.clone())?.with_numbers(self.numbers.clone())
    }

    /// Whose checkpoints are believed.
    ///
    /// # Errors
    /// When `log_policy` cannot be read, or names another log; when `former_log` has a key that is not of
    /// this log, or counts twice.
    pub fn policy(&self) -> Result<CheckpointPolicy, String> {
        let policy = match &self.log_policy {
            None => CheckpointPolicy::of_log(self.log.clone()),
            Some(text) => {
                CheckpointPolicy::parse(text).map_err(|e| format!("trust file: log_policy: {e}"))?
            }
        };
        if *policy.log() != self.log {
            return Err("trust file: log_policy names another log than `log`".into());
        }
        policy
            .with_former(self.former_logs.clone())
            .map_err(|e| format!("trust file: former_log: {e}"))
    }
}
