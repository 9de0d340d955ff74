//! A report as files.

use sha2::{Digest, Sha256};

/// The three files of a report that this protocol is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The statement, as text.
    pub statement: Vec<u8>,
    /// The proof.
    pub proof: Vec<u8>,
    /// The published numbers, as text.
    pub numbers: Vec<u8>,
}

impl Report {
    /// What the log holds as a leaf, and what everyone signs who signs over this report.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix("lagrum/count-cards/v1/report\n");
        for file in [&self.statement, &self.proof, &self.numbers] {
            hash.update((file.len() as u64).to_le_bytes());
            hash.update(file);
        }
        hash.finalize().into()
    }
}
