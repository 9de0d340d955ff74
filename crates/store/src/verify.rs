//! Going through all that is kept, and naming what is not what was recorded.
//!
//! Memory does not grow with the number of cases; time grows with the number of events, the bytes of
//! the originals and the entries of the log, each of which is read once.

use std::collections::{HashMap, HashSet};

use lagrum_log::Commitment;
use lagrum_model::{Case, CaseId, Event};
use serde::Serialize;

use crate::fault::{Fault, Tell};
use crate::record::{entries_fault, first_gap, open_event};
use crate::store::Rows;
use crate::vault::CaseKey;
use crate::{
    CaseFilter, CaseRecord, Damaged, ListQuery, LogEntry, Losses, Order, Page, PassedOver,
    PlacedEvent, Project, ReadTransaction, SealedEvent, Store, StoreError,
};

/// Cases, entries or events that are read in one transaction.
const CHUNK: u32 = 256;

/// What was gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Cases, without those that were erased.
    pub cases: u64,
    /// Cases that were erased: of them only the commitments can be compared.
    pub erased: u64,
    /// Events.
    pub events: u64,
    /// Originals.
    pub originals: u64,
    /// Their bytes.
    pub original_bytes: u64,
    /// Entries of the public log.
    pub entries: u64,
    /// Entries of the public log of which nobody can say any more what they stand for, as the log says itself.
    pub lost: u64,
    /// Events that are recorded and not yet public.
    pub waiting: u64,
}

/// What looks into the events of a case besides, and tells what it finds.
pub type Inspect<'i> = &'i mut dyn FnMut(&CaseId, &[Event], &mut dyn FnMut(Fault));

impl Store {
    /// Goes through every case: its events against their commitments and their entries in the log,
    /// none missing, none of another case; its originals against their digests; its row in the list
    /// against its fold; and what waits. `inspect` is shown the events of each case that could be
    /// read. May run beside the desk, and writes nothing.
    ///
    /// # Errors
    /// When the database cannot be read. What is wrong with what is kept is told, not an error.
    pub fn verify(
        &self,
        project: Project<'_>,
        inspect: Inspect<'_>,
        tell: Tell<'_>,
    ) -> Result<Verified, StoreError> {
        let mut found = Verified::default();
        let mut last: HashMap<i16, u32> = HashMap::new();
        let mut after: Option<CaseId> = None;
        let passed = self.database.read()?.passed_over()?;
        loop {
            let mut transaction = self.database.read()?;
            let chunk = transaction.cases_after(after.as_ref(), CHUNK)?;
            let Some(end) = chunk.last() else {
                break;
            };
            after = Some(end.case.clone());
            for record in &chunk {
                let year = last.entry(record.case.year()).or_default();
                for number in *year + 1..record.case.number() {
                    let case = CaseId::new(record.case.year(), number);
                    if !is_passed(&passed, &case) {
                        tell(Fault::of(&case, None, "the case is missing"));
                    }
                }
                *year = record.case.number();
                let case = One {
                    store: self,
                    record,
                    found: &mut found,
                };
                case.verify(&mut *transaction, project, inspect, tell)?;
            }
        }
        self.verify_counters(&last, &passed, tell)?;
        self.verify_list(found.cases, tell)?;
        self.verify_outbox(tell)?;
        Ok(found)
    }

    /// No case was taken away from the end of a year.
    fn verify_counters(
        &self,
        last: &HashMap<i16, u32>,
        passed: &[PassedOver],
        tell: Tell<'_>,
    ) -> Result<(), StoreError> {
        for (year, last) in last {
            // Given back at once: the transaction ends without a commit.
            let mut transaction = self.database.write("verify")?;
            let next = transaction.next_case_number(*year)?;
            for number in last + 1..next {
                let case = CaseId::new(*year, number);
                // Others may have opened cases meanwhile.
                if !is_passed(passed, &case) && transaction.case(&case)?.is_none() {
                    tell(Fault::of(&case, None, "the case is missing"));
                }
            }
        }
        Ok(())
    }

    /// The list has no row without a case.
    fn verify_list(&self, cases: u64, tell: Tell<'_>) -> Result<(), StoreError> {
        let mut transaction = self.database.read()?;
        let all = |page| {
            ListQuery::of(
                &CaseFilter::default(),
                (None, Vec::new()),
                Order::Number,
                page,
            )
        };
        if transaction.list(&all(Page::number(1, 1)))?.total <= cases {
            return Ok(());
        }
        let mut number = 1;
        loop {
            let page = transaction.list(&all(Page::number(number, CHUNK)))?;
            if page.items.is_empty() {
                return Ok(());
            }
            number += 1;
            for row in page.items {
                match transaction.case(&row.case)? {
                    Some(record) if record.key.is_some() => {}
                    _ => tell(Fault::of(
                        &row.case,
                        None,
                        "the list shows a case that is not there",
                    )),
                }
            }
        }
    }

