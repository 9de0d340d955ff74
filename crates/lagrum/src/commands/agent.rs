//! `lagrum agent run`

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use indicatif::{ProgressBar, ProgressStyle};
use lagrum_agent::{MandateOutcome, Progress};
use lagrum_model::Region;
use lagrum_telemetry::{Facts, Happening};

use crate::context::{Context, now};
use crate::output::{Failure, table};

/// The data side
#[derive(clap::Subcommand)]
pub enum Agent {
    /// Carry out the mandates that wait, and end
    Run(Run),
}

/// Carry out the mandates that wait, and end
#[derive(clap::Args)]
pub struct Run {
    /// Only this region; all of --dir if left out
    #[arg(long, value_name = "REGION", value_parser = Region::parse)]
    region: Option<Region>,
    /// The agent's configuration, if it is elsewhere
    #[arg(long, value_name = "FILE", conflicts_with = "region")]
    config: Option<PathBuf>,
}

impl Agent {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let Self::Run(Run { region, config }) = self;
        run(context, region.as_ref(), config.as_deref())
    }
}

/// Carries out the mandates that wait.
fn run(context: &Context, region: Option<&Region>, config: Option<&Path>) -> Result<(), Failure> {
    let (at, output) = (&context.place, &context.output);
    let files: Vec<PathBuf> = match (config, region) {
        (Some(file), _) => vec![file.to_owned()],
        (None, Some(region)) => {
            let file = at.agents().join(region.as_str()).join("agent.toml");
            if !file.exists() {
                return Err(anyhow!(
                    "there is no agent {region} in {}; --dir or --config names another place",
                    at.agents().display()
                )
                .into());
            }
            vec![file]
        }
        (None, None) => all(&at.agents())?,
    };
    let mut rows = Vec::new();
    let mut refused = false;
    for file in files {
        let agent = lagrum_agent::Agent::open(&file)?;
        let spinner = spinner(&format!("{}: looking for mandates", agent.region()));
        let outcomes = agent.run(&now, &mut |progress| match progress {
            Progress::Searching {
                mandate,
                source,
                orders,
            } => {
                spinner.set_message(format!("{mandate}: searching {source} ({orders} searches)"));
            }
            Progress::Sealing { mandate } => {
                spinner.set_message(format!("{mandate}: checking and sealing"));
            }
        })?;
        spinner.finish_and_clear();
        for (mandate, outcome) in outcomes {
            refused |= matches!(outcome, MandateOutcome::Refused(_));
            match &outcome {
                MandateOutcome::Produced(_) => {
                    Happening::MandateCarriedOut.tell(Facts::default());
                }
                MandateOutcome::Refused(refusal) => Happening::MandateRefused.tell(Facts {
                    code: Some(refusal.code.as_str()),
                    ..Facts::default()
                }),
                MandateOutcome::AlreadyProduced => {}
            }
            rows.push((agent.region().clone(), mandate, outcome));
        }
    }
    let json: Vec<_> = rows
        .iter()
        .map(|(region, mandate, outcome)| {
            let outcome = match outcome {
                MandateOutcome::Produced(receipt) => serde_json::json!({"produced": receipt}),
                MandateOutcome::AlreadyProduced => serde_json::json!("already produced"),
                MandateOutcome::Refused(refusal) => {
                    serde_json::json!({"refused": refusal.why, "code": refusal.code})
                }
            };
            serde_json::json!({"region": region, "mandate": mandate.as_str(), "outcome": outcome})
        })
        .collect();
    output.show(&json, || {
        if rows.is_empty() {
            return "No mandate waits.".to_owned();
        }
        let rows = rows.iter().map(|(region, mandate, outcome)| {
            [region.to_string(), mandate.to_string(), in_words(outcome)]
        });
        table(["agent", "mandate", "outcome"], rows)
    })?;
    if refused {
        Err(Failure::Refused)
    } else {
        Ok(())
    }
}

fn in_words(outcome: &MandateOutcome) -> String {
    match outcome {
        MandateOutcome::Produced(receipt) if receipt.for_review > 0 => format!(
            "produced {} items; {} withheld, their dates cannot be established (state/review)",
            receipt.produced, receipt.for_review
        ),
        MandateOutcome::Produced(receipt) if receipt.produced == 0 => {
            "produced: no data".to_owned()
        }
        MandateOutcome::Produced(receipt) if receipt.produced == 1 => {
            "produced one item".to_owned()
        }
        MandateOutcome::Produced(receipt) => format!("produced {} items", receipt.produced),
        MandateOutcome::AlreadyProduced => "carried out before".to_owned(),
        MandateOutcome::Refused(refusal) => format!("refused: {}", refusal.why),
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
