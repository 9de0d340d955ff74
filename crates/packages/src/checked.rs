//! Bytes that are compared while they pass.

use std::io::{self, Read};

use lagrum_model::Sha256Digest;
use sha2::{Digest as _, Sha256};

/// Reads exactly so many bytes, and gives the last of them only if all together have the digest.
pub struct Checked<R> {
    inner: R,
    wanted: Sha256Digest,
    hasher: Sha256,
    left: u64,
}

impl<R: Read> Checked<R> {
    /// `length` bytes of `inner`, which are to have the digest `wanted`.
    pub fn new(inner: R, wanted: Sha256Digest, length: u64) -> Self {
        Self {
            inner,
            wanted,
            hasher: Sha256::new(),
            left: length,
        }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() || self.left == 0 {
            return Ok(0);
        }
        let most = usize::try_from(self.left).map_or(into.len(), |left| left.min(into.len()));
        let read = self.inner.read(&mut into[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.hasher.update(&into[..read]);
        let left = self.left - read as u64;
        if left == 0 && Sha256Digest(self.hasher.clone().finalize().into()) != self.wanted {
            into[..read].fill(0);
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the bytes are not those of the package",
            ));
        }
        self.left = left;
        Ok(read)
    }
}
