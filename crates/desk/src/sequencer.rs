//! The sequencer: gives events their positions in the log, publishes it, releases mandates, takes
//! them back, and collects the agents' answers.
//!
//! Each step can be cut off anywhere and be done again. Whoever runs it does the work of all who
//! wait for it; they find nothing left to do.

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_log::Log;
use lagrum_mandate::Mandate;
use lagrum_mandate::answer::{Receipt, Refusal as AgentRefusal};
use lagrum_model::{Actor, Case, CaseId, Command, Region, Sha256Digest};
use lagrum_notes::assemble;
use lagrum_store::{OutboxItem, Outgoing};
use lagrum_transport::{AgentAnswer, NotBelieved, Offer, Stem};
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};
use sha2::Digest;

use crate::session::projecting;
use crate::{CommandError, Desk, Session, SettleError};

/// How long somebody waits for the log.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether the log is free.
const PAUSE: Duration = Duration::from_millis(10);
/// Events that are given their positions in one transaction.
const BATCH: u32 = 4096;
/// The end of the name of a sealed package.
pub(crate) const PACKAGE: &str = "tar.age";
/// The end of the name of a receipt.
pub(crate) const RECEIPT: &str = "receipt";

/// What the sequencer did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// Number of entries that the log has now.
    pub entries: u64,
    /// Mandates that went to their agents.
    pub released: usize,
    /// Mandates that were taken back.
    pub recalled: usize,
}

/// What the desk learnt from an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "news", rename_all = "kebab-case")]
pub enum News {
    /// A package was produced.
    Produced {
        /// In which case.
        case: CaseId,
        /// Messages and rows inside.
        produced: u64,
        /// Messages and rows withheld for counsel.
        for_review: u64,
    },
    /// An agent refused or failed.
    NotProduced {
        /// In which case.
        case: CaseId,
        /// Why.
        why: String,
    },
    /// Something that claims to be an agent's answer and is not, or a package that is not the one
    /// that its receipt names. It changed nothing.
    NotBelieved {
        /// In which case.
        case: CaseId,
        /// Why.
        why: String,
    },
}

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

const RELEASE: &str = "release";
const RECALL: &str = "recall";

/// That a mandate is to go to its agent.
pub(crate) fn release(digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    item(RELEASE, digest, mandate)
}

