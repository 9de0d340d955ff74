use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Case;
use crate::{Disposition, Moment};

/// What a court did with a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Whose way it went.
    pub outcome: RulingOutcome,
    /// The number of the case at the court, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
}

/// Whose way a challenge went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RulingOutcome {
    /// The provider's: the demand does not stand as far as it was challenged.
    Granted,
    /// In part the provider's: the demand stands in part.
    InPart,
    /// The authority's: the demand stands.
    Rejected,
}

impl RulingOutcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Granted, Self::InPart, Self::Rejected];

    /// Its word, as texts are keyed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::InPart => "in-part",
            Self::Rejected => "rejected",
        }
    }

    /// Reads the word of [`RulingOutcome::as_str`].
    ///
    /// # Errors
    /// A sentence that lists the words.
    pub fn parse(text: &str) -> Result<Self, String> {
        crate::by_word(text, &Self::ALL, Self::as_str, "is no outcome")
    }
}

/// What a court said last of a challenge, or that this was appealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRuling {
    /// The number of the event that records it.
    pub number: u64,
    /// Which ruling it is; where it was appealed, the ruling that was.
    pub what: Moment,
    /// When it was made (UTC).
    pub when: Timestamp,
    /// How it went, as far as that is recorded.
    pub ruling: Option<Ruling>,
    /// When it was appealed (UTC), if that is not decided.
    pub appealed: Option<Timestamp>,
}

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

    /// Takes note that a court ruled, or that its ruling was appealed.
    pub(super) fn ruled_or_appealed(
        &mut self,
        number: u64,
        (what, when): (Moment, Timestamp),
        ruling: Option<&Ruling>,
    ) {
        match (what, &mut self.last_ruling) {
            (Moment::Appealed, Some(last)) => {
                last.number = number;
                last.appealed = Some(when);
            }
            (what, last) if what.is_a_ruling() => {
                // How the last ruling went is sometimes known later, also when it is under appeal by then.
                let same = last
                    .as_ref()
                    .filter(|last| (last.what, last.when) == (what, when));
                *last = Some(LastRuling {
                    number,
                    what,
                    when,
                    ruling: ruling.cloned(),
                    appealed: same.and_then(|last| last.appealed),
                });
            }
            _ => {}
        }
    }

    /// Whether it says of the last ruling, which is recorded, how it went, and that was not known, or known
    /// otherwise.
    pub(super) fn adds_how_it_went(
        &self,
        what: Moment,
        when: Timestamp,
        ruling: Option<&Ruling>,
    ) -> bool {
        self.last_ruling.as_ref().is_some_and(|last| {
            (last.what, last.when) == (what, when)
                && ruling.is_some()
                && last.ruling.as_ref() != ruling
        })
    }

    /// The ruling on its challenge of which the authority is to hear, if there is one; whether it heard, the
    /// letters tell.
    #[must_use]
    pub fn ruling_to_tell(&self) -> Option<&LastRuling> {
        let stands = self.was_challenged() && self.moments.first(Moment::Withdrawn).is_none();
        self.last_ruling.as_ref().filter(|_| stands)
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
