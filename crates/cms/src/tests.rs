#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]
//! Truth comes from OpenSSL: it makes every certificate, also each that is refused, and decrypts what is sealed.

mod certificates;
mod sealing;

use jiff::Timestamp;
use rand_core::{CryptoRng, RngCore};
use sha2::{Digest, Sha256};

/// Some years after [`crate::testing::MADE`]: in November 2026.
const NOW: Timestamp = Timestamp::constant(1_796_000_000, 0);

/// Numbers that are the same in every run.
struct Numbers(u64);

impl RngCore for Numbers {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }
    fn next_u64(&mut self) -> u64 {
        self.0 += 1;
        let digest = Sha256::digest(self.0.to_be_bytes());
        u64::from_be_bytes(*digest.first_chunk().unwrap())
    }
    fn fill_bytes(&mut self, into: &mut [u8]) {
        for piece in into.chunks_mut(8) {
            let number = self.next_u64().to_be_bytes();
            piece.copy_from_slice(&number[..piece.len()]);
        }
    }
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(into);
        Ok(())
    }
}
impl CryptoRng for Numbers {}
