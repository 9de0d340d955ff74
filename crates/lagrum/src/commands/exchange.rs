//! `lagrum exchange`

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use lagrum_desk::DeskConfig;
use lagrum_documents::{Phrases, Zone, fingerprint_of};
use lagrum_exchange::{
    Exchange as Exchanging, ExchangeSettings, RegionSettings, invite, make_places, pages,
};
use lagrum_model::{Language, Region};
use lagrum_serving::serve;
use lagrum_telemetry::{Facts, Happening};
use rand_core::OsRng;

use crate::commands::witness::At;
use crate::context::{Context, note, now};
use crate::output::{Failure, table};

/// The exchange that agents on other machines reach
#[derive(clap::Subcommand)]
pub enum Exchange {
    New(New),
    Serve(Serve),
    Invite(Invite),
    Agents(Agents),
}

/// Which exchange.
#[derive(clap::Args)]
struct Which {
    /// Its settings; exchange.toml of --dir if left out
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Which {
    fn file(self, context: &Context) -> PathBuf {
        let own = || context.place.dir().join("exchange.toml");
        self.config.unwrap_or_else(own)
    }
}

/// Write exchange.toml: the regions of desk.toml, with their directories and agents
#[derive(clap::Args)]
pub struct New {
    /// Under which address agents reach it: https://HOST, or http://localhost:PORT to try it out
    #[arg(long, value_name = "ADDRESS")]
    origin: String,
    #[command(flatten)]
    which: Which,
}

/// Answer agents, until the process ends
#[derive(clap::Args)]
pub struct Serve {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    at: At,
}

/// Make a token with which the agent of a region comes in once
#[derive(clap::Args)]
pub struct Invite {
    /// The region
    #[arg(value_parser = Region::parse)]
    region: Region,
    #[command(flatten)]
    which: Which,
}

/// List the agents that may come in, each with the words of its key's fingerprint
#[derive(clap::Args)]
pub struct Agents {
    #[command(flatten)]
    which: Which,
}

impl Exchange {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::New(New { origin, which }) => new(context, &origin, which),
            Self::Serve(Serve { which, at }) => answer(context, which, at),
            Self::Invite(Invite { region, which }) => let_in(context, &region, which),
            Self::Agents(Agents { which }) => agents(context, which),
        }
    }
}

#[derive(serde::Serialize)]
struct Written<'a> {
    origin: &'a str,
    region: Vec<WrittenRegion<'a>>,
}

#[derive(serde::Serialize)]
struct WrittenRegion<'a> {
    region: &'a Region,
    directory: PathBuf,
    agent: String,
}

fn new(context: &Context, origin: &str, which: Which) -> Result<(), Failure> {
    let file = which.file(context);
    let desk = DeskConfig::load(&context.place.desk_file())?;
    let region = desk.agents.iter().map(|agent| {
        Ok(WrittenRegion {
            region: &agent.region,
            directory: std::path::absolute(&agent.exchange)?,
            agent: agent.key.to_string(),
        })
    });
    let written = Written {
        origin,
        region: region.collect::<std::io::Result<_>>()?,
    };
    // A server that may write nothing else of the machine cannot make them itself.
    make_places(&file)?;
    for one in &written.region {
        lagrum_durable::private_directory(&one.directory)?;
    }
    if file.symlink_metadata().is_ok() {
        return there_already(context, &file, &written);
    }
    lagrum_durable::private_file(&file, toml::to_string(&written)?.as_bytes())?;
    // What could not be served does not stay.
    if let Err(wrong) = ExchangeSettings::read(&file) {
        lagrum_durable::remove(&file)?;
        return Err(anyhow!(wrong).into());
    }
    let json = serde_json::json!({"settings": file, "regions": desk.agents.len()});
    context.output.show(&json, || {
        format!(
            "{} is written. Next: lagrum exchange serve; and in each agent.toml: desk = \"{origin}\"",
            file.display()
        )
    })
}

