//! A provider for tests: people in every role, one agent, one account.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use lagrum_access::{People, Person, Principal};
use lagrum_log::{LogReader, WholeLog};
use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{Arrival, CaseId, Role, TimeSource};
use lagrum_notes::{SigningKey, role};
use lagrum_store_postgres::PostgresDatabase;
use lagrum_store_postgres::testing::{Server, TestDatabase};
use lagrum_store_sqlite::SqliteDatabase;
use rand_core::OsRng;
use tempfile::TempDir;

use crate::{Call, Desk, Genuine, Intake, Session, Taken, testing};

/// The operating system's user that all people of the tests share.
const USER: &str = "tester";

/// A clock that advances by a second each time it is asked.
pub struct Ticking(AtomicI64);

impl Ticking {
    /// Lets time pass.
    pub fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_secs(), Ordering::Relaxed);
    }
}

impl TimeSource for Ticking {
    fn now(&self) -> Timestamp {
        let seconds = self.0.fetch_add(1, Ordering::Relaxed);
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }
}

/// A provider below a directory that goes when the test ends.
pub struct World {
    scratch: TempDir,
    /// A database of a real server, which goes when the test ends.
    server: Option<TestDatabase>,
    pub keys: [SigningKey<role::Person>; 2],
    pub time: Ticking,
}

impl World {
    /// Over a file.
    pub fn new() -> Self {
        Self::over(None)
    }

    /// Over a PostgreSQL server, or why there is none.
    pub fn on_a_server() -> Result<Self, String> {
        Ok(Self::over(Some(Server::shared()?.database()?)))
    }

    fn over(server: Option<TestDatabase>) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let person = |role: Role| Person {
            id: role.as_str().into(),
            name: format!("The {role}"),
            role,
            user: Some(USER.into()),
            mail: (role == Role::Analyst || role == Role::Counsel)
                .then(|| format!("{role}@kvist.example")),
            news: None,
        };
        let people = People::new(Role::ALL.map(person).to_vec()).unwrap();
        let database = server
            .as_ref()
            .map_or_else(|| "desk.sqlite".into(), TestDatabase::address);
        let keys = testing::lay_out(scratch.path(), &database, "log", &people, &mut OsRng);
        Self {
            scratch,
            server,
            keys,
            time: Ticking(AtomicI64::new(0)),
        }
    }

    pub fn dir(&self) -> &Path {
        self.scratch.path()
    }

    /// The desk, opened as another process would open it.
    pub fn desk(&self) -> Desk {
        testing::open(self.dir(), |name| match &self.server {
            None => Arc::new(SqliteDatabase::open(Path::new(name)).unwrap()),
            Some(server) => Arc::new(PostgresDatabase::open(&server.address()).unwrap()),
        })
    }

    /// Reads the whole log again.
    pub fn whole_log(&self) -> WholeLog {
        let text = fs::read_to_string(self.dir().join("log.key")).unwrap();
        let key = SigningKey::<role::Log>::from_secret(text.trim()).unwrap();
        LogReader::open(self.dir().join("log"), key.verifying_key())
            .verify_all()
            .unwrap()
    }
}

/// Somebody in this role.
pub fn person(desk: &Desk, role: Role) -> Principal {
    let people = desk.people().unwrap();
    people.principal_of_user(USER, Some(role.as_str())).unwrap()
}

/// A demand for the content of one account.
pub fn demand(reference: &str) -> String {
    let key = age::x25519::Identity::generate().to_public();
    let more = format!(
        r#"
reference = "{reference}"
[emergency]
threat_to = "person"
facts = "a threat"
[recipient]
name = "Polisen"
key = "{key}"
[[part]]
categories = ["content"]
"#
    );
    demand_text(&[PERMITTED, &more])
}

/// Takes a demand in.
pub fn take(session: &mut Session<'_>, reference: &str) -> Taken {
    take_text(session, &demand(reference))
}

/// Takes the file of a demand in.
pub fn take_text(session: &mut Session<'_>, text: &str) -> Taken {
    let file = Intake {
        file_name: "demand.toml",
        bytes: text.as_bytes(),
        arrival: Arrival::default(),
    };
    let taken = session.intake(&file, &[]).unwrap();
    assert_eq!(taken.unreadable, None);
    taken
}

/// Signs what waits in a case, as both people, and publishes it.
pub fn sign(world: &World, session: &mut Session<'_>, id: &CaseId) {
    for key in &world.keys {
        let waiting = session.to_sign(id).unwrap();
        let line = |one: &crate::ToSign| (one.mandate, key.sign_line(&one.text).unwrap());
        let lines: Vec<_> = waiting.iter().map(line).collect();
        session.add_signatures(id, &lines).unwrap();
    }
    session.settle().unwrap();
}

/// Another person than the session's calls the authority back, who confirms the demand.
pub fn call_back(session: &Session<'_>, id: &CaseId) {
    let other = match session.by().role() {
        Role::Counsel => Role::Analyst,
        _ => Role::Counsel,
    };
    let desk = session.desk();
    let mut random = OsRng;
    let call = Call {
        answered_by: "O",
        at: None,
        confirmed: true,
    };
    let mut colleague = desk.session(person(desk, other), session.time, &mut random);
    colleague.call_back(id, &call).unwrap();
}

/// Brings a case to a decision that drafts a mandate.
pub fn decide(session: &mut Session<'_>, id: &CaseId) {
    call_back(session, id);
    let genuine = Genuine {
        verified: true,
        how: "called back",
        despite: None,
    };
    session.authenticate(id, &genuine).unwrap();
    session.assess(id, jiff::civil::date(2026, 11, 21)).unwrap();
    session.decide(id, &[], "as the law packs propose").unwrap();
}
