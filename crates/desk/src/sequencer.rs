//! The sequencer: gives events their positions in the log, publishes it, releases mandates and takes
//! them back. What agents answer is collected in `collect.rs`.
//!
//! Each step can be cut off anywhere and be done again. Whoever runs it does the work of all who
//! wait for it; they find nothing left to do.

use std::time::{Duration, Instant};

use lagrum_access::Action;
use lagrum_log::Log;
use lagrum_mandate::Mandate;
use lagrum_model::{Case, CaseId, MandateRecord, Region, Sha256Digest};
use lagrum_notes::assemble;
use lagrum_store::{Changes, OutboxItem, Outgoing};
use lagrum_transport::{Offer, Stem};
use serde::{Deserialize, Serialize};

use crate::{CommandError, Desk, News, Session, SettleError, Settled};

/// How long somebody waits for the log.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether the log is free.
const PAUSE: Duration = Duration::from_millis(10);
/// Events that are given their positions in one transaction.
const BATCH: u32 = 4096;

/// What is to be done with a mandate, as it waits in the store.
#[derive(Serialize, Deserialize)]
struct ForAgent {
    mandate: Sha256Digest,
    region: Region,
    stem: String,
}

impl ForAgent {
    fn stem(&self) -> Result<Stem, SettleError> {
        Stem::parse(&self.stem)
            .ok_or_else(|| SettleError::Damaged("a mandate's name cannot be read".into()))
    }
}

/// A mandate as the case has it.
pub(crate) fn recorded_mandate(text: &str) -> Result<Mandate, CommandError> {
    Mandate::parse(text).map_err(|e| CommandError::Damaged(format!("a mandate: {e}")))
}

const RELEASE: &str = "release";
const RECALL: &str = "recall";

/// That a mandate is to go to its agent.
pub(crate) fn release(digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    item(RELEASE, digest, mandate)
}

/// Has every mandate of the case taken back that agents have, that none has carried out, and that
/// `no_longer` holds for.
pub(crate) fn recall(
    changes: &mut Changes<'_>,
    no_longer: impl Fn(&Case, &MandateRecord) -> bool,
) -> Result<(), CommandError> {
    let case = changes.case();
    let mut items = Vec::new();
    for (digest, record) in &case.mandates {
        let open = record.is_released() && record.produced.is_none();
        if open && no_longer(case, record) {
            items.push(item(RECALL, digest, &recorded_mandate(&record.text)?));
        }
    }
    for item in items {
        changes.send(item);
    }
    Ok(())
}

fn item(kind: &str, digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    let body = ForAgent {
        mandate: *digest,
        region: mandate.region.clone(),
        stem: Stem::of(mandate).to_string(),
    };
    OutboxItem {
        key: format!("{kind}:{digest}"),
        kind: kind.to_owned(),
        body: serde_json::to_vec(&body).expect("three plain fields"),
    }
}

/// What is to be done with a mandate that was released.
enum Next {
    /// It goes to its agent.
    Send(Offer),
    /// It was taken back before it ever went out.
    Drop,
    /// Another process recorded it after the log was written: the next run has its proof.
    Later,
}

impl Desk {
    /// Brings the log up to the events, and mandates to and from their agents. Waits up to ten
    /// seconds for others who do the same. Doing it again changes nothing; being cut off loses
    /// nothing.
    ///
    /// # Errors
    /// [`SettleError::Busy`] after ten seconds; when the log, the store or an exchange fails. What
    /// was recorded stays recorded, and the next run goes on.
    pub fn settle(&self) -> Result<Settled, SettleError> {
        self.inner.sequencer.take(|| self.run(Instant::now()))
    }

