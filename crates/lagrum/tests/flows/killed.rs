//! The demo, killed at random moments and started again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use lagrum_durable::Scratch;
use lagrum_log::{LogReader, SignedCheckpoint};
use lagrum_package::{Trust, verify_sealed};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::support::{
    Demo, Dice, ended, entries, files_below, identities, logged, name, program, released, scratch,
};

/// How many at once.
const HANDS: u64 = 2;

#[test]
fn a_demo_that_is_killed_at_any_moment_ends_with_every_demand_answered_exactly_once() {
    let number = |name: &str, default| match std::env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name}: write a number")),
        Err(_) => default,
    };
    let wanted: u64 = number("LAGRUM_KILLS", 200);
    let seed = number("LAGRUM_SEED", 20_140_904);
    let kills = AtomicU64::new(0);
    let phases = Mutex::new(BTreeMap::new());
    // How long a whole demo takes here and now is how late a kill may come.
    let began = Instant::now();
    Demo::new();
    let latest = began.elapsed();
    let directories: u64 = thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS)
            .map(|hand| {
                let (kills, phases) = (&kills, &phases);
                let mut dice = Dice(seed ^ (hand << 32));
                scope.spawn(move || {
                    let mut directories = 0;
                    while kills.load(Ordering::Relaxed) < wanted {
                        one_directory(&mut dice, latest, wanted, kills, phases);
                        directories += 1;
                    }
                    directories
                })
            })
            .collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).sum()
    });
    let kills = kills.into_inner();
    println!(
        "seed {seed}: {kills} kills within 0 to {latest:?} in {directories} directories, {} s; entries in the log when killed: {:?}",
        began.elapsed().as_secs(),
        phases.into_inner().unwrap(),
    );
    assert!(kills >= wanted);
}

/// Kills the demo in one new directory again and again until it ends by itself, and looks at what
/// it left.
fn one_directory(
    dice: &mut Dice,
    latest: Duration,
    wanted: u64,
    kills: &AtomicU64,
    phases: &Mutex<BTreeMap<String, u64>>,
) {
    let scratch = scratch();
    let dir = scratch.path().join("demo");
    loop {
        let within = |dice: &mut Dice, longest: Duration| {
            Moment::After(longest.mul_f64(dice.below(10_000) as f64 / 10_000.0))
        };
        let moment = match dice.below(4) {
            0 => within(dice, latest),
            // While the provider is built, and while what was cut off is taken up again.
            1 => within(dice, latest / 4),
            _ => Moment::Grown {
                by: dice.below(12),
                then: Duration::from_micros(dice.below(20_000)),
            },
        };
        let mut child = demo(&dir).stdout(Stdio::null()).spawn().unwrap();
        if kills.load(Ordering::Relaxed) < wanted && !ends_before(&mut child, moment, &dir) {
            // SIGKILL, which nothing can catch.
            child.kill().unwrap();
            child.wait().unwrap();
            kills.fetch_add(1, Ordering::Relaxed);
            *phases.lock().unwrap().entry(phase(&dir)).or_default() += 1;
            continue;
        }
        let status = child.wait().unwrap();
        assert!(status.success(), "{status}");
        break;
    }
    // It may have ended just when it was to be killed; it must be possible to ask again.
    let again = ended(demo(&dir).arg("--json"));
    assert_eq!(again.code, Some(0), "{}", again.err);
    everything_happened_once(&dir);
}

fn demo(dir: &Path) -> std::process::Command {
    let mut command = program();
    command.arg("--dir").arg(dir).arg("demo");
    command
}

/// When a demo is killed.
#[derive(Clone, Copy)]
enum Moment {
    /// So long after it began.
    After(Duration),
    /// So long after it brought the log so many entries further. Most of a demo's time is spent
    /// before and after the cases; this finds the cases.
    Grown { by: u64, then: Duration },
}

