//! `lagrum agent review`: counsel looks at what a search withheld, where the data lies.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use lagrum_agent::{Decision, Reviewing, WithheldList};
use lagrum_documents::sanitize_for_terminal;
use lagrum_model::CaseId;

use super::{Which, hinted, reach};
use crate::context::{Context, now};
use crate::output::{Failure, new_file, table};

/// Look at what a search withheld, and decide what is released: for counsel, where the data lies
///
/// Without a case: the lists that are not carried out to their end. With a case: its list. With a number: what it holds. With --release or
/// --refuse: the decision. Then --out, and at the desk `lagrum review`: two people sign, one of them
/// the counsel who decided.
#[derive(clap::Args)]
pub struct Review {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: Option<CaseId>,
    /// Which of the list: 3, or 3-7
    #[arg(requires = "case", value_parser = numbers)]
    number: Option<(u64, u64)>,
    /// Hand them over
    #[arg(long, requires_all = ["number", "because", "counsel"], conflicts_with = "refuse")]
    release: bool,
    /// Do not hand them over
    #[arg(long, requires_all = ["number", "because", "counsel"])]
    refuse: bool,
    /// Why; the authority reads it
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
    /// The counsel who decides: an id of the agent's roster
    #[arg(long, value_name = "ID")]
    counsel: Option<String>,
    /// Write the bytes of this one as they are stored to standard output
    #[arg(long, requires = "number", conflicts_with_all = ["release", "refuse"])]
    raw: bool,
    /// Write what is decided, for the desk: numbers, reasons and commitments
    #[arg(
        long,
        value_name = "FILE",
        requires = "case",
        conflicts_with = "number"
    )]
    out: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
}

/// Reads `3` or `3-7`.
fn numbers(text: &str) -> Result<(u64, u64), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let read = |text: &str| text.parse::<u64>().ok().filter(|number| *number > 0);
    match (read(first), read(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        _ => Err("write a number from the list, or two with a hyphen: 3, or 3-7".into()),
    }
}

impl Review {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let mut lists = Vec::new();
        let mut agents = Vec::new();
        for file in self.which.files(&context.place)? {
            let agent = reach::open_to_review(&file).map_err(hinted)?;
            let at = agents.len();
            let found = match &self.case {
                Some(case) => agent.withheld_in(case)?,
                None => agent.withheld()?,
            };
            lists.extend(found.into_iter().map(|list| (at, list)));
            agents.push(agent);
        }
        let Some(case) = &self.case else {
            let json: Vec<_> = lists.iter().map(|(_, list)| list).collect();
            return context.output.show(&json, || all(&lists, &agents));
        };
        // The newest mandate of a case whose list is not done comes first.
        let place = lists.iter().position(|(_, list)| !list.is_done());
        let Some((at, mut list)) = place
            .or(lists.len().checked_sub(1))
            .map(|at| lists.remove(at))
        else {
            return Err(lagrum_agent::ReviewRefused::NoCase(case.clone()).into());
        };
        if let Some(more) = lists.iter().find(|(_, list)| !list.is_done()) {
            context.note(&format!(
                "case {case}: the mandate {} has another list; --region names its agent",
                more.1.mandate
            ));
        }
        let agent = &agents[at];
        if let Some(out) = &self.out {
            let note = agent.review_note(&list)?;
            new_file(out, note.as_bytes(), "--out")?;
            return context.output.show(&serde_json::json!({"out": out}), || {
                format!(
                    "{} holds what is decided: numbers, reasons and commitments. Next, at the desk: lagrum review {case} {}",
                    out.display(),
                    out.display()
                )
            });
        }
        match (self.number, self.because, self.counsel) {
            (Some((first, last)), Some(reason), Some(by)) => {
                if !self.release && !self.refuse {
                    bail_with("say --release or --refuse")?;
                }
                let decision = Decision {
                    by,
                    at: now(),
                    release: self.release,
                    reason,
                };
                agent.decide(&mut list, first..=last, &decision)?;
                context.output.show(&list, || {
                    let next = match list.undecided() {
                        0 => format!("All is decided. Next: lagrum agent review {case} --out FILE"),
                        n => format!("{n} wait for a decision."),
                    };
                    format!("{}\n{next}", one_list(&list))
                })
            }
            (Some((first, last)), None, None) if first == last => {
                let bytes = agent.show_withheld(&list, first)?;
                if self.raw {
                    std::io::stdout().write_all(&bytes)?;
                    return Ok(());
                }
                let text = String::from_utf8_lossy(&bytes);
                context
                    .output
                    .show(&serde_json::json!({"number": first, "text": text}), || {
                        sanitize_for_terminal(&text)
                    })
            }
            (None, None, None) => context.output.show(&list, || one_list(&list)),
            _ => bail_with(
                "a decision needs a number, --release or --refuse, --because and --counsel; to look at one, give its number alone",
            ),
        }
    }
}

fn bail_with(why: &str) -> Result<(), Failure> {
    let failed = || -> anyhow::Result<()> { bail!("{why}") };
    Ok(failed()?)
}

/// The lists, one row each.
fn all(lists: &[(usize, WithheldList)], agents: &[Reviewing]) -> String {
    if lists.is_empty() {
        return "Nothing that is withheld here waits.".to_owned();
    }
    let rows = lists.iter().map(|(at, list)| {
        [
            list.case.to_string(),
            agents[*at].region().to_string(),
            list.items.len().to_string(),
            list.undecided().to_string(),
            list.carried_out.len().to_string(),
        ]
    });
    table(
        ["case", "agent", "withheld", "to decide", "carried out"],
        rows,
    )
}

/// One list: what, from where, why, and what was decided.
fn one_list(list: &WithheldList) -> String {
    let rows = list.items.iter().zip(1_u64..).map(|(item, number)| {
        let decided = match list.decisions.get(&number) {
            Some(one) if one.release => format!("release: {}", one.reason),
            Some(one) => format!("refuse: {}", one.reason),
            None if item.sha256.is_none() => "no bytes; can only be refused".to_owned(),
            None => String::new(),
        };
        let carried = if list.carried_out.contains(&number) {
            " (carried out)"
        } else {
            ""
        };
        let date = item.raw_date.as_deref().unwrap_or_default();
        [
            number.to_string(),
            format!("{} of {}", item.category, item.identifier),
            format!("{}: {}", item.source, item.locator),
            item.why.clone(),
            date.to_owned(),
            format!("{decided}{carried}"),
        ]
        .map(|cell| sanitize_for_terminal(&cell))
    });
    table(
        ["no.", "data", "where", "why", "date as written", "decision"],
        rows,
    )
}
