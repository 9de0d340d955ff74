//! `lagrum assign`, `lagrum note`, `lagrum deliver`, `lagrum link`, `lagrum join`, `lagrum split`, `lagrum close`,
//! `lagrum reopen`, `lagrum settle`

use anyhow::anyhow;
use lagrum_desk::{Assigned, Closed, HandedToGroup, Linked, Noted, Reopened, Session, StillRuns};
use lagrum_documents::{clocks, duty};
use lagrum_model::{CaseId, Duty, Language, Link as How, Refusal};

use crate::context::{Context, now, phrases, zone};
use crate::output::Failure;
use crate::told::{self, said};

/// Hand a case to a person, or to another group of the desk
#[derive(clap::Args)]
pub struct Assign {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The person's id in people.toml; without it nobody has the case
    person: Option<String>,
    /// Hand it to this group (an id of people.toml): whoever does not work for it does not see it any more
    #[arg(
        long,
        value_name = "ID",
        conflicts_with = "person",
        requires = "reason"
    )]
    group: Option<String>,
    /// Why the group gets it
    #[arg(long, value_name = "TEXT", requires = "group")]
    reason: Option<String>,
}

/// Write a note into a case
#[derive(clap::Args)]
pub struct Note {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The note
    text: String,
    /// For counsel: it is sealed to the keys of the case's counsel; the desk cannot read it (`lagrum sealed-note`)
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

/// Record that you told the passphrase of a package by telephone, on the number that its mandate names
///
/// The passphrase itself is never given to the desk.
#[derive(clap::Args)]
pub struct Told {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
}

/// Say that two cases belong together
#[derive(clap::Args)]
pub struct Link {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The other case
    #[arg(value_parser = CaseId::parse)]
    other: CaseId,
    /// The demand of CASE is that of OTHER, sent again: it is answered there
    #[arg(long)]
    sent_again: bool,
    /// Why
    #[arg(long)]
    reason: String,
}

/// Join a case to another that has the same demand: its files go there, and it ends
///
/// Both receipts stay, and the clocks count from the first.
#[derive(clap::Args)]
pub struct Join {
    /// The case that ends
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The case in which the demand is answered
    #[arg(value_parser = CaseId::parse)]
    into: CaseId,
    /// Why
    #[arg(long)]
    reason: String,
}

/// Take a second demand out of a case, into a case of its own
#[derive(clap::Args)]
pub struct Split {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The originals of the second demand, by their numbers in `lagrum case`
    #[arg(required = true, value_name = "NUMBER")]
    originals: Vec<usize>,
    /// Why
    #[arg(long)]
    reason: String,
}

/// End a case
///
/// A motion, an order of secrecy, data that is kept, a review that counsel owes: what still runs is
/// never ended with the case.
#[derive(clap::Args)]
pub struct Close {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Why; to be said where something was to be handed over, and nothing was
    #[arg(long)]
    reason: Option<String>,
    /// What still runs lives on: the case stays in the list, with the day on which it is due
    #[arg(long)]
    duties_live_on: bool,
}

/// Take a closed case up again; what was answered stays as it was answered
#[derive(clap::Args)]
pub struct Reopen {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Why
    #[arg(long)]
    reason: String,
}

/// Bring the log up to date, send mandates to the agents, and record their answers
#[derive(clap::Args)]
pub struct Settle {}

impl Assign {
    /// Hands it over.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (case, to) = (&self.case, self.person.as_deref());
        if let (Some(group), Some(reason)) = (&self.group, &self.reason) {
            let (_, done) = context.change(|session| {
                session.hand_to_group(case, group, reason)?;
                Ok(HandedToGroup {
                    case: case.clone(),
                    group: group.clone(),
                })
            })?;
            return context
                .output
                .show(&done, || format!("Case {case}: the group {group} has it."));
        }
        let (_, done) = context.change(|session| {
            session.assign(case, to)?;
            Ok(Assigned {
                case: case.clone(),
                owner: to.map(str::to_owned),
            })
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
            let sealed_to = match self.privileged {
                true => session.note_privileged(case, &self.text)?,
                false => session.note(case, &self.text).map(|()| Vec::new())?,
            };
            Ok(Noted {
                case: case.clone(),
                privileged: self.privileged,
                sealed_to,
            })
        })?;
        let to = done.outcome.sealed_to.join(", ");
        context.output.show(&done, || match self.privileged {
            true => format!("Case {case}: noted, and sealed to {to}. Nobody else can open it."),
            false => format!("Case {case}: noted."),
        })
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

impl Told {
    /// Records it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let (_, done) = context.change(|session| {
            let told = session.passphrase_told(case)?;
            Ok(serde_json::json!({"case": case, "told": told}))
        })?;
        context.output.show(&done, || {
            format!("Case {case}: recorded that you told the passphrase.")
        })
    }
}

