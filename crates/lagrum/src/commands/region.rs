//! `lagrum desk region add`

use anyhow::anyhow;
use lagrum_package::TrustedAgent;
use lagrum_setup::{NewRegion, add_region};
use rand_core::OsRng;
use serde_json::json;

use crate::commands::agent::begin_record;
use crate::commands::setup::{region, service};
use crate::context::Context;
use crate::output::Failure;

/// Add a region, with its agent
#[derive(clap::Subcommand)]
pub enum RegionCommand {
    Add(Add),
}

/// Add a region: its agent with a key of its own, its place, and the exchange with it
#[derive(clap::Args)]
pub struct Add {
    /// The region and its country, for example oslo=NO
    #[arg(value_name = "REGION=COUNTRY")]
    region: String,
    /// Which service its data is of: internet-access, number-based, number-independent or other
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
}

impl RegionCommand {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Add(it) => it.run(context),
        }
    }
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let (region, country) = region("REGION=COUNTRY", &self.region)?;
        let service = self.service.as_deref().map(service).transpose()?;
        let count_cards = context.at_desk(|session| {
            session.may_change_setup()?;
            Ok(!session.log_schedule()?.rules().is_empty())
        })?;
        let new = NewRegion {
            region: &region,
            country: &country,
            service,
            count_cards,
        };
        let added = add_region(&context.place, &new, &mut OsRng)?;
        let directory = context.place.agents().join(region.as_str());
        // One that was cut off after this has begun its record already.
        let begun = begin_record(&directory.join("agent.toml"), false);
        if let Err(why) = &begun {
            context.note(&format!("the record of the agent is not begun: {why}"));
        }
        let agent = &added.agent;
        let json = json!({
            "region": region, "key": agent.key.to_string(), "directory": directory,
            "like": added.like, "record_begun": begun.is_ok(),
        });
        let table = toml::to_string(&TrustedAgent {
            region: region.clone(),
            key: agent.key.clone(),
        })
        .map_err(|e| anyhow!(e))?;
        let like = match &added.like {
            Some(other) => format!("the roster, the recipients and the log's policy of the agent of {other}"),
            None => "the desk's roster, the recipients of trust.toml and the log's policy of the desk, since no other agent lies here".to_owned(),
        };
        context.output.show(&json, || {
            let trust = context.place.trust();
            format!(
                "The region {region} is added: to desk.toml, directory.toml and trust.toml. Its agent lies in {}. It got {like}.\n\
                 Next, in this order:\n\
                 1. Publish {}, and give it to those who verify packages. It has one more agent:\n\n[[agent]]\n{table}\n\
                 2. Whoever operates the agent reads its roster.toml, recipients.toml and log.policy, and names its accounts and\n\
                 \x20  stores in agent.toml.\n\
                 3. If it runs on a host of its own: move the directory there, with agent.key and state, keep no copy, and say in its\n\
                 \x20  agent.toml where the log and the exchange are.\n\
                 4. Say in directory.toml which accounts have data there.",
                directory.display(),
                trust.display()
            )
        })
    }
}
