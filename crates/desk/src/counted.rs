//! The card by which a case is counted in the public figures.

use lagrum_access::Action;
use lagrum_mandate::MandateCard;
use lagrum_model::{CaseId, Refusal};

use crate::{CommandError, Session};

/// Whether a case has a card.
pub(crate) enum Counted {
    /// By this one.
    By(MandateCard),
    /// By none: the log has no files of cards.
    NoFiles,
    /// Not yet: the files of the next thirty days are full.
    Full,
}

impl Counted {
    /// What a mandate of the case names.
    pub(crate) fn named(&self) -> Result<Option<MandateCard>, Refusal> {
        match self {
            Self::By(card) => Ok(Some(card.clone())),
            Self::NoFiles => Ok(None),
            Self::Full => Err(Refusal::NoCard),
        }
    }
}

impl Session<'_> {
    /// By which card a case is counted. One that has none is given one, as far as `action` may change the case: it
    /// was opened before the log had files of cards, or while all were full.
    pub(crate) fn counted(&mut self, action: Action, id: &CaseId) -> Result<Counted, CommandError> {
        let store = &self.desk.inner.store;
        if let Some(opening) = store.opening(id)? {
            return Ok(Counted::By(opening.into()));
        }
        if store.schedule()?.rules().is_empty() {
            return Ok(Counted::NoFiles);
        }
        self.change(action, id, &[], |changes, acting| {
            changes.count(&acting.actor);
            Ok(())
        })?;
        let opening = self.desk.inner.store.opening(id)?;
        Ok(opening.map_or(Counted::Full, |opening| Counted::By(opening.into())))
    }
}