    /// What is to be done can be read.
    fn verify_outbox(&self, tell: Tell<'_>) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let waiting = self.outbox(after, CHUNK)?;
            let Some(last) = waiting.last() else {
                return Ok(());
            };
            after = last.place;
            for one in &waiting {
                if let Err(why) = &one.item {
                    tell(Fault::of(&one.case, None, why));
                }
            }
        }
    }

    /// Holds entries of the public log, from `position` on, against what is kept: each is of an event
    /// that is there and is what the log has. `entries` are those of the log, `tell` hears what is
    /// wrong. Says how many are lost, as the log says itself in `losses`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify_entries(
        &self,
        position: u64,
        entries: &[Commitment],
        losses: &mut Losses,
        tell: Tell<'_>,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.database.read()?;
        let lost = transaction.lost(position, entries.len() as u32)?;
        let end = position + entries.len() as u64;
        let lost: HashSet<u64> = lost
            .into_iter()
            .map(|(position, _)| position)
            .filter(|position| *position < end)
            .collect();
        let mut stated = 0;
        let placed = transaction.log_entries(position, entries.len() as u32)?;
        let mut placed = placed.into_iter().peekable();
        let mut others = self.others(&mut *transaction, position, entries.len() as u32)?;
        let mut cases: HashMap<CaseId, bool> = HashMap::new();
        for (position, there) in (position..).zip(entries) {
            if let Some((commitment, fault)) = others.remove(&position) {
                if lost.contains(&position) {
                    if losses.states(position) {
                        stated += 1;
                    } else if !losses.will_state(position) {
                        let why = format!(
                            "entry {position} of the public log is kept as lost, and nobody stated the loss"
                        );
                        tell(Fault::of_all(why));
                    }
                }
                if let Some(why) = fault {
                    tell(Fault::of_all(why));
                } else if commitment != *there {
                    let why = format!(
                        "entry {position} of the public log is not what was written there, which stands for no event"
                    );
                    tell(Fault::of_all(why));
                }
                continue;
            }
            let Some(PlacedEvent { entry, event }) =
                placed.next_if(|placed| placed.entry.position == position)
            else {
                let why = format!(
                    "the public log has an entry {position} whose event is not here: an event was removed"
                );
                tell(Fault::of_all(why));
                continue;
            };
            let LogEntry {
                commitment,
                event: (case, number),
                ..
            } = entry;
            let fault = |why: String| Fault::of(&case, Some(number), why);
            if commitment != *there {
                let why = format!("it is not what the public log has as its entry {position}");
                tell(fault(why));
            }
            if event.is_none() {
                tell(fault(format!(
                    "it is missing, and is entry {position} of the public log"
                )));
                continue;
            }
            let known = match cases.get(&case) {
                Some(known) => *known,
                None => {
                    let known = transaction.case(&case)?.is_some();
                    cases.insert(case.clone(), known);
                    known
                }
            };
            if !known {
                let why = format!("its case is missing; it is entry {position} of the public log");
                tell(fault(why));
            }
        }
        Ok(stated)
    }
}

/// Whether the number was passed over, so that no case need have it.
fn is_passed(passed: &[PassedOver], case: &CaseId) -> bool {
    passed.iter().any(|numbers| {
        numbers.year == case.year() && (numbers.first..=numbers.last).contains(&case.number())
    })
}

/// One case that is gone through.
struct One<'a> {
    store: &'a Store,
    record: &'a CaseRecord,
    found: &'a mut Verified,
}

