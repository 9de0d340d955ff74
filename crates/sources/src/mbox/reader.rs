//! Finding the messages of an mbox in one pass, in bounded memory.

use std::io::{self, Read};

use memchr::memchr;
use memchr::memmem::Finder;

/// How much is read at once.
const PIECE: usize = 128 << 10;

/// What begins a message when it stands after an empty line.
const MARK: &[u8] = b"\nFrom ";

/// So many bytes at the end of what was read may belong to a separator that is not complete: the
/// end of a line, CR LF, and `From ` less one.
const HELD_BACK: usize = 8;

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
        if !self.from_line()? {
            return Ok(None);
        }
        let at = self.at;
        let mut searched = 0;
        loop {
            let window = &self.buffer[self.start..self.end];
            let begins_here = self.at == at;
            let found = self.mark.find(&window[searched..]);
            if let Some(newline) = found.map(|offset| searched + offset) {
                if let Some(content) = separated(&window[..=newline], begins_here) {
                    piece(&window[..content])?;
                    let length = self.at - at + content as u64;
                    self.take(newline + 1);
                    return Ok(Some(Stored { at, length }));
                }
                searched = newline + 1;
            } else if self.exhausted {
                let content = separated(window, begins_here).unwrap_or(window.len());
                piece(&window[..content])?;
                let length = self.at - at + content as u64;
                self.take(window.len());
                return Ok(Some(Stored { at, length }));
            } else {
                let sure = window.len().saturating_sub(HELD_BACK);
                if sure > 0 {
                    piece(&window[..sure])?;
                    self.take(sure);
                }
                // What is held back may hold the beginning of a mark, so it is searched again.
                searched = searched.saturating_sub(sure.max(HELD_BACK));
                self.fill()?;
            }
        }
    }

    /// Passes over the `From ` line. `false` at the end of the mbox.
    fn from_line(&mut self) -> Result<bool, MboxError> {
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

/// If `window` ends in an empty line, where that line begins. `begins_here` tells whether the
/// content begins with the window, and with it a line.
fn separated(window: &[u8], begins_here: bool) -> Option<usize> {
    let before = window.strip_suffix(b"\n")?;
    let before = before.strip_suffix(b"\r").unwrap_or(before);
    match before.last() {
        Some(b'\n') => Some(before.len()),
        None if begins_here => Some(0),
        _ => None,
    }
}
