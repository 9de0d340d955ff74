//! Handing stored bytes over: exactly as many as were announced, or an error that says so.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;

use lagrum_model::Sha256Digest;
use sha2::{Digest, Sha256};

use crate::{Item, Sink, SourceError};

/// A part of an open file.
pub(crate) struct Extent<'a> {
    file: &'a File,
    at: u64,
    left: u64,
}

impl<'a> Extent<'a> {
    /// `length` bytes of `file` from `at`.
    pub(crate) fn new(file: &'a File, at: u64, length: u64) -> Self {
        Self {
            file,
            at,
            left: length,
        }
    }
}

impl Read for Extent<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let count = self.file.read_at(&mut buffer[..most], self.at)?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

/// Gives exactly `left` more bytes of `inner`, and remembers why it could not.
struct Exactly<'a> {
    inner: &'a mut dyn Read,
    left: u64,
    failure: Option<(io::ErrorKind, String)>,
}

impl Read for Exactly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let error = match self.inner.read(&mut buffer[..most]) {
            Ok(0) => io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "became shorter while it was read",
            ),
            Ok(count) => {
                self.left -= count as u64;
                return Ok(count);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => error,
        };
        self.failure = Some((error.kind(), error.to_string()));
        Err(error)
    }
}

/// Gives one message to the sink. When the store fails on the way, that is the error, whatever
/// the sink made of it.
pub(crate) fn hand_over(
    sink: &mut dyn Sink,
    order: usize,
    item: &Item<'_>,
    content: &mut dyn Read,
) -> Result<(), SourceError> {
    let mut exactly = Exactly {
        inner: content,
        left: item.length,
        failure: None,
    };
    let taken = sink.item(order, item, &mut exactly);
    if let Some((kind, why)) = exactly.failure {
        let error = io::Error::new(kind, why);
        return Err(SourceError::io(item.source, item.locator, error));
    }
    Ok(taken?)
}

/// SHA-256 of everything that `content` gives.
pub(crate) fn digest(content: &mut dyn Read) -> io::Result<Sha256Digest> {
    let mut hasher = Sha256::new();
    io::copy(content, &mut hasher)?;
    Ok(Sha256Digest(hasher.finalize().into()))
}
