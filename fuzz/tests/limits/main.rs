//! What comes from others costs no more than it holds: every seed of every reader, every input that a
//! search for inputs left behind, and every attack is read by a process that may take [`MEMORY`] and,
//! for each input, [`FLOOR`] and a second of processor time for each megabyte.
//!
//! What counts is what is read: of a packed file, what it holds unpacked. The processes are built without
//! optimisation; those that people run are some ten times faster.
#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod attacks;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use attacks::Attack;

/// Bytes of memory that a process may take.
const MEMORY: u64 = 128 << 20;
/// Milliseconds that an input may take however short it is.
const FLOOR: u64 = 1000;
/// Milliseconds for each megabyte (10⁶ bytes).
const PER_MEGABYTE: u64 = 1000;
/// Milliseconds more for the first input of a process, which makes keys and reads a law.
const START: u64 = 3000;

/// What one input took.
#[derive(Debug)]
struct Took {
    file: PathBuf,
    milliseconds: u64,
    /// The most that the process had held by then, in KiB.
    memory: u64,
}

/// An input: where it lies, and how many bytes are read of it.
#[derive(Clone)]
struct Input {
    file: PathBuf,
    bytes: u64,
}

impl Input {
    fn of(file: PathBuf) -> Self {
        let bytes = file.metadata().expect("a file").len();
        Self { file, bytes }
    }

    fn milliseconds(&self) -> u64 {
        FLOOR + self.bytes * PER_MEGABYTE / 1_000_000
    }
}

/// Gives `inputs` to one process of `reader` within the limits. The kernel holds those of the whole
/// process; each input is held against its own here.
///
/// # Errors
/// What went over which limit.
fn within(reader: &str, inputs: &[Input]) -> Result<Vec<Took>, String> {
    let all: u64 = inputs.iter().map(Input::milliseconds).sum();
    let mut limited = Command::new("prlimit");
    limited
        .arg(format!("--data={MEMORY}"))
        .arg(format!("--cpu={}", (START + all).div_ceil(1000)))
        .arg(env!("CARGO_BIN_EXE_reader"))
        .arg(reader)
        .args(inputs.iter().map(|input| &input.file));
    let ran = limited.output().expect("prlimit, of util-linux");
    let out = String::from_utf8_lossy(&ran.stdout);
    let took: Vec<_> = out.lines().filter_map(told).collect();
    let name = |file: &Path| {
        file.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    if !ran.status.success() {
        let file = inputs.get(took.len()).map(|input| name(&input.file));
        let said = String::from_utf8_lossy(&ran.stderr);
        let said: Vec<_> = said.lines().take(8).collect();
        let (file, said) = (file.unwrap_or_default(), said.join("\n"));
        return Err(format!("{reader}, {file}: {}: {said}", ran.status));
    }
    assert_eq!(took.len(), inputs.len(), "{reader}: {out}");
    for (number, (took, input)) in took.iter().zip(inputs).enumerate() {
        let start = if number == 0 { START } else { 0 };
        if took.milliseconds > start + input.milliseconds() {
            let (file, time) = (name(&took.file), took.milliseconds);
            return Err(format!(
                "{reader}, {file}: {time} ms for {} bytes",
                input.bytes
            ));
        }
    }
    Ok(took)
}

/// How many programs read each input of a reader.
fn times(reader: &str) -> u64 {
    match reader {
        "settings" => 8,
        // Each question to a log reads its checkpoint.
        "log_directory" => 9,
        // Each line as a row, and as one without a time, which is kept in a sealed block of its own.
        "access_log" => 4,
        // As a mailbox and as a message, and as a log as often as that is read.
        "packed" => 2 + times("access_log"),
        // Rows are handed over, and come in a package of somebody else's.
        "records" => 2,
        _ => 1,
    }
}

/// A line of a reader: a file, milliseconds, KiB.
fn told(line: &str) -> Option<Took> {
    let mut words = line.rsplitn(3, ' ');
    let memory = words.next()?.parse().ok()?;
    let milliseconds = words.next()?.parse().ok()?;
    let file = words.next()?.into();
    Some(Took {
        file,
        milliseconds,
        memory,
    })
}

/// A directory that goes when the test ends.
fn scratch() -> tempfile::TempDir {
    let chosen = std::env::var_os("LAGRUM_SCRATCH");
    let made = chosen.map_or_else(tempfile::tempdir, tempfile::tempdir_in);
    made.expect("a directory")
}

fn write(directory: &Path, name: &str, bytes: &[u8]) -> Input {
    let file = directory.join(name);
    fs::write(&file, bytes).expect("a file");
    Input::of(file)
}

/// What a search for inputs left behind, if one was made here.
fn corpus(reader: &str) -> Vec<Input> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let places = ["target/fuzz-corpus", "fuzz/artifacts"];
    let files = places
        .iter()
        .filter_map(|place| fs::read_dir(root.join(place).join(reader)).ok());
    let mut all: Vec<_> = files
        .flatten()
        .map(|entry| entry.expect("an entry").path())
        .collect();
    all.sort();
    all.into_iter().map(Input::of).collect()
}

