//! `lagrum desk person add`, `lagrum desk person end`

use std::path::PathBuf;

use anyhow::anyhow;
use lagrum_access::Person as Worker;
use lagrum_desk::HangsOn;
use lagrum_documents::fingerprint_of;
use lagrum_mandate::Person;
use lagrum_model::{CaseId, Role};
use lagrum_setup::{Newcomer, RosterElsewhere, add_person, end_person};
use serde_json::json;

use crate::commands::setup::public_key;
use crate::context::Context;
use crate::output::Failure;

/// Add somebody who works here, or take somebody out
#[derive(clap::Subcommand)]
pub enum PersonCommand {
    Add(Add),
    End(End),
}

/// Add somebody to people.toml and, with their key, to the desk's roster and trust.toml
#[derive(clap::Args)]
pub struct Add {
    /// The person's id: lower-case letters, digits and hyphens; never given to somebody else
    id: String,
    /// Full name
    #[arg(long)]
    name: String,
    /// analyst, counsel, data-operator, administrator or auditor
    #[arg(long)]
    role: String,
    /// The file with a public key with which they sign mandates; several times for several keys
    #[arg(long = "key", value_name = "FILE")]
    keys: Vec<PathBuf>,
    /// The keys lie on the person's own machine, and nowhere else
    #[arg(long, requires = "keys")]
    own_machine: bool,
    /// The operating system's user who gives their commands here
    #[arg(long)]
    user: Option<String>,
    /// The address to which news is mailed
    #[arg(long)]
    mail: Option<String>,
    /// Change the rosters of the agents below this directory, too; they belong to those who operate the agents
    #[arg(long)]
    agents: bool,
}

/// Take somebody out: shut out at once; what they signed stays verified, and they sign nothing new
#[derive(clap::Args)]
pub struct End {
    /// The person's id
    id: String,
    /// Change the rosters of the agents below this directory, too; they belong to those who operate the agents
    #[arg(long)]
    agents: bool,
}

impl PersonCommand {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Add(it) => it.run(context),
            Self::End(it) => it.run(context),
        }
    }
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let role = Role::parse(&self.role).ok_or_else(|| {
            let all = Role::ALL.map(|role| role.as_str()).join(", ");
            anyhow!("--role {}: write one of {all}", self.role)
        })?;
        let keys = self
            .keys
            .iter()
            .map(|file| {
                Ok(Person {
                    id: self.id.clone(),
                    name: self.name.clone(),
                    role,
                    key: public_key(file)?,
                    own_machine: self.own_machine,
                })
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let worker = Worker {
            id: self.id.clone(),
            name: self.name.clone(),
            role,
            user: self.user,
            mail: self.mail,
            news: None,
        };
        context.at_desk(|session| Ok(session.may_change_setup()?))?;
        let new = Newcomer {
            worker: &worker,
            keys: &keys,
        };
        let added = add_person(&context.place, &new, self.agents)?;
        let words: Vec<_> = keys
            .iter()
            .map(|one| fingerprint_of(&one.key.to_string()))
            .collect();
        let json = json!({
            "id": self.id, "roster": added.tables, "fingerprints": words, "agents": added.agents,
        });
        context.output.show(&json, || {
            let mut lines = vec![format!("{} works here as {role}.", self.name)];
            if keys.is_empty() {
                lines.push("They sign no mandates: no key was given.".to_owned());
                return lines.join("\n");
            }
            lines.push(format!(
                "Publish {}: it has their key.",
                context.place.trust().display()
            ));
            lines.extend(changed(&added.agents));
            let others = elsewhere(&added.agents);
            if !others.is_empty() {
                lines.push(format!(
                    "Not yet at the agents of {others}: until their operators add these lines to roster.toml, what {} signs\n\
                     does not count there. They compare the words with the person, on a number that they found themselves:\n\
                     {}\n\n{}",
                    self.name,
                    words.join("\n"),
                    added.tables
                ));
            }
            lines.join("\n")
        })
    }
}

impl End {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let hangs = context.at_desk(|session| Ok(session.hangs_on(&self.id)?))?;
        let ended = end_person(&context.place, &self.id, self.agents)?;
        let json = json!({
            "id": self.id, "former": ended.tables, "agents": ended.agents, "cases": hangs,
        });
        context.output.show(&json, || {
            let mut lines = vec![format!(
                "{} does not work here any more, and is signed out of the desk. What they signed stays verified; leave them in\n\
                 trust.toml, because older packages need their key.",
                self.id
            )];
            if !ended.tables.is_empty() {
                lines.extend(changed(&ended.agents));
                let others = elsewhere(&ended.agents);
                if !others.is_empty() {
                    lines.push(format!(
                        "STILL on the rosters of the agents of {others}, as far as is known here: until their operators take these lines\n\
                         out of roster.toml, what this key signs counts there:\n\n{}",
                        ended.tables
                    ));
                }
            }
            lines.extend(left(&hangs));
            lines.join("\n")
        })
    }
}

/// Of which agents the roster was changed here.
fn changed(agents: &[RosterElsewhere]) -> Option<String> {
    let here: Vec<_> = agents
        .iter()
        .filter(|one| one.changed)
        .map(|one| one.region.as_str())
        .collect();
    (!here.is_empty()).then(|| {
        format!(
            "Changed, too: the rosters of the agents of {}.",
            here.join(", ")
        )
    })
}

fn elsewhere(agents: &[RosterElsewhere]) -> String {
    let others: Vec<_> = agents
        .iter()
        .filter(|one| !one.changed)
        .map(|one| one.region.as_str())
        .collect();
    others.join(", ")
}

/// What of the open cases hangs on somebody who is gone.
fn left(hangs: &HangsOn) -> Vec<String> {
    let named = |cases: &[CaseId]| {
        let all: Vec<_> = cases.iter().map(ToString::to_string).collect();
        all.join(", ")
    };
    let mut lines = Vec::new();
    for (cases, what) in [
        (
            &hangs.looked_after,
            "They looked after these open cases; assign each to somebody (`lagrum assign`)",
        ),
        (
            &hangs.signed,
            "They signed mandates here that no agent has carried out; an agent without them on its roster refuses these. Recall them and decide anew",
        ),
        (
            &hangs.not_known,
            "Damaged, so that nobody can say whether they signed something here",
        ),
    ] {
        if !cases.is_empty() {
            lines.push(format!("{what}: {}.", named(cases)));
        }
    }
    lines
}
