//! A published log that is right, and then changed: whatever a reader still believes under the log's own
//! checkpoint is what was committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use arbitrary::{Result, Unstructured};
use lagrum_log::testing::MemoryHead;
use lagrum_log::{Commitment, Log, LogReader};
use lagrum_notes::{SigningKey, role};

use crate::data_side::{directory, write};

/// Files, with their paths below a log.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// Some sizes at which a tree changes its form, and some between.
const SIZES: [u64; 10] = [1, 2, 3, 7, 8, 255, 256, 257, 300, 600];

fn key() -> SigningKey<role::Log> {
    SigningKey::from_seed(&[7; 32], "kvist.example/log").expect("a name")
}

fn entry(number: u64) -> Commitment {
    let mut bytes = [3; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Commitment::from_bytes(bytes)
}

/// The files of a log of `size` entries, with their paths below it. It was written in two steps, so that
/// it has what is left of the first.
fn log_of(size: u64) -> Files {
    let dir = directory();
    let public = dir.path().join("log");
    let staging = dir.path().join("staging");
    let mut log = Log::open(&public, &staging, key()).expect("a log");
    let mut head = MemoryHead::default();
    let all: Vec<_> = (0..size).map(entry).collect();
    let (first, second) = all.split_at(all.len() / 2);
    for part in [first, second] {
        if !part.is_empty() {
            log.append(&mut head, part).expect("it is appended");
        }
    }
    let below = |path: PathBuf| {
        let content = fs::read(&path).expect("a file");
        let name = path.strip_prefix(&public).expect("it is below");
        (name.to_owned(), content)
    };
    files(&public).into_iter().map(below).collect()
}

/// Writes a log of the size that stands at this place.
fn write_log(public: &Path, place: usize) {
    static MADE: [OnceLock<Files>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    for (name, content) in MADE[place].get_or_init(|| log_of(SIZES[place])) {
        let name = name.to_str().expect("plain names");
        write(public, name, content);
    }
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// Changes one file.
fn change(input: &mut Unstructured<'_>, public: &Path) -> Result<()> {
    let all = files(public);
    // Where none is left, there is nothing more to change.
    let file = input.choose(&all)?;
    let mut content = fs::read(file).expect("a file");
    let at = input.choose_index(content.len().max(1))?;
    match input.int_in_range(0..=6)? {
        0 => drop(fs::remove_file(file)),
        1 => content.truncate(at),
        2 => content.extend_from_slice(input.bytes(input.len().min(40))?),
        3 => content
            .splice(at.., input.bytes(input.len().min(32))?.iter().copied())
            .for_each(drop),
        // Another file of the same log.
        4 => content = fs::read(input.choose(&all)?).expect("a file"),
        // A checkpoint that the log signed, with whatever is written in it.
        5 => {
            let length = input.len().min(200);
            let text = String::from_utf8_lossy(input.bytes(length)?).into_owned();
            let size: u64 = input.arbitrary().unwrap_or(3);
            let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
            let usual = format!("kvist.example/log\n{size}\n{root}\n");
            let text = if input.arbitrary()? { usual } else { text };
            if let Ok(note) = key().sign_note(&text) {
                fs::write(public.join("checkpoint"), note).expect("a file");
            }
            return Ok(());
        }
        _ => {
            if let Some(byte) = content.get_mut(at) {
                *byte ^= input.arbitrary::<u8>()?.max(1);
            }
        }
    }
    if file.exists() {
        fs::write(file, content).expect("a file");
    }
    Ok(())
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    let Ok(place) = input.choose_index(SIZES.len()) else {
        return;
    };
    let size = SIZES[place];
    let dir = directory();
    let public = dir.path().join("log");
    write_log(&public, place);
    let signed = fs::read(public.join("checkpoint")).expect("it is published");
    let reader = LogReader::open(&public, key().verifying_key());
    if input.is_empty() {
        let whole = reader.verify_all().expect("it is whole");
        assert_eq!(whole.head.size, size);
    }
    while !input.is_empty() {
        if change(&mut input, &public).is_err() {
            break;
        }
    }
    let ours = fs::read(public.join("checkpoint")).is_ok_and(|now| now == signed);
    let _ = reader.verify_all();
    for index in [0, 1, size / 2, size - 1, size, u64::MAX] {
        match reader.entry(index) {
            Ok(found) if ours => assert_eq!(found, entry(index)),
            _ => {}
        }
        let _ = reader.prove(index);
        let _ = reader.prove_consistency(index);
        let _ = reader.entries_from(index);
    }
    let compared = reader.compare(&[(0, entry(0)), (size - 1, entry(size - 1))]);
    if let Ok(compared) = compared
        && ours
    {
        assert_eq!((compared.size, compared.differs), (Some(size), None));
    }
}
