//! Texts that people sign: a heading and indented JSON, readable by who signs and exact to the byte.

use serde::Serialize;
use serde::de::DeserializeOwned;

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
    let json = text
        .strip_prefix(heading)
        .and_then(|rest| rest.strip_prefix('\n'))
        .ok_or(SignedTextError::Heading(heading))?;
    let value: T =
        serde_json::from_str(json).map_err(|source| SignedTextError::Json { what, source })?;
    if write(heading, &value) == text {
        Ok(value)
    } else {
        Err(SignedTextError::NotCanonical)
    }
}
