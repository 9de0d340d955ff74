use lagrum_access::Action;
use lagrum_model::{CaseId, Command, Refusal};

use crate::{CommandError, Session};

impl Session<'_> {
    /// Hands a case to the person with this id, or to nobody.
    ///
    /// # Errors
    /// When nobody has that id, or the case is closed.
    pub fn assign(&mut self, id: &CaseId, to: Option<&str>) -> Result<(), CommandError> {
        let people = self.desk.people()?;
        self.change(Action::Assign, id, &[], |changes, acting| {
            if let Some(person) = to.filter(|person| people.find(person).is_none()) {
                return Err(acting.refused(Refusal::UnknownPerson {
                    id: person.to_owned(),
                }));
            }
            let to = to.map(str::to_owned);
            acting.command(changes, Command::Assign { to }, "assigned")
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
