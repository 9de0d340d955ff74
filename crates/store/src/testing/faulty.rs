//! A database that fails once, where a test wants it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use lagrum_log::{Commitment, Head};
use lagrum_model::CaseId;

use crate::{
    Batch, CardRow, CaseRecord, Cover, Database, FactRow, ListQuery, LogEntry, Notice, OutboxRow,
    PageOf, PassedOver, PlacedEvent, ReadTransaction, SealedEvent, ShelfRow, StoreError,
    SummaryRow, Tag, Unplaced, WatchQuery, WatchRow, WordTag, WrappedKey, WriteTransaction,
};

/// How a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is not done.
    Before,
    /// It is done, and then fails. A commit then is final, and nobody hears of it.
    After,
    /// As [`Failure::Before`]; but of a commit nobody hears that it was not done.
    Silent,
    /// The database crashes and starts again before it.
    CrashBefore,
    /// The database crashes and starts again while it is done, or just after.
    CrashDuring,
}

/// Steps of writing transactions are counted: the beginning, each that writes or locks, the commit.
pub(super) struct Faulty {
    inner: Arc<dyn Database>,
    /// After how many steps which failure happens.
    plan: Mutex<Option<(u32, Failure)>>,
    /// Makes the database crash and start again.
    crash: Crash,
    /// The steps that have failed.
    struck: Mutex<BTreeSet<&'static str>>,
}

pub(super) type Crash = Arc<dyn Fn() + Send + Sync>;

impl Faulty {
    pub(super) fn new(inner: Arc<dyn Database>) -> Self {
        Self::crashing(inner, Arc::new(|| {}))
    }

    pub(super) fn crashing(inner: Arc<dyn Database>, crash: Crash) -> Self {
        Self {
            inner,
            plan: Mutex::new(None),
            crash,
            struck: Mutex::default(),
        }
    }

    /// The step after `steps` more fails.
    pub(super) fn fail(&self, steps: u32, failure: Failure) {
        *self.plan.lock().unwrap() = Some((steps, failure));
    }

    /// Nothing fails any more. Says whether the failure is still to come.
    pub(super) fn heal(&self) -> bool {
        self.plan.lock().unwrap().take().is_some()
    }

    /// The steps that never failed.
    pub(super) fn never_struck(&self) -> Vec<&'static str> {
        let struck = self.struck.lock().unwrap();
        let all = WRITES.iter().copied().filter(|step| !struck.contains(step));
        all.collect()
    }

    fn strikes(&self, step: &'static str) -> Option<Failure> {
        let failure = self.strikes_now();
        if failure.is_some() {
            self.struck.lock().unwrap().insert(step);
        }
        failure
    }

    fn strikes_now(&self) -> Option<Failure> {
        let mut plan = self.plan.lock().unwrap();
        match *plan {
            Some((0, failure)) => {
                *plan = None;
                Some(failure)
            }
            Some((steps, failure)) => {
                *plan = Some((steps - 1, failure));
                None
            }
            None => None,
        }
    }

    fn step<T>(
        &self,
        name: &'static str,
        act: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self.strikes(name) {
            None => act(),
            Some(Failure::After) => act().and_then(|_| Err(failed())),
            Some(Failure::Before | Failure::Silent) => Err(failed()),
            Some(Failure::CrashBefore) => {
                (self.crash)();
                act()
            }
            Some(Failure::CrashDuring) => self.crash_during(act),
        }
    }

    fn crash_during<T>(&self, act: impl FnOnce() -> T) -> T {
        std::thread::scope(|scope| {
            let crash = scope.spawn(|| (self.crash)());
            let done = act();
            crash.join().expect("the database starts again");
            done
        })
    }
}

fn failed() -> StoreError {
    StoreError::Unavailable {
        source: "the test fails here".into(),
    }
}

impl Database for Faulty {
    fn read(&self) -> Result<Box<dyn ReadTransaction + '_>, StoreError> {
        self.inner.read()
    }

    fn write(&self, name: &'static str) -> Result<Box<dyn WriteTransaction + '_>, StoreError> {
        let inner = self.step("write", || self.inner.write(name))?;
        Ok(Box::new(FaultyWrite {
            faulty: self,
            inner,
        }))
    }
}

struct FaultyWrite<'d> {
    faulty: &'d Faulty,
    inner: Box<dyn WriteTransaction + 'd>,
}

macro_rules! reads {
    ($($name:ident($($value:ident: $of:ty),*) -> $gives:ty;)*) => {
        impl ReadTransaction for FaultyWrite<'_> {
            $(fn $name(&mut self, $($value: $of),*) -> Result<$gives, StoreError> {
                self.inner.$name($($value),*)
            })*
        }
    };
}

