use std::cell::RefCell;
use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lagrum_durable::{FileError, private_directory};
use lagrum_law::LawPacks;
use lagrum_log::CheckpointPolicy;
use lagrum_mandate::answer::{
    AccountsTold, Preserved, Receipt, Refusal, RefusalCode, Resolution, SignedAnswer, Step,
};
use lagrum_mandate::gate::{CLOCK_TOLERANCE, Gate, Refused, Standing, UntrustedMandate};
use lagrum_mandate::{Cleared, Inquiry, Mandate, Recipients, Roster};
use lagrum_model::{Act, Controller, Holding, Region, Sha256Digest};
use lagrum_notes::{SigningKey, role};
use lagrum_package::FROZEN;
use lagrum_source::{Context, Registry, Source, SourceError};
use lagrum_transport::directory::DirectoryAgent;
use lagrum_transport::{AgentEnd, FetchError, Stem, TransportError};
use rand_core::CryptoRngCore;

use crate::accounts::Accounts;
use crate::at_work::{AtWork, EVERY, Ends, Teller};
use crate::believed::Public;
use crate::elsewhere::{Elsewhere, RenewLog, Ways};
use crate::keys_beside::copies_key;
use crate::ledger::{Ledger, Numbers};
use crate::outside::{Failure, Failures, Told, said_by};
use crate::{AgentConfig, AgentError};

/// An agent, ready to carry out mandates.
pub struct Agent {
    pub(crate) config: AgentConfig,
    /// Nothing, where it is opened for counsel alone.
    accounts: Option<Accounts>,
    pub(crate) roster: Roster,
    pub(crate) recipients: Recipients,
    pub(crate) log: CheckpointPolicy,
    pub(crate) key: SigningKey<role::Agent>,
    /// Opens the copies of what was withheld.
    pub(crate) copies_key: age::x25519::Identity,
    pub(crate) law: Arc<LawPacks>,
    pub(crate) sources: Vec<Box<dyn Source>>,
    pub(crate) ledger: Ledger,
    pub(crate) desk: Box<dyn AgentEnd>,
    /// Renews the copy of the public log, if it is one.
    renew_log: Option<RenewLog>,
    /// No further mandate is begun.
    stops: Arc<AtomicBool>,
    /// How often the desk is told that a run goes on.
    told_every: Duration,
    /// Why the desk was not told last that it is at work.
    pub(crate) not_told: RefCell<Option<String>>,
    pub(crate) cancelled: Arc<AtomicBool>,
    /// What stayed in the region of what failed.
    pub(crate) failures: Failures,
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
        /// Which one that is, from 1, and how many there are; both 0 for a copy in the vault.
        place: (u32, u32),
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
    /// Whose account something is was found out, and lies ready for the desk.
    LookedUp(Resolution),
    /// A copy is kept in the vault of the region, or is erased, and that lies ready for the desk.
    Preserved(Preserved),
    /// Which accounts there are lies ready for the desk.
    Told(AccountsTold),
    /// It was carried out before; nothing happened.
    AlreadyProduced,
    /// The gate stayed closed, or the run failed: nothing was produced, and why.
    Refused(Refusal),
    /// It could not be fetched, or what became of it could not be told to the desk. It waits on.
    Unanswered(String),
}

impl Agent {
    /// Opens the agent whose configuration is `file`, where all that it needs lies in directories.
    ///
    /// # Errors
    /// As [`Agent::open_over`].
    pub fn open(file: &Path) -> Result<Self, AgentError> {
        Self::open_over(file, |_| Ok(Ways::default()))
    }

    /// Opens the agent whose configuration is `file`. `ways` says how it reaches what lies at addresses.
    ///
    /// # Errors
    /// When its configuration, keys, law packs or stores cannot be used, or there is no way to an address.
    pub fn open_over(
        file: &Path,
        ways: impl FnOnce(&AgentConfig) -> Result<Ways, AgentError>,
    ) -> Result<Self, AgentError> {
        Self::opened(file, ways, true)
    }

