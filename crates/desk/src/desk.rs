use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use lagrum_access::{Access, Action, People, Principal};
use lagrum_law::{Clock, LawPacks, Notice, Situation, with_finding};
use lagrum_log::{CheckpointPolicy, LogReader};
use lagrum_mandate::{Person, Roster};
use lagrum_model::{Case, Language};
use lagrum_notes::{SigningKey, role};
use lagrum_packages::Packages;
use lagrum_store::{Shelf, Store};
use lagrum_transport::DeskEnd;

use crate::beside::Beside;
use crate::config::{DeskConfig, Former, load};
use crate::published::Published;
use crate::turns::Turns;
use crate::{Authorities, CommandError, Directory, Entity, OpenError, Rules, Settled};

/// The desk of one provider. Cheap to clone, and used by many at once: opening it takes no lock and
/// writes nothing. What a command does not need is not read.
#[derive(Clone)]
pub struct Desk {
    pub(crate) inner: Arc<Inner>,
    /// What the machine knows beside it.
    pub(crate) beside: Option<Arc<dyn Beside>>,
    /// What goes out by itself.
    pub(crate) rules: Arc<Rules>,
}

/// What a desk is made of. Which database and which transport, the roof decides.
pub struct Parts {
    /// The configuration.
    pub config: DeskConfig,
    /// The store.
    pub store: Store,
    /// The desk's end of the way to the agents.
    pub transport: Box<dyn DeskEnd>,
    /// Where sealed packages lie.
    pub packages: Box<dyn Packages>,
}

pub(crate) struct Inner {
    pub(crate) config: DeskConfig,
    pub(crate) store: Store,
    pub(crate) transport: Box<dyn DeskEnd>,
    packages: Box<dyn Packages>,
    pub(crate) access: Access,
    pub(crate) published: Arc<Published>,
    /// One of this process' threads at a time runs the sequencer, for all that wait.
    pub(crate) sequencer: Turns<Settled>,
    law: OnceLock<Arc<LawPacks>>,
    directory: OnceLock<Directory>,
    authorities: OnceLock<Authorities>,
    roster: OnceLock<Roster>,
    former: OnceLock<Former>,
    people: OnceLock<People>,
}

impl Desk {
    /// Puts the desk together.
    #[must_use]
    pub fn open(parts: Parts) -> Self {
        let Parts {
            config,
            store,
            transport,
            packages,
        } = parts;
        let published = Published::new(
            config.log.clone(),
            config.staging.clone(),
            config.log_key.clone(),
        );
        let published = Arc::new(published);
        Self {
            inner: Arc::new(Inner {
                config,
                store: store.held_against(published.clone()),
                published,
                transport,
                packages,
                access: Access::new(),
                sequencer: Turns::default(),
                law: OnceLock::new(),
                directory: OnceLock::new(),
                authorities: OnceLock::new(),
                roster: OnceLock::new(),
                former: OnceLock::new(),
                people: OnceLock::new(),
            }),
            beside: None,
            rules: Arc::default(),
        }
    }

    /// The same desk on a machine that knows something beside it.
    #[must_use]
    pub fn with_beside(self, beside: Arc<dyn Beside>) -> Self {
        Self {
            beside: Some(beside),
            ..self
        }
    }

    /// The same desk, from which things go out by these rules.
    #[must_use]
    pub fn with_rules(self, rules: Arc<Rules>) -> Self {
        Self { rules, ..self }
    }

