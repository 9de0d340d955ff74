//! A provider for tests: people in every role, one agent, one account.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use lagrum_access::{People, Person, Principal};
use lagrum_log::{LogReader, WholeLog};
use lagrum_mandate::{Person as Signatory, Roster};
use lagrum_model::{Arrival, CaseId, Region, Role, TimeSource};
use lagrum_notes::{SigningKey, role};
use lagrum_store::{Database, MasterKey, Store, Vault};
use lagrum_store_postgres::PostgresDatabase;
use lagrum_store_postgres::testing::{Server, TestDatabase};
use lagrum_store_sqlite::SqliteDatabase;
use lagrum_transport::directory::DirectoryDesk;
use rand_core::OsRng;
use tempfile::TempDir;

use crate::{AgentContact, Desk, DeskConfig, Genuine, Intake, Parts, Session, Taken};

/// The operating system's user that all people of the tests share.
const USER: &str = "tester";

const DIRECTORY: &str = r#"
[[entity]]
name = "Kvist Mail AB"
country = "SE"
region = "stockholm"
[[place]]
region = "stockholm"
country = "SE"
[[account]]
address = "bjork@kvist.example"
controller = "consumer"
holdings = [{ region = "stockholm", categories = ["content", "subscriber"] }]
"#;

/// A clock that advances by a second each time it is asked.
pub struct Ticking(AtomicI64);

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
        let dir = scratch.path();
        let key = |name: &str| SigningKey::<role::Person>::generate(&mut OsRng, name).unwrap();
        let keys = [key("kvist.example/analyst"), key("kvist.example/counsel")];
        let log_key = SigningKey::<role::Log>::generate(&mut OsRng, "kvist.example/log").unwrap();
        let agent = SigningKey::<role::Agent>::generate(&mut OsRng, "kvist.example/agent").unwrap();
        lagrum_durable::private_file(&dir.join("log.key"), log_key.to_secret().as_bytes()).unwrap();
        let master = MasterKey::generate(&mut OsRng);
        lagrum_durable::private_file(
            &dir.join("master.key"),
            master.to_secret_string().as_bytes(),
        )
        .unwrap();
        let signatory = |name: &str, role, key: &SigningKey<role::Person>| Signatory {
            name: name.into(),
            role,
            key: key.verifying_key(),
        };
        let roster = Roster::new(vec![
            signatory("The analyst", Role::Analyst, &keys[0]),
            signatory("The counsel", Role::Counsel, &keys[1]),
        ])
        .unwrap();
        let person = |role: Role| Person {
            id: role.as_str().into(),
            name: format!("The {role}"),
            role,
            user: Some(USER.into()),
        };
        let people = People::new(Role::ALL.map(person).to_vec()).unwrap();
        let write = |name: &str, text: String| fs::write(dir.join(name), text).unwrap();
        write("roster.toml", toml::to_string(&roster).unwrap());
        write("people.toml", toml::to_string(&people).unwrap());
        write("directory.toml", DIRECTORY.to_owned());
        write("authorities.toml", String::new());
        let config = DeskConfig {
            provider: "Kvist Mail".into(),
            zone: None,
            database: server
                .as_ref()
                .map_or_else(|| "desk.sqlite".into(), TestDatabase::address),
            master_key: "master.key".into(),
            log: "log".into(),
            staging: "staging".into(),
            log_key: "log.key".into(),
            people: "people.toml".into(),
            roster: "roster.toml".into(),
            directory: "directory.toml".into(),
            authorities: "authorities.toml".into(),
            packages: "packages".into(),
            deliveries: "deliveries".into(),
            law: None,
            agents: vec![AgentContact {
                region: Region::parse("stockholm").unwrap(),
                key: agent.verifying_key(),
                exchange: "exchange".into(),
            }],
        };
        write("desk.toml", toml::to_string(&config).unwrap());
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
        let config = DeskConfig::load(&self.dir().join("desk.toml")).unwrap();
        let database: Arc<dyn Database> = match &self.server {
            None => Arc::new(SqliteDatabase::open(Path::new(&config.database)).unwrap()),
            Some(server) => Arc::new(PostgresDatabase::open(&server.address()).unwrap()),
        };
        let master = MasterKey::read(&config.master_key).unwrap();
        let store = Store::open(database, Vault::new(&master)).unwrap();
        let transport = Box::new(DirectoryDesk::new(config.contacts()));
        Desk::open(Parts {
            config,
            store,
            transport,
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
    let text = crate::assess::tests::DEMAND
        .replace(
            "IDENTIFIER",
            "{ kind = \"email-address\", value = \"bjork@kvist.example\" }",
        )
        .replace("R 1", reference);
    format!(
        "{text}\n[emergency]\nthreat_to = \"person\"\nfacts = \"a threat\"\n[recipient]\nname = \"Polisen\"\nkey = \"{key}\"\n"
    )
}

/// Takes a demand in.
pub fn take(session: &mut Session<'_>, reference: &str) -> Taken {
    let bytes = demand(reference);
    let file = Intake {
        file_name: "demand.toml",
        bytes: bytes.as_bytes(),
        arrival: Arrival::default(),
    };
    let taken = session.intake(&file, &[]).unwrap();
    assert_eq!(taken.unreadable, None);
    taken
}

/// Brings a case to a decision that drafts a mandate.
pub fn decide(session: &mut Session<'_>, id: &CaseId) {
    let genuine = Genuine {
        verified: true,
        how: "called back",
    };
    session.authenticate(id, &genuine).unwrap();
    session.assess(id, jiff::civil::date(2026, 11, 21)).unwrap();
    session.decide(id, &[], "as the law packs propose").unwrap();
}
