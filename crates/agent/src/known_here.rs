//! Which accounts that the desk lists are known here: asked where desk and agent lie on one machine.

use std::path::Path;

use lagrum_durable::private_directory;
use lagrum_model::{Category, EmailAddress};

use crate::accounts::Accounts;
use crate::agent::open_sources;
use crate::{AgentConfig, AgentError};

/// Which of these accounts the agent whose configuration is `file` does not know with its facts, or has no
/// place for that is there in a source in files that serves one of the categories it is listed with and is not said to
/// have nothing of it. No store is searched, and no mandate is looked at; its index of accounts is made anew if a
/// list changed.
///
/// # Errors
/// When its configuration or its lists cannot be used as they are written down.
pub fn unknown_accounts(
    file: &Path,
    accounts: &[(EmailAddress, Vec<Category>)],
) -> Result<Vec<EmailAddress>, AgentError> {
    let config = AgentConfig::load(file)?;
    let sources = open_sources(file, &config)?;
    private_directory(&config.state)?;
    let known = Accounts::open(&config, &sources)?;
    let mut unknown = Vec::new();
    for (address, categories) in accounts {
        if !known.has(address, categories)? {
            unknown.push(address.clone());
        }
    }
    Ok(unknown)
}