    /// By which rules things go out.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The provider's name.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.inner.config.provider
    }

    /// The name of the time zone in which people read times, if one is configured.
    #[must_use]
    pub fn zone_name(&self) -> Option<&str> {
        self.inner.config.zone.as_deref()
    }

    /// What letters say of the provider besides its name.
    #[must_use]
    pub fn letters(&self) -> &crate::Letters {
        &self.inner.config.letters
    }

    /// The provider's own words in the letters of a language, with the file in which they stand, if it has any. They are
    /// read whenever a letter is written; nobody has checked them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn letter_texts(&self, language: Language) -> Result<Option<(&Path, String)>, OpenError> {
        let file = self.letters().texts.get(&language);
        let read = |file: &PathBuf| {
            lagrum_durable::read_settings(file).map_err(|e| OpenError::config(file, e.source))
        };
        file.map(|file| Ok((file.as_path(), read(file)?)))
            .transpose()
    }

    /// The public log, as anybody who believes `policy` reads it.
    #[must_use]
    pub fn public_log(&self, policy: &CheckpointPolicy) -> LogReader {
        LogReader::believing(&self.inner.config.log, policy)
    }

    /// The door for authorities, if there is one.
    #[must_use]
    pub fn door_config(&self) -> Option<&crate::DoorConfig> {
        self.inner.config.door.as_ref()
    }

    /// What is kept and is no event of a case: sessions, passkeys, drafts.
    #[must_use]
    pub fn shelf(&self) -> Shelf<'_> {
        self.inner.store.shelf()
    }

    /// Whether a person's role permits an action in any state of a case: whether it is worth offering.
    #[must_use]
    pub fn may_ever(&self, by: &Principal, action: Action) -> bool {
        self.inner.access.check_ever(by, action).is_ok()
    }

    /// The companies and places of the provider.
    ///
    /// # Errors
    /// When the file is wrong.
    pub fn entities(&self) -> Result<&[Entity], OpenError> {
        Ok(self.directory()?.entities())
    }

    /// The law packs, read once.
    ///
    /// # Errors
    /// When they cannot be used.
    pub fn law(&self) -> Result<&LawPacks, OpenError> {
        let read = || {
            Ok(match &self.inner.config.law {
                Some(path) => Arc::new(LawPacks::from_dir(path)?),
                None => LawPacks::embedded()?,
            })
        };
        Ok(once(&self.inner.law, read)?.as_ref())
    }

    /// Authorities whose contact details were checked.
    ///
    /// # Errors
    /// When the file is wrong.
    pub fn authorities(&self) -> Result<&Authorities, OpenError> {
        once(&self.inner.authorities, || {
            load(&self.inner.config.authorities)
        })
    }

    /// The people who work here, and in which roles.
    ///
    /// # Errors
    /// When the file is wrong.
    pub fn people(&self) -> Result<&People, OpenError> {
        once(&self.inner.people, || {
            Ok(People::load(&self.inner.config.people)?)
        })
    }

    /// The people who may sign mandates.
    ///
    /// # Errors
    /// When the file is wrong.
    pub fn roster(&self) -> Result<&Roster, OpenError> {
        once(&self.inner.roster, || {
            let file = &self.inner.config.roster;
            let text = lagrum_durable::read_settings(file)
                .map_err(|e| OpenError::config(file, e.source))?;
            Roster::parse(&text).map_err(|why| OpenError::config(file, why))
        })
    }

    /// People who once signed mandates and do no more.
    pub(crate) fn former(&self) -> Result<&[Person], OpenError> {
        let former = once(&self.inner.former, || match &self.inner.config.former {
            Some(file) => load(file),
            None => Ok(Former::default()),
        })?;
        Ok(&former.people)
    }

    /// The accounts, as their tables say now.
    pub(crate) fn directory(&self) -> Result<&Directory, OpenError> {
        let config = &self.inner.config;
        let directory = once(&self.inner.directory, || {
            Directory::open(&config.directory, &config.accounts_index)
        })?;
        directory.refresh()?;
        Ok(directory)
    }

    /// The clocks of a case as they stand at `at` (UTC), the most pressing first; where the law was
    /// applied, those that its finding leaves ([`with_finding`]). None while it is not described.
    ///
    /// # Errors
    /// When the law packs cannot be used, or what is recorded cannot have happened in that order.
    pub fn clocks(&self, case: &Case, at: Timestamp) -> Result<Vec<Clock>, CommandError> {
        let all = self.all_clocks(case, at)?;
        Ok(match &case.assessment {
            Some(found) => with_finding(all, found),
            None => all,
        })
    }

    /// Who tells whom what, of a case as it stands at `at` (UTC). Nothing, while it is not described or
    /// assessed.
    ///
    /// # Errors
    /// When the law packs cannot be used.
    pub fn notices(&self, case: &Case, at: Timestamp) -> Result<Vec<Notice>, OpenError> {
        let (Some(demand), Some(found)) = (case.demand_now(), &case.assessment) else {
            return Ok(Vec::new());
        };
        let situation = Situation {
            demand: &demand,
            moments: &case.moments,
            verified: case.is_verified(),
            enterprise: found.concerns_enterprise(),
        };
        Ok(self.law()?.notices().of(&situation, at))
    }

    /// The clocks of a case, whatever was found: facts of the law.
    pub(crate) fn all_clocks(
        &self,
        case: &Case,
        at: Timestamp,
    ) -> Result<Vec<Clock>, CommandError> {
        let Some(demand) = case.demand_now() else {
            return Ok(Vec::new());
        };
        Ok(self.law()?.clocks().of(&demand, &case.moments, at)?)
    }

    /// The log's signing key. Only the sequencer asks for it.
    pub(crate) fn log_key(&self) -> Result<SigningKey<role::Log>, OpenError> {
        let file = &self.inner.config.log_key;
        let text =
            lagrum_durable::read_secret(file).map_err(|e| OpenError::config(file, e.source))?;
        SigningKey::from_secret(text.trim()).map_err(|e| OpenError::config(file, e))
    }

    /// The public log, for reading.
    pub(crate) fn log_reader(&self) -> Result<LogReader, OpenError> {
        self.inner.published.reader()
    }

    /// Where sealed packages lie from their collection to the end of their time.
    pub(crate) fn packages(&self) -> &dyn Packages {
        &*self.inner.packages
    }
}

/// What a cell holds, read when it is asked for the first time.
fn once<T>(
    cell: &OnceLock<T>,
    read: impl FnOnce() -> Result<T, OpenError>,
) -> Result<&T, OpenError> {
    if let Some(there) = cell.get() {
        return Ok(there);
    }
    let fresh = read()?;
    Ok(cell.get_or_init(|| fresh))
}
