//! The operating log (`docs/logging.md`): where what is told goes, and what a command tells.

use std::time::Duration;

use anyhow::anyhow;
use lagrum_desk::CommandError;
use lagrum_telemetry::{Facts, Happening, TARGET};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;

use crate::output::Failure;

/// Writes what is told to the error stream, from the level that `LAGRUM_LOG` names; without it
/// nothing is written. Only events of the closed list pass, so no library can say more.
pub fn start() -> Result<(), Failure> {
    let wanted = std::env::var("LAGRUM_LOG").unwrap_or_default();
    if wanted.is_empty() {
        return Ok(());
    }
    let level: LevelFilter = wanted.parse().map_err(|_| {
        anyhow!("LAGRUM_LOG={wanted}: write error, warn, info, debug, trace or off")
    })?;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false);
    let registry = tracing_subscriber::registry()
        .with(Targets::new().with_target(TARGET, level))
        .with(lines);
    Ok(tracing::subscriber::set_global_default(registry)?)
}

/// Tells how a command ended.
pub fn ended(command: &'static str, took: Duration, result: &Result<(), Failure>) {
    let happening = match result {
        Ok(()) => Happening::CommandDone,
        Err(Failure::NotGenuine(_) | Failure::NotInOrder) => Happening::CheckFailed,
        Err(Failure::Failed(_) | Failure::Refused) => Happening::CommandFailed,
    };
    if let Err(Failure::Failed(error)) = result
        && let Some(CommandError::NotAllowed(refused)) = error.downcast_ref()
    {
        Happening::NotAllowed.tell(Facts {
            code: Some(refused.action.as_str()),
            ..Facts::default()
        });
    }
    happening.tell(Facts {
        code: Some(command),
        ms: Some(milliseconds(took)),
        ..Facts::default()
    });
}

/// A duration as it is told.
pub fn milliseconds(took: Duration) -> u64 {
    took.as_millis().try_into().unwrap_or(u64::MAX)
}
