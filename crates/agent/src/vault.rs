//! The vault of the region: copies that a mandate to preserve froze. Nobody reads one before a mandate to hand
//! over covers its account; each is sealed with a key of its own, and is gone with that key.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use age::x25519;
use jiff::{SignedDuration, Timestamp};
use lagrum_durable::private_directory;
use lagrum_mandate::answer::{Preserved, SignedAnswer};
use lagrum_mandate::gate::UntrustedMandate;
use lagrum_mandate::{Cleared, KeptIn, Mandate, Nonce};
use lagrum_model::{Kept, KeptEnd, Sha256Digest, WhyEnded};
use lagrum_package::check::Against;
use lagrum_package::{SearchOutcome, Statement};
use lagrum_production::{Spool, Thawed, freeze, thaw};
use lagrum_transport::Stem;

use crate::carry_out::entries;
use crate::ledger::{Beside, Carried, Copy, Frozen, StandingOfCopy};
use crate::{Agent, AgentError, MandateOutcome, Progress};

/// The end of the name of a sealed copy.
const COPY: &str = "copy";
/// The end of the name of its key, which is sealed to the key of the vault.
const KEY: &str = "key";
/// How much longer a copy is kept where the log has no witnesses whose clocks say, too, that its time is over: what a
/// clock that is wrong by a day erased would be gone for good.
const FURTHER: SignedDuration = SignedDuration::from_hours(48);
/// The longest sealed key that is read.
const LONGEST_KEY: u64 = 4 << 10;

