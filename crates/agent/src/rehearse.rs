//! What the stores would do for a search, before there is a mandate.

use std::path::Path;

use lagrum_source::{Rehearsed, SourceError};

use crate::agent::open_sources;
use crate::{AgentConfig, AgentError};

/// What one source would do for a search.
#[derive(Debug)]
pub struct RehearsedSource {
    /// Its name in the configuration.
    pub id: String,
    /// Its kind, as the configuration writes it.
    pub kind: &'static str,
    /// Each part of a search, if there is more to say than that the store is there; or why it cannot be searched.
    pub parts: Result<Vec<Rehearsed>, SourceError>,
}

/// Asks each source of the configuration in `file` what it would do. Nothing of any account is read, and nothing is
/// written.
///
/// # Errors
/// When the configuration is wrong. What one source says stops no other.
pub fn rehearse(file: &Path) -> Result<Vec<RehearsedSource>, AgentError> {
    let config = AgentConfig::load(file)?;
    let sources = open_sources(file, &config)?;
    let each = sources.iter().map(|source| RehearsedSource {
        id: source.about().id.clone(),
        kind: source.about().kind,
        parts: source.rehearse(),
    });
    Ok(each.collect())
}
