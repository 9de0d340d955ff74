use lagrum_mandate::answer::{AccountsTold, Preserved, Receipt, Refusal, Resolution, SignedAnswer};
use lagrum_mandate::gate::UntrustedMandate;
use lagrum_model::Region;
use lagrum_notes::{VerifyingKey, role};

use crate::{NotBelieved, Stem};

/// The longest mandate, proof, and text of how the demand was answered, that is read: 4 MiB.
pub const LONGEST_OFFER: u64 = 4 << 20;
/// The longest answer that is read: 1 MiB.
pub const LONGEST_ANSWER: u64 = 1 << 20;

/// A released mandate, or a question of which accounts there are, on its way to an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub stem: Stem,
    /// The mandate or question with its signatures, as a note (c2sp.org/signed-note).
    pub note: String,
    /// The proof that its release is in the public log (c2sp.org/tlog-proof), with the event inside.
    pub proof: String,
    /// How the whole demand was answered, as the mandate names it; empty, if it does not.
    pub answers: String,
}

impl Offer {
    /// What the agent that fetches it sees.
    #[must_use]
    pub fn as_untrusted(&self) -> UntrustedMandate {
        UntrustedMandate {
            note: self.note.clone().into_bytes(),
            proof: self.proof.clone().into_bytes(),
            answers: self.answers.clone().into_bytes(),
        }
    }
}

/// What claims to be an agent's answer: a signed note, of which nothing was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UntrustedAnswer {
    /// It claims to be a receipt, what was looked up, which accounts there are, or how a copy stands that is preserved.
    Receipt(Vec<u8>),
    /// It claims to be a refusal.
    Refusal(Vec<u8>),
}

/// What an agent answered. Its signature was checked against the key of the region's agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentAnswer {
    /// A package was produced, and this is its receipt.
    Receipt(Receipt),
    /// Whose account something is was found out; there is no package.
    Resolution(Resolution),
    /// A copy is kept, or is erased; there is no package.
    Preserved(Preserved),
    /// Which accounts there are; there is no package.
    Accounts(AccountsTold),
    /// Nothing was produced, and why.
    Refusal(Refusal),
}

/// An answer with the note that was checked: whoever passes the answer on passes on exactly that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What the agent says.
    pub answer: AgentAnswer,
    /// The note as the agent signed it (c2sp.org/signed-note).
    pub note: String,
}

impl UntrustedAnswer {
    /// Checks that the agent of `region`, whose key is `agent`, signed this answer for its region.
    /// Whether its mandate is one of that region, the desk knows.
    ///
    /// # Errors
    /// [`NotBelieved`].
    pub fn verify(
        &self,
        stem: &Stem,
        region: &Region,
        agent: &VerifyingKey<role::Agent>,
    ) -> Result<Answered, NotBelieved> {
        let (answer, note) = match self {
            Self::Receipt(note) if note.starts_with(Resolution::HEADING.as_bytes()) => (
                Resolution::verify(note, &[agent]).map(|(found, _)| AgentAnswer::Resolution(found)),
                note,
            ),
            Self::Receipt(note) if note.starts_with(Preserved::HEADING.as_bytes()) => (
                Preserved::verify(note, &[agent]).map(|(kept, _)| AgentAnswer::Preserved(kept)),
                note,
            ),
            Self::Receipt(note) if note.starts_with(AccountsTold::HEADING.as_bytes()) => (
                AccountsTold::verify(note, &[agent]).map(|(told, _)| AgentAnswer::Accounts(told)),
                note,
            ),
            Self::Receipt(note) => (
                Receipt::verify(note, &[agent]).map(|(receipt, _)| AgentAnswer::Receipt(receipt)),
                note,
            ),
            Self::Refusal(note) => (
                Refusal::verify(note, &[agent]).map(|(refusal, _)| AgentAnswer::Refusal(refusal)),
                note,
            ),
        };
        let not_believed = |why: String| NotBelieved {
            stem: stem.clone(),
            why,
        };
        let answer = answer.map_err(|e| not_believed(e.to_string()))?;
        let from = match &answer {
            AgentAnswer::Receipt(receipt) => &receipt.region,
            AgentAnswer::Resolution(found) => &found.region,
            AgentAnswer::Preserved(kept) => &kept.region,
            AgentAnswer::Accounts(told) => &told.region,
            AgentAnswer::Refusal(refusal) => &refusal.region,
        };
        if from != region {
            let why = format!("it speaks for {from}, and the agent is the one of {region}");
            return Err(not_believed(why));
        }
        let note = String::from_utf8(note.clone()).map_err(|e| not_believed(e.to_string()))?;
        Ok(Answered { answer, note })
    }
}
