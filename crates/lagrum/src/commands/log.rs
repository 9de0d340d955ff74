//! `lagrum log verify`, `lagrum log proof`

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use lagrum_log::{CheckpointPolicy, LogReader};
use lagrum_model::CaseId;
use lagrum_notes::VerifyingKey;

use crate::context::{Context, load_trust};
use crate::output::Failure;

/// The public log
#[derive(clap::Subcommand)]
pub enum Log {
    /// Read the whole log again, and check every hash and the signature
    Verify {
        /// The log's directory; that of --dir if left out
        #[arg(long, value_name = "DIR", requires = "key")]
        log: Option<PathBuf>,
        /// The log's public key (name+id+base64); from the trust file if left out
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Prove that an event of a case is in the log; the proof holds the event itself
    Proof {
        /// The case
        #[arg(value_parser = CaseId::parse)]
        case: CaseId,
        /// The number of the event (`lagrum case`)
        event: u64,
    },
}

impl Log {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Verify { log, key } => verify(context, log.as_deref(), key.as_deref()),
            Self::Proof { case, event } => proof(context, &case, event),
        }
    }
}

/// Reads the whole log again.
fn verify(context: &Context, log: Option<&Path>, key: Option<&str>) -> Result<(), Failure> {
    let (at, output) = (&context.place, &context.output);
    let policy = match key {
        Some(text) => CheckpointPolicy::of_log(VerifyingKey::parse(text)?),
        None => load_trust(at, None)?
            .ok_or_else(|| {
                anyhow!(
                    "{} is not there; give --log and --key, or --dir",
                    at.trust().display()
                )
            })?
            .policy()
            .map_err(|why| anyhow!(why))?,
    };
    let key = policy.log();
    let directory = log.map_or_else(|| at.log(), Path::to_owned);
    let reader = LogReader::of(&directory, &policy);
    let whole = reader
        .verify_all()
        .map_err(|e| Failure::NotGenuine(e.into()))?;
    let json = serde_json::json!({
        "log": directory, "origin": key.name(), "entries": whole.head.size,
        "root": whole.head.root.to_base64(), "tiles": whole.tiles, "bundles": whole.bundles,
    });
    output.show(&json, || {
        format!(
            "The log {} is whole: {} entries, root {}.\n\
             Checked: the checkpoint's signature; entry bundles: {}; tiles: {}.",
            key.name(),
            whole.head.size,
            whole.head.root.to_base64(),
            whole.bundles,
            whole.tiles
        )
    })
}

/// Proves that an event is in the log.
fn proof(context: &Context, case: &CaseId, event: u64) -> Result<(), Failure> {
    context.at_desk(|session| {
        let proof = session.proof(case, event)?.ok_or_else(|| {
            anyhow!("event {event} of case {case} is recorded, and not yet in the public log; `lagrum settle` brings it there")
        })?;
        let json = serde_json::json!({
            "case": case, "event": event, "index": proof.inclusion().index(),
            "proof": proof.to_string(),
        });
        context.output.show(&json, || proof.to_string())
    })
}
