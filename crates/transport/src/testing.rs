//! What every transport must do, written over the two traits, and what it has to withstand where its
//! desk's end is a directory. A crate with another transport runs the same over its own [`Wire`].

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

pub mod beat;
pub mod hostile;
pub mod steps;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use lagrum_durable::{FaultPoints, FileError};
use lagrum_mandate::answer::{Receipt, Refusal, RefusalCode, SignedAnswer};
use lagrum_model::{CaseId, Region, Sha256Digest};
use lagrum_notes::{SigningKey, role};

use crate::{AgentEnd, DeskEnd, Offer, Stem};

/// A sealed package.
pub const PACKAGE: &[u8] = b"age-encryption.org/v1 ciphertext";

/// Lets a step fail at one of the places that it passes.
#[derive(Default)]
pub struct Stops(AtomicI64);

impl Stops {
    /// Fails after `count` more places.
    pub fn fail_after(&self, count: i64) {
        self.0.store(count + 1, Ordering::SeqCst);
    }

    /// No more failures. Says whether the one that was ordered is still to come.
    #[must_use]
    pub fn none(&self) -> bool {
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
pub trait Wire: Sized {
    /// The wire to the agent of `region`, whose key is `key`. Each step passes `stops`.
    fn new(region: Region, key: &SigningKey<role::Agent>, stops: Arc<Stops>) -> Self;
    /// The desk's end.
    fn desk(&self) -> &dyn DeskEnd;
    /// The agent's end.
    fn agent(&self) -> &dyn AgentEnd;
    /// A place of the agent's own.
    fn own(&self) -> &Path;
    /// A file in the directory of the desk's end.
    fn file(&self, name: &str) -> PathBuf;
}

/// Where the agent runs.
#[must_use]
pub fn region() -> Region {
    Region::parse("stockholm").unwrap()
}

/// The agent's key.
#[must_use]
pub fn agent_key() -> SigningKey<role::Agent> {
    SigningKey::from_seed(&[7; 32], "kvist.example/agent/stockholm").unwrap()
}

/// A name.
#[must_use]
pub fn stem(text: &str) -> Stem {
    Stem::parse(text).unwrap()
}

/// What is offered under a name.
#[must_use]
pub fn offer(name: &str) -> Offer {
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

/// What the agent answers.
#[must_use]
pub fn receipt() -> Receipt {
    Receipt {
        case: CaseId::new(2026, 4),
        mandate: Sha256Digest::of(b"mandate"),
        region: region(),
        package: "2026-0004-00000001.tar.age".into(),
        sha256: Sha256Digest::of(PACKAGE),
        length: PACKAGE.len() as u64,
        volumes: None,
        produced: 3,
        for_review: 1,
        searched: Vec::new(),
    }
}

/// Why it does not.
#[must_use]
pub fn refusal() -> Refusal {
    Refusal {
        recalled: false,
        mandate: Sha256Digest::of(b"mandate"),
        region: region(),
        code: RefusalCode::Source,
        why: "a store failed".into(),
    }
}

/// The receipt, signed.
#[must_use]
pub fn receipt_note() -> String {
    receipt().sign(&agent_key()).unwrap()
}

/// The refusal, signed.
#[must_use]
pub fn refusal_note() -> String {
    refusal().sign(&agent_key()).unwrap()
}
