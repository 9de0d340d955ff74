//! Who asks, and whether it is acted upon.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::http::request::Parts;
use jiff::Timestamp;
use lagrum_durable::{Seen, SettingsError};
use lagrum_model::{Region, Sha256Digest};
use lagrum_notes::{VerifyingKey, role};
use tokio::sync::Semaphore;

use crate::request::{HEADER, Signed};
use crate::settings::{ExchangeSettings, RegionSettings};
use crate::used::{NotNow, Used, WINDOW};
use crate::way::{Way, region_of};

/// Requests of one region that are worked on at once.
const MOST_AT_ONCE: usize = 16;
/// Requests of one region that wait for something new at once.
const MOST_WAITING: usize = 16;

/// What is known of one region while the server runs.
pub(crate) struct Room {
    /// Requests that were there.
    used: Mutex<Used>,
    /// Places for those that are worked on.
    pub places: Arc<Semaphore>,
    /// Places for those that wait.
    pub waiting: Arc<Semaphore>,
    /// One package grows at a time.
    pub uploads: Mutex<()>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            used: Mutex::default(),
            places: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            waiting: Arc::new(Semaphore::new(MOST_WAITING)),
            uploads: Mutex::default(),
        }
    }
}

/// What the settings say, and which files said so.
struct Loaded {
    seen: Seen,
    settings: Arc<ExchangeSettings>,
}

impl Loaded {
    /// The settings in `file`. What was seen is older than what was read: what is replaced meanwhile is read again.
    fn read(file: &Path) -> Result<Self, SettingsError> {
        Self::read_by(&mut ExchangeSettings::read, file)
    }

    fn read_by(
        read: &mut dyn FnMut(&Path) -> Result<ExchangeSettings, SettingsError>,
        file: &Path,
    ) -> Result<Self, SettingsError> {
        let names = read(file)?;
        let seen = Seen::files(names.files(file));
        let settings = Arc::new(read(file)?);
        Ok(Self { seen, settings })
    }
}

/// Whoever stands at the door.
pub(crate) struct Door {
    file: PathBuf,
    loaded: RwLock<Loaded>,
    /// This run of the server, in hexadecimal.
    run: String,
    rooms: Mutex<BTreeMap<Region, Arc<Room>>>,
}

/// Why a request is not acted upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Nobody who may ask this signed it. All of these are told the same.
    Stranger,
    /// It was signed for another run of the server: this one.
    Run(String),
    /// The clocks are apart: this is the server's (UTC).
    Clock(Timestamp),
    /// It was there before.
    Again,
    /// Too many at once.
    Busy,
    /// There is no such step.
    NoStep,
}

/// A request that is acted upon.
pub(crate) struct Admitted {
    pub settings: Arc<ExchangeSettings>,
    pub room: Arc<Room>,
    pub way: Way,
    /// What its body has to hash to.
    pub body: Sha256Digest,
}

impl Admitted {
    /// The region's settings.
    pub(crate) fn region(&self) -> Option<&RegionSettings> {
        self.settings.region(&self.way.region)
    }
}

impl Door {
    /// The door of the exchange whose settings are `file`. `run` is 16 bytes by chance.
    pub(crate) fn open(file: PathBuf, run: [u8; 16]) -> Result<Self, SettingsError> {
        let loaded = Loaded::read(&file)?;
        Ok(Self {
            file,
            loaded: RwLock::new(loaded),
            run: hex::encode(run),
            rooms: Mutex::default(),
        })
    }

    /// The settings as they lie there now. While they cannot be used, the last that could be count on.
    pub(crate) fn settings(&self) -> Arc<ExchangeSettings> {
        let had = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
        if had.seen == Seen::files(had.settings.files(&self.file)) {
            return Arc::clone(&had.settings);
        }
        drop(had);
        let mut kept = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        if let Ok(loaded) = Loaded::read(&self.file) {
            *kept = loaded;
        }
        Arc::clone(&kept.settings)
    }

    fn room(&self, region: &Region) -> Arc<Room> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(rooms.entry(region.clone()).or_default())
    }

    /// The settings' file.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Says whether a request with which an agent comes in is acted upon: its region, if it is signed by the key that it
    /// brings, for this server and this body, in this run, and now. That its token counts was looked at before; that is
    /// what makes it one of a kind.
    pub(crate) fn admit_new(
        &self,
        request: &Parts,
        body: &[u8],
        key: &VerifyingKey<role::Agent>,
        region: &Region,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let settings = self.settings();
        let header = request.headers.get(HEADER).ok_or(Refused::Stranger)?;
        let signed = Signed::verify(header.as_bytes(), std::slice::from_ref(key))
            .filter(|one| one.to == settings.origin && one.method == request.method.as_str())
            .filter(|one| one.path == request.uri.to_string())
            .filter(|one| one.body == Sha256Digest::of(body))
            .ok_or(Refused::Stranger)?;
        if signed.run != self.run {
            return Err(Refused::Run(self.run.clone()));
        }
        if signed.at.duration_since(now).abs() > WINDOW {
            return Err(Refused::Clock(now));
        }
        match settings.is_known_elsewhere(key, region) {
            true => Err(Refused::Stranger),
            false => Ok(()),
        }
    }

    /// Says whether a request is acted upon. A request that is, is remembered, and is not acted upon again.
    pub(crate) fn admit(&self, request: &Parts, now: Timestamp) -> Result<Admitted, Refused> {
        let settings = self.settings();
        let (method, path) = (request.method.as_str(), request.uri.to_string());
        let (region, _) = region_of(&path).ok_or(Refused::Stranger)?;
        let here = settings.region(&region).ok_or(Refused::Stranger)?;
        let header = request.headers.get(HEADER).ok_or(Refused::Stranger)?;
        let signed = Signed::verify(header.as_bytes(), here.agent.as_slice())
            .filter(|one| one.to == settings.origin && one.method == method && one.path == path)
            .ok_or(Refused::Stranger)?;
        if signed.run != self.run {
            return Err(Refused::Run(self.run.clone()));
        }
        let mut nonce = [0; 16];
        hex::decode_to_slice(&signed.nonce, &mut nonce).map_err(|_| Refused::Again)?;
        let room = self.room(&region);
        let mut used = room.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.take(nonce, signed.at, now).map_err(|why| match why {
            NotNow::Clock => Refused::Clock(now),
            NotNow::Again => Refused::Again,
            NotNow::TooMany => Refused::Busy,
        })?;
        drop(used);
        let way = Way::parse(method, &path).ok_or(Refused::NoStep)?;
        Ok(Admitted {
            settings,
            room,
            way,
            body: signed.body,
        })
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "a test's files are no account's data"
)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_replaced_while_they_are_read_are_read_again() {
        for replaced_after in [1, 2] {
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("exchange.toml");
            let write = |host: &str| {
                let text = format!("origin = \"https://{host}.example\"\n");
                lagrum_durable::replace(&file, text.as_bytes()).unwrap();
            };
            write("before");
            let mut readings = 0;
            let mut read = |file: &Path| {
                let read = ExchangeSettings::read(file);
                readings += 1;
                if readings == replaced_after {
                    write("after");
                }
                read
            };
            let loaded = Loaded::read_by(&mut read, &file).unwrap();
            let door = Door {
                file: file.clone(),
                loaded: RwLock::new(loaded),
                run: String::new(),
                rooms: Mutex::default(),
            };
            let settings = door.settings();
            assert_eq!(settings.origin, "https://after.example", "{replaced_after}");
            assert!(
                Arc::ptr_eq(&settings, &door.settings()),
                "nothing changed since"
            );
        }
    }
}
