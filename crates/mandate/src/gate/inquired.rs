//! The gate for a question of which accounts there are. No data leaves under one, so that it asks less than a mandate:
//! one person of the roster, the public log, and that it is new and for this region.

use jiff::Timestamp;
use lagrum_log::CheckpointPolicy;
use lagrum_model::{EventKind, Region};

use super::CLOCK_TOLERANCE;
use super::arrived::UntrustedMandate;
use super::logged::the_log_has;
use super::refused::Refused;
use crate::{Inquiry, Nonce, Roster};

/// The agent's own knowledge, against which a question is held.
pub struct InquiryGate<'a> {
    /// Where this agent runs.
    pub region: &'a Region,
    /// Whose signature counts.
    pub roster: &'a Roster,
    /// Whose checkpoints are believed.
    pub log: &'a CheckpointPolicy,
    /// Whether a question with this number was answered before, or begun.
    pub is_spent: &'a dyn Fn(&Nonce) -> Result<bool, String>,
    /// Since when the agent remembers (UTC).
    pub remembers_since: Timestamp,
    /// Now (UTC).
    pub now: Timestamp,
}

/// A question that is answered. There is one only because [`InquiryGate::admit`] let it through.
#[derive(Debug)]
pub struct Admitted(Inquiry);

impl Admitted {
    /// What is asked.
    #[must_use]
    pub fn inquiry(&self) -> &Inquiry {
        &self.0
    }
}

impl InquiryGate<'_> {
    /// Lets a question through that somebody of the roster signed, that the public log has, that is for this region, and
    /// that was neither answered before nor is over.
    ///
    /// # Errors
    /// The first check that fails, and why.
    pub fn admit(&self, untrusted: &UntrustedMandate) -> Result<Admitted, Refused> {
        let (inquiry, _) =
            Inquiry::from_note(self.roster, &untrusted.note).map_err(Refused::Signatures)?;
        let asked = EventKind::Inquired {
            inquiry: inquiry.digest(),
            region: inquiry.region.clone(),
            note: String::from_utf8_lossy(&untrusted.note).into_owned(),
        };
        let otherwise = "the logged event does not ask this question";
        the_log_has(self.log, &untrusted.proof, &inquiry.case, &asked, otherwise)?;
        let refused = |why: String| Err(Refused::Inquiry(why));
        if inquiry.region != *self.region {
            return refused(format!(
                "it is for {}, this agent serves {}",
                inquiry.region, self.region
            ));
        }
        if inquiry.asked_at > self.now.saturating_add(CLOCK_TOLERANCE).unwrap_or(self.now) {
            return refused("it was asked in the future".into());
        }
        if inquiry.over_at() <= self.now {
            return refused(format!("it was over at {}; ask anew", inquiry.over_at()));
        }
        if inquiry.asked_at < self.remembers_since {
            return refused(format!(
                "it was asked before {}, when this agent's record begins; ask anew",
                self.remembers_since
            ));
        }
        match (self.is_spent)(&inquiry.nonce) {
            Ok(false) => Ok(Admitted(inquiry)),
            Ok(true) => refused("it was answered before".into()),
            Err(why) => refused(format!(
                "whether it was answered before is not known: {why}"
            )),
        }
    }
}