    fn run(&self, began: Instant) -> Result<Settled, SettleError> {
        let mut settled = Settled::default();
        let mut log = self.open_log(began)?;
        let store = &self.inner.store;
        while store.place(BATCH)? > 0 {}
        let mut head = store.log_head();
        settled.entries = log.recover(&mut head)?.head.size;
        loop {
            let entries = store.entries_from(settled.entries, BATCH)?;
            if entries.is_empty() {
                break;
            }
            let batch: Vec<_> = entries.into_iter().map(|entry| entry.commitment).collect();
            settled.entries = log.append(&mut head, &batch)?.size;
        }
        // What cannot be brought to one agent waits, and stops nothing that is for another.
        let (mut after, mut unreachable) = (0, None);
        loop {
            let waiting = store.outbox(after, BATCH)?;
            let Some(last) = waiting.last() else {
                return unreachable.map_or(Ok(settled), Err);
            };
            after = last.place;
            for outgoing in &waiting {
                match self.carry_out(outgoing, &mut settled) {
                    Err(error @ SettleError::Transport(_)) => {
                        unreachable.get_or_insert(error);
                    }
                    other => other?,
                }
            }
        }
    }

    /// The log, opened for writing; waits while another process has it.
    fn open_log(&self, began: Instant) -> Result<Log, SettleError> {
        let config = &self.inner.config;
        loop {
            match Log::open(&config.log, &config.staging, self.log_key()?) {
                Err(lagrum_log::Error::Locked { .. }) if began.elapsed() < PATIENCE => {
                    std::thread::sleep(PAUSE);
                }
                Err(lagrum_log::Error::Locked { .. }) => return Err(SettleError::Busy),
                other => return Ok(other?),
            }
        }
    }

    fn carry_out(&self, outgoing: &Outgoing, settled: &mut Settled) -> Result<(), SettleError> {
        let OutboxItem { key, kind, body } = &outgoing.item;
        let what: ForAgent = serde_json::from_slice(body)
            .map_err(|e| SettleError::Damaged(format!("something to do cannot be read: {e}")))?;
        match kind.as_str() {
            RELEASE => {
                let case = self.inner.store.case(&outgoing.case)?;
                match self.offer(&outgoing.case, &case, &what)? {
                    Next::Send(offer) => {
                        self.inner.transport.offer(&what.region, &offer)?;
                        settled.released += 1;
                    }
                    Next::Drop => {}
                    Next::Later => return Ok(()),
                }
            }
            RECALL => {
                self.inner.transport.recall(&what.region, &what.stem()?)?;
                settled.recalled += 1;
            }
            other => {
                let why = format!("something to do of the unknown kind `{other}`");
                return Err(SettleError::Damaged(why));
            }
        }
        Ok(self.inner.store.outbox_done(key)?)
    }

    /// What goes to an agent: the signed mandate with the proof that its release is in the log.
    fn offer(&self, id: &CaseId, case: &Case, what: &ForAgent) -> Result<Next, SettleError> {
        let record = case.mandates.get(&what.mandate);
        let record = record.filter(|one| one.produced.is_none() && !case.is_barred(one));
        let Some((record, event)) = record.and_then(|one| Some((one, one.released_by_event?)))
        else {
            return Ok(Next::Drop);
        };
        if case.closed {
            return Ok(Next::Drop);
        }
        let lines: Vec<_> = record
            .approvals
            .iter()
            .map(|approval| approval.signature.as_str())
            .collect();
        let proof = self.prove(id, event).map_err(|error| match error {
            CommandError::Store(error) => SettleError::Store(error),
            CommandError::Log(error) => SettleError::Log(error),
            other => SettleError::Damaged(other.to_string()),
        })?;
        let Some(proof) = proof else {
            return Ok(Next::Later);
        };
        Ok(Next::Send(Offer {
            stem: what.stem()?,
            note: assemble(&record.text, &lines),
            proof: proof.to_string(),
        }))
    }
}

impl Session<'_> {
    /// Brings the log, mandates and answers up to date, as [`Desk::settle`] and [`Desk::collect`] do.
    ///
    /// # Errors
    /// When the person may not, or one of the two fails.
    pub fn settle(&mut self) -> Result<(Settled, Vec<News>), CommandError> {
        self.may(Action::Settle)?;
        let at = self.time.now();
        let news = self.desk.collect(at, self.random)?;
        let settled = self.desk.settle()?;
        Ok((settled, news))
    }
}
