//! What was recorded lately, for whoever has to tell of it: in the order of the log, and what has no place there yet.

use lagrum_model::{CaseId, Event};

use crate::record::open_event;
use crate::{ReadTransaction, SealedEvent, Store, StoreError};

/// One event that was recorded.
#[derive(Clone, Debug)]
pub struct Recent {
    /// In which case.
    pub case: CaseId,
    /// Its number within the case.
    pub number: u64,
    /// Its position in the log, from 0; absent while it has none.
    pub position: Option<u64>,
    /// The event. Absent where the case was erased, or the event was changed from outside.
    pub event: Option<Event>,
}

impl Store {
    /// Up to `limit` events from `position` of the log on, in its order. What nobody can read is there without
    /// its event: whoever goes on from the last one has seen them all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recent(&self, position: u64, limit: u32) -> Result<Vec<Recent>, StoreError> {
        let mut transaction = self.database.read()?;
        let placed = transaction.log_entries(position, limit)?;
        let mut all = Vec::with_capacity(placed.len());
        for one in placed {
            let (case, number) = one.entry.event;
            let event = match &one.event {
                Some(sealed) => self.readable(&mut *transaction, &case, sealed)?,
                None => None,
            };
            all.push(Recent {
                case,
                number,
                position: Some(one.entry.position),
                event,
            });
        }
        Ok(all)
    }

    /// Up to `limit` events that have no position in the log yet, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recent_unplaced(&self, limit: u32) -> Result<Vec<Recent>, StoreError> {
        let mut transaction = self.database.read()?;
        let waiting = transaction.unplaced(0, limit)?;
        let mut all = Vec::with_capacity(waiting.len());
        for one in waiting {
            let event = self.readable(&mut *transaction, &one.case, &one.event)?;
            all.push(Recent {
                case: one.case,
                number: one.event.number,
                position: None,
                event,
            });
        }
        Ok(all)
    }

    fn readable(
        &self,
        transaction: &mut dyn ReadTransaction,
        case: &CaseId,
        sealed: &SealedEvent,
    ) -> Result<Option<Event>, StoreError> {
        let opened = self
            .opened(transaction, case)
            .and_then(|(_, key)| open_event(case, &key, sealed));
        match opened {
            Ok(event) => Ok(Some(event)),
            Err(error) if error.is_of_one_case() => Ok(None),
            Err(other) => Err(other),
        }
    }
}
