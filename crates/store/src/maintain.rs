//! What keeps the store in order: positions in the log, the read model, erasure.

use std::collections::HashMap;

use lagrum_model::{Case, CaseId};

use crate::store::events_of;
use crate::vault::CaseKey;
use crate::{
    CaseRecord, LogEntry, Project, ReadTransaction, SealedEvent, Store, StoreError, Summary,
};

/// Cases that are read or written in one transaction where all are gone through.
const CHUNK: u32 = 64;

/// A case whose read model is not what follows from its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which case.
    pub case: CaseId,
    /// The read model as it is stored, if there is one.
    pub stored: Option<Summary>,
    /// The read model as it follows from the events. Absent: the case was erased.
    pub folded: Option<Summary>,
}

/// The keys of cases, each unwrapped once. `None`: erased.
#[derive(Default)]
struct Keys(HashMap<CaseId, Option<CaseKey>>);

impl Keys {
    fn of(
        &mut self,
        store: &Store,
        transaction: &mut dyn ReadTransaction,
        case: &CaseId,
    ) -> Result<Option<&CaseKey>, StoreError> {
        if !self.0.contains_key(case) {
            let record = transaction.case(case)?;
            let record = record
                .ok_or_else(|| StoreError::damaged(format!("the record of case {case} is gone")))?;
            let key = match record.key {
                Some(_) => Some(store.key_of(&record)?),
                None => None,
            };
            self.0.insert(case.clone(), key);
        }
        Ok(self.0.get(case).and_then(Option::as_ref))
    }

    /// Checks that an event is what it was when it was committed to. Of an erased case nobody can.
    fn check(
        &mut self,
        store: &Store,
        transaction: &mut dyn ReadTransaction,
        case: &CaseId,
        event: &SealedEvent,
    ) -> Result<(), StoreError> {
        if let Some(key) = self.of(store, transaction, case)? {
            key.open_event(event.number, &event.commitment, &event.sealed)?;
        }
        Ok(())
    }
}

impl Store {
    /// Gives up to `limit` events that have none their position in the log, in the order of
    /// recording, and says to how many. Each is checked before.
    ///
    /// # Errors
    /// When an event was changed, or the database cannot be written.
    pub fn place(&self, limit: u32) -> Result<u32, StoreError> {
        if self.database.read()?.unplaced(1)?.is_empty() {
            return Ok(0);
        }
        let mut transaction = self.database.write("place")?;
        let next = transaction.lock_log()?;
        let mut keys = Keys::default();
        let waiting = transaction.unplaced(limit)?;
        let mut entries = Vec::with_capacity(waiting.len());
        for (position, unplaced) in (next..).zip(waiting) {
            keys.check(self, &mut *transaction, &unplaced.case, &unplaced.event)?;
            entries.push(LogEntry {
                position,
                commitment: unplaced.event.commitment,
                event: (unplaced.case, unplaced.event.number),
            });
        }
        transaction.place(&entries)?;
        transaction.commit()?;
        Ok(entries.len() as u32)
    }

    /// Up to `limit` entries of the log from `position` on. Each was checked against its event.
    ///
    /// # Errors
    /// When an event was changed or is missing, or the database cannot be read.
    pub fn entries_from(&self, position: u64, limit: u32) -> Result<Vec<LogEntry>, StoreError> {
        let mut transaction = self.database.read()?;
        let found = transaction.log_entries(position, limit)?;
        let mut keys = Keys::default();
        let mut entries = Vec::with_capacity(found.len());
        for (expected, placed) in (position..).zip(found) {
            if placed.entry.position != expected {
                return Err(StoreError::damaged(format!(
                    "entry {expected} of the log is missing"
                )));
            }
            if placed.entry.commitment != placed.event.commitment {
                return Err(StoreError::damaged(format!(
                    "entry {expected} of the log was changed after it was recorded"
                )));
            }
            keys.check(
                self,
                &mut *transaction,
                &placed.entry.event.0,
                &placed.event,
            )?;
            entries.push(placed.entry);
        }
        Ok(entries)
    }

