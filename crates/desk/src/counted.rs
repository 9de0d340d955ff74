//! The card by which a case is counted in the public figures.

use lagrum_access::Action;
use lagrum_mandate::MandateCard;
use lagrum_model::{CaseId, Refusal};
use lagrum_store::StoreError;

use crate::session::projecting;
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
        // The next file, as far as the database knows, may be published already.
        self.desk.gives_numbers_and_cards()?;
        self.change(action, id, &[], |changes, acting| {
            changes.count(&acting.actor);
            Ok(())
        })?;
        let opening = self.desk.inner.store.opening(id)?;
        Ok(opening.map_or(Counted::Full, |opening| Counted::By(opening.into())))
    }
}

/// Cases that are gone through at once.
const CHUNK: u32 = 64;

impl Session<'_> {
    /// Gives each case that has none a card, as far as the files of the next thirty days have places: where a log that was
    /// written at once gets files of cards, what came before is counted with what comes now. Says how many it gave; a
    /// case that cannot be read is passed over.
    ///
    /// # Errors
    /// When the person may not, or the store fails. What was given stays.
    pub fn count_cases_of_before(&mut self) -> Result<u64, CommandError> {
        self.may(Action::ScheduleLog)?;
        self.desk.gives_numbers_and_cards()?;
        let (desk, actor, at) = (self.desk, self.by.actor(), self.time.now());
        let store = &desk.inner.store;
        let (mut after, mut given) = (None, 0);
        loop {
            let cases = store.cases_after(after.as_ref(), CHUNK)?;
            let Some(last) = cases.last() else {
                return Ok(given);
            };
            after = Some(last.case.clone());
            for record in cases.iter().filter(|record| record.key.is_some()) {
                let id = &record.case;
                let counted = store.change(
                    Action::ScheduleLog.as_str(),
                    id,
                    at,
                    &[],
                    self.random,
                    projecting!(desk),
                    |changes| {
                        changes.count(&actor);
                        Ok::<_, CommandError>(changes.case().card.is_none())
                    },
                );
                match counted {
                    Ok(new) => given += u64::from(new && store.opening(id)?.is_some()),
                    Err(CommandError::Store(StoreError::Damaged(_) | StoreError::NotKnown(_))) => {}
                    Err(other) => return Err(other),
                }
            }
        }
    }
}