/// Calls `each` for each of `all`, two at a time, and gathers what it answers.
fn two_at_a_time<T: Sync>(all: &[T], each: impl Fn(&T) -> Result<String, String> + Sync) {
    let (next, answers) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = each(one);
                    answers.lock().expect("nobody panics").push(answer);
                }
            });
        }
    });
    let answers = answers.into_inner().expect("nobody panics");
    let (mut told, mut failed) = (Vec::new(), Vec::new());
    for answer in answers {
        match answer {
            Ok(answer) => told.push(answer),
            Err(why) => failed.push(why),
        }
    }
    told.sort();
    println!("{}", told.join("\n"));
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What the most expensive of these inputs took.
fn most(reader: &str, took: &[Took]) -> String {
    let time = took.iter().max_by_key(|took| took.milliseconds);
    let memory = took.iter().map(|took| took.memory >> 10).max();
    let (Some(time), Some(memory)) = (time, memory) else {
        return reader.to_owned();
    };
    let name = time.file.file_name().unwrap_or_default().to_string_lossy();
    let (count, time) = (took.len(), time.milliseconds);
    format!("{reader}: {count} inputs, {time} ms ({name}), {memory} MiB")
}

#[test]
fn every_seed_and_every_input_that_a_search_left_stays_within_the_limits() {
    two_at_a_time(lagrum_fuzz::READERS, |(reader, _)| {
        let dir = scratch();
        let seeds = lagrum_fuzz::seeds::of(reader);
        // A reader whose inputs are choices begins with none.
        assert!(!seeds.is_empty() || reader.ends_with("_made"), "{reader}");
        let mut inputs = vec![write(dir.path(), "nothing", b"")];
        let seeds = (0_u32..).zip(&seeds);
        inputs
            .extend(seeds.map(|(number, seed)| write(dir.path(), &format!("seed-{number}"), seed)));
        inputs.extend(corpus(reader));
        let mut took = Vec::new();
        // As many as fit on a command line.
        for part in inputs.chunks(2000) {
            took.extend(within(reader, part)?);
        }
        Ok(most(reader, &took))
    });
}

#[test]
fn every_attack_stays_within_the_limits() {
    let all = attacks::all();
    two_at_a_time(
        &all,
        |Attack {
             reader,
             name,
             bytes,
             read,
         }| {
            let dir = scratch();
            let mut input = write(dir.path(), name, &bytes());
            input.bytes = input.bytes.max(*read) * times(reader);
            let bytes = input.bytes;
            // By itself, so that what it takes is its own, in a process that is ready.
            let took = within(reader, &[write(dir.path(), "nothing", b""), input])?;
            Ok(format!("{} of {bytes} bytes", most(reader, &took[1..])))
        },
    );
}

#[test]
fn whatever_goes_over_a_limit_is_caught() {
    let dir = scratch();
    let megabytes = [write(dir.path(), "megabytes", &vec![b'a'; 2_000_000])];
    let caught = |reader: &str| within(reader, &megabytes).expect_err(reader);
    let why = caught("control-memory");
    assert!(why.contains("memory allocation"), "{why}");
    // The kernel stops it: it would take hours.
    let why = caught("control-time");
    assert!(why.contains("signal"), "{why}");
    let why = caught("control-panic");
    assert!(why.contains("it has bytes"), "{why}");
    // What stays within the limit of the whole process is held against its own.
    let mut inputs = vec![write(dir.path(), "nothing", b""); 60];
    inputs.push(write(dir.path(), "square", &vec![b'a'; 20_000]));
    let why = within("control-time", &inputs).expect_err("the square of its length");
    assert!(
        why.contains("square: ") && why.contains("ms for 20000 bytes"),
        "{why}"
    );
}
