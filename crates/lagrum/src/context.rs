//! What every command works with: where things lie, who acts, how it is told.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lagrum_access::{People, Principal, current_user};
use lagrum_desk::{CommandError, Desk, News, Published, Session};
use lagrum_documents::{Phrases, Texts, Zone, sanitize_for_terminal};
use lagrum_law::LawPacks;
use lagrum_model::{Language, TimeSource};
use lagrum_package::Trust;
use lagrum_setup::{Place, SetupError};
use lagrum_telemetry::{Facts, Happening};
use rand_core::OsRng;

use crate::beside::Here;
use crate::logging::milliseconds;
use crate::output::{Failure, Output};
use crate::refused;
use crate::rules::with_rules;
use crate::told::{self, said};

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

/// Now, in seconds since 1970-01-01T00:00:00Z (POSIX).
pub fn second() -> u64 {
    u64::try_from(now().as_second()).unwrap_or_default()
}

/// Today (UTC).
pub fn today() -> Date {
    now().to_zoned_datetime(TimeZone::UTC).date()
}

/// The law packs in `folder`, or those that the program was built with.
pub fn law_packs(folder: Option<&Path>) -> anyhow::Result<Arc<LawPacks>> {
    match folder {
        Some(folder) => Ok(Arc::new(
            LawPacks::from_dir(folder).with_context(|| folder.display().to_string())?,
        )),
        None => Ok(LawPacks::embedded()?),
    }
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

impl Context {
    /// Opens the desk.
    pub fn open_desk(&self) -> Result<Desk, Failure> {
        let desk = self.place.open_desk();
        let desk = desk.map(|desk| desk.with_beside(Arc::new(Here(self.place.clone()))));
        let desk = desk.map(|desk| with_rules(&self.place, desk));
        let arranged = |desk: Desk| {
            // Whoever changed the groups of the desk changed a file; the list follows with the next command.
            if desk.people().is_ok()
                && let Err(why) = desk.follow_groups()
            {
                self.note(&format!(
                    "the list of cases is not arranged by the groups of the desk: {why}"
                ));
            }
            desk
        };
        desk.map(arranged).map_err(|error| match error {
            SetupError::NoDesk(dir) => anyhow!(
                "there is no desk in {}; `lagrum init` sets one up, --dir names another place, `lagrum demo` shows one",
                dir.display()
            )
            .into(),
            other => other.into(),
        })
    }

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
        let desk = self.open_desk()?;
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
        let desk = self.open_desk()?;
        let by = self.principal(&desk)?;
        let mut random = OsRng;
        let outcome = work(&mut desk.session(by.clone(), &Machine, &mut random))?;
        let begin = Instant::now();
        let settled = desk.tick_and_settle(now(), &mut random);
        let ms = Some(milliseconds(begin.elapsed()));
        let published = match settled {
            Ok(settled) => {
                told::log(&settled.news);
                let (witnessed, next) = (settled.witnessed, settled.next_batch);
                let public = settled.is_public();
                let session = desk.session(by, &Machine, &mut random);
                let (settled, _) = session.told(settled, Vec::new())?;
                self.say(&settled.news);
                let count = Some(settled.entries);
                Happening::Settled.tell(Facts {
                    count,
                    ms,
                    ..Facts::default()
                });
                if let Some(next) = next {
                    let next = next.strftime("%Y-%m-%d %H:%M UTC");
                    self.note(&format!(
                        "this is recorded, and gets its place in the public log with the next batch, {next}: `lagrum settle` or a desk that is served writes it"
                    ));
                } else if !witnessed {
                    self.note(
                        "this is in the log, and the log's witnesses have not seen it: until they have, nothing new goes to an agent. `lagrum log cosign` asks them",
                    );
                }
                public
            }
            Err(why) => {
                Happening::NotSettled.tell(Facts {
                    ms,
                    ..Facts::default()
                });
                let why = refused::words(&CommandError::from(why));
                self.note(&format!(
                    "this is recorded, and not yet in the public log: {why}. `lagrum settle` tries again"
                ));
                false
            }
        };
        Ok((desk, Published { outcome, published }))
    }

    /// Tells beside the answer what could not be done for one case or one agent.
    pub fn news(&self, news: &[News]) {
        told::log(news);
        self.say(news);
    }

    fn say(&self, news: &[News]) {
        for one in news {
            self.note(&said(one));
        }
    }

    /// Tells something beside the answer.
    pub fn note(&self, text: &str) {
        note(text);
    }
}

/// What is told beside the answer, on the error stream.
pub fn note(text: &str) {
    eprintln!("lagrum: note: {}", sanitize_for_terminal(text));
}

/// The zone in which the desk's people read times.
pub fn zone(desk: &Desk) -> Zone {
    configured_zone(desk).unwrap_or_else(Zone::utc)
}

/// The same, if one is configured.
pub fn configured_zone(desk: &Desk) -> Option<Zone> {
    Zone::named(desk.zone_name()?).ok()
}

/// A person's name; who is not there is called by the id.
pub fn person_of(people: &People, id: &str) -> String {
    let found = people.find(id);
    found.map_or_else(|| id.to_owned(), |person| person.name.clone())
}

/// The name of a group of the desk, in the same way.
pub fn group_of(people: &People, id: &str) -> String {
    let found = people.group(id);
    found.map_or_else(|| id.to_owned(), |group| group.name.clone())
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
    let text = lagrum_durable::read_settings(&file)?;
    Trust::parse(&text)
        .map(Some)
        .map_err(|e| anyhow!("{}: {e}", file.display()).into())
}