/// That a mandate is to be taken back from its agent.
pub(crate) fn recall(digest: &Sha256Digest, mandate: &Mandate) -> OutboxItem {
    item(RECALL, digest, mandate)
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

impl Desk {
    /// Brings the log up to the events, and mandates to and from their agents. Waits up to ten
    /// seconds for others who do the same. Doing it again changes nothing; being cut off loses
    /// nothing.
    ///
    /// # Errors
    /// [`SettleError::Busy`] after ten seconds; when the log, the store or an exchange fails. What
    /// was recorded stays recorded, and the next run goes on.
    pub fn settle(&self) -> Result<Settled, SettleError> {
        let began = Instant::now();
        // A panic of another thread leaves nothing half done that the next run does not finish.
        let _turn = self
            .inner
            .sequencer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
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
        let mut after = 0;
        loop {
            let waiting = store.outbox(after, BATCH)?;
            let Some(last) = waiting.last() else {
                return Ok(settled);
            };
            after = last.place;
            for outgoing in &waiting {
                self.carry_out(outgoing, &mut settled)?;
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
                    Some(offer) => {
                        self.inner.transport.offer(&what.region, &offer)?;
                        settled.released += 1;
                    }
                    // Taken back before it ever went out.
                    None => {}
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
    fn offer(
        &self,
        id: &CaseId,
        case: &Case,
        what: &ForAgent,
    ) -> Result<Option<Offer>, SettleError> {
        let record = case.mandates.get(&what.mandate);
        let record = record.filter(|one| one.produced.is_none() && !case.is_barred(one));
        let Some((record, event)) = record.and_then(|one| Some((one, one.released_by_event?)))
        else {
            return Ok(None);
        };
        if case.closed {
            return Ok(None);
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
        let proof = proof.ok_or_else(|| {
            SettleError::Damaged("an event has no place in the log that was just published".into())
        })?;
        Ok(Some(Offer {
            stem: what.stem()?,
            note: assemble(&record.text, &lines),
            proof: proof.to_string(),
        }))
    }

    /// Fetches what the agents answered, keeps their packages, and records it. What cannot be
    /// believed stops nobody's other work.
    ///
    /// # Errors
    /// When an exchange cannot be read, or the store cannot be written.
    pub fn collect(
        &self,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Vec<News>, SettleError> {
        self.collect_wanted(&|_| true, at, random)
    }

    pub(crate) fn collect_wanted(
        &self,
        wanted: &dyn Fn(&CaseId) -> bool,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Vec<News>, SettleError> {
        self.law()?;
        let mut news = Vec::new();
        for contact in &self.inner.config.agents {
            let region = &contact.region;
            let answers = self.inner.transport.answers(region, &|stem: &Stem| {
                stem.case().is_some_and(|case| wanted(&case))
            })?;
            for (stem, answer) in answers {
                news.extend(self.take(region, &stem, answer, at, random)?);
            }
        }
        Ok(news)
    }

    /// Records one answer.
    fn take(
        &self,
        region: &Region,
        stem: &Stem,
        answer: Result<AgentAnswer, NotBelieved>,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<News>, SettleError> {
        let Some(id) = stem.case() else {
            return Ok(None);
        };
        let not_believed = |why: String| {
            Ok(Some(News::NotBelieved {
                case: id.clone(),
                why,
            }))
        };
        let case = match self.inner.store.case(&id) {
            Ok(case) => case,
            Err(lagrum_store::StoreError::NoSuchCase(_)) => {
                return not_believed("there is no such case".into());
            }
            Err(error) => return Err(error.into()),
        };
        match answer {
            Err(why) => not_believed(why.to_string()),
            Ok(AgentAnswer::Receipt(receipt)) => {
                self.take_receipt(region, stem, &id, &case, receipt, at, random)
            }
            Ok(AgentAnswer::Refusal(refusal)) => {
                self.take_refusal(region, &id, &case, refusal, at, random)
            }
        }
    }

    fn take_receipt(
        &self,
        region: &Region,
        stem: &Stem,
        id: &CaseId,
        case: &Case,
        receipt: Receipt,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<News>, SettleError> {
        let not_believed = |why: &str| {
            Ok(Some(News::NotBelieved {
                case: id.clone(),
                why: why.to_owned(),
            }))
        };
        let Some(record) = case.mandates.get(&receipt.mandate) else {
            return not_believed("its mandate is not one of this case");
        };
        if record.produced.is_none() {
            if !record.is_released() {
                return not_believed("its mandate was never released");
            }
            if !self.keep_package(region, stem, receipt.sha256)? {
                return not_believed("the package is not the one that the receipt names");
            }
            let command = Command::RecordProduction {
                mandate: receipt.mandate,
                package: receipt.sha256,
                items: receipt.produced,
                for_review: receipt.for_review,
            };
            self.record_answer(id, region, command, "the agent's receipt", at, random)?;
        }
        self.inner.transport.acknowledge(region, stem)?;
        Ok(record.produced.is_none().then(|| News::Produced {
            case: id.clone(),
            produced: receipt.produced,
            for_review: receipt.for_review,
        }))
    }

    fn take_refusal(
        &self,
        region: &Region,
        id: &CaseId,
        case: &Case,
        refusal: AgentRefusal,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<Option<News>, SettleError> {
        // A note that nobody signed has no mandate to record it under; its digest then is that of
        // all that arrived.
        let Some(record) = case.mandates.get(&refusal.mandate) else {
            return Ok(Some(News::NotBelieved {
                case: id.clone(),
                why: format!(
                    "refused something that is no mandate of this case: {}",
                    refusal.why
                ),
            }));
        };
        let known = record.not_produced.as_ref() == Some(&refusal.why);
        if record.produced.is_some() || known || !record.is_released() {
            return Ok(None);
        }
        let command = Command::RecordNoProduction {
            mandate: refusal.mandate,
            why: refusal.why.clone(),
        };
        self.record_answer(id, region, command, &refusal.why, at, random)?;
        Ok(Some(News::NotProduced {
            case: id.clone(),
            why: refusal.why,
        }))
    }

    fn record_answer(
        &self,
        id: &CaseId,
        region: &Region,
        command: Command,
        reason: &str,
        at: Timestamp,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), SettleError> {
        let actor = Actor::Agent {
            region: region.clone(),
        };
        let recorded: Result<(), CommandError> = self.inner.store.change(
            "answer",
            id,
            at,
            &[],
            random,
            projecting!(self),
            |changes| {
                changes
                    .command(command, &actor, reason)
                    .map_err(|refusal| CommandError::Refused {
                        case: id.clone(),
                        refusal,
                    })
            },
        );
        recorded.map_err(|error| match error {
            CommandError::Store(error) => SettleError::Store(error),
            other => SettleError::Damaged(other.to_string()),
        })
    }

    /// Keeps a package and its receipt until they are delivered. Says whether the package is the one
    /// that is expected; one that is not is not kept.
    fn keep_package(
        &self,
        region: &Region,
        stem: &Stem,
        expected: Sha256Digest,
    ) -> Result<bool, SettleError> {
        let folder = self.packages();
        lagrum_durable::private_directory(folder)?;
        let file = folder.join(format!("{stem}.{PACKAGE}"));
        if !(file.exists() && digest_of(&file)? == expected) {
            let mut package = self.inner.transport.package(region, stem)?;
            let mut kept = lagrum_durable::NewFile::create(&file)?;
            let mut hasher = sha2::Sha256::new();
            let mut buffer = vec![0; 1 << 16];
            loop {
                let read = package
                    .read(&mut buffer)
                    .map_err(lagrum_durable::FileError::of("read", &file))?;
                if read == 0 {
                    break;
                }
                hasher.update(&buffer[..read]);
                std::io::Write::write_all(&mut kept, &buffer[..read])
                    .map_err(lagrum_durable::FileError::of("write", &file))?;
            }
            if Sha256Digest(hasher.finalize().into()) != expected {
                return Ok(false);
            }
            kept.finish()?;
        }
        let receipt = self.inner.transport.receipt_note(region, stem)?;
        lagrum_durable::replace(&folder.join(format!("{stem}.{RECEIPT}")), &receipt)?;
        Ok(true)
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
        let wrong = |error: SettleError| CommandError::Damaged(error.to_string());
        let news = self.desk.collect(at, self.random).map_err(wrong)?;
        let settled = self.desk.settle().map_err(wrong)?;
        Ok((settled, news))
    }

    /// Records what agents answered to the mandates of one case.
    pub(crate) fn collect_case(&mut self, id: &CaseId) -> Result<(), CommandError> {
        let at = self.time.now();
        self.desk
            .collect_wanted(&|case| case == id, at, self.random)
            .map(|_| ())
            .map_err(|error| match error {
                SettleError::Store(error) => error.into(),
                SettleError::Transport(error) => error.into(),
                SettleError::File(error) => error.into(),
                SettleError::Open(error) => error.into(),
                other => CommandError::Damaged(other.to_string()),
            })
    }
}

/// SHA-256 of a file.
pub(crate) fn digest_of(file: &Path) -> Result<Sha256Digest, lagrum_durable::FileError> {
    let mut opened = lagrum_durable::open_plain(file)?;
    let mut hasher = sha2::Sha256::new();
    std::io::copy(&mut opened, &mut hasher).map_err(lagrum_durable::FileError::of("read", file))?;
    Ok(Sha256Digest(hasher.finalize().into()))
}
