use std::fs::{self, File};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_durable::private_directory;
use lagrum_law::LawPacks;
use lagrum_log::CheckpointPolicy;
use lagrum_mandate::answer::{Receipt, Refusal, RefusalCode, SignedAnswer};
use lagrum_mandate::gate::{Gate, UntrustedMandate};
use lagrum_mandate::{Cleared, Roster};
use lagrum_model::{Act, Category, Region, Sha256Digest};
use lagrum_notes::{SigningKey, role};
use lagrum_production::check::Against;
use lagrum_production::{Search, SearchOutcome, Spool, Statement, seal};
use lagrum_sources::{Outcome as Found, Source};

use crate::ledger::{Carried, Ledger};
use crate::memory::believe_log;
use crate::{AgentConfig, AgentError};

/// The longest mandate or proof that is read.
const LONGEST_INPUT: u64 = 4 << 20;

/// An agent, ready to carry out mandates.
pub struct Agent {
    config: AgentConfig,
    roster: Roster,
    log: CheckpointPolicy,
    key: SigningKey<role::Agent>,
    law: LawPacks,
    sources: Vec<Box<dyn Source>>,
    ledger: Ledger,
    /// Held as long as this agent runs.
    _lock: File,
}

/// What an agent is doing, for whoever watches.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'p> {
    /// It searches a source.
    Searching {
        /// For which mandate.
        mandate: &'p str,
        /// Which source.
        source: &'p str,
        /// For which category.
        category: Category,
    },
    /// It checks and seals a package.
    Sealing {
        /// Of which mandate.
        mandate: &'p str,
    },
}

