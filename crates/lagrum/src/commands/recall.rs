//! `lagrum recall`

use std::path::PathBuf;

use anyhow::anyhow;
use lagrum_desk::Recalled;
use lagrum_model::CaseId;
use lagrum_notes::NoteError;

use crate::commands::ask::open_key;
use crate::context::Context;
use crate::output::Failure;

/// Recall the mandates of a case that no agent has carried out; one person of the roster is enough
#[derive(clap::Args)]
pub struct Recall {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Your key file (`lagrum key new`)
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Read the passphrase from this file instead of asking for it
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Recall {
    /// Signs and sends.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let id = &self.case;
        let recalls = context.at_desk(|session| Ok(session.to_recall(id)?))?;
        if recalls.is_empty() {
            return Err(anyhow!(
                "case {id}: no agent has a mandate that it has not answered; there is nothing to recall"
            )
            .into());
        }
        let key = open_key(&self.key, self.passphrase_file.as_deref())?;
        let notes = recalls
            .iter()
            .map(|recall| key.sign_note(&recall.to_text()));
        let notes: Vec<_> = notes
            .collect::<Result<_, NoteError>>()
            .map_err(anyhow::Error::from)?;
        let (_, done) = context.change(|session| Ok(session.recall(id, &notes, &self.why)?))?;
        context
            .output
            .show(&done, || said(&done.outcome, done.published))
    }
}

fn said(recalled: &Recalled, published: bool) -> String {
    let what = match recalled.mandates.len() {
        1 => "One mandate is".to_owned(),
        n => format!("{n} mandates are"),
    };
    let next = if published {
        format!(
            "An agent that has not sealed yet produces nothing, and answers so; one that has answers what it produced. `lagrum settle` records it; then `lagrum decide {0}` drafts anew what is still to be carried out.",
            recalled.case
        )
    } else {
        "It goes to the agents when the log has it: `lagrum settle` tries again.".to_owned()
    };
    format!(
        "Case {}: {what} recalled by {}. {next}",
        recalled.case,
        recalled.by.join(" and ")
    )
}
