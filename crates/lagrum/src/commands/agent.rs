//! `lagrum agent`

mod journal;
mod passphrase;
mod reach;
mod rehearse;
mod review;
mod serve;
mod shut_in;

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use lagrum_agent::{
    AgentConfig, AgentError, Elsewhere, MandateOutcome, Pinned, Progress, WaitsForCounsel,
};
use lagrum_figures::ReportFiles;
use lagrum_model::Region;
use lagrum_setup::Place;
use lagrum_telemetry::{Facts, Happening};
use lagrum_transport::Stem;
use rand_core::{OsRng, RngCore};

use crate::commands::recipient::read_note;
use crate::context::{Context, now};
use crate::output::{Failure, table};
use crate::refused::by_agent;

/// The data side
#[derive(clap::Subcommand)]
pub enum Agent {
    /// Carry out the mandates that wait, and end
    Run(Run),
    Serve(serve::Serve),
    Enrol(serve::Enrol),
    /// Begin the record of what an agent carries out: of a new one (`lagrum init` does that), or
    /// again, after it was lost or came out of a backup
    Begin(Begin),
    /// Make a recipient known whom two people signed (`lagrum recipient`): from then on agents here
    /// seal to it, or let a passphrase be told on its number
    Pin(Pin),
    /// Look at a report, and sign that it counts what was carried out here
    Report(Report),
    Review(review::Review),
    Passphrase(passphrase::Passphrase),
    Rehearse(rehearse::Rehearse),
}

/// Begin the record of what an agent carries out
#[derive(clap::Args)]
pub struct Begin {
    #[command(flatten)]
    which: Which,
    /// There was a record. Mandates that were issued before now are carried out no more: whether they
    /// were, nobody knows
    #[arg(long)]
    again: bool,
}

/// Make a recipient known whom two people signed
#[derive(clap::Args)]
pub struct Pin {
    /// The signed file
    file: PathBuf,
    #[command(flatten)]
    which: Which,
}

/// Look at a report, and sign that it counts what was carried out here
#[derive(clap::Args)]
pub struct Report {
    /// The report's directory: there the agent's word comes to lie
    report: PathBuf,
    #[command(flatten)]
    which: Which,
}

/// Carry out the mandates that wait, and end
#[derive(clap::Args)]
pub struct Run {
    #[command(flatten)]
    which: Which,
}

/// Which agents.
#[derive(clap::Args)]
struct Which {
    /// Only this region; all of --dir if left out
    #[arg(long, value_name = "REGION", value_parser = Region::parse)]
    region: Option<Region>,
    /// The agent's configuration, if it is elsewhere
    #[arg(long, value_name = "FILE", conflicts_with = "region")]
    config: Option<PathBuf>,
}

/// What became of one mandate at one agent.
struct Row {
    region: Region,
    mandate: Stem,
    outcome: MandateOutcome,
    /// What stays in the region of what failed: for whoever runs the agent.
    here: Vec<lagrum_agent::Failure>,
}

impl Row {
    fn to_json(&self) -> serde_json::Value {
        let outcome = match &self.outcome {
            MandateOutcome::Produced(receipt) => serde_json::json!({"produced": receipt}),
            MandateOutcome::LookedUp(found) => {
                serde_json::json!({"looked_up": found.found.len()})
            }
            MandateOutcome::Preserved(said) => serde_json::json!({"preserved": said.kept}),
            MandateOutcome::Told(told) => serde_json::json!({"told": told.accounts.len()}),
            MandateOutcome::AlreadyProduced => serde_json::json!("already produced"),
            MandateOutcome::Refused(refusal) => {
                serde_json::json!({
                    "refused": refusal.why, "code": refusal.code, "recalled": refusal.recalled,
                })
            }
            MandateOutcome::Unanswered(why) => serde_json::json!({"waits": why}),
        };
        let mut row = serde_json::json!({
            "region": self.region, "mandate": self.mandate.as_str(), "outcome": outcome,
        });
        if !self.here.is_empty() {
            row["here"] = serde_json::json!(self.here);
        }
        row
    }
}

impl Agent {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Run(Run { which }) => run(context, &which),
            Self::Serve(it) => it.run(context),
            Self::Enrol(it) => it.run(context),
            Self::Begin(Begin { which, again }) => begin(context, &which, again),
            Self::Pin(Pin { file, which }) => pin(context, &file, &which),
            Self::Report(Report { report, which }) => look_at(context, &report, &which),
            Self::Review(it) => it.run(context),
            Self::Passphrase(it) => it.run(context),
            Self::Rehearse(it) => it.run(context),
        }
    }
}

