//! Texts that people sign: a heading and indented JSON, readable by who signs and exact to the byte.

use lagrum_model::NotKnown;
use lagrum_notes::{VerifyingKey, role, verify_note};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Person;

/// Why a text is not one of those that people sign.
#[derive(Debug, thiserror::Error)]
pub enum SignedTextError {
    /// The first line is another than this.
    #[error("the first line is not `{0}`")]
    Heading(&'static str),
    /// The rest is not the JSON of what the heading names.
    #[error("{what}: {source}")]
    Json {
        /// What it should be: "mandate".
        what: &'static str,
        /// Why it is not.
        source: serde_json::Error,
    },
    /// A newer version of the program wrote it.
    #[error("{what}: {why}")]
    NotKnown {
        /// What it should be: "mandate".
        what: &'static str,
        /// What is not known here.
        why: NotKnown,
    },
    /// Some other text would say the same.
    #[error("the text is not in its one canonical form")]
    NotCanonical,
}

/// The text of `value` under `heading`.
pub(crate) fn write(heading: &str, value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("it has only JSON-safe fields");
    format!("{heading}\n{json}\n")
}

/// Reads a text under `heading`, and accepts only what [`write()`] writes: what is signed has one text.
pub(crate) fn read<T: Serialize + DeserializeOwned>(
    heading: &'static str,
    what: &'static str,
    text: &str,
) -> Result<T, SignedTextError> {
    let not_known = |why| SignedTextError::NotKnown { what, why };
    let json = text
        .strip_prefix(heading)
        .and_then(|rest| rest.strip_prefix('\n'))
        .ok_or_else(|| {
            let newer = NotKnown::of_heading(text, heading);
            newer.map_or(SignedTextError::Heading(heading), not_known)
        })?;
    let value: T = serde_json::from_str(json).map_err(|source| {
        let newer = NotKnown::of_json(&source);
        newer.map_or(SignedTextError::Json { what, source }, not_known)
    })?;
    if write(heading, &value) == text {
        Ok(value)
    } else {
        Err(SignedTextError::NotCanonical)
    }
}

/// The text of a note that one of `people` signed, and who it was.
///
/// # Errors
/// When none of them did.
pub(crate) fn by_one_of<'p>(
    people: &[&'p Person],
    note: &[u8],
) -> Result<(String, &'p Person), String> {
    let keys: Vec<&VerifyingKey<role::Person>> = people.iter().map(|person| &person.key).collect();
    let (text, by) = verify_note(note, &keys).map_err(|e| e.to_string())?;
    let signed = |person: &&&Person| by.first().is_some_and(|key| **key == person.key);
    let person = people.iter().find(signed);
    Ok((text, *person.ok_or("nobody of the roster signed it")?))
}
