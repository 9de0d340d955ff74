//! How the desk is set up, for whoever looks after it: never a secret.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_mandate::answer::{Beat, RefusalCode, Working};
use lagrum_model::{Region, Sha256Digest};
use serde::Serialize;

use crate::{CommandError, Session};

/// An agent as the desk knows it.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct AgentView {
    /// Where it runs.
    pub region: Region,
    /// Its public key.
    pub key: String,
    /// The last word of it; absent if there is none, or what lies there cannot be read.
    pub beat: Option<LastWord>,
}

/// What an agent told of itself when it was last at work, as far as it is for whoever asks.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct LastWord {
    /// Which agent.
    pub region: Region,
    /// When, by the agent's own clock (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// The version of its program.
    pub version: String,
    /// The digest of its law packs.
    pub law: Sha256Digest,
    /// The digest of its roster.
    pub roster: Sha256Digest,
    /// Whether one of two signatures has to come from a person's own machine.
    pub own_machine: bool,
    /// How it stands with mandates; absent for whom another group's cases are not there.
    #[serde(flatten)]
    pub counted: Option<OfAllCases>,
}

/// What an agent counts, it counts of all cases.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct OfAllCases {
    /// Number of mandates that wait for it.
    pub waiting: u64,
    /// Number of mandates that it refused in its last run, for each kind of reason; none of those whose recall it heard.
    pub refused: BTreeMap<RefusalCode, u64>,
    /// Number of things that it withheld and that wait for counsel.
    pub to_review: u64,
    /// Number of cards that were to come into the public log and did not.
    pub cards_missing: u64,
    /// How far it is with the mandate that it carries out; absent while it carries out none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<Working>,
}

impl LastWord {
    /// The word for somebody to whom all cases are there (`whole`), or for somebody to whom those of other groups are
    /// not.
    fn of(beat: Beat, whole: bool) -> Self {
        let counted = OfAllCases {
            waiting: beat.waiting,
            refused: beat.refused,
            to_review: beat.to_review,
            cards_missing: beat.cards_missing,
            working: beat.working,
        };
        Self {
            region: beat.region,
            at: beat.at,
            version: beat.version,
            law: beat.law,
            roster: beat.roster,
            own_machine: beat.own_machine,
            counted: Some(counted).filter(|_| whole),
        }
    }
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Setting {
    /// Its name, as desk.toml has it.
    pub name: String,
    /// What holds. A password in the address of a database is left out.
    pub value: String,
    /// Whether desk.toml says it; else it is what holds when nobody says anything.
    pub given: bool,
}

impl Session<'_> {
    /// The agents, with the last word of each. What it counts is, as in [`check`](Self::check), for those alone to whom
    /// all cases are there.
    ///
    /// # Errors
    /// When the person may not see it.
    pub fn agents(&self) -> Result<Vec<AgentView>, CommandError> {
        self.may(Action::ReadSetup)?;
        self.agents_as_told()
    }

    /// The agents, as much as is told of them to the person if they may see it.
    pub(crate) fn agents_as_told(&self) -> Result<Vec<AgentView>, CommandError> {
        let whole = self.own_groups()?.is_none();
        let inner = &self.desk.inner;
        let view = |agent: &crate::AgentContact| {
            let beat = inner.transport.beat(&agent.region).ok().flatten();
            AgentView {
                region: agent.region.clone(),
                key: agent.key.to_string(),
                beat: beat.map(|beat| LastWord::of(beat, whole)),
            }
        };
        Ok(inner.config.agents.iter().map(view).collect())
    }

