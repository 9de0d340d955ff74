use serde::{Deserialize, Serialize};

use super::{Case, Challenge};
use crate::{Moment, Sha256Digest};

/// What still has to be done, watched or kept although every part of a demand is answered.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Duty {
    /// A clock of the law packs runs: a motion, an order of secrecy, data that is kept.
    Clock {
        /// Its rule.
        id: String,
    },
    /// Counsel has not decided about what an agent withheld.
    Review {
        /// The mandate whose search withheld it.
        mandate: Sha256Digest,
    },
    /// The account holder has to be told, and was not.
    Notice {
        /// The rule that says so.
        id: String,
    },
    /// Data was disclosed in an emergency, and counsel has not looked at it afterwards.
    EmergencyReview,
    /// Data was disclosed in an emergency, and the authority has neither confirmed it in writing nor
    /// had it validated afterwards.
    EmergencyConfirmation,
    /// A part is challenged, and nobody ruled on it: it is to be filed, or waits for who decides.
    Challenge,
}

impl Duty {
    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Clock { .. } => "clock",
            Self::Review { .. } => "review",
            Self::Notice { .. } => "notice",
            Self::EmergencyReview => "emergency-review",
            Self::EmergencyConfirmation => "emergency-confirmation",
            Self::Challenge => "challenge",
        }
    }
}

impl Case {
    /// The duties that follow from the case alone, without law packs and without the mandates' texts.
    #[must_use]
    pub fn own_duties(&self) -> Vec<Duty> {
        let disclosed = self.mandates.values().any(|one| one.produced.is_some());
        let mut duties = Vec::new();
        if let Some(Challenge::ToFile | Challenge::Before) = self.challenge() {
            duties.push(Duty::Challenge);
        }
        if !self.emergency_believed || !disclosed {
            return duties;
        }
        let happened = |what: &Moment| self.moments.first(*what).is_some();
        let confirmed = [
            Moment::ConfirmedInWriting,
            Moment::Validated,
            Moment::CourtDecided,
            Moment::ValidationRefused,
        ];
        if !happened(&Moment::EmergencyReviewed) {
            duties.push(Duty::EmergencyReview);
        }
        if !confirmed.iter().any(happened) {
            duties.push(Duty::EmergencyConfirmation);
        }
        duties
    }
}
