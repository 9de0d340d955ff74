//! `lagrum log verify`, `lagrum log proof`

use std::path::Path;

use anyhow::anyhow;
use lagrum_log::LogReader;
use lagrum_model::CaseId;
use lagrum_notes::VerifyingKey;

use crate::commands::{Place, load_trust};
use crate::output::{Failure, Output};

/// Reads the whole log again.
pub fn verify(
    at: &Place,
    log: Option<&Path>,
    key: Option<&str>,
    output: &Output,
) -> Result<(), Failure> {
    let key = match key {
        Some(text) => VerifyingKey::parse(text)?,
        None => {
            load_trust(at, None)?
                .ok_or_else(|| {
                    anyhow!(
                        "{} is not there; give --log and --key, or --dir",
                        at.trust().display()
                    )
                })?
                .log
        }
    };
    let directory = log.map_or_else(|| at.log(), Path::to_owned);
    let reader = LogReader::open(&directory, key.clone());
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
             Checked: the checkpoint's signature, {} entry bundles, {} tiles.",
            key.name(),
            whole.head.size,
            whole.head.root.to_base64(),
            whole.bundles,
            whole.tiles
        )
    })
}

/// Proves that an event is in the log.
pub fn proof(at: &Place, case: &CaseId, event: u64, output: &Output) -> Result<(), Failure> {
    let desk = at.open_desk()?;
    let (_, events) = desk.case(case)?;
    if !events.iter().any(|known| known.number == event) {
        return Err(anyhow!(
            "case {case} has no event {event}; `lagrum case {case}` numbers them, 1 to {}",
            events.len()
        )
        .into());
    }
    let proof = desk.proof(case, event)?;
    let json = serde_json::json!({
        "case": case, "event": event, "index": proof.inclusion().index(),
        "proof": proof.to_string(),
    });
    output.show(&json, || proof.to_string())
}
