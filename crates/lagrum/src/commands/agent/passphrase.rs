//! `lagrum agent passphrase`: who is to tell it is shown it once, where the data lies.

use std::path::PathBuf;

use lagrum_agent::{Agent, AgentError, NotShown, Told};
use lagrum_model::CaseId;

use super::{Which, hinted, reach};
use crate::commands::ask::open_key;
use crate::context::{Context, now};
use crate::output::Failure;

/// Be shown the one-time passphrase of a case, once, to tell it by telephone: where the data lies
///
/// Without --key: which passphrases were made, who tells them, and when they were shown. A passphrase is sealed to the
/// person whom two people named in the mandate, and shown to nobody else; that it is shown is written down before.
#[derive(clap::Args)]
pub struct Passphrase {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Your key file (`lagrum key new`)
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Read the passphrase of your key from this file instead of asking for it
    #[arg(long, value_name = "FILE", requires = "key")]
    passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
}

impl Passphrase {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let mut agents = Vec::new();
        for file in self.which.files(&context.place)? {
            let agent = reach::open(&file).map_err(hinted)?;
            let told = agent.passphrases(Some(&self.case))?;
            agents.push((agent, told));
        }
        let Some(key) = &self.key else {
            let all: Vec<_> = agents.iter().flat_map(|(_, told)| told).collect();
            return context.output.show(&all, || journal(&self.case, &all));
        };
        agents.retain(|(_, told)| !told.is_empty());
        // Of several regions the first where one waits.
        let waits = |(_, told): &(Agent, Vec<Told>)| told.iter().any(|one| one.shown_at.is_none());
        let place = agents.iter().position(waits).unwrap_or(0);
        let Some((agent, _)) = agents.get(place) else {
            let none = AgentError::from(NotShown::NoCase(self.case));
            return Err(none.into());
        };
        let key = open_key(key, self.passphrase_file.as_deref())?;
        let shown = agent.show_passphrase(&self.case, &key, now())?;
        let told = &shown.told.told;
        let json = serde_json::json!({
            "case": self.case, "mandate": shown.told.mandate, "name": told.name,
            "number": told.on_number, "words": *shown.words,
        });
        context.output.show(&json, || {
            format!(
                "Call {} on {} and on no other number, and tell these words to nobody but whom it puts you through to:\n\n  {}\n\nThey are shown once. Small letters, one blank between two words. The package opens with them: lagrum open PACKAGE --passphrase, or age -d PACKAGE | tar x.",
                told.name,
                told.on_number,
                *shown.words
            )
        })
    }
}

fn journal(case: &CaseId, all: &[&Told]) -> String {
    let line = |one: &&Told| {
        let told = &one.told;
        let shown = match one.shown_at {
            Some(at) => format!("shown at {at}"),
            None => "waits; who tells it is shown it with --key".to_owned(),
        };
        format!(
            "{} tells {} on {}: {shown}.",
            told.told_by, told.name, told.on_number
        )
    };
    match all {
        [] => format!("No package of case {case} was sealed with a passphrase here."),
        _ => all.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}
