use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use lagrum_durable::private_directory;
use lagrum_law::LawPacks;
use lagrum_log::CheckpointPolicy;
use lagrum_mandate::answer::{Receipt, Refusal, RefusalCode, SignedAnswer};
use lagrum_mandate::gate::{Gate, UntrustedMandate};
use lagrum_mandate::{Cleared, Recipients, Roster};
use lagrum_model::{Act, Region, Sha256Digest};
use lagrum_notes::{SigningKey, role};
use lagrum_source::{Context, Source, SourceError};
use lagrum_transport::directory::DirectoryAgent;
use lagrum_transport::{AgentEnd, FetchError, Stem};

use crate::believed::believe_log;
use crate::ledger::Ledger;
use crate::{AgentConfig, AgentError};

/// An agent, ready to carry out mandates.
pub struct Agent {
    pub(crate) config: AgentConfig,
    roster: Roster,
    recipients: Recipients,
    log: CheckpointPolicy,
    pub(crate) key: SigningKey<role::Agent>,
    pub(crate) law: LawPacks,
    pub(crate) sources: Vec<Box<dyn Source>>,
    pub(crate) ledger: Ledger,
    pub(crate) desk: Box<dyn AgentEnd>,
    pub(crate) cancelled: Arc<AtomicBool>,
    /// Held as long as this agent runs.
    _lock: File,
}

/// What an agent is doing, for whoever watches.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'p> {
    /// It searches a source.
    Searching {
        /// For which mandate.
        mandate: &'p Stem,
        /// Which source.
        source: &'p str,
        /// For how many orders at once.
        orders: usize,
    },
    /// It checks and seals a package.
    Sealing {
        /// Of which mandate.
        mandate: &'p Stem,
    },
}

/// What became of one mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MandateOutcome {
    /// A package and its receipt lie ready for the desk.
    Produced(Receipt),
    /// It was carried out before; nothing happened.
    AlreadyProduced,
    /// The gate stayed closed, or the run failed: nothing was produced, and why.
    Refused(Refusal),
}

