//! What the tests share.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

use std::path::{Path, PathBuf};

use lagrum_notes::{SigningKey, role};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::faults::Faults;
use crate::{CheckpointPolicy, Commitment, Error, Hash, Head, HeadStore, Log, LogReader, Salt};

pub(crate) const ORIGIN: &str = "log.example.com/lagrum";

pub(crate) fn key() -> SigningKey<role::Log> {
    SigningKey::from_seed(&[42; 32], ORIGIN).unwrap()
}

pub(crate) fn policy() -> CheckpointPolicy {
    CheckpointPolicy::of_log(key().verifying_key())
}

/// The commitments to the events `from..to`, each different from all others.
pub(crate) fn commitments(from: u64, to: u64) -> Vec<Commitment> {
    (from..to)
        .map(|event| Commitment::of(&Salt::from_bytes([1; 32]), &event.to_be_bytes()))
        .collect()
}

/// The Merkle tree hash straight from the definition in RFC 6962 section 2.1.
pub(crate) fn tree_by_definition(entries: &[Commitment]) -> Hash {
    fn tree(entries: &[Commitment]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        match entries {
            [] => {}
            [entry] => {
                hasher.update([0]);
                hasher.update(entry.as_bytes());
            }
            _ => {
                let (left, right) = entries.split_at(entries.len().next_power_of_two() / 2);
                hasher.update([1]);
                hasher.update(tree(left));
                hasher.update(tree(right));
            }
        }
        hasher.finalize().into()
    }
    Hash(tree(entries))
}

/// Two directories that disappear after the test.
pub(crate) struct Place {
    directory: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self { directory }
    }

    pub(crate) fn public(&self) -> PathBuf {
        self.directory.path().join("public")
    }

    pub(crate) fn staging(&self) -> PathBuf {
        self.directory.path().join("staging")
    }

    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.public().join(path)
    }

    pub(crate) fn open(&self, faults: &Faults) -> Result<Log, Error> {
        let mut log = Log::open(&self.public(), &self.staging(), key())?;
        log.faults = faults.clone();
        Ok(log)
    }

    pub(crate) fn reader(&self) -> LogReader {
        LogReader::open(self.public(), key().verifying_key())
    }

    /// A log of `size` entries, closed.
    pub(crate) fn with_log(size: u64) -> (Self, MemoryStore) {
        let (place, mut store) = (Self::new(), MemoryStore::default());
        place.append(&mut store, 0, size).unwrap();
        (place, store)
    }

    /// Opens the log, appends the events `from..to`, closes it.
    pub(crate) fn append(
        &self,
        store: &mut MemoryStore,
        from: u64,
        to: u64,
    ) -> Result<Head, Error> {
        self.open(&store.faults)?
            .append(store, &commitments(from, to))
    }
}

/// A head store that survives the "crash" of the log, and can fail before or after it stores.
#[derive(Clone, Default)]
pub(crate) struct MemoryStore {
    pub(crate) head: Option<Head>,
    pub(crate) faults: Faults,
}

impl HeadStore for MemoryStore {
    type Error = std::io::Error;

    fn head(&self) -> Result<Option<Head>, Self::Error> {
        Ok(self.head)
    }

    fn compare_and_swap(
        &mut self,
        expected: Option<&Head>,
        new: &Head,
    ) -> Result<bool, Self::Error> {
        if self.faults.strikes() {
            return Err(std::io::Error::other("stopped before storing"));
        }
        if self.head.as_ref() != expected {
            return Ok(false);
        }
        self.head = Some(*new);
        if self.faults.strikes() {
            return Err(std::io::Error::other("stopped after storing"));
        }
        Ok(true)
    }
}

/// All files under `directory`, as paths relative to it, in order.
pub(crate) fn files_under(directory: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let path = path.strip_prefix(directory).unwrap();
                files.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files
}

/// Replaces one byte of a file by another.
pub(crate) fn flip(file: &Path, position: usize) {
    let mut content = std::fs::read(file).unwrap();
    content[position] ^= 0x10;
    std::fs::write(file, content).unwrap();
}

/// Which file the error blames.
pub(crate) fn blamed<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Damaged { file, .. }) => file,
        other => panic!("expected damage, got {other:?}"),
    }
}
