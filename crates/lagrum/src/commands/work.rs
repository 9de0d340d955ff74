//! `lagrum assign`, `lagrum note`, `lagrum deliver`, `lagrum close`, `lagrum settle`

use lagrum_model::CaseId;

use crate::context::Context;
use crate::output::Failure;
use crate::told::{self, said};

/// Hand a case to a person
#[derive(clap::Args)]
pub struct Assign {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The person's id in people.toml; without it nobody has the case
    person: Option<String>,
}

/// Write a note into a case
#[derive(clap::Args)]
pub struct Note {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The note
    text: String,
    /// For counsel: only counsel reads it
    #[arg(long)]
    privileged: bool,
}

/// Hand the sealed packages of a case over
#[derive(clap::Args)]
pub struct Deliver {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
}

/// End a case
#[derive(clap::Args)]
pub struct Close {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Why
    #[arg(long, default_value = "answered")]
    reason: String,
}

/// Bring the log up to date, send mandates to the agents, and record their answers
#[derive(clap::Args)]
pub struct Settle {}

impl Assign {
    /// Hands it over.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (case, to) = (&self.case, self.person.as_deref());
        let (_, done) = context.change(|session| {
            session.assign(case, to)?;
            Ok(serde_json::json!({"case": case, "owner": to}))
        })?;
        context.output.show(&done, || match to {
            Some(person) => format!("Case {case}: {person} has it."),
            None => format!("Case {case}: nobody has it."),
        })
    }
}

impl Note {
    /// Writes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let (_, done) = context.change(|session| {
            session.note(case, &self.text, self.privileged)?;
            Ok(serde_json::json!({"case": case, "privileged": self.privileged}))
        })?;
        context
            .output
            .show(&done, || format!("Case {case}: noted."))
    }
}

impl Deliver {
    /// Hands them over.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let (_, done) = context.change(|session| Ok(session.deliver(case)?))?;
        context.news(&done.outcome.news);
        context.output.show(&done, || {
            let files = &done.outcome.packages;
            let lines = files.iter().map(|file| format!("  {}", file.display()));
            format!(
                "Case {case}: sealed packages, each with its receipt beside it:\n{}\nNext: send them, then lagrum close {case}",
                lines.collect::<Vec<_>>().join("\n")
            )
        })
    }
}

impl Close {
    /// Ends it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let (_, done) = context.change(|session| Ok(session.close(case, &self.reason)?))?;
        context.news(&done.outcome.news);
        context
            .output
            .show(&done, || format!("Case {case}: closed."))
    }
}

impl Settle {
    /// Brings everything up to date.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| {
            let (settled, news) = session.settle()?;
            told::log(&news);
            let json = serde_json::json!({"settled": settled, "news": news});
            context.output.show(&json, || {
                let mut lines: Vec<_> = news.iter().map(said).collect();
                lines.push(format!(
                    "The public log has {} entries. Mandates sent: {}; taken back: {}.",
                    settled.entries, settled.released, settled.recalled
                ));
                lines.join("\n")
            })
        })
    }
}