impl Agent {
    /// Opens the agent whose configuration is `file`.
    ///
    /// # Errors
    /// When its configuration, keys, law packs or stores cannot be used.
    pub fn open(file: &Path) -> Result<Self, AgentError> {
        let config = AgentConfig::load(file)?;
        let fault = |file: &Path, why: String| AgentError::Config {
            file: file.display().to_string(),
            why,
        };
        let read = |path: &Path| {
            fs::read_to_string(path).map_err(AgentError::io(path.display().to_string()))
        };
        let roster =
            Roster::parse(&read(&config.roster)?).map_err(|why| fault(&config.roster, why))?;
        let recipients = Recipients::parse(&read(&config.recipients)?)
            .map_err(|why| fault(&config.recipients, why))?;
        let key = SigningKey::from_secret(&read(&config.key)?)
            .map_err(|e| fault(&config.key, e.to_string()))?;
        let law = match &config.law {
            Some(path) => LawPacks::from_dir(path)?,
            None => LawPacks::embedded()?,
        };
        let aliases = config.aliases()?;
        let base = file.parent().unwrap_or(Path::new("."));
        let registry = lagrum_sources::registry();
        let context = Context {
            base_directory: base,
            aliases: &aliases,
        };
        let mut sources: Vec<Box<dyn Source>> = Vec::new();
        for source in &config.sources {
            let source = registry.open(source, &context).map_err(|e| match e {
                SourceError::Config { .. } => fault(file, e.to_string()),
                other => other.into(),
            })?;
            if sources
                .iter()
                .any(|other| other.about().id == source.about().id)
            {
                let why = format!("source: two have the id {}", source.about().id);
                return Err(fault(file, why));
            }
            sources.push(source);
        }
        private_directory(&config.state)?;
        private_directory(&config.state.join("work"))?;
        private_directory(&config.state.join("review"))?;
        private_directory(&config.state.join("trace"))?;
        let lock = config.state.join("lock");
        let busy = AgentError::Busy(config.region.to_string());
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&lock)
            .map_err(AgentError::io(lock.display().to_string()))?;
        lock.try_lock().map_err(|_| busy)?;
        let ledger = Ledger::open(&config.state.join("ledger.sqlite"))?;
        let log = CheckpointPolicy::of_log(config.log_key.clone());
        let desk = Box::new(DirectoryAgent::new(&config.desk));
        Ok(Self {
            config,
            roster,
            recipients,
            log,
            key,
            law,
            sources,
            ledger,
            desk,
            cancelled: Arc::default(),
            _lock: lock,
        })
    }

    /// Where it runs.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.config.region
    }

    /// Set from another thread, it ends a running search: nothing is produced, nothing is refused,
    /// and the mandate waits on.
    #[must_use]
    pub fn canceller(&self) -> Arc<AtomicBool> {
        self.cancelled.clone()
    }

    /// Carries out every mandate that waits. `clock` gives the time (UTC). A mandate that fails
    /// does not stop the next.
    ///
    /// # Errors
    /// When the agent itself cannot work; what became of each mandate is in the answer.
    pub fn run(
        &self,
        clock: &dyn Fn() -> Timestamp,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Vec<(Stem, MandateOutcome)>, AgentError> {
        for carried in self.ledger.not_handed_out()? {
            self.hand_out(&carried)?;
        }
        self.remove_left_work()?;
        let mut outcomes = Vec::new();
        for stem in self.desk.waiting()? {
            if self.desk.is_answered(&stem)? {
                outcomes.push((stem, MandateOutcome::AlreadyProduced));
            } else if let Some(outcome) = self.one(&stem, clock, watch)? {
                outcomes.push((stem, outcome));
            }
        }
        Ok(outcomes)
    }

    /// What became of one mandate; nothing, if it was recalled meanwhile.
    fn one(
        &self,
        stem: &Stem,
        clock: &dyn Fn() -> Timestamp,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Option<MandateOutcome>, AgentError> {
        let refuse = |mandate, code, why| self.refuse(stem, mandate, code, why).map(Some);
        let untrusted = match self.desk.fetch(stem) {
            Ok(untrusted) => untrusted,
            Err(FetchError::Recalled(_)) => return Ok(None),
            Err(FetchError::Transport(e)) => return Err(e.into()),
            Err(e @ FetchError::Unreadable(_)) => {
                let nothing = Sha256Digest::of(b"");
                return refuse(nothing, RefusalCode::Unreadable, e.to_string());
            }
        };
        let cleared = match self.admit(&untrusted, clock()) {
            Ok(cleared) => cleared,
            Err((code, why)) => return refuse(untrusted.digest(), code, why),
        };
        if cleared.mandate().act == Act::Preserve {
            let why = "the mandate is to preserve, and agents cannot preserve data yet: have the data operator keep it by hand";
            return refuse(cleared.digest(), RefusalCode::Act, why.into());
        }
        match self.carry_out(stem, &cleared, &untrusted, clock, watch) {
            Ok(receipt) => Ok(Some(MandateOutcome::Produced(receipt))),
            Err(e) => {
                if self.ledger.find(&cleared.mandate().nonce)?.is_none() {
                    // Nothing was sealed: no plaintext stays behind.
                    self.remove_left_work()?;
                }
                if let AgentError::Source(SourceError::Cancelled { .. }) = e {
                    return Err(e);
                }
                refuse(cleared.digest(), e.code(), e.to_string())
            }
        }
    }

    /// The log must be the one that this agent saw before, grown; then the gate decides.
    fn admit(
        &self,
        untrusted: &UntrustedMandate,
        now: Timestamp,
    ) -> Result<Cleared, (RefusalCode, String)> {
        believe_log(&self.config.log, &self.log, &self.ledger, &untrusted.proof)
            .map_err(|e| (RefusalCode::Log, format!("log: {e}")))?;
        let today = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        let law = self
            .law
            .in_force(today)
            .map_err(|e| (RefusalCode::Law, format!("law packs: {e}")))?;
        let gate = Gate {
            region: &self.config.region,
            roster: &self.roster,
            own_machine: self.config.own_machine,
            recipients: &self.recipients,
            log: &self.log,
            law: &law,
            holding: &|identifier, category| self.config.holding(identifier, category),
            carried_out: &|nonce| {
                self.ledger
                    .find(nonce)
                    .map(|found| found.is_some())
                    .map_err(|e| e.to_string())
            },
            now,
        };
        gate.admit(untrusted)
            .map_err(|refused| (RefusalCode::from(&refused), refused.to_string()))
    }

    fn refuse(
        &self,
        stem: &Stem,
        mandate: Sha256Digest,
        code: RefusalCode,
        why: String,
    ) -> Result<MandateOutcome, AgentError> {
        let refusal = Refusal {
            mandate,
            region: self.config.region.clone(),
            code,
            why,
        };
        let note = refusal.sign(&self.key)?;
        self.desk.send_refusal(stem, &note)?;
        Ok(MandateOutcome::Refused(refusal))
    }
}