impl Which {
    /// The configurations of the agents that are meant.
    fn files(&self, at: &Place) -> anyhow::Result<Vec<PathBuf>> {
        match (&self.config, &self.region) {
            (Some(file), _) => Ok(vec![file.to_owned()]),
            (None, Some(region)) => {
                let file = at.agents().join(region.as_str()).join("agent.toml");
                if !file.exists() {
                    bail!(
                        "there is no agent {region} in {}; --dir or --config names another place",
                        at.agents().display()
                    );
                }
                Ok(vec![file])
            }
            (None, None) => all(&at.agents()),
        }
    }
}

/// Has the agents look at a report. What one says lies beside it.
fn look_at(context: &Context, directory: &Path, which: &Which) -> Result<(), Failure> {
    let files = ReportFiles::read(directory)?;
    let mut said = Vec::new();
    for file in which.files(&context.place)? {
        let agent = reach::open(&file).map_err(hinted)?;
        let note = agent
            .report(&files, &mut OsRng)
            .map_err(|error| match error {
                AgentError::Report(why) => Failure::NotGenuine(anyhow!(
                    "the agent {} does not sign: {why}",
                    agent.region()
                )),
                other => hinted(other).into(),
            })?;
        let beside = directory.join(format!("agent-{}", agent.region()));
        lagrum_durable::replace(&beside, note.as_bytes())?;
        said.push(agent.region().to_string());
    }
    context
        .output
        .show(&serde_json::json!({"signed": said}), || {
            format!(
                "Signed that it counts what was carried out there: {}.",
                said.join(", ")
            )
        })
}

