use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_model::{Basis, ClockStanding, Demand, Finding, Holding, Since};
use serde::Serialize;

/// A demand and a holding for which an invariant does not hold: confirmed by Cedar's own authorizer
/// on these very facts.
#[derive(Clone, Debug, Serialize)]
pub struct Counterexample {
    /// The day whose law is applied.
    pub as_of: Date,
    /// The packs whose rules were taken; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<String>,
    /// The demand.
    pub demand: Demand,
    /// The data that it asks for.
    pub holding: Holding,
    /// Whether the authority counts as verified.
    pub verified: bool,
    /// Whether the provider believes in the danger.
    pub emergency_believed: bool,
    /// When it was received (UTC).
    pub received_at: Option<Timestamp>,
    /// What became of the instrument since.
    pub since: Since,
    /// How its clocks stand.
    pub clocks: BTreeMap<String, ClockStanding>,
    /// What the law finds.
    pub finding: Finding,
}

impl Counterexample {
    /// The facts of the demand for the law.
    #[must_use]
    pub fn basis(&self) -> Basis {
        Basis {
            received_at: self.received_at,
            since: self.since,
            clocks: self.clocks.clone(),
            ..self.demand.basis(self.verified, self.emergency_believed)
        }
    }

    /// The demand as a file that `lagrum assess` accepts.
    #[must_use]
    pub fn demand_file(&self) -> String {
        toml::to_string(&self.demand).expect("a demand can be written as TOML")
    }

    /// The holding as a file that `lagrum assess --holding` accepts.
    #[must_use]
    pub fn holding_file(&self) -> String {
        toml::to_string(&self.holding).expect("a holding can be written as TOML")
    }
}
