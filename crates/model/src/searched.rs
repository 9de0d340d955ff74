use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an agent found of one account and category, in all sources together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Searched {
    /// Number of messages and rows in the package.
    pub items: u64,
    /// Number of those withheld for counsel.
    pub for_review: u64,
    /// Whether all of it was searched and could be read. Only then is it true that there is no more.
    pub complete: bool,
}

/// What an agent found of one part that its mandate carries out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartSearched {
    /// The part of the assessment, counted from 0.
    pub part: usize,
    /// What was found of it.
    pub found: Searched,
}
