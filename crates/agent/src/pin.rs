use std::path::Path;

use lagrum_mandate::{
    KnownNumber, KnownRecipient, Recipients, Roster, number_from_note, recipient_from_note,
};
use serde::Serialize;

use crate::config::text_of;
use crate::{AgentConfig, AgentError};

/// What two people made known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pinned {
    /// A key to which the agent seals.
    Recipient(KnownRecipient),
    /// A number on which passphrases may be told.
    Telephone(KnownNumber),
}

/// Makes a recipient, or the telephone number of one, known to the agent whose configuration is `file`: what two people
/// of its own roster signed in `note`. What is known already changes nothing.
///
/// # Errors
/// When the note is not signed as a mandate has to be, says something else, or a file cannot be used.
pub fn pin(file: &Path, note: &[u8]) -> Result<Pinned, AgentError> {
    let config = AgentConfig::load(file)?;
    let fault = |file: &Path, why: String| AgentError::Config {
        file: file.display().to_string(),
        why,
    };
    let roster =
        Roster::parse(&text_of(&config.roster)?).map_err(|why| fault(&config.roster, why))?;
    let begun = String::from_utf8_lossy(note);
    let own = config.own_machine;
    let pinned = match KnownNumber::is_begun(&begun) {
        true => number_from_note(&roster, own, note).map(Pinned::Telephone),
        false => recipient_from_note(&roster, own, note).map(Pinned::Recipient),
    };
    let pinned = pinned.map_err(|refused| fault(file, refused.to_string()))?;
    let text = text_of(&config.recipients)?;
    let wrong = |why: String| fault(&config.recipients, why);
    let before = Recipients::parse(&text).map_err(wrong)?;
    let (after, alone) = match pinned.clone() {
        Pinned::Recipient(one) => (before.clone().with(one.clone()), Recipients::new(vec![one])),
        Pinned::Telephone(one) => (
            before.clone().with_number(one.clone()),
            Recipients::default().with_numbers(vec![one]),
        ),
    };
    if after.map_err(wrong)? != before {
        // What the data operator wrote stays as it is, comments too.
        let alone = alone.map_err(wrong)?.to_toml().map_err(wrong)?;
        let text = format!("{}\n\n{alone}", text.trim_end());
        lagrum_durable::replace(&config.recipients, text.as_bytes())?;
    }
    Ok(pinned)
}
