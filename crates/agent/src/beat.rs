//! The first word and the last of a run that an agent is at work.

use lagrum_mandate::answer::RefusalCode;

use crate::at_work::AtWork;
use crate::{Agent, MandateOutcome};

impl MandateOutcome {
    /// For what kind of reason the mandate was refused. That a recall was heard is an answer to it: nothing is wrong.
    pub(crate) fn refused_for(&self) -> Option<RefusalCode> {
        match self {
            Self::Refused(refusal) if !self.is_recalled() => Some(refusal.code),
            _ => None,
        }
    }

    /// Whether the mandate was recalled before anything of it left, and the agent answered that: there is nothing to do
    /// about it where the agent runs. What else went wrong with a mandate that was recalled, its log for one, is wrong still.
    #[must_use]
    pub fn is_recalled(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.recalled && refusal.code == RefusalCode::Mandate)
    }
}

impl Agent {
    /// Why the desk could not be told, when it last tried in the last run, that this agent is at work:
    /// what cannot be counted is not told as a number. For whoever runs it: it does not leave the region.
    #[must_use]
    pub fn not_told(&self) -> Option<String> {
        self.not_told.borrow().clone()
    }

    /// Tells the desk that this agent is at work, and with what, when its lists were counted. Where that cannot be told
    /// it stops nothing: whoever looks after the desk sees that it is missing, and [`Agent::not_told`] says why.
    pub(crate) fn beat(&self, at_work: &AtWork<'_>) {
        match self.waits_for_counsel() {
            Ok(_) => at_work.tell(),
            Err(error) => at_work.cannot_tell(&error),
        }
    }
}
