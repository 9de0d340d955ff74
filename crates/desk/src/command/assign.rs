use lagrum_access::Action;
use lagrum_model::{CaseId, Command, Refusal, SealedNote};
use lagrum_notes::seal_text_to;

use crate::{CommandError, Session};

impl Session<'_> {
    /// Hands a case to the person with this id, or to nobody.
    ///
    /// # Errors
    /// When nobody has that id, or the case is closed.
    pub fn assign(&mut self, id: &CaseId, to: Option<&str>) -> Result<(), CommandError> {
        let desk = self.desk;
        self.change(Action::Assign, id, &[], |changes, acting| {
            if let Some(person) = to {
                let can = desk.can_look_after(changes.case(), person)?;
                can.map_err(|refusal| acting.refused(refusal))?;
            }
            let to = to.map(str::to_owned);
            acting.command(changes, Command::Assign { to }, "assigned")
        })
    }

    /// Hands a case to another group of the desk, with the reason. Nobody looks after it then; whoever does not
    /// work for that group does not see it any more.
    ///
    /// # Errors
    /// When no group has that id, nobody says why, or the case is closed.
    pub fn hand_to_group(
        &mut self,
        id: &CaseId,
        group: &str,
        reason: &str,
    ) -> Result<(), CommandError> {
        let desk = self.desk;
        self.change(Action::Assign, id, &[], |changes, acting| {
            if desk.people()?.group(group).is_none() {
                let id = group.to_owned();
                return Err(acting.refused(Refusal::UnknownGroup { id }));
            }
            if reason.trim().is_empty() {
                return Err(acting.refused(Refusal::Empty { field: "reason" }));
            }
            // That it is theirs already changes nothing.
            if desk.group_of(changes.case())? == Some(group) {
                return Ok(());
            }
            let group = group.to_owned();
            acting.command(changes, Command::HandToGroup { group }, reason)
        })
    }

    /// Hands several cases to one person, or to nobody. Each is a transaction of its own: what is refused
    /// of one changes nothing of the others.
    pub fn assign_each(
        &mut self,
        ids: &[CaseId],
        to: Option<&str>,
    ) -> Vec<(CaseId, Result<(), CommandError>)> {
        let each = ids.iter().map(|id| (id.clone(), self.assign(id, to)));
        each.collect()
    }

    /// Asks the authority whose officer sent the demand through the door; its officers read it there.
    ///
    /// # Errors
    /// When it is empty, or the demand did not come through the door.
    pub fn ask(&mut self, id: &CaseId, text: &str) -> Result<(), CommandError> {
        self.change(Action::Ask, id, &[], |changes, acting| {
            let text = text.to_owned();
            acting.command(changes, Command::Ask { text }, "asked at the door")
        })
    }

    /// Writes a note into a case.
    ///
    /// # Errors
    /// When it is empty, or the person may not write it.
    pub fn note(&mut self, id: &CaseId, text: &str) -> Result<(), CommandError> {
        self.change(Action::Note, id, &[], |changes, acting| {
            let text = text.to_owned();
            acting.command(changes, Command::Note { text }, "note")
        })
    }

    /// Writes a note that only counsel writes and reads: it is sealed to the keys of the counsel who work for the
    /// case's group, as the desk's roster has them, before anything of it is kept. From then on the desk cannot
    /// read it. Gives the names of those who can.
    ///
    /// # Errors
    /// [`Refusal::NobodyOpens`] when none of them has a key in a file; when it is empty, or the person may not write
    /// it.
    pub fn note_privileged(
        &mut self,
        id: &CaseId,
        text: &str,
    ) -> Result<Vec<String>, CommandError> {
        let desk = self.desk;
        self.change(Action::NotePrivileged, id, &[], |changes, acting| {
            if text.trim().is_empty() {
                return Err(acting.refused(Refusal::Empty { field: "text" }));
            }
            let counsel = desk.opens_notes_of(changes.case())?;
            if counsel.is_empty() {
                return Err(acting.refused(Refusal::NobodyOpens));
            }
            let keys: Vec<_> = counsel.iter().map(|one| &one.key).collect();
            let age =
                seal_text_to(&keys, text).map_err(|e| CommandError::Damaged(e.to_string()))?;
            let mut to: Vec<_> = counsel.iter().map(|one| one.name.clone()).collect();
            // Two keys of one person are one name.
            to.dedup();
            let sealed = Box::new(SealedNote {
                to: to.clone(),
                age,
            });
            acting.command(changes, Command::SealNote { sealed }, "note")?;
            Ok(to)
        })
    }

    /// A sealed note of a case, to be opened with a key to which it was sealed. None where no event of that number
    /// is one.
    ///
    /// # Errors
    /// When there is no such case, or the person may not read its privileged notes.
    pub fn sealed_note(
        &self,
        id: &CaseId,
        number: u64,
    ) -> Result<Option<SealedNote>, CommandError> {
        let case = self.read_for(Action::ReadPrivileged, id)?.case;
        let mut notes = case.notes.into_iter();
        let note = notes.find(|note| note.number == number);
        Ok(note.and_then(|note| note.sealed))
    }
}