    /// The cases after `after`, up to `limit`, in the order of their numbers, with the number of
    /// their events; also those that were erased.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cases_after(
        &self,
        after: Option<&CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseRecord>, StoreError> {
        self.database.read()?.cases_after(after, limit)
    }

    /// Makes the read model of every case anew, and says of how many. May run beside the desk.
    ///
    /// # Errors
    /// When an event was changed, or the database cannot be written. What is done so far stays.
    pub fn rebuild_summaries(&self, project: Project<'_>) -> Result<u64, StoreError> {
        let mut rebuilt = 0;
        let mut after: Option<CaseId> = None;
        loop {
            let chunk = self.cases_after(after.as_ref(), CHUNK)?;
            let Some(last) = chunk.last() else {
                return Ok(rebuilt);
            };
            after = Some(last.case.clone());
            let mut transaction = self.database.write("rebuild")?;
            for case in chunk.iter().map(|record| &record.case) {
                let record = transaction.lock_case(case)?;
                let Some(record) = record.filter(|record| record.key.is_some()) else {
                    continue;
                };
                let key = self.key_of(&record)?;
                let events = events_of(&mut *transaction, &record, &key)?;
                let folded = Case::from_events(&events);
                let (row, tags) = self.row(&project(case, &folded, &events), &folded);
                transaction.put_summary(&row, &tags)?;
                rebuilt += 1;
            }
            transaction.commit()?;
        }
    }

    /// Compares the read model of every case with its events, and says where they differ.
    ///
    /// # Errors
    /// When an event was changed, or the database cannot be read.
    pub fn compare_summaries(&self, project: Project<'_>) -> Result<Vec<Difference>, StoreError> {
        let mut differences = Vec::new();
        let mut after: Option<CaseId> = None;
        loop {
            let mut transaction = self.database.read()?;
            let chunk = transaction.cases_after(after.as_ref(), CHUNK)?;
            let Some(last) = chunk.last() else {
                return Ok(differences);
            };
            after = Some(last.case.clone());
            for record in &chunk {
                let case = &record.case;
                let stored = transaction.summary(case)?;
                let tags = transaction.identifiers(case)?;
                let folded = match record.key {
                    None => None,
                    Some(_) => {
                        let key = self.key_of(record)?;
                        let events = events_of(&mut *transaction, record, &key)?;
                        let folded = Case::from_events(&events);
                        Some(self.row(&project(case, &folded, &events), &folded))
                    }
                };
                let (folded, expected) = folded.unzip();
                if stored != folded || tags != expected.unwrap_or_default() {
                    differences.push(Difference {
                        case: case.clone(),
                        stored: stored.map(Summary::try_from).transpose()?,
                        folded: folded.map(Summary::try_from).transpose()?,
                    });
                }
            }
        }
    }

    /// Erases a case: its key, its originals and its read model are removed. Its events stay as they
    /// are, so that the log remains whole and provable, and nobody can read them any more. Doing it
    /// again changes nothing.
    ///
    /// Backups of the database and of the master key together can still read what was in them.
    ///
    /// # Errors
    /// [`StoreError::Unfinished`] while an event has no position in the log or something is still to
    /// be done; when there is no such case.
    pub fn erase(&self, id: &CaseId) -> Result<(), StoreError> {
        let mut transaction = self.database.write("erase")?;
        let record = transaction.lock_case(id)?;
        let record = record.ok_or_else(|| StoreError::NoSuchCase(id.clone()))?;
        if record.key.is_none() {
            return Ok(());
        }
        let unplaced = transaction.position(id, record.events)?.is_none();
        if unplaced || pending(&mut *transaction, id)? {
            return Err(StoreError::Unfinished(id.clone()));
        }
        transaction.erase_case(id)?;
        transaction.commit()
    }
}

/// Whether something is still to be done for a case.
fn pending(transaction: &mut dyn ReadTransaction, case: &CaseId) -> Result<bool, StoreError> {
    let mut after = 0;
    loop {
        let rows = transaction.outbox(after, 1000)?;
        let Some(last) = rows.last() else {
            return Ok(false);
        };
        after = last.place;
        if rows.iter().any(|row| row.case == *case) {
            return Ok(true);
        }
    }
}
