use std::path::Path;

use lagrum_mandate::{KnownRecipient, Recipients, Roster, recipient_from_note};

use crate::config::text_of;
use crate::{AgentConfig, AgentError};

/// Makes a recipient known to the agent whose configuration is `file`: what two people of its own
/// roster signed in `note`. A recipient that is known already changes nothing.
///
/// # Errors
/// When the note is not signed as a mandate has to be, says something else, or a file cannot be used.
pub fn pin_recipient(file: &Path, note: &[u8]) -> Result<KnownRecipient, AgentError> {
    let config = AgentConfig::load(file)?;
    let fault = |file: &Path, why: String| AgentError::Config {
        file: file.display().to_string(),
        why,
    };
    let roster =
        Roster::parse(&text_of(&config.roster)?).map_err(|why| fault(&config.roster, why))?;
    let known = recipient_from_note(&roster, config.own_machine, note)
        .map_err(|refused| fault(file, refused.to_string()))?;
    let text = text_of(&config.recipients)?;
    let before = Recipients::parse(&text).map_err(|why| fault(&config.recipients, why))?;
    let after = before
        .clone()
        .with(known.clone())
        .map_err(|why| fault(&config.recipients, why))?;
    if after != before {
        // What the data operator wrote stays as it is, comments too.
        let one = Recipients::new(vec![known.clone()])
            .and_then(|one| toml::to_string(&one).map_err(|e| e.to_string()));
        let one = one.map_err(|why| fault(&config.recipients, why))?;
        let text = format!("{}\n\n{one}", text.trim_end());
        lagrum_durable::replace(&config.recipients, text.as_bytes())?;
    }
    Ok(known)
}