/// Settings that lie there are not written over: they may say more than the desk knows. What they lack is shown.
fn there_already(context: &Context, file: &Path, wanted: &Written<'_>) -> Result<(), Failure> {
    let lies = ExchangeSettings::read(file)?;
    let mut lacking = String::new();
    if lies.origin != wanted.origin {
        let _ = write!(
            lacking,
            "\norigin = \"{}\"   # it has {}",
            wanted.origin, lies.origin
        );
    }
    for one in &wanted.region {
        // Which of two keys counts is no question of what stands in a file.
        let other = lies.regions.iter().find(|lies| lies.region == *one.region);
        let other = other.and_then(|lies| lies.agent.as_ref());
        if let Some(other) = other
            .map(ToString::to_string)
            .filter(|other| *other != one.agent)
        {
            return Err(anyhow!(
                "{}: the agent of the region {} has the key {other} at the exchange, and {} in desk.toml. Ask the people there which is \
                 theirs, and write it where the other stands: in desk.toml; or in {}, and where it came in with a token take the file \
                 `enrolled/{}` beside it out",
                file.display(),
                one.region,
                one.agent,
                file.display(),
                one.region
            )
            .into());
        }
        let same = |other: &RegionSettings| {
            let key = other.agent.as_ref().map(ToString::to_string);
            let directory = std::path::absolute(&other.directory).ok();
            other.region == *one.region
                && key.as_ref() == Some(&one.agent)
                && directory.as_ref() == Some(&one.directory)
        };
        if !lies.regions.iter().any(same) {
            let _ = write!(lacking, "\n[[region]]\n{}", toml::to_string(one)?);
        }
    }
    if !lacking.is_empty() {
        return Err(anyhow!(
            "{} is there already, and is not written over. Edit it: where it says otherwise for the origin or for a region, \
             replace that; add what is missing. An exchange that runs reads it anew. It has to say:\n{lacking}",
            file.display()
        )
        .into());
    }
    let json = serde_json::json!({"settings": file, "regions": lies.regions.len()});
    context.output.show(&json, || {
        let mut said = format!(
            "{} is there already, and says what desk.toml says: nothing was changed.",
            file.display()
        );
        let known = |lies: &&RegionSettings| wanted.region.iter().all(|one| *one.region != lies.region);
        for more in lies.regions.iter().filter(known) {
            let _ = write!(
                said,
                "\nIt has the region {} too, which desk.toml has not; take it out there if it is no more.",
                more.region
            );
        }
        said
    })
}

fn answer(context: &Context, which: Which, at: At) -> Result<(), Failure> {
    let exchange = Exchanging::open(which.file(context), now, &mut OsRng)?.telling(|why| {
        note(&format!("an agent with a token could not be let in: {why}"));
        Happening::HeldUp.tell(Facts {
            code: Some("not-let-in"),
            ..Facts::default()
        });
    });
    let ((regions, agents), listen) = (exchange.size(), at.listen);
    let said = |listening: SocketAddr| {
        let json = serde_json::json!({
            "listening": listening, "regions": regions, "agents": agents,
        });
        // Nobody reads it: then it serves all the same.
        let _ = context.output.show(&json, || {
            format!(
                "The exchange answers on {listening}: {regions} regions, {agents} agents. Stop it with Ctrl+C."
            )
        });
    };
    serve(pages(exchange), listen, at.tls()?, said)?;
    Ok(())
}

fn let_in(context: &Context, region: &Region, which: Which) -> Result<(), Failure> {
    let made = invite(&which.file(context), region, now(), &mut OsRng)?;
    let json = serde_json::json!({"region": region, "token": made.token, "until": made.until});
    context.output.show(&json, || {
        let until = Phrases::of(Language::English).instant(made.until, &Zone::utc());
        format!(
            "{}\nIt works once, until {until}. On the agent's host: lagrum agent enrol --config agent.toml --token TOKEN\n\
             Whoever has it comes in as the agent of {region}: give it to nobody else.",
            made.token
        )
    })
}

fn agents(context: &Context, which: Which) -> Result<(), Failure> {
    let settings = ExchangeSettings::read(&which.file(context))?;
    let all = settings.regions.iter().flat_map(|one| {
        let keys = one.agent.iter().map(ToString::to_string);
        keys.map(|key| [one.region.to_string(), fingerprint_of(&key), key])
    });
    let all: Vec<[String; 3]> = all.collect();
    let json: Vec<_> = all
        .iter()
        .map(|[region, words, key]| serde_json::json!({"region": region, "words": words, "key": key}))
        .collect();
    context
        .output
        .show(&json, || table(["region", "fingerprint", "key"], all))
}
