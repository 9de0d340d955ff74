//! The sequencer: gives events their positions in the log, publishes it, releases mandates and takes
//! them back. What agents answer is collected in `collect.rs`.
//!
//! Each step can be cut off anywhere and be done again. Whoever runs it does the work of all who
//! wait for it; they find nothing left to do.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_log::Log;
use lagrum_mandate::{Inquiry, Mandate};
use lagrum_model::{Case, CaseId, InquiryRecord, MandateRecord, Region, Sha256Digest};
use lagrum_notes::assemble;
use lagrum_store::{Changes, OutboxItem, Outgoing, StoreError, Ticked};
use lagrum_transport::{Offer, Stem, TransportError};
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};

use crate::{CommandError, Desk, News, Session, SettleError, Settled};

/// How long somebody waits for the log.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether the log is free.
const PAUSE: Duration = Duration::from_millis(1);
/// How long the log is left free for other processes between two runs of this one.
const LET_IN: Duration = Duration::from_millis(4);
/// Events that are given their positions in one transaction.
const BATCH: u32 = 4096;

/// What is to be done with a mandate, or with a question of which accounts there are, as it waits in the store.
#[derive(Serialize, Deserialize)]
pub(crate) struct ForAgent {
    mandate: Sha256Digest,
    region: Region,
    stem: String,
    /// The note that recalls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl ForAgent {
    pub(crate) fn of(digest: &Sha256Digest, mandate: &Mandate, note: Option<&str>) -> Self {
        Self {
            note: note.map(str::to_owned),
            ..Self::new(*digest, mandate.region.clone(), &Stem::of(mandate))
        }
    }

    /// A question of which accounts there are.
    pub(crate) fn of_inquiry(digest: &Sha256Digest, inquiry: &Inquiry) -> Self {
        let stem = Stem::new(&inquiry.case, &inquiry.nonce);
        Self::new(*digest, inquiry.region.clone(), &stem)
    }

    fn new(digest: Sha256Digest, region: Region, stem: &Stem) -> Self {
        Self {
            mandate: digest,
            region,
            stem: stem.to_string(),
            note: None,
        }
    }

    fn stem(&self) -> Result<Stem, SettleError> {
        Stem::parse(&self.stem)
            .ok_or_else(|| SettleError::Damaged("a mandate's name cannot be read".into()))
    }
}

/// A mandate as the case has it.
pub(crate) fn recorded_mandate(text: &str) -> Result<Mandate, CommandError> {
    Mandate::parse(text).map_err(|e| CommandError::Damaged(format!("a mandate: {e}")))
}

/// A question as the case has it. Its signature is checked where the case is read.
pub(crate) fn recorded_inquiry(note: &str) -> Result<Inquiry, CommandError> {
    let text = note.rsplit_once("\n\n").map(|(text, _)| text);
    let text = format!("{}\n", text.unwrap_or_default());
    Inquiry::parse(&text).map_err(|e| CommandError::Damaged(format!("a question: {e}")))
}

const RELEASE: &str = "release";
const RECALL: &str = "recall";
const RECALL_NOTE: &str = "recall-note";
const WITHDRAW: &str = "withdraw";

/// That a mandate is to go to its agent.
pub(crate) fn release(digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    item(RELEASE, digest, mandate)
}

/// That a question is to go to its agent.
pub(crate) fn release_inquiry(digest: &Sha256Digest, inquiry: &Inquiry) -> OutboxItem {
    outbox_item(RELEASE, &ForAgent::of_inquiry(digest, inquiry))
}

/// That a question is to be taken back, with what its agent may have said why it does not answer. What it told stays.
pub(crate) fn take_inquiry_back(digest: &Sha256Digest, inquiry: &Inquiry) -> OutboxItem {
    outbox_item(WITHDRAW, &ForAgent::of_inquiry(digest, inquiry))
}

/// That all is to be taken away that lies with an agent of a mandate whose recall it has answered.
pub(crate) fn withdraw(digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    item(WITHDRAW, digest, mandate)
}

