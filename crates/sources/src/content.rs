//! Handing stored bytes over: exactly as many as were announced, or an error that says so.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;

use crate::{Form, Item, Review, Sink, SourceError, Withheld};

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
        if most == 0 {
            return Ok(0);
        }
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

impl<'a> Exactly<'a> {
    fn new(inner: &'a mut dyn Read, length: u64) -> Self {
        Self {
            inner,
            left: length,
            failure: None,
        }
    }

    /// What the store said, if it failed.
    fn whole(self, source: &str, locator: &str) -> Result<(), SourceError> {
        match self.failure {
            Some((kind, why)) => Err(SourceError::io(source, locator, io::Error::new(kind, why))),
            None => Ok(()),
        }
    }
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
    let mut exactly = Exactly::new(content, item.length);
    let taken = sink.item(order, item, &mut exactly);
    exactly.whole(item.source, item.locator)?;
    Ok(taken?)
}

/// Gives the sink one stored message that a person has to place. As [`hand_over`].
pub(crate) fn put_aside(
    sink: &mut dyn Sink,
    order: usize,
    review: &Review<'_>,
    length: u64,
    content: &mut dyn Read,
) -> Result<(), SourceError> {
    let mut exactly = Exactly::new(content, length);
    let withheld = Withheld {
        form: Form::Message,
        length,
        content: &mut exactly,
    };
    let taken = sink.for_review(order, review, Some(withheld));
    exactly.whole(review.source, review.locator)?;
    Ok(taken?)
}
