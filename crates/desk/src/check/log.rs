//! The public log, its witnesses, and what waits to be sent.

use jiff::Timestamp;
use lagrum_log::{CheckpointPolicy, VerifiedCheckpoint};
use lagrum_model::{CaseId, Event, Matter, Standing};
use lagrum_store::StoreError;

use super::Found;
use crate::CommandError;

/// Further nobody counts what waits.
const MOST: u32 = 1000;

impl Found<'_> {
    pub(super) fn log(&mut self) -> Result<(), CommandError> {
        let mut waiting = Vec::new();
        for one in self.desk.inner.store.not_public(MOST)? {
            if self.tells_of(&one.0)? {
                waiting.push(one);
            }
        }
        let mut since = None;
        if let Some((case, number)) = waiting.first() {
            since = self.recorded_at(case, *number)?;
        }
        if let Some(since) = since {
            let standing = match self.waited_long(since) {
                true => Standing::NotInOrder,
                false => Standing::Soon,
            };
            let events = waiting.len() as u64;
            match self.desk.inner.store.waits_until()? {
                Some(at) if at > self.now => {
                    self.line(Standing::InOrder, Matter::LogWaits { events, at });
                }
                _ => self.line(standing, Matter::LogBehind { events, since }),
            }
        }
        if let Some(fill) = self.desk.inner.store.fill(self.now)? {
            match fill.percent() {
                Some(percent @ 80..) => {
                    self.line(Standing::NotInOrder, Matter::LogFull { percent })
                }
                Some(percent @ 50..) => self.line(Standing::Soon, Matter::LogFull { percent }),
                _ => {}
            }
            if fill.ahead > 0 {
                let batches = fill.ahead;
                self.line(Standing::Soon, Matter::LogAhead { batches });
            }
        }
        let Some(head) = self.desk.inner.store.published()? else {
            if waiting.is_empty() {
                self.line(Standing::InOrder, Matter::LogEmpty);
            }
            return Ok(());
        };
        let fault = |why: String| Matter::LogFault { why };
        let newest = self.desk.log_reader().map(|reader| {
            let newest = reader.newest();
            newest.map(|newest| (newest, reader.checkpoint().ok()))
        });
        let (newest, published) = match newest {
            Ok(Ok(both)) => both,
            Ok(Err(error)) => {
                self.line(Standing::NotInOrder, fault(error.to_string()));
                return Ok(());
            }
            Err(error) => {
                self.line(Standing::NotInOrder, fault(error.to_string()));
                return Ok(());
            }
        };
        // The store is a step ahead while the sequencer publishes: asked again, since somebody may have published
        // before the log was read.
        let head = self.desk.inner.store.published()?.unwrap_or(head);
        match newest.head().size.cmp(&head.size) {
            std::cmp::Ordering::Greater => {
                let why =
                    "it is longer than the desk published; this may be an older copy of the desk";
                self.line(Standing::NotInOrder, fault(why.into()));
            }
            std::cmp::Ordering::Equal if newest.head() != head => {
                let why = "its root is another than the desk published";
                self.line(Standing::NotInOrder, fault(why.into()));
            }
            _ => {
                if let Some(published) = published.as_ref().filter(|_| waiting.is_empty()) {
                    let entries = published.head().size;
                    self.line(Standing::InOrder, Matter::LogPublished { entries });
                }
            }
        }
        self.witnesses(&newest, published.as_ref());
        Ok(())
    }

    /// What the log's witnesses say: of its newest checkpoint, and of the one that everybody reads until enough
    /// of them have seen that.
    fn witnesses(&mut self, newest: &VerifiedCheckpoint, published: Option<&VerifiedCheckpoint>) {
        let Some(file) = &self.desk.inner.config.log_policy else {
            self.line(Standing::NotKnown, Matter::NoWitnesses);
            return;
        };
        let text = lagrum_durable::read_settings(file).map_err(|e| e.to_string());
        let policy =
            text.and_then(|text| CheckpointPolicy::parse(&text).map_err(|e| e.to_string()));
        let policy = match policy {
            Ok(policy) => policy,
            Err(why) => {
                let file = file.display().to_string();
                self.line(Standing::NotInOrder, Matter::FileFault { file, why });
                return;
            }
        };
        if policy.asks_no_witness() {
            self.line(Standing::NotKnown, Matter::NoWitnesses);
            return;
        }
        let seen = |checkpoint: &VerifiedCheckpoint| {
            let seen = policy.verify(checkpoint.signed())?;
            let second = seen.seen_at().and_then(|at| i64::try_from(at).ok());
            Ok(second.and_then(|second| Timestamp::from_second(second).ok()))
        };
        let hours = self.settings.witness_hours;
        match seen(newest) {
            Ok(Some(at)) if self.is_older(at, hours) => {
                self.line(Standing::NotInOrder, Matter::WitnessesOld { at });
            }
            Ok(Some(at)) => self.line(Standing::InOrder, Matter::Witnessed { at }),
            Ok(None) => self.line(Standing::NotKnown, Matter::NoWitnesses),
            Err(error) => {
                let error: lagrum_log::Error = error;
                let why = error.to_string();
                // It is asked every few seconds; what waits for it longer is told of by itself.
                let fresh = published.and_then(|published| seen(published).ok().flatten());
                let standing = match fresh {
                    Some(at) if !self.is_older(at, hours) => Standing::Soon,
                    _ => Standing::NotInOrder,
                };
                self.line(standing, Matter::WitnessesMissing { why });
            }
        }
    }

    pub(super) fn outbox(&mut self) -> Result<(), CommandError> {
        let mut waiting = Vec::new();
        for one in self.desk.inner.store.outbox(0, MOST)? {
            if self.tells_of(&one.case)? {
                waiting.push(one);
            }
        }
        let Some(first) = waiting.first() else {
            self.line(Standing::InOrder, Matter::OutboxEmpty);
            return Ok(());
        };
        let since = self.recorded_at(&first.case, first.event)?;
        let since = since.unwrap_or(self.now);
        let standing = match self.waited_long(since) {
            true => Standing::NotInOrder,
            false => Standing::Soon,
        };
        let count = waiting.len() as u64;
        self.line(standing, Matter::OutboxWaits { count, since });
        Ok(())
    }

    /// When an event was recorded; nothing, where its case was erased or damaged, which others tell.
    fn recorded_at(&self, case: &CaseId, number: u64) -> Result<Option<Timestamp>, CommandError> {
        match self.desk.inner.store.logged(case, number) {
            Ok(logged) => {
                let event = serde_json::from_str::<Event>(&logged.text);
                Ok(event.ok().map(|event| event.at))
            }
            Err(error @ StoreError::Unavailable { .. }) => Err(error.into()),
            Err(_) => Ok(None),
        }
    }
}