/// That the offer of a mandate is to be taken back.
pub(crate) fn take_back(digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    item(RECALL, digest, mandate)
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
        let open = record.is_released() && !record.is_carried_out();
        if open && no_longer(case, record) {
            items.push(take_back(digest, &recorded_mandate(&record.text)?));
        }
    }
    for item in items {
        changes.send(item);
    }
    Ok(())
}

/// That a note which recalls a mandate is to go to its agent. The mandate itself stays there, so that
/// the agent answers.
pub(crate) fn recall_note(
    digest: &Sha256Digest,
    text: &str,
    note: &str,
) -> Result<OutboxItem, CommandError> {
    let mandate = recorded_mandate(text)?;
    Ok(item_with(RECALL_NOTE, digest, &mandate, Some(note)))
}

fn item(kind: &str, digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    item_with(kind, digest, mandate, None)
}

fn item_with(
    kind: &str,
    digest: &Sha256Digest,
    mandate: &Mandate,
    note: Option<&str>,
) -> OutboxItem {
    outbox_item(kind, &ForAgent::of(digest, mandate, note))
}

fn outbox_item(kind: &str, what: &ForAgent) -> OutboxItem {
    OutboxItem {
        key: format!("{kind}:{}", what.mandate),
        kind: kind.to_owned(),
        body: serde_json::to_vec(what).expect("plain fields"),
    }
}

/// Why something is not done now. It stops nothing else.
pub(crate) enum Held {
    /// Something of the case is not what was recorded.
    Case(String),
    /// The agent of this region cannot be reached.
    Region(Region, TransportError),
    /// It concerns all.
    All(SettleError),
}

impl Held {
    /// What people are told; an error if it concerns all.
    pub(crate) fn told(self, case: &CaseId) -> Result<News, SettleError> {
        match self {
            Self::Case(why) => Ok(News::Damaged {
                case: case.clone(),
                why,
            }),
            Self::Region(region, why) => Ok(News::NotReached {
                region,
                why: why.to_string(),
            }),
            Self::All(error) => Err(error),
        }
    }
}

impl From<StoreError> for Held {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged(why) => Self::Case(why),
            StoreError::NoSuchCase(_)
            | StoreError::NotKnown(_)
            | StoreError::Erased(_)
            | StoreError::PublicLog(_) => Self::Case(error.to_string()),
            other => Self::All(other.into()),
        }
    }
}

impl From<CommandError> for Held {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Store(error) => error.into(),
            CommandError::Open(error) => Self::All(error.into()),
            other => Self::Case(other.to_string()),
        }
    }
}

/// What is to be done with a mandate that was released.
pub(crate) enum Next {
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
    /// A case that was changed from outside and an agent that cannot be reached stop nothing else:
    /// they are told as [`News`], and tried again by the next run.
    ///
    /// In the release model: `Publish`.
    ///
    /// # Errors
    /// [`SettleError::Busy`] after ten seconds; when the log or the store fails. What was recorded
    /// stays recorded, and the next run goes on.
    pub fn settle(&self) -> Result<Settled, SettleError> {
        // The next run of this process may wait already.
        let let_in = || std::thread::sleep(LET_IN);
        self.inner
            .sequencer
            .take(|| self.run(Instant::now()), let_in)
    }

