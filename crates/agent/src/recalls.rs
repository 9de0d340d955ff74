//! What recalls a mandate, and until when that is heard.

use jiff::Timestamp;
use lagrum_mandate::{Cleared, Recall};
use lagrum_transport::Stem;

use crate::{Agent, AgentError};

impl Agent {
    /// Remembers for good what people of the roster recalled. Gives the mandates of which a recall lies there that cannot
    /// be read: they wait.
    ///
    /// In the release model: `HearRecalls`.
    pub(crate) fn hear_recalls(&self, now: Timestamp) -> Result<Vec<Stem>, AgentError> {
        let mut heard = Ok(());
        let unread = self.desk.recalls(&mut |_, note| {
            // What nobody of the roster signed recalls nothing.
            if let (Ok(()), Ok((recall, _))) = (&heard, Recall::from_note(&self.roster, &note)) {
                let note = String::from_utf8_lossy(&note);
                heard = self.ledger.recall(&recall.mandate, &note, now);
            }
        })?;
        heard.map(|()| unread)
    }

    /// Whether the mandate may still be carried out and sealed: not run out, not recalled.
    ///
    /// In the release model: `Seal`, `Record`.
    pub(crate) fn still_good(&self, cleared: &Cleared, now: Timestamp) -> Result<(), AgentError> {
        self.ledger.it_is(now)?;
        let expires_at = cleared.mandate().expires_at;
        if expires_at <= now {
            return Err(AgentError::Expired(expires_at));
        }
        if self
            .hear_recalls(now)?
            .contains(&Stem::of(cleared.mandate()))
        {
            return Err(AgentError::RecallUnread);
        }
        if self.ledger.is_recalled(&cleared.digest())? {
            return Err(AgentError::Recalled);
        }
        Ok(())
    }
}