    /// The effective configuration, each setting with whether desk.toml says it.
    ///
    /// # Errors
    /// When the person may not see it.
    pub fn settings(&self) -> Result<Vec<Setting>, CommandError> {
        self.may(Action::ReadSetup)?;
        let config = &self.desk.inner.config;
        let shown = |path: &std::path::Path| path.display().to_string();
        let mut all = Vec::new();
        let mut say = |name: &str, value: String, given: bool| {
            all.push(Setting {
                name: name.to_owned(),
                value,
                given,
            });
        };
        say("provider", config.provider.clone(), true);
        let zone = config.zone.clone();
        say(
            "zone",
            zone.clone().unwrap_or_else(|| "UTC".into()),
            zone.is_some(),
        );
        say("database", without_password(&config.database), true);
        for (name, path) in [
            ("master_key", &config.master_key),
            ("log", &config.log),
            ("staging", &config.staging),
            ("log_key", &config.log_key),
            ("people", &config.people),
            ("roster", &config.roster),
            ("directory", &config.directory),
            ("accounts_index", &config.accounts_index),
            ("authorities", &config.authorities),
            ("packages", &config.packages),
            ("deliveries", &config.deliveries),
        ] {
            say(name, shown(path), true);
        }
        let bucket = config.packages_s3.as_ref();
        let place = |one: &lagrum_packages::S3Settings| {
            let place = format!("{} {} {}", one.endpoint, one.bucket, one.prefix);
            place.trim_end().to_owned()
        };
        say(
            "packages_s3",
            bucket.map(place).unwrap_or_default(),
            bucket.is_some(),
        );
        for (name, path) in [
            ("former", &config.former),
            ("law", &config.law),
            ("log_policy", &config.log_policy),
            ("check.backup", &config.check.backup),
        ] {
            let value = path.as_deref().map(shown).unwrap_or_default();
            say(name, value, path.is_some());
        }
        let (check, usual) = (&config.check, crate::CheckSettings::default());
        for (name, value, usual) in [
            (
                "check.agent_silent_hours",
                check.agent_silent_hours,
                usual.agent_silent_hours,
            ),
            (
                "check.mandate_hours",
                check.mandate_hours,
                usual.mandate_hours,
            ),
            (
                "check.authority_months",
                check.authority_months,
                usual.authority_months,
            ),
            (
                "check.waits_minutes",
                check.waits_minutes,
                usual.waits_minutes,
            ),
            (
                "check.witness_hours",
                check.witness_hours,
                usual.witness_hours,
            ),
            (
                "check.certificate_days",
                check.certificate_days,
                usual.certificate_days,
            ),
            ("check.backup_hours", check.backup_hours, usual.backup_hours),
        ] {
            say(name, value.to_string(), value != usual);
        }
        let disk = check.disk_mebibytes;
        say(
            "check.disk_mebibytes",
            disk.to_string(),
            disk != usual.disk_mebibytes,
        );
        for (name, value) in outgoing(self.desk.rules()) {
            let given = !value.is_empty();
            say(name, value, given);
        }
        let beside = self.desk.beside.as_ref().map(|beside| beside.settings());
        for (name, value) in beside.into_iter().flatten() {
            say(name, value, true);
        }
        Ok(all)
    }

    /// Whether the person may end other people's sessions: asked before the web does it.
    ///
    /// # Errors
    /// When they may not.
    pub fn may_end_sessions(&self) -> Result<Timestamp, CommandError> {
        self.may(Action::EndSession)?;
        Ok(self.time.now())
    }

    /// Whether the person may agree to a binding: asked before the web does it.
    ///
    /// # Errors
    /// When they may not.
    pub fn may_bind(&self) -> Result<(), CommandError> {
        self.may(Action::BindSignIn)
    }
}

/// What outgoing.toml says, without a secret.
fn outgoing(rules: &crate::Rules) -> [(&'static str, String); 4] {
    let joined = |all: Vec<String>| all.join(", ");
    let mail = rules.mail.as_ref();
    let plain = mail.map(|mail| mail.plain.iter().map(ToString::to_string).collect());
    let receiver = |one: &crate::Receiver| {
        let news: Vec<_> = one.news.iter().map(|kind| kind.as_str()).collect();
        format!("{} ({})", one.name, news.join(", "))
    };
    let on_call = rules.on_call.as_ref().map(|on_call| {
        let watch = |one: &crate::Watch| {
            let (from, until) = (one.from.strftime("%H:%M"), one.until.strftime("%H:%M"));
            format!("{} {from}–{until}", one.person)
        };
        let watches = joined(on_call.watches.iter().map(watch).collect());
        let zone = on_call.zone.iana_name().unwrap_or("UTC");
        let minutes = on_call.look_within.as_mins();
        format!("{watches} ({zone}; the next one after {minutes} min)")
    });
    [
        (
            "outgoing.mail.from",
            mail.map(|mail| mail.from.clone()).unwrap_or_default(),
        ),
        (
            "outgoing.mail.letters",
            plain.map(joined).unwrap_or_default(),
        ),
        (
            "outgoing.receiver",
            joined(rules.receivers.iter().map(receiver).collect()),
        ),
        ("outgoing.on-call", on_call.unwrap_or_default()),
    ]
}

/// The address of a database without its password.
fn without_password(database: &str) -> String {
    if let Some((scheme, rest)) = database.split_once("://")
        && let Some((user, host)) = rest.rsplit_once('@')
    {
        let user = user.split(':').next().unwrap_or_default();
        return format!("{scheme}://{user}@{host}");
    }
    let words = database
        .split(' ')
        .filter(|word| !word.starts_with("password"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn the_password_of_a_database_is_never_shown() {
        for (given, shown) in [
            (
                "postgres://lagrum:s3cret@localhost/desk",
                "postgres://lagrum@localhost/desk",
            ),
            (
                "postgres://lagrum:a@b:c@localhost/desk",
                "postgres://lagrum@localhost/desk",
            ),
            (
                "host=/run user=lagrum password=s3cret dbname=desk",
                "host=/run user=lagrum dbname=desk",
            ),
            ("/srv/desk/desk.sqlite", "/srv/desk/desk.sqlite"),
        ] {
            assert_eq!(without_password(given), shown);
        }
    }
}