    /// Fixes the batches of the log that are due by `at` (UTC), where it is written at ticks; [`Desk::settle`] then
    /// writes them. Nobody waits for it, and missed ticks are made up for: it is done now and then, and after each
    /// command.
    ///
    /// # Errors
    /// When the store fails.
    pub fn tick(
        &self,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Ticked, SettleError> {
        self.log_is_where_it_was()?;
        Ok(self.inner.store.tick(at, RELEASE, random)?)
    }

    /// [`Desk::tick`], then [`Desk::settle`]; what was left out of the batches is among the news.
    ///
    /// # Errors
    /// As both.
    pub fn tick_and_settle(
        &self,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Settled, SettleError> {
        let left_out = self.tick(at, random)?.left_out;
        let mut settled = self.settle()?;
        settled.news.extend(left_out.into_iter().map(News::from));
        Ok(settled)
    }

    fn run(&self, began: Instant) -> Result<Settled, SettleError> {
        let mut settled = Settled::default();
        // Without the people nobody knows whose a case is: then the list stays as it is.
        if self.people().is_ok() {
            self.arrange()?;
        }
        let mut log = self.open_log(began)?;
        let store = &self.inner.store;
        let mut head = store.log_head();
        settled.entries = log.recover(&mut head)?.head.size;
        // Where batches are written at ticks, `tick` gave events their positions. Nothing gets one before it is known
        // that the log has no more than the database.
        loop {
            let placed = store.place(BATCH)?;
            if placed.events < BATCH {
                settled
                    .news
                    .extend(placed.left_out.into_iter().map(News::from));
                break;
            }
        }
        loop {
            let entries = store.entries_from(settled.entries, BATCH)?;
            if entries.is_empty() {
                break;
            }
            let entries: Vec<_> = entries.iter().map(|leaf| leaf.commitment).collect();
            let end = settled.entries + entries.len() as u64;
            let mut texts = store.notices_from(settled.entries, BATCH)?;
            // One that was put in beyond what has a place is none of the log's: `desk verify` names it.
            texts.retain(|(position, _)| *position < end);
            log.put_notices(&texts, &entries)?;
            settled.entries = log.append(&mut head, &entries)?.size;
        }
        settled.next_batch = store.waits_until()?;
        settled.witnessed = self.is_witnessed(&self.log_reader()?.newest()?)?;
        // What cannot be done for one case or one agent waits, and stops nothing else.
        let mut after = 0;
        loop {
            let waiting = store.outbox(after, BATCH)?;
            let Some(last) = waiting.last() else {
                return Ok(settled);
            };
            after = last.place;
            // What is released at once of one case is looked at in one reading of it.
            let mut looked_at = None;
            for outgoing in &waiting {
                if let Err(held) = self.carry_out(outgoing, &mut looked_at, &mut settled) {
                    let news = held.told(&outgoing.case)?;
                    if !settled.news.contains(&news) {
                        settled.news.push(news);
                    }
                }
            }
        }
    }

    /// The log, opened for writing; waits while another process has it.
    pub(crate) fn open_log(&self, began: Instant) -> Result<Log, SettleError> {
        let config = &self.inner.config;
        let policy = self.log_policy()?;
        let held = |log: Log| match &policy {
            Some(policy) => log.published_when(policy.clone()),
            None => log,
        };
        loop {
            match Log::open(&config.log, &config.staging, self.log_key()?) {
                Err(lagrum_log::Error::Locked { .. }) if began.elapsed() < PATIENCE => {
                    std::thread::sleep(PAUSE);
                }
                Err(lagrum_log::Error::Locked { .. }) => return Err(SettleError::Busy),
                // Whoever had the log meanwhile may have given it another key.
                Ok(log) if self.log_key()?.verifying_key() != log.verifier() => {}
                other => return Ok(held(other?)),
            }
        }
    }

    fn carry_out(
        &self,
        outgoing: &Outgoing,
        looked_at: &mut Option<(CaseId, Case)>,
        settled: &mut Settled,
    ) -> Result<(), Held> {
        let item = outgoing.item.as_ref();
        let OutboxItem { key, kind, body } = item.map_err(|why| Held::Case(why.clone()))?;
        let what: ForAgent = serde_json::from_slice(body)
            .map_err(|e| Held::Case(format!("something to do cannot be read: {e}")))?;
        // The kind lies in the clear; the key, which names it, is sealed with the rest.
        if *key != format!("{kind}:{}", what.mandate) {
            let why = format!("something to do of the kind `{kind}` was put in as `{key}`");
            return Err(Held::Case(why));
        }
        let stem = what.stem().map_err(|e| Held::Case(e.to_string()))?;
        let not_reached = |error: TransportError| Held::Region(what.region.clone(), error);
        let transport = &self.inner.transport;
        match kind.as_str() {
            RELEASE => match self.offer(&outgoing.case, &what, stem, looked_at)? {
                Next::Send(offer) => {
                    transport.offer(&what.region, &offer).map_err(not_reached)?;
                    settled.released.push(outgoing.case.clone());
                }
                Next::Drop => {}
                Next::Later => return Ok(()),
            },
            RECALL => {
                transport.recall(&what.region, &stem).map_err(not_reached)?;
                settled.recalled.push(outgoing.case.clone());
            }
            WITHDRAW => {
                transport
                    .withdraw(&what.region, &stem)
                    .map_err(not_reached)?;
                settled.recalled.push(outgoing.case.clone());
            }
            RECALL_NOTE => {
                let note = what.note.as_deref().unwrap_or_default();
                transport
                    .leave_recall(&what.region, &stem, note)
                    .map_err(not_reached)?;
                settled.recalled.push(outgoing.case.clone());
            }
            other => {
                let why = format!("something to do of the unknown kind `{other}`");
                return Err(Held::Case(why));
            }
        }
        Ok(self.inner.store.outbox_done(key)?)
    }

    /// What goes to an agent: the signed mandate with the proof that its release is in the log, and how
    /// the demand was answered beside it.
    pub(crate) fn offer(
        &self,
        id: &CaseId,
        what: &ForAgent,
        stem: Stem,
        looked_at: &mut Option<(CaseId, Case)>,
    ) -> Result<Next, Held> {
        if looked_at.as_ref().is_none_or(|(before, _)| before != id) {
            *looked_at = Some((id.clone(), self.record(id)?.case));
        }
        let Some((_, case)) = looked_at else {
            return Ok(Next::Later);
        };
        if let Some(record) = case.inquiries.get(&what.mandate) {
            return self.offer_inquiry(id, what, stem, record, case.closed);
        }
        let record = case.mandates.get(&what.mandate);
        let record = record.filter(|one| one.is_out() && !case.is_barred(one));
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
        let mandate = recorded_mandate(&record.text)?;
        if mandate.region != what.region || Stem::of(&mandate) != stem {
            let why = format!("a mandate for {} was to go elsewhere", mandate.region);
            return Err(Held::Case(why));
        }
        let Some(proof) = self.prove(id, event)? else {
            return Ok(Next::Later);
        };
        let answers = match &mandate.answers {
            None => String::new(),
            Some(named) => {
                let answers = case.answers_named.get(&named.sha256).cloned();
                answers.ok_or_else(|| {
                    Held::Case("a mandate names answers that the case does not have".into())
                })?
            }
        };
        Ok(Next::Send(Offer {
            stem,
            note: assemble(&record.text, &lines),
            proof: proof.to_string(),
            answers,
        }))
    }

    /// The question with the proof that it is in the log. What was answered, or asked anew, is asked no more.
    fn offer_inquiry(
        &self,
        id: &CaseId,
        what: &ForAgent,
        stem: Stem,
        record: &InquiryRecord,
        closed: bool,
    ) -> Result<Next, Held> {
        let inquiry = recorded_inquiry(&record.note)?;
        if inquiry.region != what.region || Stem::new(id, &inquiry.nonce) != stem {
            let why = format!("a question for {} was to go elsewhere", inquiry.region);
            return Err(Held::Case(why));
        }
        if record.told.is_some() || closed {
            return Ok(Next::Drop);
        }
        Ok(match self.prove(id, record.event)? {
            None => Next::Later,
            Some(proof) => Next::Send(Offer {
                stem,
                note: record.note.clone(),
                proof: proof.to_string(),
                answers: String::new(),
            }),
        })
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
        // Whatever becomes of the answers, what is recorded is published.
        let collected = self.desk.collect(at, self.random);
        let settled = self.desk.tick_and_settle(at, &mut self.random)?;
        let mut news = collected?;
        for one in settled
            .news
            .iter()
            .cloned()
            .chain(self.desk.offer_anew(at)?)
        {
            if !news.contains(&one) {
                news.push(one);
            }
        }
        Ok((settled, news))
    }
}
