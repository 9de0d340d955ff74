//! The record of a case, checked as it is read: against itself, and against the public log.

use std::time::Duration;

use lagrum_log::{Commitment, Compared, LogReader};
use lagrum_model::{CaseId, Event, NotKnown};

use crate::vault::CaseKey;
use crate::{CaseRecord, LogEntry, ReadTransaction, SealedEvent, StoreError};

/// The published log, as far as what is read is held against it.
pub trait PublicLog: Send + Sync {
    /// Holds entries, each with its position, against it.
    ///
    /// # Errors
    /// As [`LogReader::compare`].
    fn compare(&self, entries: &[(u64, Commitment)]) -> Result<Compared, lagrum_log::Error>;
}

impl PublicLog for LogReader {
    fn compare(&self, entries: &[(u64, Commitment)]) -> Result<Compared, lagrum_log::Error> {
        Self::compare(self, entries)
    }
}

/// The events of a case, each checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The events, in order, none missing.
    pub events: Vec<Event>,
    /// Why they could not be held against the public log; absent when they were, as far as it has
    /// them.
    pub uncompared: Option<String>,
}

/// What was read of a case: its events, and the entries of the log that commit to them.
pub(crate) struct Read {
    pub events: Vec<Event>,
    pub entries: Vec<LogEntry>,
}

/// The events of a case: each opened and checked, in its own place, none missing; and their entries
/// in the log, which commit to them one by one from the first on.
pub(crate) fn read(
    transaction: &mut dyn ReadTransaction,
    record: &CaseRecord,
    key: &CaseKey,
) -> Result<Read, StoreError> {
    let case = &record.case;
    let sealed = transaction.events(case)?;
    let entries = transaction.entries_of(case)?;
    if let Some(number) = first_gap(&sealed, record.events) {
        return Err(StoreError::damaged(format!(
            "event {number} of case {case} is missing"
        )));
    }
    let events = sealed.iter().map(|event| open_event(case, key, event));
    let events = events.collect::<Result<_, _>>()?;
    if let Some((number, why)) = entries_fault(&sealed, &entries) {
        return Err(StoreError::damaged(format!(
            "event {number} of case {case} {why}"
        )));
    }
    Ok(Read { events, entries })
}

/// The first number that is not where it must be, if one is not.
pub(crate) fn first_gap(sealed: &[SealedEvent], events: u64) -> Option<u64> {
    let wrong = (1..)
        .zip(sealed)
        .find(|(number, one)| *number != one.number);
    let found = sealed.len() as u64;
    match wrong {
        Some((number, _)) => Some(number),
        None if found != events => Some(found.min(events) + 1),
        None => None,
    }
}

/// Opens one event, and checks that it is what its place says.
pub(crate) fn open_event(
    case: &CaseId,
    key: &CaseKey,
    sealed: &SealedEvent,
) -> Result<Event, StoreError> {
    let number = sealed.number;
    let (_, text) = key.open_event(number, &sealed.commitment, &sealed.sealed)?;
    let event: Event = serde_json::from_str(&text).map_err(|e| match NotKnown::of_json(&e) {
        Some(why) => StoreError::NotKnown(format!("event {number} of case {case}: {why}")),
        None => StoreError::Damaged(format!("event {number} of case {case} cannot be read: {e}")),
    })?;
    if event.case != *case || event.number != number {
        return Err(StoreError::damaged(format!(
            "event {number} of case {case} says that it is event {} of case {}",
            event.number, event.case
        )));
    }
    Ok(event)
}

/// The entries of the log that are of a case commit to its events from the first on, in the same
/// order. If not: at which event, and what is wrong with it.
pub(crate) fn entries_fault(sealed: &[SealedEvent], entries: &[LogEntry]) -> Option<(u64, String)> {
    let mut before = None;
    for (number, entry) in (1..).zip(entries) {
        let LogEntry {
            position,
            commitment,
            event: (_, of),
        } = entry;
        let why = match sealed.get((number - 1) as usize) {
            _ if *of != number => format!("has lost its entry in the log, and event {of} has one"),
            None => format!("is missing, and is entry {position} of the log"),
            Some(event) if event.commitment != *commitment => {
                format!("is not the one that entry {position} of the log commits to")
            }
            Some(_) if before >= Some(*position) => {
                "has an earlier entry in the log than the event before it".into()
            }
            Some(_) => {
                before = Some(*position);
                continue;
            }
        };
        return Some((number, why));
    }
    None
}

/// How often the log is looked at again while somebody is publishing it, and with which pauses.
const LOOKS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(10);

/// Holds entries of a case against the public log. Gives the reason why that was not possible,
/// if it was not. `published`: how many entries the desk has published, so that a log that was
/// rolled back is not taken for a whole one.
///
/// # Errors
/// When the log has another entry in one of these places, or is damaged itself.
pub(crate) fn hold(
    log: &dyn PublicLog,
    entries: &[LogEntry],
    published: u64,
) -> Result<Option<String>, StoreError> {
    let Some(last) = entries.last() else {
        return Ok(None);
    };
    let places: Vec<_> = entries
        .iter()
        .map(|entry| (entry.position, entry.commitment))
        .collect();
    let mut looks = 0;
    loop {
        let found = match log.compare(&places) {
            Ok(found) => found,
            Err(error @ lagrum_log::Error::Damaged { .. }) => {
                return Err(StoreError::PublicLog(error));
            }
            Err(error) => return Ok(Some(error.to_string())),
        };
        if let Some(position) = found.differs {
            let entry = entries.iter().find(|entry| entry.position == position);
            let (case, number) = &entry.expect("one of those that were asked for").event;
            return Err(StoreError::damaged(format!(
                "event {number} of case {case} is not what the public log has as its entry {position}"
            )));
        }
        let size = found.size.unwrap_or_default();
        if last.position < size || last.position >= published {
            return Ok(None);
        }
        // The head moves just before the checkpoint is published.
        looks += 1;
        if looks > LOOKS {
            return Ok(Some(format!(
                "the public log has {size} entries, and {published} were published"
            )));
        }
        std::thread::sleep(PAUSE);
    }
}
