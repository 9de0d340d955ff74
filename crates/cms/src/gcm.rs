//! AES-256 in Galois/Counter Mode (NIST SP 800-38D), of a content that is not in memory as a whole.

use aes::Aes256;
use ctr::Ctr32BE;
use ctr::cipher::{BlockEncrypt, KeyInit, KeyIvInit, StreamCipher};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;

/// The longest content, in bytes: of what one nonce encrypts, the counter of 32 bits comes back to its beginning after
/// that (NIST SP 800-38D section 5.2.1.1: 2³⁹ − 256 bits).
pub(crate) const LONGEST: u64 = (1 << 36) - 32;

/// The length of its nonce, in bytes.
pub(crate) const NONCE: usize = 12;
/// The length of its tag, in bytes.
pub(crate) const TAG: usize = 16;
/// The length of a block, in bytes.
const BLOCK: usize = 16;

/// A content that is being encrypted, without anything else that is authenticated.
pub(crate) struct Gcm {
    cipher: Ctr32BE<Aes256>,
    hash: GHash,
    /// What the tag is masked with.
    mask: [u8; BLOCK],
    done: u64,
    longest: u64,
}

/// Nothing more may be encrypted: it would be more than one nonce encrypts, or there was an end already.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoMore;

impl Gcm {
    /// Under a key and a nonce that are used for nothing else.
    pub(crate) fn new(key: &[u8; 32], nonce: &[u8; NONCE]) -> Self {
        let aes = Aes256::new(key.into());
        let mut hash_key = aes::Block::default();
        aes.encrypt_block(&mut hash_key);
        let hash = GHash::new(&hash_key);
        let mut counter = [0; BLOCK];
        counter[..NONCE].copy_from_slice(nonce);
        counter[BLOCK - 1] = 1;
        let mut cipher = Ctr32BE::<Aes256>::new(key.into(), &counter.into());
        // The block of the first counter masks the tag; the content begins with the second.
        let mut mask = [0; BLOCK];
        cipher.apply_keystream(&mut mask);
        Self {
            cipher,
            hash,
            mask,
            done: 0,
            longest: LONGEST,
        }
    }

    /// Encrypts the next piece where it lies. One that does not end with a block is the last.
    pub(crate) fn encrypt(&mut self, piece: &mut [u8]) -> Result<(), NoMore> {
        let ended = !self.done.is_multiple_of(BLOCK as u64);
        let done = self.done.checked_add(piece.len() as u64).ok_or(NoMore)?;
        if done > self.longest || (ended && !piece.is_empty()) {
            return Err(NoMore);
        }
        self.done = done;
        self.cipher.apply_keystream(piece);
        self.hash.update_padded(piece);
        Ok(())
    }

    /// The tag of all of it.
    pub(crate) fn tag(mut self) -> [u8; TAG] {
        let mut lengths = [0; BLOCK];
        lengths[8..].copy_from_slice(&(self.done * 8).to_be_bytes());
        self.hash.update(&[lengths.into()]);
        let mut tag: [u8; TAG] = self.hash.finalize().into();
        for (byte, mask) in tag.iter_mut().zip(self.mask) {
            *byte ^= mask;
        }
        tag
    }

    /// The same, as if so much of it were there already but for this many bytes.
    #[cfg(test)]
    pub(crate) fn almost_full(mut self, left: u64) -> Self {
        self.longest = left;
        self
    }
}
