//! The gate. The one way from a signed text that arrived from outside to a [`Cleared`] mandate.
//!
//! Read [`Gate::admit`]: five checks. Each fails closed, each refusal says why. Nothing here trusts the desk: the
//! roster, the recipients, the log's key, the law packs and the facts about the holdings are the agent's own.
//! What each check asks stands in a file of its own beside this one.

mod arrived;
mod counted;
mod exact;
mod inquired;
mod logged;
mod permitted;
mod recipient;
mod refused;
mod signed;
#[cfg(test)]
mod tests;
mod told;

use jiff::{SignedDuration, Timestamp};
use lagrum_law::Law;
use lagrum_log::CheckpointPolicy;
use lagrum_model::{AccountIdentifier, Category, Holding, Region};

use self::exact::it_is_exact;
use self::recipient::the_recipient_is_known;
use self::told::the_rest_is_told;
use crate::{Cleared, Mandate, Recipients, Roster, SignedTextError};

pub use self::arrived::{LoggedEvent, UntrustedMandate};
pub use self::counted::{CardFiles, CardSeen, NotThere, Shown, the_case_is_counted};
pub use self::inquired::{Admitted, InquiryGate};
pub use self::logged::the_log_has_it;
pub use self::permitted::the_law_permits;
pub use self::refused::Refused;
pub use self::signed::{the_reviewer_signed, two_people_signed};

/// No mandate lives longer.
pub const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// No mandate keeps a copy for longer: the longest periods of law that are known, 90 days and 90 more, and the days
/// by which their ends are rolled on. What has no end yet is extended.
pub const LONGEST_KEPT: SignedDuration = SignedDuration::from_hours(200 * 24);
/// What the desk does about a mandate that nobody carries out any more.
pub const ANEW: &str = "have it drafted anew";
/// What the desk does about a mandate that is still good, and that this agent refuses for good.
pub const RECALL_AND_ANEW: &str =
    "have it recalled and, when this agent has answered that, drafted anew";
/// How far the desk's clock may be ahead of the agent's.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The agent's own knowledge, against which a mandate is held.
pub struct Gate<'a> {
    /// Where this agent runs.
    pub region: &'a Region,
    /// Whose signatures count.
    pub roster: &'a Roster,
    /// Whether one of the two signatures must come from a key that lies on its holder's own machine.
    pub own_machine: bool,
    /// To whom this agent seals.
    pub recipients: &'a Recipients,
    /// Whose checkpoints are believed.
    pub log: &'a CheckpointPolicy,
    /// The agent's own law packs, as in force today.
    pub law: &'a Law,
    /// What lies here: the facts about one account's data of one category. Refused is an identifier of
    /// whose account this agent knows no facts ([`Refused::Account`]), or cannot know any.
    pub holding: &'a dyn Fn(&AccountIdentifier, Category) -> Result<Holding, Refused>,
    /// What is assumed of an account of which nobody knows yet whose it is: its data lies here.
    pub unknown: &'a dyn Fn(Category) -> Holding,
    /// Whether the card of a mandate counts its case, and no other one, as far as the agent knows. A log without files of
    /// cards: the agent was told so.
    pub counted: &'a dyn Fn(&Mandate) -> Result<(), Refused>,
    /// What the agent remembers of a mandate.
    pub standing: &'a dyn Fn(&Mandate) -> Result<Standing, String>,
    /// Since when it remembers (UTC).
    pub remembers_since: Timestamp,
    /// Now (UTC).
    pub now: Timestamp,
}

/// What an agent remembers of a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: it is new.
    New,
    /// It was carried out.
    CarriedOut,
    /// Somebody of the roster recalled it.
    Recalled,
    /// It was begun, and the agent was cut off before it had recorded that it carried it out.
    Interrupted,
}

impl Gate<'_> {
    /// Lets a mandate through if all five checks hold, and only then.
    ///
    /// In the release model: `Admit`.
    ///
    /// # Errors
    /// The first check that fails, and why.
    pub fn admit(&self, untrusted: &UntrustedMandate) -> Result<Cleared, Refused> {
        let text = two_people_signed(self.roster, self.own_machine, &untrusted.note)?;
        let mandate = Mandate::parse(&text).map_err(|e| match e {
            SignedTextError::NotKnown { why, .. } => Refused::Mandate(why.to_string()),
            other => Refused::Signatures(format!("two people signed something else: {other}")),
        })?;
        the_reviewer_signed(self.roster, &mandate, &untrusted.note)?;
        the_log_has_it(self.log, &untrusted.proof, &mandate)?;
        match mandate.look_up {
            None => the_law_permits(self.law, &mandate, self.holding)?,
            Some(_) => the_law_permits(self.law, &mandate, &|_, category| {
                Ok((self.unknown)(category))
            })?,
        }
        self.it_is_exact_and_new(&mandate)?;
        (self.counted)(&mandate)?;
        let (answers, others) = the_rest_is_told(&mandate, &untrusted.answers)?;
        Ok(Cleared {
            digest: mandate.digest(),
            mandate,
            answers,
            others,
        })
    }

    /// 4. Named identifiers, categories, a bounded period, a known recipient key; for this region;
    ///    not expired; not recalled; never carried out before.
    fn it_is_exact_and_new(&self, mandate: &Mandate) -> Result<(), Refused> {
        let refused = |why: String| Err(Refused::Mandate(why));
        it_is_exact(mandate)?;
        if mandate.region != *self.region {
            return refused(format!(
                "it is for {}, this agent serves {}",
                mandate.region, self.region
            ));
        }
        the_recipient_is_known(self.recipients, self.roster, mandate)?;
        let life = mandate.expires_at.duration_since(mandate.issued_at);
        if mandate.issued_at > self.now + CLOCK_TOLERANCE || life > LONGEST_LIFE {
            return refused("it begins in the future, or lives longer than 30 days".into());
        }
        if mandate.expires_at <= self.now {
            return refused(format!("it expired at {}; {ANEW}", mandate.expires_at));
        }
        if mandate.issued_at < self.remembers_since {
            return refused(format!(
                "it was issued before {}, when this agent's record of what it carried out begins; {RECALL_AND_ANEW}",
                self.remembers_since
            ));
        }
        match (self.standing)(mandate) {
            Ok(Standing::New) => Ok(()),
            Ok(Standing::CarriedOut) => refused("it was carried out before".into()),
            Ok(Standing::Interrupted) => refused(format!(
                "it was begun before an interruption, and whether it left is not known; it is not begun again: {RECALL_AND_ANEW}"
            )),
            Ok(Standing::Recalled) => refused(format!("it was recalled; {ANEW}")),
            Err(why) => refused(format!(
                "whether it was carried out before is not known: {why}"
            )),
        }
    }
}
