//! A provider below a directory, with a desk and one agent's exchange, for benchmarks.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use lagrum_access::{People, Person, Principal};
use lagrum_desk::{Call, Desk, Genuine, Intake, Session, testing};
use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{Arrival, CaseId, Role};
use lagrum_notes::{SigningKey, role};
use lagrum_store::Database;
use lagrum_store_postgres::PostgresDatabase;
use lagrum_store_sqlite::SqliteDatabase;
use rand_core::OsRng;

pub fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "a benchmark lives in the present"
    )]
    Timestamp::now()
}

/// A provider below a directory.
pub struct Provider {
    pub desk: Desk,
    analyst: Principal,
    keys: [SigningKey<role::Person>; 2],
    /// The demand, but for its reference and who asks.
    text: String,
}

impl Provider {
    /// Lays it out, with as many analysts (`analyst-0` …), of whom the first is the operating system's
    /// user. `database` is a file in the directory or the address of a server.
    pub fn new(dir: &Path, database: &str, analysts: usize) -> Self {
        fs::create_dir_all(dir).expect("a directory");
        let user = lagrum_access::current_user().expect("a user");
        let analyst = |number: usize| Person {
            id: format!("analyst-{number}"),
            name: format!("Analyst {number}"),
            role: Role::Analyst,
            user: (number == 0).then(|| user.clone()),
            mail: None,
            news: None,
        };
        let people = People::new((0..analysts).map(analyst).collect()).unwrap();
        let keys = testing::lay_out(dir, database, "../log", &people, &mut OsRng);
        let authorities: String = (0..50)
            .map(|number| {
                format!(
                    "[[authority]]\nname = \"Police district {number}\"\ncountry = \"SE\"\nkind = \"police\"\ndomains = [\"police.example\"]\ntelephone = \"+46 8 111 11 11\"\n"
                )
            })
            .collect();
        fs::write(dir.join("authorities.toml"), authorities).expect("the list of authorities");
        let desk = testing::open(dir, |name| -> Arc<dyn Database> {
            if name.starts_with("host=") {
                Arc::new(PostgresDatabase::open(name).unwrap())
            } else {
                Arc::new(SqliteDatabase::open(Path::new(name)).unwrap())
            }
        });
        let recipient = age::x25519::Identity::generate().to_public();
        let more = format!(
            r#"
reference = "REFERENCE"
[authority]
name = "AUTHORITY"
[recipient]
name = "Polisen"
key = "{recipient}"
[[part]]
categories = ["content"]
"#
        );
        Self {
            analyst: people.principal_of_user(&user, None).unwrap(),
            keys,
            text: demand_text(&[PERMITTED, &more]),
            desk,
        }
    }

    pub fn demand(&self, number: usize) -> Vec<u8> {
        let text = self
            .text
            .replace("REFERENCE", &format!("AM-{number}-26"))
            .replace("AUTHORITY", &format!("Police district {}", number % 50));
        text.into_bytes()
    }

    pub fn work<T>(&self, work: impl FnOnce(&mut Session<'_>) -> T) -> T {
        let mut random = OsRng;
        work(&mut self.desk.session(self.analyst.clone(), &now, &mut random))
    }

    pub fn intake(&self, number: usize) -> CaseId {
        let bytes = self.demand(number);
        let file = Intake {
            file_name: "demand.toml",
            bytes: &bytes,
            arrival: Arrival::default(),
        };
        self.work(|session| session.intake(&file, &[]).unwrap().case)
    }

    /// Takes a demand the whole way to a mandate that an agent has.
    pub fn mandated(&self, number: usize) -> CaseId {
        let id = self.intake(number);
        self.work(|session| {
            let genuine = Genuine {
                verified: true,
                how: "called back",
                despite: None,
            };
            let call = Call {
                answered_by: "the duty officer",
                at: None,
                confirmed: true,
            };
            session.call_back(&id, &call).unwrap();
            session.authenticate(&id, &genuine).unwrap();
            session
                .assess(&id, now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date())
                .unwrap();
            session.decide(&id, &[], "as proposed").unwrap();
            for key in &self.keys {
                let lines: Vec<_> = session
                    .to_sign(&id)
                    .unwrap()
                    .iter()
                    .map(|one| (one.mandate, key.sign_line(&one.text).unwrap()))
                    .collect();
                session.add_signatures(&id, &lines).unwrap();
            }
        });
        id
    }
}
