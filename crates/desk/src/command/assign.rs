use lagrum_access::Action;
use lagrum_model::{CaseId, Command, Refusal};

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

    /// Writes a note into a case. A privileged one only counsel writes and reads.
    ///
    /// # Errors
    /// When it is empty, or the person may not write it.
    pub fn note(&mut self, id: &CaseId, text: &str, privileged: bool) -> Result<(), CommandError> {
        let action = if privileged {
            Action::NotePrivileged
        } else {
            Action::Note
        };
        self.change(action, id, &[], |changes, acting| {
            let text = text.to_owned();
            acting.command(changes, Command::Note { text, privileged }, "note")
        })
    }
}