impl One<'_> {
    fn verify(
        mut self,
        transaction: &mut dyn ReadTransaction,
        project: Project<'_>,
        inspect: Inspect<'_>,
        tell: Tell<'_>,
    ) -> Result<(), StoreError> {
        let case = &self.record.case;
        let sealed = transaction.events(case)?;
        let entries = transaction.entries_of(case)?;
        self.found.events += sealed.len() as u64;
        let mut sound = true;
        let mut wrong = |event, why: String| {
            sound = false;
            tell(Fault::of(case, event, why));
        };
        if let Some(number) = first_gap(&sealed, self.record.events) {
            wrong(Some(number), "it is missing".into());
        }
        if let Some((number, why)) = entries_fault(&sealed, &entries) {
            wrong(Some(number), format!("it {why}"));
        }
        let waiting = match sealed.len() > entries.len() {
            true => transaction.unplaced_of(case)?,
            false => vec![],
        };
        for event in sealed.iter().skip(entries.len()) {
            self.found.waiting += 1;
            if !waiting.contains(&event.number) {
                let why = "it is not in the log, and does not wait for it";
                wrong(Some(event.number), why.into());
            }
        }
        if self.record.key.is_none() {
            self.found.erased += 1;
            return self.erased(transaction, tell);
        }
        self.found.cases += 1;
        let key = match self.store.key_of(self.record) {
            Ok(key) => key,
            Err(error) => {
                wrong(None, Damaged::of(case, error)?.why);
                return Ok(());
            }
        };
        let events = opened(case, &key, &sealed, &mut wrong)?;
        if !sound {
            return Ok(());
        }
        let folded = Case::from_events(&events);
        inspect(case, &events, tell);
        self.originals(transaction, &key, &folded, tell)?;
        if let Some(why) = self.store.card_fault(transaction, case, folded.card)? {
            tell(Fault::of(case, None, why));
        }
        let Rows {
            row,
            tags,
            words,
            watched,
            fact,
            ..
        } = self
            .store
            .row(transaction, &key, &project(case, &folded, &events), &folded)?;
        match transaction.summary(case)? {
            None => tell(Fault::of(case, None, "the list does not show it")),
            Some(stored) => {
                for column in stored.differing(&row) {
                    let why =
                        format!("the list shows another {column} than follows from the events");
                    tell(Fault::of(case, None, why));
                }
            }
        }
        if transaction.identifiers(case)? != tags {
            let why = "the list finds it under other identifiers than its demand names";
            tell(Fault::of(case, None, why));
        }
        if transaction.words(case)? != words {
            let why = "the list finds it by other words than were written in it";
            tell(Fault::of(case, None, why));
        }
        if transaction.fact(case)? != fact {
            let why = "what figures know of it is not what follows from the events";
            tell(Fault::of(case, None, why));
        }
        if transaction.watches(case)? != watched {
            let why = "what is watched about it is not what follows from the events";
            tell(Fault::of(case, None, why));
        }
        Ok(())
    }

    /// Of an erased case nothing is left but its commitments.
    fn erased(
        &self,
        transaction: &mut dyn ReadTransaction,
        tell: Tell<'_>,
    ) -> Result<(), StoreError> {
        let case = &self.record.case;
        if transaction.summary(case)?.is_some()
            || !transaction.originals(case)?.is_empty()
            || !transaction.words(case)?.is_empty()
            || !transaction.watches(case)?.is_empty()
        {
            tell(Fault::of(
                case,
                None,
                "it was erased, and something of it is left",
            ));
        }
        if let Some(row) = transaction.fact(case)?
            && let Err(error) = self.store.open_fact(&row)
        {
            tell(Fault::of(case, None, Damaged::of(case, error)?.why));
        }
        Ok(())
    }

    /// The originals are those that the events name, byte for byte.
    fn originals(
        &mut self,
        transaction: &mut dyn ReadTransaction,
        key: &CaseKey,
        folded: &Case,
        tell: Tell<'_>,
    ) -> Result<(), StoreError> {
        let case = &self.record.case;
        let stored: HashMap<_, _> = transaction.originals(case)?.into_iter().collect();
        let mut named = HashSet::new();
        for (place, original) in folded.originals.iter().enumerate() {
            let tag = self.store.vault.tag_original(&original.sha256);
            named.insert(tag);
            let what = format!("original {}", place + 1);
            let Some(sealed) = transaction.original(case, &tag)? else {
                tell(Fault::of(case, None, format!("{what} is missing")));
                continue;
            };
            match key.open_original(&original.sha256, &sealed) {
                Ok(bytes) => {
                    self.found.originals += 1;
                    self.found.original_bytes += bytes.len() as u64;
                    if bytes.len() as u64 != original.length {
                        let why = format!("{what} has another length than its event says");
                        tell(Fault::of(case, None, why));
                    }
                }
                Err(_) => tell(Fault::of(case, None, format!("{what} was changed"))),
            }
            // Two cases may hold the same first file: one of them is found by it.
            let leads = stored.get(&tag) == Some(&true);
            if place == 0 && !leads && transaction.case_of_original(&tag)?.is_none() {
                let why = format!("{what} does not lead to the case that was opened with it");
                tell(Fault::of(case, None, why));
            }
        }
        for sent in &folded.letters {
            let letter = &sent.letter;
            let tag = self.store.vault.tag_original(&letter.sha256);
            named.insert(tag);
            let what = format!("the letter of event {}", sent.number);
            let why = match transaction.original(case, &tag)? {
                None => Some(format!("{what} is missing")),
                Some(sealed) => match key.open_original(&letter.sha256, &sealed) {
                    Ok(bytes) if bytes.len() as u64 == letter.length => None,
                    Ok(_) => Some(format!("{what} has another length than its event says")),
                    Err(_) => Some(format!("{what} was changed")),
                },
            };
            if let Some(why) = why {
                tell(Fault::of(case, Some(sent.number), why));
            }
        }
        for tag in stored.keys().filter(|tag| !named.contains(tag)) {
            let opens = stored.get(tag) == Some(&true);
            let why = match opens {
                true => "it holds an original that opened another case, or none",
                false => "it holds an original that no event names",
            };
            tell(Fault::of(case, None, why));
        }
        Ok(())
    }
}

/// The events that can be opened.
fn opened(
    case: &CaseId,
    key: &CaseKey,
    sealed: &[SealedEvent],
    wrong: &mut dyn FnMut(Option<u64>, String),
) -> Result<Vec<Event>, StoreError> {
    let mut events = Vec::with_capacity(sealed.len());
    for one in sealed {
        match open_event(case, key, one) {
            Ok(event) => events.push(event),
            Err(error) => wrong(Some(one.number), Damaged::of(case, error)?.why),
        }
    }
    Ok(events)
}