fn ends_before(child: &mut Child, moment: Moment, dir: &Path) -> bool {
    let began = Instant::now();
    let size = log_size(dir).unwrap_or_default();
    let mut until = match moment {
        Moment::After(delay) => Some(began + delay),
        Moment::Grown { .. } => None,
    };
    loop {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        if let Moment::Grown { by, then } = moment
            && until.is_none()
            && log_size(dir).is_some_and(|now| now > size + by)
        {
            until = Some(Instant::now() + then);
        }
        if until.is_some_and(|until| until <= Instant::now()) {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// How many entries the log shows, if there is one.
fn log_size(dir: &Path) -> Option<u64> {
    let checkpoint = std::fs::read(dir.join("log/checkpoint")).ok()?;
    Some(
        SignedCheckpoint::parse(&checkpoint)
            .unwrap()
            .unverified_head()
            .size,
    )
}

/// How far it had come: entries of the log, in twenties.
fn phase(dir: &Path) -> String {
    match log_size(dir) {
        Some(size) => format!("{:03} or more", size / 20 * 20),
        None if dir.exists() => "000, no log yet".into(),
        None => "000, being built".into(),
    }
}

fn everything_happened_once(dir: &Path) {
    // Every demand is there once, and answered.
    let cases = ended(
        program()
            .arg("--dir")
            .arg(dir)
            .args(["--as", "olof", "--json", "cases"]),
    )
    .ok()
    .json();
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 12);
    let references: BTreeSet<_> = cases
        .iter()
        .map(|case| case["reference"].to_string())
        .collect();
    assert_eq!(
        references.len(),
        12,
        "each demand has one case: {references:?}"
    );
    assert!(
        cases
            .iter()
            .all(|case| case["state"] == "closed" || case["state"] == "duties-run"),
        "{cases:?}"
    );

    // Each mandate was released once, produced once, delivered once, says the desk …
    let recorded: Vec<Value> = logged(dir)
        .iter()
        .map(|event| serde_json::from_str(&event.text).unwrap())
        .collect();
    let events = |kind: &str, field: &str| -> Vec<String> {
        let these = recorded
            .iter()
            .filter(|event| event["what"]["event"] == kind);
        let mut all: Vec<_> = these
            .map(|event| event["what"][field].as_str().unwrap().to_owned())
            .collect();
        all.sort();
        all
    };
    // A mandate that was cut off between its agent's mark and record was refused, recalled and drafted
    // anew, and left nothing.
    let lapsed: BTreeSet<_> = events("mandate-lapsed", "mandate").into_iter().collect();
    let mut mandated = events("mandated", "mandate");
    mandated.retain(|mandate| !lapsed.contains(mandate));
    let distinct: BTreeSet<_> = mandated.iter().collect();
    assert_eq!((mandated.len(), distinct.len()), (7, 7));
    assert_eq!(events("produced", "mandate"), mandated);
    assert_eq!(
        events("produced", "package"),
        events("delivered", "package")
    );
    let refused: BTreeSet<_> = events("not-produced", "mandate").into_iter().collect();
    assert_eq!(refused, lapsed);

    // … and the agents say the same.
    let mut mandates = released(dir);
    mandates.retain(|one| !lapsed.contains(&one.mandate.digest().to_string()));
    let digests: Vec<_> = mandates
        .iter()
        .map(|one| one.mandate.digest().to_string())
        .collect();
    assert_eq!(digests.iter().collect::<BTreeSet<_>>(), distinct);
    for region in ["dublin", "seattle", "stockholm"] {
        let agent = dir.join("agents").join(region);
        let here: Vec<_> = mandates.iter().filter(|one| one.region == region).collect();
        let ledger = read_only(&agent.join("state/ledger.sqlite"));
        let mut query = ledger
            .prepare("select nonce, handed_out from carried order by nonce")
            .unwrap();
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        let carried: Vec<(String, bool)> = rows.collect::<Result<_, _>>().unwrap();
        let mut nonces: Vec<_> = here
            .iter()
            .map(|one| (one.mandate.nonce.to_string(), true))
            .collect();
        nonces.sort();
        assert_eq!(carried, nonces, "{region}: carried out once, handed out");
        let exchange = dir.join("exchange").join(region);
        assert_eq!(
            files_below(&exchange),
            // By which the desk knows that the exchange is the one that it left mandates in; and that the
            // agent is at work.
            [exchange.join("in/remembered"), exchange.join("out/beat")],
            "{region}: what the desk has recorded does not stay between the two"
        );
        assert_eq!(
            files_below(&agent.join("state/work")),
            Vec::<PathBuf>::new(),
            "plaintext is left"
        );
        assert_eq!(entries(&agent.join("state/work")), Vec::<PathBuf>::new());
    }

    // The log is whole, and holds one entry for each event.
    ended(program().arg("--dir").arg(dir).args(["log", "verify"])).ok();
    let trust = Trust::parse(&std::fs::read_to_string(dir.join("trust.toml")).unwrap()).unwrap();
    let whole = LogReader::open(dir.join("log"), trust.log.clone())
        .verify_all()
        .unwrap();
    let desk = read_only(&dir.join("desk/desk.sqlite"));
    let count = |table: &str| -> u64 {
        let query = format!("select count(*) from {table}");
        desk.query_row(&query, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(whole.head.size, count("event"));
    assert_eq!(count("unplaced"), 0);
    assert_eq!(count("outbox where sealed is not null"), 0);

    // What was delivered is there once, and can be opened and checked by its recipient.
    let identities = identities(dir);
    let ends = |path: &&PathBuf, end: &str| name(path).ends_with(end);
    for end in [".tar.age", ".receipt"] {
        let all = files_below(dir);
        let all: Vec<_> = all.iter().filter(|path| ends(path, end)).collect();
        let wanted: Vec<_> = mandates
            .iter()
            .map(|one| PathBuf::from(one.package.display().to_string().replace(".tar.age", end)))
            .collect();
        let (all, wanted): (BTreeSet<_>, BTreeSet<_>) =
            (all.into_iter().collect(), wanted.iter().collect());
        assert_eq!(all, wanted);
    }
    for one in mandates {
        let package = &one.package;
        let identity =
            std::fs::read_to_string(&identities[one.mandate.recipient.key().unwrap().as_str()])
                .unwrap();
        let identity = identity.lines().nth(1).unwrap();
        let identity: age::x25519::Identity = identity.parse().unwrap();
        let scratch = Scratch::new(&std::env::temp_dir());
        let checked = verify_sealed(package, &identity, Some(&trust), &scratch).unwrap();
        assert_eq!(checked.mandate, one.mandate);
    }
    let partial = |path: &PathBuf| name(path).ends_with(".partial");
    assert_eq!(files_below(dir).into_iter().find(partial), None);
}

fn read_only(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

#[test]
fn a_demo_that_is_killed_between_mark_and_record_drafts_that_mandate_anew() {
    let scratch = scratch();
    let dir = scratch.path().join("demo");
    let mut child = demo(&dir).stdout(Stdio::null()).spawn().unwrap();
    let agent = dir.join("agents/stockholm");
    let file = agent.join("state/ledger.sqlite");
    let until = |what: &str, done: &dyn Fn() -> bool| {
        let began = Instant::now();
        while !done() {
            assert!(began.elapsed() < Duration::from_secs(120), "never: {what}");
            thread::sleep(Duration::from_millis(1));
        }
    };
    let ledger = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        Connection::open_with_flags(&file, flags).unwrap()
    };
    // What the agent enters takes for ever.
    let trigger = "create trigger at_entry before insert on carried begin
         select count(*) from (
             with recursive n (n) as (select 1 union all select n + 1 from n) select n from n
         );
     end;";
    until("a record", &|| {
        file.exists() && ledger().execute_batch(trigger).is_ok()
    });
    until("a mandate that is begun", &|| {
        let mark = std::fs::read_to_string(agent.join("agent.mark"));
        mark.is_ok_and(|mark| mark.contains("\"begun\""))
    });
    child.kill().unwrap();
    child.wait().unwrap();
    ledger().execute_batch("drop trigger at_entry").unwrap();
    let again = ended(demo(&dir).arg("--json"));
    assert_eq!(again.code, Some(0), "{}", again.err);
    everything_happened_once(&dir);
    let lapsed = logged(&dir)
        .iter()
        .any(|event| event.text.contains("mandate-lapsed"));
    assert!(lapsed, "it was drafted anew");
}
