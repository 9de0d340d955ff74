use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use serde::{Deserialize, Serialize};

use crate::Notification;

macro_rules! moments {
    ($($(#[$doc:meta])+ $name:ident = $word:literal),+ $(,)?) => {
        /// Something that happened to a demand and that starts, stops, suspends or extends a clock.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Moment {
            $($(#[$doc])+ $name,)+
        }

        impl Moment {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The spelling used in the law packs.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

moments! {
    /// The provider received the demand.
    Received = "received",
    /// It was served in the form that the law requires.
    Served = "served",
    /// It was decided, made or issued. If unknown, the day on the instrument's face is taken.
    Decided = "decided",
    /// It was decided in urgency, without the judge who would otherwise decide.
    UrgentDecision = "urgent-decision",
    /// A judge confirmed an urgent decision, or it was put before the court.
    CourtDecided = "court-decided",
    /// An authority that may validate validated it afterwards.
    Validated = "validated",
    /// It was asked for by word of mouth.
    RequestedOrally = "requested-orally",
    /// An oral request was confirmed in writing.
    ConfirmedInWriting = "confirmed-in-writing",
    /// The enforcing authority was notified.
    Notified = "notified",
    /// The enforcing authority said that it raises no ground for refusal, or raised none in its time.
    Cleared = "cleared",
    /// The enforcing authority raised a ground for refusal.
    Refused = "refused",
    /// The provider asked for clarification or correction.
    ClarificationAsked = "clarification-asked",
    /// The issuing authority clarified or corrected.
    Clarified = "clarified",
    /// The provider objected: foreign law forbids it (Art 17), or moved to modify or quash.
    Objected = "objected",
    /// The issuing authority asked its court to review an objection; execution is suspended.
    ReviewStarted = "review-started",
    /// That review ended.
    ReviewEnded = "review-ended",
    /// The authority asked its counterpart to enforce the order.
    EnforcementRequested = "enforcement-requested",
    /// The counterpart recognised it or refused to.
    EnforcementDecided = "enforcement-decided",
    /// The data was handed over.
    Produced = "produced",
    /// The authority asked, or ordered, that a period be extended. May occur more than once.
    Extended = "extended",
    /// The authority confirmed that it issued a request for the data that is preserved.
    ProductionRequested = "production-requested",
    /// The authority said that the data is no longer needed.
    NoLongerNeeded = "no-longer-needed",
    /// A backup copy was ordered.
    BackupOrdered = "backup-ordered",
    /// The backup copy was made and confirmed.
    BackupConfirmed = "backup-confirmed",
    /// The government told the customer.
    CustomerTold = "customer-told",
    /// The customer moved to quash.
    CustomerChallenged = "customer-challenged",
    /// A court or official allowed the government to delay its own notice.
    NoticeDelayed = "notice-delayed",
    /// The provider told the government that it wishes a court to review the secrecy.
    SecrecyContested = "secrecy-contested",
    /// The government applied to the court for an order of secrecy.
    SecrecyApplied = "secrecy-applied",
    /// The provider asked a court to review the decision.
    CourtReviewAsked = "court-review-asked",
    /// The investigation ended.
    InvestigationEnded = "investigation-ended",
    /// The end that the instrument itself states for its period.
    StatedEnd = "stated-end",
    /// The authority withdrew the demand.
    Withdrawn = "withdrawn",
    /// Whoever had to validate, affirm or approve it afterwards refused to.
    ValidationRefused = "validation-refused",
    /// The enforcing authority objects to a part of it, or lets data pass only under conditions.
    PartlyRefused = "partly-refused",
    /// Counsel found that the danger on which the demand rests is over.
    DangerOver = "danger-over",
    /// The provider told the account holder.
    AccountHolderTold = "account-holder-told",
    /// The provider, as processor, told the customer who is the controller.
    ControllerTold = "controller-told",
    /// The last instant to which the authority extended the time to answer, by letter.
    GrantedUntil = "granted-until",
    /// Others joined the provider before the court, or supported it.
    SupportersJoined = "supporters-joined",
    /// A court heard the parties.
    Heard = "heard",
    /// A court ruled on what the provider or the account holder brought before it.
    CourtRuled = "court-ruled",
    /// The ruling was appealed.
    Appealed = "appealed",
    /// A court ruled on the appeal.
    AppealDecided = "appeal-decided",
    /// Counsel looked afterwards at what was disclosed in an emergency.
    EmergencyReviewed = "emergency-reviewed",
    /// The end that an order of secrecy has now, because it was extended or lifted. What is recorded last counts.
    SecrecyUntil = "secrecy-until",
}

impl Moment {
    /// Whether it is a ruling on what was brought before a court.
    #[must_use]
    pub fn is_a_ruling(self) -> bool {
        matches!(
            self,
            Self::CourtRuled | Self::ReviewEnded | Self::AppealDecided
        )
    }

    /// Whether it is an end that somebody set, which may lie in the future.
    #[must_use]
    pub fn may_lie_ahead(self) -> bool {
        matches!(
            self,
            Self::StatedEnd | Self::GrantedUntil | Self::SecrecyUntil
        )
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Moment {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .iter()
            .copied()
            .find(|moment| moment.as_str() == text)
            .ok_or_else(|| {
                let words: Vec<_> = Self::ALL.iter().map(|moment| moment.as_str()).collect();
                format!("`{text}` is not known: write one of {}", words.join(", "))
            })
    }
}

/// The instant of a receipt as the law counts it: in whole milliseconds, what is finer cut off. The rules know no
/// finer instants, and an end of a period in a begun millisecond counts as the end of that millisecond; so a
/// period up to the receipt would reach beyond it.
#[must_use]
pub fn receipt(at: Timestamp) -> Timestamp {
    let whole = TimestampRound::new()
        .smallest(Unit::Millisecond)
        .mode(RoundMode::Floor);
    at.round(whole).unwrap_or(at)
}

/// What happened to a demand, and when (UTC). What is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Moments(
    #[schemars(with = "BTreeMap<Moment, Vec<crate::schema::Instant>>")]
    BTreeMap<Moment, Vec<Timestamp>>,
);

impl Moments {
    /// Nothing happened yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what happened.
    #[must_use]
    pub fn with(mut self, what: Moment, at: Timestamp) -> Self {
        self.add(what, at);
        self
    }

    /// Adds what happened. The same at the same instant is one thing. The receipt counts in whole
    /// milliseconds ([`receipt`]).
    pub fn add(&mut self, what: Moment, at: Timestamp) {
        let at = match what {
            Moment::Received => receipt(at),
            _ => at,
        };
        let all = self.0.entry(what).or_default();
        if let Err(place) = all.binary_search(&at) {
            all.insert(place, at);
        }
    }

    /// The first time that it happened.
    #[must_use]
    pub fn first(&self, what: Moment) -> Option<Timestamp> {
        self.0.get(&what)?.first().copied()
    }

    /// What the notified authority did, if it did anything: a refusal goes before an earlier
    /// clearance.
    #[must_use]
    pub fn notification(&self) -> Option<Notification> {
        if self.first(Moment::Refused).is_some() {
            Some(Notification::Refused)
        } else {
            self.first(Moment::Cleared).map(|_| Notification::Cleared)
        }
    }

    /// Every time that it happened, in the order of time.
    #[must_use]
    pub fn all(&self, what: Moment) -> &[Timestamp] {
        self.0.get(&what).map_or(&[], Vec::as_slice)
    }

    /// Only what had happened by `now`.
    #[must_use]
    pub fn until(&self, now: Timestamp) -> Self {
        let known = self.0.iter().filter_map(|(what, all)| {
            let past: Vec<_> = all
                .iter()
                .copied()
                // What the instrument states for the future is known already.
                .filter(|at| *at <= now || what.may_lie_ahead())
                .collect();
            (!past.is_empty()).then_some((*what, past))
        });
        Self(known.collect())
    }

    /// Refuses what cannot have happened in that order.
    ///
    /// # Errors
    /// [`WrongOrder`], with the two that contradict each other.
    pub fn check(&self) -> Result<(), WrongOrder> {
        for (earlier, later) in [
            (Moment::ClarificationAsked, Moment::Clarified),
            (Moment::ReviewStarted, Moment::ReviewEnded),
            (Moment::Received, Moment::ClarificationAsked),
            (Moment::Received, Moment::ReviewStarted),
            (Moment::Received, Moment::Produced),
            (Moment::Served, Moment::Produced),
            (Moment::CourtRuled, Moment::Appealed),
            (Moment::Appealed, Moment::AppealDecided),
        ] {
            let both = self.first(earlier).zip(self.first(later));
            if both.is_some_and(|(earlier, later)| later < earlier)
                || self.all(later).len() > self.all(earlier).len() && is_pair(earlier, later)
            {
                return Err(WrongOrder { earlier, later });
            }
        }
        Ok(())
    }
}

/// Two things that cannot have happened in that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{later}` cannot come before `{earlier}`: correct the instant, or record `{earlier}` first"
)]
pub struct WrongOrder {
    /// What comes first.
    pub earlier: Moment,
    /// What comes after it.
    pub later: Moment,
}

/// Whether the second ends what the first begins.
fn is_pair(earlier: Moment, later: Moment) -> bool {
    matches!(
        (earlier, later),
        (Moment::ClarificationAsked, Moment::Clarified)
            | (Moment::ReviewStarted, Moment::ReviewEnded)
    )
}
