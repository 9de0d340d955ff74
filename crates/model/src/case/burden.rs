//! What a demand costs the provider: the time that people work on it, what is paid for it, and what an authority
//! pays back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Money, Sums};

/// What work on a demand was done for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum WorkKind {
    /// Reading the demand and describing it.
    Reading,
    /// Finding out whether it is genuine.
    Verifying,
    /// Assessing it in law.
    LegalAssessment,
    /// Searching for what it asks for, and reviewing what was found.
    Searching,
    /// Answering it: letters, handing over.
    Answering,
    /// Challenging it.
    Challenge,
    /// Anything else.
    Other,
}

impl WorkKind {
    /// All of them, in the order in which a demand is worked.
    pub const ALL: [Self; 7] = [
        Self::Reading,
        Self::Verifying,
        Self::LegalAssessment,
        Self::Searching,
        Self::Answering,
        Self::Challenge,
        Self::Other,
    ];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Verifying => "verifying",
            Self::LegalAssessment => "legal-assessment",
            Self::Searching => "searching",
            Self::Answering => "answering",
            Self::Challenge => "challenge",
            Self::Other => "other",
        }
    }

    /// Reads the word of [`WorkKind::as_str`].
    ///
    /// # Errors
    /// A sentence that lists the words.
    pub fn parse(text: &str) -> Result<Self, String> {
        crate::by_word(text, &Self::ALL, Self::as_str, "is no kind of work")
    }
}

/// What came of a claim for reimbursement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reimbursement {
    /// The authority paid the amount.
    Paid,
    /// The authority refused to pay the amount.
    Refused,
}

impl Reimbursement {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Paid, Self::Refused];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Refused => "refused",
        }
    }

    /// Reads the word of [`Reimbursement::as_str`].
    ///
    /// # Errors
    /// A sentence that lists the words.
    pub fn parse(text: &str) -> Result<Self, String> {
        crate::by_word(text, &Self::ALL, Self::as_str, "is no outcome of a claim")
    }
}

/// One entry of what a case costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Burden {
    /// Somebody worked on it, or something was paid for it.
    Work {
        /// For what.
        on: WorkKind,
        /// How many minutes; 0 where only something was paid.
        minutes: u32,
        /// The outside firm that worked. Absent: whoever recorded it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        firm: Option<String>,
        /// What it cost, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cost: Option<Money>,
    },
    /// An authority answered a claim for reimbursement.
    Reimbursement {
        /// How.
        outcome: Reimbursement,
        /// The amount that it paid, or refused to pay.
        amount: Money,
    },
}

impl Burden {
    /// The most minutes of one entry: a thousand hours.
    pub const MOST_MINUTES: u32 = 60_000;

    /// The amount in it, if there is one.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        match self {
            Self::Work { cost, .. } => *cost,
            Self::Reimbursement { amount, .. } => Some(*amount),
        }
    }
}

/// What the entries of a case come to; those that were taken back do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BurdenSum {
    /// How many entries count.
    pub entries: u32,
    /// Minutes by kind of work; a kind of which none was recorded is absent.
    pub minutes: BTreeMap<WorkKind, u64>,
    /// What it cost.
    pub costs: Sums,
    /// What authorities paid back.
    pub paid: Sums,
    /// What authorities refused to pay.
    pub refused: Sums,
}

impl BurdenSum {
    /// The sum of entries that count.
    #[must_use]
    pub fn of<'a>(burdens: impl IntoIterator<Item = &'a Burden>) -> Self {
        let mut sum = Self::default();
        for burden in burdens {
            sum.entries += 1;
            match burden {
                Burden::Work {
                    on, minutes, cost, ..
                } => {
                    if *minutes > 0 {
                        *sum.minutes.entry(*on).or_default() += u64::from(*minutes);
                    }
                    if let Some(cost) = cost {
                        sum.costs.add(*cost);
                    }
                }
                Burden::Reimbursement { outcome, amount } => match outcome {
                    Reimbursement::Paid => sum.paid.add(*amount),
                    Reimbursement::Refused => sum.refused.add(*amount),
                },
            }
        }
        sum
    }

    /// Minutes of all kinds of work together.
    #[must_use]
    pub fn all_minutes(&self) -> u64 {
        self.minutes.values().sum()
    }
}