reads! {
    case(case: &CaseId) -> Option<CaseRecord>;
    cases_after(after: Option<&CaseId>, limit: u32) -> Vec<CaseRecord>;
    events(case: &CaseId) -> Vec<SealedEvent>;
    event(case: &CaseId, number: u64) -> Option<SealedEvent>;
    original(case: &CaseId, tag: &Tag) -> Option<Vec<u8>>;
    originals(case: &CaseId) -> Vec<(Tag, bool)>;
    case_of_original(tag: &Tag) -> Option<CaseId>;
    cases_with_original(tag: &Tag, limit: u32) -> Vec<CaseId>;
    summary(case: &CaseId) -> Option<SummaryRow>;
    identifiers(case: &CaseId) -> Vec<Tag>;
    words(case: &CaseId) -> Vec<WordTag>;
    watches(case: &CaseId) -> Vec<WatchRow>;
    watched(query: &WatchQuery) -> PageOf<WatchRow>;
    arranged() -> String;
    routes() -> Vec<String>;
    last_case_number(year: i16) -> u32;
    list(query: &ListQuery) -> PageOf<SummaryRow>;
    count(query: &ListQuery, most: u32) -> u64;
    log_entries(position: u64, limit: u32) -> Vec<PlacedEvent>;
    covers(position: u64, limit: u32) -> Vec<Cover>;
    lost(position: u64, limit: u32) -> Vec<(u64, Commitment)>;
    passed_over() -> Vec<PassedOver>;
    notices_from(position: u64, limit: u32) -> Vec<Notice>;
    notices_waiting(limit: u32) -> Vec<Notice>;
    notices(kind: &str) -> Vec<Notice>;
    cards_in(slot: u64) -> Vec<CardRow>;
    card_of(case: &CaseId) -> Option<CardRow>;
    fact(case: &CaseId) -> Option<FactRow>;
    facts_after(year: i16, after: u32, limit: u32) -> Vec<FactRow>;
    last_slot() -> Option<u64>;
    events_placed_from(position: u64) -> u64;
    urgent(kind: &str, limit: u32) -> Vec<(CaseId, u64)>;
    position(case: &CaseId, number: u64) -> Option<u64>;
    entries_of(case: &CaseId) -> Vec<LogEntry>;
    unplaced(after: u64, limit: u32) -> Vec<Unplaced>;
    unplaced_of(case: &CaseId) -> Vec<u64>;
    log_size() -> u64;
    head() -> Option<Head>;
    outbox(after: u64, limit: u32) -> Vec<OutboxRow>;
    key_mark() -> Option<Tag>;
    shelf(kind: &str, tag: &Tag) -> Option<ShelfRow>;
    shelved(kind: &str) -> Vec<ShelfRow>;
}

macro_rules! writes {
    ($($name:ident($($value:ident: $of:ty),*) -> $gives:ty;)*) => {
        /// Every step of a writing transaction.
        const WRITES: &[&str] = &["write", "commit", $(stringify!($name)),*];

        impl WriteTransaction for FaultyWrite<'_> {
            $(fn $name(&mut self, $($value: $of),*) -> Result<$gives, StoreError> {
                let Self { faulty, inner } = self;
                faulty.step(stringify!($name), || inner.$name($($value),*))
            })*

            fn commit(self: Box<Self>) -> Result<(), StoreError> {
                let uncertain = || StoreError::Uncertain { source: "the test fails here".into() };
                match self.faulty.strikes("commit") {
                    None => self.inner.commit(),
                    Some(Failure::After) => self.inner.commit().and_then(|()| Err(uncertain())),
                    Some(Failure::Before) => Err(failed()),
                    Some(Failure::Silent) => Err(uncertain()),
                    Some(Failure::CrashBefore) => {
                        (self.faulty.crash)();
                        self.inner.commit()
                    }
                    Some(Failure::CrashDuring) => {
                        let Self { faulty, inner } = *self;
                        faulty.crash_during(|| inner.commit())
                    }
                }
            }
        }
    };
}

writes! {
    lock_case(case: &CaseId) -> Option<CaseRecord>;
    next_case_number(year: i16) -> u32;
    pass_over(numbers: PassedOver) -> ();
    put_case(case: &CaseId, key: &WrappedKey) -> ();
    append_event(case: &CaseId, event: &SealedEvent) -> ();
    put_original(case: &CaseId, tag: &Tag, opens: bool, sealed: &[u8]) -> ();
    put_summary(row: &SummaryRow, identifiers: &[Tag], watched: &[WatchRow]) -> ();
    put_words(case: &CaseId, words: &[WordTag]) -> ();
    hold_arranged(alone: bool) -> String;
    regroup(groups: &[(String, String)]) -> ();
    put_arranged(word: &str) -> ();
    put_fact(row: &FactRow) -> ();
    erase_case(case: &CaseId) -> ();
    lock_log() -> u64;
    place(batch: &Batch) -> ();
    put_notice(kind: &str, text: &[u8]) -> u64;
    lock_cards() -> ();
    put_card(row: &CardRow) -> ();
    remove_card(slot: u64, place: u32) -> ();
    compare_and_swap(expected: Option<&Head>, new: &Head) -> bool;
    put_outbox(row: &OutboxRow) -> bool;
    outbox_done(key: &str) -> ();
    put_key_mark(mark: &Tag) -> ();
    put_shelf(row: &ShelfRow) -> ();
    put_shelf_first(row: &ShelfRow) -> bool;
    remove_shelf(kind: &str, tag: &Tag) -> bool;
    sweep_shelf(before: i64) -> ();
}
