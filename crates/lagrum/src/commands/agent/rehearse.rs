//! `lagrum agent rehearse`

use lagrum_agent::RehearsedSource;
use serde_json::json;

use super::{Which, hinted};
use crate::context::Context;
use crate::output::Failure;

/// Ask the stores what they would do for a search, without making one: can they be opened, which statements does a
/// database get, and does it read whole tables for them
///
/// Reads nothing of any account, and so does not know whether an account is there. Ends with exit code 3 while a store
/// cannot be searched.
#[derive(clap::Args)]
pub struct Rehearse {
    #[command(flatten)]
    which: Which,
}

impl Rehearse {
    /// Asks, and tells.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let mut all = Vec::new();
        for file in self.which.files(&context.place)? {
            all.extend(lagrum_agent::rehearse(&file).map_err(hinted)?);
        }
        let each = all.iter().map(json);
        context
            .output
            .show(&each.collect::<Vec<_>>(), || text(&all))?;
        match all.iter().all(|source| source.parts.is_ok()) {
            true => Ok(()),
            false => Err(Failure::NotInOrder),
        }
    }
}

fn json(source: &RehearsedSource) -> serde_json::Value {
    let (id, kind) = (&source.id, source.kind);
    match &source.parts {
        Err(error) => json!({"source": id, "kind": kind, "error": error.to_string()}),
        Ok(parts) => {
            let parts = parts.iter().map(|part| {
                json!({
                    "part": part.what, "statement": part.statement, "plan": part.plan,
                    "warnings": part.warnings,
                })
            });
            json!({"source": id, "kind": kind, "parts": parts.collect::<Vec<_>>()})
        }
    }
}

fn text(all: &[RehearsedSource]) -> String {
    let mut lines = Vec::new();
    for source in all {
        let (id, kind) = (&source.id, source.kind);
        match &source.parts {
            Err(error) => lines.push(format!("{id} ({kind}): {error}")),
            Ok(parts) => {
                lines.push(format!("{id} ({kind}): is there."));
                for part in parts {
                    lines.push(format!("  {}\n    {}", part.what, part.statement));
                    lines.extend(part.plan.iter().map(|line| format!("      {line}")));
                    let warnings = part.warnings.iter();
                    lines.extend(warnings.map(|warning| format!("    WARNING: {warning}.")));
                }
            }
        }
    }
    match lines.is_empty() {
        true => "There is no source.".to_owned(),
        false => {
            lines.push("Whether an account has its place there was not asked.".to_owned());
            lines.join("\n")
        }
    }
}
