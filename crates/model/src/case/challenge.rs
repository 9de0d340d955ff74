use serde::{Deserialize, Serialize};

use super::Case;
use crate::{Disposition, Moment};

/// How far the challenge of a demand has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Challenge {
    /// It is decided to challenge, and nothing is before anybody yet.
    ToFile,
    /// A court, or the issuing authority, has it.
    Before,
    /// It was ruled on, and the ruling is not under appeal.
    Ruled,
    /// The authority withdrew the demand: there is nothing left to rule on.
    Withdrawn,
}

impl Challenge {
    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToFile => "to-file",
            Self::Before => "before",
            Self::Ruled => "ruled",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Case {
    /// Whether something of it is challenged, or was.
    #[must_use]
    pub fn was_challenged(&self) -> bool {
        let brought = [
            Moment::Objected,
            Moment::CourtReviewAsked,
            Moment::ReviewStarted,
        ];
        let happened = |what: &Moment| self.moments.first(*what).is_some();
        self.challenge().is_some() || brought.iter().any(happened)
    }

    /// Whether an agent withheld something of it for a person to decide about.
    #[must_use]
    pub fn has_withheld(&self) -> bool {
        let mut made = self.mandates.values().filter_map(|one| one.produced);
        made.any(|made| made.for_review > 0)
    }

    /// How far its challenge has come. Where the authority withdrew the demand nothing is answered any more, and
    /// that is said.
    #[must_use]
    pub fn challenge_stands(&self) -> Option<Challenge> {
        match self.moments.first(Moment::Withdrawn) {
            Some(_) => Some(Challenge::Withdrawn),
            None => self.challenge(),
        }
    }

    /// How far its challenge has come, by what is recorded. Absent: no part is challenged.
    #[must_use]
    pub fn challenge(&self) -> Option<Challenge> {
        let answers = &mut self.answers.iter();
        answers.find(|one| one.disposition == Disposition::Challenge)?;
        let times = |what: Moment| self.moments.all(what).len();
        let any = |all: &[Moment]| all.iter().any(|what| times(*what) > 0);
        Some(match () {
            () if any(&[Moment::Withdrawn]) => Challenge::Withdrawn,
            () if times(Moment::Appealed) > times(Moment::AppealDecided) => Challenge::Before,
            () if any(&[
                Moment::CourtRuled,
                Moment::AppealDecided,
                Moment::ReviewEnded,
            ]) =>
            {
                Challenge::Ruled
            }
            () if any(&[
                Moment::Objected,
                Moment::CourtReviewAsked,
                Moment::ReviewStarted,
                Moment::Heard,
            ]) =>
            {
                Challenge::Before
            }
            () => Challenge::ToFile,
        })
    }
}
