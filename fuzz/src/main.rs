//! One reader of [`lagrum_fuzz`], by its name.
//!
//! `reader NAME FILE…` gives it each file once and says what that took. `reader seeds NAME DIRECTORY`
//! writes its seeds. Built by `dev/fuzz` it is libFuzzer, and the name stands in `LAGRUM_READER`.
#![cfg_attr(fuzzing, no_main)]
#![allow(
    clippy::disallowed_methods,
    reason = "what is read here belongs to nobody"
)]

#[cfg(fuzzing)]
mod fuzzed {
    use std::sync::LazyLock;

    use lagrum_fuzz::{Reader, reader};

    static READER: LazyLock<Reader> = LazyLock::new(|| {
        let name = std::env::var("LAGRUM_READER").expect("LAGRUM_READER: the name of a reader");
        // libFuzzer's own hook ends the program at every panic, also at one that is caught where it is: a library's,
        // which has to become an error. What is caught by nobody ends it all the same.
        std::panic::set_hook(Box::new(|_| ()));
        reader(&name).expect("LAGRUM_READER: no reader has this name")
    });

    libfuzzer_sys::fuzz_target!(|bytes: &[u8]| READER(bytes));
}

#[cfg(not(fuzzing))]
fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["seeds", name, directory] => {
            for (number, seed) in lagrum_fuzz::seeds::of(name).iter().enumerate() {
                let file = std::path::Path::new(directory).join(format!("seed-{number:04}"));
                std::fs::write(file, seed).expect("the directory can be written");
            }
        }
        [name, ref files @ ..] => {
            let reader = control(name).or_else(|| lagrum_fuzz::reader(name));
            let reader = reader.expect("the first argument is the name of a reader");
            for file in files {
                read_one(reader, file);
            }
        }
        [] => {
            for (name, _) in lagrum_fuzz::READERS {
                println!("{name}");
            }
        }
    }
}

/// Reads one file, and says: its name, milliseconds of processor time, and the most memory that the
/// process has held so far, in KiB.
#[cfg(not(fuzzing))]
fn read_one(reader: lagrum_fuzz::Reader, file: &str) {
    use std::io::Write as _;

    let bytes = std::fs::read(file).expect("the file can be read");
    // Whoever waits has to know which one was the last.
    print!("{file} ");
    std::io::stdout().flush().expect("somebody listens");
    let before = milliseconds();
    reader(&bytes);
    println!("{} {}", milliseconds() - before, most_memory());
}

/// Processor time of this process so far, in all threads.
#[cfg(not(fuzzing))]
fn milliseconds() -> u64 {
    // proc(5): user and system time are the 14th and 15th field, in hundredths of a second.
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let behind_name = stat.rsplit_once(") ").expect("a name").1;
    let fields: Vec<_> = behind_name.split(' ').collect();
    let ticks = |at: usize| fields[at].parse::<u64>().expect("a number");
    10 * (ticks(11) + ticks(12))
}

/// The most memory that was resident at once, in KiB.
#[cfg(not(fuzzing))]
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number
        .and_then(|text| text.trim().parse().ok())
        .expect("a number")
}

/// Readers that keep no promise: a test of limits has to catch them.
#[cfg(not(fuzzing))]
fn control(name: &str) -> Option<lagrum_fuzz::Reader> {
    match name {
        // A hundred bytes for each.
        "control-memory" => Some(|bytes| {
            let copies: Vec<_> = (0..100).map(|_| bytes.to_vec()).collect();
            std::hint::black_box(copies);
        }),
        // The square.
        "control-time" => Some(|bytes| {
            let pairs = bytes
                .iter()
                .flat_map(|one| bytes.iter().map(move |other| one ^ other));
            std::hint::black_box(pairs.fold(0_u64, |sum, pair| sum.wrapping_add(u64::from(pair))));
        }),
        "control-panic" => Some(|bytes| assert!(bytes.is_empty(), "it has bytes")),
        _ => None,
    }
}
