//! What the agent of a region tells the desk of the accounts that a demand names: that they are there, what the law asks
//! of them, and which kinds of data lie there. Never what is in them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Category, Controller, CountryCode, EmailAddress, Region};

/// What an agent told of one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountTold {
    /// The address, as the demand has it.
    pub address: EmailAddress,
    /// What it names there.
    pub names: AccountNamed,
}

/// What an address names in a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "is", rename_all = "kebab-case", deny_unknown_fields)]
pub enum AccountNamed {
    /// An account.
    Account {
        /// What is known of it.
        known: AccountKnown,
    },
    /// Another name of an account. It is told, and not followed.
    Alias {
        /// The account's own address.
        of: EmailAddress,
        /// What is known of that account.
        known: AccountKnown,
    },
    /// Certainly nobody.
    Nobody {},
    /// No account that is known there.
    Unknown {},
}

/// The facts of an account that the law asks for, and which kinds of data lie in the region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountKnown {
    /// Who decides over the data.
    pub controller: Controller,
    /// Where the account holder lives, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resides_in: Option<CountryCode>,
    /// Whether the account holder is a United States person (18 U.S.C. § 2523(a)(2)), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub us_person: Option<bool>,
    /// Whether it is the account of somebody bound by professional secrecy, in that capacity.
    #[serde(default)]
    pub privileged: bool,
    /// The State of the public authority for which the data is kept, if it is kept for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_authority_of: Option<CountryCode>,
    /// The kinds of data that a source there serves and is not said to have nothing of.
    pub categories: Vec<Category>,
}

/// A question to the agent of a region, as a case has it: which of these accounts there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InquiryRecord {
    /// Which region was asked.
    pub region: Region,
    /// The question with its signature (c2sp.org/signed-note).
    pub note: String,
    /// When it was asked (UTC).
    pub at: Timestamp,
    /// The number of the event by which it was asked.
    pub event: u64,
    /// What the agent told, once it did.
    pub told: Option<Vec<AccountTold>>,
    /// Why the agent did not tell, as it said last.
    pub refused: Option<String>,
}
