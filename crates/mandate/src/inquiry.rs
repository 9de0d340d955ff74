use jiff::{SignedDuration, Timestamp};
use lagrum_model::{CaseId, EmailAddress, Region, Sha256Digest};
use serde::{Deserialize, Serialize};

use crate::{Nonce, Person, Roster, signed_text};

/// First line of the text that asks which accounts there are.
const HEADING: &str = "lagrum-inquiry/1";

/// No question names more accounts.
pub const MOST_INQUIRED: usize = 100;

/// How long an agent answers a question: three days, so that one that is down over a weekend does.
pub const INQUIRY_LIFE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The question to the agent of a region which of these accounts there are, what the law asks of them, and which kinds
/// of data lie there. It is answered without any content, to the desk alone; so one person of the roster is enough, the
/// public log has it, and an agent answers a limited number within a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    /// The case.
    pub case: CaseId,
    /// Whose agent is asked.
    pub region: Region,
    /// SHA-256 of the demand, as it was described when it was asked.
    pub demand: Sha256Digest,
    /// The accounts, by their addresses; each once.
    pub accounts: Vec<EmailAddress>,
    /// When it was asked (UTC), by the desk's clock.
    pub asked_at: Timestamp,
    /// Makes it one of a kind.
    pub nonce: Nonce,
}

impl Inquiry {
    /// The text that is signed: readable by who signs it, and exact to the byte.
    #[must_use]
    pub fn to_text(&self) -> String {
        signed_text::write(HEADING, self)
    }

    /// SHA-256 of the text: what it is named by.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        Sha256Digest::of(self.to_text().as_bytes())
    }

    /// The name of the file in which it goes to a person's own machine.
    #[must_use]
    pub fn file_name(&self) -> String {
        let nonce = self.nonce.to_string();
        format!("{}-{}.inquiry", self.case, &nonce[..8])
    }

    /// Until when an agent answers it (UTC).
    #[must_use]
    pub fn over_at(&self) -> Timestamp {
        self.asked_at
            .saturating_add(INQUIRY_LIFE)
            .unwrap_or(Timestamp::MAX)
    }

    /// Whether a text begins as one of these does.
    #[must_use]
    pub fn is_begun(text: &[u8]) -> bool {
        text.starts_with(HEADING.as_bytes())
    }

    /// Reads the text, and accepts only what [`Inquiry::to_text`] writes. It names at least one account and at most
    /// [`MOST_INQUIRED`], none of them twice.
    ///
    /// # Errors
    /// A sentence with the rule.
    pub fn parse(text: &str) -> Result<Self, String> {
        let inquiry: Self =
            signed_text::read(HEADING, "question", text).map_err(|e| e.to_string())?;
        let accounts = &inquiry.accounts;
        if !(1..=MOST_INQUIRED).contains(&accounts.len()) {
            return Err(format!(
                "a question names 1 to {MOST_INQUIRED} accounts, this one {}",
                accounts.len()
            ));
        }
        let twice = |(at, one): (usize, &EmailAddress)| {
            let mut before = accounts[..at].iter();
            before.any(|other| other.normal() == one.normal())
        };
        match accounts.iter().enumerate().any(twice) {
            true => Err("it names an account twice".into()),
            false => Ok(inquiry),
        }
    }

    /// What somebody of `roster` asked in `note`, and who it was.
    ///
    /// # Errors
    /// When nobody of the roster signed it, or it says something else.
    pub fn from_note<'r>(roster: &'r Roster, note: &[u8]) -> Result<(Self, &'r Person), String> {
        let people: Vec<_> = roster.people().iter().collect();
        Self::signed_by(&people, note)
    }

    /// What one of `people` asked in `note`, and who it was.
    ///
    /// # Errors
    /// When none of them signed it, or it says something else.
    pub fn signed_by<'p>(people: &[&'p Person], note: &[u8]) -> Result<(Self, &'p Person), String> {
        let (text, person) = signed_text::by_one_of(people, note)?;
        Ok((Self::parse(&text)?, person))
    }
}
