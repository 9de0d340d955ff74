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
use lagrum_desk::{Call, Desk, Genuine, Intake, Session, testing};
use lagrum_model::testing::{PERMITTED, demand_text};
use lagrum_model::{Arrival, CaseId, Role};
use lagrum_notes::{SigningKey, role};
use lagrum_store::{CaseFilter, Order, Page};
use lagrum_store_sqlite::SqliteDatabase;
use rand_core::OsRng;
use rusqlite::Connection;

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
    /// The demand, but for its reference and who asks.
    text: String,
}

impl Provider {
    fn new(dir: &Path) -> Self {
        fs::create_dir_all(dir).expect("a directory");
        let user = lagrum_access::current_user().expect("a user");
        let people = People::new(vec![Person {
            id: "olof".into(),
            name: "Olof".into(),
            role: Role::Analyst,
            user: Some(user.clone()),
        }])
        .unwrap();
        let keys = testing::lay_out(dir, "desk.sqlite", "../log", &people, &mut OsRng);
        let authorities: String = (0..50)
            .map(|number| {
                format!(
                    "[[authority]]\nname = \"Police district {number}\"\ncountry = \"SE\"\nkind = \"police\"\ndomains = [\"police.example\"]\ntelephone = \"+46 8 111 11 11\"\n"
                )
            })
            .collect();
        fs::write(dir.join("authorities.toml"), authorities).expect("the list of authorities");
        let desk = testing::open(dir, |name| {
            Arc::new(SqliteDatabase::open(Path::new(name)).unwrap())
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

    fn demand(&self, number: usize) -> Vec<u8> {
        let text = self
            .text
            .replace("REFERENCE", &format!("AM-{number}-26"))
            .replace("AUTHORITY", &format!("Police district {}", number % 50));
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
    let (took, verified) = timed(|| {
        provider.work(|session| session.verify(&mut |fault| panic!("{fault:?}")).unwrap())
    });
    println!(
        "everything verified, {} cases with {} events: {:.1} s, {:.3} ms a case",
        verified.found.cases,
        verified.found.events,
        took.as_secs_f64(),
        milliseconds(took) / verified.found.cases as f64
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
    // Each filter finds something, however few cases there are.
    let last = cases - 1;
    let all = page(CaseFilter::default(), Order::Due);
    let authority = page(
        CaseFilter {
            authority: Some(format!("district {}", last.min(17))),
            ..CaseFilter::default()
        },
        Order::Due,
    );
    let reference = page(
        CaseFilter {
            reference: Some(format!("-{}", last.min(99))),
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
        given.unwrap_or(default).max(1)
    };
    let (intakes, mandates, cases) = (number(20_000), number(5_000), number(100_000));
    growth(&memory, intakes);
    parallel(&disk);
    open_mandates(&memory, mandates);
    list(&lagrum, &memory, cases);
}
