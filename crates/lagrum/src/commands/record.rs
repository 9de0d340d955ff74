//! `lagrum record`

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use lagrum_documents::{Document, clocks};
use lagrum_model::{CaseId, Language, Moment, Ruling, RulingOutcome};

use crate::context::{Context, phrases, zone};
use crate::output::Failure;

/// Record an event that affects a deadline or the assessment
///
/// For example: lagrum record 2026-0007 cleared=2026-11-20T10:00:00Z --how "letter, attached"
#[derive(clap::Args)]
#[command(after_help = after_help())]
pub struct Record {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// What happened and when
    #[arg(required = true, value_name = "NAME=INSTANT")]
    happened: Vec<String>,
    /// How this is known, for example "letter of the enforcing authority, attached"
    #[arg(long)]
    how: String,
    /// How a ruling on a challenge went: granted (for the provider), in-part, or rejected
    #[arg(long, value_parser = RulingOutcome::parse)]
    outcome: Option<RulingOutcome>,
    /// The number of the case at the court
    #[arg(long, requires = "outcome", value_name = "NUMBER")]
    court_case: Option<String>,
}

fn after_help() -> String {
    let names: Vec<_> = Moment::ALL.iter().map(|moment| moment.as_str()).collect();
    format!("Names: {}", names.join(", "))
}

impl Record {
    /// Records it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let happened = read_moments("what happened", &self.happened)?;
        let ruling = self.outcome.map(|outcome| Ruling {
            outcome,
            case_number: self.court_case.clone(),
        });
        let (desk, done) = context.change(|session| {
            Ok(session.record_ruling(case, &happened, ruling.as_ref(), &self.how, &[])?)
        })?;
        if done.outcome.assess_again {
            context.note(&format!(
                "the law may say something else now. Next: lagrum assess {case}"
            ));
        }
        let phrases = phrases(desk.law()?, Language::English)?;
        context.output.page(&done, || {
            let title = format!("Case {case}: recorded");
            let mut page = Document::new(Language::English, title);
            page.blocks = clocks(&done.outcome.clocks, &zone(&desk), &phrases);
            page
        })
    }
}

/// Reads each `NAME=INSTANT`.
pub fn read_moments(option: &str, all: &[String]) -> Result<Vec<(Moment, Timestamp)>, Failure> {
    all.iter()
        .map(|text| {
            let (name, at) = text.split_once('=').ok_or_else(|| {
                anyhow!(
                    "{option} {text}: write NAME=INSTANT, for example received=2026-11-04T09:20:00Z"
                )
            })?;
            let what: Moment = name
                .parse()
                .map_err(|why| anyhow!("{option} {text}: {why}"))?;
            let at: Timestamp = at
                .parse()
                .with_context(|| format!("{option} {text}: write the instant with its zone"))?;
            if at < Timestamp::UNIX_EPOCH {
                return Err(anyhow!(
                    "{option} {text}: nothing that concerns a case happened before 1970; check the year"
                )
                .into());
            }
            Ok((what, at))
        })
        .collect()
}