impl Agent {
    /// Carries out a cleared mandate to preserve: search, freeze, record, tell. Nothing is handed over.
    pub(crate) fn preserve(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        untrusted: &UntrustedMandate,
        clock: &dyn Fn() -> Timestamp,
        watch: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Preserved, AgentError> {
        let mandate = cleared.mandate();
        let vault = self.config.vault.as_ref().ok_or(AgentError::NoVault)?;
        // The gate holds that a mandate to preserve says so.
        let keep = mandate.recipient.kept().ok_or(AgentError::NoVault)?;
        if keep.until <= clock() {
            return Err(AgentError::KeptNoMore(keep.until));
        }
        if let Some(of) = &keep.extends {
            return self.keep_longer(stem, cleared, of, keep, clock);
        }
        private_directory(vault)?;
        let work = self.work_of(&mandate.nonce.to_string());
        private_directory(&work)?;
        let began_at = clock();
        let mut spool = Spool::create(&work, began_at, &self.copies_key.to_public())?;
        let searches = self.search(stem, cleared, began_at, &mut spool, watch)?;
        let mut sources: Vec<_> = searches.iter().map(|one| one.source.clone()).collect();
        sources.sort_unstable();
        sources.dedup();
        let statement = Statement {
            mandate: cleared.digest(),
            region: self.config.region.clone(),
            began_at,
            ended_at: clock().max(began_at),
            searches,
            released: None,
            answers: None,
        };
        let written = self.written(cleared, untrusted, spool, &statement)?;
        watch(Progress::Sealing { mandate: stem });
        self.still_good(cleared, clock())?;
        let public = self.key.verifying_key();
        let against = Against::Own {
            mandate: cleared.digest(),
            agent: &public,
        };
        self.ledger.freezing(&mandate.nonce)?;
        let own = x25519::Identity::generate();
        self.wrap(&mandate.nonce, vault, &own)?;
        let file = file_of(vault, &mandate.nonce, COPY);
        let (_, sealed) = freeze(&written, &against, &own.to_public(), &file)?;
        let kept = Kept {
            copy: sealed.sha256,
            items: statement.produced(),
            for_review: statement.for_review(),
            sources,
            until: keep.until,
            ended: None,
        };
        // Sealing may take hours. A clock that went back since is not believed.
        let now = clock().max(began_at);
        self.record_kept(stem, cleared, &Frozen::Copy(mandate, &kept), &kept, now)
    }

    /// Keeps a copy that is there until another instant.
    fn keep_longer(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        of: &Sha256Digest,
        keep: &KeptIn,
        clock: &dyn Fn() -> Timestamp,
    ) -> Result<Preserved, AgentError> {
        let copies = self.ledger.copies()?;
        let found = copies.iter().find(|copy| copy.mandate.digest() == *of);
        let copy = found.ok_or(AgentError::NotKept)?;
        if !is_same_scope(&copy.mandate, cleared.mandate()) {
            return Err(AgentError::OtherScope);
        }
        // What cannot be opened is not said to be kept.
        self.sound(copy)?;
        let kept = Kept {
            until: keep.until,
            ..copy.kept.clone()
        };
        let frozen = Frozen::Longer(&copy.nonce, &kept);
        self.record_kept(stem, cleared, &frozen, &kept, clock())
    }

    fn record_kept(
        &self,
        stem: &Stem,
        cleared: &Cleared,
        frozen: &Frozen<'_>,
        kept: &Kept,
        now: Timestamp,
    ) -> Result<Preserved, AgentError> {
        let mandate = cleared.mandate();
        let answer = self.says(mandate, cleared.digest(), kept);
        let note = answer.sign(&self.key)?;
        let carried = Carried {
            nonce: mandate.nonce,
            mandate: cleared.digest(),
            stem: stem.clone(),
            sha256: kept.copy,
            receipt: note,
            handed_out: false,
        };
        self.still_good(cleared, now)?;
        // From here on the mandate is spent, whatever happens.
        self.ledger.mark_begun(&carried)?;
        let beside = Beside {
            frozen: Some(frozen),
            ..Beside::default()
        };
        self.ledger.record(&carried, &beside, now)?;
        self.remove_left_work()?;
        self.hand_out(&carried, &[])?;
        Ok(answer)
    }

    fn says(&self, mandate: &Mandate, digest: Sha256Digest, kept: &Kept) -> Preserved {
        Preserved {
            case: mandate.case.clone(),
            mandate: digest,
            region: self.config.region.clone(),
            kept: kept.clone(),
        }
    }

    /// Erases what is kept no more: its time is over by more than one clock, or somebody of the roster recalled its
    /// mandate. Tells the desk of each, once that has heard that it was kept. An erased copy is gone whether or not that
    /// can be told.
    pub(crate) fn end_preservations(
        &self,
        now: Timestamp,
    ) -> Result<Vec<(Stem, MandateOutcome)>, AgentError> {
        let mut outcomes = Vec::new();
        for copy in self.ledger.copies()? {
            let outcome = match self.end_if_over(&copy, now) {
                Ok(None) => continue,
                Ok(Some(answer)) => MandateOutcome::Preserved(answer),
                // It stops nothing else, and is tried again by the next run.
                Err(error) => MandateOutcome::Unanswered(error.to_string()),
            };
            outcomes.push((copy.stem, outcome));
        }
        for copy in self.ledger.ends_to_tell()? {
            let told = self.tell_end(&copy);
            if let Err(error) = told {
                outcomes.push((copy.stem, MandateOutcome::Unanswered(error.to_string())));
            }
        }
        Ok(outcomes)
    }

    /// Erases one copy if it is kept no more, and remembers that.
    fn end_if_over(&self, copy: &Copy, now: Timestamp) -> Result<Option<Preserved>, AgentError> {
        let digest = copy.mandate.digest();
        let recalled = self.ledger.is_recalled(&digest)? || self.ledger.is_recalled(&copy.under)?;
        let because = if recalled {
            WhyEnded::Recalled
        } else if self.is_surely_over(copy, now)? {
            WhyEnded::Expired
        } else {
            return Ok(None);
        };
        self.erase(&copy.nonce)?;
        let kept = Kept {
            ended: Some(KeptEnd { at: now, because }),
            ..copy.kept.clone()
        };
        let answer = self.says(&copy.mandate, digest, &kept);
        let note = answer.sign(&self.key)?;
        self.ledger.ended(&copy.nonce, &kept, &note)?;
        Ok(Some(answer))
    }

    /// Whether the time of a copy is over: by the clock here, and by that of the log's witnesses or, where it has none,
    /// with time to spare.
    ///
    /// # Errors
    /// [`AgentError::ClocksDiffer`], when the witnesses have been silent for longer than that.
    fn is_surely_over(&self, copy: &Copy, now: Timestamp) -> Result<bool, AgentError> {
        let until = copy.kept.until;
        if !copy.is_over(now) {
            return Ok(false);
        }
        self.renew_log()?;
        let long_over = now.duration_since(until) >= FURTHER;
        match self.witnessed_at(now)? {
            None => Ok(long_over),
            Some(witnessed) if copy.is_over(witnessed) => Ok(true),
            Some(witnessed) if long_over => Err(AgentError::ClocksDiffer { until, witnessed }),
            Some(_) => Ok(false),
        }
    }

    /// When the witnesses of the log saw it last, as far as it is known here.
    fn witnessed_at(&self, now: Timestamp) -> Result<Option<Timestamp>, AgentError> {
        let directory = self.config.log_directory();
        self.public(&directory, now).witnessed_at(&self.ledger)
    }

    /// The copies of which `covers` says that a mandate to hand over reads them, if they are kept at `now` (UTC).
    ///
    /// # Errors
    /// When it is not certain which they are: what is preserved is not passed over.
    pub(crate) fn copies_for(
        &self,
        now: Timestamp,
        covers: impl Fn(&Copy) -> bool,
    ) -> Result<Vec<Copy>, AgentError> {
        let files = self.files_of_copies()?.into_iter();
        let unknown = files.filter(|(_, _, is)| *is == StandingOfCopy::Unknown);
        let unknown: BTreeSet<_> = unknown.map(|(nonce, ..)| nonce.0).collect();
        if !unknown.is_empty() {
            return Err(AgentError::CopiesUnknown(unknown.len()));
        }
        let all = self.ledger.copies()?.into_iter().filter(covers);
        let (over, kept): (Vec<_>, _) = all.partition(|copy| copy.is_over(now));
        if let Some(until) = over.iter().map(|copy| copy.kept.until).max()
            && let Some(witnessed) = self.witnessed_at(now)?
            && witnessed < until
        {
            return Err(AgentError::ClocksDiffer { until, witnessed });
        }
        Ok(kept)
    }

    /// The files of copies in the vault, with what the record knows of them.
    fn files_of_copies(&self) -> Result<Vec<(Nonce, PathBuf, StandingOfCopy)>, AgentError> {
        let Some(vault) = self.config.vault.as_ref().filter(|vault| vault.exists()) else {
            return Ok(Vec::new());
        };
        let mut files = Vec::new();
        for file in entries(vault)? {
            let name = file.file_name().and_then(|name| name.to_str());
            let own = name.and_then(|name| name.split_once('.'));
            let own = own.filter(|(_, what)| what.starts_with(COPY) || what.starts_with(KEY));
            let nonce = own.and_then(|(nonce, _)| Nonce::try_from(nonce.to_owned()).ok());
            // Nothing else is looked at, whoever put it there.
            if let Some(nonce) = nonce {
                let standing = self.ledger.standing_of_copy(&nonce)?;
                files.push((nonce, file, standing));
            }
        }
        Ok(files)
    }

    /// The vault, of which something is kept.
    fn vault(&self) -> Result<&Path, AgentError> {
        let gone = || {
            AgentError::Vault("agent.toml names no `vault` any more, and something is kept".into())
        };
        self.config.vault.as_deref().ok_or_else(gone)
    }

    /// Tells the desk that a copy is erased, until it says that it knows.
    fn tell_end(&self, copy: &Copy) -> Result<(), AgentError> {
        // What was recalled before anybody heard that it was kept is answered by that.
        if self.ledger.is_stopped(&copy.nonce)? {
            return Ok(self.ledger.end_is_told(&copy.nonce)?);
        }
        if self.desk.is_acknowledged(&copy.stem)? {
            self.ledger.end_is_told(&copy.nonce)?;
            return Ok(self.desk.forget(&copy.stem)?);
        }
        if !self.desk.is_answered(&copy.stem)?
            && let Some(note) = &copy.ended
        {
            self.desk.send_receipt(&copy.stem, note)?;
        }
        Ok(())
    }

    /// Removes the key of a copy, and then the copy, which nothing opens any more.
    fn erase(&self, nonce: &Nonce) -> Result<(), AgentError> {
        let vault = self.vault()?;
        for what in [KEY, COPY] {
            lagrum_durable::remove(&file_of(vault, nonce, what))?;
        }
        Ok(())
    }

    /// Removes what a run left in the vault that was cut off before its mandate was spent.
    pub(crate) fn remove_left_copies(&self) -> Result<(), AgentError> {
        for (_, left, standing) in self.files_of_copies()? {
            if standing == StandingOfCopy::Left {
                lagrum_durable::remove(&left)?;
            }
        }
        Ok(self.ledger.nothing_is_freezing()?)
    }

    /// Whether the copy and its key are there, and are what was frozen.
    fn sound(&self, copy: &Copy) -> Result<x25519::Identity, AgentError> {
        let vault = self.vault()?;
        let damaged = |why: String| AgentError::Vault(why);
        let file = file_of(vault, &copy.nonce, COPY);
        let found = lagrum_package::digest_of_file(&file).map_err(|e| damaged(e.to_string()))?;
        if found.0 != copy.kept.copy {
            let why = "it is not the copy that was frozen";
            return Err(damaged(format!("{}: {why}", file.display())));
        }
        self.unwrap(&copy.nonce, vault)
    }

    /// Opens a copy in a work directory of this mandate.
    pub(crate) fn thawed(&self, copy: &Copy, work: &Path) -> Result<Thawed, AgentError> {
        let vault = self.vault()?;
        let key = self.unwrap(&copy.nonce, vault)?;
        let directory = work.join(format!("vault-{}", copy.nonce));
        private_directory(&directory)?;
        let file = file_of(vault, &copy.nonce, COPY);
        let frozen_under = copy.mandate.digest();
        thaw(&file, &copy.kept.copy, &key, &frozen_under, &directory)
            .map_err(|e| AgentError::Vault(e.to_string()))
    }

    /// Seals the key of one copy to the key of the vault.
    fn wrap(&self, nonce: &Nonce, vault: &Path, own: &x25519::Identity) -> Result<(), AgentError> {
        let to = vault_key(&self.config.key)?.to_public();
        let text = own.to_string();
        let sealed = age::encrypt(&to, text.expose_secret().as_bytes());
        let sealed = sealed.map_err(|e| AgentError::Vault(e.to_string()))?;
        let file = file_of(vault, nonce, KEY);
        // What a run that was cut off left has the same name.
        lagrum_durable::remove(&file)?;
        Ok(lagrum_durable::private_file(&file, &sealed)?)
    }

    fn unwrap(&self, nonce: &Nonce, vault: &Path) -> Result<x25519::Identity, AgentError> {
        let file = file_of(vault, nonce, KEY);
        let damaged = |why: &dyn ToString| {
            AgentError::Vault(format!("{}: {}", file.display(), why.to_string()))
        };
        let sealed = lagrum_durable::read(&file, LONGEST_KEY).map_err(|e| damaged(&e))?;
        let key = vault_key(&self.config.key)?;
        let text = age::decrypt(&key, &sealed).map_err(|e| damaged(&e))?;
        let text = zeroize::Zeroizing::new(text);
        let text = std::str::from_utf8(&text).map_err(|e| damaged(&e))?;
        text.parse().map_err(|e: &str| damaged(&e))
    }
}

/// Where a file of a copy lies.
fn file_of(vault: &Path, nonce: &Nonce, what: &str) -> PathBuf {
    vault.join(format!("{nonce}.{what}"))
}

/// The key to which the keys of copies are sealed: beside the agent's own, made when it is first needed, so that a
/// copy of the vault opens none of them.
fn vault_key(key: &Path) -> Result<x25519::Identity, AgentError> {
    crate::keys_beside::key_beside(key, "vault")
}

/// Whether a mandate that keeps a copy for longer names exactly what was frozen.
fn is_same_scope(frozen: &Mandate, longer: &Mandate) -> bool {
    let of = |one: &Mandate| {
        let scope = (
            one.case.clone(),
            one.identifiers.clone(),
            one.categories.clone(),
        );
        (scope, one.sub_categories.clone(), one.period)
    };
    of(frozen) == of(longer)
}

/// Whether a search that was frozen looked at an account.
pub(crate) fn was_searched(outcome: &SearchOutcome) -> bool {
    matches!(outcome, SearchOutcome::Searched { .. })
}
