//! What keeps the store in order: positions in the log, the read model, erasure.

use std::collections::{HashMap, HashSet};

use lagrum_model::{Case, CaseId};

use crate::record::read;
use crate::store::{Rows, put_rows};
use crate::vault::CaseKey;
use crate::{
    CaseRecord, Damaged, LogEntry, Project, ReadTransaction, SealedEvent, Store, StoreError,
    Summary, SummaryRow, Unplaced,
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
    /// The read model as it follows from the events. Absent: the case was erased, or is damaged.
    pub folded: Option<Summary>,
    /// What is wrong with the case or with its row, if one of the two cannot be read.
    pub damage: Option<String>,
}

/// What [`Store::place`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Number of events that have a position in the log now.
    pub events: u32,
    /// Cases whose events were left out, because something of them was changed from outside.
    pub left_out: Vec<Damaged>,
}

/// What [`Store::rebuild_summaries`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Number of cases whose read model was made anew.
    pub cases: u64,
    /// Cases that were left out, because something of them was changed from outside.
    pub left_out: Vec<Damaged>,
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
    /// recording. Each is checked before; a case of which one was changed is left out from there on,
    /// and stops no other.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn place(&self, limit: u32) -> Result<Placed, StoreError> {
        if self.database.read()?.unplaced(0, 1)?.is_empty() {
            return Ok(Placed::default());
        }
        let mut transaction = self.database.write("place")?;
        let mut position = transaction.lock_log()?;
        let (mut keys, mut next, mut out) = (Keys::default(), HashMap::new(), HashSet::new());
        let (mut entries, mut left_out, mut after) = (Vec::new(), Vec::new(), 0);
        while (entries.len() as u32) < limit {
            let waiting = transaction.unplaced(after, limit)?;
            let Some(last) = waiting.last() else {
                break;
            };
            after = last.recorded;
            for unplaced in waiting {
                let Unplaced { case, event, .. } = unplaced;
                if entries.len() as u32 == limit || out.contains(&case) {
                    continue;
                }
                let checked = is_next(&mut *transaction, &mut next, &case, event.number)
                    .and_then(|()| keys.check(self, &mut *transaction, &case, &event));
                if let Err(error) = checked {
                    left_out.push(Damaged::of(&case, error)?);
                    out.insert(case);
                    continue;
                }
                entries.push(LogEntry {
                    position,
                    commitment: event.commitment,
                    event: (case, event.number),
                });
                position += 1;
            }
        }
        let events = entries.len() as u32;
        if events > 0 {
            transaction.place(&entries)?;
            transaction.commit()?;
        }
        Ok(Placed { events, left_out })
    }

    /// Up to `limit` entries of the log from `position` on. Each was checked against its event. One
    /// that was changed stops all that follow: its position can be given to nothing else.
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
            let event = placed.event.ok_or_else(|| {
                let (case, number) = &placed.entry.event;
                StoreError::Damaged(format!(
                    "event {number} of case {case} is missing, and is entry {expected} of the log"
                ))
            })?;
            if placed.entry.commitment != event.commitment {
                return Err(StoreError::damaged(format!(
                    "entry {expected} of the log was changed after it was recorded"
                )));
            }
            keys.check(self, &mut *transaction, &placed.entry.event.0, &event)?;
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

    /// Makes the read model of every case anew, and says of how many; leaves out those of which
    /// something was changed from outside. May run beside the desk.
    ///
    /// # Errors
    /// When the database cannot be written. What is done so far stays.
    pub fn rebuild_summaries(&self, project: Project<'_>) -> Result<Rebuilt, StoreError> {
        let mut rebuilt = Rebuilt::default();
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
                match self.folded(&mut *transaction, &record, project) {
                    Ok(rows) => put_rows(&mut *transaction, &rows)?,
                    Err(error) => {
                        rebuilt.left_out.push(Damaged::of(case, error)?);
                        continue;
                    }
                }
                rebuilt.cases += 1;
            }
            transaction.commit()?;
        }
    }

    /// Arranges the list by groups of the desk: `group_of` says whose a case is that goes some way, and
    /// `arranged` is the word for these groups. Reads no case, unless its row was written before there were
    /// groups: then the read model is made anew first. False: it was arranged so already.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn arrange(
        &self,
        arranged: &str,
        group_of: &dyn Fn(&str) -> String,
        project: Project<'_>,
    ) -> Result<bool, StoreError> {
        if self.arranged()? == arranged {
            return Ok(false);
        }
        let before_groups = |routes: Vec<String>| routes.iter().any(String::is_empty);
        if before_groups(self.database.read()?.routes()?) {
            self.rebuild_summaries(project)?;
        }
        let mut transaction = self.database.write("arrange")?;
        // Nobody changes the list until it is arranged.
        transaction.hold_arranged(true)?;
        let routes = transaction.routes()?.into_iter();
        let groups: Vec<_> = routes
            .filter(|route| !route.is_empty())
            .map(|route| {
                let group = group_of(&route);
                (route, group)
            })
            .collect();
        transaction.regroup(&groups)?;
        transaction.put_arranged(arranged)?;
        transaction.commit()?;
        Ok(true)
    }

    /// The read model of a case as it follows from its events.
    pub(crate) fn folded(
        &self,
        transaction: &mut dyn ReadTransaction,
        record: &CaseRecord,
        project: Project<'_>,
    ) -> Result<Rows, StoreError> {
        let key = self.key_of(record)?;
        let events = read(transaction, record, &key)?.events;
        let folded = Case::from_events(&events);
        Ok(self.row(&project(&record.case, &folded, &events), &folded))
    }

    /// Compares the read model of every case with its events, and says where they differ, and which
    /// cases cannot be compared because something of them was changed from outside.
    ///
    /// # Errors
    /// When the database cannot be read.
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
                let watched = transaction.watches(case)?;
                let mut damage = None;
                let folded = match record.key {
                    None => None,
                    Some(_) => match self.folded(&mut *transaction, record, project) {
                        Ok(folded) => Some(folded),
                        Err(error) => {
                            damage = Some(Damaged::of(case, error)?.why);
                            None
                        }
                    },
                };
                let same = match (&folded, &stored) {
                    (None, None) => tags.is_empty() && watched.is_empty(),
                    (Some(folded), Some(stored)) => {
                        folded.row == *stored && folded.tags == tags && folded.watched == watched
                    }
                    _ => false,
                };
                if damage.is_none() && same {
                    continue;
                }
                let folded = folded.map(|folded| folded.row);
                let mut shown = |row: Option<SummaryRow>| match row.map(Summary::try_from) {
                    None => Ok(None),
                    Some(Ok(summary)) => Ok(Some(summary)),
                    Some(Err(error)) => {
                        damage.get_or_insert(Damaged::of(case, error)?.why);
                        Ok::<_, StoreError>(None)
                    }
                };
                differences.push(Difference {
                    case: case.clone(),
                    stored: shown(stored)?,
                    folded: shown(folded)?,
                    damage,
                });
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

/// Whether an event is the next one of its case that the log waits for. `next` remembers, per case,
/// the number that comes next.
fn is_next(
    transaction: &mut dyn ReadTransaction,
    next: &mut HashMap<CaseId, u64>,
    case: &CaseId,
    number: u64,
) -> Result<(), StoreError> {
    let expected = match next.get(case) {
        Some(expected) => *expected,
        None => transaction.entries_of(case)?.len() as u64 + 1,
    };
    if number != expected {
        return Err(StoreError::damaged(format!(
            "event {number} of case {case} waits for the log, and the next one is event {expected}"
        )));
    }
    next.insert(case.clone(), number + 1);
    Ok(())
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
