use jiff::civil::Date;
use lagrum_model::Sha256Digest;
use serde::Serialize;

use crate::Counterexample;

/// What was proved of the law of one day.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The day whose law it is.
    pub as_of: Date,
    /// The digest of the packs.
    pub law: Sha256Digest,
    /// The digest of the packs that it was compared with, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Sha256Digest>,
    /// How many rules are in force.
    pub rules: usize,
    /// What every proof assumes of the engine, and what some assume besides: of the day and of what
    /// can stand in a demand file.
    pub assumes: Assumes,
    /// Everything that was to be proved, and what came of it.
    pub checks: Vec<Check>,
    /// Rules that change nothing, or only the reasons. Not an error: a remark to who writes the law.
    pub useless: Vec<Useless>,
    /// How long it took, in milliseconds.
    pub milliseconds: u128,
}

impl Report {
    /// Whether everything was proved.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.checks
            .iter()
            .all(|check| matches!(check.outcome, Outcome::Proved { .. }))
    }
}

/// How far the proofs have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many questions are answered.
    pub done: usize,
    /// How many there are.
    pub of: usize,
}

/// The assumptions, in sentences.
#[derive(Clone, Debug, Serialize)]
pub struct Assumes {
    /// Of how the engine makes the facts.
    pub engine: Vec<String>,
    /// Besides, where a check says so: of the day, and of what can stand in a demand file.
    pub day: Vec<String>,
}

/// One thing that was to be proved.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What.
    pub property: Property,
    /// The packs whose rules were taken; all if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    pub milliseconds: u128,
}

/// What shall hold for every possible request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Property {
    /// Its name.
    pub id: String,
    /// What it means.
    pub says: String,
    /// What it rests on.
    pub cite: String,
}

/// What came of an attempt to prove.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds for every possible request.
    Proved {
        /// Under which assumptions.
        assuming: Assuming,
    },
    /// It does not hold.
    Refuted {
        /// A demand and a holding for which it does not.
        counterexample: Box<Counterexample>,
    },
    /// It is not known: treat it as not holding.
    Undecided {
        /// Why not.
        why: String,
    },
}

/// How much a proof assumes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assuming {
    /// Only how the engine makes the facts: it holds whichever countries belong to which group.
    Engine,
    /// In addition which countries belong to which group on the day, and what every demand file
    /// keeps to.
    Day,
}

/// A rule that changes nothing, or only the reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Useless {
    /// The rule.
    pub rule: String,
    /// In which way.
    #[serde(flatten)]
    pub why: Why,
}

/// In which way a rule is useless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    /// No request on the day can meet its conditions.
    NeverApplies,
    /// Whenever it applies, others of the same effect (and, if it forbids, of at least the same
    /// strength) apply too.
    AnotherAlwaysApplies {
        /// The one that does, or empty if it takes several together.
        #[serde(skip_serializing_if = "Option::is_none")]
        other: Option<String>,
    },
    /// It forbids only what would not be produced without it either: it gives the reason and the
    /// way out, and changes no decision.
    GivesReasonOnly,
    /// It is not known whether it is useless.
    Unknown {
        /// Why not.
        because: String,
    },
}
