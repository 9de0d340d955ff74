//! How fast the desk is, and whether its cost grows with history. `dev/bench desk` runs it: each
//! figure is a ratio of two measurements of the same run, and none is part of pass or fail.
//!
//! Arguments: the program `lagrum`, a directory on the disk, a directory in memory; then how many
//! intakes (20,000), open mandates (5,000) and cases in the list (100,000).
#![expect(
    clippy::disallowed_types,
    reason = "a benchmark is a program of its own"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use lagrum_access::{People, Person, Principal};
use lagrum_desk::{AgentContact, Desk, DeskConfig, Genuine, Intake, Parts, Session};
use lagrum_mandate::{Person as Signatory, Roster};
use lagrum_model::{Arrival, CaseId, Region, Role};
use lagrum_notes::{SigningKey, role};
use lagrum_store::{CaseFilter, MasterKey, Order, Page, Store, Vault};
use lagrum_store_sqlite::SqliteDatabase;
use lagrum_transport::directory::DirectoryDesk;
use rand_core::OsRng;
use rusqlite::Connection;

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

const DEMAND: &str = r#"
format = "lagrum-demand/2"
reference = "REFERENCE"
[authority]
name = "AUTHORITY"
country = "SE"
kind = "police"
officer = { name = "O", email = "o@police.example" }
[instrument]
kind = "court-decision"
country = "SE"
provision = "Rättegångsbalken 27 kap. 21 §"
issued_on = 2026-11-02
issued_by = { name = "Stockholms tingsrätt", kind = "judge" }
signatures = [{ name = "J", form = "handwritten" }]
[addressee]
entity = "Kvist Mail AB"
country = "SE"
[offence]
description = "grovt narkotikabrott"
maximum_penalty_months = 120
[[part]]
identifiers = [{ kind = "email-address", value = "bjork@kvist.example" }]
categories = ["content"]
period = { from = "2026-01-01T00:00:00Z", until = "2026-02-01T00:00:00Z" }
[recipient]
name = "Polisen"
key = "RECIPIENT"
"#;

fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "a benchmark lives in the present"
    )]
    Timestamp::now()
}

/// A provider below a directory.
struct Provider {
    desk: Desk,
    analyst: Principal,
    keys: [SigningKey<role::Person>; 2],
    recipient: String,
}

