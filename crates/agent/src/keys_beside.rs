//! The keys that an agent makes beside its own.

use std::path::Path;

use crate::AgentError;

/// The key to which copies of what is withheld are sealed: beside the agent's own, made when it is
/// first needed, so that a copy of the agent's state opens none of them.
pub(crate) fn copies_key(key: &Path) -> Result<age::x25519::Identity, AgentError> {
    key_beside(key, "withheld")
}

/// A key of this name beside the agent's own.
pub(crate) fn key_beside(key: &Path, name: &str) -> Result<age::x25519::Identity, AgentError> {
    use age::secrecy::ExposeSecret;
    let file = key.with_extension(name);
    if !file.exists() {
        let fresh = age::x25519::Identity::generate().to_string();
        lagrum_durable::private_file(&file, format!("{}\n", fresh.expose_secret()).as_bytes())?;
    }
    let text = lagrum_durable::read_secret(&file)?;
    text.trim_end()
        .parse()
        .map_err(|why: &str| AgentError::Config {
            file: file.display().to_string(),
            why: why.to_owned(),
        })
}