    /// The same; without `stores`, neither accounts nor sources are opened, and no mandate is carried out.
    pub(crate) fn opened(
        file: &Path,
        ways: impl FnOnce(&AgentConfig) -> Result<Ways, AgentError>,
        stores: bool,
    ) -> Result<Self, AgentError> {
        let config = AgentConfig::load(file)?;
        let ways = ways(&config)?;
        let fault = |file: &Path, why: String| AgentError::Config {
            file: file.display().to_string(),
            why,
        };
        let read = |field: &str, path: &Path| {
            lagrum_durable::read_settings(path).map_err(|e| not_read(field, path, e))
        };
        let roster = Roster::parse(&read("roster", &config.roster)?)
            .map_err(|why| fault(&config.roster, why))?;
        let recipients = Recipients::parse(&read("recipients", &config.recipients)?)
            .map_err(|why| fault(&config.recipients, why))?;
        let key = lagrum_durable::read_secret(&config.key)
            .map_err(|e| not_read("key", &config.key, e))?;
        let key = SigningKey::from_secret(&key).map_err(|e| fault(&config.key, e.to_string()))?;
        let law = match &config.law {
            Some(path) => Arc::new(LawPacks::from_dir(path)?),
            None => LawPacks::embedded()?,
        };
        let sources = match stores {
            true => open_sources(file, &config)?,
            false => Vec::new(),
        };
        private_directory(&config.state)?;
        for own in ["work", "sealed", "review", "trace", "told"] {
            private_directory(&config.state.join(own))?;
        }
        // Beside the key, as the mark is: a second state directory does not work at the same time.
        let lock = config.key.with_extension("lock");
        let busy = AgentError::Busy(config.region.to_string());
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&lock)
            .map_err(AgentError::io(lock.display().to_string()))?;
        lock.try_lock().map_err(|_| busy)?;
        let accounts = match stores {
            true => Some(Accounts::open(&config, &sources)?),
            false => None,
        };
        let ledger = Ledger::open(&config.ledger(), &config.key)?;
        let copies_key = copies_key(&config.key)?;
        let log = CheckpointPolicy::parse(&read("log_policy", &config.log_policy)?)
            .map_err(|e| fault(&config.log_policy, e.to_string()))?
            .with_former(config.former_logs.clone())
            .map_err(|e| fault(file, format!("former_log: {e}")))?;
        let no_way = |field| {
            fault(
                file,
                format!("{field}: it is an address, and there is no way to it"),
            )
        };
        let desk = match (&config.desk, ways.desk) {
            (Elsewhere::Directory(path), _) => Box::new(DirectoryAgent::new(path)),
            (Elsewhere::Address(_), way) => way.ok_or_else(|| no_way("desk"))?,
        };
        let renew_log = match &config.log {
            Elsewhere::Directory(_) => None,
            Elsewhere::Address(_) => Some(ways.log.ok_or_else(|| no_way("log"))?),
        };
        let failures = Failures::below(&config.state);
        Ok(Self {
            config,
            accounts,
            roster,
            recipients,
            log,
            key,
            copies_key,
            law,
            sources,
            ledger,
            desk,
            renew_log,
            stops: Arc::default(),
            told_every: EVERY,
            not_told: RefCell::default(),
            cancelled: Arc::default(),
            failures,
            _lock: lock,
        })
    }

    /// Its accounts.
    pub(crate) fn accounts(&self) -> Result<&Accounts, AgentError> {
        let closed = || AgentError::Disagree("they were not opened".to_owned());
        self.accounts.as_ref().ok_or_else(closed)
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

    /// Once `stops` is set, no further mandate is begun, and nothing that was made before is handed over: a run ends with the
    /// mandate that it works on.
    #[must_use]
    pub fn ending_with(self, stops: Arc<AtomicBool>) -> Self {
        Self { stops, ..self }
    }

    /// The desk is told so often that a run goes on, and how far it is; every five minutes, if nothing else is said.
    #[must_use]
    pub fn telling_every(self, told_every: Duration) -> Self {
        Self { told_every, ..self }
    }

    /// What failed since this agent was opened, for whoever runs it: it does not leave the region.
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        self.failures.so_far()
    }

    /// Carries out every mandate that waits. `clock` gives the time (UTC), and of `random` passphrases are made that
    /// are told by telephone. What fails with one mandate, one package or one entry of the wire stops no other.
    ///
    /// # Errors
    /// When the agent itself cannot work: its clock went back, its record cannot be used, the wire
    /// is not there. What became of each mandate is in the answer.
    pub fn run(
        &self,
        clock: &(dyn Fn() -> Timestamp + Sync),
        random: &mut dyn CryptoRngCore,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Vec<(Stem, MandateOutcome)>, AgentError> {
        // No reading of the clock lies before another, nor before the last run.
        let floor = Mutex::new(self.time_goes_on(clock())?);
        let clock = &|| {
            let mut floor = floor.lock().unwrap_or_else(PoisonError::into_inner);
            *floor = clock().max(*floor);
            *floor
        };
        self.remove_left_work()?;
        let unread = self.hear_recalls(clock())?;
        // A search may take hours: that it is at work, whoever keeps the desk sees from its beginning on, and then
        // from time to time.
        let teller = Teller {
            region: &self.config.region,
            law: self.law.digest(),
            roster: self.roster.digest(),
            own_machine: self.config.own_machine,
            key: &self.key,
            desk: &*self.desk,
            clock,
        };
        let at_work = AtWork::new(teller, Numbers::of(&self.config.ledger())?);
        self.beat(&at_work);
        let outcomes = thread::scope(|scope| {
            let _ends = Ends(&at_work);
            let (every, told) = (self.told_every, &at_work);
            scope.spawn(move || told.tell_on(every));
            self.work(clock, random, watch, &at_work, &unread)
        });
        if outcomes.is_ok() {
            self.beat(&at_work);
        }
        self.not_told.replace(at_work.not_told());
        outcomes
    }

    /// What [`Agent::run`] does once the desk knows that it runs.
    fn work(
        &self,
        clock: &dyn Fn() -> Timestamp,
        random: &mut dyn CryptoRngCore,
        watch: &mut dyn FnMut(Progress<'_>),
        at_work: &AtWork<'_>,
        unread: &[Stem],
    ) -> Result<Vec<(Stem, MandateOutcome)>, AgentError> {
        let mut watch = |progress: Progress<'_>| {
            match progress {
                Progress::Searching { place, .. } => at_work.is_at(Step::Searching, Some(place)),
                Progress::Sealing { .. } => at_work.is_at(Step::Sealing, None),
            }
            watch(progress);
        };
        let mut outcomes = self.end_preservations(clock())?;
        for carried in self.ledger.not_acknowledged()? {
            if self.stops.load(Ordering::Relaxed) {
                break;
            }
            let outcome = match self.hand_out(&carried, unread) {
                Ok(()) => continue,
                // Nothing of it leaves any more, and the desk hears what to do.
                Err(
                    error @ (AgentError::Recalled
                    | AgentError::RecalledLost
                    | AgentError::Transport(TransportError::PackageLost(_))),
                ) => {
                    let why = self.failures.outside(&carried.stem, &error, clock());
                    self.refuse(&carried.stem, carried.mandate, error.code(), why)?
                }
                Err(error) => MandateOutcome::Unanswered(error.to_string()),
            };
            outcomes.push((carried.stem, outcome));
        }
        for (_, outcome) in &outcomes {
            at_work.is_done(outcome.refused_for());
        }
        if self.stops.load(Ordering::Relaxed) {
            return Ok(outcomes);
        }
        let heard: Vec<Stem> = outcomes.iter().map(|(stem, _)| stem).cloned().collect();
        for stem in self.desk.waiting()? {
            if self.stops.load(Ordering::Relaxed) {
                break;
            }
            // What became of it is said already.
            if heard.contains(&stem) {
                continue;
            }
            match self.desk.is_answered(&stem) {
                Ok(true) => outcomes.push((stem, MandateOutcome::AlreadyProduced)),
                Ok(false) => {
                    at_work.begins(clock());
                    let outcome = self.one_alone(&stem, clock, random, &mut watch)?;
                    at_work.is_done(outcome.as_ref().and_then(MandateOutcome::refused_for));
                    outcomes.extend(outcome.map(|outcome| (stem, outcome)));
                }
                Err(error) => {
                    let why = error.to_string();
                    outcomes.push((stem, MandateOutcome::Unanswered(why)));
                }
            }
        }
        Ok(outcomes)
    }

    /// Refuses to work while the clock is behind what it was: a mandate that ran out would live
    /// again.
    ///
    /// In the release model: `Open`.
    fn time_goes_on(&self, now: Timestamp) -> Result<Timestamp, AgentError> {
        let latest = self.ledger.latest()?;
        if now.saturating_add(CLOCK_TOLERANCE).unwrap_or(now) < latest {
            return Err(AgentError::ClockBehind { now, latest });
        }
        self.ledger.it_is(now)?;
        Ok(now.max(latest))
    }

    /// What became of one mandate, whatever happens: its failure is its own. A panic is a failure,
    /// and leaves no plaintext.
    fn one_alone(
        &self,
        stem: &Stem,
        clock: &dyn Fn() -> Timestamp,
        random: &mut dyn CryptoRngCore,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Option<MandateOutcome>, AgentError> {
        let one = AssertUnwindSafe(|| self.one(stem, clock, random, watch));
        let failed = match catch_unwind(one) {
            Ok(Err(e @ AgentError::Source(SourceError::Cancelled { .. }))) => return Err(e),
            Ok(Err(error)) => error.to_string(),
            Ok(Ok(outcome)) => return Ok(outcome),
            Err(panic) => {
                if let Err(left) = self.remove_left_work() {
                    self.failures.outside(stem, &left, clock());
                }
                let digest = self.desk.fetch(stem).map(|untrusted| untrusted.digest());
                let digest = digest.unwrap_or_else(|_| Sha256Digest::of(b""));
                let code = RefusalCode::Fault;
                let told = "the agent's program failed while it worked on this mandate; nothing was produced. Please report it";
                let why =
                    self.failures
                        .numbered(stem, code.as_str(), told, &said_by(&*panic), clock());
                match self.refuse(stem, digest, code, why) {
                    Ok(refused) => return Ok(Some(refused)),
                    Err(error) => error.to_string(),
                }
            }
        };
        Ok(Some(MandateOutcome::Unanswered(failed)))
    }

    /// What became of one mandate; nothing, if it was recalled meanwhile.
    fn one(
        &self,
        stem: &Stem,
        clock: &dyn Fn() -> Timestamp,
        random: &mut dyn CryptoRngCore,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Option<MandateOutcome>, AgentError> {
        let refuse = |mandate, code, why| self.refuse(stem, mandate, code, why).map(Some);
        let untrusted = match self.desk.fetch(stem) {
            Ok(untrusted) => untrusted,
            Err(FetchError::Recalled(_)) => return Ok(None),
            Err(FetchError::Transport(e)) => return Err(e.into()),
            Err(e @ FetchError::Unreadable(_)) => {
                let (nothing, code) = (Sha256Digest::of(b""), RefusalCode::Unreadable);
                let told = "the mandate that lies there cannot be read";
                let why = self
                    .failures
                    .numbered(stem, code.as_str(), told, &e, clock());
                return refuse(nothing, code, why);
            }
        };
        if self.hear_recalls(clock())?.contains(stem) {
            return Err(AgentError::RecallUnread);
        }
        let accounts = self.accounts()?;
        if let Err(error) = accounts.refresh(&self.config) {
            let error = AgentError::from(error);
            let why = self.failures.outside(stem, &error, clock());
            return refuse(untrusted.digest(), error.code(), why);
        }
        if Inquiry::is_begun(&untrusted.note) {
            return self.inquired(stem, &untrusted, clock()).map(Some);
        }
        let cleared = match self.admit(stem, &untrusted, clock()) {
            Ok(cleared) => cleared,
            Err((code, why)) => return refuse(untrusted.digest(), code, why),
        };
        if let Some(asked) = cleared.look_ups() {
            return match self.look_up(stem, &cleared, &asked, clock, watch) {
                Ok(found) => Ok(Some(MandateOutcome::LookedUp(found))),
                Err(error) => self.failed(stem, &cleared, error, clock()).map(Some),
            };
        }
        if cleared.mandate().act == Act::Preserve {
            return match self.preserve(stem, &cleared, &untrusted, clock, watch) {
                Ok(kept) => Ok(Some(MandateOutcome::Preserved(kept))),
                Err(error) => self.failed(stem, &cleared, error, clock()).map(Some),
            };
        }
        match self.carry_out(stem, &cleared, &untrusted, clock, random, watch) {
            Ok(receipt) => Ok(Some(MandateOutcome::Produced(receipt))),
            Err(error) => self.failed(stem, &cleared, error, clock()).map(Some),
        }
    }

    /// What is told of a mandate that could not be carried out.
    fn failed(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        error: AgentError,
        now: Timestamp,
    ) -> Result<MandateOutcome, AgentError> {
        let nonce = &cleared.mandate().nonce;
        if self.ledger.find(nonce)?.is_some() && !self.ledger.is_stopped(nonce)? {
            // It is spent, and its package follows: what failed is done again.
            return Ok(MandateOutcome::Unanswered(error.to_string()));
        }
        // Nothing was sealed: no plaintext stays behind. If it does, the desk hears of the mandate all
        // the same, and whoever runs the agent of both.
        let removed = self.remove_left_work();
        if let AgentError::Source(SourceError::Cancelled { .. }) | AgentError::RecallUnread = error
        {
            return Err(error);
        }
        if let Err(left) = removed {
            self.failures.outside(stem, &left, now);
        }
        let why = self.failures.outside(stem, &error, now);
        self.refuse(stem, cleared.digest(), error.code(), why)
    }

    /// The log must be the one that this agent saw before, grown; then the gate decides.
    fn admit(
        &self,
        stem: &Stem,
        untrusted: &UntrustedMandate,
        now: Timestamp,
    ) -> Result<Cleared, (RefusalCode, Told)> {
        let outside = |error: AgentError| (error.code(), self.failures.outside(stem, &error, now));
        let told = |error: AgentError| outside(error).1.into_text();
        self.believe_log(&untrusted.proof, now).map_err(outside)?;
        let today = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        let law = self.law.in_force(today).map_err(|e| outside(e.into()))?;
        let gate = Gate {
            region: &self.config.region,
            roster: &self.roster,
            own_machine: self.config.own_machine,
            recipients: &self.recipients,
            log: &self.log,
            law: &law,
            holding: &|identifier, category| {
                let holding = (self.accounts())
                    .and_then(|all| all.holding(&self.config, identifier, category));
                holding.map_err(|error| match error.code() {
                    RefusalCode::UnknownAccount => Refused::Account(told(error)),
                    RefusalCode::Configuration => Refused::Accounts(told(error)),
                    RefusalCode::Source => Refused::LookUp(told(error)),
                    _ => Refused::Mandate(told(error)),
                })
            },
            unknown: &|category| {
                let (region, country) = (self.config.region.clone(), self.config.country);
                let nobodys = Holding::new(category, region, country, Controller::Consumer);
                Holding {
                    service: self.config.service,
                    ..nobodys
                }
            },
            counted: &|mandate| self.counted(mandate, now),
            standing: &|mandate| self.standing(mandate).map_err(|e| told(e.into())),
            remembers_since: self.ledger.begun_at().map_err(|e| outside(e.into()))?,
            now,
        };
        let cleared = gate.admit(untrusted).map_err(|refused| {
            let why = self.failures.outside_of_gate(stem, &refused, now);
            (RefusalCode::from(&refused), why)
        })?;
        // By its name is found what was handed over of a case.
        match *stem == Stem::of(cleared.mandate()) {
            true => Ok(cleared),
            false => Err(outside(AgentError::OtherName)),
        }
    }

    /// The public log in `directory`, as this agent looks at it.
    pub(crate) fn public<'p>(&'p self, directory: &'p Path, now: Timestamp) -> Public<'p> {
        let hours = self.config.log_max_age_hours;
        Public {
            directory,
            mirrors: &self.config.log_mirrors,
            policy: &self.log,
            max_age: hours.map(|hours| SignedDuration::from_hours(hours.into())),
            now,
        }
    }

    /// Whether the log is the one that this agent saw before, grown, as this proof has it.
    pub(crate) fn believe_log(&self, proof: &[u8], now: Timestamp) -> Result<(), AgentError> {
        self.renew_log()?;
        self.public(&self.config.log_directory(), now)
            .believe(&self.ledger, proof)
    }

    /// Brings the copy of the public log up to date, if it is one.
    pub(crate) fn renew_log(&self) -> Result<(), AgentError> {
        match &self.renew_log {
            Some(renew) => Ok(renew()?),
            None => Ok(()),
        }
    }

    /// What this agent remembers of a mandate.
    fn standing(&self, mandate: &Mandate) -> Result<Standing, rusqlite::Error> {
        let nonce = &mandate.nonce;
        if self.ledger.find(nonce)?.is_some() && !self.ledger.is_stopped(nonce)? {
            return Ok(Standing::CarriedOut);
        }
        if self.ledger.is_recalled(&mandate.digest())? {
            return Ok(Standing::Recalled);
        }
        if self.ledger.is_interrupted(nonce)? {
            return Ok(Standing::Interrupted);
        }
        Ok(Standing::New)
    }

    pub(crate) fn refuse(
        &self,
        stem: &Stem,
        mandate: Sha256Digest,
        code: RefusalCode,
        why: Told,
    ) -> Result<MandateOutcome, AgentError> {
        // Where the record cannot be read, it is not said that nothing leaves from here on.
        let recalled = self.leaves_no_more(&mandate).unwrap_or(false);
        let refusal = Refusal {
            mandate,
            region: self.config.region.clone(),
            code,
            why: why.into_text(),
            recalled,
        };
        let note = refusal.sign(&self.key)?;
        self.desk.send_refusal(stem, &note)?;
        Ok(MandateOutcome::Refused(refusal))
    }

    /// Whether a mandate was recalled before anything of it left.
    fn leaves_no_more(&self, mandate: &Sha256Digest) -> Result<bool, rusqlite::Error> {
        let left = match self.ledger.find_by_mandate(mandate)? {
            Some(carried) => !self.ledger.is_stopped(&carried.nonce)?,
            None => false,
        };
        Ok(self.ledger.is_recalled(mandate)? && !left)
    }
}

/// Why one of the agent's own files was not read, with the field of agent.toml that names it.
fn not_read(field: &str, file: &Path, error: FileError) -> AgentError {
    let what = format!("`{field}` of agent.toml, {}", file.display());
    AgentError::io(what)(error.source)
}

/// The kinds of source that lie in files, logs among them.
fn logs() -> Registry {
    lagrum_sources::registry().with(lagrum_source_parquet::KIND, lagrum_source_parquet::open)
}

/// Opens the sources of a configuration, which lies in `file`.
pub(crate) fn open_sources(
    file: &Path,
    config: &AgentConfig,
) -> Result<Vec<Box<dyn Source>>, AgentError> {
    let fault = |why: String| AgentError::Config {
        file: file.display().to_string(),
        why,
    };
    let registry = logs()
        .with("imap", lagrum_source_imap::open)
        .with("jmap", lagrum_source_jmap::open)
        .with("doveadm", lagrum_source_program::open_doveadm)
        .with("program", lagrum_source_program::open_program)
        .with("s3", lagrum_source_s3::open)
        .with("s3-log", |config, context| {
            lagrum_source_s3::open_log(config, context, logs)
        })
        .with("sql", lagrum_source_sql::open);
    let context = Context {
        base_directory: file.parent().unwrap_or(Path::new(".")),
    };
    let mut sources: Vec<Box<dyn Source>> = Vec::new();
    for source in &config.sources {
        let source = registry.open(source, &context).map_err(|e| match e {
            SourceError::Config { .. } => fault(e.to_string()),
            other => other.into(),
        })?;
        let id = &source.about().id;
        if id.starts_with(FROZEN) {
            return Err(fault(format!(
                "source: no source is called {FROZEN}…, as {id} is: so are those that were frozen"
            )));
        }
        if sources.iter().any(|other| other.about().id == *id) {
            return Err(fault(format!(
                "source: two have the id {id}; give each one of its own"
            )));
        }
        sources.push(source);
    }
    Ok(sources)
}
