use serde::{Deserialize, Serialize};

use crate::{AccountIdentifier, EmailAddress};

/// What an agent found out about one identifier that is no account's name: whose account it is.
///
/// The account is named only where there is exactly one: where several people come into question, how
/// many they are is told, and nobody's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookedUp {
    /// What the demand says.
    pub identifier: AccountIdentifier,
    /// The account, if it is this one: nobody else fits in what could be read, and the agent knows the
    /// account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<EmailAddress>,
    /// How many accounts fit in what could be read.
    pub accounts: u64,
    /// Where the agent looked.
    pub looked_in: Vec<LookedIn>,
}

/// One store in which an agent looked for whose account something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookedIn {
    /// The source's name.
    pub source: String,
    /// Whether a port that the demand names was compared. False: the store has none, so that everybody
    /// behind the address comes into question.
    pub port: bool,
    /// Lines or rows looked at.
    pub examined: u64,
    /// Of them, those that fit.
    pub matched: u64,
    /// Those that nobody can read, so that one of them may fit too.
    pub unreadable: u64,
}

impl LookedUp {
    /// Lines or rows that nobody can read.
    #[must_use]
    pub fn unreadable(&self) -> u64 {
        self.looked_in.iter().map(|one| one.unreadable).sum()
    }
}
