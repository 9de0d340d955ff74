//! Copies of the demo's provider, in which something is tried that its own desk is not to keep.

use std::fs;
use std::path::Path;

use anyhow::Context;
use lagrum_durable::private_directory;

/// The files of an agent's stores, as its settings name them.
const STORES: [&str; 4] = [
    "mail",
    "subscribers.sqlite",
    "logins.jsonl.gz",
    "logins.jsonl.zst",
];

/// Copies a directory with all that is in it.
pub fn copy_all(from: &Path, to: &Path) -> anyhow::Result<()> {
    private_directory(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// Copies an agent's own files from the provider at `from` to the one at `to`, beside it or below it, but not its stores: those
/// stay where they are.
pub fn copy_agent(from: &Path, to: &Path, region: &str) -> anyhow::Result<()> {
    let own = from.join("agents").join(region);
    let copy = to.join("agents").join(region);
    fs::create_dir_all(&copy)?;
    copy_all(&own.join("state"), &copy.join("state"))?;
    for entry in fs::read_dir(&own)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if [".toml", ".key", ".mark", ".policy"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            fs::copy(entry.path(), copy.join(&*name))?;
        }
    }
    let config = copy.join("agent.toml");
    let mut text = fs::read_to_string(&config)?;
    for store in STORES {
        let there = format!("\"../../../agents/{region}/{store}\"");
        text = text.replace(&format!("\"{store}\""), &there);
        // A source's own id is not a path.
        text = text.replace(&format!("id = {there}"), &format!("id = \"{store}\""));
    }
    fs::write(&config, text)?;
    Ok(())
}
