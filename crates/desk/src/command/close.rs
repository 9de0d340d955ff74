use lagrum_access::Action;
use lagrum_model::{CaseId, Command};
use serde::Serialize;

use crate::sequencer::recall;
use crate::{CommandError, News, Session};

/// That a case is closed.
#[derive(Clone, Debug, Serialize)]
pub struct Closed {
    /// The case.
    pub case: CaseId,
    /// Always true.
    pub closed: bool,
    /// What could not be fetched from the agents before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<News>,
}

impl Session<'_> {
    /// Ends a case. Mandates that no agent carried out are taken back, so that none is carried out
    /// afterwards.
    ///
    /// # Errors
    /// When it is not answered, or an agent still has a mandate of it and has not answered.
    pub fn close(&mut self, id: &CaseId, reason: &str) -> Result<Closed, CommandError> {
        self.may_ever(Action::Close)?;
        // What an agent answered before that counts.
        let news = self.collect_case(id)?;
        self.change(Action::Close, id, &[], |changes, acting| {
            acting.command(changes, Command::Close, reason)?;
            recall(changes, |_, _| true)?;
            Ok(Closed {
                case: id.clone(),
                closed: true,
                news,
            })
        })
    }
}
