use lagrum_access::Action;
use lagrum_model::{CaseId, Command, Link, Refusal};

use crate::{CommandError, Session};

impl Session<'_> {
    /// Says what `other` is to a case, and in the other case what this one is to it. Saying it again
    /// records nothing.
    ///
    /// # Errors
    /// When one of the two does not exist, both are the same, or the person may not.
    pub fn link(
        &mut self,
        id: &CaseId,
        other: &CaseId,
        how: Link,
        reason: &str,
    ) -> Result<(), CommandError> {
        if id == other {
            return Err(CommandError::Refused {
                case: id.clone(),
                refusal: Refusal::LinkedToItself,
            });
        }
        self.theirs(id)?;
        // Neither side is recorded for a case that is not there.
        self.read_case(other)?;
        for (case, to, how) in [(id, other, how), (other, id, how.back())] {
            self.change(Action::Link, case, &[], |changes, acting| {
                let command = Command::Link {
                    to: to.clone(),
                    how,
                };
                acting.command(changes, command, reason)
            })?;
        }
        Ok(())
    }
}