/// What became of one mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
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
        let key = SigningKey::from_secret(&read(&config.key)?)
            .map_err(|e| fault(&config.key, e.to_string()))?;
        let law = match &config.law {
            Some(path) => LawPacks::from_dir(path)?,
            None => LawPacks::embedded()?,
        };
        let aliases = config.aliases()?;
        let base = file.parent().unwrap_or(Path::new("."));
        let mut sources: Vec<Box<dyn Source>> = Vec::new();
        for source in &config.sources {
            let source = lagrum_sources::open(source, base, &aliases)?;
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
        Ok(Self {
            config,
            roster,
            log,
            key,
            law,
            sources,
            ledger,
            _lock: lock,
        })
    }

    /// Where it runs.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.config.region
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
    ) -> Result<Vec<(String, Outcome)>, AgentError> {
        for carried in self.ledger.not_handed_out()? {
            self.hand_out(&carried)?;
        }
        self.remove_left_work()?;
        let inbox = self.config.desk.join("in");
        private_directory(&inbox)?;
        private_directory(&self.config.desk.join("out"))?;
        let fault = || AgentError::io(inbox.display().to_string());
        let mut waiting: Vec<String> = Vec::new();
        for entry in fs::read_dir(&inbox).map_err(fault())? {
            let name = entry.map_err(fault())?.file_name();
            let stem = name.to_str().and_then(|name| name.strip_suffix(".mandate"));
            // The name is the desk's word too: it goes into file names and onto a terminal.
            let plain = |stem: &&str| {
                (1..=80).contains(&stem.len())
                    && stem
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            };
            if let Some(stem) = stem.filter(plain) {
                waiting.push(stem.to_owned());
            }
        }
        waiting.sort();
        let mut outcomes = Vec::new();
        for stem in waiting {
            if self
                .config
                .desk
                .join("out")
                .join(format!("{stem}.receipt"))
                .exists()
            {
                outcomes.push((stem, Outcome::AlreadyProduced));
                continue;
            }
            let outcome = self.one(&stem, clock, watch)?;
            outcomes.push((stem, outcome));
        }
        Ok(outcomes)
    }

    fn one(
        &self,
        stem: &str,
        clock: &dyn Fn() -> Timestamp,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Outcome, AgentError> {
        let input = |extension: &str| {
            let path = self
                .config
                .desk
                .join("in")
                .join(format!("{stem}.{extension}"));
            lagrum_durable::read(&path, LONGEST_INPUT)
        };
        let untrusted = match (input("mandate"), input("tlog-proof")) {
            (Ok(note), Ok(proof)) => UntrustedMandate { note, proof },
            (Err(e), _) | (_, Err(e)) => {
                let nothing = UntrustedMandate {
                    note: vec![],
                    proof: vec![],
                };
                return self.refuse(
                    stem,
                    nothing.digest(),
                    RefusalCode::Unreadable,
                    e.to_string(),
                );
            }
        };
        match self.admit(&untrusted, clock()) {
            Err((code, why)) => self.refuse(stem, untrusted.digest(), code, why),
            Ok(cleared) if cleared.mandate().act == Act::Preserve => self.refuse(
                stem,
                cleared.digest(),
                RefusalCode::Act,
                "the mandate is to preserve, and agents cannot preserve data yet: have the data operator keep it by hand".into(),
            ),
            Ok(cleared) => match self.carry_out(stem, &cleared, &untrusted, clock, watch) {
                Ok(receipt) => Ok(Outcome::Produced(receipt)),
                Err(e) => {
                    if self.ledger.find(&cleared.mandate().nonce)?.is_none() {
                        // Nothing was sealed: no plaintext stays behind.
                        self.remove_left_work()?;
                    }
                    self.refuse(stem, cleared.digest(), e.code(), e.to_string())
                }
            },
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
        let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let law = self
            .law
            .in_force(today)
            .map_err(|e| (RefusalCode::Law, format!("law packs: {e}")))?;
        let gate = Gate {
            region: &self.config.region,
            roster: &self.roster,
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
        stem: &str,
        mandate: Sha256Digest,
        code: RefusalCode,
        why: String,
    ) -> Result<Outcome, AgentError> {
        let refusal = Refusal {
            mandate,
            region: self.config.region.clone(),
            code,
            why,
        };
        let note = refusal.sign(&self.key)?;
        self.put_out(&format!("{stem}.refusal"), note.as_bytes())?;
        Ok(Outcome::Refused(refusal))
    }

    fn carry_out(
        &self,
        stem: &str,
        cleared: &Cleared,
        untrusted: &UntrustedMandate,
        clock: &dyn Fn() -> Timestamp,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Receipt, AgentError> {
        let mandate = cleared.mandate();
        let work = self
            .config
            .state
            .join("work")
            .join(mandate.nonce.to_string());
        private_directory(&work)?;
        let began_at = clock();
        let mut spool = Spool::create(&work, began_at)?;
        let mut searches = Vec::new();
        for order in cleared.orders() {
            let serving: Vec<_> = self
                .sources
                .iter()
                .filter(|source| source.about().categories.contains(&order.category()))
                .collect();
            if serving.is_empty() {
                return Err(AgentError::Config {
                    file: "agent.toml".into(),
                    why: format!(
                        "no source here serves {} data; add one, or have the mandate leave it out",
                        order.category()
                    ),
                });
            }
            for source in serving {
                watch(Progress::Searching {
                    mandate: stem,
                    source: &source.about().id,
                    category: order.category(),
                });
                let mut sink = spool.sink(order);
                let found = source.search(&order, began_at, &mut sink)?;
                let outcome = match found {
                    Found::UnknownAccount => SearchOutcome::UnknownAccount,
                    Found::Alias { .. } => SearchOutcome::AliasNotFollowed,
                    Found::NotServed { why } => {
                        return Err(AgentError::Config {
                            file: "agent.toml".into(),
                            why: format!("source {}: {why}", source.about().id),
                        });
                    }
                    Found::Searched(counts) => SearchOutcome::Searched {
                        produced: sink.produced,
                        for_review: sink.for_review,
                        unreadable: counts.unreadable,
                    },
                };
                searches.push(Search {
                    identifier: order.identifier().clone(),
                    category: order.category(),
                    source: source.about().id.clone(),
                    date_rule: source.about().date_rule.to_owned(),
                    outcome,
                });
            }
        }
        let statement = Statement {
            mandate: cleared.digest(),
            region: self.config.region.clone(),
            began_at,
            ended_at: clock(),
            searches,
        };
        let written = spool.finish(
            cleared,
            &untrusted.note,
            &untrusted.proof,
            &statement,
            &self.key,
        )?;
        watch(Progress::Sealing { mandate: stem });
        let sealed_file = work.join("sealed");
        let public = self.key.verifying_key();
        let against = Against::Own {
            mandate: cleared.digest(),
            agent: &public,
        };
        let (_, sealed) = seal(&written, &against, &sealed_file)?;
        let package = format!("{stem}.tar.age");
        let receipt = Receipt {
            case: mandate.case.clone(),
            mandate: cleared.digest(),
            region: self.config.region.clone(),
            package: package.clone(),
            sha256: sealed.sha256,
            length: sealed.length,
            produced: statement.produced(),
            for_review: statement.for_review(),
        };
        let carried = Carried {
            nonce: mandate.nonce,
            package,
            sha256: sealed.sha256,
            receipt: receipt.sign(&self.key)?,
            handed_out: false,
        };
        // From here on the mandate is spent, whatever happens.
        self.ledger.record(&carried, clock())?;
        self.hand_out(&carried)?;
        Ok(receipt)
    }

    /// Moves a sealed package, the review list and the receipt to where they belong, and removes
    /// the plaintext. Can be cut off anywhere and be done again.
    fn hand_out(&self, carried: &Carried) -> Result<(), AgentError> {
        let work = self
            .config
            .state
            .join("work")
            .join(carried.nonce.to_string());
        let rename = |from: PathBuf, to: PathBuf| {
            if from.exists() {
                fs::rename(&from, &to).map_err(AgentError::io(to.display().to_string()))?;
            }
            Ok::<_, AgentError>(to)
        };
        let review = format!(
            "review/{}.jsonl",
            carried.package.trim_end_matches(".tar.age")
        );
        rename(work.join("review.jsonl"), self.config.state.join(review))?;
        let trace = format!(
            "trace/{}.jsonl",
            carried.package.trim_end_matches(".tar.age")
        );
        rename(work.join("trace.jsonl"), self.config.state.join(trace))?;
        let out = self.config.desk.join("out");
        let package = rename(work.join("sealed"), out.join(&carried.package))?;
        if !package.exists() {
            return Err(AgentError::Io {
                what: package.display().to_string(),
                source: io::Error::new(
                    io::ErrorKind::NotFound,
                    "the sealed package is gone; its mandate is spent, a new one is needed",
                ),
            });
        }
        let stem = carried.package.trim_end_matches(".tar.age");
        self.put_out(&format!("{stem}.receipt"), carried.receipt.as_bytes())?;
        let refusal = out.join(format!("{stem}.refusal"));
        if refusal.exists() {
            fs::remove_file(&refusal).map_err(AgentError::io(refusal.display().to_string()))?;
        }
        self.ledger.handed_out(&carried.nonce)?;
        if work.exists() {
            fs::remove_dir_all(&work).map_err(AgentError::io(work.display().to_string()))?;
        }
        Ok(())
    }

    /// Removes the plaintext of runs that were cut off. What was sealed is handed out by now, and
    /// this agent alone holds the lock.
    fn remove_left_work(&self) -> Result<(), AgentError> {
        let work = self.config.state.join("work");
        let fault = || AgentError::io(work.display().to_string());
        for entry in fs::read_dir(&work).map_err(fault())? {
            fs::remove_dir_all(entry.map_err(fault())?.path()).map_err(fault())?;
        }
        Ok(())
    }

    /// Puts a file where the desk fetches it.
    fn put_out(&self, name: &str, bytes: &[u8]) -> Result<(), AgentError> {
        let path = self.config.desk.join("out").join(name);
        Ok(lagrum_durable::replace(&path, bytes)?)
    }
}
