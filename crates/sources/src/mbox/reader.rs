//! Finding the messages of an mbox in one pass, in bounded memory.

use std::io::{self, Read};

use memchr::memchr;
use memchr::memmem::Finder;

/// How much is read at once.
const PIECE: usize = 128 << 10;

/// The beginning of a message, with the end of the line before it.
const MARK: &[u8] = b"\nFrom ";

/// So many bytes at the end of what was read may belong to a separator that is not complete: the
/// ends of two lines, and `From ` less one.
const HELD_BACK: usize = 6;

/// Why an mbox cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MboxError {
    /// It does not begin as one.
    #[error("no mbox: the first line that is not empty does not begin with `From ` (RFC 4155)")]
    NotAnMbox,
    /// The file system, or a decoder, refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Where the content of a message lies, in bytes of the mbox (uncompressed).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its first byte: the one after the `From ` line.
    pub at: u64,
    /// Its length.
    pub length: u64,
}

/// The messages of an mbox, one after the other. See the [module](crate::mbox) for what a
/// message is.
pub struct Messages<R> {
    input: R,
    mark: Finder<'static>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Where `buffer[start]` lies in the input.
    at: u64,
    exhausted: bool,
    begun: bool,
}

impl<R: Read> Messages<R> {
    /// Reads `input` from where it stands, which must be the beginning of the mbox.
    pub fn new(input: R) -> Self {
        Self {
            input,
            mark: Finder::new(MARK),
            buffer: vec![0; PIECE],
            start: 0,
            end: 0,
            at: 0,
            exhausted: false,
            begun: false,
        }
    }

    /// Gives the content of the next message to `piece`, in pieces, and says where it lies. `None`
    /// at the end.
    ///
    /// # Errors
    /// When this is no mbox, reading fails, or `piece` refuses.
    pub fn next_message(
        &mut self,
        piece: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<Option<Stored>, MboxError> {
        if !self.pass_mark()? {
            return Ok(None);
        }
        let at = self.at;
        self.fill_to(5)?;
        if self.buffer[self.start..self.end].starts_with(b"From ") {
            piece(&[])?;
            return Ok(Some(Stored { at, length: 0 }));
        }
        loop {
            let window = &self.buffer[self.start..self.end];
            let found = self.mark.find(window);
            if found.is_none() && !self.exhausted {
                let sure = window.len().saturating_sub(HELD_BACK);
                if sure > 0 {
                    piece(&window[..sure])?;
                    self.take(sure);
                }
                self.fill()?;
                continue;
            }
            let done = found.map_or(window.len(), |newline| newline + 1);
            let content = without_separator(&window[..done], self.at == at);
            piece(&window[..content])?;
            let length = self.at - at + content as u64;
            self.take(done);
            return Ok(Some(Stored { at, length }));
        }
    }

    /// Passes over the `From ` line. `false` at the end of the mbox.
    fn pass_mark(&mut self) -> Result<bool, MboxError> {
        while !self.begun {
            self.fill_to(2)?;
            match &self.buffer[self.start..self.end] {
                [b'\n', ..] => self.take(1),
                [b'\r', b'\n', ..] => self.take(2),
                _ => self.begun = true,
            }
        }
        self.fill_to(5)?;
        let window = &self.buffer[self.start..self.end];
        if window.is_empty() {
            return Ok(false);
        }
        if !window.starts_with(b"From ") {
            return Err(MboxError::NotAnMbox);
        }
        loop {
            let window = &self.buffer[self.start..self.end];
            if let Some(newline) = memchr(b'\n', window) {
                self.take(newline + 1);
                return Ok(true);
            }
            self.take(window.len());
            if self.exhausted {
                return Ok(true);
            }
            self.fill()?;
        }
    }

    /// Counts the first bytes as done.
    fn take(&mut self, count: usize) {
        self.start += count;
        self.at += count as u64;
    }

    fn fill_to(&mut self, least: usize) -> io::Result<()> {
        while self.end - self.start < least && !self.exhausted {
            self.fill()?;
        }
        Ok(())
    }

    /// Reads on, behind what is still to be looked at, which is never more than a few bytes.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        loop {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.exhausted = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }
}

/// The length of `window` without the empty line at its end, if there is one. `begins_here` tells
/// whether the content begins with the window, and with it a line.
fn without_separator(window: &[u8], begins_here: bool) -> usize {
    match window {
        [.., b'\n', b'\n'] => window.len() - 1,
        [b'\n'] if begins_here => 0,
        _ => window.len(),
    }
}
