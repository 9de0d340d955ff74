use std::fmt;

use serde::Serialize;

use super::FileKind;

/// Why a demand file could not be read. The bytes are kept all the same.
#[derive(Clone, Debug, Serialize, thiserror::Error, PartialEq, Eq, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DemandError {
    /// A file of another kind, as most that come from authorities.
    Foreign(FileKind),
    /// Neither TOML nor JSON, and meant to be one of them.
    NotText(
        /// What the reader said.
        String,
    ),
    /// A field is wrong.
    Field {
        /// Path of the field, for example `part[0].period`.
        field: String,
        /// The rule and the way out.
        why: String,
    },
}

impl fmt::Display for DemandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(kind) => write!(f, "{kind}"),
            Self::NotText(why) => write!(f, "not a demand file: {why}"),
            Self::Field { field, why } => write!(f, "field `{field}`: {why}"),
        }
    }
}

/// A fault of one field.
pub(super) fn fault<T>(field: &str, why: &str) -> Result<T, DemandError> {
    Err(DemandError::Field {
        field: field.into(),
        why: why.into(),
    })
}
