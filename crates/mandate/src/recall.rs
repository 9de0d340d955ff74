use jiff::Timestamp;
use lagrum_model::{CaseId, Sha256Digest};
use serde::{Deserialize, Serialize};

use crate::signed_text;
use crate::{Person, Roster};

/// First line of the text that recalls a mandate.
const HEADING: &str = "lagrum-recall/1";

/// That a mandate is no longer to be carried out. One person of the roster is enough: what stops a
/// disclosure needs less than what permits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the mandate's text.
    pub mandate: Sha256Digest,
    /// When it was recalled (UTC), by the person's clock.
    pub at: Timestamp,
}

impl Recall {
    /// The text that is signed.
    #[must_use]
    pub fn to_text(&self) -> String {
        signed_text::write(HEADING, self)
    }

    /// What somebody of `roster` recalled in `note`, and who it was.
    ///
    /// # Errors
    /// When nobody of the roster signed it, or it says something else.
    pub fn from_note<'r>(roster: &'r Roster, note: &[u8]) -> Result<(Self, &'r Person), String> {
        let people: Vec<_> = roster.people().iter().collect();
        Self::signed_by(&people, note)
    }

    /// What one of `people` recalled in `note`, and who it was.
    ///
    /// # Errors
    /// When none of them signed it, or it says something else.
    pub fn signed_by<'p>(people: &[&'p Person], note: &[u8]) -> Result<(Self, &'p Person), String> {
        let (text, person) = signed_text::by_one_of(people, note)?;
        let recall = signed_text::read(HEADING, "recall", &text).map_err(|e| e.to_string())?;
        Ok((recall, person))
    }
}
