//! How an agent reaches what lies at an address: the exchange, and the public log.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use lagrum_agent::{
    Agent, AgentConfig, AgentError, Elsewhere, LogDoubt, RenewLog, Reviewing, Ways,
};
use lagrum_exchange::{AgentParts, HttpsAgent};
use lagrum_log::{CheckpointPolicy, MirrorError, mirror};
use lagrum_notes::SigningKey;
use lagrum_public::Https;
use rand_core::OsRng;

use crate::commands::log::keep_evidence;
use crate::context::now;

/// Opens an agent, wherever its desk and its log are.
pub fn open(file: &Path) -> Result<Agent, AgentError> {
    open_ending_with(file, &Arc::default())
}

/// The same of one that ends soon once `stops` is set.
pub fn open_ending_with(file: &Path, stops: &Arc<AtomicBool>) -> Result<Agent, AgentError> {
    let agent = Agent::open_over(file, |config| ways(file, config, stops))?;
    Ok(agent.ending_with(Arc::clone(stops)))
}

/// The same for counsel alone, without its accounts and stores.
pub fn open_to_review(file: &Path) -> Result<Reviewing, AgentError> {
    Reviewing::open_over(file, |config| ways(file, config, &Arc::default()))
}

fn ways(file: &Path, config: &AgentConfig, stops: &Arc<AtomicBool>) -> Result<Ways, AgentError> {
    let desk = exchange(file, config)?;
    let ending = |end: HttpsAgent| Box::new(end.ending_with(Arc::clone(stops))) as _;
    Ok(Ways {
        desk: desk.map(ending),
        log: renewal(file, config)?,
    })
}

/// The way to the exchange; `None`, if the desk is reached over a directory.
pub fn exchange(file: &Path, config: &AgentConfig) -> Result<Option<HttpsAgent>, AgentError> {
    let Elsewhere::Address(address) = &config.desk else {
        return Ok(None);
    };
    let key = lagrum_durable::read_secret(&config.key)?;
    let key = SigningKey::from_secret(&key).map_err(|why| wrong(&config.key, why.to_string()))?;
    let parts = AgentParts {
        address: address.clone(),
        certificates: certificates(config)?,
        region: config.region.clone(),
        key,
        clock: Box::new(now),
        random: Box::new(OsRng),
    };
    let end = HttpsAgent::new(parts).map_err(|why| wrong(file, format!("desk: {why}")))?;
    Ok(Some(end))
}

/// Keeps the copy of the public log up to date; `None`, if it lies in a directory.
fn renewal(file: &Path, config: &AgentConfig) -> Result<Option<RenewLog>, AgentError> {
    let Elsewhere::Address(address) = &config.log else {
        return Ok(None);
    };
    let policy = lagrum_durable::read_settings(&config.log_policy)?;
    let policy = CheckpointPolicy::parse(&policy)
        .map_err(|why| wrong(&config.log_policy, why.to_string()))?
        .with_former(config.former_logs.clone())
        .map_err(|why| wrong(file, format!("former_log: {why}")))?;
    let (address, directory) = (address.clone(), config.log_directory());
    let certificates = certificates(config)?;
    Ok(Some(Box::new(move || {
        let mut from = Https::below(&address).vouched_for(certificates.clone());
        match mirror(&directory, &policy, &mut from) {
            Ok(_) => Ok(()),
            Err(error @ MirrorError::Forked(_)) => {
                let told = LogDoubt::Forked(error.to_string());
                if let MirrorError::Forked(fork) = error {
                    keep_evidence(&directory, &fork)
                        .map_err(|why| LogDoubt::Forked(format!("{told}; {why}")))?;
                }
                Err(told)
            }
            Err(error) => Err(LogDoubt::NotCopied(error.to_string())),
        }
    })))
}

fn certificates(config: &AgentConfig) -> Result<Vec<u8>, AgentError> {
    match &config.certificates {
        Some(file) => Ok(lagrum_durable::read_settings(file)?.into_bytes()),
        None => Ok(Vec::new()),
    }
}

fn wrong(file: &Path, why: String) -> AgentError {
    AgentError::Config {
        file: file.display().to_string(),
        why,
    }
}
