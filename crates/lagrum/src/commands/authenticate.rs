//! `lagrum call-back`, `lagrum authenticate`, `lagrum emergency`: what people found out about a demand.

use clap::ArgGroup;
use jiff::Timestamp;
use lagrum_desk::{Call, Genuine, Judged, Sender};
use lagrum_documents::{Phrases, sender_warning};
use lagrum_model::{CaseId, Language, SenderWarning};

use crate::context::Context;
use crate::output::Failure;

/// Call the authority back: show the number to call, or record what the call brought
///
/// The number is the one of authorities.toml, never one that stands in the demand. Without
/// --confirmed or --denied nothing is recorded.
#[derive(clap::Args)]
#[command(group(ArgGroup::new("answer").args(["confirmed", "denied"]).requires("answered_by")))]
pub struct CallBack {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// They confirmed that the demand is theirs
    #[arg(long)]
    confirmed: bool,
    /// They know nothing of it
    #[arg(long)]
    denied: bool,
    /// Who answered, as they gave their name
    #[arg(long, value_name = "NAME", requires = "answer")]
    answered_by: Option<String>,
    /// When, with its zone, if that was before now
    #[arg(long, value_name = "INSTANT", requires = "answer")]
    at: Option<Timestamp>,
}

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
    /// Why it is genuine although the sender is not as authorities.toml has the authority
    #[arg(long, value_name = "TEXT")]
    despite: Option<String>,
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

impl CallBack {
    /// Shows whom to call, or records the call.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let Some(answered_by) = &self.answered_by else {
            return context.at_desk(|session| {
                let sender = session.sender(case)?;
                context.output.show(&sender, || to_call(&sender))
            });
        };
        let call = Call {
            answered_by,
            at: self.at,
            confirmed: self.confirmed,
        };
        let (_, done) = context.change(|session| Ok(session.call_back(case, &call)?))?;
        context.output.show(&done, || match self.confirmed {
            true => format!(
                "Case {case}: {answered_by} confirmed it. Next: lagrum authenticate {case}"
            ),
            false => format!(
                "Case {case}: {answered_by} knows nothing of it: nothing is handed over. Next: lagrum authenticate {case} --not-verified"
            ),
        })
    }
}

fn to_call(sender: &Sender) -> String {
    let case = &sender.case;
    let warned = warned(&sender.warnings);
    match &sender.known {
        Some(known) => format!(
            "Call {}: {}{warned}\nNext: lagrum call-back {case} --answered-by NAME --confirmed (or --denied)",
            known.name, known.telephone
        ),
        None => format!(
            "Nobody can be called back.{warned}\nNext: find the authority's number in a source of your own, never in the demand, enter it in authorities.toml, and lagrum call-back {case}"
        ),
    }
}

fn warned(warnings: &[SenderWarning]) -> String {
    let phrases = Phrases::of(Language::English);
    let lines = warnings
        .iter()
        .map(|one| format!("\nWarning: {}", sender_warning(one, &phrases)));
    lines.collect()
}

impl Authenticate {
    /// Records it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let genuine = Genuine {
            verified: self.verified,
            how: &self.how,
            despite: self.despite.as_deref(),
        };
        let (_, done) = context.change(|session| Ok(session.authenticate(case, &genuine)?))?;
        context.output.show(&done, || {
            let mut note = warned(&done.outcome.warnings);
            if self.verified && !done.outcome.called_back {
                note += &format!(
                    "\nNobody has called the authority back yet, and nothing is granted before: lagrum call-back {case}"
                );
            }
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
            Ok(Judged {
                case: case.clone(),
                believed,
            })
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
