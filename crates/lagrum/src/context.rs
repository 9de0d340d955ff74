//! What every command works with: where things lie, who acts, how it is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use lagrum_access::{People, Principal, current_user};
use lagrum_desk::{Desk, DeskConfig, Parts, Session, is_server};
use lagrum_documents::{Phrases, Texts, Zone, sanitize_for_terminal};
use lagrum_law::LawPacks;
use lagrum_model::{Language, TimeSource};
use lagrum_package::Trust;
use lagrum_store::{Database, MasterKey, Store, Vault};
use lagrum_telemetry::{Facts, Happening};
use lagrum_transport::directory::DirectoryDesk;
use rand_core::OsRng;
use serde::Serialize;

use crate::logging::milliseconds;
use crate::output::{Failure, Output};

/// Where everything of one provider lies.
pub struct Place {
    dir: PathBuf,
}

impl Place {
    /// Below `dir`.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// The directory itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The desk's directory.
    pub fn desk(&self) -> PathBuf {
        self.dir.join("desk")
    }

    /// The desk's configuration.
    pub fn desk_file(&self) -> PathBuf {
        self.desk().join("desk.toml")
    }

    /// The agents' directories, one for each region.
    pub fn agents(&self) -> PathBuf {
        self.dir.join("agents")
    }

    /// The public log.
    pub fn log(&self) -> PathBuf {
        self.dir.join("log")
    }

    /// The provider's published keys.
    pub fn trust(&self) -> PathBuf {
        self.dir.join("trust.toml")
    }

    /// Opens the desk. Takes no lock, and writes nothing.
    pub fn open_desk(&self) -> Result<Desk, Failure> {
        let file = self.desk_file();
        if !file.exists() {
            return Err(anyhow!(
                "there is no desk in {}; `lagrum init` sets one up, --dir names another place, `lagrum demo` shows one",
                self.dir.display()
            )
            .into());
        }
        let config = DeskConfig::load(&file)?;
        let database = open_database(&config.database)?;
        let master = MasterKey::read(&config.master_key)?;
        let store = Store::open(database, Vault::new(&master))?;
        let transport = Box::new(DirectoryDesk::new(config.contacts()));
        Ok(Desk::open(Parts {
            store,
            transport,
            config,
        }))
    }
}

/// The database that the configuration names.
fn open_database(named: &str) -> Result<Arc<dyn Database>, Failure> {
    if is_server(named) {
        return Ok(Arc::new(lagrum_store_postgres::PostgresDatabase::open(
            named,
        )?));
    }
    Ok(Arc::new(lagrum_store_sqlite::SqliteDatabase::open(
        Path::new(named),
    )?))
}

/// The machine's clock. The one place where the program looks at it.
pub struct Machine;

impl TimeSource for Machine {
    fn now(&self) -> Timestamp {
        #[expect(
            clippy::disallowed_methods,
            reason = "the command line is where time comes in"
        )]
        Timestamp::now()
    }
}

/// Now (UTC).
pub fn now() -> Timestamp {
    Machine.now()
}

/// What every command works with.
pub struct Context {
    /// Where everything lies.
    pub place: Place,
    /// How it is told.
    pub output: Output,
    /// The id of the person who acts, where several share the operating system's user.
    pub acting_as: Option<String>,
}

/// What a command did, and whether it is public.
#[derive(Serialize)]
pub struct Published<T> {
    /// What it did.
    #[serde(flatten)]
    pub outcome: T,
    /// Whether the log has it. If not, the next run of the sequencer brings it there.
    pub published: bool,
}

impl Context {
    /// The person behind the operating system's user.
    pub fn principal(&self, desk: &Desk) -> Result<Principal, Failure> {
        let people: &People = desk.people()?;
        let user = current_user()?;
        let found = people.principal_of_user(&user, self.acting_as.as_deref());
        found.map_err(|why| {
            Happening::NotKnown.tell(Facts::default());
            let way_out = match why {
                lagrum_access::NotKnown::Several { .. } => "; give the id with --as",
                _ => "",
            };
            anyhow!("{why}{way_out}").into()
        })
    }

    /// Opens the desk and lets the person behind the operating system's user work at it.
    pub fn at_desk<T>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let desk = self.place.open_desk()?;
        let by = self.principal(&desk)?;
        let mut random = OsRng;
        let mut session = desk.session(by, &Machine, &mut random);
        work(&mut session)
    }

    /// One command at the desk; then the log, the mandates and what follows are brought up to date.
    /// If that fails, what was recorded stays recorded, and the person is told so.
    pub fn change<T>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> Result<T, Failure>,
    ) -> Result<(Desk, Published<T>), Failure> {
        let desk = self.place.open_desk()?;
        let by = self.principal(&desk)?;
        let mut random = OsRng;
        let outcome = work(&mut desk.session(by, &Machine, &mut random))?;
        let begin = Instant::now();
        let settled = desk.settle();
        let ms = Some(milliseconds(begin.elapsed()));
        let published = match settled {
            Ok(settled) => {
                let count = Some(settled.entries);
                Happening::Settled.tell(Facts {
                    count,
                    ms,
                    ..Facts::default()
                });
                true
            }
            Err(why) => {
                Happening::NotSettled.tell(Facts {
                    ms,
                    ..Facts::default()
                });
                self.note(&format!(
                    "this is recorded, and not yet in the public log: {why}. `lagrum settle` tries again"
                ));
                false
            }
        };
        Ok((desk, Published { outcome, published }))
    }

    /// Tells something beside the answer.
    pub fn note(&self, text: &str) {
        eprintln!("lagrum: note: {}", sanitize_for_terminal(text));
    }
}

/// The zone in which the desk's people read times.
pub fn zone(desk: &Desk) -> Zone {
    desk.zone_name()
        .and_then(|name| Zone::named(name).ok())
        .unwrap_or_else(Zone::utc)
}

/// The words of a language, with those of the law packs.
pub fn phrases(packs: &LawPacks, language: Language) -> Result<Phrases, Failure> {
    Ok(Texts::new(packs)?.phrases(language))
}

/// Reads the provider's published keys: from `given`, or those of this place, if any.
pub fn load_trust(place: &Place, given: Option<&Path>) -> Result<Option<Trust>, Failure> {
    let file = match given {
        Some(file) => file.to_owned(),
        None if place.trust().exists() => place.trust(),
        None => return Ok(None),
    };
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Trust::parse(&text)
        .map(Some)
        .map_err(|e| anyhow!("{}: {e}", file.display()).into())
}
