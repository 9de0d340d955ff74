use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a mandate cannot be carried out any more, though nobody carried it out as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "why", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Lapse {
    /// It ran out.
    Expired {
        /// When (UTC), as its text says.
        #[schemars(with = "crate::schema::Instant")]
        at: Timestamp,
    },
    /// Somebody of the roster recalled it, and its agent answered that it never carries it out.
    Recalled {},
    /// An older mandate for the same parts was carried out after all.
    Needless {},
}