/// That a case in which nothing was handed over of what was to be is closed with a reason.
fn no_reason(session: &Session<'_>, case: &CaseId) -> Failure {
    let left = match session.case(case) {
        Ok(view) => view.case.not_handed_over(),
        Err(error) => return error.into(),
    };
    let parts: Vec<_> = left.iter().map(|part| (part + 1).to_string()).collect();
    anyhow!(
        "--reason: nothing was handed over of what was to be (part {}); say why the case is closed all the same, or answer it: lagrum decide {case}",
        parts.join(", ")
    )
    .into()
}

impl Close {
    /// Ends it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let still_runs = match self.duties_live_on {
            true => StillRuns::LivesOn,
            false => StillRuns::Refuse,
        };
        let mut ended = None;
        let (desk, done) = context.change(|session| {
            let reason = self.reason.as_deref().unwrap_or_default();
            let done = session.close(case, reason, still_runs);
            let done = done.map_err(|error| match error.refusal() {
                Some(Refusal::Empty { .. }) => no_reason(session, case),
                _ => error.into(),
            })?;
            ended = session.case(case).ok().map(|view| view.case);
            Ok(done)
        })?;
        let ended = ended.unwrap_or_default();
        let notices = desk.notices(&ended, now())?;
        let zone = zone(&desk);
        context.news(&done.outcome.news);
        let phrases = phrases(desk.law()?, Language::English)?;
        let Closed {
            closed,
            duties,
            clocks: still,
            ..
        } = &done.outcome;
        context.output.page(&done, || {
            let title = match closed {
                true => format!("Case {case}: closed"),
                false => format!("Case {case}: closed; what still runs lives on"),
            };
            let mut page = lagrum_documents::Document::new(Language::English, title);
            page.blocks = clocks(still, &zone, &phrases);
            let runs = lagrum_documents::Outliving::of(&ended, still, &notices, &zone);
            let others = duties
                .iter()
                .filter(|one| !matches!(one, Duty::Clock { .. }));
            for one in others {
                page.paragraph(duty(one, Some(&runs), &phrases));
            }
            if !closed {
                page.paragraph(format!(
                    "It stays in the list. When that is done: lagrum close {case}"
                ));
            }
            page
        })
    }
}

impl Link {
    /// Says it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (case, other) = (&self.case, &self.other);
        let how = match self.sent_again {
            true => How::AnsweredThere,
            false => How::Related,
        };
        let (_, done) = context.change(|session| {
            session.link(case, other, how, &self.reason)?;
            Ok(Linked {
                case: case.clone(),
                to: other.clone(),
                how,
            })
        })?;
        context.output.show(&done, || match how {
            How::Related | How::SentAgain => format!("Cases {case} and {other} belong together."),
            How::AnsweredThere => format!(
                "Case {case} is the demand of case {other}, sent again; it is answered there. Next: lagrum close {case} --reason \"sent again\""
            ),
        })
    }
}

impl Join {
    /// Joins them.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (case, into) = (&self.case, &self.into);
        let (_, done) = context.change(|session| Ok(session.join(case, into, &self.reason)?))?;
        context.output.show(&done, || {
            format!(
                "Case {case} is joined to case {into}, and ended. {} of its files are new there. Next: lagrum case {into}",
                done.outcome.files
            )
        })
    }
}

impl Split {
    /// Takes it out.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let split = |session: &mut lagrum_desk::Session<'_>| {
            Ok(session.split(case, &self.originals, &self.reason)?)
        };
        let (_, done) = context.change(split)?;
        context.output.show(&done, || {
            let new = &done.outcome.case;
            format!("Case {new} was taken out of case {case}. Next: lagrum describe {new} FILE")
        })
    }
}

impl Reopen {
    /// Takes it up again.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let (_, done) = context.change(|session| {
            session.reopen(case, &self.reason)?;
            Ok(Reopened {
                case: case.clone(),
                closed: false,
            })
        })?;
        context.output.show(&done, || {
            format!("Case {case}: taken up again. lagrum case {case} shows it.")
        })
    }
}

impl Settle {
    /// Brings everything up to date.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| {
            let (settled, news) = session.settle()?;
            told::log(&news);
            let (settled, news) = session.told(settled, news)?;
            let json = serde_json::json!({"settled": settled, "news": news});
            context.output.show(&json, || {
                let mut lines: Vec<_> = news.iter().map(said).collect();
                lines.push(format!(
                    "The public log has {} entries. Mandates sent: {}; taken back: {}.",
                    settled.entries,
                    settled.released.len(),
                    settled.recalled.len()
                ));
                lines.join("\n")
            })
        })
    }
}