/// Begins the agents' records.
fn begin(context: &Context, which: &Which, again: bool) -> Result<(), Failure> {
    let mut begun = Vec::new();
    for file in which.files(&context.place)? {
        let at = begin_record(&file, again).map_err(hinted)?;
        begun.push((file, at));
    }
    let json: Vec<_> = begun
        .iter()
        .map(|(file, at)| serde_json::json!({"agent": file, "begins": at}))
        .collect();
    context.output.show(&json, || {
        let lines = begun.iter().map(|(file, at)| {
            format!(
                "{}: the record begins at {at}; mandates issued before are carried out no more.",
                file.display()
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// Begins the record of one agent.
pub fn begin_record(file: &Path, again: bool) -> Result<Timestamp, AgentError> {
    let mut random = [0; 16];
    OsRng.fill_bytes(&mut random);
    lagrum_agent::begin_record(file, again, now(), random)
}

/// Makes a recipient known to the agents.
fn pin(context: &Context, note: &Path, which: &Which) -> Result<(), Failure> {
    let bytes = read_note(note)?;
    let mut pinned = Vec::new();
    for file in which.files(&context.place)? {
        let known = lagrum_agent::pin(&file, &bytes)?;
        pinned.push((file, known));
    }
    let json: Vec<_> = pinned
        .iter()
        .map(|(file, known)| match known {
            Pinned::Recipient(known) => serde_json::json!({"agent": file, "recipient": known}),
            Pinned::Telephone(known) => serde_json::json!({"agent": file, "telephone": known}),
        })
        .collect();
    context.output.show(&json, || {
        let lines = pinned.iter().map(|(file, known)| match known {
            Pinned::Recipient(known) => format!(
                "{}: seals to {} ({}) from now on.",
                file.display(),
                known.name,
                known.country
            ),
            Pinned::Telephone(known) => format!(
                "{}: a passphrase for {} ({}) may be told on {} from now on.",
                file.display(),
                known.name,
                known.country,
                known.number
            ),
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// What agents did.
#[derive(Default)]
struct Ran {
    rows: Vec<Row>,
    waits: Vec<(Region, WaitsForCounsel)>,
    /// What stands beside the answer.
    notes: Vec<String>,
}

impl Ran {
    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.waits.is_empty()
    }

    fn json(&self) -> Vec<serde_json::Value> {
        self.rows.iter().map(Row::to_json).collect()
    }

    /// How much waits for counsel.
    fn to_review(&self) -> String {
        let to_review = self.waits.iter().map(|(region, waits)| {
            let lists = match waits.lists {
                1 => "one list".to_owned(),
                lists => format!("{lists} lists"),
            };
            format!(
                "\n{region}: {} withheld, in {lists}: counsel has to decide (`lagrum agent review`).",
                waits.items
            )
        });
        to_review.collect()
    }

    fn text(&self) -> String {
        let to_review = self.to_review();
        if self.rows.is_empty() {
            return format!("No mandate waits.{to_review}");
        }
        let outcomes = self.rows.iter().map(|row| {
            [
                row.region.to_string(),
                row.mandate.to_string(),
                in_words(&row.mandate, &row.outcome),
            ]
        });
        let mut text = table(["agent", "mandate", "outcome"], outcomes);
        for failure in self.rows.iter().flat_map(|row| &row.here) {
            let _ = match failure.number {
                0 => write!(text, "\nNot written down: {}", failure.why),
                number => write!(text, "\nNumber {number}: {}", failure.why),
            };
        }
        text + &to_review
    }
}

/// Carries out the mandates that wait.
fn run(context: &Context, which: &Which) -> Result<(), Failure> {
    let (at, output) = (&context.place, &context.output);
    let files = which.files(at)?;
    for file in &files {
        note_where_no_desk_is(context, file);
    }
    // From a timer, nobody sits there.
    let kept = journal::is_the_output();
    let as_said: fn(AgentError) -> anyhow::Error = match kept {
        true => journal::error,
        false => hinted,
    };
    if kept {
        journal::keep_out_of_panics();
    }
    shut_in::shut_in(context, &files, shut_in::Say::WhatIsMissing).map_err(as_said)?;
    let (mut ran, mut failed) = (Ran::default(), None);
    for file in files {
        // An agent that cannot work stops no other.
        let done = reach::open(&file).and_then(|agent| run_one(&agent, &mut ran));
        if let Err(error) = done
            && let Some(before) = failed.replace(error)
        {
            context.note(&as_said(before).to_string());
        }
    }
    let refused = ran.rows.iter().any(|row| {
        let not_done = matches!(
            row.outcome,
            MandateOutcome::Refused(_) | MandateOutcome::Unanswered(_)
        );
        // It lies there until the desk decides anew: nobody has to look after it here.
        not_done && !row.outcome.is_recalled()
    });
    let nothing = ran.rows.is_empty() && failed.is_some();
    match kept {
        true => journal::note(&ran)
            .iter()
            .for_each(|note| context.note(note)),
        false => ran.notes.iter().for_each(|note| context.note(note)),
    }
    let json = match kept {
        true => journal::json(&ran),
        false => ran.json(),
    };
    output.show(&json, || match (nothing, kept) {
        (true, _) => String::new(),
        (false, true) => journal::text(&ran),
        (false, false) => ran.text(),
    })?;
    match failed {
        Some(error) => Err(as_said(error).into()),
        None if refused => Err(Failure::Refused),
        None => Ok(()),
    }
}

/// A directory that is not there is one in which nothing waits, and the agent makes it: a slip of the pen would never be
/// seen.
fn note_where_no_desk_is(context: &Context, file: &Path) {
    if let Ok(config) = AgentConfig::load(file)
        && let Elsewhere::Directory(desk) = &config.desk
        && (desk.symlink_metadata()).is_err_and(|why| why.kind() == ErrorKind::NotFound)
    {
        context.note(&format!(
            "{}: `desk`: the directory {} is not there, so that nothing waits in it; it will be made. It has to be the one that desk.toml names as `exchange` for the region {}",
            file.display(),
            desk.display(),
            config.region
        ));
    }
}

/// What went wrong, and which command helps.
fn hinted(error: AgentError) -> anyhow::Error {
    let command = match &error {
        AgentError::NoRecord(_) => "lagrum agent begin",
        AgentError::RecordLost(_)
        | AgentError::RecordNotMarked(_)
        | AgentError::RecordOlder(_)
        | AgentError::RecordThere(_)
        | AgentError::ClockBehind { .. } => "lagrum agent begin --again",
        _ => return error.into(),
    };
    anyhow!("{error} (`{command}`)")
}

/// Carries out what waits for one agent.
fn run_one(agent: &lagrum_agent::Agent, ran: &mut Ran) -> Result<(), AgentError> {
    let spinner = spinner(&format!("{}: looking for mandates", agent.region()));
    let outcomes = agent.run(&now, &mut OsRng, &mut |progress| match progress {
        Progress::Searching {
            mandate,
            source,
            orders,
            place: (number, all),
        } => {
            spinner.set_message(format!(
                "{mandate}: searching {source}, {number} of {all} ({orders} searches)"
            ));
        }
        Progress::Sealing { mandate } => {
            spinner.set_message(format!("{mandate}: checking and sealing"));
        }
    });
    spinner.finish_and_clear();
    let failures = agent.failures();
    for (mandate, outcome) in outcomes? {
        match &outcome {
            MandateOutcome::Produced(_)
            | MandateOutcome::LookedUp(_)
            | MandateOutcome::Told(_)
            | MandateOutcome::Preserved(_) => {
                Happening::MandateCarriedOut.tell(Facts::default());
            }
            recalled if recalled.is_recalled() => {}
            MandateOutcome::Refused(refusal) => Happening::MandateRefused.tell(Facts {
                code: Some(refusal.code.as_str()),
                ..Facts::default()
            }),
            MandateOutcome::AlreadyProduced | MandateOutcome::Unanswered(_) => {}
        }
        let here = failures
            .iter()
            .filter(|one| one.mandate == mandate.as_str());
        ran.rows.push(Row {
            region: agent.region().clone(),
            here: here.cloned().collect(),
            mandate,
            outcome,
        });
    }
    if let Some(why) = agent.not_told() {
        ran.notes.push(format!(
            "{}: the desk was not told that this agent is at work, for not all of that could be counted or sent: {why}",
            agent.region()
        ));
    }
    let to_review = agent.waits_for_counsel()?;
    if to_review.items > 0 {
        Happening::WaitsForCounsel.tell(Facts {
            count: Some(to_review.items),
            ..Facts::default()
        });
        ran.waits.push((agent.region().clone(), to_review));
    }
    Ok(())
}

fn in_words(mandate: &Stem, outcome: &MandateOutcome) -> String {
    match outcome {
        MandateOutcome::Produced(receipt) if receipt.for_review > 0 => format!(
            "produced {} items; {} withheld, which counsel has to look at (`lagrum agent review`)",
            receipt.produced, receipt.for_review
        ),
        MandateOutcome::Produced(receipt) if receipt.produced == 0 => {
            "produced: no data".to_owned()
        }
        MandateOutcome::Produced(receipt) if receipt.produced == 1 => {
            "produced one item".to_owned()
        }
        MandateOutcome::Produced(receipt) => format!("produced {} items", receipt.produced),
        MandateOutcome::LookedUp(found) => {
            let known = found.found.iter().filter(|one| one.account.is_some());
            format!(
                "looked up {}, of which {} named one account; the desk is told",
                found.found.len(),
                known.count()
            )
        }
        MandateOutcome::Preserved(said) => match &said.kept.ended {
            None => format!(
                "preserved {} items until {}, and {} without a certain date; nothing leaves, and the desk is told",
                said.kept.items, said.kept.until, said.kept.for_review
            ),
            Some(_) => "erased what was preserved; the desk is told".to_owned(),
        },
        MandateOutcome::Told(told) => format!(
            "told the desk what is known of {} accounts; no content",
            told.accounts.len()
        ),
        MandateOutcome::AlreadyProduced => "carried out before".to_owned(),
        MandateOutcome::Refused(refusal) => {
            let became = match outcome.is_recalled() {
                true => "not carried out",
                false => "refused",
            };
            match mandate.case() {
                Some(case) => format!("{became}: {}", by_agent(&case, &refusal.why)),
                None => format!("{became}: {}", refusal.why),
            }
        }
        MandateOutcome::Unanswered(why) => format!("waits: {why}"),
    }
}

fn all(agents: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(agents).with_context(|| {
        format!(
            "there are no agents in {}; --dir or --config names another place",
            agents.display()
        )
    })?;
    let mut files = Vec::new();
    for entry in entries {
        let file = entry?.path().join("agent.toml");
        if file.exists() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(anyhow!("there are no agents in {}", agents.display()));
    }
    Ok(files)
}

/// Shows on a terminal that work goes on.
pub fn spinner(message: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    let spinner = ProgressBar::new_spinner()
        .with_style(style)
        .with_message(message.to_owned());
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}
