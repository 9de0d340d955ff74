//! `lagrum authenticate`, `lagrum emergency`: what people found out about a demand.

use clap::ArgGroup;
use lagrum_desk::Genuine;
use lagrum_model::CaseId;

use crate::context::Context;
use crate::output::Failure;

/// Record whether a demand is genuine, and how that was found out
#[derive(clap::Args)]
#[command(group(ArgGroup::new("found").required(true).args(["verified", "not_verified"])))]
pub struct Authenticate {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// It is genuine
    #[arg(long)]
    verified: bool,
    /// It could not be verified
    #[arg(long)]
    not_verified: bool,
    /// How that was found out, for example "called back on the number of our list"
    #[arg(long)]
    how: String,
}

/// For counsel: record whether the provider itself believes that a claimed danger is real
#[derive(clap::Args)]
#[command(group(ArgGroup::new("belief").required(true).args(["believed", "not_believed"])))]
pub struct Emergency {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The provider believes in good faith that it is real
    #[arg(long)]
    believed: bool,
    /// The provider does not believe it
    #[arg(long)]
    not_believed: bool,
    /// Why
    #[arg(long)]
    why: String,
}

impl Authenticate {
    /// Records it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let genuine = Genuine {
            verified: self.verified,
            how: &self.how,
        };
        let (_, done) = context.change(|session| Ok(session.authenticate(case, &genuine)?))?;
        context.output.show(&done, || {
            let note = match &done.outcome.known {
                Some(_) => "",
                None => "\nNote: no authority of that name and country is in authorities.toml.",
            };
            let word = if self.verified {
                "verified"
            } else {
                "NOT verified: nothing can be produced"
            };
            format!("Case {case}: {word}. Next: lagrum assess {case}{note}")
        })
    }
}

impl Emergency {
    /// Records it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (case, believed) = (&self.case, self.believed);
        let (_, done) = context.change(|session| {
            session.judge_emergency(case, believed, &self.why)?;
            Ok(serde_json::json!({"case": case, "believed": believed}))
        })?;
        context.output.show(&done, || {
            let word = if believed {
                "the claimed danger is believed to be real"
            } else {
                "the claimed danger is not believed"
            };
            format!("Case {case}: {word}. Next: lagrum assess {case}")
        })
    }
}
