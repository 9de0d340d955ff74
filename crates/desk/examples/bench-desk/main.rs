//! How fast the desk is, and whether its cost grows with history. `dev/bench desk` runs it: each
//! figure is a ratio of two measurements of the same run, and none is part of pass or fail.
//!
//! Arguments: the program `lagrum`, a directory on the disk, a directory in memory; then how many
//! intakes (20,000), open mandates (5,000) and cases in the list (100,000). With `parallel` and a
//! directory on the disk, only sixteen people at once are measured; with `facts`, a directory and a number of cases, only
//! how long figures take to read them (`dev/bench report`).
#![expect(
    clippy::disallowed_types,
    reason = "a benchmark is a program of its own"
)]

mod provider;
mod recorded;

use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use lagrum_figures::CaseFacts;
use lagrum_store::{CaseFilter, Order, Page};
use rusqlite::Connection;

use provider::Provider;
use recorded::Recorded;

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
    let provider = Provider::new(&memory.join("growth/desk"), "desk.sqlite", 1);
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

/// Sixteen people at once, against one program that inserts the same bytes with one fsync each: the rows that an intake
/// writes, with their indexes, and for comparison the demand alone in a table of its own.
fn parallel(disk: &Path) {
    const PEOPLE: usize = 16;
    const EACH: usize = 40;
    let provider = Provider::new(&disk.join("parallel/desk"), "desk.sqlite", 1);
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
    let rows = Recorded::read(&disk.join("parallel/desk/desk.sqlite"), PEOPLE * EACH);
    let rows = rows.insert(&disk.join("rows.sqlite"));
    provider.desk.settle().unwrap();
    let published = run(20_000, true);
    let again = insert(10_000);
    let theirs = theirs.min(again);
    let mut scratch = File::create(disk.join("scratch")).unwrap();
    let flush = median(201, || {
        scratch.write_all(&[0; 4096]).unwrap();
        scratch.sync_data().unwrap();
    });
    let rate = |time: Duration| (PEOPLE * EACH) as f64 / time.as_secs_f64();
    println!(
        "{PEOPLE} intakes in parallel, on a disk that takes {:.2} ms for 4 KiB with one fsync: {:.0}/s recorded, {:.0}/s recorded and published; one program that inserts the same rows, one fsync for each intake {:.0}/s: ratio {:.2} (the promise: at least 0.70); the demands alone, one fsync each {:.0}/s: ratios {:.2} and {:.2}",
        milliseconds(flush),
        rate(recorded),
        rate(published),
        rate(rows),
        rate(recorded) / rate(rows),
        rate(theirs),
        rate(recorded) / rate(theirs),
        rate(published) / rate(theirs)
    );
}

/// Showing one case while few and while many mandates are open.
fn open_mandates(memory: &Path, mandates: usize) {
    let provider = Provider::new(&memory.join("open/desk"), "desk.sqlite", 1);
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
    let provider = Provider::new(&dir.join("desk"), "desk.sqlite", 1);
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

/// Reading what figures know of each case, opened and decoded, with nothing counted.
fn facts(directory: &Path, cases: usize) {
    let provider = Provider::new(&directory.join("facts/desk"), "desk.sqlite", 1);
    for number in 0..cases {
        provider.intake(number);
    }
    let read = || {
        provider.work(|session| {
            let known = |read: &mut usize, facts: &CaseFacts| {
                black_box(facts);
                *read += 1;
            };
            let (shares, unknown) = session.count_facts(None, || 0, known).unwrap();
            assert_eq!((shares.iter().sum::<usize>(), unknown.len()), (cases, 0));
        });
    };
    let times: Vec<Duration> = (0..5).map(|_| timed(read).0).collect();
    let best = *times.iter().min().unwrap();
    println!(
        "the facts of {cases} cases (demands taken in and described) read from SQLite, opened and decoded by all processors, which comes before counting: {:.2} s, {:.2} µs a case",
        best.as_secs_f64(),
        best.as_secs_f64() * 1e6 / cases as f64
    );
}

fn main() {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "facts").is_some() {
        let (directory, cases) = (arguments.next(), arguments.next());
        let cases = cases.and_then(|text| text.parse().ok()).unwrap_or(100_000);
        return facts(Path::new(&directory.expect("a directory")), cases);
    }
    let only_parallel = arguments.next_if(|first| first == "parallel").is_some();
    let mut path = || {
        let given = arguments.next();
        std::path::PathBuf::from(given.expect("the program, a directory on disk, one in memory"))
    };
    if only_parallel {
        return parallel(&path());
    }
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
