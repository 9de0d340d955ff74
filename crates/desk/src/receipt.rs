//! The receipt of a demand: with it whoever sent it can check that it is counted, and as what.

use lagrum_access::Action;
use lagrum_model::CaseId;

use crate::{CommandError, Desk, Session};

impl Desk {
    /// What opens the card of a case, signed with the key of the log (c2sp.org/signed-note).
    pub(crate) fn receipt(&self, id: &CaseId) -> Result<Option<String>, CommandError> {
        let Some(opening) = self.inner.store.opening(id)? else {
            return Ok(None);
        };
        // The empty line at its end is the one before the signatures.
        let text = opening.to_text();
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let signed = self.log_key()?.sign_note(text);
        Ok(Some(signed.map_err(|e| {
            CommandError::Damaged(format!("the log's key cannot sign a receipt: {e}"))
        })?))
    }
}

impl Session<'_> {
    /// The receipt of a case's demand, signed by the log; none where the case has no card.
    ///
    /// # Errors
    /// When the person may not read the case, or the receipt cannot be made.
    pub fn receipt(&self, id: &CaseId) -> Result<Option<String>, CommandError> {
        self.read_for(Action::ReadCase, id)?;
        self.desk.receipt(id)
    }
}
