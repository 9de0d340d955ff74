//! Randomness of the tests: never the same twice in a process, and the same in each run.

use std::sync::atomic::{AtomicU64, Ordering};

use rand_core::{CryptoRng, Error, RngCore};
use sha2::{Digest, Sha256};

/// A source of bytes that nobody may use but a test.
pub struct MadeRandom;

static DRAWN: AtomicU64 = AtomicU64::new(0);

impl RngCore for MadeRandom {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, to: &mut [u8]) {
        for piece in to.chunks_mut(32) {
            let drawn = DRAWN.fetch_add(1, Ordering::Relaxed);
            let digest = Sha256::digest(drawn.to_be_bytes());
            piece.copy_from_slice(&digest[..piece.len()]);
        }
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(to);
        Ok(())
    }
}

impl CryptoRng for MadeRandom {}
