//! What the server works with.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use lagrum_desk::{CommandError, Desk, ServedUnder};
use lagrum_documents::{Phrases, Texts};
use lagrum_durable::Seen;
use lagrum_model::{CaseId, Language, Region, TimeSource};
use lagrum_openid::{OpenIdSettings, Provider};
use lagrum_pictures::{NotShown, Pages};
use lagrum_serving::Tls;
use rand_core::CryptoRngCore;
use tokio::sync::Semaphore;

use crate::{Origin, WebError};

/// How many pages are made at once. More wait, and after a while are told to come again.
const AT_ONCE: usize = 16;

/// Opens the desk, as it is configured now.
pub type OpenDesk = Box<dyn Fn() -> Result<Desk, String> + Send + Sync>;
/// Gives a fresh source of randomness.
pub type MakeRandom = Box<dyn Fn() -> Box<dyn CryptoRngCore> + Send + Sync>;

/// What counsel types where the data lies, for a case and a region, with their own id: to see the list, to look at
/// one thing, to release, to refuse, and to write down for the desk what was decided.
pub type ReviewBy = fn(&CaseId, &Region, &str) -> [String; 5];

/// What the person who tells the passphrase of a case types where the data lies, to be shown it.
pub type TellBy = fn(&CaseId) -> String;

/// What the web is made of. The roof puts it together.
pub struct Parts {
    /// Where people reach it.
    pub origin: Origin,
    /// Opens the desk.
    pub open: OpenDesk,
    /// The directory whose settings (`*.toml`) the desk was opened from: when one of them changes, the
    /// desk is opened anew, so that somebody who left is gone at once.
    pub settings: PathBuf,
    /// The clock.
    pub time: Box<dyn TimeSource + Send + Sync>,
    /// Randomness.
    pub random: MakeRandom,
    /// Makes pictures of files that strangers sent.
    pub pages: Pages,
    /// TLS of its own, for desk and door. Absent: a reverse proxy speaks it, or only this machine comes.
    pub tls: Option<Tls>,
    /// How counsel reviews what was withheld, where it lies.
    pub review: ReviewBy,
    /// How somebody is shown the passphrase that they tell.
    pub tell: TellBy,
}

/// The desk on the web.
pub struct Web {
    pub(crate) origin: Origin,
    pub(crate) time: Box<dyn TimeSource + Send + Sync>,
    pub(crate) pool: Semaphore,
    pub(crate) pages: Option<Pages>,
    pub(crate) tls: Option<Arc<Tls>>,
    pub(crate) review: ReviewBy,
    pub(crate) tell: TellBy,
    open: OpenDesk,
    settings: PathBuf,
    random: MakeRandom,
    opened: RwLock<Option<Opened>>,
    opening: Mutex<()>,
    /// This process, by chance, and what it told last of its certificate.
    process: [u8; 16],
    told: Mutex<Option<ServedUnder>>,
}

#[derive(Clone)]
struct Opened {
    seen: Seen,
    desk: Desk,
    phrases: Arc<BTreeMap<Language, Phrases>>,
    openid: Option<Arc<Provider>>,
}

impl Web {
    /// Puts it together, and opens the desk.
    ///
    /// # Errors
    /// When the desk cannot be opened, or has a certificate and an address without TLS.
    pub fn new(parts: Parts) -> Result<Self, WebError> {
        if parts.tls.is_some() && !parts.origin.is_secure() {
            return Err(WebError::NotSecure(parts.origin.as_str().to_owned()));
        }
        let mut process = [0; 16];
        (parts.random)().fill_bytes(&mut process);
        // A child that could do more than compute takes nothing apart.
        let shut_in = parts.pages.still_possible().is_ok_and(|all| all.is_empty());
        let web = Self {
            pages: shut_in.then_some(parts.pages),
            tls: parts.tls.map(Arc::new),
            origin: parts.origin,
            review: parts.review,
            tell: parts.tell,
            time: parts.time,
            pool: Semaphore::new(AT_ONCE),
            open: parts.open,
            settings: parts.settings,
            random: parts.random,
            opened: RwLock::new(None),
            opening: Mutex::new(()),
            process,
            told: Mutex::new(None),
        };
        web.desk().map_err(WebError::Desk)?;
        Ok(web)
    }

    /// Why files of strangers are not shown as pictures; `None`: they are.
    #[must_use]
    pub fn no_pictures(&self) -> Option<NotShown> {
        if !lagrum_pictures::BUILT {
            Some(NotShown::NotBuilt)
        } else if self.pages.is_none() {
            Some(NotShown::NotConfined)
        } else {
            None
        }
    }

    /// Writes down until when the certificate is good that is in use, so that somebody is told before it ends.
    pub(crate) fn tell_certificate(&self, desk: &Desk) -> Result<(), CommandError> {
        let Some(tls) = &self.tls else {
            return Ok(());
        };
        let served = ServedUnder {
            origin: self.origin.as_str().to_owned(),
            until: tls.until(),
            seen: self.now(),
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if served.is_to_be_told(told.as_ref()) {
            desk.keep_served(&self.process, &served, &mut *self.random())?;
            *told = Some(served);
        }
        Ok(())
    }

    /// Now (UTC).
    pub(crate) fn now(&self) -> Timestamp {
        self.time.now()
    }

    pub(crate) fn random(&self) -> Box<dyn CryptoRngCore> {
        (self.random)()
    }

    /// The desk and its words, as the settings are now.
    pub(crate) fn desk(&self) -> Result<(Desk, Arc<BTreeMap<Language, Phrases>>), String> {
        let seen = Seen::settings(&self.settings);
        let current = |opened: &Option<Opened>| {
            let opened = opened.as_ref().filter(|opened| opened.seen == seen)?;
            Some((opened.desk.clone(), Arc::clone(&opened.phrases)))
        };
        let there = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = current(&there) {
            return Ok(found);
        }
        drop(there);
        let _turn = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let there = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = current(&there) {
            return Ok(found);
        }
        drop(there);
        let desk = (self.open)()?;
        desk.people().map_err(|e| e.to_string())?;
        let packs = desk.law().map_err(|e| e.to_string())?;
        let texts = Texts::new(packs).map_err(|e| e.to_string())?;
        let phrases = Language::ALL.map(|language| (language, texts.phrases(language)));
        let opened = Opened {
            seen,
            desk,
            phrases: Arc::new(BTreeMap::from(phrases)),
            openid: self.provider(),
        };
        let found = (opened.desk.clone(), Arc::clone(&opened.phrases));
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Some(opened);
        Ok(found)
    }

    /// The sign-in provider, as the settings were when the desk was last opened.
    pub(crate) fn openid(&self) -> Option<Arc<Provider>> {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        opened.as_ref().and_then(|opened| opened.openid.clone())
    }

    /// Settings that cannot be used offer no such way in: whoever asks whether all is in order is told why.
    fn provider(&self) -> Option<Arc<Provider>> {
        let read = OpenIdSettings::read(&self.settings.join("openid.toml"));
        read.ok()
            .flatten()
            .map(|read| Arc::new(Provider::new(read)))
    }
}
