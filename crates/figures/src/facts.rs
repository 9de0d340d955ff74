//! What a case is counted as.

use lagrum_model::{CountryCode, InstrumentKind};

use crate::asker::Asker;
use crate::case_facts::CaseFacts;
use crate::outcome::Outcome;

/// What counts of a case, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The country of the authority; absent if nobody described the demand.
    pub country: Option<CountryCode>,
    /// The kind of instrument; absent if nobody described the demand.
    pub instrument: Option<InstrumentKind>,
    /// What became of it; absent while it is not answered.
    pub outcome: Option<Outcome>,
    /// Number of accounts of which something was produced.
    pub accounts: u32,
    /// The authorities that know of it, and so as what it is counted.
    pub askers: Vec<Asker>,
}

impl Facts {
    /// Those of a case of which nothing is kept: it is counted among others.
    pub const NOT_KEPT: Self = Self {
        country: None,
        instrument: None,
        // It is counted among others, whatever this is.
        outcome: Some(Outcome::NotAnswered),
        accounts: 0,
        askers: Vec::new(),
    };
}

impl From<&CaseFacts> for Facts {
    fn from(case: &CaseFacts) -> Self {
        Self {
            country: case.asked.as_ref().map(|asked| asked.country),
            instrument: case.asked.as_ref().map(|asked| asked.instrument),
            outcome: case.outcome,
            accounts: case.accounts,
            askers: case.askers.clone(),
        }
    }
}
