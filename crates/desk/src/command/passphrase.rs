use lagrum_access::Action;
use lagrum_model::{Case, CaseId, Command, Refusal, Sha256Digest};

use crate::sequencer::recorded_mandate;
use crate::{CommandError, Session};

impl Session<'_> {
    /// Records that the person told the passphrases of the case that they tell by telephone, on the numbers that the
    /// mandates name. No passphrase comes to the desk. Saying it again records nothing.
    ///
    /// # Errors
    /// [`Refusal::NoPassphraseToTell`] when no package of the case was sealed with one that they tell; when the person
    /// may not.
    pub fn passphrase_told(&mut self, id: &CaseId) -> Result<Vec<Sha256Digest>, CommandError> {
        let by = self.by.id().to_owned();
        self.change(Action::TellPassphrase, id, &[], |changes, acting| {
            let mandates = tells(changes.case(), &by)?;
            if mandates.is_empty() {
                return Err(acting.refused(Refusal::NoPassphraseToTell));
            }
            for mandate in &mandates {
                let mandate = *mandate;
                acting.command(
                    changes,
                    Command::TellPassphrase { mandate },
                    "told by telephone",
                )?;
            }
            Ok(mandates)
        })
    }

    /// The mandates of a case whose passphrase the person tells and has not told yet.
    ///
    /// # Errors
    /// When a mandate of the case is damaged.
    pub fn passphrases_to_tell(&self, case: &Case) -> Result<Vec<Sha256Digest>, CommandError> {
        let mut mandates = tells(case, self.by.id())?;
        mandates.retain(|mandate| !case.told.contains_key(mandate));
        Ok(mandates)
    }
}

/// The mandates whose package was sealed with a passphrase, each with the id of the person who tells it.
///
/// # Errors
/// When a mandate of the case is damaged.
pub fn tellers(case: &Case) -> Result<Vec<(Sha256Digest, String)>, CommandError> {
    let mut tellers = Vec::new();
    for (digest, record) in &case.mandates {
        let told = recorded_mandate(&record.text)?.recipient;
        if let (Some(told), Some(_)) = (told.told(), record.produced) {
            tellers.push((*digest, told.told_by.clone()));
        }
    }
    Ok(tellers)
}

/// The mandates whose package was sealed with a passphrase that this person tells.
fn tells(case: &Case, by: &str) -> Result<Vec<Sha256Digest>, CommandError> {
    let tellers = tellers(case)?.into_iter();
    let theirs = tellers.filter(|(_, teller)| teller == by);
    Ok(theirs.map(|(mandate, _)| mandate).collect())
}
