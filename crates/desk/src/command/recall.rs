use jiff::Unit;
use lagrum_access::Action;
use lagrum_mandate::Recall;
use lagrum_model::{CaseId, Command, Refusal, Sha256Digest};
use serde::Serialize;

use crate::sequencer::recall_note;
use crate::{CommandError, Session};

/// That mandates were recalled, each by a note that somebody of the roster signed.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Recalled {
    /// The case.
    pub case: CaseId,
    /// Who recalled them.
    pub by: Vec<String>,
    /// The mandates. What their agents did with it, they answer.
    pub mandates: Vec<Sha256Digest>,
}

impl Session<'_> {
    /// What somebody of the roster signs to recall the mandates of a case: one for each that is
    /// released and, as far as the desk knows, not carried out, or under which a copy is kept.
    ///
    /// # Errors
    /// When the person may not.
    pub fn to_recall(&self, id: &CaseId) -> Result<Vec<Recall>, CommandError> {
        self.theirs(id)?;
        let case = self.desk.inner.store.case(id)?;
        self.may_with(Action::Recall, id, &case)?;
        let now = self.time.now();
        let at = now.round(Unit::Second).unwrap_or(now);
        let open = case.mandates.iter().filter(|(_, record)| record.is_open());
        let recall = open.map(|(mandate, _)| Recall {
            case: id.clone(),
            mandate: *mandate,
            at,
        });
        Ok(recall.collect())
    }

    /// Recalls mandates: `notes` are signed by one person of the roster each. They are recorded, and go
    /// to the agents. An agent that has not sealed yet produces nothing, and says so; one that has
    /// answers what it produced.
    ///
    /// # Errors
    /// When nobody of the roster signed a note, or it names no mandate of this case that is released
    /// and not carried out.
    pub fn recall(
        &mut self,
        id: &CaseId,
        notes: &[String],
        why: &str,
    ) -> Result<Recalled, CommandError> {
        let roster = self.desk.roster()?;
        self.change(Action::Recall, id, &[], |changes, acting| {
            let mut done = Recalled {
                case: id.clone(),
                by: Vec::new(),
                mandates: Vec::new(),
            };
            for note in notes {
                let (recall, by) = Recall::from_note(roster, note.as_bytes())
                    .map_err(|_| acting.refused(Refusal::SignatureInvalid))?;
                let mandate = recall.mandate;
                let found = changes.case().mandates.get(&mandate);
                let open = found.filter(|one| one.is_open());
                let (Some(record), true) = (open, recall.case == *id) else {
                    return Err(acting.refused(Refusal::NoSuchMandate { mandate }));
                };
                let item = recall_note(&mandate, &record.text, note)?;
                let note = note.clone();
                let reason = format!("{} recalled it: {why}", by.name);
                acting.command(changes, Command::RecallMandate { mandate, note }, &reason)?;
                changes.send(item);
                done.mandates.push(mandate);
                if !done.by.contains(&by.name) {
                    done.by.push(by.name.clone());
                }
            }
            Ok(done)
        })
    }
}
