//! Positions in the log: what is given one, and what was.

use std::collections::{HashMap, HashSet};

use lagrum_model::CaseId;

use crate::rules::schedule;
use crate::vault::CaseKey;
use crate::{
    Batch, Damaged, Leaf, LogEntry, ReadTransaction, SealedEvent, Store, StoreError, Unplaced,
};

/// What [`Store::place`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Number of events that have a position in the log now.
    pub events: u32,
    /// Cases whose events were left out, because something of them was changed from outside.
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
    /// recording, and texts that wait after them. Each is checked before; a case of which one was changed is left out from there on,
    /// and stops no other. Where there is a schedule [`Store::tick`] gives positions, and this none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn place(&self, limit: u32) -> Result<Placed, StoreError> {
        {
            let mut read = self.database.read()?;
            let at_once = schedule(&mut *read)?.rules().is_empty();
            let waits = |read: &mut dyn ReadTransaction| {
                Ok::<_, StoreError>(
                    !read.unplaced(0, 1)?.is_empty() || !read.notices_waiting(1)?.is_empty(),
                )
            };
            if !at_once || !waits(&mut *read)? {
                return Ok(Placed::default());
            }
        }
        let mut transaction = self.database.write("place")?;
        let mut position = transaction.lock_log()?;
        let mut checks = Checks::new(self);
        let (mut entries, mut after) = (Vec::new(), 0);
        while (entries.len() as u32) < limit {
            let waiting = transaction.unplaced(after, limit)?;
            let Some(last) = waiting.last() else {
                break;
            };
            after = last.recorded;
            for unplaced in waiting {
                let Unplaced { case, event, .. } = unplaced;
                if entries.len() as u32 == limit || !checks.may(&mut *transaction, &case, &event)? {
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
        let mut notices = Vec::new();
        for notice in transaction.notices_waiting(limit)? {
            notices.push((notice.place, position));
            position += 1;
        }
        if events > 0 || !notices.is_empty() {
            transaction.place(&Batch {
                entries,
                notices,
                ..Batch::default()
            })?;
            transaction.commit()?;
        }
        Ok(Placed {
            events,
            left_out: checks.left_out,
        })
    }

    /// Up to `limit` entries of the log from `position` on. Each was checked against what it commits to. One
    /// that was changed stops all that follow: its position can be given to nothing else.
    ///
    /// # Errors
    /// When an event was changed or is missing, or the database cannot be read.
    pub fn entries_from(&self, position: u64, limit: u32) -> Result<Vec<Leaf>, StoreError> {
        let mut transaction = self.database.read()?;
        let mut events = transaction
            .log_entries(position, limit)?
            .into_iter()
            .peekable();
        let mut others = self.others(&mut *transaction, position, limit)?;
        let mut keys = Keys::default();
        let mut entries = Vec::new();
        for expected in (position..).take(limit as usize) {
            if let Some((commitment, fault)) = others.remove(&expected) {
                match fault {
                    Some(why) => return Err(StoreError::Damaged(why)),
                    None => entries.push(Leaf {
                        position: expected,
                        commitment,
                        event: None,
                    }),
                }
                continue;
            }
            let Some(placed) = events.next_if(|placed| placed.entry.position == expected) else {
                let is_end = events.peek().is_none() && others.is_empty();
                if is_end && expected >= transaction.log_size()? {
                    break;
                }
                return Err(StoreError::damaged(format!(
                    "entry {expected} of the log is missing"
                )));
            };
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
            entries.push(Leaf {
                position: expected,
                commitment: placed.entry.commitment,
                event: Some(placed.entry.event),
            });
        }
        Ok(entries)
    }
}

/// Looks at events before they get a position, within one transaction.
pub(crate) struct Checks<'s> {
    store: &'s Store,
    keys: Keys,
    /// Of each case, the number of the event that comes next.
    next: HashMap<CaseId, u64>,
    out: HashSet<CaseId>,
    /// Cases that are left out, because something of them was changed from outside.
    pub(crate) left_out: Vec<Damaged>,
}

impl<'s> Checks<'s> {
    pub(crate) fn new(store: &'s Store) -> Self {
        Self {
            store,
            keys: Keys::default(),
            next: HashMap::new(),
            out: HashSet::new(),
            left_out: Vec::new(),
        }
    }

    /// Whether an event is the next one of its case and is what it was committed to. If not, its case is left out
    /// from there on.
    pub(crate) fn may(
        &mut self,
        transaction: &mut dyn ReadTransaction,
        case: &CaseId,
        event: &SealedEvent,
    ) -> Result<bool, StoreError> {
        if self.out.contains(case) {
            return Ok(false);
        }
        let checked = is_next(transaction, &mut self.next, case, event.number)
            .and_then(|()| self.keys.check(self.store, transaction, case, event));
        if let Err(error) = checked {
            self.left_out.push(Damaged::of(case, error)?);
            self.out.insert(case.clone());
            return Ok(false);
        }
        Ok(true)
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