impl Provider {
    fn new(dir: &Path) -> Self {
        fs::create_dir_all(dir).expect("a directory");
        let user = lagrum_access::current_user().expect("a user");
        let key = |name: &str| SigningKey::<role::Person>::generate(&mut OsRng, name).unwrap();
        let keys = [key("kvist.example/olof"), key("kvist.example/maja")];
        let log_key = SigningKey::<role::Log>::generate(&mut OsRng, "kvist.example/log").unwrap();
        let agent = SigningKey::<role::Agent>::generate(&mut OsRng, "kvist.example/agent").unwrap();
        let private = |name: &str, text: &str| {
            lagrum_durable::private_file(&dir.join(name), text.as_bytes()).unwrap();
        };
        private("log.key", &log_key.to_secret());
        let master = MasterKey::generate(&mut OsRng);
        private("master.key", &master.to_secret_string());
        let signatory = |name: &str, role, key: &SigningKey<role::Person>| Signatory {
            name: name.into(),
            role,
            key: key.verifying_key(),
        };
        let roster = Roster::new(vec![
            signatory("Olof", Role::Analyst, &keys[0]),
            signatory("Maja", Role::Counsel, &keys[1]),
        ])
        .unwrap();
        let people = People::new(vec![Person {
            id: "olof".into(),
            name: "Olof".into(),
            role: Role::Analyst,
            user: Some(user.clone()),
        }])
        .unwrap();
        let write = |name: &str, text: String| fs::write(dir.join(name), text).unwrap();
        write("roster.toml", toml::to_string(&roster).unwrap());
        write("people.toml", toml::to_string(&people).unwrap());
        write("directory.toml", DIRECTORY.to_owned());
        write("authorities.toml", String::new());
        let config = DeskConfig {
            provider: "Kvist Mail".into(),
            zone: None,
            database: "desk.sqlite".into(),
            master_key: "master.key".into(),
            log: "../log".into(),
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
        let config = DeskConfig::load(&dir.join("desk.toml")).unwrap();
        let database = SqliteDatabase::open(Path::new(&config.database)).unwrap();
        let store = Store::open(Arc::new(database), Vault::new(&master)).unwrap();
        let transport = Box::new(DirectoryDesk::new(config.contacts()));
        let desk = Desk::open(Parts {
            config,
            store,
            transport,
        });
        let people = desk.people().unwrap();
        Self {
            analyst: people.principal_of_user(&user, None).unwrap(),
            keys,
            recipient: age::x25519::Identity::generate().to_public().to_string(),
            desk,
        }
    }

    fn demand(&self, number: usize) -> Vec<u8> {
        let text = DEMAND
            .replace("REFERENCE", &format!("AM-{number}-26"))
            .replace("AUTHORITY", &format!("Police district {}", number % 50))
            .replace("RECIPIENT", &self.recipient);
        text.into_bytes()
    }

    fn work<T>(&self, work: impl FnOnce(&mut Session<'_>) -> T) -> T {
        let mut random = OsRng;
        work(&mut self.desk.session(self.analyst.clone(), &now, &mut random))
    }

    fn intake(&self, number: usize) -> CaseId {
        let bytes = self.demand(number);
        let file = Intake {
            file_name: "demand.toml",
            bytes: &bytes,
            arrival: Arrival::default(),
        };
        self.work(|session| session.intake(&file, &[]).unwrap().case)
    }

    /// Takes a demand the whole way to a mandate that an agent has.
    fn mandated(&self, number: usize) -> CaseId {
        let id = self.intake(number);
        self.work(|session| {
            let genuine = Genuine {
                verified: true,
                how: "called back",
            };
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

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let began = Instant::now();
    let done = work();
    (began.elapsed(), done)
}

/// The middle one of several measurements.
fn median(rounds: usize, mut work: impl FnMut()) -> Duration {
    let mut all: Vec<_> = (0..rounds).map(|_| timed(&mut work).0).collect();
    all.sort();
    all[rounds / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Intakes one after the other: is the last thousand as fast as the first?
fn growth(memory: &Path, intakes: usize) {
    let provider = Provider::new(&memory.join("growth/desk"));
    let thousand = (intakes / 20).clamp(1, 1000);
    let mut times = Vec::new();
    for start in (0..intakes).step_by(thousand) {
        let (time, ()) = timed(|| {
            for number in start..start + thousand {
                provider.intake(number);
                if number % 16 == 0 {
                    provider.desk.settle().unwrap();
                }
            }
        });
        times.push(time);
    }
    let (first, last) = (times[0], times[times.len() - 1]);
    println!(
        "{intakes} intakes, in memory: first {thousand} {:.0} ms, last {thousand} {:.0} ms; ratio {:.2} (the promise: at most 1.20)",
        milliseconds(first),
        milliseconds(last),
        last.as_secs_f64() / first.as_secs_f64()
    );
}

/// Sixteen people at once, against one program that inserts the same bytes with one fsync each.
fn parallel(disk: &Path) {
    const PEOPLE: usize = 16;
    const EACH: usize = 40;
    let provider = Provider::new(&disk.join("parallel/desk"));
    provider.intake(1_000_000);
    provider.desk.settle().unwrap();
    let run = |offset: usize, settle: bool| {
        let (time, ()) = timed(|| {
            thread::scope(|scope| {
                for person in 0..PEOPLE {
                    let provider = &provider;
                    scope.spawn(move || {
                        for number in 0..EACH {
                            provider.intake(offset + person * EACH + number);
                            if settle {
                                provider.desk.settle().unwrap();
                            }
                        }
                    });
                }
            });
        });
        time
    };
    let plain = Connection::open(disk.join("plain.sqlite")).unwrap();
    plain.pragma_update(None, "journal_mode", "WAL").unwrap();
    plain.pragma_update(None, "synchronous", "FULL").unwrap();
    plain
        .execute_batch("create table plain (id integer primary key, bytes blob not null) strict")
        .unwrap();
    let insert = |offset: usize| {
        let (time, ()) = timed(|| {
            for number in 0..PEOPLE * EACH {
                plain
                    .execute(
                        "insert into plain (bytes) values ($1)",
                        [provider.demand(offset + number)],
                    )
                    .unwrap();
            }
        });
        time
    };
    let theirs = insert(0);
    let recorded = run(10_000, false);
    provider.desk.settle().unwrap();
    let published = run(20_000, true);
    let again = insert(10_000);
    let theirs = theirs.min(again);
    let rate = |time: Duration| (PEOPLE * EACH) as f64 / time.as_secs_f64();
    println!(
        "{PEOPLE} intakes in parallel, on disk: {:.0}/s recorded, {:.0}/s recorded and published; plain inserts, one fsync each {:.0}/s; ratios {:.2} and {:.2} (the promise: at least 0.70)",
        rate(recorded),
        rate(published),
        rate(theirs),
        rate(recorded) / rate(theirs),
        rate(published) / rate(theirs)
    );
}

/// Showing one case while few and while many mandates are open.
fn open_mandates(memory: &Path, mandates: usize) {
    let provider = Provider::new(&memory.join("open/desk"));
    let id = provider.mandated(0);
    provider.desk.settle().unwrap();
    let show = || {
        median(201, || {
            provider.work(|session| session.case(&id).unwrap());
        })
    };
    show();
    let one = show();
    for number in 1..mandates {
        provider.mandated(number);
    }
    provider.desk.settle().unwrap();
    show();
    let many = show();
    println!(
        "one case shown: {:.3} ms with 1 open mandate, {:.3} ms with {mandates}; ratio {:.2} (the promise: at most 1.20)",
        milliseconds(one),
        milliseconds(many),
        many.as_secs_f64() / one.as_secs_f64()
    );
    let idle = median(21, || {
        provider.desk.settle().unwrap();
    });
    println!(
        "the sequencer with nothing to do and {mandates} open mandates: {:.1} ms",
        milliseconds(idle)
    );
}

/// The list at many cases: a filtered page, and the program as a person starts it.
fn list(lagrum: &Path, memory: &Path, cases: usize) {
    let dir = memory.join("list");
    let provider = Provider::new(&dir.join("desk"));
    for number in 0..cases {
        provider.intake(number);
    }
    provider.desk.settle().unwrap();
    let page = |filter: CaseFilter, order: Order| {
        median(21, || {
            provider.work(|session| {
                let page = Page::number(3, 50);
                assert!(session.cases(&filter, order, page).unwrap().total > 0);
            });
        })
    };
    let all = page(CaseFilter::default(), Order::Due);
    let authority = page(
        CaseFilter {
            authority: Some("district 17".into()),
            ..CaseFilter::default()
        },
        Order::Due,
    );
    let reference = page(
        CaseFilter {
            reference: Some("-99".into()),
            ..CaseFilter::default()
        },
        Order::Newest,
    );
    println!(
        "a page of {cases} cases: {:.1} ms by deadline, {:.1} ms filtered by authority, {:.1} ms by reference (the promise: below 50)",
        milliseconds(all),
        milliseconds(authority),
        milliseconds(reference)
    );
    let run = |arguments: &[&str]| {
        median(7, || {
            let done = Command::new(lagrum)
                .arg("--dir")
                .arg(&dir)
                .args(arguments)
                .output()
                .expect("the program");
            assert!(
                done.status.success(),
                "{}",
                String::from_utf8_lossy(&done.stderr)
            );
        })
    };
    println!(
        "`lagrum cases` at {cases} cases: {:.0} ms; --by-deadline {:.0} ms (the promise: below 300)",
        milliseconds(run(&["cases"])),
        milliseconds(run(&["cases", "--by-deadline"]))
    );
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut path = || {
        let given = arguments.next();
        std::path::PathBuf::from(given.expect("the program, a directory on disk, one in memory"))
    };
    let (lagrum, disk, memory) = (path(), path(), path());
    let mut number = |default: usize| {
        let given = arguments.next().and_then(|text| text.parse().ok());
        given.unwrap_or(default)
    };
    let (intakes, mandates, cases) = (number(20_000), number(5_000), number(100_000));
    growth(&memory, intakes);
    parallel(&disk);
    open_mandates(&memory, mandates);
    list(&lagrum, &memory, cases);
}
