//! What every transport must do, written over the two traits; and what only a directory has to
//! withstand.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod beat;
mod hostile;
mod steps;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use lagrum_durable::{FaultPoints, FileError};
use lagrum_mandate::answer::{Receipt, Refusal, RefusalCode, SignedAnswer};
use lagrum_model::{CaseId, Region, Sha256Digest};
use lagrum_notes::{SigningKey, role};

use crate::directory::{Contact, DirectoryAgent, DirectoryDesk};
use crate::{AgentEnd, DeskEnd, Offer, Stem};

const PACKAGE: &[u8] = b"age-encryption.org/v1 ciphertext";

/// Lets a step fail at one of the places that it passes.
#[derive(Default)]
struct Stops(AtomicI64);

impl Stops {
    /// Fails after `count` more places.
    fn fail_after(&self, count: i64) {
        self.0.store(count + 1, Ordering::SeqCst);
    }

    /// No more failures. Says whether the one that was ordered is still to come.
    fn none(&self) -> bool {
        self.0.swap(0, Ordering::SeqCst) > 0
    }
}

impl FaultPoints for Stops {
    fn point(&self, file: &Path) -> Result<(), FileError> {
        let left = self.0.load(Ordering::SeqCst);
        if left > 0 {
            self.0.store(left - 1, Ordering::SeqCst);
        }
        if left == 1 {
            let source = std::io::Error::other("the test stops here");
            return Err(FileError::new("go on with", file, source));
        }
        Ok(())
    }
}

/// One wire with its two ends, new for each test.
trait Wire {
    fn new(region: Region, key: &SigningKey<role::Agent>, stops: Arc<Stops>) -> Self;
    fn desk(&self) -> &dyn DeskEnd;
    fn agent(&self) -> &dyn AgentEnd;
    /// A place of the agent's own.
    fn own(&self) -> &Path;
}

struct InDirectory {
    desk: DirectoryDesk,
    agent: DirectoryAgent,
    root: tempfile::TempDir,
}

impl InDirectory {
    fn file(&self, name: &str) -> PathBuf {
        self.root.path().join("exchange").join(name)
    }
}

impl Wire for InDirectory {
    fn new(region: Region, key: &SigningKey<role::Agent>, stops: Arc<Stops>) -> Self {
        let root = tempfile::tempdir().unwrap();
        let directory = root.path().join("exchange");
        let contact = Contact {
            region,
            key: key.verifying_key(),
            directory: directory.clone(),
        };
        Self {
            desk: DirectoryDesk::new(vec![contact]).with_faults(stops.clone()),
            agent: DirectoryAgent::new(directory).with_faults(stops),
            root,
        }
    }

    fn desk(&self) -> &dyn DeskEnd {
        &self.desk
    }

    fn agent(&self) -> &dyn AgentEnd {
        &self.agent
    }

    fn own(&self) -> &Path {
        self.root.path()
    }
}

fn region() -> Region {
    Region::parse("stockholm").unwrap()
}

fn agent_key() -> SigningKey<role::Agent> {
    SigningKey::from_seed(&[7; 32], "kvist.example/agent/stockholm").unwrap()
}

fn stem(text: &str) -> Stem {
    Stem::parse(text).unwrap()
}

fn offer(name: &str) -> Offer {
    Offer {
        stem: stem(name),
        note: format!("the mandate {name}\n\n\u{2014} two signatures\n"),
        proof: format!("the proof of {name}\n"),
        answers: match name.contains("0004") {
            true => format!("the answers beside {name}\n"),
            false => String::new(),
        },
    }
}

fn receipt() -> Receipt {
    Receipt {
        case: CaseId::new(2026, 4),
        mandate: Sha256Digest::of(b"mandate"),
        region: region(),
        package: "2026-0004-00000001.tar.age".into(),
        sha256: Sha256Digest::of(PACKAGE),
        length: PACKAGE.len() as u64,
        produced: 3,
        for_review: 1,
        searched: Vec::new(),
    }
}

fn refusal() -> Refusal {
    Refusal {
        recalled: false,
        mandate: Sha256Digest::of(b"mandate"),
        region: region(),
        code: RefusalCode::Source,
        why: "a store failed".into(),
    }
}

fn receipt_note() -> String {
    receipt().sign(&agent_key()).unwrap()
}

fn refusal_note() -> String {
    refusal().sign(&agent_key()).unwrap()
}
